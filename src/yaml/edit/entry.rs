//! Entries of mappings as text: adding one, taking one out with its comments, moving one to another mapping.

use std::ops::Range;

use super::facts::Facts;
use super::scalar::bytes;
use crate::text::Edit;
use crate::yaml::tape::FLOW;

/// Takes an entry out; `None` where its lines do not belong to it alone.
pub(super) fn removal(facts: &Facts<'_>, mapping: u32, key: u32) -> Option<Edit> {
    let text = facts.document.text();
    let (start, end, next) = (facts.start_of(key), facts.end_of(key), facts.next_key(key));
    if facts.events[mapping as usize].is(FLOW) {
        if let Some(next) = next {
            return Some(Edit::delete(bytes(start, facts.start_of(next))?));
        }
        let before = facts.end_before(key)?;
        // A comment between the two is the other one's.
        return if text[before..start].contains('#') { None } else { Some(Edit::delete(bytes(before, end)?)) };
    }
    let line = line_start(text, start);
    let lead = &text[line..start];
    if !lead.trim().is_empty() {
        // Behind a dash: the next key takes the place.
        return if lead.trim_start().starts_with('-') {
            Some(Edit::delete(bytes(start, facts.start_of(next?))?))
        } else {
            None
        };
    }
    let end = alone_until(text, end)?;
    let end = text[end..].find('\n').map_or(text.len(), |line_break| end + line_break + 1);
    Some(Edit::delete(bytes(comments_above(text, line, start - line), end)?))
}

/// Puts `key: value` before an entry that is there, both written as that one's mapping wants them.
pub(super) fn insertion_before(facts: &Facts<'_>, sibling: u32, new: &str) -> Option<Edit> {
    let text = facts.document.text();
    let start = facts.start_of(sibling);
    if facts.events[facts.parent(sibling) as usize].is(FLOW) {
        return Some(Edit::insert(u32::try_from(start).ok()?, format!("{new}, ")));
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
pub(super) fn insertion_behind(facts: &Facts<'_>, sibling: u32, new: &str) -> Option<Edit> {
    let text = facts.document.text();
    let end = facts.end_of(sibling);
    if facts.events[facts.parent(sibling) as usize].is(FLOW) {
        return Some(Edit::insert(u32::try_from(end).ok()?, format!(", {new}")));
    }
    let line_end = alone_until(text, end)?;
    let line_break = line_break(text, line_end);
    let indentation = " ".repeat(column(text, facts.start_of(sibling)));
    Some(Edit::insert(u32::try_from(line_end).ok()?, format!("{line_break}{indentation}{new}")))
}

/// Puts `key: value` into a pair of brackets with nothing between them.
pub(super) fn insertion_into_nothing(facts: &Facts<'_>, mapping: u32, new: &str) -> Option<Edit> {
    let inside = facts.events[mapping as usize].start + 1;
    facts.document.text()[inside as usize..].trim_start().starts_with('}').then(|| Edit::insert(inside, new))
}

/// Moves an entry to the start of another block mapping, or, below new keys, within its own.
pub(super) fn movement(
    facts: &Facts<'_>,
    (mapping, key): (u32, u32),
    to: u32,
    through: &[String],
) -> Option<Vec<Edit>> {
    let text = facts.document.text();
    let (start, end) = (facts.start_of(key), alone_until(text, facts.end_of(key))?);
    if mapping == to {
        let moved = moved(text, start..end, column(text, start), through)?;
        return Some(vec![Edit::replace(bytes(start, end)?, moved)]);
    }
    let line = line_start(text, start);
    let is_alone = text[line..start].trim().is_empty();
    let with_comments = if is_alone { comments_above(text, line, start - line) + (start - line) } else { start };
    let first = facts.start_of(facts.first_key(to)?);
    let column = column(text, first);
    let moved = moved(text, with_comments..end, column, through)?;
    let line = line_start(text, first);
    let insertion = if text[line..first].trim().is_empty() {
        line_at(text, comments_above(text, line, first - line), column, &moved)?
    } else {
        let line_break = line_break(text, first);
        Edit::insert(u32::try_from(first).ok()?, format!("{moved}{line_break}{}", " ".repeat(column)))
    };
    Some(vec![removal(facts, mapping, key)?, insertion])
}

/// Puts lines before the one that starts at `at`.
fn line_at(text: &str, at: usize, column: usize, lines: &str) -> Option<Edit> {
    let (line_break, indentation) = (line_break(text, at), " ".repeat(column));
    Some(Edit::insert(u32::try_from(at).ok()?, format!("{indentation}{lines}{line_break}")))
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

/// Where the line at `at` starts.
pub(super) fn line_start(text: &str, at: usize) -> usize {
    memchr::memrchr(b'\n', &text.as_bytes()[..at]).map_or(0, |line_break| line_break + 1)
}

/// The end of the line at `at`, before its line break.
fn line_end(text: &str, at: usize) -> usize {
    let end = memchr::memchr(b'\n', &text.as_bytes()[at..]).map_or(text.len(), |line_break| at + line_break);
    if text[at..end].ends_with('\r') { end - 1 } else { end }
}

/// The end of the line at `at`, if nothing but a comment stands there.
fn alone_until(text: &str, at: usize) -> Option<usize> {
    let end = line_end(text, at);
    let rest = text[at..end].trim_start();
    (rest.is_empty() || rest.starts_with('#')).then_some(end)
}

fn column(text: &str, at: usize) -> usize {
    text[line_start(text, at)..at].chars().count()
}

/// How the line at `at` ends.
fn line_break(text: &str, at: usize) -> &'static str {
    if text[line_end(text, at)..].starts_with("\r\n") { "\r\n" } else { "\n" }
}

/// How the line before the one at `at` ends.
fn line_break_before(text: &str, at: usize) -> &'static str {
    if text[..line_start(text, at)].ends_with("\r\n") { "\r\n" } else { "\n" }
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
        }
    }
    Some(moved)
}
