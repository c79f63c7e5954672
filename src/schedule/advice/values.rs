//! Slips in a single value, and how many fields there are.

use crate::schedule::expression::part::Part;
use crate::schedule::expression::{Expression, ExpressionError, ExpressionErrorKind as Kind, FieldName, ItemPart};
use crate::text::Span;

use super::{Advice, Written, joined, plain, short_name};

pub(super) fn read(written: &Written<'_>, error: &ExpressionError) -> Option<Advice> {
    let advice = Advice::of(error);
    Some(match error.kind() {
        Kind::WrongFieldCount { found } => count(advice, *found, written),
        _ if error.is_seven_for_sunday() => sunday(advice, written),
        Kind::NotANumber { field, part, text } => not_a_number(advice, (*field, *part, text), written),
        Kind::TooHigh { field, value } => too_high(advice, (*field, *value), written),
        Kind::TooLow { field, .. } => {
            advice.help(format!("{} count from {}, and `*` is each of them", field.plural(), field.min()))
        }
        Kind::Reversed { field, start, end } => reversed(advice, *field, (*start, *end), written),
        Kind::ZeroStep { .. } => advice.help("a step counts from 1; without one, a range holds each of its values"),
        _ => advice,
    })
}

fn count(advice: Advice, found: usize, written: &Written<'_>) -> Advice {
    let text = written.body.text;
    match found {
        4 if plain(&format!("{text} *")).is_some() && text.ends_with("* *") => {
            let five = format!("{text} *");
            advice.help(format!("with `*` for the day of week it is `{five}`")).perhaps(written.span(), five)
        }
        1 if !text.is_empty() => match text.parse::<u8>() {
            Ok(hour) if hour < 24 => advice.help(format!("`0 {hour} * * *` is every day at {hour:02}:00")),
            _ => advice
                .help("three o'clock every night is `0 3 * * *`, and `@hourly`, `@daily` and the like stand alone"),
        },
        _ => advice.help("`*` stands for any: three o'clock every night is `0 3 * * *`"),
    }
}

/// The 7 of other dialects, alone or at the end of a range.
fn sunday(advice: Advice, written: &Written<'_>) -> Advice {
    let (seven, advice) = (advice.span, advice.help("Sunday is 0"));
    let Some(field) = written.five().map(|[.., field]| field) else { return advice };
    if let Some(others) = without_second_sunday(field) {
        return advice.mend(field.span(), others);
    }
    let item = item_around(seven, written);
    let Some((item, start)) = item.and_then(|item| Some((item, item.text.strip_suffix('7')?))) else { return advice };
    match start.to_ascii_lowercase().as_str() {
        "" => advice.mend(seven, "0"),
        "0-" | "1-" | "sun-" | "mon-" => advice.mend(item.span(), "0-6"),
        "6-" | "sat-" => advice.mend(item.span(), "6,0"),
        _ => advice.mend(seven, "6,0"),
    }
}

/// Five fields of a cron in which 7 is Sunday, too, as Kubernetes reads them; `None` where it does not.
pub(super) fn with_sunday_as_zero(mut five: String) -> Option<String> {
    // Each round takes one 7 out.
    for _ in 0..=five.len() {
        let Err(error) = Expression::parse(&five) else { return Some(five) };
        let mend = sunday(Advice::of(&error), &Written::new(&five, None)).mend.filter(|_| error.is_seven_for_sunday());
        five = mend?.applied_to(&five);
    }
    None
}

/// `0,1,7`, where Sunday stands already.
fn without_second_sunday(field: Part<'_>) -> Option<String> {
    let others: Vec<&str> = field.text.split(',').filter(|item| *item != "7").collect();
    let has_sunday = others.iter().any(|item| matches!(*item, "0" | "sun" | "SUN"));
    (has_sunday && field.text.split(',').count() > others.len()).then(|| others.join(","))
}

/// The item of a list in which a place lies.
fn item_around<'a>(place: Span, written: &Written<'a>) -> Option<Part<'a>> {
    let mut items = written.fields.iter().flat_map(|field| field.split(b','));
    items.find(|item| item.span().contains(place))
}

/// `MONDAY`, `*/*`, or a name in another field than its own.
fn not_a_number(advice: Advice, (name, part, text): (FieldName, ItemPart, &str), written: &Written<'_>) -> Advice {
    let span = advice.span;
    if part == ItemPart::Step {
        return match item_around(span, written).filter(|item| item.text == "*/*") {
            Some(item) => advice.help("`*` alone is every value").perhaps(item.span(), "*"),
            None => advice.help("a step is a number: `*/2` is every second value"),
        };
    }
    if let Some(short) = short_name(name, text) {
        return advice.help("names have three letters").mend(span, short);
    }
    if name == FieldName::DayOfWeek
        && let Some((field, days)) = written.five().and_then(|[.., field]| Some((field, of_two_letters(field.text)?)))
    {
        return advice.help("names have three letters").perhaps(field.span(), days);
    }
    if let Some((clock, minute)) = text.split_once(':').filter(|_| name == FieldName::Hour) {
        return at_clock(advice, (clock, minute), written);
    }
    let other = [FieldName::Month, FieldName::DayOfWeek].into_iter().find(|other| short_name(*other, text).is_some());
    match other {
        Some(own) => exchanged(advice, (name, own), written)
            .or_help(|| format!("`{text}` is a name of the field {}", own.words())),
        None if text.is_empty() => advice,
        None => advice
            .help("fields are made of numbers, `*`, `,`, `-` and `/`; months and days of the week have names, too"),
    }
}

/// `Mo-Fr`, `Di,Do`: days of the week by two letters, all of them English or all German, from Sunday on.
fn of_two_letters(field: &str) -> Option<String> {
    const LANGUAGES: [[&str; 7]; 2] =
        [["su", "mo", "tu", "we", "th", "fr", "sa"], ["so", "mo", "di", "mi", "do", "fr", "sa"]];
    let translated = |names: &[&str; 7]| {
        let items = field.split(',').map(|item| {
            let days: Option<Vec<&str>> = item.split('-').map(|day| day_named(names, day)).collect();
            Some(days?.join("-"))
        });
        items.collect::<Option<Vec<String>>>().map(|items| items.join(","))
    };
    LANGUAGES.iter().find_map(translated)
}

/// The three letters for one of these names, or for one that has three already.
fn day_named(names: &[&str; 7], day: &str) -> Option<&'static str> {
    let lower = day.to_ascii_lowercase();
    let place = names.iter().position(|name| *name == lower);
    place.map_or_else(|| short_name(FieldName::DayOfWeek, day), |place| Some(FieldName::DayOfWeek.names()[place]))
}

/// `0 02:30 * * *`: the hour's field holds no minutes.
fn at_clock(advice: Advice, (hour, minute): (&str, &str), written: &Written<'_>) -> Advice {
    let advice = advice.help("the minute stands in the first field, and the hour in the second");
    let ([Ok(hour), Ok(minute)], Some(fields)) = ([hour, minute].map(str::parse::<u8>), written.five()) else {
        return advice;
    };
    let [_, _, day_of_month, month, day_of_week] = fields.map(|field| field.text);
    let five = format!("{minute} {hour} {day_of_month} {month} {day_of_week}");
    if plain(&five).is_none() {
        return advice;
    }
    advice.help(format!("the minute stands first: `{five}`")).perhaps(written.span(), five)
}

fn too_high(advice: Advice, (name, value): (FieldName, u64), written: &Written<'_>) -> Advice {
    let (span, max) = (advice.span, name.max());
    let range = item_around(span, written).filter(|item| item.text.contains('-') && span.start > item.span().start);
    if let Some(range) = range {
        return ends_too_late(advice, (name, value), range, written);
    }
    match (name, value) {
        (FieldName::Hour, 24) => advice.help("midnight is hour 0").perhaps(span, "0"),
        (FieldName::Minute, 60) => advice.help("an hour begins with minute 0").perhaps(span, "0"),
        (FieldName::Hour, _) => exchanged(advice, (FieldName::Minute, name), written),
        (FieldName::Month, _) => exchanged(advice, (FieldName::DayOfMonth, name), written),
        _ => advice,
    }
    .or_help(|| format!("{} go from {} to {max}", name.plural(), name.min()))
}

/// `9-25`, `1-24`: a range beyond the highest value.
fn ends_too_late(advice: Advice, (name, value): (FieldName, u64), range: Part<'_>, written: &Written<'_>) -> Advice {
    let (span, max) = (advice.span, name.max());
    let end = format!("{} end with {max}", name.plural());
    // Hour 24 is midnight, which the range had meant to hold; or its author took the end for no part of it.
    let with_midnight = || {
        let start = range.text.split_once('-').filter(|(_, end)| *end == "24")?.0;
        let hours = format!("0,{start}-{max}");
        let fields = written.five()?.map(|field| field.text);
        let five = [fields[0], &hours, fields[2], fields[3], fields[4]];
        plain(&joined(&five)).filter(|_| name == FieldName::Hour && fields[1] == range.text && start != "0")?;
        Some(format!("{end}, and midnight is hour 0, with which it is `{}`; without it", joined(&five)))
    };
    let help = if value == 24 { with_midnight() } else { None };
    advice.help(help.unwrap_or(end)).perhaps(span, max.to_string())
}

/// The advice to exchange two fields, if that makes a schedule: `1 30 * * *` is half past one with the hour first.
fn exchanged(advice: Advice, (one, other): (FieldName, FieldName), written: &Written<'_>) -> Advice {
    let Some(mut fields) = written.five().map(|fields| fields.map(|field| field.text)) else { return advice };
    fields.swap(one as usize, other as usize);
    let five = joined(&fields);
    if plain(&five).is_none() {
        return advice;
    }
    let help = format!("with {} and {} exchanged it is `{five}`", one.words(), other.words());
    advice.help(help).perhaps(written.span(), five)
}

/// `22-2`, `FRI-MON`: two ranges.
fn reversed(advice: Advice, name: FieldName, (start, end): (u8, u8), written: &Written<'_>) -> Advice {
    const WHY: &str = "a range does not go on from the highest value to the lowest";
    let advice = advice.help(WHY);
    let Some(item) = item_around(advice.span, written) else { return advice };
    if let Some((_, step)) = item.text.split_once('/') {
        let Some(list) = around(name, (start, end), step) else { return advice };
        return advice.perhaps(item.span(), list);
    }
    let Some((first, last)) = item.text.split_once('-') else { return advice };
    let named = |value: u8, like: &str| match name.names().get(usize::from(value - name.min())) {
        Some(known) if like.starts_with(|char: char| char.is_ascii_uppercase()) => known.to_ascii_uppercase(),
        Some(known) if like.starts_with(|char: char| char.is_ascii_alphabetic()) => (*known).to_owned(),
        _ => value.to_string(),
    };
    if start == end + 1 {
        return advice.help("all values are `*`").perhaps(item.span(), "*");
    }
    let up = if start == name.max() { first.to_owned() } else { format!("{first}-{}", named(name.max(), first)) };
    let down = if end == name.min() { last.to_owned() } else { format!("{}-{last}", named(name.min(), last)) };
    advice.perhaps(item.span(), format!("{up},{down}"))
}

/// The values of a range that goes on from the highest to the lowest, by a step.
fn around(name: FieldName, (start, end): (u8, u8), step: &str) -> Option<String> {
    let step: usize = step.parse().ok().filter(|step| *step > 0)?;
    let values = (start..=name.max()).chain(name.min()..=end).step_by(step);
    Some(values.map(|value| value.to_string()).collect::<Vec<_>>().join(","))
}
