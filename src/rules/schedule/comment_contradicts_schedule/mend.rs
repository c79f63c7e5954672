//! The change of a schedule that makes it do what is said of it.

use std::ops::Range;

use crate::schedule::Expression;

/// A change of one field.
pub(super) struct Mend {
    /// The field's bytes in the schedule.
    pub(super) field: Range<usize>,
    /// What is to stand there.
    pub(super) text: String,
    /// The schedule with it.
    pub(super) schedule: String,
}

/// The first of the usual slips whose mend holds: a star where one minute is meant, a number where its multiples are.
pub(super) fn mend(expression: &Expression, schedule: &str, holds: impl Fn(&str) -> bool) -> Option<Mend> {
    let [minute, hour, ..] = expression.fields().filter(|_| expression.descriptor().is_none())?;
    let (minute, hour) = (minute.span.range(), hour.span.range());
    let text = |field: &Range<usize>| &schedule[field.clone()];
    let is_number = |field: &Range<usize>| text(field).bytes().all(|byte| byte.is_ascii_digit());
    let multiples = |field: &Range<usize>| format!("*/{}", text(field));
    let mut slips = Vec::new();
    if text(&minute) == "*" {
        slips.push((minute.clone(), "0".to_owned()));
    }
    if is_number(&minute) && text(&hour) == "*" {
        slips.push((minute.clone(), multiples(&minute)));
    }
    if is_number(&minute) && is_number(&hour) {
        slips.push((hour.clone(), multiples(&hour)));
    }
    let mends = slips.into_iter().map(|(field, text)| {
        let mut schedule = schedule.to_owned();
        schedule.replace_range(field.clone(), &text);
        Mend { field, text, schedule }
    });
    mends.into_iter().find(|mend| holds(&mend.schedule))
}
