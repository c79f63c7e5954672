//! `key-collision`

use crate::rule::{Check, Findings, Rule, notes, page};
use crate::yaml::{File, Trap};

pub(crate) static RULE: Rule = Rule::new(page!("yaml/key-collision"), Check::File(check));

fn check(file: &File, findings: &mut Findings<'_>) {
    for note in notes(file, Trap::Collision) {
        let key = file.text[note.span.range()].trim_matches(['"', '\'']);
        findings
            .report(note.span, format!("the key `{key}` is here twice, and which value survives is chance"))
            .help("Kubernetes turns every key into a text; write each once")
            .document(note.document);
    }
}
