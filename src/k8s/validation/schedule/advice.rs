//! What was most likely meant by a schedule that is none.

use crate::schedule::{Expression, ExpressionError, ExpressionErrorKind, FieldName};
use crate::text::Span;

/// A hint, and the change that follows it.
pub(super) struct Advice {
    pub(super) help: String,
    /// The bytes of the schedule that go, and what comes in their place.
    pub(super) replacement: Option<(Span, String)>,
    /// Whether nothing else can be meant.
    pub(super) certain: bool,
}

const DESCRIPTORS: [&str; 7] = ["@yearly", "@annually", "@monthly", "@weekly", "@daily", "@midnight", "@hourly"];

pub(super) fn of(error: &ExpressionError, schedule: &str) -> Option<Advice> {
    use ExpressionErrorKind as Kind;
    let advice = match error.kind() {
        _ if error.is_seven_for_sunday() => sunday(error.span(), schedule),
        Kind::UnknownDescriptor { text } => descriptor(text, error.span()),
        Kind::UnknownUnit { unit, text } if unit == "d" => days(text, schedule),
        Kind::WrongFieldCount { found } => count(*found, schedule),
        Kind::NotANumber { field, text, .. } => name(*field, text, error.span()),
        Kind::TooHigh { field: FieldName::Hour, value: 24 } => {
            replacement("midnight is hour 0", error.span(), "0", false)
        }
        Kind::TooHigh { field, .. } => {
            let max = field.max().to_string();
            replacement(&format!("the highest is {max}"), error.span(), &max, false)
        }
        Kind::TooLow { field, .. } => {
            let min = field.min().to_string();
            replacement(&format!("the lowest is {min}"), error.span(), &min, false)
        }
        _ => None,
    }?;
    // A change that leaves no schedule is none.
    let replacement = advice.replacement.filter(|(span, text)| {
        let mut changed = schedule.to_owned();
        changed.replace_range(span.range(), text);
        Expression::parse(&changed).is_ok()
    });
    Some(Advice { replacement, ..advice })
}

fn replacement(help: &str, span: Span, text: &str, certain: bool) -> Option<Advice> {
    Some(Advice { help: help.to_owned(), replacement: Some((span, text.to_owned())), certain })
}

fn hint(help: impl Into<String>) -> Option<Advice> {
    Some(Advice { help: help.into(), replacement: None, certain: false })
}

fn sunday(span: Span, schedule: &str) -> Option<Advice> {
    let ends_range = schedule.get(..span.start as usize).is_some_and(|before| before.ends_with('-'));
    replacement("Sunday is 0", span, if ends_range { "6,0" } else { "0" }, true)
}

fn descriptor(text: &str, span: Span) -> Option<Advice> {
    if text.eq_ignore_ascii_case("@reboot") {
        return hint("a cluster has no start to run at: a Job runs once");
    }
    let name = text.trim().to_ascii_lowercase();
    match DESCRIPTORS.into_iter().find(|known| *known == name) {
        Some(known) => replacement(&format!("write `{known}`"), span, known, true),
        None if name.starts_with("@every") => {
            hint("write `@every` in lower case and a duration, such as `@every 1h30m`")
        }
        None => {
            hint(format!("the descriptors are {} and `@every`", DESCRIPTORS.map(|one| format!("`{one}`")).join(", ")))
        }
    }
}

/// Go's durations know no days.
fn days(text: &str, schedule: &str) -> Option<Advice> {
    let days: u32 = text.trim().strip_suffix('d')?.parse().ok()?;
    let hours = format!("{}h", days.checked_mul(24)?);
    let start = u32::try_from(schedule.find(text.trim())?).ok()?;
    let span = Span::new(start, start + u32::try_from(text.trim().len()).ok()?);
    replacement(&format!("the largest unit is the hour: `{hours}`"), span, &hours, true)
}

fn count(found: usize, schedule: &str) -> Option<Advice> {
    let first = schedule.split_whitespace().next()?;
    match found {
        6 if first == "0" => {
            let start = u32::try_from(schedule.find(first)?).ok()?;
            let rest = schedule.get(start as usize + first.len()..)?;
            let blanks = rest.len() - rest.trim_start().len();
            let end = start + u32::try_from(first.len() + blanks).ok()?;
            replacement("Kubernetes' schedules have no seconds", Span::new(start, end), "", false)
        }
        6 | 7 => hint("Kubernetes' schedules have neither seconds nor years"),
        1 => hint("three o'clock every night is `0 3 * * *`, and `@hourly`, `@daily` and the like stand alone"),
        _ => hint("`*` stands for any: three o'clock every night is `0 3 * * *`"),
    }
}

/// `MONDAY` is `mon`; what other dialects add is not there.
fn name(field: FieldName, text: &str, span: Span) -> Option<Advice> {
    let lower = text.to_ascii_lowercase();
    let full =
        |short: &&&str| lower.len() > 3 && lower.starts_with(**short) && lower.bytes().all(|b| b.is_ascii_alphabetic());
    if let Some(short) = field.names().iter().find(full) {
        return replacement(&format!("names have three letters: `{short}`"), span, short, true);
    }
    let foreign = text.contains(['L', 'W', '#', 'H']) && text.len() <= 6;
    if foreign {
        hint("`L`, `W`, `#` and `H` are of other schedulers: Kubernetes knows `*`, `,`, `-` and `/`")
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::of;
    use crate::schedule::Expression;

    fn mended(schedule: &str) -> Option<String> {
        let error = Expression::parse(schedule).expect_err("it is no schedule");
        let (span, text) = of(&error, schedule)?.replacement?;
        let mut changed = schedule.to_owned();
        changed.replace_range(span.range(), &text);
        Some(changed)
    }

    #[test]
    fn what_was_meant_is_a_schedule() {
        let cases = [
            ("0 0 * * 7", Some("0 0 * * 0")),
            ("0 0 * * 5-7", Some("0 0 * * 5-6,0")),
            ("0 24 * * *", Some("0 0 * * *")),
            ("60 * * * *", Some("59 * * * *")),
            ("0 0 0 * *", Some("0 0 1 * *")),
            ("@Daily", Some("@daily")),
            ("@every 2d", Some("@every 48h")),
            ("0 0 12 * * *", Some("0 12 * * *")),
            ("0 0 * * MONDAY", Some("0 0 * * mon")),
            ("0 0 L * *", None),
            ("* * *", None),
        ];
        for (schedule, expected) in cases {
            assert_eq!(mended(schedule).as_deref(), expected, "{schedule}");
        }
    }
}
