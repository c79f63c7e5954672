//! A document's values as a tree that can be changed: what an edit is meant to come to.

use std::borrow::Cow;
use std::collections::BTreeMap;

use crate::yaml::tape::EventKind;
use crate::yaml::{Document, Entry, Kind, Value, read};

/// Deeper documents are not edited: the tree is built and dropped by recursion.
const MAX_DEPTH: usize = 200;

#[derive(Debug, Clone)]
pub(super) enum Tree<'a> {
    String(Cow<'a, str>),
    /// Another scalar as JSON.
    Scalar(String),
    List(Vec<Tree<'a>>),
    Map(BTreeMap<Cow<'a, str>, Tree<'a>>),
}

/// The way from the root to a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Step {
    Key(String),
    Index(usize),
}

impl<'a> Tree<'a> {
    pub(super) fn of(value: Value<'a>) -> Self {
        match value.kind() {
            Kind::Sequence => Self::List(value.items().map(Self::of).collect()),
            Kind::Mapping => {
                Self::Map(value.entries().map(|entry| (entry.key.into(), Self::of(entry.value))).collect())
            }
            Kind::String(text) => Self::String(text.into()),
            _ => Self::Scalar(json(value)),
        }
    }

    /// Whether the value is what the tree says.
    pub(super) fn is(&self, value: Value<'_>) -> bool {
        match (self, value.kind()) {
            (Self::String(text), Kind::String(other)) => text == other,
            (Self::List(items), Kind::Sequence) => {
                items.len() == value.items().len()
                    && items.iter().zip(value.items()).all(|(item, other)| item.is(other))
            }
            (Self::Map(entries), Kind::Mapping) => {
                let is_same = |other: Entry<'_>| entries.get(other.key).is_some_and(|entry| entry.is(other.value));
                entries.len() == value.entries().len() && value.entries().all(is_same)
            }
            (Self::Scalar(text), Kind::Null | Kind::Bool(_) | Kind::Number(_)) => *text == json(value),
            _ => false,
        }
    }

    pub(super) fn at(&mut self, path: &[Step]) -> Option<&mut Self> {
        path.iter().try_fold(self, |tree, step| match (tree, step) {
            (Self::List(items), Step::Index(index)) => items.get_mut(*index),
            (Self::Map(entries), Step::Key(key)) => entries.get_mut(key.as_str()),
            _ => None,
        })
    }

    pub(super) fn map_at(&mut self, path: &[Step]) -> Option<&mut BTreeMap<Cow<'a, str>, Self>> {
        match self.at(path)? {
            Self::Map(entries) => Some(entries),
            _ => None,
        }
    }
}

fn json(value: Value<'_>) -> String {
    let mut json = String::new();
    read::write_json(value, &mut json);
    json
}

/// The way to a value; `None` where an alias or a merge leads there.
pub(super) fn path_of(value: Value<'_>) -> Option<Vec<Step>> {
    let mut path = Vec::new();
    let mut current = value;
    while let Some(parent) = current.parent() {
        let entry = parent.entries().find(|entry| entry.value.place() == current.place());
        let item = || parent.items().position(|item| item.place() == current.place());
        path.push(match entry {
            Some(entry) => Step::Key(entry.key.to_owned()),
            None => Step::Index(item()?),
        });
        current = parent;
    }
    path.reverse();
    Some(path)
}

/// Whether a document is flat enough to become a tree.
pub(super) fn is_editable(document: &Document) -> bool {
    let mut depth = 0_usize;
    document.complete
        && document.events.own().all(|(_, event)| {
            match event.kind {
                EventKind::SequenceStart | EventKind::MappingStart => depth += 1,
                EventKind::End => depth = depth.saturating_sub(1),
                // What an alias stands for may be deep itself, so that no alias is followed twice over.
                EventKind::Alias => depth += 1,
                _ => {}
            }
            depth < MAX_DEPTH
        })
}
