//! Where a field stands in its object, or would stand: what tells an absent field from one that cannot be read.

use crate::yaml::{Change, Entry, New, Value};

/// The slots of an object, one for each field of its type.
#[derive(Debug, Clone, Copy)]
pub struct Slots<T>(pub(super) T);

/// A field's slot in its object: empty, or filled with anything at all.
#[derive(Debug, Clone, Copy)]
pub struct Slot<'a> {
    object: Value<'a>,
    name: &'static str,
}

impl<'a> Slot<'a> {
    #[inline]
    pub(super) fn new(object: Value<'a>, name: &'static str) -> Self {
        Self { object, name }
    }

    /// The field's name.
    #[must_use]
    pub fn name(self) -> &'static str {
        self.name
    }

    /// What is written there, a null as well.
    #[must_use]
    pub fn entry(self) -> Option<Entry<'a>> {
        self.object.get(self.name)
    }

    /// Whether the object has the field, if only with a value of another type; a null is none.
    #[must_use]
    pub fn is_set(self) -> bool {
        self.entry().is_some_and(|entry| !entry.value.is_null())
    }

    /// Whether nobody knows what is written there, or if something is.
    #[must_use]
    pub fn is_unknown(self) -> bool {
        self.entry().map_or(self.object.is_open(), |entry| entry.value.is_unknown())
    }

    /// Takes the field out; `None` where there is nothing to take.
    #[must_use]
    pub fn remove(self) -> Option<Change> {
        self.entry().map(|entry| self.object.remove(entry))
    }

    /// Puts a field that is absent before all others; `None` where something is written.
    #[must_use]
    pub fn insert_first(self, new: New<'_>) -> Option<Change> {
        self.entry().is_none().then(|| self.object.insert_first(self.name, new))
    }

    /// Puts a field that is absent before another one of the object; `None` where something is written, or the other is
    /// absent too.
    #[must_use]
    pub fn insert_before(self, other: Self, new: New<'_>) -> Option<Change> {
        let sibling = other.entry().filter(|_| self.entry().is_none())?;
        Some(self.object.insert_before(sibling, self.name, new))
    }
}
