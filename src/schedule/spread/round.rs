//! A minute that people write where any would do.

use std::ops::Range;

use crate::schedule::expression::{self, Expression};

/// The one minute of a schedule, where it is a round one, plainly written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RoundMinute<'a> {
    schedule: &'a str,
    place: Range<usize>,
    value: u8,
    /// What follows the minute in place of a word such as `@daily`.
    tail: &'static str,
}

impl<'a> RoundMinute<'a> {
    /// Whether it is one that nobody thinks about.
    pub(super) const fn is_round(minute: u8) -> bool {
        minute.is_multiple_of(15)
    }

    /// The minute of a schedule, which `expression` is read from.
    #[must_use]
    pub fn of(schedule: &'a str, expression: &Expression) -> Option<Self> {
        let [minute, ..] = expression.fields()?;
        let value = u8::try_from(minute.values.trailing_zeros()).ok().filter(|value| Self::is_round(*value))?;
        if minute.values.count_ones() != 1 || expression.location().is_some() || !expression.oddities().is_empty() {
            return None;
        }
        let tail = match (expression.descriptor(), minute.items.as_slice()) {
            (Some(word), _) => word.fields?.trim_start_matches(|char: char| char.is_ascii_digit()),
            (None, [item]) if item.step.is_none() && matches!(item.range, expression::Range::From(_)) => "",
            _ => return None,
        };
        Some(Self { schedule, place: minute.span.range(), value, tail })
    }

    /// The minute of the hour.
    #[must_use]
    pub const fn value(&self) -> u8 {
        self.value
    }

    /// The bytes of the schedule's text that another minute takes the place of: the field, or a word such as `@daily`.
    #[must_use]
    pub fn place(&self) -> Range<usize> {
        self.place.clone()
    }

    /// What stands there for another minute.
    #[must_use]
    pub fn text(&self, minute: u8) -> String {
        format!("{minute}{}", self.tail)
    }

    /// The schedule at another minute.
    #[must_use]
    pub fn schedule(&self, minute: u8) -> String {
        let mut schedule = self.schedule.to_owned();
        schedule.replace_range(self.place(), &self.text(minute));
        schedule
    }
}
