//! AWS EventBridge: `cron(0 12 * * ? *)`, `rate(5 minutes)`, `at(2026-12-01T10:00:00)`.

use crate::schedule::expression::ExpressionError;

use super::distance::Distance;
use super::guard::Clock;
use super::quartz::{Numbering, Quartz};
use super::{Advice, Written, joined, plain};

pub(super) fn read(written: &Written<'_>, _: &ExpressionError) -> Option<Advice> {
    let (function, argument) = written.body.text.split_once('(')?;
    let argument = argument.trim_end().trim_end_matches(')').trim();
    let function = function.trim().to_ascii_lowercase();
    let message = format!("`{function}(…)` is how AWS EventBridge writes a schedule");
    match function.as_str() {
        "cron" => Some(cron(written, argument, message)),
        "rate" => match Distance::parse(argument) {
            Some(distance) => Some(distance.advise(written.span(), message)),
            None => Some(Advice::new(written.span(), message).help("write five fields, such as `*/5 * * * *`")),
        },
        "at" => Some(Advice::new(written.span(), message).help("a CronJob repeats its runs: for one run, apply a Job")),
        _ => None,
    }
}

/// Quartz' fields without seconds and always with a year.
fn cron(written: &Written<'_>, argument: &str, message: String) -> Advice {
    let fields: Vec<&str> = argument.split_whitespace().collect();
    let advice = Advice::new(written.span(), message);
    match fields.as_slice() {
        &[minute, hour, day, month, weekday, year] => {
            let (fields, numbering) = ([minute, hour, day, month, weekday], Numbering::of(weekday, true));
            let quartz = Quartz { second: "0", fields, year: Some(year), numbering, clock: Clock(written.zone) };
            quartz.advise(advice, written.span())
        }
        five if five.len() == 5 && plain(&joined(five)).is_some() => {
            advice.help(format!("write `{}`", joined(five))).perhaps(written.span(), joined(five))
        }
        _ => advice.help("write five fields: minute, hour, day of month, month, day of week"),
    }
}
