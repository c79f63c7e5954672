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

    let (minutes, hours): (Vec<u8>, Vec<u8>) = (minute.iter().collect(), hour.iter().collect());
    let count = minutes.len() * hours.len();
    let time = |hour: u8, minute: u8| u16::from(hour) * 60 + u16::from(minute);
    let (first, last) = (time(hours[0], minutes[0]), time(hours[hours.len() - 1], minutes[minutes.len() - 1]));
    if let Some(minutes) = distance(&minutes, &hours).filter(|_| count > 2)
        && (count > SHORT || last + minutes == first + DAY)
    {
        return Times::Evenly { minutes, first, last };
    }
    if count <= LONG {
        return Times::At(
            hours.iter().flat_map(|&hour| minutes.iter().map(move |&minute| time(hour, minute))).collect(),
        );
    }
    Times::Hours { minutes, hours }
}

/// The distance in minutes from one time to the next, where it is the same for all of several times.
fn distance(minutes: &[u8], hours: &[u8]) -> Option<u16> {
    let distance = |values: &[u8]| {
        let distance = u16::from(values.get(1)? - values[0]);
        values.windows(2).all(|pair| u16::from(pair[1] - pair[0]) == distance).then_some(distance)
    };
    match (minutes, hours) {
        ([_], _) => distance(hours).map(|hours| hours * 60),
        (_, [_]) => distance(minutes),
        ([first, .., last], _) => {
            let within = distance(minutes)?;
            let is_kept = u16::from(*last) + within == u16::from(*first) + 60 && distance(hours) == Some(1);
            is_kept.then_some(within)
        }
        ([], _) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::distance;

    #[test]
    fn times_keep_a_distance_where_each_is_as_far_from_the_one_before() {
        let some: [&[u8]; 9] =
            [&[0], &[7], &[0, 30], &[15, 45], &[0, 59], &[0, 20, 40], &[5, 10, 15], &[0, 1, 3], &[1, 2]];
        for (minutes, hours) in some.iter().flat_map(|minutes| some.iter().map(move |hours| (*minutes, *hours))) {
            let times =
                hours.iter().flat_map(|hour| minutes.iter().map(|minute| u16::from(*hour) * 60 + u16::from(*minute)));
            let times: Vec<u16> = times.collect();
            let distances: Vec<u16> = times.windows(2).map(|pair| pair[1] - pair[0]).collect();
            let kept = distances.first().copied().filter(|first| distances.iter().all(|one| one == first));
            assert_eq!(distance(minutes, hours), kept, "{minutes:?} {hours:?}");
        }
    }
}
