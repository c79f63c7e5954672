//! `carriage-return-in-script`

use crate::analysis::Argv;
use crate::command::Operand;
use crate::k8s::objects::Container;
use crate::rule::{Check, Findings, Rule, Within};

pub(crate) static RULE: Rule =
    Rule::new(include_str!("../../../rules/command/carriage-return-in-script.md"), Check::Container(check));

fn check(container: Within<'_, Container<'_>>, findings: &mut Findings<'_>) {
    let argv = Argv::of(*container);
    let Some(Operand::Script(at)) = argv.shell().map(|start| start.operand) else { return };
    let Some((value, text)) = argv.words().get(at).and_then(|word| Some((*word, word.as_str()?))) else { return };
    let Some(first) = text.find("\r\n").or_else(|| text.ends_with('\r').then(|| text.len() - 1)) else { return };
    let count = text.matches('\r').count();
    let lines = if count == 1 { "this line ends".to_owned() } else { format!("{count} lines of this script end") };
    findings
        .report(
            value.span_within(first..first + 1),
            format!("{lines} in a carriage return, which the shell takes for a part of the last word"),
        )
        .help("write the script as a block (`|`) with the line ends of Unix");
}
