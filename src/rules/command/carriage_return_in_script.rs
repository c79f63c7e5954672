//! `carriage-return-in-script`

use crate::analysis::Subject;
use crate::rule::{Check, Findings, Rule, page};
use crate::yaml::Value;

pub(crate) static RULE: Rule = Rule::new(page!("command/carriage-return-in-script"), Check::Manifest(check));

fn check(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    let told = subject.containers.iter().filter_map(|container| container.argv.script());
    for script in told.chain(subject.files.iter().map(|file| file.value)) {
        look_at(script, findings);
    }
}

fn look_at(script: Value<'_>, findings: &mut Findings<'_>) {
    let Some(text) = script.as_str() else { return };
    let Some(first) = text.find("\r\n").or_else(|| text.ends_with('\r').then(|| text.len() - 1)) else { return };
    let count = text.matches('\r').count();
    let lines = if count == 1 { "this line ends".to_owned() } else { format!("{count} lines of this script end") };
    findings
        .report(
            script.span_within(first..first + 1),
            format!("{lines} in a carriage return, which the shell takes for a part of the last word"),
        )
        .help("write the script as a block (`|`) with the line ends of Unix");
}
