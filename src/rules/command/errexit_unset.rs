//! `errexit-unset`

use crate::analysis::Script;
use crate::command::Role;
use crate::command::programs::{is_filter, is_harmless};
use crate::rule::{Check, Findings, Rule, Within};

pub(crate) static RULE: Rule = Rule::new(include_str!("../../../rules/command/errexit-unset.md"), Check::Script(check));

fn check(script: Within<'_, Script<'_>>, findings: &mut Findings<'_>) {
    let read = script.read;
    let flow = &script.flow;
    // What ends well in any case is the harm that `failure-masked` finds.
    if !script.is_whole() || flow.runs.iter().any(|run| run.hidden_by.is_some()) {
        return;
    }
    let lost = flow.runs.iter().filter(|run| run.role == Role::Lost);
    let call = lost
        .filter_map(|run| read.last_call(run.pipeline))
        .find(|call| !is_harmless(call.name) && !is_filter(call.name) && !flow.functions.contains_key(call.name));
    if let Some(call) = call {
        findings
            .report(
                script.span(call.place),
                format!(
                    "where `{}` fails, the script goes on: only its last command decides how the run ends",
                    call.name
                ),
            )
            .help("begin the script with `set -e`");
    }
}
