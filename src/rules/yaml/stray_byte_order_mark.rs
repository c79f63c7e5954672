//! `stray-byte-order-mark`

use crate::rule::{Check, Findings, Rule, notes, page};
use crate::yaml::{File, Trap};

pub(crate) static RULE: Rule = Rule::new(page!("yaml/stray-byte-order-mark"), Check::File(check));

fn check(file: &File, findings: &mut Findings<'_>) {
    let mut notes = notes(file, Trap::SecondMark).peekable();
    while let Some(note) = notes.next() {
        let is_second = file.text[..note.span.start as usize].ends_with('\u{FEFF}');
        let mut span = note.span;
        // Those behind each other are one place, and are told of once.
        while let Some(next) = notes.next_if(|next| is_second && next.span.start == span.end) {
            span = span.cover(next.span);
        }
        let message = if is_second {
            "a second byte order mark (U+FEFF) stands here, and every line below loses its first character to Kubernetes"
        } else {
            "a byte order mark (U+FEFF) stands here unseen, and Kubernetes reads it as part of the text"
        };
        findings.report(span, message).help("delete it").document(note.document);
    }
}
