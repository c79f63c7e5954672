//! Days for which Kubernetes has no word: `L`, `15W`, `FRI#2`, `5L`, and two fields of days that both must fit.

use crate::schedule::expression::{Expression, ExpressionError, FieldName};
use crate::sort;

use super::guard::Clock;
use super::{Advice, WEEKDAYS, Written, plain, short_name};

/// A day that Quartz and its kin can name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Special {
    /// `L`, or `L-3`: so many days before the last.
    Last { before: u8 },
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

/// Five fields one of which names such a day, as some crons read them: they count from 0 for Sunday.
pub(super) fn read(written: &Written<'_>, error: &ExpressionError) -> Option<Advice> {
    let [minute, hour, days_of_month, month, days_of_week] = written.five()?;
    let of_month = days_of_month.split(b',').map(|item| (item, Special::find(item.text, "*", false)));
    let of_week = days_of_week.split(b',').map(|item| (item, Special::find("*", item.text, false)));
    let mut items = of_month.chain(of_week).filter(|(item, _)| item.span().contains(error.span()));
    let (item, (_, special)) = items.find_map(|(item, special)| Some((item, special?)))?;
    let message = format!("`{}` is {} in other crons, and Kubernetes has no word for it", item.text, special.words());
    let advice = Advice::new(item.span(), message);
    if ![days_of_month, days_of_week].iter().any(|field| matches!(field.text, "*" | "?")) {
        return Some(advice.help("with both fields of days set, some crons run where both fit, and some where either does: name the days in one"));
    }
    let help = special.help([minute, hour, month].map(|field| field.text), Clock(written.zone));
    let is_list = days_of_month.text.contains(',') || days_of_week.text.contains(',');
    Some(advice.help(if is_list { format!("in a CronJob of its own, {help}") } else { help }))
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

    /// How to run on that day: more often, with a test in the container. The schedule is named where minute, hour and
    /// month make one.
    pub(super) fn help(self, [minute, hour, month]: [&str; 3], clock: Clock<'_>) -> String {
        let (days, weekdays) = self.days();
        let five = format!("{minute} {hour} {days} {month} {weekdays}");
        let on = if plain(&five).is_some() { format!("`{five}`") } else { format!("on days {days} of the month") };
        let test = self.test(hour, clock).map_or_else(String::new, |test| format!(": `{test} || exit 0`"));
        let or = match self {
            Self::Nth { .. } => "; a day of week beside days of the month would add days, not take them away",
            _ => "",
        };
        let needs = if test.is_empty() { "" } else { clock.needs() };
        format!("run {on} and let the container end at once on the other days{test}{or}{needs}")
    }

    /// The days of the month, and of the week, to run on.
    fn days(self) -> (String, String) {
        let of_month = |first: u8, last: u8| (format!("{first}-{}", last.min(31)), "*".to_owned());
        match self {
            Self::Last { before } => of_month(28 - before, 31 - before),
            Self::LastWorkday => of_month(26, 31),
            Self::Workday { nearest } => {
                let (first, last) = around(nearest);
                of_month(first, last)
            }
            Self::Nth { nth, .. } => of_month(7 * nth - 6, 7 * nth),
            Self::LastWeekday { weekday } => ("*".to_owned(), weekday.to_string()),
        }
    }

    /// The test by which `sh` tells the day that is meant, where one line can hold it.
    fn test(self, hour: &str, clock: Clock<'_>) -> Option<String> {
        Some(match self {
            Self::Last { before } => clock.day_ahead(u32::from(before) + 1, hour, "= 01"),
            Self::LastWorkday => return None,
            Self::Workday { nearest } => {
                let (first, last) = around(nearest);
                let moved = match nearest {
                    1 => "-e '1 02' -e '1 03'".to_owned(),
                    _ => format!("-e '5 {first:02}' -e '1 {last:02}'"),
                };
                clock.matches("'+%u %d'", &format!("-e '[1-5] {nearest:02}' {moved}"))
            }
            Self::Nth { weekday, .. } => clock.today("%u", (weekday + 6) % 7 + 1),
            Self::LastWeekday { .. } => clock.day_ahead(7, hour, "-le 7"),
        })
    }
}

/// The days that may be the workday nearest to one: that of the same month, before or after it.
fn around(day: u8) -> (u8, u8) {
    if day == 1 { (1, 3) } else { (day - 1, day + 1) }
}

/// How to run where both fields of days fit, for five fields that Kubernetes would join by OR.
pub(super) fn both(expression: &Expression, five: &str, clock: Clock<'_>) -> Option<String> {
    let fields: Vec<&str> = five.split(' ').collect();
    let [minute, hour, day_of_month, month, _] = fields.as_slice().try_into().ok()?;
    let weekdays = expression.field(FieldName::DayOfWeek).filter(|_| expression.days_joined_by_or())?;
    let mut digits: Vec<u8> = weekdays.iter().map(|day| (day + 6) % 7 + 1).collect();
    sort::ascending(&mut digits);
    let digits: String = digits.iter().map(u8::to_string).collect();
    let test = clock.matches("+%u", &format!("'[{digits}]'"));
    Some(format!(
        "Kubernetes would run where either of the days fits, not both: run `{minute} {hour} {day_of_month} {month} *` and \
         let the container end at once on other days of the week: `{test} || exit 0`{}",
        clock.needs()
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
