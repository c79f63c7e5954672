//! `hidden-line-break`

use crate::rule::{Check, Findings, Rule, notes};
use crate::yaml::{File, Trap};

pub(crate) static RULE: Rule = Rule::new(include_str!("../../../rules/yaml/hidden-line-break.md"), Check::File(check));

fn check(file: &File, findings: &mut Findings<'_>) {
    for note in notes(file, Trap::LineBreak) {
        let name = match file.text[note.span.range()].chars().next() {
            Some('\u{85}') => "NEL (U+0085)",
            Some('\u{2028}') => "U+2028",
            Some('\u{2029}') => "U+2029",
            _ => "a carriage return alone",
        };
        findings
            .report(note.span, format!("{name} ends the line here for Kubernetes, though editors do not show it"))
            .help("put a line feed or a blank in its place")
            .document(note.document);
    }
}
