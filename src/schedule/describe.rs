//! A schedule in words, by way of a structure from which the words are made.

mod lists;
mod words;

use super::calendar::days_in_month;
use super::expression::{Expression, Field, FieldName};
use super::time::Seconds;

/// A sentence for people: `at 02:30 on Monday to Friday, Europe/Berlin`.
#[must_use]
pub fn describe(expression: &Expression, zone: Option<&str>) -> String {
    let description = Description::new(expression);
    match (&description, zone) {
        (Description::Calendar { .. }, Some(zone)) => format!("{description}, {zone}"),
        _ => description.to_string(),
    }
}

/// What a schedule means. Displayed as words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Description {
    /// It never fires.
    Never(WhyNever),
    /// At a fixed distance from the last run.
    Every(Seconds),
    /// At times of days of months: a time fits if all three fit.
    Calendar {
        /// The times of day.
        times: Times,
        /// The days.
        days: Days,
        /// The months, 1 to 12, in order.
        months: Vec<u8>,
    },
}

/// Why a schedule never fires.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WhyNever {
    /// A field's list has no value.
    EmptyList(FieldName),
    /// Both day fields' lists have no value.
    NoDays,
    /// None of the months has any of the days.
    NoSuchDate {
        /// The lowest of the days.
        day: u8,
        /// The months.
        months: Vec<u8>,
    },
}

/// Times of day. Times are minutes since midnight.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Times {
    /// Each of these.
    At(Vec<u16>),
    /// At even distances within the day.
    Evenly {
        /// The distance in minutes.
        minutes: u16,
        /// The first.
        first: u16,
        /// The last.
        last: u16,
    },
    /// At these minutes of these hours.
    Hours {
        /// The minutes of the hour.
        minutes: Vec<u8>,
        /// The hours.
        hours: Vec<u8>,
    },
}

/// Days.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Days {
    /// Every day.
    Every,
    /// Days of the month.
    Dates(Vec<u8>),
    /// Days of the week, 0 for Sunday.
    Weekdays(Vec<u8>),
    /// Days of the month, and days of the week whatever their date.
    Either(Vec<u8>, Vec<u8>),
}

impl Description {
    /// What `expression` means.
    #[must_use]
    pub fn new(expression: &Expression) -> Self {
        if let Some(every) = expression.every() {
            return Self::Every(every.distance);
        }
        let Some([minute, hour, date, month, weekday]) = expression.fields() else {
            unreachable!("a schedule has either fields or a distance")
        };
        if let Some(empty) = [minute, hour, month].into_iter().find(|field| field.is_empty()) {
            return Self::Never(WhyNever::EmptyList(empty.name));
        }

        let months: Vec<u8> = month.iter().collect();
        let days = match days(date, weekday) {
            Ok(days) => days,
            Err(why) => return Self::Never(why),
        };
        if let Days::Dates(dates) = &days {
            let longest = months.iter().map(|&month| days_in_month(2000, month)).max().unwrap_or(0);
            if let Some(&day) = dates.first().filter(|&&day| day > longest) {
                return Self::Never(WhyNever::NoSuchDate { day, months });
            }
        }
        Self::Calendar { times: times(minute, hour), days, months }
    }
}

fn days(date: &Field, weekday: &Field) -> Result<Days, WhyNever> {
    let (dates, weekdays): (Vec<u8>, Vec<u8>) = (date.iter().collect(), weekday.iter().collect());
    if date.star || weekday.star {
        // A star has all values, so that the other field alone decides.
        return match (date.is_full(), weekday.is_full()) {
            (true, true) => Ok(Days::Every),
            (true, false) if weekday.is_empty() => Err(WhyNever::EmptyList(FieldName::DayOfWeek)),
            (true, false) => Ok(Days::Weekdays(weekdays)),
            (false, _) if date.is_empty() => Err(WhyNever::EmptyList(FieldName::DayOfMonth)),
            (false, _) => Ok(Days::Dates(dates)),
        };
    }
    match (dates.is_empty(), weekdays.is_empty()) {
        (true, true) => Err(WhyNever::NoDays),
        _ if date.is_full() || weekday.is_full() => Ok(Days::Every),
        (true, false) => Ok(Days::Weekdays(weekdays)),
        (false, true) => Ok(Days::Dates(dates)),
        (false, false) => Ok(Days::Either(dates, weekdays)),
    }
}

fn times(minute: &Field, hour: &Field) -> Times {
    /// Times up to this many are better listed than described.
    const SHORT: usize = 4;
    /// Times up to this many may be listed where they keep no distance.
    const LONG: usize = 8;
    const DAY: u16 = 24 * 60;

    let all: Vec<u16> =
        hour.iter().flat_map(|h| minute.iter().map(move |m| u16::from(h) * 60 + u16::from(m))).collect();
    let (first, last) = (all[0], all[all.len() - 1]);
    let distance = all.get(1).map_or(DAY, |second| second - first);
    let even = all.windows(2).all(|pair| pair[1] - pair[0] == distance);
    let around = even && last + distance == first + DAY && all.len() > 2;
    if around || even && all.len() > SHORT {
        return Times::Evenly { minutes: distance, first, last };
    }
    if all.len() <= LONG {
        return Times::At(all);
    }
    Times::Hours { minutes: minute.iter().collect(), hours: hour.iter().collect() }
}
