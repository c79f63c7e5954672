//! Phrases that name a minute of each hour: "minute 5", "30 minutes past the hour", ":15", "on the hour".

use super::claim::{Kind, Phrase};
use super::lexeme::Sense;
use super::lexicon::Meaning;
use super::rate::{Rate, Unit};
use super::words::Words;

/// The phrase at a place.
pub(super) fn phrase(words: Words<'_>, at: usize) -> Option<Phrase> {
    if let Some(Meaning::Minute(minute)) = words.meaning(at) {
        return Some((vec![Kind::Minute(minute)], at + 1));
    }
    named(words, at).or_else(|| {
        let (minute, end) =
            after_colon(words, at).or_else(|| past_the_hour(words, at)).or_else(|| of_each_hour(words, at))?;
        Some((vec![Kind::Minute(minute)], end))
    })
}

fn minute(words: Words<'_>, at: usize) -> Option<u8> {
    words.number(at).and_then(|minute| u8::try_from(minute).ok()).filter(|minute| *minute < 60)
}

/// "minute 5", "minutes 0 and 30"
fn named(words: Words<'_>, at: usize) -> Option<Phrase> {
    if words.unit(at) != Some(Unit::Minute) {
        return None;
    }
    let mut kinds = vec![Kind::Minute(minute(words, at + 1)?)];
    let mut end = at + 2;
    while words.is_listing(end) {
        let next = if words.is_listing(end + 1) { end + 2 } else { end + 1 };
        let Some(minute) = minute(words, next) else { break };
        kinds.push(Kind::Minute(minute));
        end = next + 1;
    }
    Some((kinds, end))
}

/// ":15"
fn after_colon(words: Words<'_>, at: usize) -> Option<(u8, usize)> {
    let is_led = at == 0 || !matches!(words.sense(at - 1), Some(Sense::Number { .. } | Sense::Unknown));
    let has_two_digits = words.digits(at + 1).is_some_and(|(_, digits)| digits == 2) && words.is_glued(at + 1);
    if words.is_mark(at, ':') && is_led && has_two_digits { Some((minute(words, at + 1)?, at + 2)) } else { None }
}

/// "30 minutes past the hour", "5 past every hour"
fn past_the_hour(words: Words<'_>, at: usize) -> Option<(u8, usize)> {
    let said = minute(words, at)?;
    let end = if words.unit(at + 1) == Some(Unit::Minute) { at + 2 } else { at + 1 };
    let hour = words.past_fill(end + 1);
    let hour = if words.means(hour, Meaning::Every) { hour + 1 } else { hour };
    (words.means(end, Meaning::Past) && words.unit(hour) == Some(Unit::Hour)).then_some((said, hour + 1))
}

/// 毎時15分
fn of_each_hour(words: Words<'_>, at: usize) -> Option<(u8, usize)> {
    let said = minute(words, at)?;
    let before = (0..at).rev().find(|before| !words.means(*before, Meaning::Fill))?;
    let is_of_hour = words.language.is_spaceless
        && words.means(before, Meaning::Often(Rate::HOURLY))
        && words.unit(at + 1) == Some(Unit::Minute);
    (is_of_hour && !words.means(at + 2, Meaning::Interval)).then_some((said, at + 2))
}
