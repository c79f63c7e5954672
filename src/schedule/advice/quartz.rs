//! Schedules with seconds first or a year last: Quartz, Spring, and many that follow them.

#[cfg(feature = "dialects")]
mod proof;
mod translation;

use crate::schedule::describe::describe;
use crate::schedule::expression::part::Part;
use crate::schedule::expression::{Expression, ExpressionError, ExpressionErrorKind as Kind, Field, FieldName};
use crate::text::Span;

use super::days::{self, Special};
use super::guard::Clock;
use super::{Advice, Written, joined, plain, short_name};

pub(super) use translation::Numbering;
use translation::five;

/// What to do where no five fields are known to run at the same times.
const UNPROVED: &str = "write five fields: minute, hour, day of month, month, day of week";

/// A schedule of this kind.
pub(super) struct Quartz<'a> {
    pub(super) second: &'a str,
    /// Minute to day of week.
    pub(super) fields: [&'a str; 5],
    pub(super) year: Option<&'a str>,
    /// How its days of the week are counted.
    pub(super) numbering: Numbering,
    /// The clock that it goes by.
    pub(super) clock: Clock<'a>,
}

pub(super) fn read(written: &Written<'_>, error: &ExpressionError) -> Option<Advice> {
    if !matches!(error.kind(), Kind::WrongFieldCount { .. }) || !written.fields.iter().all(is_field) {
        return None;
    }
    let texts: Vec<&str> = written.fields.iter().map(|field| field.text).collect();
    let clock = Clock(written.zone);
    let asks = texts.iter().any(|text| text.contains(['?', '#', 'L', 'W']) && short(text).is_none());
    match *texts.as_slice() {
        [minute, hour, day, month, weekday, year] if is_year(&texts) => {
            // Without signs of Quartz it is a crontab's schedule with a year.
            let numbering = if asks { Numbering::of(weekday, true) } else { Numbering::FromZero };
            let fields = [minute, hour, day, month, weekday];
            let quartz = Quartz { second: "0", fields, year: Some(year), numbering, clock };
            let message = "6 fields where there must be 5: the last is a year, and Kubernetes has none";
            Some(quartz.advise(Advice::new(written.fields[5].span(), message), written.span()))
        }
        [second, minute, hour, day, month, weekday, ref rest @ ..] if rest.len() <= 1 => {
            let (year, is_quartz) = (rest.first().copied(), asks || !rest.is_empty());
            let numbering = Numbering::of(weekday, is_quartz);
            let quartz = Quartz { second, fields: [minute, hour, day, month, weekday], year, numbering, clock };
            let advice = mark(Advice::new(written.fields[0].span(), opening(is_quartz, year)), written, &quartz);
            Some(or_one_too_many(quartz.advise(advice, written.span()), &texts))
        }
        _ => None,
    }
}

fn opening(is_quartz: bool, year: Option<&str>) -> &'static str {
    match (is_quartz, year) {
        (_, Some(_)) => {
            "this is a Quartz schedule: its first field is seconds and its last a year, and Kubernetes has neither"
        }
        (true, None) => "this is a Quartz schedule: its first field is seconds, and Kubernetes has none",
        (false, None) => "6 fields where there must be 5: the first is seconds, as in Spring and Quartz",
    }
}

/// Points at what else is foreign.
fn mark(advice: Advice, written: &Written<'_>, quartz: &Quartz<'_>) -> Advice {
    match (quartz.special(), written.fields.get(6)) {
        (Some((field, special)), _) => advice.also(written.fields[field as usize + 1].span(), special.words()),
        (None, Some(year)) => advice.also(year.span(), "a year"),
        (None, None) => advice,
    }
}

/// `0 4 * * * *`: read with seconds it is minute 4 of each hour, and somebody may have meant four o'clock.
fn or_one_too_many(mut advice: Advice, texts: &[&str]) -> Advice {
    let (Some((&"*", five)), Some(help)) = (texts.split_last(), &mut advice.help) else { return advice };
    let starts_at_zero = texts[0].bytes().all(|byte| byte == b'0');
    let plausible = five.len() == 5 && (!starts_at_zero || texts[2] == "*");
    let says_more =
        |expression: &Expression| expression.fields().is_some_and(|fields| !fields.iter().all(Field::is_full));
    if let Some(expression) = plain(&joined(five)).filter(|expression| plausible && says_more(expression)) {
        help.push_str(&format!(
            "; if the last `*` is one too many, `{}` is {}",
            joined(five),
            describe(&expression, None)
        ));
    }
    advice
}

impl Quartz<'_> {
    /// Says in the help what Kubernetes makes of it; `place` is what the five fields take the place of.
    pub(super) fn advise(&self, advice: Advice, place: Span) -> Advice {
        if let Some((_, special)) = self.special() {
            return advice.help(self.on_special_day(special));
        }
        if self.numbering == Numbering::Unknown {
            return advice.help(self.either());
        }
        let (five, expression) = match self.five(self.numbering) {
            Ok(five) => five,
            Err(help) => return advice.help(help),
        };
        if let Some(help) = days::both(&expression, &five, self.clock) {
            return advice.help(help);
        }
        if !self.runs_like(&expression) {
            let unproved = || format!("without what Kubernetes does not have it is `{five}`");
            return advice.help(if cfg!(feature = "dialects") { UNPROVED.to_owned() } else { unproved() });
        }
        if let Some(help) = self.without_seconds(&five).or_else(|| self.without_year(&five)) {
            return advice.help(help);
        }
        let counted = match self.numbering {
            Numbering::FromOne => ", as Quartz counts days, from 1 for Sunday",
            _ => "",
        };
        let advice = advice.help(format!("`{five}` runs at the same times: {}{counted}", describe(&expression, None)));
        if self.is_unmistakable() { advice.mend(place, five) } else { advice.perhaps(place, five) }
    }

    /// What to do where a day is named that Kubernetes has no word for.
    fn on_special_day(&self, special: Special) -> String {
        let texts = [FieldName::Minute, FieldName::Hour, FieldName::Month].map(|name| {
            let field = self.fields[name as usize];
            translation::field(name, field, self.numbering).unwrap_or_else(|| field.to_owned())
        });
        let mut help = special.help(texts.each_ref().map(String::as_str), self.clock);
        if self.second.parse() != Ok(0u8) {
            help.push_str("; each run starts at second 0");
        }
        if self.without_year("").is_some() {
            help.push_str("; there are no years either: it runs in each");
        }
        help
    }

    /// The five fields, or why Kubernetes does not read them.
    fn five(&self, numbering: Numbering) -> Result<(String, Expression), String> {
        let five = five(self.fields, numbering).ok_or(UNPROVED)?;
        match Expression::parse(&five) {
            Ok(expression) => Ok((five, expression)),
            Err(error) => Err(format!("{UNPROVED}; here, {error}")),
        }
    }

    fn special(&self) -> Option<(FieldName, Special)> {
        let [_, _, day_of_month, _, day_of_week] = self.fields;
        Special::find(day_of_month, day_of_week, self.numbering != Numbering::FromZero)
    }

    /// Whether a second reader of such schedules finds the runs of five fields, but for seconds and years.
    #[cfg(feature = "dialects")]
    fn runs_like(&self, five: &Expression) -> bool {
        proof::runs_alike(&self.with_seconds(), five)
    }

    #[cfg(not(feature = "dialects"))]
    fn runs_like(&self, _: &Expression) -> bool {
        false
    }

    /// The text as programs with seconds read it, at second 0 of every year.
    #[cfg(feature = "dialects")]
    fn with_seconds(&self) -> String {
        let [minute, hour, day_of_month, month, day_of_week] = self.fields;
        let day_of_week = match self.numbering {
            Numbering::FromZero => translation::named(day_of_week).unwrap_or_default(),
            _ => day_of_week.to_owned(),
        };
        format!("0 {minute} {hour} {day_of_month} {month} {day_of_week} *")
    }

    /// Where Sunday is 0 in one dialect and 1 in the other.
    fn either(&self) -> String {
        let read = [Numbering::FromZero, Numbering::FromOne].map(|numbering| self.five(numbering));
        if read.iter().flatten().any(|(_, expression)| expression.days_joined_by_or()) {
            return "Kubernetes runs where either of two fields of days fits: name the days in one of them".to_owned();
        }
        let [zero, one] = read;
        match (zero, one) {
            (Ok((zero, _)), Ok((one, _))) => format!(
                "without seconds it is `{zero}` where day 1 is Monday, as in Spring, and `{one}` where it is Sunday, as in \
                 Quartz"
            ),
            (Ok((five, _)), Err(_)) | (Err(_), Ok((five, _))) => format!("without seconds it is `{five}`"),
            (Err(help), Err(_)) => help,
        }
    }

    fn without_seconds(&self, five: &str) -> Option<String> {
        match self.second.parse::<u8>() {
            Ok(0) => None,
            Ok(second) => Some(format!(
                "`{five}` starts at second 0; where that matters, let the container `sleep {second}` first"
            )),
            Err(_) => Some(format!(
                "a CronJob starts a run a minute at most, `{five}`: for more, repeat the work in the container"
            )),
        }
    }

    fn without_year(&self, five: &str) -> Option<String> {
        let year = self.year.filter(|year| !matches!(*year, "*" | "?"))?;
        Some(match year.parse::<u16>() {
            Ok(year) => format!(
                "`{five}` runs every year: set `suspend: true` after the last run, or let the container end at once in other \
                 years: `{} || exit 0`",
                self.clock.today("%Y", year)
            ),
            Err(_) => format!("`{five}` runs every year: let the container end at once in years other than {year}"),
        })
    }

    /// Whether it can be nothing else: `?`, a name or a year stands where only this dialect has it.
    fn is_unmistakable(&self) -> bool {
        let [_, _, day_of_month, _, day_of_week] = self.fields;
        let asks = day_of_month == "?" || day_of_week == "?";
        let is_counted = day_of_week.contains(|char: char| char.is_ascii_digit());
        !is_counted && (asks || self.year.is_some() || short(day_of_week).is_some())
    }
}

/// Whether the last of six fields is a year: it has four digits, or a name or `?` stands where it would with a year.
fn is_year(fields: &[&str]) -> bool {
    let [.., day_of_month, month, day_of_week, last] = fields else { return false };
    let has_name = |field, text: &str| short_name(field, first_item(text)).is_some();
    if first_item(last).len() == 4 && first_item(last).bytes().all(|byte| byte.is_ascii_digit()) {
        return true;
    }
    let asks = (*day_of_week == "?" || *day_of_month == "?") && *month != "?";
    *last == "*" && (asks || has_name(FieldName::DayOfWeek, day_of_week) || has_name(FieldName::Month, month))
}

fn first_item(text: &str) -> &str {
    text.split([',', '-', '/', '#']).next().unwrap_or(text)
}

/// The name with which a field begins, if it begins with one.
fn short(text: &str) -> Option<&'static str> {
    [FieldName::Month, FieldName::DayOfWeek].into_iter().find_map(|field| short_name(field, first_item(text)))
}

/// Whether a word is made of what such schedules are made of: numbers, signs, names, `L` and `W`.
fn is_field(word: &Part<'_>) -> bool {
    let mut letters = word.text.split(|char: char| !char.is_ascii_alphabetic()).filter(|letters| !letters.is_empty());
    word.text.chars().all(|char| char.is_ascii_alphanumeric() || "*?,-/#".contains(char))
        && letters
            .all(|letters| matches!(letters, "L" | "W" | "LW" | "C") || short(letters.trim_end_matches('L')).is_some())
}
