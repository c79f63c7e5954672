//! Phrases that name days: "every Monday", "1st of the month", "last Friday", "Jan 1".

mod weekdays;

use super::claim::{Days, EACH_MONTH, Kind, Phrase};
use super::lexeme::Sense;
use super::lexicon::Meaning;
use super::rate::{Rate, Unit};
use super::words::Words;
use weekdays::weekdays;

/// The phrase at a place.
pub(super) fn phrase(words: Words<'_>, at: usize) -> Option<Phrase> {
    let (days, end) =
        whole(words, at).or_else(|| nth(words, at)).or_else(|| dates(words, at)).or_else(|| weekdays(words, at))?;
    Some((vec![Kind::Days(days)], end))
}

/// What one word says, and "the last day of the month".
fn whole(words: Words<'_>, at: usize) -> Option<(Days, usize)> {
    match words.meaning(at)? {
        Meaning::Dates(days) => Some((Days::Dates { days, months: EACH_MONTH }, at + 1)),
        Meaning::MonthEnd => Some((Days::MonthEnd, at + 1)),
        Meaning::MonthStart => Some((Days::MonthStart, at + 1)),
        Meaning::Last if words.unit(at + 1) == Some(Unit::Day) => {
            month_after(words, at + 2).map(|(_, end)| (Days::LastDay, end))
        }
        _ => None,
    }
}

/// "first Monday", "1st and 3rd Tuesday of the month", "last Friday of each month".
fn nth(words: Words<'_>, at: usize) -> Option<(Days, usize)> {
    let mut weeks = 0;
    let mut place = at;
    loop {
        let (week, end) = week(words, place)?;
        weeks |= week;
        place = end;
        if !words.is_listing(place) {
            break;
        }
        place += 1;
    }
    // 첫째 주 월요일, 最初の月曜日
    place = words.past_fill(place + usize::from(words.means(place, Meaning::Unit(Unit::Week))));
    let Some(Meaning::Weekdays(weekdays)) = words.meaning(place) else { return None };
    let month = month_after(words, place + 1);
    // "last Friday" may be a day of last week.
    if weeks == 1 && month.is_none() && at > 0 && !words.means(at - 1, Meaning::Every) {
        return None;
    }
    let (months, end) = month.unwrap_or((EACH_MONTH, place + 1));
    Some((Days::Nth { weeks, weekdays, months }, end))
}

fn week(words: Words<'_>, at: usize) -> Option<(u8, usize)> {
    let is_weekday = |at: usize| matches!(words.meaning(at), Some(Meaning::Weekdays(_)));
    let (week, end) = match words.meaning(at) {
        Some(Meaning::Last) => (0, at + 1),
        Some(Meaning::Second) => (2, at + 1),
        // "jeden zweiten Dienstag" is every other one; "im Monat", it is the second.
        Some(Meaning::Alternate) if month_after(words, at + 2).is_some() => (2, at + 1),
        Some(Meaning::Ordinal(week)) => (u32::from(week), at + 1),
        // 第2月曜日, 第二个周一
        _ if words.language.is_spaceless && is_weekday(words.past_fill(at + 1)) => (words.number(at)?, at + 1),
        _ => marked_day(words, at)?,
    };
    (week <= 5).then(|| (1 << week, end))
}

/// A number that is marked as that of a day: "1st", "15.", 3日.
fn marked_day(words: Words<'_>, at: usize) -> Option<(u32, usize)> {
    let number = words.number(at).filter(|day| (1..=31).contains(day))?;
    let end = match words.sense(at + 1)? {
        Sense::Means(Meaning::DayMark) => at + 2,
        // 3日 is a day of the month; 3日間 and "3 days" are not.
        Sense::Means(Meaning::Unit(Unit::Day)) if words.language.is_spaceless => at + 2,
        Sense::Mark('.') if words.is_glued(at + 1) && !words.is_glued(at + 2) && words.sense(at + 2).is_some() => {
            at + 2
        }
        _ => return None,
    };
    Some((number, end))
}

/// "1st of the month", "on the 1st and 15th", "day 1 of each month", "Jan 1", 每月1号和15号.
fn dates(words: Words<'_>, at: usize) -> Option<(Days, usize)> {
    if let Some((months, day_at)) = months(words, at) {
        let plain = || words.digits(day_at).filter(|(_, digits)| *digits <= 2).map(|(day, _)| (day, day_at + 1));
        let (day, end) = marked_day(words, day_at).or_else(plain)?;
        let goes_on = words.is_mark(end, ':') || words.unit(end).is_some() || words.sense(end) == Some(&Sense::Unknown);
        let is_day = (1..=31).contains(&day) && !goes_on;
        return is_day.then(|| (Days::Dates { days: 1 << day, months }, end));
    }
    let start = after_month(words, at).unwrap_or(at);
    let is_led = start > at
        || at > 0 && matches!(words.meaning(words_back(words, at)), Some(Meaning::On | Meaning::At | Meaning::Every));
    let names_days = words.unit(start) == Some(Unit::Day) && !words.language.is_spaceless;
    let (days, is_marked, end) = day_list(words, if names_days { start + 1 } else { start })?;
    if let Some((months, end)) = month_after(words, end) {
        return (is_marked || names_days).then_some((Days::Dates { days, months }, end));
    }
    let is_clear = is_marked && (is_led || mentions_month(words)) || names_days && (is_led || mentions_month(words));
    is_clear.then_some((Days::Dates { days, months: EACH_MONTH }, end))
}

/// The place after "every month", "monthly", 毎月, from which the day follows at once.
fn after_month(words: Words<'_>, at: usize) -> Option<usize> {
    let end = match words.meaning(at)? {
        Meaning::Often(Rate::MONTHLY) => at + 1,
        Meaning::Every if words.unit(at + 1) == Some(Unit::Month) => at + 2,
        _ => return None,
    };
    words.language.is_spaceless.then(|| words.past_fill(end))
}

fn words_back(words: Words<'_>, at: usize) -> usize {
    let mut before = at - 1;
    while before > 0 && matches!(words.meaning(before), Some(Meaning::Fill | Meaning::The)) {
        before -= 1;
    }
    before
}

fn mentions_month(words: Words<'_>) -> bool {
    words.list.iter().any(|lexeme| {
        matches!(
            lexeme.sense,
            Sense::Means(Meaning::Unit(Unit::Month) | Meaning::Often(Rate::MONTHLY) | Meaning::Month(_))
        )
    })
}

/// Days of the month, whether one of them is marked as such, and the end.
fn day_list(words: Words<'_>, at: usize) -> Option<(u32, bool, usize)> {
    let mut days = 0u32;
    let mut is_marked = false;
    let mut place = at;
    loop {
        let item = marked_day(words, place).map(|found| (found, true));
        let ordinal = || match words.meaning(place) {
            // "first day"
            Some(Meaning::Ordinal(day)) if words.means(place + 1, Meaning::Unit(Unit::Day)) => {
                Some(((u32::from(day), place + 2), true))
            }
            // "first of the month", "first day of month"
            Some(Meaning::Ordinal(day)) if month_after(words, place + 1).is_some() => {
                Some(((u32::from(day), place + 1), true))
            }
            _ => None,
        };
        let plain = || {
            let (day, digits) = words.digits(place)?;
            let is_day = digits <= 2 && (1..=31).contains(&day) && !words.is_mark(place + 1, ':');
            is_day.then_some(((day, place + 1), false))
        };
        let Some(((day, end), marked)) = item.or_else(ordinal).or_else(plain) else { break };
        days |= 1 << day;
        is_marked |= marked;
        place = end;
        let next = if words.is_listing(place + 1) { place + 2 } else { place + 1 };
        let next = words.past_fill(next);
        let goes_on = words.is_listing(place) && (marked_day(words, next).is_some() || !is_marked);
        if !goes_on {
            break;
        }
        place = next;
    }
    (days != 0).then_some((days, is_marked, place))
}

/// The months that are named after a day: "of the month", "of every quarter", "January".
fn month_after(words: Words<'_>, at: usize) -> Option<(u16, usize)> {
    let mut place = at;
    while matches!(
        words.meaning(place),
        Some(Meaning::Fill | Meaning::The | Meaning::Every | Meaning::Per | Meaning::On | Meaning::From)
    ) || words.unit(place) == Some(Unit::Day) && place == at
    {
        place += 1;
    }
    if words.means(at, Meaning::DayOfMonth) {
        return Some((EACH_MONTH, at + 1));
    }
    match words.meaning(place)? {
        Meaning::Unit(Unit::Month) => Some((EACH_MONTH, place + 1)),
        Meaning::Unit(Unit::Quarter) | Meaning::Quarter => Some((0b0100_1001_0010, place + 1)),
        Meaning::Often(Rate::MONTHLY) => Some((EACH_MONTH, place + 1)),
        Meaning::Often(Rate::QUARTERLY) => Some((0b0100_1001_0010, place + 1)),
        _ => months(words, place),
    }
}

/// "January", "January and July", "Jan/Apr/Jul/Oct".
fn months(words: Words<'_>, at: usize) -> Option<(u16, usize)> {
    let month = |at: usize| match words.meaning(at) {
        Some(Meaning::Month(month)) => Some(1 << month),
        _ => None,
    };
    let mut months = month(at)?;
    let mut end = at + 1;
    while words.is_listing(end) {
        let next = if words.is_listing(end + 1) { end + 2 } else { end + 1 };
        let Some(more) = month(next) else { break };
        months |= more;
        end = next + 1;
    }
    Some((months, end))
}
