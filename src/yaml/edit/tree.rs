//! A document's values as a tree that can be changed: what an edit is meant to come to.

use std::collections::BTreeMap;

use crate::yaml::tape::EventKind;
use crate::yaml::{Document, Kind, Value, read};

/// Deeper documents are not edited: the tree is built and dropped by recursion.
const MAX_DEPTH: usize = 200;

#[derive(Debug, Clone, PartialEq)]
pub(super) enum Tree {
    /// A scalar as JSON.
    Scalar(String),
    List(Vec<Tree>),
    Map(BTreeMap<String, Tree>),
}

/// The way from the root to a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Step {
    Key(String),
    Index(usize),
}

impl Tree {
    pub(super) fn of(value: Value<'_>) -> Self {
        match value.kind() {
            Kind::Sequence => Self::List(value.items().map(Self::of).collect()),
            Kind::Mapping => {
                Self::Map(value.entries().map(|entry| (entry.key.to_owned(), Self::of(entry.value))).collect())
            }
            _ => {
                let mut json = String::new();
                read::write_json(value, &mut json);
                Self::Scalar(json)
            }
        }
    }

    pub(super) fn at(&mut self, path: &[Step]) -> Option<&mut Self> {
        path.iter().try_fold(self, |tree, step| match (tree, step) {
            (Self::List(items), Step::Index(index)) => items.get_mut(*index),
            (Self::Map(entries), Step::Key(key)) => entries.get_mut(key),
            _ => None,
        })
    }

    pub(super) fn map_at(&mut self, path: &[Step]) -> Option<&mut BTreeMap<String, Self>> {
        match self.at(path)? {
            Self::Map(entries) => Some(entries),
            _ => None,
        }
    }
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
pub(super) fn is_editable(document: &Document<'_>) -> bool {
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
