//! Phrases that name times of the day: "2am", "23:17 UTC", "half past eleven", "from 9 to 17".

mod written;

use super::claim::{Clock, Kind, Phrase};
use super::lexeme::Sense;
use super::lexicon::Meaning;
use super::words::Words;
use super::zones::Offsets;
use written::without_zone;

/// The phrase at a place.
pub(super) fn phrase(words: Words<'_>, at: usize) -> Option<Phrase> {
    if let Some((from, to, end)) = window(words, at) {
        return Some((vec![Kind::Window(from, to)], end));
    }
    let (clock, end) = clock(words, at)?;
    Some((vec![Kind::Clock(clock)], end))
}

/// "9:00 - 17:00", "9-5pm", "between 9 and 17", "from 8 to 20 UTC".
fn window(words: Words<'_>, at: usize) -> Option<(Clock, Clock, usize)> {
    let opens = words.means(at, Meaning::From);
    let start = if opens { past_at(words, at + 1) } else { at };
    let bare_hours = |at: usize| {
        let (hour, digits) = words.digits(at)?;
        (digits <= 2 && hour <= 24).then(|| (bare(hour, 0), at + 1))
    };
    let (first, after_first) = match clock(words, start) {
        Some(found) => (found, true),
        None => (bare_hours(start)?, false),
    };
    let (from, middle) = first;
    let is_range = words.is_ranging(middle) || opens && words.means(middle, Meaning::And);
    if !is_range {
        return None;
    }
    let next = past_at(words, middle + 1);
    let (to, end) = match clock(words, next) {
        Some(found) => found,
        None if opens && words.unit(next + 1).is_none() => bare_hours(next)?,
        None => return None,
    };
    // "1-5" alone may count anything.
    if !after_first && !opens && to.zone.is_none() && to.is_half_day {
        return None;
    }
    let from = Clock { zone: from.zone.or(to.zone), ..from };
    Some((from, Clock { zone: to.zone.or(from.zone), ..to }, end))
}

fn past_at(words: Words<'_>, at: usize) -> usize {
    if words.means(at, Meaning::At) { at + 1 } else { at }
}

fn bare(hour: u32, slack: u16) -> Clock {
    Clock { minute: (hour % 24 * 60) as u16, is_half_day: (1..=12).contains(&hour), slack, zone: None }
}

/// One time of the day with the zone before or after it.
fn clock(words: Words<'_>, at: usize) -> Option<(Clock, usize)> {
    if let Some(Sense::Zone(zone)) = words.sense(at) {
        let mut start = words.past_fill(at + 1);
        if words.is_mark(start, ':') {
            start += 1;
        }
        let (clock, end) = without_zone(words, words.past_fill(past_at(words, start)))?;
        // "UTC 03:00 JST": the nearer one is the clock's.
        return zone_after(words, end).is_none().then_some((Clock { zone: Some(*zone), ..clock }, end));
    }
    let (clock, end) = without_zone(words, at)?;
    match zone_after(words, end) {
        Some((zone, end)) => Some((Clock { zone: Some(zone), ..clock }, end)),
        None => Some((clock, end)),
    }
}

/// "UTC", "(UTC+8)", "in Berlin", "Pacific time", "GMT-3".
fn zone_after(words: Words<'_>, at: usize) -> Option<(Offsets, usize)> {
    // "18h, heure de Paris"
    let opens = words.is_mark(at, '(') || words.is_mark(at, ',');
    let start = words.past_fill(if opens { at + 1 } else { at });
    // "по московскому времени"
    let start = if words.means(start, Meaning::Every) { start + 1 } else { start };
    let (zone, end) = match words.sense(start)? {
        Sense::Zone(zone) => (*zone, start + 1),
        Sense::Mark('+' | '-') if opens || !words.is_glued(start) => return offset(words, start),
        _ => return None,
    };
    let is_base = zone.iter().next() == Some(0);
    let (zone, end) = match offset(words, end).filter(|_| is_base) {
        Some(found) => found,
        None => (zone, end),
    };
    // A zone that a clock follows in parentheses is that clock's: "8:00 (UTC 00:00)".
    if opens && without_zone(words, end).is_some() {
        return None;
    }
    let end = words.past_fill(end);
    Some((zone, if opens && words.is_mark(end, ')') { end + 1 } else { end }))
}

/// "+8", "-05:00", "+0530".
fn offset(words: Words<'_>, at: usize) -> Option<(Offsets, usize)> {
    let sign = match words.sense(at)? {
        Sense::Mark('+') => 1,
        Sense::Mark('-') => -1,
        _ => return None,
    };
    let (number, digits) = words.digits(at + 1).filter(|_| words.is_glued(at + 1))?;
    let (minutes, end) = match (digits, words.digits(at + 3)) {
        (4, _) => (number / 100 * 60 + number % 100, at + 2),
        (1 | 2, Some((minutes, 2))) if words.is_mark(at + 2, ':') => (number * 60 + minutes, at + 4),
        (1 | 2, _) => (number * 60, at + 2),
        _ => return None,
    };
    Some((Offsets::fixed(sign * i16::try_from(minutes).ok()?)?, end))
}
