//! The words of a description.

use std::fmt;

use super::lists::{count, even_distance, join, ordinal, ranges};
use super::{Days, Description, Times, WhyNever};
use crate::schedule::calendar::{MONTHS, days_in_month};
use crate::schedule::expression::FieldName;
use crate::schedule::time::Seconds;
use crate::sort;

/// In the order of a week that begins on Monday, so that Saturday and Sunday stand together.
const WEEKDAYS: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

impl fmt::Display for Description {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Never(why) => write!(f, "never: {why}"),
            Self::Every(distance) => write!(f, "every {}, counted from the last run", duration(*distance)),
            Self::Calendar { times, days, months } => {
                write!(f, "{times}")?;
                match days_and_months(days, months) {
                    Some(words) => write!(f, " {words}"),
                    None if matches!(times, Times::At(_)) => write!(f, " every day"),
                    None => Ok(()),
                }
            }
        }
    }
}

impl fmt::Display for WhyNever {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::EmptyList(field) => write!(f, "the list of values of {} is empty", field.words()),
            Self::NoDays => write!(f, "the lists of days are empty"),
            Self::NoSuchDate { day, months } => match months.as_slice() {
                [month] => write!(f, "{} has no day {day}", month_name(*month)),
                months => write!(f, "none of {} has a day {day}", ranges(months, month_name)),
            },
        }
    }
}

impl fmt::Display for Times {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::At(times) => write!(f, "at {}", join(&times.iter().copied().map(clock).collect::<Vec<_>>())),
            Self::Evenly { minutes, first, last } => write_evenly(f, *minutes, *first, *last),
            Self::Hours { minutes, hours } => {
                write!(f, "{}", minutes_of_hour(minutes))?;
                if hours.len() == 24 {
                    return write!(f, " of every hour");
                }
                let hour = |hour: u8| format!("{hour:02}");
                let plural = if hours.len() == 1 { "hour" } else { "hours" };
                write!(f, " of the {plural} {}", ranges(hours, hour))
            }
        }
    }
}

fn write_evenly(f: &mut fmt::Formatter<'_>, minutes: u16, first: u16, last: u16) -> fmt::Result {
    let around = last + minutes == first + 24 * 60;
    match (around, minutes, first) {
        (true, 1, _) => write!(f, "every minute"),
        (true, 60, 0) => write!(f, "every hour on the hour"),
        (true, 60, past) => write!(f, "every hour at {} past", count(i64::from(past), "minute")),
        (true, _, 0) if minutes < 60 => write!(f, "every {minutes} minutes"),
        (true, ..) => write!(f, "every {} from {}", interval(minutes), clock(first)),
        (false, ..) => write!(f, "every {} from {} to {}", interval(minutes), clock(first), clock(last)),
    }
}

fn interval(minutes: u16) -> String {
    duration(Seconds::MINUTE * i64::from(minutes))
}

/// What follows `every`: `hour`, `90 minutes`, `2 hours`, `1 day 1 second`.
fn duration(length: Seconds) -> String {
    const UNITS: [(i64, &str); 4] = [(86_400, "day"), (3_600, "hour"), (60, "minute"), (1, "second")];
    let seconds = length.get();
    for (length, unit) in UNITS {
        if seconds == length {
            return unit.to_owned();
        }
    }
    // Half hours and the like are more often said in minutes.
    if (..3 * 3_600).contains(&seconds) && seconds % 60 == 0 && seconds % 3_600 != 0 {
        return count(seconds / 60, "minute");
    }
    let mut left = seconds;
    let mut words = Vec::new();
    for (length, unit) in UNITS {
        if left >= length {
            words.push(count(left / length, unit));
            left %= length;
        }
    }
    words.join(" ")
}

fn minutes_of_hour(minutes: &[u8]) -> String {
    let number = |minute: u8| minute.to_string();
    match minutes {
        [only] => format!("at minute {only}"),
        all if all.len() == 60 => "every minute".to_owned(),
        [0, distance, ..] if is_even_hour(minutes, *distance) => format!("every {distance} minutes"),
        list => format!("at minutes {}", ranges(list, number)),
    }
}

/// Whether the minutes from 0 on keep a distance that also holds across the hour.
fn is_even_hour(minutes: &[u8], distance: u8) -> bool {
    60 % distance == 0 && minutes.len() == usize::from(60 / distance) && minutes.iter().all(|m| m % distance == 0)
}

fn clock(time: u16) -> String {
    format!("{:02}:{:02}", time / 60, time % 60)
}

fn month_name(month: u8) -> String {
    MONTHS[usize::from(month - 1)].to_owned()
}

fn days_and_months(days: &Days, months: &[u8]) -> Option<String> {
    let every_month = months.len() == 12;
    let in_months = if every_month { String::new() } else { format!(" in {}", ranges(months, month_name)) };
    match days {
        Days::Every if every_month => None,
        Days::Every => Some(format!("every day{in_months}")),
        Days::Weekdays(weekdays) => Some(format!("on {}{in_months}", weekday_names(weekdays))),
        Days::Dates(dates) => Some(dates_of(dates, months)),
        Days::Either(dates, weekdays) => {
            let every: Vec<_> = in_monday_order(weekdays).iter().map(|&day| weekday_name(day)).collect();
            Some(format!("{}, and also on every {}{in_months}", dates_of(dates, months), join(&every)))
        }
    }
}

fn dates_of(dates: &[u8], months: &[u8]) -> String {
    let rare = dates[0] > 28 && months.iter().any(|&month| days_in_month(2001, month) < dates[0]);
    let of = match months {
        [2] if rare => "February in leap years".to_owned(),
        all if all.len() == 12 && rare && dates.len() == 1 => "the months that have it".to_owned(),
        all if all.len() == 12 && rare => "the months that have them".to_owned(),
        all if all.len() == 12 => "the month".to_owned(),
        some if rare => format!("{} where the month has it", ranges(some, month_name)),
        some => ranges(some, month_name),
    };
    let (first, last) = (dates[0], dates[dates.len() - 1]);
    if let Some(distance) = even_distance(dates) {
        return format!("on every {} day from day {first} to day {last} of {of}", ordinal(distance));
    }
    let plural = if dates.len() == 1 { "day" } else { "days" };
    format!("on {plural} {} of {of}", ranges(dates, |day| day.to_string()))
}

/// Monday as 0 to Sunday as 6, in order.
fn in_monday_order(weekdays: &[u8]) -> Vec<u8> {
    let mut days: Vec<u8> = weekdays.iter().map(|day| (day + 6) % 7).collect();
    sort::ascending(&mut days);
    days
}

fn weekday_name(from_monday: u8) -> String {
    WEEKDAYS[usize::from(from_monday)].to_owned()
}

fn weekday_names(weekdays: &[u8]) -> String {
    ranges(&in_monday_order(weekdays), weekday_name)
}

impl FieldName {
    /// A value of the field for people: `Sunday`, `March`, `30`.
    #[must_use]
    pub fn value_words(self, value: u8) -> String {
        match (self, value) {
            (Self::Month, 1..=12) => month_name(value),
            (Self::DayOfWeek, 0..=6) => weekday_name((value + 6) % 7),
            _ => value.to_string(),
        }
    }

    /// The values of a field for people: `any`, `9 to 17`, `Monday to Friday`, `none`.
    #[must_use]
    pub fn values_words(self, values: &[u8]) -> String {
        match (self, values.len()) {
            (_, 0) => "none".to_owned(),
            (_, all) if all == self.all_values().count_ones() as usize => "any".to_owned(),
            (Self::DayOfWeek, _) => weekday_names(values),
            _ => ranges(values, |value| self.value_words(value)),
        }
    }
}
