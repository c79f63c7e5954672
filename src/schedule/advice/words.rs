//! Schedules in words: `daily`, `@weekdays`, `every 5 minutes`, `every monday at 9am`, `@every 1 day`.

use crate::schedule::claims::{Told, told};
use crate::schedule::describe::describe;
use crate::schedule::expression::{Expression, ExpressionError, ExpressionErrorKind as Kind};

use super::distance::Distance;
use super::{Advice, Written, plain};

/// Words that stand for a whole schedule, and what Kubernetes reads for them.
const WORDS: [(&str, &str); 20] = [
    ("minutely", "* * * * *"),
    ("everyminute", "* * * * *"),
    ("hourly", "@hourly"),
    ("daily", "@daily"),
    ("nightly", "@daily"),
    ("twicedaily", "0 0,12 * * *"),
    ("twiceaday", "0 0,12 * * *"),
    ("midnight", "@midnight"),
    ("noon", "0 12 * * *"),
    ("weekly", "@weekly"),
    ("weekday", "0 0 * * 1-5"),
    ("weekdays", "0 0 * * 1-5"),
    ("weekend", "0 0 * * 0,6"),
    ("weekends", "0 0 * * 0,6"),
    ("monthly", "@monthly"),
    ("quarterly", "0 0 1 1,4,7,10 *"),
    ("semiannually", "0 0 1 1,7 *"),
    ("biannually", "0 0 1 1,7 *"),
    ("yearly", "@yearly"),
    ("annually", "@annually"),
];
/// Words that no schedule stands for, and what to do instead.
const NONE: [(&[&str], &str); 2] = [
    (&["reboot", "startup", "boot", "start"], "a cluster has no start to run at: a Job runs once, when it is applied"),
    (
        &["never", "none", "disabled", "off", "manual", "-"],
        "for a CronJob that only runs by hand, write any five fields and set `suspend: true` beside them",
    ),
];

pub(super) fn read(written: &Written<'_>, error: &ExpressionError) -> Option<Advice> {
    let text = written.body.text;
    let named = text.starts_with('@');
    let lower = text.trim_start_matches('@').trim().to_ascii_lowercase();
    if !named && !matches!(error.kind(), Kind::WrongFieldCount { .. }) && !lower.starts_with("every") {
        return None;
    }
    every(written, error)
        .or_else(|| word(written, &lower))
        .or_else(|| duration(written))
        .or_else(|| phrase(written))
        .or_else(|| misspelled(written, error))
}

/// `@every 1 day`, `@Every 5m`: Go's durations have no days and no words.
fn every(written: &Written<'_>, error: &ExpressionError) -> Option<Advice> {
    let lower = written.body.text.to_ascii_lowercase();
    let rest = lower.strip_prefix("@every")?.trim_start_matches([' ', '\t', ':', '_', '=']);
    let advice = if plain(&format!("@every {rest}")).is_some() && matches!(error.kind(), Kind::BadDuration { .. }) {
        Advice::new(error.span(), "between `@every` and its duration stands one blank")
    } else if rest.contains(' ') {
        Advice::new(error.span(), format!("`{rest}` is not a duration such as `1h30m`"))
    } else {
        Advice::of(error)
    };
    let distance = match Distance::parse(rest) {
        Some(distance) => distance,
        None if rest.parse::<u32>().is_ok() && plain(&format!("@every {rest}m")).is_some() => {
            return Some(advice.help(format!("add the unit: `@every {rest}m` is {rest} minutes")));
        }
        None if let Some(every) = with_last_unit(rest) => {
            return Some(advice.help("the last number has no unit").perhaps(written.span(), every));
        }
        None if written.body.text.starts_with("@every ") => {
            return Some(advice.help("a duration is made of numbers with their units, such as `@every 1h30m`"));
        }
        None => return Some(advice.help("write `@every` in lower case and a duration, such as `@every 1h30m`")),
    };
    match (distance.every(), distance.five()) {
        (Some(every), _) => Some(advice.help(format!("write `{every}`")).mend(written.span(), every)),
        (None, Some(five)) => Some(advice.help(format!("a month has no one length: `{five}` goes by the calendar"))),
        (None, None) => Some(advice.help("the largest unit of a duration is the hour")),
    }
}

/// `1h30`: minutes after hours, seconds after minutes.
fn with_last_unit(duration: &str) -> Option<String> {
    let before = duration.trim_end_matches(|char: char| char.is_ascii_digit());
    let unit = match before.chars().last().filter(|_| before.len() < duration.len())? {
        'h' => 'm',
        'm' => 's',
        _ => return None,
    };
    let every = format!("@every {duration}{unit}");
    plain(&every).map(|_| every)
}

/// `daily`, `@Daily`, `@weekdays`
fn word(written: &Written<'_>, lower: &str) -> Option<Advice> {
    let text = written.body.text;
    let message = if text.starts_with('@') {
        format!("there is no descriptor `{text}`")
    } else {
        format!("`{text}` is no schedule of five fields")
    };
    let advice = Advice::new(written.span(), message);
    if let Some((_, help)) = NONE.into_iter().find(|(words, _)| words.contains(&lower)) {
        return Some(advice.help(help));
    }
    let joined = lower.replace([' ', '_', '-'], "");
    let (_, schedule) = WORDS.into_iter().find(|(word, _)| *word == joined)?;
    let meaning = describe(&Expression::parse(schedule).ok()?, None);
    let is_own = schedule.starts_with('@') && schedule.ends_with(lower);
    if lower == "weekly" && !text.starts_with('@') {
        let help = format!("`{schedule}` is {meaning}; Monday, as systemd has it, is `0 0 * * 1`");
        return Some(advice.help(help).perhaps(written.span(), schedule));
    }
    let advice = advice.help(format!("write `{schedule}`: {meaning}"));
    Some(if is_own { advice.mend(written.span(), schedule) } else { advice.perhaps(written.span(), schedule) })
}

/// `PT5M`, `5m`, `90 minutes`
fn duration(written: &Written<'_>) -> Option<Advice> {
    let text = written.body.text;
    if is_instant(text) {
        let advice = Advice::new(written.span(), format!("`{text}` is an instant, not a schedule"));
        return Some(advice.help("a CronJob repeats its runs: for one run, apply a Job"));
    }
    if let Some(distance) = Distance::parse_iso(text) {
        return Some(distance.advise(written.span(), format!("`{text}` is a duration of ISO 8601, not a schedule")));
    }
    let distance = Distance::parse(text).filter(|_| text.starts_with(|char: char| char.is_ascii_digit()))?;
    Some(distance.advise(written.span(), format!("`{text}` is a duration, not a schedule")))
}

/// `2026-12-01T10:00:00Z`
fn is_instant(text: &str) -> bool {
    let shape = text.bytes().take(11).map(|byte| if byte.is_ascii_digit() { b'0' } else { byte });
    shape.eq(*b"0000-00-00T")
}

/// `every 5 minutes`, `daily at 2:30`, `every monday at 9am`
fn phrase(written: &Written<'_>) -> Option<Advice> {
    let text = written.body.text.trim_start_matches('@');
    let message = format!("`{}` is in words, and Kubernetes wants five fields", written.body.text);
    let five = match told(text)? {
        Told::Seconds(seconds) => return Some(Distance::Seconds(seconds).advise(written.span(), message)),
        Told::Months(months) => return Some(Distance::Months(months).advise(written.span(), message)),
        Told::Fields(five) => five,
    };
    let meaning = describe(&Expression::parse(&five).ok()?, None);
    let help = format!("write `{five}`: {meaning}");
    Some(Advice::new(written.span(), message).help(help).perhaps(written.span(), five))
}

/// `@dayly`
fn misspelled(written: &Written<'_>, error: &ExpressionError) -> Option<Advice> {
    let Kind::UnknownDescriptor { text } = error.kind() else { return None };
    let own = || WORDS.into_iter().map(|(_, schedule)| schedule).filter(|schedule| schedule.starts_with('@'));
    let distance = |schedule: &str| strsim::osa_distance(schedule, &text.to_ascii_lowercase());
    let advice = Advice::of(error);
    match own().min_by_key(|schedule| distance(schedule)).filter(|schedule| distance(schedule) <= 2) {
        Some(near) => Some(advice.help(format!("did you mean `{near}`?")).perhaps(written.span(), near)),
        None => Some(advice.help(
            "the descriptors are `@yearly`, `@annually`, `@monthly`, `@weekly`, `@daily`, `@midnight`, `@hourly` and `@every`",
        )),
    }
}
