//! One time of the day as it is written or told.

use crate::schedule::claims::claim::Clock;
use crate::schedule::claims::lexeme::Sense;
use crate::schedule::claims::lexicon::Meaning;
use crate::schedule::claims::rate::Unit;
use crate::schedule::claims::words::Words;

/// A time of the day at a place, and the word after it.
pub(super) fn without_zone(words: Words<'_>, at: usize) -> Option<(Clock, usize)> {
    if let Some(Meaning::Clock(minute)) = words.meaning(at) {
        return Some((Clock { minute, is_half_day: false, slack: 15, zone: None }, at + 1));
    }
    if let Some(part) = words.meaning(at).filter(is_part_of_day) {
        let (hour, minute, end, _) = written(words, at + 1)?;
        return Some((in_part(hour, minute, part), end));
    }
    if let Some(found) = told(words, at) {
        return with_part_after(words, found);
    }
    let (hour, minute, end, is_plain) = written(words, at).or_else(|| bare_hour(words, at))?;
    if hour == 12 && matches!(words.meaning(end), Some(Meaning::Clock(_))) {
        return without_zone(words, end);
    }
    let is_half_day = is_plain && (1..=12).contains(&hour);
    let slack = if minute.is_some() { 0 } else { 59 };
    let clock = Clock { minute: (hour * 60 + minute.unwrap_or(0)) as u16, is_half_day, slack, zone: None };
    let clock = part_around(words, at, end)
        .filter(|_| is_half_day)
        .map_or(clock, |part| Clock { slack, ..in_part(hour, minute, part) });
    with_part_after(words, (clock, end))
}

/// The part of the day that stands beside a clock's place: "every morning at 6", "at 6 every evening".
fn part_around(words: Words<'_>, at: usize, end: usize) -> Option<Meaning> {
    let before = if is_after_at(words, at) { at.checked_sub(2) } else { None };
    before.into_iter().chain([end]).find_map(|beside| match words.meaning(beside)? {
        Meaning::Mornings => Some(Meaning::Morning),
        Meaning::Evenings => Some(Meaning::Afternoon),
        Meaning::Nightly => Some(Meaning::Night),
        _ => None,
    })
}

fn is_part_of_day(meaning: &Meaning) -> bool {
    matches!(meaning, Meaning::Morning | Meaning::Afternoon | Meaning::Night)
}

fn with_part_after(words: Words<'_>, (clock, end): (Clock, usize)) -> Option<(Clock, usize)> {
    let Some(part) = words.meaning(end).filter(is_part_of_day) else { return Some((clock, end)) };
    let (hour, minute) = (u32::from(clock.minute / 60), u32::from(clock.minute % 60));
    let minute = (clock.slack == 0).then_some(minute);
    Some((in_part(hour, minute, part), end + 1))
}

/// An hour of the morning, the afternoon or the night.
fn in_part(hour: u32, minute: Option<u32>, part: Meaning) -> Clock {
    let hour = match (part, hour) {
        (Meaning::Morning, 12) | (Meaning::Night, 12) => 0,
        (Meaning::Afternoon, 1..12) | (Meaning::Night, 6..12) => hour + 12,
        _ => hour,
    };
    let slack = if minute.is_some() { 0 } else { 10 };
    Clock { minute: (hour % 24 * 60 + minute.unwrap_or(0)) as u16, is_half_day: false, slack, zone: None }
}

/// Hour, minute where one is said, the end, and whether morning and evening are not told apart.
type Written = (u32, Option<u32>, usize, bool);

/// A clock in digits: "23:17", "14h30", "2pm", "8 Uhr", "9点30分", "0630 UTC".
fn written(words: Words<'_>, at: usize) -> Option<Written> {
    let (hour, digits) = words.digits(at).or_else(|| Some((words.number(at)?, 1)))?;
    if digits == 4 {
        let is_clock = hour / 100 < 24 && hour % 100 < 60 && is_zone(words, at + 1);
        return is_clock.then_some((hour / 100, Some(hour % 100), at + 1, false));
    }
    if digits > 2 || hour > 23 || at > 0 && words.is_mark(at - 1, '.') && words.is_glued(at) {
        return None;
    }
    if let Some((minute, end)) = minute_in_digits(words, at + 1) {
        return Some((hour, Some(minute), end, false));
    }
    let is_plain = digits == 1 || hour >= 10;
    match words.meaning(at + 1) {
        Some(Meaning::OClock) => Some(after_oclock(words, at + 2, (hour, is_plain))),
        Some(Meaning::LetterH) if is_hour_of_clock(words, at) => Some(after_hours(words, at + 2, (hour, false))),
        Some(Meaning::Unit(Unit::Hour)) if words.language.counts_hours && is_after_at(words, at) => {
            Some(after_hours(words, at + 2, (hour, is_plain)))
        }
        Some(part) if is_part_of_day(&part) => Some((hour, None, at + 1, is_plain)),
        _ if is_zone(words, at + 1) => Some((hour, Some(0), at + 1, is_plain)),
        _ => None,
    }
}

/// What stands between hour and minute, and the minute: ":17", "h30", ".30" where the rest shows a clock.
fn minute_in_digits(words: Words<'_>, at: usize) -> Option<(u32, usize)> {
    let (minute, digits) = words.digits(at + 1)?;
    if digits != 2 || minute > 59 {
        return None;
    }
    let is_glued = words.is_glued(at) && words.is_glued(at + 1);
    let end = at + 2;
    match words.sense(at)? {
        Sense::Mark(':') if is_glued => {
            let has_seconds = words.is_mark(end, ':') && words.digits(end + 1).is_some_and(|(_, digits)| digits == 2);
            let end = if has_seconds { end + 2 } else { end };
            let ends_in_word = words.means(end, Meaning::OClock) || words.means(end, Meaning::LetterH);
            Some((minute, if ends_in_word { end + 1 } else { end }))
        }
        Sense::Mark('.') if is_glued && words.means(end, Meaning::OClock) => Some((minute, end + 1)),
        Sense::Mark('.') if is_glued => {
            let shows_clock = is_zone(words, end) || words.meaning(end).is_some_and(|part| is_part_of_day(&part));
            shows_clock.then_some((minute, end))
        }
        Sense::Means(Meaning::LetterH) if is_glued || words.language.counts_hours => Some((minute, end)),
        _ => None,
    }
}

fn is_zone(words: Words<'_>, at: usize) -> bool {
    matches!(words.sense(at), Some(Sense::Zone(_)))
}

/// What follows "o'clock": 30分, 半, nothing.
fn after_oclock(words: Words<'_>, at: usize, (hour, is_plain): (u32, bool)) -> Written {
    if words.means(at, Meaning::Half) {
        return (hour, Some(30), at + 1, is_plain);
    }
    match words.number(at).filter(|minute| *minute < 60) {
        Some(minute) if words.unit(at + 1) == Some(Unit::Minute) => (hour, Some(minute), at + 2, is_plain),
        Some(minute) if words.digits(at).is_some_and(|(_, digits)| digits == 2) => {
            (hour, Some(minute), at + 1, is_plain)
        }
        _ => (hour, Some(0), at, is_plain),
    }
}

/// What follows hours: "et demie", "y cuarto", "30 minutes", nothing.
fn after_hours(words: Words<'_>, at: usize, (hour, is_plain): (u32, bool)) -> Written {
    let part = if words.means(at, Meaning::And) { at + 1 } else { at };
    match words.meaning(part) {
        Some(Meaning::Half) => (hour, Some(30), part + 1, is_plain),
        Some(Meaning::Quarter) => (hour, Some(15), part + 1, is_plain),
        _ => after_oclock(words, at, (hour, is_plain)),
    }
}

fn is_after_at(words: Words<'_>, at: usize) -> bool {
    at > 0 && words.means(at - 1, Meaning::At)
}

/// Whether `8h` is eight o'clock, not a length.
fn is_hour_of_clock(words: Words<'_>, at: usize) -> bool {
    let is_led = at > 0 && matches!(words.sense(at - 1), Some(Sense::Means(_) | Sense::Mark(',')));
    is_zone(words, at + 2) || is_after_at(words, at) || words.language.counts_hours && is_led
}

/// "at 9", with nothing that it could count.
fn bare_hour(words: Words<'_>, at: usize) -> Option<Written> {
    let mut first = at;
    while first >= 2 && words.is_listing(first - 1) && words.digits(first - 2).is_some() {
        first -= 2;
    }
    let (hour, digits) = words.digits(at).filter(|_| is_after_at(words, first))?;
    let ends = match words.sense(at + 1) {
        None | Some(Sense::Mark(',' | '.' | ')' | ';')) => !words.is_glued(at + 2) || !words.is_mark(at + 1, '.'),
        Some(Sense::Means(meaning)) => {
            let is_day = matches!(meaning, Meaning::Nightly | Meaning::Mornings | Meaning::Evenings);
            is_day
                || matches!(
                    meaning,
                    Meaning::And | Meaning::Every | Meaning::On | Meaning::Often(_) | Meaning::Weekdays(_)
                )
        }
        _ => false,
    };
    (digits <= 2 && hour < 24 && ends).then_some((hour, None, at + 1, true))
}

/// A clock in words: "half past eleven", "quarter to 3", "halb drei".
fn told(words: Words<'_>, at: usize) -> Option<(Clock, usize)> {
    let hour_at = |at: usize| words.number(at).filter(|hour| (1..=12).contains(hour));
    let (minutes, side) = match words.meaning(at) {
        Some(Meaning::HalfBefore) => (-30, at + 1),
        Some(Meaning::Half) if words.means(at + 1, Meaning::Past) => (30, at + 2),
        Some(Meaning::Quarter) => (15, at + 1),
        _ => (i32::try_from(words.number(at).filter(|minutes| *minutes < 60)?).ok()?, at + 1),
    };
    let (minutes, hour_place) = match words.meaning(side) {
        _ if minutes == -30 || side == at + 2 => (minutes, side),
        Some(Meaning::Past) => (minutes, side + 1),
        Some(Meaning::Until) if words.means(at, Meaning::Quarter) => (-minutes, side + 1),
        _ => return None,
    };
    let hour = hour_at(hour_place).filter(|_| words.unit(hour_place + 1).is_none())?;
    let minute = (hour as i32 * 60 + minutes).rem_euclid(1_440) as u16;
    Some((Clock { minute, is_half_day: true, slack: 0, zone: None }, hour_place + 1))
}
