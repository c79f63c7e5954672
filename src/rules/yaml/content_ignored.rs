//! `content-ignored`

use crate::rule::{Check, Findings, Rule, notes, page};
use crate::yaml::{File, Trap};

pub(crate) static RULE: Rule = Rule::new(page!("yaml/content-ignored"), Check::File(check));

fn check(file: &File, findings: &mut Findings<'_>) {
    for note in notes(file, Trap::Ignored) {
        findings
            .report(note.span, "Kubernetes reads nothing from here to the end of this document")
            .help("start a document of its own with a line of `---`")
            .document(note.document);
    }
}
