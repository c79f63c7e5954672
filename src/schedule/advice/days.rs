//! Days for which Kubernetes has no word: `L`, `15W`, `FRI#2`, `5L`, and two fields of days that both must fit.

use crate::schedule::expression::{Expression, ExpressionError, FieldName};

use super::{Advice, WEEKDAYS, Written, short_name};

/// A day that Quartz and its kin can name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Special {
    /// `L`, or `L-3`: so many days before the last.
    Last { before: u32 },
    /// `LW`: the last day of the month from Monday to Friday.
    LastWorkday,
    /// `15W`: the day from Monday to Friday that is nearest to the 15th, in the same month.
    Workday { nearest: u8 },
    /// `FRI#2`
    Nth { weekday: usize, nth: u8 },
    /// `5L`
    LastWeekday { weekday: usize },
}

const ORDINALS: [&str; 5] = ["first", "second", "third", "fourth", "fifth"];
/// Seconds of a day.
const DAY: u32 = 86_400;

/// Five fields one of which names such a day, as some crons read them: they count from 0 for Sunday.
pub(super) fn read(written: &Written<'_>, error: &ExpressionError) -> Option<Advice> {
    let [minute, hour, days_of_month, month, days_of_week] = written.five()?;
    let of_month = days_of_month.split(b',').map(|item| (item, Special::find(item.text, "*", false)));
    let of_week = days_of_week.split(b',').map(|item| (item, Special::find("*", item.text, false)));
    let mut items = of_month.chain(of_week).filter(|(item, _)| item.span().contains(error.span()));
    let (item, (_, special)) = items.find_map(|(item, special)| Some((item, special?)))?;
    let message = format!("`{}` is {} in Quartz, and Kubernetes has no word for it", item.text, special.words());
    let help = special.help(minute.text, hour.text, month.text);
    let is_list = days_of_month.text.contains(',') || days_of_week.text.contains(',');
    let help = if is_list { format!("in a CronJob of its own, {help}") } else { help };
    Some(Advice::new(item.span(), message).help(help))
}

impl Special {
    /// The field that names such a day, and which.
    pub(super) fn find(day_of_month: &str, day_of_week: &str, counts_from_one: bool) -> Option<(FieldName, Self)> {
        let upper = day_of_month.to_ascii_uppercase();
        let of_month = match upper.as_str() {
            "L" => Some(Self::Last { before: 0 }),
            "LW" | "WL" => Some(Self::LastWorkday),
            day => match (day.strip_prefix("L-"), day.strip_suffix('W')) {
                (Some(before), _) => {
                    before.parse().ok().filter(|before| *before < 28).map(|before| Self::Last { before })
                }
                (_, Some(day)) => {
                    day.parse().ok().filter(|day| (1..=31).contains(day)).map(|nearest| Self::Workday { nearest })
                }
                _ => None,
            },
        };
        let of_week = || {
            let upper = day_of_week.to_ascii_uppercase();
            if let Some((day, nth)) = upper.split_once('#') {
                let nth = nth.parse().ok().filter(|nth| (1..=5).contains(nth))?;
                return Some(Self::Nth { weekday: weekday(day, counts_from_one)?, nth });
            }
            Some(Self::LastWeekday { weekday: weekday(upper.strip_suffix('L')?, counts_from_one)? })
        };
        let of_month = of_month.map(|special| (FieldName::DayOfMonth, special));
        of_month.or_else(|| Some((FieldName::DayOfWeek, of_week()?)))
    }

    /// `the second Friday of the month`
    pub(super) fn words(self) -> String {
        match self {
            Self::Last { before: 0 } => "the last day of the month".to_owned(),
            Self::Last { before } => format!("the day {before} before the last of the month"),
            Self::LastWorkday => "the month's last day from Monday to Friday".to_owned(),
            Self::Workday { nearest } => format!("the day from Monday to Friday that is nearest to day {nearest}"),
            Self::Nth { weekday, nth } => {
                format!("the {} {} of the month", ORDINALS[usize::from(nth - 1) % 5], WEEKDAYS[weekday])
            }
            Self::LastWeekday { weekday } => format!("the last {} of the month", WEEKDAYS[weekday]),
        }
    }

    /// How to run on that day: more often, with a test in the container.
    pub(super) fn help(self, minute: &str, hour: &str, month: &str) -> String {
        let (days, weekdays, test) = self.test();
        let test = test.map_or_else(String::new, |test| format!(": `{test} || exit 0`"));
        let or = if matches!(self, Self::Nth { .. }) {
            "; a day of week beside days of the month would add days, not take them away"
        } else {
            ""
        };
        format!(
            "run `{minute} {hour} {days} {month} {weekdays}` and let the container end at once on the other days{test}{or}"
        )
    }

    /// The days to run on, and the test by which `sh` tells the one that is meant, where one line can hold it.
    fn test(self) -> (String, String, Option<String>) {
        let day_ahead = |days: u32| format!("$(date -d @$(($(date +%s)+{})) +%d)", days * DAY);
        let any = || "*".to_owned();
        match self {
            Self::Last { before } => {
                let days = format!("{}-{}", 28 - before, 31 - before);
                (days, any(), Some(format!("[ \"{}\" = 01 ]", day_ahead(before + 1))))
            }
            Self::LastWorkday => ("26-31".to_owned(), any(), None),
            Self::Workday { nearest } => {
                let (first, last) = (nearest.saturating_sub(1).max(1), nearest + if nearest == 1 { 2 } else { 1 });
                let days = format!("{first}-{}", last.min(31));
                let moved = match nearest {
                    1 => "-e '1 02' -e '1 03'".to_owned(),
                    _ => format!("-e '5 {first:02}' -e '1 {last:02}'"),
                };
                (days, any(), Some(format!("date '+%u %d' | grep -q -e '[1-5] {nearest:02}' {moved}")))
            }
            Self::Nth { weekday, nth } => {
                let first = 7 * (nth - 1) + 1;
                let days = format!("{first}-{}", (first + 6).min(31));
                (days, any(), Some(format!("[ \"$(date +%u)\" = {} ]", (weekday + 6) % 7 + 1)))
            }
            Self::LastWeekday { weekday } => {
                (any(), weekday.to_string(), Some(format!("[ \"{}\" -le 7 ]", day_ahead(7))))
            }
        }
    }
}

/// How to run where both fields of days fit, for five fields that Kubernetes would join by OR.
pub(super) fn both(expression: &Expression, five: &str) -> Option<String> {
    let fields: Vec<&str> = five.split(' ').collect();
    let [minute, hour, day_of_month, month, _] = fields.as_slice().try_into().ok()?;
    let weekdays = expression.field(FieldName::DayOfWeek).filter(|_| expression.days_joined_by_or())?;
    let mut digits: Vec<u8> = weekdays.iter().map(|day| (day + 6) % 7 + 1).collect();
    digits.sort_unstable();
    let digits: String = digits.iter().map(u8::to_string).collect();
    Some(format!(
        "Kubernetes would run where either of the days fits, not both: run `{minute} {hour} {day_of_month} {month} *` and \
         let the container end at once on other days of the week: `date +%u | grep -q '[{digits}]' || exit 0`"
    ))
}

/// 0 for Sunday.
fn weekday(text: &str, counts_from_one: bool) -> Option<usize> {
    if let Some(name) = short_name(FieldName::DayOfWeek, text) {
        return FieldName::DayOfWeek.names().iter().position(|known| *known == name);
    }
    match (text.parse().ok()?, counts_from_one) {
        (number @ 1..=7, true) => Some(number - 1),
        (number @ 0..=7, false) => Some(number % 7),
        _ => None,
    }
}
