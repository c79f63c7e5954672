//! Suppressing all that is found in a text, by comments: from then on only what is new is heard of.

use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::path::Path;

use serde::de::IgnoredAny;

use crate::analysis::{Unchecked, analyse, read};
use crate::config::Config;
use crate::diagnostic::Finding;
use crate::hash::HashMap;
use crate::lint::{Report, report};
use crate::rules;
use crate::text::{Edit, Lines, Source, Span, apply_edits};
use crate::yaml::{Document, File, Parts, Trap};

/// A finding as far as it can be suppressed: the rule, and its bytes.
pub type Place = (&'static str, Span);

/// What stands where the reason is to be written.
pub const TO_DO: &str = "TODO: why";

/// A line that becomes wider has the comment above it, where that is for no more.
const WIDE: usize = 100;
/// What ends no line; other white space is a part of a text.
const BLANKS: [char; 3] = [' ', '\t', '\r'];
/// Texts of several lines that are followed, each from the last line of the one before.
const TEXTS: usize = 8;

/// A text with comments that suppress what was found in it.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Ignored {
    /// The text as it is now.
    pub source: Source,
    /// How many findings are suppressed by rule.
    pub rules: BTreeMap<&'static str, usize>,
    /// How many are not, as they stand in JSON.
    pub in_json: usize,
    /// How many are not, as only a comment at the head would be for them, with which Kubernetes reads the text otherwise.
    pub without_head: usize,
}

/// Why a text has no comments written into it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Unwritten {
    /// Something else fills it in first, as the line shows, counted from 1: a comment may be joined to another line there.
    Template {
        /// The line.
        line: u32,
    },
    /// It would be read otherwise.
    NotProved,
}

impl fmt::Display for Unwritten {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Template { line } => {
                write!(out, "a template, as line {line} shows: no comment is proved before it is filled in")
            }
            Self::NotProved => out.write_str(
                "with comments it would be read otherwise, or not all would be suppressed; please report it as a bug",
            ),
        }
    }
}

impl std::error::Error for Unwritten {}

/// Writes comments for all that is found in a text and shown; `late` are findings that other files have a say on.
///
/// # Errors
/// When it is a template, or it cannot be proved that the text is read as before, and that nothing is left of what was found.
pub fn ignore(source: &Source, config: &Config, late: &[Place]) -> Result<Ignored, Unwritten> {
    let config = config.clone().with_most(None);
    let check = |source: &Source| report(&analyse(source.clone(), config.settings()), &config).0;
    let before = check(source);
    let mut found: Vec<Place> = places(&before).chain(late.iter().copied()).collect();
    let (writer, mut left) = (Writer::new(before.file(), source, &found), [0; 2]);
    found.retain(|(_, span)| match writer.room_for(*span) {
        Ok(()) => true,
        Err(why) => {
            left[why as usize] += 1;
            false
        }
    });
    let [in_json, without_head] = left;
    let mut rules = BTreeMap::new();
    found.iter().for_each(|(rule, _)| *rules.entry(*rule).or_default() += 1);
    if found.is_empty() {
        return Ok(Ignored { source: source.clone(), rules, in_json, without_head });
    }
    if let Some(line) = template_line(&before, source) {
        return Err(Unwritten::Template { line });
    }
    let holds = |new: &Source| {
        let after = check(new);
        places(&after).count() <= in_json + without_head && after.file().is_alike(before.file())
    };
    let at_lines = [WIDE, usize::MAX].into_iter().filter_map(|wide| writer.with_comments(&found, wide));
    // Where lines are too much entangled for that, one comment is for all of them.
    let texts = at_lines.chain(std::iter::once_with(|| writer.with_comment_at_head(&found)).flatten());
    let source = texts.map(|text| source.with_text(text)).find(holds).ok_or(Unwritten::NotProved)?;
    Ok(Ignored { source, rules, in_json, without_head })
}

/// The comment that suppresses one finding of a report, with a reason to be written; `None` where none would.
#[must_use]
pub fn comment(source: &Source, report: &Report, finding: &Finding) -> Option<Edit> {
    let place = (finding.rule, finding.span);
    let can_be = rules::find(finding.rule).is_some_and(|entry| !entry.is_about_suppressions());
    let writer = Writer::new(report.file(), source, &[place]);
    let is_writable = || writer.room_for(finding.span).is_ok() && template_line(report, source).is_none();
    (can_be && is_writable()).then(|| {
        let rules = BTreeSet::from([finding.rule]);
        writer.comment(writer.line_for(finding.span), &AtLine { rules, reach: Span::empty(finding.span.start) }, WIDE)
    })
}

/// The line that shows that a text is a template of Go's: one that is no YAML yet, or takes the line breaks beside it away.
fn template_line(report: &Report, source: &Source) -> Option<u32> {
    let trims = |text: &str| [TRIMS_BEFORE, TRIMS_BEHIND].into_iter().filter_map(|mark| text.find(mark)).min();
    let position = |at: usize| Lines::new(source.text()).position(at as u32).line;
    let of_go = report.documents.iter().find_map(|outcome| match &outcome.not_checked {
        Some(Unchecked::Template { line, placeholder }) if placeholder.starts_with("{{") => Some(*line),
        _ => None,
    });
    of_go.or_else(|| trims(source.text()).map(position))
}

/// Go's marks that take white space away beside an action.
const TRIMS_BEFORE: &str = "{{- ";
const TRIMS_BEHIND: &str = " -}}";

/// Where what can be suppressed stands.
fn places(report: &Report) -> impl Iterator<Item = Place> {
    let is_about_them = |rule| rules::find(rule).is_some_and(|entry| entry.is_about_suppressions());
    report
        .findings
        .iter()
        .filter(move |finding| !is_about_them(finding.rule))
        .map(|finding| (finding.rule, finding.span))
}

/// Whether a text is JSON by its name or as a whole: to Kubernetes only what starts with a brace is.
fn is_json(source: &Source) -> bool {
    let has_name = Path::new(source.name()).extension().is_some_and(|extension| extension.eq_ignore_ascii_case("json"));
    let is_list = || source.text().trim_start().starts_with('[');
    has_name || is_list() && serde_json::from_str::<IgnoredAny>(source.text()).is_ok()
}

fn document_of(file: &File, span: Span) -> Option<&Document> {
    let index = file.documents.partition_point(|document| document.span.end < span.start);
    file.documents.get(index).filter(|document| document.span.touches(span.start))
}

/// Where the head of a text is: behind a byte order mark.
fn head(text: &str) -> usize {
    text.len() - text.trim_start_matches('\u{feff}').len()
}

struct Writer<'t> {
    file: &'t File,
    source: &'t Source,
    lines: Lines<'t>,
    /// What stands where in the documents that were read to their ends; elsewhere a comment may be none.
    parts: HashMap<usize, Parts>,
    /// From where on nobody reads a document, not even comments.
    unread: HashMap<usize, u32>,
    /// Whether all of it is JSON, which Kubernetes may not mind, but others do.
    is_json: bool,
    /// Whether a comment can stand at the head; known once one is to.
    takes_head: OnceCell<bool>,
}

/// Why there is no room for a comment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum NoRoom {
    /// JSON holds none, not even above it.
    Json,
    /// Only one at the head would be for the place, and the text is read otherwise with that.
    Head,
}

/// What is to be suppressed at a line.
struct AtLine<'r> {
    rules: BTreeSet<&'r str>,
    /// From the first to the last place there.
    reach: Span,
}

impl<'t> Writer<'t> {
    fn new(file: &'t File, source: &'t Source, found: &[Place]) -> Self {
        let documents = found.iter().filter_map(|(_, span)| document_of(file, *span));
        let mut parts = HashMap::default();
        for document in documents.filter(|document| document.complete) {
            parts.entry(document.index).or_insert_with(|| Parts::of(document));
        }
        let ignored = file.notes.iter().filter(|note| note.trap == Trap::Ignored);
        let unread = ignored.filter_map(|note| Some((note.document?, note.span.start))).collect();
        let (lines, is_json) = (Lines::new(source.text()), is_json(source));
        Self { file, source, lines, parts, unread, is_json, takes_head: OnceCell::new() }
    }

    /// Whether a comment for that place can stand in the text.
    fn room_for(&self, span: Span) -> Result<(), NoRoom> {
        let is_json = |document: &Document| document.json;
        match self.line_for(span) {
            _ if self.is_json => Err(NoRoom::Json),
            Some(_) if document_of(self.file, span).is_some_and(is_json) => Err(NoRoom::Json),
            Some(_) => Ok(()),
            None => self.room_at_head(),
        }
    }

    /// Whether one can stand at the head.
    fn room_at_head(&self) -> Result<(), NoRoom> {
        if self.file.documents.iter().any(|document| document.json) {
            return Err(NoRoom::Json);
        }
        if self.takes_head() { Ok(()) } else { Err(NoRoom::Head) }
    }

    /// Whether a comment at the head changes nothing: the first line of a text may be read by rules of its own.
    fn takes_head(&self) -> bool {
        *self.takes_head.get_or_init(|| {
            let (mark, rest) = self.source.text().split_at(head(self.source.text()));
            let file = read(&self.source.with_text(format!("{mark}#\n{rest}")));
            file.is_alike(self.file) && file.notes.len() <= self.file.notes.len()
        })
    }

    /// The text with one comment for all that is found.
    fn with_comment_at_head(&self, found: &[Place]) -> Option<String> {
        let rules = found.iter().map(|(rule, _)| *rule).collect();
        self.room_at_head().ok()?;
        apply_edits(self.lines.text(), &[self.comment(None, &AtLine { rules, reach: Span::empty(0) }, WIDE)]).ok()
    }

    /// The text with comments, at the ends of lines that are no wider with them.
    fn with_comments(&self, found: &[Place], wide: usize) -> Option<String> {
        let mut by_line: BTreeMap<Option<usize>, AtLine<'_>> = BTreeMap::new();
        for (rule, span) in found {
            let place = Span::empty(span.start);
            let at_line = || AtLine { rules: BTreeSet::new(), reach: place };
            let here = by_line.entry(self.line_for(*span)).or_insert_with(at_line);
            here.rules.insert(rule);
            here.reach = here.reach.cover(place);
        }
        let edits: Vec<Edit> = by_line.iter().map(|(line, here)| self.comment(*line, here, wide)).collect();
        apply_edits(self.lines.text(), &edits).ok()
    }

    /// The line at whose end a comment is for a place; none where only one for the file is.
    fn line_for(&self, span: Span) -> Option<usize> {
        let document = document_of(self.file, span)?;
        let parts = self.parts.get(&document.index)?;
        let end_of = |line: &usize| Some(self.lines.line_of(parts.end_of(self.lines.span(*line), document)));
        let lines = std::iter::successors(Some(self.lines.line_of(span.start)), end_of);
        // A line may end one text and start the next.
        let line = lines.take(TEXTS).last()?;
        if end_of(&line) != Some(line) || parts.is_in_block(self.end_of(line), document) {
            return None;
        }
        let content = self.content(line);
        let is_taken = content.is_empty() || ["#", "---", "...", "%"].iter().any(|start| content.starts_with(start));
        let is_read = self.unread.get(&document.index).is_none_or(|from| self.lines.span(line).end <= *from);
        (is_read && !is_taken).then_some(line)
    }

    /// Where a comment behind what stands on a line begins.
    fn end_of(&self, line: usize) -> u32 {
        let span = self.lines.span(line);
        span.start + self.lines.text()[span.range()].trim_end_matches(BLANKS).len() as u32
    }

    fn content(&self, line: usize) -> &str {
        self.lines.text()[self.lines.span(line).range()].trim_matches(BLANKS)
    }

    fn comment(&self, line: Option<usize>, here: &AtLine<'_>, wide: usize) -> Edit {
        let (text, names) = (self.lines.text(), here.rules.iter().copied().collect::<Vec<_>>().join(", "));
        let line_break = if text.contains("\r\n") { "\r\n" } else { "\n" };
        let Some(line) = line else {
            return Edit::insert(head(text) as u32, format!("# batchlint: ignore-file[{names}] {TO_DO}{line_break}"));
        };
        let (span, words) = (self.lines.span(line), format!("# batchlint: ignore[{names}] {TO_DO}"));
        let own = &text[span.range()];
        let is_wide = own.trim_end_matches(BLANKS).chars().count() + 1 + words.len() > wide;
        if is_wide && self.is_one_part(span, here.reach) {
            let lead = &own[..own.len() - own.trim_start_matches(BLANKS).len()];
            return Edit::insert(span.start, format!("{lead}{words}{line_break}"));
        }
        Edit::insert(self.end_of(line), format!(" {words}"))
    }

    /// Whether a comment above a line is for those places, and for nothing beyond the line.
    fn is_one_part(&self, line: Span, reach: Span) -> bool {
        let parts = document_of(self.file, line).and_then(|document| self.parts.get(&document.index));
        let part = parts.and_then(|parts| parts.on(line));
        line.start > 0 && part.is_some_and(|part| part.contains(reach) && part.end <= line.end)
    }
}

#[cfg(test)]
mod tests {
    use super::Unwritten;

    #[test]
    fn what_is_not_proved_is_said_to_be_our_fault() {
        assert!(Unwritten::NotProved.to_string().ends_with("please report it as a bug"));
    }
}
