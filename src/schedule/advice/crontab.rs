//! A crontab's line: the schedule and a command, or a comment, in one text.

use crate::schedule::expression::part::Part;
use crate::schedule::expression::{Descriptor, Expression, ExpressionError};
use crate::schedule::zone::Zone;

use super::{Advice, Written, joined, plain};

pub(super) fn read(written: &Written<'_>, _: &ExpressionError) -> Option<Advice> {
    if let Some(advice) = name_before(written) {
        return Some(advice);
    }
    let count = if written.body.text.starts_with('@') { 1 } else { 5 };
    let (schedule, rest) = written.fields.split_at_checked(count)?;
    let (first, last) = (rest.first()?, rest.last()?);
    let schedule = joined(&schedule.iter().map(|field| field.text).collect::<Vec<_>>());
    let expression = Expression::parse(&schedule).ok()?;
    let span = first.span().cover(last.span());
    if first.text.starts_with('#') {
        let advice = Advice::new(span, "a comment stands within the schedule's text");
        return Some(advice.help("put it behind the closing quote").mend(written.span(), schedule));
    }
    if let ([zone], true) = (rest, Zone::load(last.text).is_ok()) {
        let help = format!("write `{schedule}`, and set `timeZone: {}` beside the schedule", zone.text);
        return Some(Advice::new(span, "a time zone follows the schedule").help(help));
    }
    let is_descriptor = expression.descriptor().is_some_and(|descriptor: &Descriptor| descriptor.fields.is_some());
    if !is_descriptor && rest.iter().all(is_field) {
        return None;
    }
    let help = format!("the schedule is `{schedule}`; the command belongs in the container");
    Some(
        Advice::new(span, "a command follows the schedule, as in a crontab")
            .help(help)
            .perhaps(written.span(), schedule),
    )
}

/// `schedule: 0 3 * * *`, `cron 0 3 * * *`
fn name_before(written: &Written<'_>) -> Option<Advice> {
    let (name, rest) = written.fields.split_first().filter(|(name, _)| !is_field(name) || name.text == "cron")?;
    let schedule = joined(&rest.iter().map(|field| field.text).collect::<Vec<_>>());
    plain(&schedule)?;
    let advice = Advice::new(name.span(), format!("`{}` stands before the schedule", name.text));
    Some(advice.help(format!("write `{schedule}`")).perhaps(written.span(), schedule))
}

/// Whether a word may be a field of some dialect: signs, numbers, names.
fn is_field(word: &Part<'_>) -> bool {
    let mut letters = word.text.split(|char: char| !char.is_ascii_alphabetic());
    word.text.chars().all(|char| char.is_ascii_alphanumeric() || "*?,-/#".contains(char))
        && !word.text.starts_with(['/', '-'])
        && letters.all(|letters| letters.len() <= 4)
}
