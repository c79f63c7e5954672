//! `content-ignored`

use crate::rule::{Check, Findings, Rule, notes};
use crate::yaml::{File, Trap};

pub(crate) static RULE: Rule = Rule::new(include_str!("../../../rules/yaml/content-ignored.md"), Check::File(check));

fn check(file: &File, findings: &mut Findings<'_>) {
    for note in notes(file, Trap::Ignored) {
        findings
            .report(note.span, "Kubernetes reads nothing from here to the end of this document")
            .help("start a document of its own with a line of `---`")
            .document(note.document);
    }
}
