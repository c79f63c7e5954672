//! What a text may say of when something runs.

use std::ops::Range;

use super::rate::Rate;
use super::zones::Offsets;

/// One thing that a text says of when something runs.
#[derive(Debug, Clone)]
pub(super) struct Claim {
    pub(super) kind: Kind,
    /// Its bytes in the text.
    pub(super) span: Range<usize>,
    /// Its words.
    pub(super) words: Range<usize>,
}

/// What is said.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Kind {
    Rate(Rate),
    Days(Days),
    Clock(Clock),
    /// From one time of the day to another.
    Window(Clock, Clock),
    /// A minute of each hour.
    Minute(u8),
}

/// What a phrase says, and the first word after it.
pub(super) type Phrase = (Vec<Kind>, usize);

/// A time of the day.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Clock {
    /// Minutes since midnight.
    pub(super) minute: u16,
    /// Whether it may be twelve hours later.
    pub(super) is_half_day: bool,
    /// How many minutes away one would still say so.
    pub(super) slack: u16,
    pub(super) zone: Option<Offsets>,
}

impl Clock {
    /// Whether it is midnight without minutes, which ends a day as well as it begins one.
    pub(super) fn is_midnight(&self) -> bool {
        self.minute == 0 && self.slack > 0
    }
}

/// All months: bits 1 to 12.
pub(super) const EACH_MONTH: u16 = 0x1ffe;

/// Days on which something runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Days {
    /// A bit for each weekday, Sunday first.
    Weekdays(u8),
    /// Days of the month (bits 1 to 31) of some months (bits 1 to 12).
    Dates { days: u32, months: u16 },
    /// The last day of each month.
    LastDay,
    /// The last days of each month.
    MonthEnd,
    /// The first days of each month.
    MonthStart,
    /// Weekdays of a week of some months: bits 1 to 5 for the first to the fifth week, bit 0 for the last.
    Nth { weeks: u8, weekdays: u8, months: u16 },
}
