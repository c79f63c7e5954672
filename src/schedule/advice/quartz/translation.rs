//! Fields of Quartz in Kubernetes' spelling.

use crate::schedule::expression::FieldName;

use super::short_name;
use crate::schedule::advice::joined;

/// How numbers of days of the week are counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::schedule::advice) enum Numbering {
    /// There are no numbers.
    Unused,
    /// 0 is Sunday, as in Spring and Kubernetes.
    FromZero,
    /// 1 is Sunday, as in Quartz and AWS.
    FromOne,
    /// One or the other.
    Unknown,
}

impl Numbering {
    /// What a field of days of the week shows, given whether the rest is Quartz' own.
    pub(in crate::schedule::advice) fn of(day_of_week: &str, is_quartz: bool) -> Self {
        let ranges = day_of_week.split(',').map(|item| item.split(['/', '#']).next().unwrap_or(item));
        let numbers: Vec<u8> = ranges.flat_map(|range| range.split('-')).filter_map(|day| day.parse().ok()).collect();
        match (numbers.is_empty(), numbers.contains(&0), is_quartz) {
            (true, ..) => Self::Unused,
            (_, true, _) => Self::FromZero,
            (_, _, true) => Self::FromOne,
            (..) => Self::Unknown,
        }
    }
}

/// Five fields as Kubernetes spells them.
pub(super) fn five(fields: [&str; 5], numbering: Numbering) -> Option<String> {
    let texts = FieldName::ALL.map(|name| field(name, fields[name as usize], numbering));
    let [Some(minute), Some(hour), Some(day_of_month), Some(month), Some(day_of_week)] = texts else { return None };
    Some(joined(&[minute, hour, day_of_month, month, day_of_week]))
}

pub(super) fn field(name: FieldName, text: &str, numbering: Numbering) -> Option<String> {
    let items = text.split(',').map(|item| spelled(name, item, numbering));
    items.collect::<Option<Vec<_>>>().map(|items| items.join(","))
}

fn spelled(name: FieldName, item: &str, numbering: Numbering) -> Option<String> {
    let (range, step) = item.split_once('/').map_or((item, None), |(range, step)| (range, Some(step)));
    let range = match range.split_once('-') {
        _ if matches!(range, "*" | "?") => "*".to_owned(),
        Some((first, last)) => format!("{}-{}", value(name, first, numbering)?, value(name, last, numbering)?),
        None => value(name, range, numbering)?,
    };
    let Some(step) = step else { return Some(range) };
    let step: u32 = step.parse().ok()?;
    let is_whole = range == "*" || range == name.min().to_string();
    // Where the step is even, from the lowest value on and over all values are the same.
    let even = match name {
        FieldName::Minute => 60 % step.max(1) == 0,
        FieldName::Hour => 24 % step.max(1) == 0,
        _ => false,
    };
    Some(match (is_whole, step) {
        (true, 1) => "*".to_owned(),
        (true, _) if even => format!("*/{step}"),
        _ => format!("{range}/{step}"),
    })
}

fn value(name: FieldName, text: &str, numbering: Numbering) -> Option<String> {
    if let Some(short) = short_name(name, text) {
        return Some(if text.len() == short.len() { text.to_owned() } else { short.to_owned() });
    }
    let number: u32 = text.parse().ok()?;
    let number = match (name, numbering) {
        (FieldName::DayOfWeek, Numbering::FromOne) => number.checked_sub(1)?,
        (FieldName::DayOfWeek, _) if number == 7 => 0,
        _ => number,
    };
    Some(number.to_string())
}

/// Days of the week that are counted from 0, by their names.
#[cfg(feature = "dialects")]
pub(super) fn named(day_of_week: &str) -> Option<String> {
    let name = |day: &str| match day.parse::<usize>() {
        Ok(number) => FieldName::DayOfWeek.names().get(number % 7).map(|name| (*name).to_owned()),
        Err(_) => Some(day.to_owned()),
    };
    let item = |item: &str| {
        let (range, step) = item.split_once('/').map_or((item, ""), |(range, _)| (range, &item[range.len()..]));
        let days: Option<Vec<String>> = range.split('-').map(name).collect();
        days.map(|days| format!("{}{step}", days.join("-")))
    };
    day_of_week.split(',').map(item).collect::<Option<Vec<_>>>().map(|items| items.join(","))
}
