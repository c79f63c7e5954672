//! One item of a field's list: a range and a step.

use crate::schedule::go::{NumberError, atoi};
use crate::text::Span;

use super::error::{ExpressionError, ExpressionErrorKind as Kind, ItemPart};
use super::field_name::FieldName;
use super::oddity::{Oddity, OddityKind};
use super::part::{Part, span};

/// One item of a field's list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Item {
    /// Its bytes.
    pub span: Span,
    /// What stands before the slash.
    pub range: Range,
    /// What stands after the slash.
    pub step: Option<Step>,
    /// Whether it is a star that leaves the choice of days to the other day field: `*`, `?`, `*/1`.
    pub star: bool,
    /// A bit for each value that fits: bit 0 for value 0.
    pub values: u64,
}

/// What stands before the slash.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Range {
    /// `*` or `?`: all values.
    Star(Span),
    /// One value; with a step, from there to the highest.
    From(Number),
    /// From one value to another.
    Between(Number, Number),
}

/// A value and how it is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Number {
    /// The value, within the field's bounds.
    pub value: u8,
    /// Whether it is written as a name.
    pub named: bool,
    /// Its bytes.
    pub span: Span,
}

/// What stands after the slash.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Step {
    /// The distance between values, at least 1. It may be larger than the range.
    pub value: u64,
    /// Its bytes.
    pub span: Span,
}

impl Item {
    /// The lowest and the highest value that the range allows, before the step thins them.
    #[must_use]
    pub const fn bounds(&self, field: FieldName) -> (u8, u8) {
        match self.range {
            Range::Star(_) => (field.min(), field.max()),
            Range::From(number) if self.step.is_some() => (number.value, field.max()),
            Range::From(number) => (number.value, number.value),
            Range::Between(from, to) => (from.value, to.value),
        }
    }

    /// Whether the step goes beyond the range, so that only the first value is left.
    #[must_use]
    pub const fn step_exceeds_range(&self, field: FieldName) -> bool {
        let (low, high) = self.bounds(field);
        match self.step {
            Some(step) => step.value > (high - low) as u64,
            None => false,
        }
    }
}

/// A number before its bounds are checked.
#[derive(Clone, Copy)]
struct Parsed {
    value: u64,
    named: bool,
    span: Span,
}

/// Reads one item. The order of the checks is the server's: it decides which error is told.
pub(super) fn parse(name: FieldName, part: Part<'_>, oddities: &mut Vec<Oddity>) -> Result<Item, ExpressionError> {
    if part.text == "*" {
        let (span, values) = (part.span(), name.all_values());
        return Ok(Item { span, range: Range::Star(span), step: None, star: true, values });
    }
    let reader = Reader { name, whole: part };
    let mut slashed = part.split(b'/');
    let (range_part, step_part, third) = (slashed.next().unwrap_or(part), slashed.next(), slashed.next());
    let mut hyphened = range_part.split(b'-');
    let (start_part, end_part, extra) = (hyphened.next().unwrap_or(range_part), hyphened.next(), hyphened.next());

    let is_star = matches!(start_part.text, "*" | "?");
    let highest = Parsed { value: u64::from(name.max()), named: false, span: start_part.span() };
    let (start, mut end) = if is_star {
        (Parsed { value: u64::from(name.min()), ..highest }, highest)
    } else {
        let start = reader.number_or_name(start_part, ItemPart::Start)?;
        let end = match (end_part, extra) {
            (None, _) => start,
            (Some(end), None) => reader.number_or_name(end, ItemPart::End)?,
            (Some(_), Some(_)) => {
                return Err(reader.error(Kind::TooManyHyphens { field: name }, range_part.span(), "too many hyphens"));
            }
        };
        (start, end)
    };

    let step = match (step_part, third) {
        (None, _) => None,
        (Some(step), None) => Some(Step { value: reader.number(step, ItemPart::Step)?, span: step.span() }),
        (Some(_), Some(_)) => {
            return Err(reader.error(Kind::TooManySlashes { field: name }, part.span(), "too many slashes"));
        }
    };
    if step.is_some() && end_part.is_none() {
        end = highest;
    }
    reader.check_bounds(start, end, step)?;
    note_oddities(name, part, (start_part, end_part, step_part), oddities);

    let number = |parsed: Parsed| Number { value: parsed.value as u8, named: parsed.named, span: parsed.span };
    let range = match end_part {
        _ if is_star => Range::Star(start_part.span()),
        None => Range::From(number(start)),
        Some(_) => Range::Between(number(start), number(end)),
    };
    let stride = step.map_or(1, |step| step.value);
    let star = is_star && stride <= 1;
    Ok(Item { span: part.span(), range, step, star, values: bits(start.value, end.value, stride) })
}

/// Bits from `start` to `end` (both below 64) at distances of `step` (at least 1).
fn bits(start: u64, end: u64, step: u64) -> u64 {
    if step == 1 {
        return u64::MAX << start & u64::MAX >> (63 - end);
    }
    let (mut bits, mut value) = (0, start);
    while value <= end {
        bits |= 1 << value;
        value = value.saturating_add(step);
    }
    bits
}

struct Reader<'a> {
    name: FieldName,
    whole: Part<'a>,
}

impl Reader<'_> {
    fn error(&self, kind: Kind, place: Span, server: &str) -> ExpressionError {
        ExpressionError::new(kind, place, format!("{server}: {}", self.whole.text))
    }

    /// The place of `part`, or of the whole item where the part is empty.
    fn place(&self, part: Part<'_>) -> Span {
        if part.text.is_empty() { self.whole.span() } else { part.span() }
    }

    fn number_or_name(&self, part: Part<'_>, role: ItemPart) -> Result<Parsed, ExpressionError> {
        let named = value_of_name(self.name, part.text);
        let value = match named {
            Some(value) => value,
            None => self.number(part, role)?,
        };
        Ok(Parsed { value, named: named.is_some(), span: part.span() })
    }

    fn number(&self, part: Part<'_>, role: ItemPart) -> Result<u64, ExpressionError> {
        let (field, text) = (self.name, part.text);
        match atoi(text) {
            Ok(value) if value < 0 => {
                let server = format!("negative number ({value}) not allowed: {text}");
                Err(ExpressionError::new(Kind::Negative { field, part: role, value }, part.span(), server))
            }
            Ok(value) => Ok(value.unsigned_abs()),
            Err(error) => {
                let server = format!("failed to parse int from {text}: {}", error.text(text));
                let text = text.to_owned();
                let kind = match error {
                    NumberError::Syntax => Kind::NotANumber { field, part: role, text },
                    NumberError::Range => Kind::NumberTooLarge { field, part: role, text },
                };
                Err(ExpressionError::new(kind, self.place(part), server))
            }
        }
    }

    fn check_bounds(&self, start: Parsed, end: Parsed, step: Option<Step>) -> Result<(), ExpressionError> {
        let (field, min, max) = (self.name, u64::from(self.name.min()), u64::from(self.name.max()));
        if start.value < min {
            let server = format!("beginning of range ({}) below minimum ({min})", start.value);
            return Err(self.error(Kind::TooLow { field, value: start.value }, start.span, &server));
        }
        if end.value > max {
            let server = format!("end of range ({}) above maximum ({max})", end.value);
            return Err(self.error(Kind::TooHigh { field, value: end.value }, end.span, &server));
        }
        if start.value > end.value {
            let server = format!("beginning of range ({}) beyond end of range ({})", start.value, end.value);
            let (kind, place) = if start.value > max {
                (Kind::TooHigh { field, value: start.value }, start.span)
            } else {
                (Kind::Reversed { field, start: start.value as u8, end: end.value as u8 }, start.span.cover(end.span))
            };
            return Err(self.error(kind, place, &server));
        }
        match step {
            Some(Step { value: 0, span }) => {
                Err(self.error(Kind::ZeroStep { field }, span, "step of range should be a positive number"))
            }
            _ => Ok(()),
        }
    }
}

/// The value of a three-letter name in any case, under Go's lower-casing: two characters outside ASCII become ASCII.
fn value_of_name(field: FieldName, text: &str) -> Option<u64> {
    if text.starts_with(|char: char| char.is_ascii_digit()) {
        return None;
    }
    let lower = |char: char| match char {
        '\u{130}' => 'i',
        '\u{212a}' => 'k',
        _ => char.to_ascii_lowercase(),
    };
    let index = field.names().iter().position(|name| text.chars().map(lower).eq(name.chars()))?;
    Some(index as u64 + u64::from(field.min()))
}

fn note_oddities(
    field: FieldName,
    item: Part<'_>,
    (start, end, step): (Part<'_>, Option<Part<'_>>, Option<Part<'_>>),
    oddities: &mut Vec<Oddity>,
) {
    let mut note = |kind, span| oddities.push(Oddity { kind, span });
    let is_star = matches!(start.text, "*" | "?");
    if start.text == "?" {
        note(OddityKind::QuestionMark { field }, start.span());
    }
    if is_star && end.is_some() {
        let range_end = step.map_or(item.at + item.text.len(), |step| step.at - 1);
        note(OddityKind::IgnoredAfterStar { field }, span(start.at + start.text.len(), range_end));
    }
    let read = [Some(start), end.filter(|_| !is_star), step];
    for part in read.into_iter().flatten() {
        match part.text.bytes().next() {
            Some(b'+') => note(OddityKind::PlusSign { field }, part.span()),
            _ if !part.text.is_ascii() => note(OddityKind::NonAsciiName { field }, part.span()),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Expression, FieldName, OddityKind};
    use super::Range;

    #[test]
    fn what_an_item_spans_is_known_as_it_is_written() {
        let expression = Expression::parse("*/7,?/2,3/4,5,6-8/9 * * JAN-3 *").expect("accepted");
        let fields = expression.fields().expect("it has five");
        let items = |at: usize| fields[at].items.iter().map(move |item| (item.range, item.bounds(fields[at].name)));
        let told = items(0).chain(items(3)).map(|(range, bounds)| match range {
            Range::Star(_) => ("all", bounds, [false; 2]),
            Range::From(number) => ("from", bounds, [number.named; 2]),
            Range::Between(from, to) => ("between", bounds, [from.named, to.named]),
        });
        let expected = [
            ("all", (0, 59), [false; 2]),
            ("all", (0, 59), [false; 2]),
            ("from", (3, 59), [false; 2]),
            ("from", (5, 5), [false; 2]),
            ("between", (6, 8), [false; 2]),
            ("between", (1, 3), [true, false]),
        ];
        assert_eq!(told.collect::<Vec<_>>(), expected);
    }

    #[test]
    fn what_is_taken_by_accident_is_noted_with_its_bytes() {
        let noted = |text: &str| {
            let expression = Expression::parse(text).expect("accepted");
            expression.oddities().iter().map(|oddity| (oddity.kind, text[oddity.span.range()].to_owned())).collect()
        };
        let odd = |kind, text: &str| vec![(kind, text.to_owned())];
        let (minute, weekday): (_, Vec<_>) = (FieldName::Minute, noted("0 0 * * FRİ-SAT"));
        assert_eq!(weekday, odd(OddityKind::NonAsciiName { field: FieldName::DayOfWeek }, "FRİ"));
        assert_eq!(noted("+5 * * * *"), odd(OddityKind::PlusSign { field: minute }, "+5"));
        assert_eq!(noted("1-+5 * * * *"), odd(OddityKind::PlusSign { field: minute }, "+5"));
        assert_eq!(noted("? * * * *"), odd(OddityKind::QuestionMark { field: minute }, "?"));
        assert_eq!(noted("*-x * * * *"), odd(OddityKind::IgnoredAfterStar { field: minute }, "-x"));
        assert_eq!(noted("*-x/5 * * * *"), odd(OddityKind::IgnoredAfterStar { field: minute }, "-x"));
        assert_eq!(noted("0 0 * * FRI"), Vec::new());
    }
}
