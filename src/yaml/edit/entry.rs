//! Entries of mappings as text: adding one, taking one out, moving one with its comments to another mapping.

use std::ops::Range;

use super::Place;
use super::lines::{alone_until, bytes, column, line_break, line_break_before, line_start, written_end_before};
use super::structure::Structure;
use crate::text::Edit;
use crate::yaml::tape::FLOW;

/// Takes an entry out, and of the comments only those on its own lines: one above may be about more than it. `None`
/// where its lines do not belong to it alone.
pub(super) fn removal(structure: &Structure<'_>, mapping: u32, key: u32) -> Option<Edit> {
    removal_from(line_start(structure.document.text(), structure.start_of(key)), structure, (mapping, key))
}

/// Takes an entry out that has lines of its own, with all that stands before it from `first` on.
fn removal_from(first: usize, structure: &Structure<'_>, (mapping, key): (u32, u32)) -> Option<Edit> {
    let text = structure.document.text();
    let (start, end, next) = (structure.start_of(key), structure.end_of(key), structure.next_key(key));
    if structure.events[mapping as usize].is(FLOW) {
        if let Some(next) = next {
            return Some(Edit::delete(bytes(start, start_behind(text, end..structure.start_of(next)))?));
        }
        let before = structure.end_before(key)?;
        // A comment between the two is the other one's.
        return if text[before..start].contains('#') { None } else { Some(Edit::delete(bytes(before, end)?)) };
    }
    let line = line_start(text, start);
    let lead = &text[line..start];
    if !lead.trim().is_empty() {
        // Behind a dash: the next key takes the place.
        return if lead.trim_start().starts_with('-') {
            Some(Edit::delete(bytes(start, start_behind(text, end..structure.start_of(next?)))?))
        } else {
            None
        };
    }
    let end = alone_until(text, end)?;
    let lines = match text[end..].find('\n') {
        Some(line_break) => first..end + line_break + 1,
        // The last line has no line break, and so has the last one that is left.
        None => written_end_before(text, first)..text.len(),
    };
    Some(Edit::delete(bytes(lines.start, lines.end)?))
}

/// Where between two entries the second one's share starts: with its comments, which are all but those beside the first.
fn start_behind(text: &str, between: Range<usize>) -> usize {
    let Some(line_break) = text[between.clone()].find('\n') else { return between.end };
    between.end - text[between.start + line_break..between.end].trim_start().len()
}

/// Puts `key: value` before an entry that is there, both written as that one's mapping wants them.
pub(super) fn insertion_before(structure: &Structure<'_>, sibling: u32, new: &str) -> Option<Edit> {
    let text = structure.document.text();
    let start = structure.start_of(sibling);
    if structure.events[structure.parent(sibling) as usize].is(FLOW) {
        // A key may have its mark before it, and need it.
        let mark = text[..start].trim_end().strip_suffix('?');
        return Some(Edit::insert(u32::try_from(mark.map_or(start, str::len)).ok()?, format!("{new}, ")));
    }
    let line = line_start(text, start);
    let comments = comments_above(text, line, start - line);
    if comments < line && text[line..start].trim().is_empty() {
        return line_at(text, comments, column(text, start), new);
    }
    let (line_break, indentation) = (line_break_before(text, start), " ".repeat(column(text, start)));
    Some(Edit::insert(u32::try_from(start).ok()?, format!("{new}{line_break}{indentation}")))
}

/// Puts `key: value` behind an entry that is there.
pub(super) fn insertion_behind(structure: &Structure<'_>, sibling: u32, new: &str) -> Option<Edit> {
    let text = structure.document.text();
    let end = structure.end_of(sibling);
    if structure.events[structure.parent(sibling) as usize].is(FLOW) {
        return Some(Edit::insert(u32::try_from(end).ok()?, format!(", {new}")));
    }
    let line_end = alone_until(text, end)?;
    let line_break = line_break(text, line_end);
    let indentation = " ".repeat(column(text, structure.start_of(sibling)));
    Some(Edit::insert(u32::try_from(line_end).ok()?, format!("{line_break}{indentation}{new}")))
}

/// Puts `key: value` into a pair of brackets with nothing between them.
pub(super) fn insertion_into_nothing(structure: &Structure<'_>, mapping: u32, new: &str) -> Option<Edit> {
    let inside = structure.events[mapping as usize].start + 1;
    structure.document.text()[inside as usize..].trim_start().starts_with('}').then(|| Edit::insert(inside, new))
}

/// Moves an entry to the start of another block mapping, or, below new keys, within its own.
pub(super) fn movement(
    structure: &Structure<'_>,
    (from, goes): (Place, Place),
    to: u32,
    through: &[String],
) -> Option<Vec<Edit>> {
    let text = structure.document.text();
    let (start, end) = (structure.start_of(from.key), alone_until(text, structure.end_of(from.key))?);
    if from.mapping == to {
        let moved = moved(text, start..end, column(text, start), through)?;
        return Some(vec![Edit::replace(bytes(start, end)?, moved)]);
    }
    let line = line_start(text, start);
    let is_alone = text[line..start].trim().is_empty();
    let first_line = if is_alone { comments_above(text, line, start - line) } else { line };
    let with_comments = first_line + (start - line);
    let target = structure.start_of(structure.first_key(to)?);
    let column = column(text, target);
    let moved = moved(text, with_comments..end, column, through)?;
    let line = line_start(text, target);
    let insertion = if text[line..target].trim().is_empty() {
        line_at(text, comments_above(text, line, target - line), column, &moved)?
    } else {
        let line_break = line_break(text, target);
        Edit::insert(u32::try_from(target).ok()?, format!("{moved}{line_break}{}", " ".repeat(column)))
    };
    let mut gone_from = first_line;
    if goes != from {
        let outermost = structure.start_of(goes.key);
        gone_from = line_start(text, outermost);
        // A comment on the way is about what goes, and moves with nothing.
        if text[outermost..first_line].contains('#') {
            return None;
        }
    }
    Some(vec![removal_from(gone_from, structure, (goes.mapping, goes.key))?, insertion])
}

/// Puts lines before the one that starts at `at`.
fn line_at(text: &str, at: usize, column: usize, lines: &str) -> Option<Edit> {
    let (line_break, indentation) = (line_break(text, at), " ".repeat(column));
    Some(Edit::insert(u32::try_from(at).ok()?, format!("{indentation}{lines}{line_break}")))
}

/// Where the comments start that stand right above the line at `line`, in the column `column`.
pub(super) fn comments_above(text: &str, line: usize, column: usize) -> usize {
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

/// The bytes of an entry, indented for a column; below the keys `through`, if there are any.
fn moved(text: &str, entry: Range<usize>, to: usize, through: &[String]) -> Option<String> {
    const STEP: usize = 2;
    let line_break = line_break(text, entry.start);
    let mut moved = String::new();
    for (depth, key) in through.iter().enumerate() {
        moved.push_str(&format!("{key}:{line_break}{}", " ".repeat(to + (depth + 1) * STEP)));
    }
    let from = column(text, entry.start);
    moved.push_str(&reindented(&text[entry], from, to + through.len() * STEP)?);
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
        } else if line.ends_with('\r') {
            moved.push('\r');
        }
    }
    Some(moved)
}
