//! Entries of mappings: adding one, taking one out with its comments, moving one to another mapping.

use std::collections::BTreeMap;
use std::ops::Range;

use super::lines::{bytes, column, line_break, line_end, line_start};
use super::scalar::New;
use super::tree::{Tree, path_of};
use super::verify::verified;
use crate::text::{Edit, Span};
use crate::yaml::{Entry, Style, Value};

impl<'a> Value<'a> {
    /// Puts a new key behind one of this mapping's own.
    ///
    /// `None` where the mapping has the key already, or the text would not come to what is meant.
    #[must_use]
    pub fn insert_after(self, sibling: Entry<'_>, key: &str, new: New<'_>) -> Option<Vec<Edit>> {
        if self.get(key).is_some() || !self.span().contains(sibling.key_span) {
            return None;
        }
        let path = path_of(self)?;
        let meant = new.tree()?;
        let text = self.document().text();
        let end = entry_end(sibling);
        // JSON stays JSON.
        let quote =
            if self.style() == Style::Flow && text[sibling.key_span.range()].starts_with('"') { "\"" } else { "" };
        let style = if quote.is_empty() { Style::Plain } else { Style::DoubleQuoted };
        new.spellings(style, "", 0).into_iter().find_map(|value| {
            let edit = if self.style() == Style::Flow {
                Edit::insert(sibling.value.place().end, format!(", {quote}{key}{quote}: {value}"))
            } else {
                let line_end = line_end(text, end);
                let line_break = line_break(text, line_end);
                let indentation = " ".repeat(column(text, sibling.key_span.start as usize));
                Edit::insert(u32::try_from(line_end).ok()?, format!("{line_break}{indentation}{key}: {value}"))
            };
            verified(self.document(), vec![edit], |tree| {
                tree.map_at(&path)?.insert(key.to_owned().into(), meant.clone()).is_none().then_some(())
            })
        })
    }

    /// Takes a key with its value out of this mapping: with the comment beside it, and with the comments right
    /// above it in its column.
    ///
    /// `None` where it is the only key, or where the lines do not belong to that entry alone.
    #[must_use]
    pub fn take_out(self, entry: Entry<'_>) -> Option<Vec<Edit>> {
        let path = path_of(self)?;
        let edit = self.removal(entry)?;
        verified(self.document(), vec![edit], |tree| tree.map_at(&path)?.remove(entry.key).map(|_| ()))
    }

    /// Moves a key with its value and its comments from this mapping to the start of another one of the same document,
    /// indented as the keys there are. `new` are keys to make on the way, for what the other mapping does not have yet.
    ///
    /// `None` where one of the two is in brackets, or where the text would not come to what is meant.
    #[must_use]
    pub fn move_to(self, entry: Entry<'_>, target: Value<'_>, new: &[&str]) -> Option<Vec<Edit>> {
        let occupied = target.get(new.first().copied().unwrap_or(entry.key)).is_some();
        if target.style() != Style::Block || self.style() != Style::Block || occupied {
            return None;
        }
        let (from, to) = (path_of(self)?, path_of(target)?);
        let text = self.document().text();
        let edits = if self.id() == target.id() {
            let span = bytes(entry.key_span.start as usize, line_end(text, entry_end(entry)))?;
            vec![Edit::replace(span, moved(text, span.range(), column(text, span.range().start), new)?)]
        } else {
            vec![self.removal(entry)?, insertion(text, entry, target, new)?]
        };
        verified(self.document(), edits, |tree| {
            let value = tree.map_at(&from)?.remove(entry.key)?;
            let target = new.iter().try_fold(tree.map_at(&to)?, |map, key| {
                match map.entry((*key).to_owned().into()).or_insert_with(|| Tree::Map(BTreeMap::new())) {
                    Tree::Map(below) => Some(below),
                    _ => None,
                }
            })?;
            target.insert(entry.key.to_owned().into(), value).is_none().then_some(())
        })
    }

    fn removal(self, entry: Entry<'_>) -> Option<Edit> {
        if !self.span().contains(entry.key_span) {
            return None;
        }
        let mut starts: Vec<u32> = self.entries().map(|other| other.key_span.start).collect();
        starts.sort_unstable();
        let next = starts.iter().copied().find(|start| *start > entry.key_span.start);
        if self.style() == Style::Flow {
            let before = self.entries().filter(|other| other.key_span.start < entry.key_span.start);
            let span = match (next, before.map(|other| other.value.place().end).max()) {
                (Some(next), _) => Span::new(entry.key_span.start, next),
                (None, Some(before)) => Span::new(before, entry.value.place().end.max(entry.key_span.end)),
                (None, None) => return None,
            };
            return Some(Edit::delete(span));
        }
        let text = self.document().text();
        let start = entry.key_span.start as usize;
        let line = line_start(text, start);
        if !text[line..start].trim().is_empty() {
            // Behind a dash: the next key takes the place.
            return Some(Edit::delete(Span::new(entry.key_span.start, next?)));
        }
        let end = line_end(text, entry_end(entry));
        let end = text[end..].find('\n').map_or(text.len(), |line_break| end + line_break + 1);
        Some(Edit::delete(bytes(comments_above(text, line, start - line), end)?))
    }
}

/// Where the comments start that stand right above the line at `line`, in the column `column`.
fn comments_above(text: &str, line: usize, column: usize) -> usize {
    let mut first = line;
    while first > 0 {
        let above = line_start(text, first - 1);
        let content = &text[above..first];
        if content.len() - content.trim_start_matches(' ').len() != column || !content.trim_start().starts_with('#') {
            break;
        }
        first = above;
    }
    first
}

/// Where an entry's last content ends: its value's, or its colon's.
fn entry_end(entry: Entry<'_>) -> usize {
    entry.value.place().end.max(entry.key_span.end) as usize
}

/// An entry's lines as they stand at the start of another mapping.
fn insertion(text: &str, entry: Entry<'_>, target: Value<'_>, new: &[&str]) -> Option<Edit> {
    let start = entry.key_span.start as usize;
    let line = line_start(text, start);
    let is_alone = text[line..start].trim().is_empty();
    let start = if is_alone { comments_above(text, line, start - line) + (start - line) } else { start };
    let first = target.entries().map(|entry| entry.key_span.start).min()? as usize;
    let column = column(text, first);
    let moved = moved(text, start..line_end(text, entry_end(entry)), column, new)?;
    let line_break = line_break(text, first);
    let indentation = " ".repeat(column);
    let line = line_start(text, first);
    if text[line..first].trim().is_empty() {
        let at = comments_above(text, line, first - line);
        return Some(Edit::insert(u32::try_from(at).ok()?, format!("{indentation}{moved}{line_break}")));
    }
    Some(Edit::insert(u32::try_from(first).ok()?, format!("{moved}{line_break}{indentation}")))
}

/// The bytes of an entry, indented for a column; below the keys `new`, if there are any.
fn moved(text: &str, entry: Range<usize>, to: usize, new: &[&str]) -> Option<String> {
    const STEP: usize = 2;
    let line_break = line_break(text, entry.start);
    let mut moved = String::new();
    for (depth, key) in new.iter().enumerate() {
        moved.push_str(&format!("{key}:{line_break}{}", " ".repeat(to + (depth + 1) * STEP)));
    }
    let from = column(text, entry.start);
    moved.push_str(&reindented(&text[entry], from, to + new.len() * STEP)?);
    Some(moved)
}

/// The lines with another indentation; the first one has none.
fn reindented(lines: &str, from: usize, to: usize) -> Option<String> {
    let mut moved = String::new();
    for (index, line) in lines.split('\n').enumerate() {
        if index == 0 {
            moved.push_str(line);
            continue;
        }
        moved.push('\n');
        let spaces = line.len() - line.trim_start_matches(' ').len();
        if !line.trim().is_empty() {
            moved.push_str(&" ".repeat((spaces + to).checked_sub(from)?));
            moved.push_str(&line[spaces..]);
        }
    }
    Some(moved)
}
