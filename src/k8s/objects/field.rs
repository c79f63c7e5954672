//! One field: its value and its bytes.

use crate::text::Span;
use crate::yaml::{Kind, Value};

/// A field that is present, with its bytes.
#[derive(Debug, Clone, Copy)]
pub struct Field<'a, T> {
    /// What it holds.
    pub value: T,
    /// The key's bytes; for an item of a list, those of its first key, or else the item's.
    pub key: Span,
    /// The value's bytes.
    pub span: Span,
    /// The value as written.
    pub raw: Value<'a>,
}

impl<T> Field<'_, T> {
    /// The place that stands for what it lacks: its key; an item's first key.
    #[must_use]
    pub fn start(&self) -> Span {
        if self.key == self.span { self.raw.first_key().unwrap_or(self.span) } else { self.key }
    }
}

/// A type that a value can be read as.
pub trait FromValue<'a>: Sized {
    /// Reads the value; `None` where it has another type, or is null.
    fn from_value(value: Value<'a>) -> Option<Self>;

    /// What Go makes of a null item or map value: the type's zero value. (A null field is an absent one.)
    fn from_null(_null: Value<'a>) -> Option<Self> {
        None
    }
}

/// Reads an item of a list or a value of a map.
pub(super) fn element<'a, T: FromValue<'a>>(value: Value<'a>) -> Option<T> {
    if value.is_null() { T::from_null(value) } else { T::from_value(value) }
}

impl<'a> FromValue<'a> for &'a str {
    #[inline]
    fn from_value(value: Value<'a>) -> Option<Self> {
        value.as_str()
    }

    fn from_null(_null: Value<'a>) -> Option<Self> {
        Some("")
    }
}

impl FromValue<'_> for bool {
    #[inline]
    fn from_value(value: Value<'_>) -> Option<Self> {
        if let Kind::Bool(value) = value.kind() { Some(value) } else { None }
    }

    fn from_null(_null: Value<'_>) -> Option<Self> {
        Some(false)
    }
}

impl FromValue<'_> for i64 {
    #[inline]
    fn from_value(value: Value<'_>) -> Option<Self> {
        if let Kind::Number(number) = value.kind() { number.as_i64() } else { None }
    }

    fn from_null(_null: Value<'_>) -> Option<Self> {
        Some(0)
    }
}

impl FromValue<'_> for i32 {
    #[inline]
    fn from_value(value: Value<'_>) -> Option<Self> {
        i64::from_value(value)?.try_into().ok()
    }

    fn from_null(_null: Value<'_>) -> Option<Self> {
        Some(0)
    }
}

impl<'a> FromValue<'a> for Value<'a> {
    #[inline]
    fn from_value(value: Value<'a>) -> Option<Self> {
        (!value.is_null()).then_some(value)
    }

    fn from_null(null: Value<'a>) -> Option<Self> {
        Some(null)
    }
}

/// A port or percentage: a whole number or a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum IntOrString<'a> {
    /// A number.
    Int(i32),
    /// A text.
    String(&'a str),
}

impl<'a> FromValue<'a> for IntOrString<'a> {
    #[inline]
    fn from_value(value: Value<'a>) -> Option<Self> {
        value.as_str().map(Self::String).or_else(|| i32::from_value(value).map(Self::Int))
    }

    fn from_null(_null: Value<'a>) -> Option<Self> {
        Some(Self::Int(0))
    }
}
