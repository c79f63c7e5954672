//! systemd's calendar events: `Mon..Fri *-*-* 02:00:00`. The words that systemd knows, such as `daily`, are with the words.

use crate::schedule::expression::part::Part;
use crate::schedule::expression::{Expression, ExpressionError, FieldName};
use crate::schedule::zone::Zone;

use super::guard::Clock;
use super::{Advice, Written, days, short_name};

/// The parts of an event, in the spelling of a schedule's fields; what is absent is any.
#[derive(Default)]
struct Event {
    weekdays: Option<String>,
    year: Option<String>,
    month: Option<String>,
    day: Option<String>,
    time: Option<(String, String)>,
    second: Option<String>,
    zone: Option<String>,
}

pub(super) fn read(written: &Written<'_>, _: &ExpressionError) -> Option<Advice> {
    let event = Event::parse(&written.fields)?;
    let is_time = event.day.is_none() && !written.body.text.contains(['*', '.', '/']);
    let what = if is_time { "a time of day" } else { "a calendar event of systemd" };
    let advice = Advice::new(written.span(), format!("this is {what}, and Kubernetes wants five fields"));
    let five = event.five();
    let expression = Expression::parse(&five).ok()?;
    let years = event.year.as_deref().filter(|year| *year != "*");
    if years.is_some_and(|year| year.parse::<u16>().is_ok() && event.is_one_day()) {
        return Some(advice.help("a CronJob repeats its runs: for one run, apply a Job"));
    }
    let clock = Clock(event.zone.as_deref().or(written.zone));
    if let Some(help) = days::both(&expression, &five, clock) {
        return Some(advice.help(help));
    }
    if years.is_some() {
        return Some(advice.help(format!("Kubernetes has no years: `{five}` runs every year")));
    }
    if event.second.is_some_and(|second| second != "0") {
        return Some(advice.help(format!("Kubernetes has no seconds: `{five}` runs at second 0")));
    }
    if let Some(zone) = event.zone {
        let help = format!("write `{five}`, and set `timeZone: {zone}` beside the schedule");
        return Some(advice.help(help));
    }
    Some(advice.help(format!("`{five}` runs at the same times")).mend(written.span(), five))
}

impl Event {
    fn parse(words: &[Part<'_>]) -> Option<Self> {
        let mut event = Self::default();
        for (index, word) in words.iter().enumerate() {
            let first = index == 0;
            let known = event.time(word.text).or_else(|| event.date(word.text)).or_else(|| {
                let weekdays = weekdays(word.text).filter(|_| first)?;
                event.weekdays = Some(weekdays);
                Some(())
            });
            let is_zone = || !first && index + 1 == words.len() && Zone::load(word.text).is_ok();
            if known.is_none() {
                event.zone = is_zone().then(|| word.text.to_owned());
                event.zone.as_ref()?;
            }
        }
        let ranged = words.first().is_some_and(|word| word.text.contains("..")) && event.weekdays.is_some();
        (event.time.is_some() || event.year.is_some() || ranged).then_some(event)
    }

    /// `02:00`, `*:0/15`, `9..17:00:00`
    fn time(&mut self, word: &str) -> Option<()> {
        let parts: Vec<&str> = word.split(':').collect();
        let (hour, minute, second) = match parts.as_slice() {
            [hour, minute] => (hour, minute, "0"),
            [hour, minute, second] => (hour, minute, *second),
            _ => return None,
        };
        self.second = Some(field(second)?);
        self.time = Some((field(hour)?, field(minute)?));
        Some(())
    }

    /// `*-*-*`, `2027-01-01`, `12-25`
    fn date(&mut self, word: &str) -> Option<()> {
        let parts: Vec<&str> = word.split('-').collect();
        let (year, month, day) = match parts.as_slice() {
            [month, day] => (None, month, day),
            [year, month, day] => (Some((*year).to_owned()), month, day),
            _ => return None,
        };
        self.month = Some(field(month)?);
        self.day = Some(field(day)?);
        self.year = year;
        Some(())
    }

    /// Whether month and day are named, and no others.
    fn is_one_day(&self) -> bool {
        let is_number = |field: &Option<String>| field.as_ref().is_some_and(|text| text.parse::<u8>().is_ok());
        is_number(&self.month) && is_number(&self.day)
    }

    fn five(&self) -> String {
        let or_any = |field: &Option<String>| field.clone().unwrap_or_else(|| "*".to_owned());
        let (hour, minute) = self.time.clone().unwrap_or_else(|| ("0".to_owned(), "0".to_owned()));
        format!("{minute} {hour} {} {} {}", or_any(&self.day), or_any(&self.month), or_any(&self.weekdays))
    }
}

/// `Mon..Fri`, `Sat,Sun`, `Monday`
fn weekdays(word: &str) -> Option<String> {
    let name = |name: &str| short_name(FieldName::DayOfWeek, name).map(str::to_owned);
    list(word, |range| match range.split_once("..").or_else(|| range.split_once('-')) {
        Some((first, last)) => Some(format!("{}-{}", name(first)?, name(last)?)),
        None => name(range),
    })
}

/// `9..17`, `0/15`, `*`, `01,15`
fn field(word: &str) -> Option<String> {
    let number =
        |text: &str| text.parse::<u16>().ok().filter(|_| !text.starts_with('+')).map(|number| number.to_string());
    let any = |text: &str| if text == "*" { Some("*".to_owned()) } else { number(text) };
    list(word, |item| {
        let (range, step) = item.split_once('/').map_or((item, None), |(range, step)| (range, Some(step)));
        let range = match range.split_once("..") {
            Some((first, last)) => format!("{}-{}", number(first)?, number(last)?),
            None => any(range)?,
        };
        match step {
            Some(step) if range == "0" => Some(format!("*/{}", number(step)?)),
            Some(step) => Some(format!("{range}/{}", number(step)?)),
            None => Some(range),
        }
    })
}

/// A list with each of its items as `item` has it, if it has all of them.
fn list(word: &str, item: impl Fn(&str) -> Option<String>) -> Option<String> {
    let items: Option<Vec<String>> = word.split(',').map(item).collect();
    items.map(|items| items.join(","))
}
