//! Descriptors: one word for a whole schedule, and `@every`.

use crate::schedule::go::{DurationError, parse_duration};
use crate::schedule::time::Seconds;
use crate::text::Span;

use super::error::{ExpressionError, ExpressionErrorKind};
use super::field::{self, Field};
use super::field_name::FieldName;
use super::item::{Number, Range};
use super::part::Part;
use super::rhythm::{Every, Rhythm};

/// A word that stands for a whole schedule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Descriptor {
    /// The word with its `@`, without a duration: `@daily`, `@every`.
    pub name: &'static str,
    /// The five fields that mean the same; none for `@every`.
    pub fields: Option<&'static str>,
    /// The bytes of the whole descriptor, with the duration.
    pub span: Span,
}

/// The words and what they stand for.
const DESCRIPTORS: [(&str, &str); 7] = [
    ("@yearly", "0 0 1 1 *"),
    ("@annually", "0 0 1 1 *"),
    ("@monthly", "0 0 1 * *"),
    ("@weekly", "0 0 * * 0"),
    ("@daily", "0 0 * * *"),
    ("@midnight", "0 0 * * *"),
    ("@hourly", "0 * * * *"),
];

pub(super) fn parse(part: Part<'_>) -> Result<(Descriptor, Rhythm), ExpressionError> {
    if let Some(&(name, fields)) = DESCRIPTORS.iter().find(|(name, _)| *name == part.text) {
        let descriptor = Descriptor { name, fields: Some(fields), span: part.span() };
        return Ok((descriptor, Rhythm::Fields(Box::new(fields_of(fields, part.span())?))));
    }
    if let Some(duration) = part.text.strip_prefix("@every ") {
        let duration = Part { text: duration, at: part.at + "@every ".len() };
        let every = parse_every(part, duration)?;
        return Ok((Descriptor { name: "@every", fields: None, span: part.span() }, Rhythm::Every(every)));
    }
    let kind = ExpressionErrorKind::UnknownDescriptor { text: part.text.to_owned() };
    Err(ExpressionError::new(kind, part.span(), format!("unrecognized descriptor: {}", part.text)))
}

/// The fields that a descriptor stands for, with the descriptor's span everywhere.
fn fields_of(text: &str, place: Span) -> Result<[Field; 5], ExpressionError> {
    let mut fields = field::parse(Part { text, at: 0 }, &mut Vec::new())?;
    for field in &mut fields {
        field.span = place;
        for item in &mut field.items {
            item.span = place;
        }
        // A range's own span would point into a text that nobody wrote.
        let name: FieldName = field.name;
        if field.is_full() {
            field.items.iter_mut().for_each(|item| item.range = Range::Star(place));
        } else {
            let number = |value| Number { value, named: false, span: place };
            let first = field.values.trailing_zeros() as u8;
            debug_assert!(first <= name.max(), "a descriptor's field has one value or all");
            field.items.iter_mut().for_each(|item| item.range = Range::From(number(first)));
        }
    }
    Ok(fields)
}

fn parse_every(whole: Part<'_>, duration: Part<'_>) -> Result<Every, ExpressionError> {
    const SECOND: i64 = 1_000_000_000;
    match parse_duration(duration.text) {
        Ok(nanoseconds) => {
            let distance = Seconds::new(nanoseconds.max(SECOND) / SECOND);
            Ok(Every { distance, nanoseconds, span: duration.span() })
        }
        Err(error) => {
            let server = format!("failed to parse duration {}: {}", whole.text, error.text(duration.text));
            let text = duration.text.to_owned();
            let kind = match error {
                DurationError::Malformed => ExpressionErrorKind::BadDuration { text },
                DurationError::MissingUnit => ExpressionErrorKind::DurationWithoutUnit { text },
                DurationError::UnknownUnit(unit) => ExpressionErrorKind::UnknownUnit { text, unit },
            };
            Err(ExpressionError::new(kind, duration.span(), server))
        }
    }
}
