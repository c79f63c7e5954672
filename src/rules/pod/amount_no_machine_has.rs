//! `amount-no-machine-has`

use crate::analysis::Process;
use crate::k8s::format::Quantity;
use crate::k8s::objects::{Field, Map};
use crate::rule::{Check, Findings, Rule, Within, page};
use crate::text::grouped;

pub(crate) static RULE: Rule = Rule::new(page!("pod/amount-no-machine-has"), Check::Container(check));

/// No machine has so many cores.
const CORES: i128 = 16_384;
/// Nor so much memory.
const MOST: i128 = 1 << 50;
/// No process starts in so little.
const LEAST: i128 = 1_000_000;

fn check(container: Within<'_, Process<'_>>, findings: &mut Findings<'_>) {
    let Some(resources) = container.resources() else { return };
    for (map, is_limit) in [(resources.value.requests(), false), (resources.value.limits(), true)] {
        let Some(map) = map else { continue };
        cpu(map.value, is_limit, findings);
        memory(map.value, is_limit, findings);
    }
}

fn cpu(map: Map<'_, Quantity<'_>>, is_limit: bool, findings: &mut Findings<'_>) {
    let Some(cpu) = map.get("cpu") else { return };
    let cores = cpu.value.saturating_milli() / 1000;
    if cores <= CORES {
        return;
    }
    let text = written(&cpu);
    let number = text.trim_end_matches(|char: char| !char.is_ascii_digit());
    let help = match text.ends_with('i') || text.ends_with(['M', 'G', 'k']) {
        true => format!("cores have no such unit: `{number}m` are thousandths of a core, and `{text}` is memory"),
        false => format!("`{number}m` are thousandths of a core"),
    };
    findings.report(cpu.span, format!("{} cores are more {}", count(cores), no_node(is_limit))).help(help);
}

fn memory(map: Map<'_, Quantity<'_>>, is_limit: bool, findings: &mut Findings<'_>) {
    let Some(memory) = map.get("memory") else { return };
    let milli = memory.value.saturating_milli();
    let bytes = milli / 1000;
    // A fraction of a byte is a finding of its own, and none is a limit that is not there.
    if milli <= 0 || milli % 1000 != 0 {
        return;
    }
    let text = written(&memory);
    if bytes > MOST {
        let message = format!("{text} of memory is more {}", no_node(is_limit));
        findings.report(memory.span, message).help("`Mi` and `Gi` are the units that are mostly meant");
    } else if bytes < LEAST {
        let does = if is_limit { "no container starts in so little" } else { "next to nothing is reserved" };
        let number = text.trim_end_matches(|char: char| !char.is_ascii_digit());
        let size = if bytes == 1 { "a byte".to_owned() } else { format!("{} bytes", count(bytes)) };
        let reported = findings.report(memory.span, format!("{text} of memory is {size}: {does}"));
        // Behind an exponent there is no unit.
        if !number.contains(['e', 'E']) {
            reported.help(format!("did you mean `{number}Mi`?"));
        }
    }
}

fn no_node(is_limit: bool) -> &'static str {
    if is_limit { "than any node has: it limits nothing" } else { "than any node has: no pod is ever scheduled" }
}

fn written<'a>(amount: &Field<'a, Quantity<'a>>) -> &'a str {
    amount.raw.source().trim_matches(['"', '\''])
}

fn count(number: i128) -> String {
    grouped(i64::try_from(number).unwrap_or(i64::MAX))
}
