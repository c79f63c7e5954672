//! The values that a field takes: words, zones, schedules by what they are for.

use lsp_types::CompletionItemKind;

use super::Offer;
use super::typed::{Typed, What, Written};
use crate::cli::lsp::document::is_plain;
use crate::k8s::schema::{Kind, Type, type_named};
use crate::schedule::{Expression, Zone, describe};

/// Schedules that people look for.
const SCHEDULES: [&str; 10] = [
    "*/5 * * * *",
    "*/15 * * * *",
    "17 * * * *",
    "30 2 * * *",
    "0 9 * * 1-5",
    "0 */6 * * *",
    "30 3 * * 0",
    "0 4 1 * *",
    "0 5 1 1 *",
    "30 1 * * 1,3,5",
];

/// The types that a field may be of where nothing tells it.
const LIKELY: [&str; 5] = ["CronJobSpec", "JobSpec", "PodSpec", "Container", "CronJob"];

/// What may stand behind a key.
pub(super) fn of(typed: &Typed<'_>) -> Vec<Offer> {
    let What::Value(written) = typed.what else { return Vec::new() };
    let owners: Vec<&Type> = match typed.spot() {
        Some(spot) => spot.owner.into_iter().collect(),
        None if typed.is_untold() => LIKELY.into_iter().filter_map(type_named).collect(),
        None => Vec::new(),
    };
    owners.into_iter().map(|owner| of_field(owner, written)).find(|offers| !offers.is_empty()).unwrap_or_default()
}

fn of_field(owner: &Type, written: Written<'_>) -> Vec<Offer> {
    let Some(field) = owner.fields_named(written.key).last() else { return Vec::new() };
    match (owner.name(), field.name) {
        ("CronJobSpec", "timeZone") => Zone::names().iter().map(|name| offer(name, None, written)).collect(),
        ("CronJobSpec", "schedule") => SCHEDULES.iter().map(|one| offer(one, Some(words(one)), written)).collect(),
        _ if field.kind == Kind::Bool => ["true", "false"].iter().map(|word| offer(word, None, written)).collect(),
        _ => owner.words(field.name).iter().map(|word| offer(word, None, written)).collect(),
    }
}

pub(super) fn offer(text: &str, detail: Option<String>, written: Written<'_>) -> Offer {
    let is_bare = !text.contains([' ', '*', '\'']) && is_plain(text);
    let new_text = match written.quote {
        // The editor has closed it, or the author will.
        Some(quote) => format!("{quote}{text}"),
        None if is_bare && !written.is_json => text.to_owned(),
        None if matches!(text, "true" | "false") => text.to_owned(),
        None => format!("\"{text}\""),
    };
    Offer {
        label: text.to_owned(),
        detail,
        documentation: None,
        kind: CompletionItemKind::Value,
        text: new_text,
        // The editor compares it with what is written.
        filter: Some(written.quote.map_or_else(String::new, String::from) + text),
    }
}

fn words(schedule: &str) -> String {
    Expression::parse(schedule).map_or(String::new(), |expression| describe(&expression, None))
}

#[cfg(test)]
mod tests {
    use super::{SCHEDULES, words};

    #[test]
    fn every_schedule_that_is_offered_says_what_it_is() {
        assert!(SCHEDULES.iter().all(|schedule| !words(schedule).is_empty()));
    }
}
