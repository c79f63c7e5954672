//! `file-mode-not-octal`

use crate::diagnostic::Fix;
use crate::k8s::objects::PodSpec;
use crate::rule::{Check, Findings, Rule, Seen, Within, page};
use crate::yaml::{Kind, New, Number, Value};

pub(crate) static RULE: Rule = Rule::new(page!("pod/file-mode-not-octal"), Check::Pod(check));

fn check(pod: Within<'_, PodSpec<'_>>, findings: &mut Findings<'_>) {
    let Some(volumes) = pod.volumes() else { return };
    let mut open: Vec<Value<'_>> = volumes.raw.items().collect();
    let mut seen = Seen::new();
    while let Some(value) = open.pop() {
        if !seen.insert(value) {
            continue;
        }
        for entry in value.entries() {
            match entry.key {
                "mode" | "defaultMode" => mode(entry.value, findings),
                _ => open.push(entry.value),
            }
        }
        open.extend(value.items());
    }
}

fn mode(value: Value<'_>, findings: &mut Findings<'_>) {
    let Kind::Number(Number::Int(number)) = value.kind() else { return };
    let digits = value.source();
    let Ok(meant) = i64::from_str_radix(digits, 8) else { return };
    if digits.len() != 3 || digits.starts_with('0') || !is_usual(meant) || is_usual(number) || number > 0o777 {
        return;
    }

    findings
        .report(value.span(), format!("as a decimal number, {digits} is the file mode {number:04o}"))
        .help(format!("a mode is octal when it starts with 0: `0{digits}`"))
        .fix(Fix::unsafe_(format!("write 0{digits}"), value.set(New::Plain(&format!("0{digits}")))));
}

/// Whether people give files such a mode: the owner may read, and nobody may do what the owner may not.
fn is_usual(mode: i64) -> bool {
    let (owner, group, others) = (mode >> 6 & 7, mode >> 3 & 7, mode & 7);
    let readable = |of: i64| of == 0 || of & 4 == 4;
    mode <= 0o777
        && owner & 4 == 4
        && readable(group)
        && readable(others)
        && group & !owner == 0
        && others & !group == 0
}

#[cfg(test)]
mod tests {
    use super::is_usual;

    #[test]
    fn usual_modes_are_told_from_decimal_accidents() {
        for mode in [0o400, 0o440, 0o444, 0o600, 0o640, 0o644, 0o700, 0o750, 0o755, 0o777, 0o555] {
            assert!(is_usual(mode), "{mode:o}");
        }
        for mode in [400, 440, 444, 0o200, 0o044, 0o466] {
            assert!(!is_usual(mode), "{mode}");
        }
    }
}
