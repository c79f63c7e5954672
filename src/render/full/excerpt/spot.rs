//! What a finding points at, file by file.

use std::borrow::Cow;
use std::fmt::Write as _;
use std::ops::Range;

use crate::diagnostic::{Label, Place};
use crate::render::file::{File, Found, Line, Text, number};
use crate::text::{Location, Point, Span};

/// How many places are shown.
const PLACES: usize = 8;

/// A file, and what is pointed at in it.
pub(super) struct Scene<'a> {
    pub(super) file: &'a str,
    /// The line and the column, counted from 0, of the first spot.
    pub(super) at: (usize, usize),
    /// In the order in which they were given.
    pub(super) spots: Vec<Spot<'a>>,
    /// The whole text, where it is at hand.
    own: Option<&'a Text<'a>>,
    /// Lines that places brought with them.
    brought: Vec<Text<'a>>,
}

/// A stretch of one line that is pointed at; of a place of many lines the first.
pub(super) struct Spot<'a> {
    pub(super) line: usize,
    pub(super) bytes: Range<usize>,
    pub(super) message: Option<Cow<'a, str>>,
    pub(super) primary: bool,
}

/// The finding's file first, then those of its labels.
pub(super) fn scenes(Found { finding, file, .. }: Found<'_>) -> Vec<Scene<'_>> {
    let mut own = Scene::own(file, finding.span);
    let mut others: Vec<Scene<'_>> = Vec::new();
    let mut shown = 1;
    let left = (1 + finding.labels.len()).saturating_sub(PLACES);
    for label in &finding.labels {
        if span_in(label, file) == Some(finding.span) && own.spots[0].message.is_none() {
            own.spots[0].message = Some(Cow::from(&*label.message));
            continue;
        }
        if shown == PLACES {
            break;
        }
        shown += 1;
        let mut message = Cow::from(&*label.message);
        if shown == PLACES && left > 0 {
            let _ = write!(message.to_mut(), " (and {left} more)");
        }
        match &label.place {
            Place::Here(span) => own.point_at(*span, message),
            Place::Elsewhere(location) if *location.file == *file.name => own.point_at_location(location, message),
            Place::Elsewhere(location) => match others.iter_mut().find(|scene| *scene.file == *location.file) {
                Some(scene) => scene.point_at_location(location, message),
                None => others.push(Scene::other(location, message)),
            },
        }
    }
    std::iter::once(own).chain(others).collect()
}

/// The label's bytes, if they are in this file.
fn span_in(label: &Label, file: &File<'_>) -> Option<Span> {
    match &label.place {
        Place::Here(span) => Some(*span),
        Place::Elsewhere(location) => (*location.file == *file.name).then(|| location.span()),
    }
}

impl<'a> Scene<'a> {
    fn own(file: &'a File<'a>, span: Span) -> Self {
        let start = file.point(span.start);
        let line = file.line_of(span);
        let bytes = file.text.within(line, span);
        let spots = vec![Spot { line, bytes, message: None, primary: true }];
        Self { file: file.name, at: counted_from_0(start), spots, own: Some(&file.text), brought: Vec::new() }
    }

    fn other(location: &'a Location, message: Cow<'a, str>) -> Self {
        let at = counted_from_0(location.start);
        let mut scene = Self { file: &location.file, at, spots: Vec::new(), own: None, brought: Vec::new() };
        scene.point_at_location(location, message);
        scene
    }

    fn point_at(&mut self, span: Span, message: Cow<'a, str>) {
        let line = match self.own {
            Some(Text::Whole(lines)) => lines.line_of(span.start),
            Some(Text::Line(location)) => number(location),
            None => return,
        };
        self.push(line, span, message);
    }

    fn point_at_location(&mut self, location: &'a Location, message: Cow<'a, str>) {
        if self.line(number(location)).is_none() {
            self.brought.push(Text::Line(location));
        }
        self.push(number(location), location.span(), message);
    }

    fn push(&mut self, line: usize, span: Span, message: Cow<'a, str>) {
        let bytes = self.text(line).map_or(0..0, |text| text.within(line, span));
        self.spots.push(Spot { line, bytes, message: Some(message), primary: false });
    }

    /// A line of the file, counted from 0, if it is at hand.
    pub(super) fn line(&self, line: usize) -> Option<Line<'_>> {
        self.text(line)?.line(line)
    }

    fn text(&self, line: usize) -> Option<&Text<'a>> {
        self.own.into_iter().chain(&self.brought).find(|text| text.line(line).is_some())
    }
}

fn counted_from_0(point: Point) -> (usize, usize) {
    (point.line as usize - 1, point.column as usize - 1)
}
