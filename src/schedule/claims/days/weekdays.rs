//! Phrases that name days of the week: "every Monday", "Mon-Fri", "Saturday and Sunday".

use super::month_after;
use crate::schedule::claims::claim::Days;
use crate::schedule::claims::lexeme::Sense;
use crate::schedule::claims::lexicon::Meaning;
use crate::schedule::claims::rate::Unit;
use crate::schedule::claims::words::Words;

/// The days at a place, and the word after them.
pub(super) fn weekdays(words: Words<'_>, at: usize) -> Option<(Days, usize)> {
    let is_except = words.means(at, Meaning::Except);
    let start = if is_except || words.means(at, Meaning::Every) { words.past_fill(at + 1) } else { at };
    let (mut mask, mut end) = weekday_range(words, start)?;
    // 周一三五
    let in_words = |at: usize| words.digits(at).is_none();
    loop {
        let mut next = end;
        while words.is_listing(next) || words.means(next, Meaning::Or) || words.means(next, Meaning::On) && next > end {
            next += 1;
        }
        let is_adjacent = next > end || words.is_glued(next);
        let item = weekday_range(words, next)
            .or_else(|| numbered_weekday(words, next).filter(|_| next > end || in_words(next)));
        let Some((more, after)) = item.filter(|_| is_adjacent) else { break };
        mask |= more;
        end = after;
    }
    // Some Monday of the month that was not understood.
    if start == at && month_after(words, end).is_some() {
        return None;
    }
    let is_list = mask.count_ones() > 1;
    let mut mask = if is_except { !mask & 0x7f } else { mask };
    if words.means(end, Meaning::Except)
        && let Some((less, after)) = weekday_range(words, end + 1)
    {
        (mask, end) = (mask & !less, after);
    }
    (start > at || is_list || is_alone(words, at, end)).then_some((Days::Weekdays(mask), end))
}

fn weekday(words: Words<'_>, at: usize) -> Option<(u8, usize)> {
    if let Some(Meaning::Weekdays(mask)) = words.meaning(at) {
        let is_short = words.is_mark(at + 1, '.') && words.is_glued(at + 1) && words.is_ranging(at + 2);
        return Some((mask, if is_short { at + 2 } else { at + 1 }));
    }
    // 每周1
    let is_week = words.unit(at) == Some(Unit::Week) && words.language.is_spaceless;
    numbered_weekday(words, at + 1).filter(|(_, end)| is_week && words.unit(*end).is_none())
}

/// 一 to 六 after another day of the week.
fn numbered_weekday(words: Words<'_>, at: usize) -> Option<(u8, usize)> {
    let number = words.number(at).filter(|day| (1..=7).contains(day) && words.language.is_spaceless)?;
    let is_plain =
        !matches!(words.meaning(at + 1), Some(Meaning::OClock | Meaning::Unit(_) | Meaning::DayMark | Meaning::Times));
    is_plain.then_some((1 << (number % 7), at + 1))
}

fn weekday_range(words: Words<'_>, at: usize) -> Option<(u8, usize)> {
    let (from, end) = weekday(words, at)?;
    let ranges = words.is_ranging(end) || matches!(words.meaning(end), Some(Meaning::At | Meaning::Per));
    let to = weekday(words, end + 1).or_else(|| numbered_weekday(words, end + 1)).filter(|_| ranges);
    let Some((to, after)) = to.filter(|(to, _)| to.count_ones() == 1 && from.count_ones() == 1) else {
        return Some((from, end));
    };
    let mut mask = from;
    let mut day = from;
    while day != to {
        day = if day == 1 << 6 { 1 } else { day << 1 };
        mask |= day;
    }
    Some((mask, after))
}

/// Whether a weekday says when, and not which: "on Monday", "Monday 8:00", not "the Monday meeting".
fn is_alone(words: Words<'_>, at: usize, end: usize) -> bool {
    let before = at.checked_sub(1).and_then(|before| words.sense(before));
    let leads = |meaning: &Meaning| {
        matches!(meaning, Meaning::Every | Meaning::On | Meaning::At | Meaning::Often(_) | Meaning::Alternate)
    };
    let is_led = matches!(before, Some(Sense::Means(meaning)) if leads(meaning));
    let is_free = |sense: Option<&Sense>| {
        !matches!(
            sense,
            Some(
                Sense::Unknown
                    | Sense::Means(
                        Meaning::Thing
                            | Meaning::Stuff
                            | Meaning::Work
                            | Meaning::Program
                            | Meaning::Watch
                            | Meaning::Past
                    )
            )
        )
    };
    let has_time =
        matches!(words.sense(end), Some(Sense::Number { .. } | Sense::Means(Meaning::At | Meaning::Clock(_))));
    is_led || has_time || is_free(before) && is_free(words.sense(end))
}
