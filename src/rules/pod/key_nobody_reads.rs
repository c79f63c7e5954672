//! `key-nobody-reads`

use crate::analysis::{Carried, Subject, unread_key};
use crate::diagnostic::Fix;
use crate::rule::{Check, Findings, Rule, page};

pub(crate) static RULE: Rule = Rule::new(page!("pod/key-nobody-reads"), Check::Manifest(check));

fn check(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    for carried in Carried::all(subject) {
        let map = carried.map.raw;
        for entry in map.entries() {
            let Some(unread) = unread_key(entry.key) else { continue };
            let instead = &unread.instead;
            // Beside the right key it does no harm.
            if map.get(instead).is_some() {
                continue;
            }
            let (message, help) = match unread.why {
                "" => (format!("{} has no key `{}`", unread.reader, entry.key), format!("did you mean `{instead}`?")),
                why => (format!("{} does not read `{}`", unread.reader, entry.key), format!("{why} `{instead}`")),
            };
            let rename = map.rename(entry, instead.clone());
            findings.report(entry.key_span, message).help(help).fix(Fix::unsafe_(format!("write {instead}"), rename));
        }
    }
}
