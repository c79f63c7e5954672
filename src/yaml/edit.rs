//! Changes of a file that keep its style: indentation, brackets, quotes, line endings, comments. A [`Change`] is data;
//! [`resolve`] makes edits of it and proves them.

mod again;
mod entry;
mod lines;
mod moved;
mod overlay;
mod plan;
mod proof;
mod round;
mod scalar;
mod structure;
mod text;

use std::ops::Range;

pub use proof::resolve;
pub use scalar::New;

use scalar::Scalar;

use super::{Entry, Value};
use crate::text::{Edit, Span};

/// A change of a file, as data: cheap to make, to keep and to compare. It names values by their numbers within the
/// file, so it is for the file that it was made from.
///
/// Whether it can be made is seen when [`resolve`] is asked for its edits.
#[derive(Debug, Clone, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
pub struct Change(Step);

#[derive(Debug, Clone, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
enum Step {
    Remove(Place),
    Rename(Place, String),
    /// The event where a scalar stands, and what is to stand there.
    Set(u32, Scalar),
    /// The event of a string, a part of its text, and what is to stand in the place of that.
    Splice(u32, Range<usize>, String),
    Insert {
        mapping: u32,
        beside: Beside,
        key: String,
        new: Scalar,
    },
    /// What moves, and what is taken out for it: the same, or the outermost entry that would be left empty.
    Move {
        from: Place,
        goes: Place,
        to: u32,
        through: Vec<String>,
    },
    Text(Vec<Edit>),
    All(Vec<Step>),
}

/// An entry: the events of its mapping and of its key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
struct Place {
    mapping: u32,
    key: u32,
}

/// Where a new key stands in its mapping: by the events of the keys that are there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
enum Beside {
    First,
    Before(u32),
    Behind(u32),
}

impl Change {
    /// Other text in the place of bytes, for what is no value: text that cannot be read, byte order marks, separators.
    ///
    /// Of edits in a document with errors it is proved that it has fewer of them, or as many and the first one further
    /// on, behind the edits; and that what was understood before the first edit is read as before. Of edits in one
    /// without, that it has none afterwards, no more keys twice, and the same values but for scalars that an edit
    /// touches. Of edits elsewhere, that of the file's documents, which are as many, and that there are no more errors.
    #[must_use]
    pub fn text(edits: Vec<Edit>) -> Self {
        Self(Step::Text(edits))
    }

    /// Several changes of one document's values, made together or not at all.
    #[must_use]
    pub fn all(changes: impl IntoIterator<Item = Self>) -> Self {
        Self(Step::All(changes.into_iter().map(|change| change.0).collect()))
    }
}

fn owned(keys: &[&str]) -> Vec<String> {
    keys.iter().map(|key| (*key).to_owned()).collect()
}

impl<'a> Value<'a> {
    /// Takes a key with its value out of this mapping, and with the comment beside it; comments above it stay. The only
    /// key of a mapping stays.
    #[must_use]
    pub fn remove(self, entry: Entry<'_>) -> Change {
        Change(Step::Remove(self.place_of(entry)))
    }

    /// Gives a key of this mapping another name, in the same quotes if it has some.
    #[must_use]
    pub fn rename(self, entry: Entry<'_>, name: impl Into<String>) -> Change {
        Change(Step::Rename(self.place_of(entry), name.into()))
    }

    /// Puts another scalar in the place of this one, in the same style if that can hold it.
    #[must_use]
    pub fn set(self, new: New<'_>) -> Change {
        Change(Step::Set(self.place, new.into()))
    }

    /// Puts another text in the place of a part of this string, which is counted in bytes of the string as read. The
    /// rest stays as it is written, if the whole can be written so.
    #[must_use]
    pub fn splice(self, part: Range<usize>, text: impl Into<String>) -> Change {
        Change(Step::Splice(self.place, part, text.into()))
    }

    /// Puts a new key before all others of this mapping.
    #[must_use]
    pub fn insert_first(self, key: impl Into<String>, new: New<'_>) -> Change {
        self.insert(Beside::First, key.into(), new)
    }

    /// Puts a new key before one of this mapping's own.
    #[must_use]
    pub fn insert_before(self, sibling: Entry<'_>, key: impl Into<String>, new: New<'_>) -> Change {
        self.insert(Beside::Before(sibling.place), key.into(), new)
    }

    /// Puts a new key behind one of this mapping's own.
    #[must_use]
    pub fn insert_after(self, sibling: Entry<'_>, key: impl Into<String>, new: New<'_>) -> Change {
        self.insert(Beside::Behind(sibling.place), key.into(), new)
    }

    /// Moves a key with its value and its comments from this mapping to the start of another one of the same document.
    /// `new` are keys to make on the way, for what the other mapping does not have yet. The only key of a mapping
    /// stays.
    #[must_use]
    pub fn move_to(self, entry: Entry<'_>, target: Value<'_>, new: &[&str]) -> Change {
        let from = self.place_of(entry);
        Change(Step::Move { from, goes: from, to: target.node, through: owned(new) })
    }

    /// The same for a key that may be the only one: the mappings that it leaves empty go with it.
    #[must_use]
    pub fn move_out_to(self, entry: Entry<'_>, target: Value<'_>, new: &[&str]) -> Change {
        let from = self.place_of(entry);
        let (mut mapping, mut goes) = (self, from);
        while mapping.entries().len() == 1
            && let Some(outer) = mapping.parent().filter(|outer| outer.is_mapping())
            && let Some(entry) = outer.entries().find(|entry| entry.value.place == mapping.place)
        {
            (goes, mapping) = (outer.place_of(entry), outer);
        }
        Change(Step::Move { from, goes, to: target.node, through: owned(new) })
    }

    fn insert(self, beside: Beside, key: String, new: New<'_>) -> Change {
        Change(Step::Insert { mapping: self.node, beside, key, new: new.into() })
    }

    fn place_of(self, entry: Entry<'_>) -> Place {
        Place { mapping: self.node, key: entry.place }
    }

    /// The comment on the line where this value ends: its bytes, and its text from the `#` on.
    #[must_use]
    pub fn comment_beside(self) -> Option<(Span, &'a str)> {
        let end = self.span().end as usize;
        let rest = self.document.text().get(end..)?;
        let comment = rest.trim_start_matches([' ', '\t']);
        // The line may be the whole file: its end is looked for only where a comment starts.
        if !comment.starts_with('#') || comment.len() == rest.len() {
            return None;
        }
        let start = u32::try_from(end + rest.len() - comment.len()).ok()?;
        let comment = comment.lines().next()?.trim_end();
        Some((Span::new(start, start + u32::try_from(comment.len()).ok()?), comment))
    }

    /// The comments right above the line of this value's key, in the key's column: their bytes from the first `#` on, and
    /// their text.
    #[must_use]
    pub fn comments_above(self, key: Span) -> Option<(Span, &'a str)> {
        let (text, at) = (self.document.text(), key.start as usize);
        // The line may be the whole file: only over blanks is its start looked for.
        let line = text.get(..at)?.trim_end_matches(' ').len();
        let is_first = line == 0 || text.as_bytes()[line - 1] == b'\n';
        let lead = text.get(line..at).filter(|_| is_first)?;
        let first = entry::comments_above(text, line, lead.len());
        let comments = text.get(first + lead.len()..line)?.trim_end();
        let start = u32::try_from(first + lead.len()).ok()?;
        (first < line).then_some((Span::new(start, start + u32::try_from(comments.len()).ok()?), comments))
    }
}
