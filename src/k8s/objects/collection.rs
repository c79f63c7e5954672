//! Lists and maps of the API.

use std::marker::PhantomData;

use super::field::element;
use super::{Field, FromNode, Node};
use crate::yaml::{Entries, Entry, Items};

/// A list whose items are read as `T`.
#[derive(Debug)]
pub struct List<'a, T> {
    node: Node<'a>,
    item: PhantomData<T>,
}

impl<T> Clone for List<'_, T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for List<'_, T> {}

impl<'a, T> FromNode<'a> for List<'a, T> {
    #[inline]
    fn from_node(node: Node<'a>) -> Option<Self> {
        node.value.is_sequence().then_some(Self { node, item: PhantomData })
    }
}

impl<'a, T: FromNode<'a>> List<'a, T> {
    /// The items with their places in the list; one that cannot be read as `T` is left out.
    pub fn iter(self) -> ListItems<'a, T> {
        ListItems { items: Some((self.node, self.node.value.items())), next: 0, item: PhantomData }
    }

    /// How many items there are.
    #[must_use]
    pub fn len(self) -> usize {
        self.node.value.items().len()
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
    node: Node<'a>,
    item: PhantomData<T>,
}

impl<T> Clone for Map<'_, T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Map<'_, T> {}

impl<'a, T> FromNode<'a> for Map<'a, T> {
    #[inline]
    fn from_node(node: Node<'a>) -> Option<Self> {
        node.value.is_mapping().then_some(Self { node, item: PhantomData })
    }
}

impl<'a, T: FromNode<'a>> Map<'a, T> {
    /// The keys with their values; one that cannot be read as `T` is left out.
    pub fn iter(self) -> MapEntries<'a, T> {
        MapEntries { entries: Some((self.node, self.node.value.entries())), item: PhantomData }
    }

    /// The value of a key.
    #[must_use]
    pub fn get(self, key: &str) -> Option<Field<'a, T>> {
        self.node.value.get(key).and_then(|entry| map_value(self.node, entry))
    }

    /// The value of an entry of this map.
    #[must_use]
    pub fn read(self, entry: Entry<'a>) -> Option<Field<'a, T>> {
        map_value(self.node, entry)
    }

    /// How many keys there are.
    #[must_use]
    pub fn len(self) -> usize {
        self.node.value.entries().len()
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
    items: Option<(Node<'a>, Items<'a>)>,
    next: usize,
    item: PhantomData<T>,
}

impl<'a, T: FromNode<'a>> Iterator for ListItems<'a, T> {
    type Item = (usize, Field<'a, T>);

    fn next(&mut self) -> Option<Self::Item> {
        let (list, items) = self.items.as_mut()?;
        loop {
            let (raw, index) = (items.next()?, self.next);
            self.next += 1;
            let span = raw.span();
            let key = raw.first_key().unwrap_or(span);
            if let Some(value) = element(list.with(raw)) {
                return Some((index, Field { value, key, span, raw }));
            }
        }
    }
}

/// The entries of a map; see [`Map::iter`].
#[derive(Debug)]
pub struct MapEntries<'a, T> {
    entries: Option<(Node<'a>, Entries<'a>)>,
    item: PhantomData<T>,
}

impl<'a, T: FromNode<'a>> Iterator for MapEntries<'a, T> {
    type Item = (&'a str, Field<'a, T>);

    fn next(&mut self) -> Option<Self::Item> {
        let (map, entries) = self.entries.as_mut()?;
        loop {
            let entry = entries.next()?;
            if let Some(value) = map_value(*map, entry) {
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

impl<'a, T: FromNode<'a>> Each for Option<Field<'a, List<'a, T>>> {
    type Iter = ListItems<'a, T>;

    #[inline]
    fn each(self) -> Self::Iter {
        let items = self.map(|list| (list.value.node, list.value.node.value.items()));
        ListItems { items, next: 0, item: PhantomData }
    }
}

impl<'a, T: FromNode<'a>> Each for Option<Field<'a, Map<'a, T>>> {
    type Iter = MapEntries<'a, T>;

    #[inline]
    fn each(self) -> Self::Iter {
        let entries = self.map(|map| (map.value.node, map.value.node.value.entries()));
        MapEntries { entries, item: PhantomData }
    }
}

fn map_value<'a, T: FromNode<'a>>(map: Node<'a>, entry: Entry<'a>) -> Option<Field<'a, T>> {
    let value = element(map.with(entry.value))?;
    Some(Field { value, key: entry.key_span, span: entry.value.span(), raw: entry.value })
}
