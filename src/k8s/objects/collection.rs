//! Lists and maps of the API.

use std::collections::HashMap;
use std::marker::PhantomData;

use super::field::element;
use super::{Field, FromValue};
use crate::yaml::{Entries, Entry, Items, Value};

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
    #[inline]
    fn from_value(value: Value<'a>) -> Option<Self> {
        value.is_sequence().then_some(Self { value, item: PhantomData })
    }
}

impl<'a, T: FromValue<'a>> List<'a, T> {
    /// The items with their places in the list; one that cannot be read as `T` is left out.
    pub fn iter(self) -> ListItems<'a, T> {
        ListItems { items: Some(self.value.items()), index: 0, item: PhantomData }
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
    #[inline]
    fn from_value(value: Value<'a>) -> Option<Self> {
        value.is_mapping().then_some(Self { value, item: PhantomData })
    }
}

impl<'a, T: FromValue<'a>> Map<'a, T> {
    /// The keys with their values; one that cannot be read as `T` is left out.
    pub fn iter(self) -> MapEntries<'a, T> {
        MapEntries { entries: Some(self.value.entries()), item: PhantomData }
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

/// The items of a list; see [`List::iter`].
#[derive(Debug)]
pub struct ListItems<'a, T> {
    items: Option<Items<'a>>,
    index: usize,
    item: PhantomData<T>,
}

impl<'a, T: FromValue<'a>> Iterator for ListItems<'a, T> {
    type Item = (usize, Field<'a, T>);

    fn next(&mut self) -> Option<Self::Item> {
        let items = self.items.as_mut()?;
        loop {
            let (raw, index) = (items.next()?, self.index);
            self.index += 1;
            let span = raw.span();
            let key = raw.first_key().unwrap_or(span);
            if let Some(value) = element(raw) {
                return Some((index, Field { value, key, span, raw }));
            }
        }
    }
}

/// The entries of a map; see [`Map::iter`].
#[derive(Debug)]
pub struct MapEntries<'a, T> {
    entries: Option<Entries<'a>>,
    item: PhantomData<T>,
}

impl<'a, T: FromValue<'a>> Iterator for MapEntries<'a, T> {
    type Item = (&'a str, Field<'a, T>);

    fn next(&mut self) -> Option<Self::Item> {
        let entries = self.entries.as_mut()?;
        loop {
            let entry = entries.next()?;
            if let Some(value) = map_value(entry) {
                return Some((entry.key, value));
            }
        }
    }
}

/// A field that holds several, and that may be left out.
pub trait Each {
    /// Goes through what it holds.
    type Iter: Iterator;

    /// Each of what it holds: none, where it is left out.
    fn each(self) -> Self::Iter;
}

impl<'a, T: FromValue<'a>> Each for Option<Field<'a, List<'a, T>>> {
    type Iter = ListItems<'a, T>;

    #[inline]
    fn each(self) -> Self::Iter {
        ListItems { items: self.map(|list| list.value.value.items()), index: 0, item: PhantomData }
    }
}

impl<'a, T: FromValue<'a>> Each for Option<Field<'a, Map<'a, T>>> {
    type Iter = MapEntries<'a, T>;

    #[inline]
    fn each(self) -> Self::Iter {
        MapEntries { entries: self.map(|map| map.value.value.entries()), item: PhantomData }
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
