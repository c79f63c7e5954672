//! `key-collision`

use crate::k8s::speaks_of_jobs;
use crate::rule::{Check, Findings, Rule};
use crate::yaml::{File, Trap};

pub(crate) static RULE: Rule = Rule::new(include_str!("../../../rules/yaml/key-collision.md"), Check::File(check));

fn check(file: &File, findings: &mut Findings<'_>) {
    for note in file.notes.iter().filter(|note| note.trap == Trap::Collision) {
        if !speaks_of_jobs(file.around(note)) {
            continue;
        }
        let key = file.text[note.span.range()].trim_matches(['"', '\'']);
        findings
            .report(note.span, format!("the key `{key}` is here twice, and which value survives is chance"))
            .help("Kubernetes turns every key into a text; write each once")
            .document(note.document);
    }
}
