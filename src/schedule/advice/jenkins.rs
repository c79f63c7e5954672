//! Values that the scheduler chooses: Jenkins' `H`, and `a~b` of OpenBSD's cron and cronie.

use crate::schedule::expression::part::Part;
use crate::schedule::expression::{ExpressionError, FieldName};

use super::{Advice, Written, joined, values};

pub(super) fn read(written: &Written<'_>, _: &ExpressionError) -> Option<Advice> {
    let fields = written.five()?;
    let chosen = FieldName::ALL.map(|name| chosen(name, fields[name as usize]));
    let at = chosen.iter().position(Option::is_some)?;
    let message = if fields[at].text.contains('~') {
        format!("`{}` is a value by chance in other programs; Kubernetes wants the value itself", fields[at].text)
    } else {
        format!("`{}` is a value that Jenkins chooses; Kubernetes wants the value itself", fields[at].text)
    };
    let texts: Vec<String> =
        chosen.into_iter().zip(fields).map(|(chosen, field)| chosen.unwrap_or_else(|| field.text.to_owned())).collect();
    let advice = Advice::new(fields[at].span(), message);
    let help = "choose one for each Job, so that they do not all start together";
    Some(match values::with_sunday_as_zero(joined(&texts)) {
        Some(five) => advice.help(format!("{help}: `{five}`")).perhaps(written.span(), five),
        None => advice.help(help),
    })
}

/// The field with a value of ours for each that is left to the scheduler, if it leaves any.
fn chosen(name: FieldName, field: Part<'_>) -> Option<String> {
    let items: Vec<Option<String>> = field.text.split(',').map(|item| value(name, item)).collect();
    let chosen = items.iter().any(Option::is_some);
    let texts = items.into_iter().zip(field.text.split(','));
    chosen.then(|| texts.map(|(value, item)| value.unwrap_or_else(|| item.to_owned())).collect::<Vec<_>>().join(","))
}

fn value(name: FieldName, item: &str) -> Option<String> {
    let (range, step) = item.split_once('/').map_or((item, None), |(range, step)| (range, Some(step)));
    let (low, high) = bounds(name, range)?;
    let Some(step) = step else { return Some((low + (high - low) * 2 / 7).to_string()) };
    let step: u8 = step.parse().ok().filter(|step| (1..=name.max()).contains(step))?;
    Some(format!("{}-{high}/{step}", (low + (step - 1) * 2 / 7).min(high)))
}

/// What the scheduler chooses from.
fn bounds(name: FieldName, range: &str) -> Option<(u8, u8)> {
    // Every month has 28 days.
    let highest = if name == FieldName::DayOfMonth { 28 } else { name.max() };
    let within = range.strip_prefix("H(").and_then(|range| range.strip_suffix(')')?.split_once('-'));
    let (low, high) = match within.or_else(|| range.split_once('~')) {
        Some((low, high)) => (
            if low.is_empty() { name.min() } else { low.parse().ok()? },
            if high.is_empty() { highest } else { high.parse().ok()? },
        ),
        None if range == "H" => (name.min(), highest),
        None => return None,
    };
    (name.min() <= low && low <= high && high <= name.max()).then_some((low, high))
}
