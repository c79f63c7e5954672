//! `failure-masked`

use crate::analysis::Script;
use crate::command::programs::{is_filter, is_harmless};
use crate::command::{Flow, Role, Run};
use crate::rule::{Check, Findings, Rule, Within};

pub(crate) static RULE: Rule =
    Rule::new(include_str!("../../../rules/command/failure-masked.md"), Check::Script(check));

fn check(script: Within<'_, Script<'_>>, findings: &mut Findings<'_>) {
    let read = &script.read;
    let flow = Flow::of(read);
    for Run { pipeline, role, variable, hidden_by, .. } in &flow.runs {
        let (Role::Lost, Some(end)) = (role, hidden_by) else { continue };
        let Some(call) = read.last_call(pipeline) else { continue };
        let is_looked_at = variable.is_some_and(|name| flow.tested.contains(read.str(name)));
        if is_looked_at || is_harmless(call.name) || is_filter(call.name) || flow.functions.contains_key(call.name) {
            continue;
        }
        let (name, end_words) = (call.name, read.brief(*end));
        findings
            .report(
                script.span(call.place),
                format!("where `{name}` fails, the script goes on, and ends well with `{end_words}`"),
            )
            .label(script.span(*end), "this decides how the run ends")
            .help(match &*end_words {
                "exit 0" => "leave out `exit 0`, or begin the script with `set -e`",
                _ => "begin the script with `set -e`: then a command that fails ends it, and the run counts as failed",
            });
    }
}
