//! Why a schedule is not one.

use std::fmt;

use crate::schedule::zone::ZoneError;
use crate::text::Span;

use super::field_name::FieldName;

/// Why Kubernetes does not understand a schedule, in its words and in ours.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct ExpressionError {
    kind: ExpressionErrorKind,
    span: Span,
    server: String,
}

/// What is wrong.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[non_exhaustive]
pub enum ExpressionErrorKind {
    /// There is nothing.
    Empty,
    /// `TZ=` or `CRON_TZ=` and no space after it: the server's parser panics.
    OnlyLocation,
    /// The zone after `TZ=` is none.
    BadLocation {
        /// The name.
        name: String,
        /// Why it is none.
        error: ZoneError,
    },
    /// A word after `@` that is none of the known ones, to the letter.
    UnknownDescriptor {
        /// From the `@` to the end.
        text: String,
    },
    /// What follows `@every` is not a duration, or too long.
    BadDuration {
        /// What follows.
        text: String,
    },
    /// `@every 5`.
    DurationWithoutUnit {
        /// What follows.
        text: String,
    },
    /// `@every 1d`.
    UnknownUnit {
        /// What follows.
        text: String,
        /// The unit.
        unit: String,
    },
    /// Not five fields.
    WrongFieldCount {
        /// How many.
        found: usize,
    },
    /// A number or a name should be here; `text` may be empty (`-1`, `*/`).
    NotANumber {
        /// The field.
        field: FieldName,
        /// Which part of an item.
        part: ItemPart,
        /// What is there.
        text: String,
    },
    /// A number beyond 64 bits.
    NumberTooLarge {
        /// The field.
        field: FieldName,
        /// Which part of an item.
        part: ItemPart,
        /// What is there.
        text: String,
    },
    /// A number below zero.
    Negative {
        /// The field.
        field: FieldName,
        /// Which part of an item.
        part: ItemPart,
        /// What is there.
        value: i64,
    },
    /// `1-2-3`.
    TooManyHyphens {
        /// The field.
        field: FieldName,
    },
    /// `*/2/3`.
    TooManySlashes {
        /// The field.
        field: FieldName,
    },
    /// A value below the field's lowest.
    TooLow {
        /// The field.
        field: FieldName,
        /// The value.
        value: u64,
    },
    /// A value above the field's highest; 7 as a day of the week is here.
    TooHigh {
        /// The field.
        field: FieldName,
        /// The value.
        value: u64,
    },
    /// A range whose end is before its start, such as `22-2` or `fri-mon`.
    Reversed {
        /// The field.
        field: FieldName,
        /// The first value.
        start: u8,
        /// The last value.
        end: u8,
    },
    /// `*/0`.
    ZeroStep {
        /// The field.
        field: FieldName,
    },
}

/// A part of an item `start-end/step`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub enum ItemPart {
    /// The only value, or the first of a range.
    Start,
    /// The last value of a range.
    End,
    /// The step.
    Step,
}

impl ExpressionError {
    pub(super) fn new(kind: ExpressionErrorKind, span: Span, server: String) -> Self {
        Self { kind, span, server }
    }

    /// The server catches the parser's panic and says so.
    pub(super) fn into_caught_panic(mut self) -> Self {
        self.server.insert_str(0, "invalid schedule format: ");
        self
    }

    /// What is wrong.
    #[must_use]
    pub fn kind(&self) -> &ExpressionErrorKind {
        &self.kind
    }

    /// The bytes at fault within the given text.
    #[must_use]
    pub fn span(&self) -> Span {
        self.span
    }

    /// The server's own text, word for word.
    #[must_use]
    pub fn server_text(&self) -> &str {
        &self.server
    }

    /// Whether it is the 7 that other dialects take for Sunday.
    #[must_use]
    pub fn is_seven_for_sunday(&self) -> bool {
        matches!(self.kind, ExpressionErrorKind::TooHigh { field: FieldName::DayOfWeek, value: 7 })
    }
}

/// In our words: what is there, and what would be right.
impl fmt::Display for ExpressionError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        use ExpressionErrorKind as Kind;
        match &self.kind {
            Kind::Empty => write!(f, "the schedule is empty"),
            Kind::OnlyLocation => write!(f, "there is no schedule after the time zone"),
            Kind::BadLocation { name, .. } => write!(f, "there is no time zone `{name}`"),
            Kind::UnknownDescriptor { text } => write!(f, "there is no descriptor `{text}`"),
            Kind::BadDuration { text } => write!(f, "`{text}` is not a duration such as `1h30m`"),
            Kind::DurationWithoutUnit { text } => write!(f, "`{text}` has no unit: h, m or s"),
            Kind::UnknownUnit { unit, .. } => {
                write!(f, "`{unit}` is not a unit of a duration; h, m, s, ms, us and ns are")
            }
            Kind::WrongFieldCount { found } => write_count(f, *found),
            Kind::NotANumber { field, part, text } => write_not_a_number(f, *field, *part, text),
            Kind::NumberTooLarge { field, part: ItemPart::Step, text } => {
                write!(f, "{} step {text} is too large", field.words())
            }
            Kind::NumberTooLarge { field, text, .. } => {
                write!(f, "{} {text} is above the maximum, {}", field.words(), field.max())
            }
            Kind::Negative { field, part: ItemPart::Step, value } => {
                write!(f, "{} step {value} is below the minimum, 1", field.words())
            }
            Kind::Negative { field, value, .. } => {
                write!(f, "{} {value} is below the minimum, {}", field.words(), field.min())
            }
            Kind::TooManyHyphens { field } => {
                write!(f, "{} has a range with more than one hyphen", field.words())
            }
            Kind::TooManySlashes { field } => write!(f, "{} has more than one step", field.words()),
            Kind::TooLow { field, value } => {
                write!(f, "{} {value} is below the minimum, {}", field.words(), field.min())
            }
            Kind::TooHigh { field: FieldName::DayOfWeek, value: 7 } => {
                write!(f, "day of week 7 is above the maximum, 6: Sunday is 0")
            }
            Kind::TooHigh { field, value } => {
                write!(f, "{} {value} is above the maximum, {}", field.words(), field.max())
            }
            Kind::Reversed { field, start, end } => {
                write!(f, "the range of {} ends before it starts: {start} is after {end}", field.words())
            }
            Kind::ZeroStep { field } => write!(f, "{} step 0 is below the minimum, 1", field.words()),
        }
    }
}

impl std::error::Error for ExpressionError {}

fn write_count(f: &mut fmt::Formatter<'_>, found: usize) -> fmt::Result {
    let fields = if found == 1 { "field" } else { "fields" };
    write!(f, "{found} {fields} where there must be 5: minute, hour, day of month, month, day of week")
}

fn write_not_a_number(f: &mut fmt::Formatter<'_>, field: FieldName, part: ItemPart, text: &str) -> fmt::Result {
    let words = field.words();
    match (part, text.is_empty()) {
        (ItemPart::Start, true) => write!(f, "{words} has nothing before `-` or `/`"),
        (ItemPart::End, true) => write!(f, "{words} has a range without an end"),
        (ItemPart::Step, true) => write!(f, "{words} has a `/` without a step"),
        (ItemPart::Step, false) => write!(f, "{words} step `{text}` is not a number"),
        (_, false) if field.names().is_empty() => write!(f, "{words} `{text}` is not a number"),
        (_, false) => {
            let (first, last) = (field.names()[0], field.names()[field.names().len() - 1]);
            write!(f, "{words} `{text}` is neither a number nor a name from `{first}` to `{last}`")
        }
    }
}
