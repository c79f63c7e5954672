//! The file that findings stand in, as far as it is at hand: a finding that is known late has kept one line of it.

use std::ops::Range;
use std::path::Path;

use crate::diagnostic::{Finding, Label, Late, Place, Resolved, Severity};
use crate::text::{Lines, Location, Message, Point, Source, Span};

/// A finding and its file.
#[derive(Clone, Copy)]
pub(super) struct Found<'a> {
    pub(super) finding: &'a Finding,
    /// Its fixes that hold; none for a format that does not show them.
    pub(super) fixes: &'a [Resolved],
    pub(super) file: &'a File<'a>,
}

impl<'a> Found<'a> {
    /// A finding that was known late, and what there is of its file.
    pub(super) fn of_late(late: &'a Late, file: &'a File<'a>) -> Self {
        Self { finding: late.finding(), fixes: late.fixes(), file }
    }

    /// What is there; of one that does not count also that, and why.
    pub(super) fn message(self) -> Message {
        let message = &self.finding.message;
        let suppressed = self.finding.suppressed.as_deref();
        suppressed.map_or_else(|| message.clone(), |why| format!("{message} ({})", why.words()).into())
    }

    /// How much it matters, to those who know no findings that do not count: such a one is the least.
    pub(super) fn severity(self) -> Severity {
        if self.finding.suppressed.is_some() { Severity::Advice } else { self.finding.severity }
    }

    /// What is there and what helps in one text, for those who are shown nothing else.
    pub(super) fn with_help(self) -> String {
        self.helped(&self.message())
    }

    /// A message of it with what helps.
    pub(super) fn helped(self, message: &str) -> String {
        self.help().map_or_else(|| message.to_owned(), |help| format!("{message}\nhelp: {help}"))
    }

    /// What helps: what the finding says, else what its first fix does.
    pub(super) fn help(self) -> Option<&'a str> {
        let offered = self.finding.fixes.iter().map(|fix| fix.title.as_str());
        let title = offered.chain(self.fixes.iter().map(|fix| fix.title.as_str())).next();
        self.finding.help.as_deref().or(title)
    }
}

/// The file that findings stand in.
pub(super) struct File<'a> {
    pub(super) name: &'a str,
    pub(super) path: &'a Path,
    pub(super) text: Text<'a>,
}

/// What there is of a file's text.
pub(super) enum Text<'a> {
    /// All of it.
    Whole(Lines<'a>),
    /// A line of it, or a part of one.
    Line(&'a Location),
}

/// A line as far as it is at hand.
#[derive(Debug, Clone, Copy)]
pub(super) struct Line<'a> {
    pub(super) text: &'a str,
    /// Whether it goes on before `text`, and whether behind.
    pub(super) is_cut: (bool, bool),
}

impl<'a> File<'a> {
    pub(super) fn new(source: &'a Source, path: &'a Path) -> Self {
        Self { name: source.name(), path, text: Text::Whole(Lines::new(source.text())) }
    }

    pub(super) fn of_late(late: &'a Late, path: Option<&'a Path>) -> Self {
        let name: &str = &late.at().file;
        Self { name, path: path.unwrap_or(Path::new(name)), text: Text::Line(late.at()) }
    }

    /// Where a byte is.
    pub(super) fn point(&self, byte: u32) -> Point {
        match &self.text {
            Text::Whole(lines) => lines.point(byte),
            Text::Line(location) => location.point(byte),
        }
    }

    /// Where a label is: the path of its file, and where it starts and ends there.
    pub(super) fn label<'l>(&'l self, label: &'l Label) -> (&'l Path, [Point; 2]) {
        match &label.place {
            Place::Here(span) => (self.path, self.points(*span)),
            Place::Elsewhere(location) => (Path::new(&*location.file), [location.start, location.end]),
        }
    }

    /// Where the bytes of a span start and end.
    pub(super) fn points(&self, span: Span) -> [Point; 2] {
        [span.start, span.end].map(|byte| self.point(byte))
    }

    /// The column of a byte, counted in bytes from 1; where the start of its line is not at hand, in characters.
    pub(super) fn byte_column(&self, byte: u32) -> u32 {
        let Text::Whole(lines) = &self.text else { return self.point(byte).column };
        let point = lines.point(byte);
        point.byte - lines.span(point.line as usize - 1).start + 1
    }

    /// The line, counted from 0, that a span starts on.
    pub(super) fn line_of(&self, span: Span) -> usize {
        match &self.text {
            Text::Whole(lines) => lines.line_of(span.start),
            Text::Line(location) => number(location),
        }
    }
}

/// The line, counted from 0, that a location starts on.
pub(super) fn number(location: &Location) -> usize {
    location.start.line as usize - 1
}

impl<'a> Text<'a> {
    /// A line, counted from 0, if it is at hand.
    pub(super) fn line(&self, at: usize) -> Option<Line<'a>> {
        match self {
            Self::Whole(lines) => Some(Line { text: &lines.text()[lines.span(at).range()], is_cut: (false, false) }),
            Self::Line(location) if number(location) == at => {
                Some(Line { text: location.line(), is_cut: location.is_cut() })
            }
            Self::Line(_) => None,
        }
    }

    /// The bytes of that line that a span covers which starts on it.
    pub(super) fn within(&self, at: usize, span: Span) -> Range<usize> {
        let lines = match self {
            Self::Whole(lines) => lines,
            Self::Line(location) => return location.within(span),
        };
        let whole = lines.span(at).range();
        let boundary = |offset: u32| {
            let mut offset = (offset as usize).clamp(whole.start, whole.end);
            while !lines.text().is_char_boundary(offset) {
                offset -= 1;
            }
            offset - whole.start
        };
        let start = boundary(span.start);
        start..boundary(span.end).max(start)
    }
}
