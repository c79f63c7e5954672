//! `failure-discarded`

use super::failure_masked::{Masking, collects_for_another, is_discarded, remedy};
use crate::analysis::Script;
use crate::rule::{Check, Findings, Rule, Within, page};

pub(crate) static RULE: Rule = Rule::new(page!("command/failure-discarded"), Check::Script(check));

fn check(script: Within<'_, Script<'_>>, findings: &mut Findings<'_>) {
    let read = script.read;
    let Some(Masking { first, count: 0, .. }) = Masking::of(&script) else { return };
    if !is_discarded(read, &first) || collects_for_another(script, &first) {
        return;
    }
    let end = read.brief(first.end);
    findings
        .report(
            script.span(first.call.place),
            format!("where `{}` fails, `{end}` behind it makes a success of the run", first.call.name),
        )
        .help(remedy(script, &first, 0))
        .label(script.span(first.end), "this decides how the run ends");
}
