//! The lines of a file that a finding is shown on, as a small text of their own with the labels' places in it.
//!
//! The whole file is never handed to miette: lines may be a megabyte long, hold control characters, or stand far
//! apart.

mod spot;

use std::fmt::Write as _;
use std::ops::Range;

use miette::{LabeledSpan, MietteError, MietteSpanContents, SourceCode, SourceSpan, SpanContents};

use crate::render::file::{Found, Line};
use crate::render::row::{Room, Row, row};
use crate::render::{DIM, Look};
use crate::sort;
use crate::text::visible;
use spot::{Scene, Spot, scenes};

/// What miette is told to ask for around labels; the excerpt holds all that is shown, so it is never looked at, but
/// it tells a question about the excerpt from one about a place.
pub(super) const CONTEXT: usize = 1;
/// Columns that a label has at least, however far to the right its place is, where the line can be cut for it.
const LABEL: usize = 20;
/// Columns from the middle of a mark, below which the label hangs, to the label's words.
const HOOK: usize = 5;

/// Characters of a line that are looked at for whether it shows anything: as many as the widest terminal has columns.
const LONG: usize = 1_000;

/// The lines of a file that a finding is shown on.
#[derive(Debug)]
pub(super) struct Excerpt {
    name: String,
    /// What that was made of, where it says so.
    source: Option<String>,
    text: String,
    /// The file's line of each line of `text`, counted from 0.
    lines: Vec<usize>,
    labels: Vec<LabeledSpan>,
    /// The line and the column, counted from 0, that stand above.
    at: (usize, usize),
}

/// The excerpts that show a finding: that of its own file, then those of files that its labels point into.
pub(super) fn excerpts(found: Found<'_>, look: Look) -> Vec<Excerpt> {
    let mut excerpts: Vec<_> = scenes(found).iter().map(|scene| Excerpt::new(scene, look)).collect();
    if let Some(own) = excerpts.first_mut() {
        let source = found.finding.object.as_deref().and_then(|object| object.source.as_deref());
        own.source = source.map(|source| visible(source).into_owned());
    }
    excerpts
}

impl Excerpt {
    fn new(scene: &Scene<'_>, look: Look) -> Self {
        let shown = shown_lines(scene);
        let gutter = 4 + shown.last().map_or(1, |(line, _)| (line + 1).to_string().len());
        let room = look.width.saturating_sub(gutter).max(LABEL);
        let mut excerpt = Self {
            name: visible(scene.file).into_owned(),
            source: None,
            text: String::new(),
            lines: shown.iter().map(|(line, _)| *line).collect(),
            labels: Vec::new(),
            at: scene.at,
        };
        for (at, line) in shown {
            let here: Vec<&Spot<'_>> = scene.spots.iter().filter(|spot| spot.line == at).collect();
            let marks: Vec<Range<usize>> = here.iter().map(|spot| spot.bytes.clone()).collect();
            // A label begins below the middle of its mark.
            let half = marks.first().map_or(0, |mark| mark.len().min(room) / 2);
            let labelled = here.first().is_some_and(|spot| spot.message.is_some());
            let reach = if labelled { room.saturating_sub(half + HOOK + LABEL) } else { room };
            excerpt.push(&row(line, &marks, Room { columns: room, reach, unicode: look.unicode }), &here, room);
        }
        sort::by_key(&mut excerpt.labels, |label| (label.offset(), label.len()));
        excerpt
    }

    fn push(&mut self, row: &Row, spots: &[&Spot<'_>], room: usize) {
        let start = self.text.len();
        self.text.push_str(&row.text);
        self.text.push('\n');
        for (mark, spot) in row.marks.iter().zip(spots) {
            let message = spot.message.as_ref().map(|message| {
                let columns = |end: usize| textwrap::core::display_width(&row.text[..end]);
                let middle = columns(mark.start).midpoint(columns(mark.end));
                textwrap::fill(&visible(message), room.saturating_sub(middle + HOOK).max(LABEL / 2))
            });
            let span = (start + mark.start, mark.len());
            self.labels.push(if spot.primary {
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
        for (at, line) in picture.lines().enumerate() {
            let shown = next
                .and_then(|(real, counted)| Some((real, line.strip_prefix(&format!(" {counted:>width$} {bar} "))?)));
            let mut text = match shown {
                Some((real, rest)) => {
                    next = numbers.next();
                    format!(" {} {bar} {rest}", look.paint(DIM, &format!("{:>width$}", real + 1)))
                }
                None => line.to_owned(),
            };
            if let (0, Some(source), Some(heading)) = (at, &self.source, line.strip_suffix(']')) {
                text = format!("{heading}, from {source}]");
            }
            text.truncate(text.trim_end().len());
            let _ = writeln!(result, "{text}");
        }
        result
    }
}

/// The lines of the spots, single lines between them, and one line before a lonely one.
fn shown_lines<'a>(scene: &'a Scene<'_>) -> Vec<(usize, Line<'a>)> {
    let mut of_spots: Vec<usize> = scene.spots.iter().map(|spot| spot.line).collect();
    sort::ascending(&mut of_spots);
    of_spots.dedup();
    let at = |line: usize| Some((line, scene.line(line)?));
    let mut shown = Vec::new();
    if let [only] = of_spots[..] {
        shown.extend(only.checked_sub(1).and_then(at).filter(|(_, line)| !is_blank(line.text)));
    }
    for line in of_spots {
        if shown.last().is_some_and(|(last, _)| last + 2 == line) {
            shown.extend(at(line - 1));
        }
        shown.extend(at(line));
    }
    shown
}

/// Whether a line shows nothing; of a very long one its start decides.
fn is_blank(line: &str) -> bool {
    line.chars().take(LONG).all(char::is_whitespace)
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
            self.at
        };
        let whole = if before == CONTEXT { SourceSpan::from((0, self.text.len())) } else { *span };
        let name = self.name.clone();
        let data = self.text.as_bytes();
        let contents = MietteSpanContents::new_named(name, data, whole, line, column, self.lines.len());
        Ok(Box::new(contents))
    }
}
