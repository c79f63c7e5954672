//! Phrases that say how often: "every 5 minutes", "twice a day", "hourly".

use super::claim::{Kind, Phrase};
use super::lexeme::Sense;
use super::lexicon::Meaning;
use super::rate::{Rate, Unit};
use super::words::Words;

type Found = (Rate, usize);

/// The phrase at a place.
pub(super) fn phrase(words: Words<'_>, at: usize) -> Option<Phrase> {
    if words.means(at, Meaning::Biweekly) {
        let either = [Rate::Long(2, Unit::Week), Rate::Times(2, Unit::Week)].map(Kind::Rate);
        return of_the_schedule(words, at, (either.to_vec(), at + 1));
    }
    let found = every(words, at)
        .or_else(|| interval(words, at))
        .or_else(|| times(words, at))
        .or_else(|| times_after_unit(words, at))
        .or_else(|| often(words, at))
        .or_else(|| whole_text(words, at))?;
    let (rate, end) = found;
    of_the_schedule(words, at, (vec![Kind::Rate(rate)], end))
}

/// A rate, unless it tells of a thing (a weekly report) or is a part of a name.
fn of_the_schedule(words: Words<'_>, at: usize, (kinds, end): Phrase) -> Option<Phrase> {
    let is_adjective = matches!(words.meaning(end - 1), Some(Meaning::Often(_) | Meaning::Nightly | Meaning::Biweekly));
    let is_thing = |at: usize| words.means(at, Meaning::Thing);
    let next = words.past_hyphen(end);
    let of_stuff = words.means(next, Meaning::Stuff) && !words.is_other(next + 1);
    let of_thing = is_adjective && (of_stuff || is_thing(next) || is_thing(next + 1) && words.is_other(next));
    let in_name = is_adjective
        && (is_hyphened_name(words, end) || at > 0 && is_hyphened_name(words, at - 1) && words.is_glued(at));
    let of_minute = words.means(end, Meaning::Past) && !words.means(end + 1, Meaning::Every);
    // 毎週月・水, 매주 월, 수
    let is_week = words.language.is_spaceless && words.means(end - 1, Meaning::Often(Rate::WEEKLY));
    let names_days = is_week && (words.unit(end).is_some() || words.is_other(end) && words.is_glued(end));
    let is_known = is_adjective && at > 0 && words.means(at - 1, Meaning::The);
    let is_silent = is_known || of_thing || in_name || of_minute || names_days || is_count_of_another(words, at);
    Some((if is_silent { Vec::new() } else { kinds }, end))
}

/// Whether a count may be of what somebody else does: "images come twice a week", but: "back up the DB twice a week".
fn is_count_of_another(words: Words<'_>, at: usize) -> bool {
    let is_count = matches!(words.meaning(at), Some(Meaning::Count(2..))) || words.means(at + 1, Meaning::Times);
    let Some(before) = (0..at).rev().find(|before| !words.means(*before, Meaning::Fill)) else { return false };
    let is_object = before > 0 && matches!(words.meaning(before - 1), Some(Meaning::The | Meaning::Their));
    is_count && !is_object && (words.sense(before) == Some(&Sense::Unknown) || words.is_thing(before))
}

/// Whether a hyphen at `at` joins to a word that says nothing.
fn is_hyphened_name(words: Words<'_>, at: usize) -> bool {
    let is_part = |at: usize| words.is_other(at) || words.means(at, Meaning::Thing);
    words.is_mark(at, '-')
        && words.is_glued(at)
        && words.is_glued(at + 1)
        && (is_part(at + 1) || at > 0 && is_part(at - 1))
}

/// "every 5 minutes", "every other day", "every 6th hour", "every half hour".
fn every(words: Words<'_>, at: usize) -> Option<Found> {
    if !words.means(at, Meaning::Every) {
        return None;
    }
    let start = words.past_hyphen(words.past_fill(at + 1));
    // "every minute 5" is a field.
    if words.unit(start) == Some(Unit::Minute) && words.number(start + 1).is_some() {
        return None;
    }
    let (rate, end) = every_so_often(words, start)?;
    let end = if words.means(end, Meaning::Interval) { end + 1 } else { end };
    Some(with_count(words, (rate, end)))
}

/// With how many times follow: "each day twice", 每天两次.
fn with_count(words: Words<'_>, (rate, end): Found) -> Found {
    let (count, after) = match (words.meaning(end), words.number(end)) {
        (Some(Meaning::Count(count)), _) => (count, end + 1),
        (_, Some(count)) if words.means(end + 1, Meaning::Times) => (count, end + 2),
        _ => return (rate, end),
    };
    rate.multiplied(count).map_or((rate, end), |rate| (rate, after))
}

fn every_so_often(words: Words<'_>, at: usize) -> Option<Found> {
    if let Some((count, end)) = ordinal(words, at) {
        if let Some(unit) = words.unit(end) {
            return Some((Rate::every(count, unit)?, end + 1));
        }
        if matches!(words.meaning(end), Some(Meaning::Weekdays(_))) && words.means(at, Meaning::Alternate) {
            return Some((Rate::Long(2, Unit::Week), end));
        }
    }
    if let Some(part) = part_of_unit(words, at) {
        return Some(part);
    }
    if let Some(unit) = words.unit(at).filter(|_| !words.means(at, Meaning::LetterH)) {
        return with_part(words, Rate::every(1, unit)?, at + 1);
    }
    let count = words.number(at)?;
    let unit_at = words.past_hyphen(at + 1);
    let unit = words.unit(unit_at)?;
    with_part(words, Rate::every(count, unit)?, unit_at + 1)
}

/// With what follows whole hours: "and 30 minutes". "And a half" is left alone, and the rate with it.
fn with_part(words: Words<'_>, rate: Rate, end: usize) -> Option<Found> {
    if words.means(end, Meaning::And) && (end + 1..end + 3).any(|at| words.means(at, Meaning::Half)) {
        return None;
    }
    match (rate, smaller_part(words, end)) {
        (Rate::Seconds(seconds), Some((more, end))) if seconds >= 3_600 => {
            Some((Rate::Seconds(seconds.checked_add(more)?), end))
        }
        _ => Some((rate, end)),
    }
}

/// "other", "second", "6th": which one of several.
fn ordinal(words: Words<'_>, at: usize) -> Option<(u32, usize)> {
    match words.meaning(at) {
        Some(Meaning::Alternate | Meaning::Second) => Some((2, at + 1)),
        Some(Meaning::Ordinal(count)) => Some((count.into(), at + 1)),
        _ => {
            let count = words.number(at)?;
            let is_marked = words.is_glued(at + 1) && words.means(at + 1, Meaning::DayMark)
                || words.is_mark(at + 1, '.') && words.is_glued(at + 1) && words.unit(at + 2).is_some();
            is_marked.then_some((count, at + 2))
        }
    }
}

/// "half hour", "quarter of an hour", "half day".
fn part_of_unit(words: Words<'_>, at: usize) -> Option<Found> {
    let parts = match words.meaning(at)? {
        Meaning::Half => 2,
        Meaning::Quarter => 4,
        _ => return None,
    };
    let mut end = words.past_hyphen(at + 1);
    if words.means(end, Meaning::Per) {
        end += 1;
    }
    match words.unit(end)? {
        Unit::Hour => Some((Rate::Seconds(3_600 / parts), end + 1)),
        Unit::Day => Some((Rate::Seconds(86_400 / parts), end + 1)),
        Unit::Minute => Some((Rate::Seconds(60 / parts), end + 1)),
        Unit::Year => Some((Rate::Long(12 / parts, Unit::Month), end + 1)),
        _ => None,
    }
}

/// What follows hours: "and 30 minutes", "30m".
fn smaller_part(words: Words<'_>, at: usize) -> Option<(u32, usize)> {
    let start = if words.means(at, Meaning::And) { at + 1 } else { at };
    let count = words.number(start)?;
    let is_minutes = words.unit(start + 1) == Some(Unit::Minute);
    (is_minutes && !words.means(start + 2, Meaning::Past) && count < 60).then_some((count * 60, start + 2))
}

/// "15 minute intervals", "at intervals of 15 minutes", 5分ごと.
fn interval(words: Words<'_>, at: usize) -> Option<Found> {
    if words.means(at, Meaning::Interval) {
        let start = words.past_fill(if words.is_mark(at + 1, ':') { at + 2 } else { at + 1 });
        let count = words.number(start)?;
        return Some((Rate::every(count, words.unit(start + 1)?)?, start + 2));
    }
    let (count, unit_at) = match words.number(at) {
        Some(count) => (count, words.past_hyphen(at + 1)),
        None => (1, at),
    };
    let unit = words.unit(unit_at)?;
    let end = words.past_hyphen(unit_at + 1);
    // 6時間毎
    let is_every = words.means(end, Meaning::Every) && words.language.is_spaceless && end > at + 1;
    if words.means(end, Meaning::Interval) || is_every { Some((Rate::every(count, unit)?, end + 1)) } else { None }
}

/// "twice a day", "3 times per week", "2x daily".
fn times(words: Words<'_>, at: usize) -> Option<Found> {
    let (count, end) = match (words.meaning(at), words.number(at)) {
        (Some(Meaning::Count(count)), _) => (count, at + 1),
        (_, Some(count)) if words.means(at + 1, Meaning::Times) => (count, at + 2),
        // Not of "3 times every 2 hours", which no rate says.
        (Some(Meaning::Times), _) if at == 0 || words.number(at - 1).is_none() => (1, at + 1),
        _ => return None,
    };
    let end = words.past_hyphen(words.past_fill(end));
    match words.meaning(end) {
        Some(Meaning::Often(rate)) => return Some((rate.multiplied(count)?, end + 1)),
        Some(Meaning::Nightly) => return Some((Rate::Nightly.multiplied(count)?, end + 1)),
        Some(Meaning::Per | Meaning::At | Meaning::Every) => {}
        _ if words.is_mark(end, '/') => {}
        _ => return None,
    }
    let start = words.past_fill(end + 1);
    match (words.unit(start), words.number(start)) {
        (Some(unit), _) => Some((Rate::times(count, unit)?, start + 1)),
        (None, Some(length)) if count == 1 => Some((Rate::every(length, words.unit(start + 1)?)?, start + 2)),
        _ => None,
    }
}

/// 1日2回, 하루에 두 번: the unit first.
fn times_after_unit(words: Words<'_>, at: usize) -> Option<Found> {
    let start = if words.number(at) == Some(1) { at + 1 } else { at };
    let unit = words.unit(start)?;
    let mut end = start + 1;
    if words.means(end, Meaning::At) {
        end += 1;
    }
    let count = words.number(end)?;
    if words.means(end + 1, Meaning::Times) { Some((Rate::times(count, unit)?, end + 2)) } else { None }
}

/// "hourly", "2-hourly".
fn often(words: Words<'_>, at: usize) -> Option<Found> {
    let (count, end) = match words.number(at) {
        Some(count) if words.is_mark(at + 1, '-') && words.is_glued(at + 1) => (count, at + 2),
        _ => (1, at),
    };
    match (words.meaning(end)?, count) {
        (Meaning::Often(rate), 1) => Some(with_count(words, (rate, end + 1))),
        (Meaning::Nightly, 1) => Some((Rate::Nightly, end + 1)),
        (Meaning::Mornings | Meaning::Evenings, 1) => Some((Rate::DAILY, end + 1)),
        (Meaning::Often(Rate::Seconds(unit)), count) => Some((Rate::Seconds(unit.checked_mul(count)?), end + 1)),
        _ => None,
    }
}

/// "15 minutes", where that is all of the text; "8h" may be eight o'clock.
fn whole_text(words: Words<'_>, at: usize) -> Option<Found> {
    let says_nothing = |at: usize| words.means(at, Meaning::Fill) || matches!(words.sense(at), Some(Sense::Mark(_)));
    if !(0..at).chain(at + 2..words.list.len()).all(says_nothing) {
        return None;
    }
    let unit = words.unit(at + 1).filter(|_| !words.means(at + 1, Meaning::LetterH))?;
    let rate = Rate::every(words.number(at)?, unit)?;
    matches!(rate, Rate::Seconds(_)).then_some((rate, at + 2))
}
