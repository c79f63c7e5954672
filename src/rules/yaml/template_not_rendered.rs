//! `template-not-rendered`

use crate::k8s::Mentions;
use crate::rule::{Check, Findings, Rule, page};
use crate::yaml::File;

pub(crate) static RULE: Rule = Rule::new(page!("yaml/template-not-rendered"), Check::File(check));

fn check(file: &File, findings: &mut Findings<'_>) {
    let mentions = Mentions::of(&file.text);
    for document in &file.documents {
        let Some(placeholder) = document.placeholder() else { continue };
        if !mentions.are_in(document.span) {
            continue;
        }
        let written = &file.text[placeholder.range()];
        let help = if written.starts_with("{{") {
            "fill it in first: `helm template … | batchlint check -`"
        } else {
            "fill it in first, and give the result to batchlint on standard input: `… | batchlint check -`"
        };
        findings
            .report(placeholder, "a template, not YAML yet: what it makes was not checked")
            .document(document.index)
            .help(help);
        return; // One for a file: the others say the same.
    }
}
