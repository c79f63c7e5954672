//! The files of a chart, and their lines: where what was found is written.

use std::cell::OnceCell;

use crate::diagnostic::Label;
use crate::template::{ChartFile, FileId, FilePlace};
use crate::text::{Lines, Location, Message};

/// The files of a chart. The lines of one are counted once, however much is found in it.
pub(super) struct Files<'f> {
    pub(super) all: &'f [ChartFile],
    lines: Vec<OnceCell<Lines<'f>>>,
}

impl<'f> Files<'f> {
    pub(super) fn of(files: &'f [ChartFile]) -> Self {
        Self { all: files, lines: files.iter().map(|_| OnceCell::new()).collect() }
    }

    pub(super) fn get(&self, file: FileId) -> Option<&'f ChartFile> {
        self.all.get(file.index())
    }

    pub(super) fn location(&self, (file, span): FilePlace) -> Option<Location> {
        let source = &self.get(file)?.source;
        let lines = self.lines[file.index()].get_or_init(|| Lines::new(source.text()));
        Some(Location::new(source.shared_name(), lines, span))
    }

    /// A place that explains a finding in `file`.
    pub(super) fn label(&self, file: FileId, place: FilePlace, message: impl Into<Message>) -> Option<Label> {
        if place.0 == file {
            return Some(Label::new(place.1, message));
        }
        Some(Label::new(self.location(place)?, message))
    }
}
