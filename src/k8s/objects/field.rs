//! A field with its bytes, and the types that its value is read as.

use crate::k8s::Index;
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

impl<'a, T> Field<'a, T> {
    /// The same field, read as something else.
    #[must_use]
    pub fn map<U>(self, read: impl FnOnce(T) -> U) -> Field<'a, U> {
        Field { value: read(self.value), key: self.key, span: self.span, raw: self.raw }
    }

    /// The place that stands for what it lacks: its key; an item's first key.
    #[must_use]
    pub fn start(&self) -> Span {
        if self.key == self.span { self.raw.first_key().unwrap_or(self.span) } else { self.key }
    }
}

/// A value with what is known of the fields in it.
#[derive(Debug, Clone, Copy)]
pub struct Node<'a> {
    /// The value.
    pub value: Value<'a>,
    /// Where the objects in it have their fields; without, each field is looked for.
    pub index: Option<&'a Index>,
}

impl<'a> Node<'a> {
    /// A value in this one.
    #[inline]
    pub(super) fn with(self, value: Value<'a>) -> Self {
        Self { value, ..self }
    }
}

impl<'a> From<Value<'a>> for Node<'a> {
    /// The value, of which nothing is known.
    fn from(value: Value<'a>) -> Self {
        Self { value, index: None }
    }
}

/// A type that a value can be read as.
pub trait FromNode<'a>: Sized {
    /// Reads the value; `None` where it has another type, or is null.
    fn from_node(node: Node<'a>) -> Option<Self>;

    /// What Go makes of a null item or map value: the type's zero value. (A null field is an absent one.)
    fn from_null(_null: Node<'a>) -> Option<Self> {
        None
    }
}

/// Reads an item of a list or a value of a map.
pub(super) fn element<'a, T: FromNode<'a>>(node: Node<'a>) -> Option<T> {
    let read = if node.value.is_null() { T::from_null(node) } else { T::from_node(node) };
    if read.is_none() {
        node.value.note_if_unknown();
    }
    read
}

impl<'a> FromNode<'a> for &'a str {
    #[inline]
    fn from_node(node: Node<'a>) -> Option<Self> {
        node.value.as_str()
    }

    fn from_null(_null: Node<'a>) -> Option<Self> {
        Some("")
    }
}

impl FromNode<'_> for bool {
    #[inline]
    fn from_node(node: Node<'_>) -> Option<Self> {
        if let Kind::Bool(value) = node.value.kind() { Some(value) } else { None }
    }

    fn from_null(_null: Node<'_>) -> Option<Self> {
        Some(false)
    }
}

impl FromNode<'_> for i64 {
    #[inline]
    fn from_node(node: Node<'_>) -> Option<Self> {
        if let Kind::Number(number) = node.value.kind() { number.as_i64() } else { None }
    }

    fn from_null(_null: Node<'_>) -> Option<Self> {
        Some(0)
    }
}

impl FromNode<'_> for i32 {
    #[inline]
    fn from_node(node: Node<'_>) -> Option<Self> {
        i64::from_node(node)?.try_into().ok()
    }

    fn from_null(_null: Node<'_>) -> Option<Self> {
        Some(0)
    }
}

impl<'a> FromNode<'a> for Value<'a> {
    #[inline]
    fn from_node(node: Node<'a>) -> Option<Self> {
        (!node.value.is_null()).then_some(node.value)
    }

    fn from_null(null: Node<'a>) -> Option<Self> {
        Some(null.value)
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

impl<'a> FromNode<'a> for IntOrString<'a> {
    #[inline]
    fn from_node(node: Node<'a>) -> Option<Self> {
        node.value.as_str().map(Self::String).or_else(|| i32::from_node(node).map(Self::Int))
    }

    fn from_null(_null: Node<'a>) -> Option<Self> {
        Some(Self::Int(0))
    }
}
