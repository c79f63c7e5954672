//! A schedule's text, read exactly as robfig/cron's `ParseStandard` reads it for Kubernetes.

mod descriptor;
mod error;
mod field;
mod field_name;
mod item;
mod oddity;
pub(super) mod part;
mod plain;
mod rhythm;

use crate::text::Span;

use super::zone::{Zone, location};

pub use descriptor::Descriptor;
pub use error::{ExpressionError, ExpressionErrorKind, ItemPart};
pub use field::Field;
pub use field_name::FieldName;
pub use item::{Item, Number, Range, Step};
pub use oddity::{Oddity, OddityKind};
pub use plain::is_plainly_right;
pub use rhythm::{Every, Rhythm};

use part::{Part, span};

/// A schedule that Kubernetes understands. Spans are bytes within the given text.
#[derive(Debug, Clone, PartialEq)]
pub struct Expression {
    location: Option<Location>,
    descriptor: Option<Descriptor>,
    rhythm: Rhythm,
    oddities: Vec<Oddity>,
}

/// A time zone set before the schedule by `TZ=` or `CRON_TZ=`, which the server refuses on creation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Location {
    /// The zone's name; empty (UTC) and `Local` are possible.
    pub name: String,
    /// The name's bytes.
    pub span: Span,
    /// The bytes of the whole prefix, without the space after it.
    pub prefix: Span,
}

impl Expression {
    /// Reads a schedule.
    ///
    /// # Errors
    /// The first error that the server's parser meets.
    pub fn parse(text: &str) -> Result<Self, ExpressionError> {
        if text.is_empty() {
            return Err(ExpressionError::new(
                ExpressionErrorKind::Empty,
                Span::empty(0),
                "empty spec string".to_owned(),
            ));
        }
        let (location, rest) = split_location(text)?;
        let mut oddities = Vec::new();
        let (descriptor, rhythm) = if rest.text.starts_with('@') {
            let (descriptor, rhythm) = descriptor::parse(rest)?;
            (Some(descriptor), rhythm)
        } else {
            (None, Rhythm::Fields(Box::new(field::parse(rest, &mut oddities)?)))
        };
        Ok(Self { location, descriptor, rhythm, oddities })
    }

    /// The zone before the schedule, if any.
    #[must_use]
    pub fn location(&self) -> Option<&Location> {
        self.location.as_ref()
    }

    /// The descriptor that stands for the whole schedule, such as `@daily`.
    #[must_use]
    pub fn descriptor(&self) -> Option<&Descriptor> {
        self.descriptor.as_ref()
    }

    /// When it runs.
    #[must_use]
    pub fn rhythm(&self) -> &Rhythm {
        &self.rhythm
    }

    /// The five fields, minute first; none for `@every`. A descriptor's fields all have the descriptor's span.
    #[must_use]
    pub fn fields(&self) -> Option<&[Field; 5]> {
        match &self.rhythm {
            Rhythm::Fields(fields) => Some(fields),
            Rhythm::Every(_) => None,
        }
    }

    /// One of the five fields; none for `@every`.
    #[must_use]
    pub fn field(&self, name: FieldName) -> Option<&Field> {
        self.fields().map(|fields| &fields[name as usize])
    }

    /// The field of hours, if it names some that depend on the clock: `@daily` names none, and `*/6` is four times a day
    /// wherever the day begins.
    #[must_use]
    pub fn named_hours(&self) -> Option<&Field> {
        let hours = self.field(FieldName::Hour).filter(|_| self.descriptor().is_none())?;
        let is_interval = hours.items.iter().all(|item| item.star || item.step.is_some());
        (!hours.is_full() && !is_interval).then_some(hours)
    }

    /// The distance between runs, for `@every`.
    #[must_use]
    pub fn every(&self) -> Option<Every> {
        match self.rhythm {
            Rhythm::Every(every) => Some(every),
            Rhythm::Fields(_) => None,
        }
    }

    /// Whether a day runs when the day of month *or* the day of week fits, because neither field has a star.
    #[must_use]
    pub fn days_joined_by_or(&self) -> bool {
        self.fields().is_some_and(|[_, _, day_of_month, _, day_of_week]| !day_of_month.star && !day_of_week.star)
    }

    /// Spellings that are accepted by accident rather than by design, in the order of their place.
    #[must_use]
    pub fn oddities(&self) -> &[Oddity] {
        &self.oddities
    }
}

/// The details of all causes that the API server answers for `spec.schedule` when the object is created; none when it is
/// accepted. The cause for an empty schedule is `Required value`, whose detail is empty; the others are `Invalid value`.
#[must_use]
pub fn server_errors(schedule: &str) -> Vec<String> {
    if schedule.is_empty() {
        return vec![String::new()];
    }
    let mut errors = Vec::new();
    if let Err(error) = Expression::parse(schedule) {
        errors.push(error.server_text().to_owned());
    }
    if schedule.contains("TZ") {
        errors.push("cannot use TZ or CRON_TZ in schedule, use timeZone field instead".to_owned());
    }
    errors
}

fn split_location(text: &str) -> Result<(Option<Location>, Part<'_>), ExpressionError> {
    let whole = Part { text, at: 0 };
    let Some(start) = ["TZ=", "CRON_TZ="].iter().find(|prefix| text.starts_with(**prefix)).map(|prefix| prefix.len())
    else {
        return Ok((None, whole));
    };
    let Some(end) = text.find(' ') else {
        let server = "runtime error: slice bounds out of range [:-1]".to_owned();
        return Err(ExpressionError::new(ExpressionErrorKind::OnlyLocation, whole.span(), server).into_caught_panic());
    };

    let name = whole.slice(start, end);
    if let Err(error) = location(name.text) {
        let server = format!("provided bad location {}: {}", name.text, error.server_text());
        let kind = ExpressionErrorKind::BadLocation { name: name.text.to_owned(), error };
        return Err(ExpressionError::new(kind, name.span(), server));
    }
    let location = Location { name: name.text.to_owned(), span: name.span(), prefix: span(0, end) };
    Ok((Some(location), whole.slice(end, text.len()).trim()))
}

impl Location {
    /// The zone that is meant.
    #[must_use]
    pub fn zone(&self) -> Zone {
        location(&self.name).unwrap_or_else(|_| Zone::utc())
    }
}
