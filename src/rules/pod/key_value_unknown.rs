//! `key-value-unknown`

use std::ops::Range;

use crate::analysis::{Carried, KnownKey, Subject, ValueForm, known_key};
use crate::diagnostic::Fix;
use crate::k8s::objects::Field;
use crate::k8s::schema::nearest;
use crate::rule::{Check, Findings, Rule, page};
use crate::yaml::{New, placeholder_in};

pub(crate) static RULE: Rule = Rule::new(page!("pod/key-value-unknown"), Check::Manifest(check));

fn check(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    for carried in Carried::all(subject) {
        for (key, field) in carried.map.value.iter() {
            let Some(known) = known_key(key).filter(|known| known.is_read_from(carried)) else { continue };
            if let Some(part) = known.form.unknown_in(field.value)
                && placeholder_in(field.value).is_none()
            {
                report(known, field, part, findings);
            }
        }
    }
}

fn report(known: &KnownKey, field: Field<'_, &str>, at: Range<usize>, findings: &mut Findings<'_>) {
    let KnownKey { key, reader, otherwise, .. } = known;
    let part = &field.value[at.clone()];
    let ValueForm::Words { known: words, .. } = &known.form else {
        let message = format!("`{part}` is no whole number: {reader} {otherwise}");
        findings.report(field.span, message).help(format!("`{key}` is a number in quotes: `\"-5\"`, `\"10\"`"));
        return;
    };
    let message = match part {
        "" => format!("an empty word in `{key}` is none that {reader} knows: it {otherwise}"),
        _ => format!("{reader} knows no `{part}` in `{key}`, and {otherwise}"),
    };
    let meant = switch(part, words).or_else(|| nearest(part, words.iter().copied()));
    let help = match meant {
        Some(meant) => format!("did you mean `{meant}`?"),
        None => format!("it knows {}", listed(words)),
    };
    let is_whole = part.len() == field.value.len();
    let change =
        |meant: &str| if is_whole { field.raw.set(New::Plain(meant)) } else { field.raw.splice(at.clone(), meant) };
    let fix = meant.map(|meant| Fix::unsafe_(format!("write {meant}"), change(meant)));
    findings.report(field.span, message).help(help).fix(fix);
}

/// What `true` and `false` are where a program has words of its own for them.
fn switch(part: &str, words: &[&'static str]) -> Option<&'static str> {
    let word = match part.to_ascii_lowercase().as_str() {
        "true" => "enabled",
        "false" => "disabled",
        _ => return None,
    };
    words.contains(&word).then_some(word)
}

fn listed(words: &[&str]) -> String {
    let quoted: Vec<String> = words.iter().map(|word| format!("`{word}`")).collect();
    match &quoted[..] {
        [start @ .., last] if !start.is_empty() => format!("{} and {last}", start.join(", ")),
        _ => quoted.concat(),
    }
}
