//! The lines of a file that a finding is shown on, as a small text of their own with the labels' places in it.
//!
//! The whole file is never handed to miette: lines may be a megabyte long, hold control characters, or stand far
//! apart.

use std::fmt::Write as _;
use std::ops::Range;

use miette::{LabeledSpan, MietteError, MietteSpanContents, SourceCode, SourceSpan, SpanContents};

use super::row::{Row, row};
use crate::diagnostic::Finding;
use crate::render::{DIM, Look, visible};
use crate::text::{Lines, Position, Source, Span};

/// What miette is told to ask for around labels; the excerpt holds all that is shown, so it is never looked at, but
/// it tells a question about the excerpt from one about a place.
pub(super) const CONTEXT: usize = 1;
/// How many places are shown.
const PLACES: usize = 8;
/// Columns that a label has at least, however far to the right its place is.
const LABEL: usize = 20;

/// The lines of a file that a finding is shown on.
#[derive(Debug)]
pub(super) struct Excerpt {
    name: String,
    text: String,
    /// The file's line of each line of `text`, counted from 0.
    lines: Vec<usize>,
    labels: Vec<LabeledSpan>,
    at: Position,
}

/// A stretch of one line that is pointed at.
struct Place {
    line: usize,
    bytes: Range<usize>,
    message: Option<String>,
    primary: bool,
}

impl Excerpt {
    pub(super) fn new(source: &Source, lines: &Lines<'_>, finding: &Finding, look: Look) -> Self {
        let places = places(source.text(), lines, finding);
        let shown = shown_lines(source.text(), lines, &places);
        let gutter = 4 + shown.last().map_or(1, |line| (line + 1).to_string().len());
        let room = look.width.saturating_sub(gutter).max(LABEL);
        let mut excerpt = Self {
            name: visible(source.name()).into_owned(),
            text: String::new(),
            lines: shown,
            labels: Vec::new(),
            at: lines.position(finding.span.start),
        };
        for index in 0..excerpt.lines.len() {
            let line = excerpt.lines[index];
            let here: Vec<&Place> = places.iter().filter(|place| place.line == line).collect();
            let marks: Vec<Range<usize>> = here.iter().map(|place| place.bytes.clone()).collect();
            let row = row(&source.text()[lines.span(line).range()], &marks, room, look.unicode);
            excerpt.push(&row, &here, room);
        }
        excerpt.labels.sort_by_key(|label| (label.offset(), label.len()));
        excerpt
    }

    fn push(&mut self, row: &Row, places: &[&Place], room: usize) {
        let start = self.text.len();
        self.text.push_str(&row.text);
        self.text.push('\n');
        for (mark, place) in row.marks.iter().zip(places) {
            let message = place.message.as_ref().map(|message| {
                let left = textwrap::core::display_width(&row.text[..mark.end]) + LABEL / 4;
                textwrap::fill(&visible(message), room.saturating_sub(left).max(LABEL))
            });
            let span = (start + mark.start, mark.len());
            self.labels.push(if place.primary {
                LabeledSpan::new_primary_with_span(message, span)
            } else {
                LabeledSpan::new_with_span(message, span)
            });
        }
    }

    /// In the order of their places, as miette sorts them.
    pub(super) fn labels(&self) -> &[LabeledSpan] {
        &self.labels
    }

    /// The number, counted from 0, that miette is told for the first line: the last line's number comes out right
    /// and gives the gutter its width.
    fn first_number(&self) -> usize {
        (self.lines.last().unwrap_or(&0) + 1).saturating_sub(self.lines.len())
    }

    /// The picture with the file's line numbers: miette counts the lines of the excerpt one by one, and lines
    /// between labels that stand far apart are not among them.
    pub(super) fn with_line_numbers(&self, picture: &str, look: Look) -> String {
        let width = (self.lines.last().unwrap_or(&0) + 1).to_string().len();
        let bar = if look.unicode { '│' } else { '|' };
        let mut numbers = self.lines.iter().zip(self.first_number() + 1..);
        let mut next = numbers.next();
        let mut result = String::with_capacity(picture.len() + 64);
        for line in picture.lines() {
            let shown = next
                .and_then(|(real, counted)| Some((real, line.strip_prefix(&format!(" {counted:>width$} {bar} "))?)));
            let mut text = match shown {
                Some((real, rest)) => {
                    next = numbers.next();
                    format!(" {} {bar} {rest}", look.paint(DIM, &format!("{:>width$}", real + 1)))
                }
                None => line.to_owned(),
            };
            text.truncate(text.trim_end().len());
            let _ = writeln!(result, "{text}");
        }
        result
    }
}

/// The finding's place, then those of its labels; of a place of many lines the first.
fn places(text: &str, lines: &Lines<'_>, finding: &Finding) -> Vec<Place> {
    let mut places = vec![place(text, lines, finding.span)];
    places[0].primary = true;
    for label in &finding.labels {
        if label.span == finding.span && places[0].message.is_none() {
            places[0].message = Some(label.message.clone());
        } else if places.len() < PLACES {
            places.push(Place { message: Some(label.message.clone()), ..place(text, lines, label.span) });
        }
    }
    let left = (1 + finding.labels.len()).saturating_sub(PLACES);
    if let Some(message) = places.last_mut().and_then(|place| place.message.as_mut()).filter(|_| left > 0) {
        let _ = write!(message, " (and {left} more)");
    }
    places
}

fn place(text: &str, lines: &Lines<'_>, span: Span) -> Place {
    let line = lines.line_of(span.start);
    let whole = lines.span(line).range();
    let boundary = |offset: u32| {
        let mut offset = (offset as usize).clamp(whole.start, whole.end);
        while !text.is_char_boundary(offset) {
            offset -= 1;
        }
        offset - whole.start
    };
    let start = boundary(span.start);
    Place { line, bytes: start..boundary(span.end).max(start), message: None, primary: false }
}

/// The lines of the places, single lines between them, and one line before a lonely one.
fn shown_lines(text: &str, lines: &Lines<'_>, places: &[Place]) -> Vec<usize> {
    let mut of_places: Vec<usize> = places.iter().map(|place| place.line).collect();
    of_places.sort_unstable();
    of_places.dedup();
    let mut shown = Vec::new();
    if let [only] = of_places[..] {
        let before = only.checked_sub(1).filter(|line| !text[lines.span(*line).range()].trim().is_empty());
        shown.extend(before);
    }
    for line in of_places {
        if shown.last().is_some_and(|last| last + 2 == line) {
            shown.push(line - 1);
        }
        shown.push(line);
    }
    shown
}

impl SourceCode for Excerpt {
    fn read_span<'a>(
        &'a self,
        span: &SourceSpan,
        before: usize,
        _: usize,
    ) -> Result<Box<dyn SpanContents<'a> + 'a>, MietteError> {
        let (line, column) = if before == CONTEXT {
            (self.first_number(), 0)
        } else {
            // Asked for the primary place, whose line and column stand above the picture.
            (self.at.line as usize - 1, self.at.column as usize - 1)
        };
        let whole = if before == CONTEXT { SourceSpan::from((0, self.text.len())) } else { *span };
        let name = self.name.clone();
        let data = self.text.as_bytes();
        let contents = MietteSpanContents::new_named(name, data, whole, line, column, self.lines.len());
        Ok(Box::new(contents))
    }
}
