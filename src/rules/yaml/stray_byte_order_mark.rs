//! `stray-byte-order-mark`

use crate::rule::{Check, Findings, Rule, notes};
use crate::yaml::{File, Trap};

pub(crate) static RULE: Rule =
    Rule::new(include_str!("../../../rules/yaml/stray-byte-order-mark.md"), Check::File(check));

fn check(file: &File, findings: &mut Findings<'_>) {
    for note in notes(file, Trap::SecondMark) {
        let before = &file.text[..note.span.start as usize];
        let message = if before.ends_with('\u{FEFF}') {
            "a second byte order mark (U+FEFF) stands here, and every line below loses its first character to Kubernetes"
        } else {
            "a byte order mark (U+FEFF) stands here unseen, and Kubernetes reads it as part of the text"
        };
        findings.report(note.span, message).help("delete it").document(note.document);
    }
}
