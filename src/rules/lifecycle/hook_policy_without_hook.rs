//! `hook-policy-without-hook`

use crate::analysis::{Carried, Subject, known_key, unread_key};
use crate::rule::{Check, Findings, Rule, page};

pub(crate) static RULE: Rule = Rule::new(page!("lifecycle/hook-policy-without-hook"), Check::Manifest(check));

fn check(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    let all = Carried::all(subject);
    // A hook that stands where nobody reads it, or is misspelled, is a finding of its own.
    let is_meant = |key: &str, needed: &str| key == needed || unread_key(key).is_some_and(|key| key.instead == needed);
    let is_anywhere =
        |needed: &&str| all.iter().any(|carried| carried.map.value.iter().any(|(key, _)| is_meant(key, needed)));
    for carried in &all {
        for (key, field) in carried.map.value.iter() {
            let Some(known) = known_key(key).filter(|known| known.is_read_from(*carried)) else { continue };
            let Some(needed) = known.needs.first().filter(|_| !known.needs.iter().any(is_anywhere)) else { continue };
            findings
                .report(field.key, format!("`{key}` is about hooks, and this is none: there is no `{needed}`"))
                .help(format!("say with `{needed}` when it runs, or leave `{key}` out"));
        }
    }
}
