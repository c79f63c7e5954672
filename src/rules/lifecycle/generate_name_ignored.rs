//! `generate-name-ignored`

use crate::analysis::{Exported, Subject};
use crate::diagnostic::Fix;
use crate::rule::{Check, Findings, Rule, page};

pub(crate) static RULE: Rule = Rule::new(page!("lifecycle/generate-name-ignored"), Check::Manifest(check));

fn check(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    let Some(metadata) = subject.manifest.metadata() else { return };
    let is_set = |text: &str| !text.is_empty();
    let (Some(name), Some(prefix)) = (metadata.name(), metadata.generate_name()) else { return };
    // In a cluster, an object whose name was made up has both.
    if !is_set(name.value) || !is_set(prefix.value) || Exported::of(subject.manifest).is_some() {
        return;
    }
    let removal = metadata.slots().generate_name().remove();
    findings
        .report(prefix.span, format!("the object is called `{}`: beside `name`, this does nothing", name.value))
        .label(name.span, "this is its name")
        .help("leave out `generateName`; or `name`, where `kubectl create` is to make a new object each time")
        .fix(removal.map(|change| Fix::safe("leave out `generateName`", change)));
}
