//! `content-ignored`

use crate::k8s::speaks_of_jobs;
use crate::rule::{Check, Findings, Rule};
use crate::yaml::{File, Trap};

pub(crate) static RULE: Rule = Rule::new(include_str!("../../../rules/yaml/content-ignored.md"), Check::File(check));

fn check(file: &File, findings: &mut Findings<'_>) {
    for note in file.notes.iter().filter(|note| note.trap == Trap::Ignored) {
        if !speaks_of_jobs(file.around(note)) {
            continue;
        }
        findings
            .report(note.span, "Kubernetes reads nothing from here to the end of this document")
            .help("start a document of its own with a line of `---`")
            .document(note.document);
    }
}
