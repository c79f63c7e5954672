//! What views stand on: a mapping whose fields have been found, or are looked for.

use std::sync::LazyLock;

use super::{Field, FromNode, Node};
use crate::k8s::index::Record;
use crate::k8s::schema::number_of;
use crate::text::Span;
use crate::yaml::{self, Key, Value};

/// A mapping that views read their fields from.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Object<'a> {
    node: Node<'a>,
    /// Where the index has it; `None` where no walk led to it.
    record: Option<Record>,
    /// A bit for the number of each field that may be there.
    present: u64,
}

/// The name of a field, with all that finds it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct FieldKey {
    number: u8,
    key: Key<'static>,
}

impl FieldKey {
    pub(super) const fn new(text: &'static str) -> Self {
        Self { number: number_of(text), key: Key::new(text) }
    }
}

impl<'a> Object<'a> {
    #[inline]
    pub(super) fn new(node: Node<'a>) -> Self {
        match node.index.and_then(|index| index.record(node.value)) {
            Some((record, present)) => Self { node, record: Some(record), present },
            None => Self { node, record: None, present: u64::MAX },
        }
    }

    pub(super) fn absent() -> Self {
        Self { node: Node { value: empty_mapping(), index: None }, record: None, present: 0 }
    }

    pub(super) fn node(&self) -> Node<'a> {
        self.node
    }

    /// Reads a field. Most of what validation asks for is not there.
    #[inline]
    pub(super) fn field<T: FromNode<'a>>(&self, name: FieldKey) -> Option<Field<'a, T>> {
        if self.present & 1 << name.number == 0 { None } else { read(self, name) }
    }

    /// Whether it may have one of these fields.
    #[inline]
    pub(super) fn has_any(&self, fields: u64) -> bool {
        self.present & fields != 0
    }

    #[inline]
    fn find(&self, name: FieldKey) -> Option<(Span, Value<'a>)> {
        match (self.node.index, self.record) {
            (Some(index), Some(record)) => self.node.value.entry_at(index.place(record, name.number)?, name.key),
            _ => self.look_for(name.key),
        }
    }

    #[cold]
    fn look_for(&self, key: Key<'_>) -> Option<(Span, Value<'a>)> {
        self.node.value.find(key).map(|entry| (entry.key_span, entry.value))
    }
}

#[inline(never)]
fn read<'a, T: FromNode<'a>>(object: &Object<'a>, name: FieldKey) -> Option<Field<'a, T>> {
    let (key, raw) = object.find(name)?;
    let Some(value) = T::from_node(object.node.with(raw)) else {
        raw.note_if_unknown();
        return None;
    };
    Some(Field { value, key, span: raw.span(), raw })
}

/// The bits of some fields of one type, by their names. It is slow: call it in a `const`.
#[must_use]
pub const fn bits(fields: &[&str]) -> u64 {
    let (mut bits, mut at) = (0, 0);
    while at < fields.len() {
        bits |= 1 << number_of(fields[at]);
        at += 1;
    }
    bits
}

/// A mapping of no document, without entries.
pub(super) fn empty_mapping() -> Value<'static> {
    static EMPTY: LazyLock<yaml::File> = LazyLock::new(|| yaml::parse("{}"));
    EMPTY.documents.first().and_then(yaml::Document::root).expect("`{}` is a document")
}

/// Declares views: `Name { field: Type = "fieldName", … }` makes a struct over a mapping with one method a field, and one
/// on its [`Slots`](crate::k8s::objects::Slots).
macro_rules! objects {
    ($($(#[$about:meta])* $name:ident { $($(#[$doc:meta])* $field:ident: $kind:ty = $key:literal,)* })*) => { $(
        $(#[$about])*
        #[derive(Debug, Clone, Copy)]
        pub struct $name<'a>($crate::k8s::objects::object::Object<'a>);

        impl<'a> $crate::k8s::objects::FromNode<'a> for $name<'a> {
            #[inline]
            fn from_node(node: $crate::k8s::objects::Node<'a>) -> Option<Self> {
                node.value.is_mapping().then(|| Self::new(node))
            }

            fn from_null(null: $crate::k8s::objects::Node<'a>) -> Option<Self> {
                Some(Self::new(null))
            }
        }

        impl<'a> $name<'a> {
            #[inline]
            fn new(node: $crate::k8s::objects::Node<'a>) -> Self {
                Self($crate::k8s::objects::object::Object::new(node))
            }

            /// An object without any field, for one that is left out.
            #[must_use]
            pub fn absent() -> Self {
                Self($crate::k8s::objects::object::Object::absent())
            }

            /// The mapping itself.
            #[must_use]
            pub fn raw(&self) -> $crate::yaml::Value<'a> {
                self.0.node().value
            }

            /// Where its fields stand, or would stand.
            #[must_use]
            #[inline]
            pub fn slots(&self) -> $crate::k8s::objects::Slots<Self> {
                $crate::k8s::objects::Slots(*self)
            }

            /// Whether it may have one of the fields with these [`bits`](crate::k8s::objects::bits).
            #[must_use]
            #[inline]
            pub fn has_any(&self, fields: u64) -> bool {
                self.0.has_any(fields)
            }
            $(
                $(#[$doc])*
                #[doc = concat!("The field `", $key, "`.")]
                #[must_use]
                #[inline]
                pub fn $field(&self) -> Option<$crate::k8s::objects::Field<'a, $kind>> {
                    const FIELD: $crate::k8s::objects::object::FieldKey =
                        $crate::k8s::objects::object::FieldKey::new($key);
                    self.0.field(FIELD)
                }
            )*
        }

        impl<'a> $crate::k8s::objects::Slots<$name<'a>> {
            $(
                #[doc = concat!("The field `", $key, "`.")]
                #[must_use]
                #[inline]
                pub fn $field(&self) -> $crate::k8s::objects::Slot<'a> {
                    $crate::k8s::objects::Slot::new(self.0.raw(), $key)
                }
            )*
        }
    )* };
}
pub(super) use objects;
