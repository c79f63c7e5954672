//! `errexit-unset`

use super::failure_masked::{ONE_BY_ONE, errexit};
use crate::analysis::Script;
use crate::command::Role;
use crate::rule::{Check, Findings, Rule, Within, page};

pub(crate) static RULE: Rule = Rule::new(page!("command/errexit-unset"), Check::Script(check));

fn check(script: Within<'_, Script<'_>>, findings: &mut Findings<'_>) {
    let read = script.read;
    let flow = &script.flow;
    // What ends well in any case is the harm that `failure-masked` finds.
    if !script.is_whole() || flow.runs.iter().any(|run| run.hidden_by.is_some()) {
        return;
    }
    let help = errexit(read, flow).unwrap_or_else(|| ONE_BY_ONE.to_owned());
    let mut lost = flow.runs.iter().filter(|run| run.role == Role::Lost);
    if let Some(call) = lost.find_map(|run| flow.work(read, run)) {
        findings
            .report(
                script.span(call.place),
                format!(
                    "where `{}` fails, the script goes on: only its last command decides how the run ends",
                    call.name
                ),
            )
            .help(help);
    }
}
