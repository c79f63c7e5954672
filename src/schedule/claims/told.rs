//! The schedule that a text tells, where it tells one and nothing else: for who wrote words in place of five fields.

use crate::schedule::expression::{Expression, FieldName};

use super::claim::{Claim, Clock, Days, EACH_MONTH, Kind};
use super::compare;
use super::lexeme::{Lexemes, Sense};
use super::lexicon::Meaning;
use super::rate::{Rate, Unit};
use super::said::Said;
use super::words::Words;

/// What a text tells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::schedule) enum Told {
    /// So many seconds between two runs.
    Seconds(u32),
    /// So many months between two runs.
    Months(u32),
    /// Five fields.
    Fields(String),
}

/// The schedule that a text tells; `None` where some of its words are not understood, or five fields cannot say it.
#[must_use]
pub(in crate::schedule) fn told(text: &str) -> Option<Told> {
    if !super::IS_READ {
        return None;
    }
    let lexemes = Lexemes::of(text)?;
    let words = Words::of(&lexemes);
    let said = Said::of(words);
    let is_read = |at: &usize| said.claims.iter().any(|claim| claim.words.contains(at)) || says_nothing(words, *at);
    if said.claims.is_empty() || !(0..words.list.len()).all(|at| is_read(&at)) {
        return None;
    }
    if let [Claim { kind: Kind::Rate(rate), .. }] = said.claims.as_slice()
        && let Some(distance) = distance(*rate)
    {
        return Some(distance);
    }
    let five = five(&said)?;
    let expression = Expression::parse(&five).ok()?;
    compare::contradicted(&said, &expression, None).is_none().then_some(Told::Fields(five))
}

fn says_nothing(words: Words<'_>, at: usize) -> bool {
    let is_joint = |meaning| {
        matches!(
            meaning,
            Meaning::Fill | Meaning::The | Meaning::At | Meaning::On | Meaning::And | Meaning::Every | Meaning::Per
        )
    };
    words.meaning(at).is_some_and(is_joint) || matches!(words.sense(at), Some(Sense::Mark(',' | '.' | ':' | '@')))
}

fn distance(rate: Rate) -> Option<Told> {
    const DAY: u32 = 86_400;
    match rate {
        Rate::Seconds(seconds) => Some(Told::Seconds(seconds)),
        Rate::Times(count, Unit::Day) if DAY.is_multiple_of(count) => Some(Told::Seconds(DAY / count)),
        Rate::Times(count, Unit::Hour) if 3_600u32.is_multiple_of(count) => Some(Told::Seconds(3_600 / count)),
        Rate::Long(count, Unit::Day) => Some(Told::Seconds(count.checked_mul(DAY)?)),
        Rate::Long(count, Unit::Week) => Some(Told::Seconds(count.checked_mul(7 * DAY)?)),
        Rate::Long(count, Unit::Month) => Some(Told::Months(count)),
        Rate::Long(count, Unit::Quarter) => Some(Told::Months(count.checked_mul(3)?)),
        Rate::Long(count, Unit::Year) => Some(Told::Months(count.checked_mul(12)?)),
        Rate::Nightly => Some(Told::Seconds(DAY)),
        _ => None,
    }
}

fn five(said: &Said) -> Option<String> {
    let mut clocks: Vec<Clock> = Vec::new();
    let (mut weekdays, mut dates, mut rate) = (0, None, None);
    for claim in &said.claims {
        match claim.kind {
            // "At 9" may be in the evening.
            Kind::Clock(clock) if clock.zone.is_none() && !clock.is_half_day => clocks.push(clock),
            Kind::Days(Days::Weekdays(mask)) => weekdays |= mask,
            Kind::Days(Days::Dates { days, months: EACH_MONTH }) if dates.is_none() => dates = Some(days),
            Kind::Rate(said) if rate.is_none() => rate = Some(said),
            _ => return None,
        }
    }
    let days = match (rate, weekdays, dates) {
        (None | Some(Rate::DAILY | Rate::Nightly | Rate::WEEKLY), 1.., None) => {
            format!("* * {}", weekday_names(weekdays))
        }
        (None | Some(Rate::MONTHLY), 0, Some(days)) => format!("{} * *", listed(days)),
        (Some(Rate::MONTHLY), 0, None) => "1 * *".to_owned(),
        (None | Some(Rate::DAILY | Rate::Nightly), 0, None) => "* * *".to_owned(),
        _ => return None,
    };
    Some(format!("{} {days}", time(&clocks)?))
}

/// Minute and hours: midnight where no time is told.
fn time(clocks: &[Clock]) -> Option<String> {
    let Some(minute) = clocks.first().map(|clock| clock.minute % 60) else { return Some("0 0".to_owned()) };
    let is_same = clocks.iter().all(|clock| clock.minute % 60 == minute);
    let hours = clocks.iter().fold(0, |hours: u32, clock| hours | 1 << (clock.minute / 60));
    is_same.then(|| format!("{minute} {}", listed(hours)))
}

/// The numbers of the bits that are set: `9,17`.
fn listed(bits: u32) -> String {
    let numbers = (0..32).filter(|bit| bits >> bit & 1 == 1).map(|bit: u32| bit.to_string());
    numbers.collect::<Vec<_>>().join(",")
}

/// `mon`, `mon-fri`, `sun,sat`
fn weekday_names(mask: u8) -> String {
    let names = FieldName::DayOfWeek.names();
    let days: Vec<usize> = (0..names.len()).filter(|day| mask >> day & 1 == 1).collect();
    match days.as_slice() {
        [first, _, .., last] if last - first + 1 == days.len() => format!("{}-{}", names[*first], names[*last]),
        days => days.iter().map(|day| names[*day]).collect::<Vec<_>>().join(","),
    }
}
