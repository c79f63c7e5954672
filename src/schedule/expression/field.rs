//! The five fields.

use crate::sort;
use crate::text::Span;

use super::error::{ExpressionError, ExpressionErrorKind};
use super::field_name::FieldName;
use super::item::{self, Item};
use super::oddity::{Oddity, OddityKind};
use super::part::{Part, span};

/// One field: a list of items.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field {
    /// Which one.
    pub name: FieldName,
    /// Its bytes.
    pub span: Span,
    /// The items between commas; empty ones are left out, as the server leaves them out.
    pub items: Vec<Item>,
    /// A bit for each value that fits: bit 0 for value 0.
    pub values: u64,
    /// Whether an item is a star (`*`, `?`, `*/1`), by which the field leaves the choice of days to the other day field.
    pub star: bool,
}

impl Field {
    /// Whether every value fits.
    #[must_use]
    pub const fn is_full(&self) -> bool {
        self.values == self.name.all_values()
    }

    /// Whether no value fits (the list is empty), so that the schedule may never fire.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.values == 0
    }

    /// The values that fit, lowest first.
    pub fn iter(&self) -> impl Iterator<Item = u8> + use<> {
        let values = self.values;
        (0..=self.name.max()).filter(move |&value| values >> value & 1 == 1)
    }
}

/// Splits `rest` at white space and reads five fields; what is odd goes to `oddities`.
pub(super) fn parse(rest: Part<'_>, oddities: &mut Vec<Oddity>) -> Result<[Field; 5], ExpressionError> {
    let mut parts = rest.words();
    let five = [parts.next(), parts.next(), parts.next(), parts.next(), parts.next()];
    let ([Some(minute), Some(hour), Some(day_of_month), Some(month), Some(day_of_week)], None) = (five, parts.next())
    else {
        return Err(wrong_field_count(rest));
    };
    note_odd_white_space(rest, oddities);

    let fields = [
        parse_field(FieldName::Minute, minute, oddities)?,
        parse_field(FieldName::Hour, hour, oddities)?,
        parse_field(FieldName::DayOfMonth, day_of_month, oddities)?,
        parse_field(FieldName::Month, month, oddities)?,
        parse_field(FieldName::DayOfWeek, day_of_week, oddities)?,
    ];
    sort::by_key(oddities, |oddity| oddity.span);
    Ok(fields)
}

fn wrong_field_count(rest: Part<'_>) -> ExpressionError {
    let parts: Vec<_> = rest.words().collect();
    let list: Vec<_> = parts.iter().map(|part| part.text).collect();
    let server = format!("expected exactly 5 fields, found {}: [{}]", parts.len(), list.join(" "));
    let place = match (parts.get(5), parts.first(), parts.last()) {
        (Some(first), _, Some(last)) => first.span().cover(last.span()),
        (None, Some(first), Some(last)) => first.span().cover(last.span()),
        _ => rest.span(),
    };
    ExpressionError::new(ExpressionErrorKind::WrongFieldCount { found: parts.len() }, place, server)
}

fn note_odd_white_space(rest: Part<'_>, oddities: &mut Vec<Oddity>) {
    for (at, char) in rest.text.char_indices() {
        if char.is_whitespace() && !matches!(char, ' ' | '\t') {
            let start = rest.at + at;
            let kind = if char.is_ascii() { OddityKind::LineBreak } else { OddityKind::NonAsciiSpace(char) };
            oddities.push(Oddity { kind, span: span(start, start + char.len_utf8()) });
        }
    }
}

/// Reads one field's list of items.
pub(super) fn parse_field(
    name: FieldName,
    part: Part<'_>,
    oddities: &mut Vec<Oddity>,
) -> Result<Field, ExpressionError> {
    let mut field = Field { name, span: part.span(), items: Vec::with_capacity(1), values: 0, star: false };
    let mut empty = 0u32;
    for item in part.split(b',') {
        if item.text.is_empty() {
            empty += 1;
            continue;
        }
        let item = item::parse(name, item, oddities)?;
        field.values |= item.values;
        field.star |= item.star;
        field.items.push(item);
    }
    if empty > 0 {
        oddities.push(Oddity { kind: OddityKind::EmptyListItem { field: name }, span: field.span });
    }
    Ok(field)
}
