use std::collections::HashMap;
use std::marker::PhantomData;
use std::sync::LazyLock;

use crate::text::Span;
use crate::yaml::{self, Entry, Key, Kind, Value};

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
fn element<'a, T: FromValue<'a>>(value: Value<'a>) -> Option<T> {
    if value.is_null() { T::from_null(value) } else { T::from_value(value) }
}

impl<'a> FromValue<'a> for &'a str {
    fn from_value(value: Value<'a>) -> Option<Self> {
        value.as_str()
    }

    fn from_null(_null: Value<'a>) -> Option<Self> {
        Some("")
    }
}

impl FromValue<'_> for bool {
    fn from_value(value: Value<'_>) -> Option<Self> {
        if let Kind::Bool(value) = value.kind() { Some(value) } else { None }
    }

    fn from_null(_null: Value<'_>) -> Option<Self> {
        Some(false)
    }
}

impl FromValue<'_> for i64 {
    fn from_value(value: Value<'_>) -> Option<Self> {
        if let Kind::Number(number) = value.kind() { number.as_i64() } else { None }
    }

    fn from_null(_null: Value<'_>) -> Option<Self> {
        Some(0)
    }
}

impl FromValue<'_> for i32 {
    fn from_value(value: Value<'_>) -> Option<Self> {
        i64::from_value(value)?.try_into().ok()
    }

    fn from_null(_null: Value<'_>) -> Option<Self> {
        Some(0)
    }
}

impl<'a> FromValue<'a> for Value<'a> {
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
    fn from_value(value: Value<'a>) -> Option<Self> {
        value.as_str().map(Self::String).or_else(|| i32::from_value(value).map(Self::Int))
    }

    fn from_null(_null: Value<'a>) -> Option<Self> {
        Some(Self::Int(0))
    }
}

/// A list whose items are read as `T`.
#[derive(Debug)]
pub struct List<'a, T> {
    value: Value<'a>,
    item: PhantomData<T>,
}

impl<T> Clone for List<'_, T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for List<'_, T> {}

impl<'a, T> FromValue<'a> for List<'a, T> {
    fn from_value(value: Value<'a>) -> Option<Self> {
        value.is_sequence().then_some(Self { value, item: PhantomData })
    }
}

impl<'a, T: FromValue<'a>> List<'a, T> {
    /// The items with their places in the list; one that cannot be read as `T` is left out.
    pub fn iter(self) -> impl Iterator<Item = (usize, Field<'a, T>)> {
        self.value.items().enumerate().filter_map(|(index, raw)| {
            let span = raw.span();
            let key = raw.first_key().unwrap_or(span);
            Some((index, Field { value: element(raw)?, key, span, raw }))
        })
    }

    /// How many items there are.
    #[must_use]
    pub fn len(self) -> usize {
        self.value.items().len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.len() == 0
    }
}

/// A map from any key to a `T` (labels, limits).
#[derive(Debug)]
pub struct Map<'a, T> {
    value: Value<'a>,
    item: PhantomData<T>,
}

impl<T> Clone for Map<'_, T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Map<'_, T> {}

impl<'a, T> FromValue<'a> for Map<'a, T> {
    fn from_value(value: Value<'a>) -> Option<Self> {
        value.is_mapping().then_some(Self { value, item: PhantomData })
    }
}

impl<'a, T: FromValue<'a>> Map<'a, T> {
    /// The keys with their values; one that cannot be read as `T` is left out.
    pub fn iter(self) -> impl Iterator<Item = (&'a str, Field<'a, T>)> {
        self.value.entries().filter_map(|entry| Some((entry.key, map_value(entry)?)))
    }

    /// The value of a key.
    #[must_use]
    pub fn get(self, key: &str) -> Option<Field<'a, T>> {
        self.value.get(key).and_then(map_value)
    }

    /// The value of an entry of this map.
    #[must_use]
    pub fn read(self, entry: Entry<'a>) -> Option<Field<'a, T>> {
        map_value(entry)
    }

    /// The map, to be asked for many keys.
    #[must_use]
    pub fn index(self) -> Index<'a, T> {
        const FEW: usize = 16;
        let many = (self.len() > FEW).then(|| self.value.entries().map(|entry| (entry.key, entry)).collect());
        Index { map: self, many }
    }

    /// How many keys there are.
    #[must_use]
    pub fn len(self) -> usize {
        self.value.entries().len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.len() == 0
    }
}

/// A map that finds its keys quickly however many there are.
#[derive(Debug)]
pub struct Index<'a, T> {
    map: Map<'a, T>,
    /// Set where looking through all of them would be slow.
    many: Option<HashMap<&'a str, Entry<'a>>>,
}

impl<'a, T: FromValue<'a>> Index<'a, T> {
    /// The value of a key.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<Field<'a, T>> {
        match &self.many {
            Some(many) => many.get(key).and_then(|entry| map_value(*entry)),
            None => self.map.get(key),
        }
    }
}

fn map_value<'a, T: FromValue<'a>>(entry: Entry<'a>) -> Option<Field<'a, T>> {
    let value = element(entry.value)?;
    Some(Field { value, key: entry.key_span, span: entry.value.span(), raw: entry.value })
}

/// Reads a mapping's entry as a field, where there is one.
#[inline(never)]
pub(super) fn field<'a, T: FromValue<'a>>(object: Value<'a>, key: Key<'static>) -> Option<Field<'a, T>> {
    let entry = object.entry(key)?;
    let value = T::from_value(entry.value)?;
    Some(Field { value, key: entry.key_span, span: entry.value.span(), raw: entry.value })
}

/// A mapping of no document, without entries.
pub(super) fn empty_mapping() -> Value<'static> {
    static EMPTY: LazyLock<yaml::File<'static>> = LazyLock::new(|| yaml::parse("{}"));
    EMPTY.documents.first().and_then(yaml::Document::root).expect("`{}` is a document")
}

/// Declares views: `Name { field: Type = "fieldName", … }` makes a struct over a mapping with one method a field.
macro_rules! objects {
    ($($(#[$about:meta])* $name:ident { $($(#[$doc:meta])* $field:ident: $kind:ty = $key:literal,)* })*) => { $(
        $(#[$about])*
        #[derive(Debug, Clone, Copy)]
        pub struct $name<'a>(pub(crate) $crate::yaml::Value<'a>);

        impl<'a> $crate::k8s::objects::FromValue<'a> for $name<'a> {
            fn from_value(value: $crate::yaml::Value<'a>) -> Option<Self> {
                value.is_mapping().then_some(Self(value))
            }

            fn from_null(null: $crate::yaml::Value<'a>) -> Option<Self> {
                Some(Self(null))
            }
        }

        impl<'a> $name<'a> {
            /// An object without any field, for one that is left out.
            #[must_use]
            pub fn absent() -> Self {
                Self($crate::k8s::objects::field::empty_mapping())
            }

            /// The mapping itself.
            #[must_use]
            pub fn raw(self) -> $crate::yaml::Value<'a> {
                self.0
            }
            $(
                $(#[$doc])*
                #[doc = concat!("The field `", $key, "`.")]
                #[must_use]
                #[inline]
                pub fn $field(self) -> Option<$crate::k8s::objects::Field<'a, $kind>> {
                    const KEY: $crate::yaml::Key<'static> = $crate::yaml::Key::new($key);
                    if self.0.may_have(KEY) { $crate::k8s::objects::field::field(self.0, KEY) } else { None }
                }
            )*
        }
    )* };
}
pub(super) use objects;
