//! Strings whose bytes know where they come from.

use std::borrow::Borrow;
use std::cmp::Ordering;
use std::fmt;
use std::ops::Range;
use std::rc::Rc;

use super::origin::{Origin, Provenance, SiteId};

/// A string, and the origin of each byte: what functions are given, and what they make.
#[derive(Clone)]
pub(crate) struct Text {
    string: Rc<str>,
    runs: Runs,
}

#[derive(Clone)]
enum Runs {
    One(Origin),
    Many(Rc<[Run]>),
}

/// Bytes of one origin: those from `start` up to the next run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Run {
    pub(crate) start: u32,
    pub(crate) origin: Origin,
}

impl Text {
    /// A string of one origin.
    pub(crate) fn of(string: &str, origin: Origin) -> Self {
        Self { string: Rc::from(string), runs: Runs::One(origin) }
    }

    /// A string that a function made.
    pub(crate) fn computed(string: &str) -> Self {
        Self::of(string, Origin::COMPUTED)
    }

    pub(crate) fn as_str(&self) -> &str {
        &self.string
    }

    /// A stretch of it, with the origins that its bytes have here. The ends must be between characters.
    pub(crate) fn slice(&self, range: Range<usize>) -> Self {
        if range == (0..self.string.len()) {
            return self.clone();
        }
        let mut writer = TextWriter::default();
        writer.push_slice(self, range);
        writer.finish()
    }

    /// The part of it that a string slice of its own bytes is: what `trim`, `strip_prefix` and `split` of
    /// [`as_str`](Self::as_str) answered.
    pub(crate) fn part(&self, part: &str) -> Self {
        let start = (part.as_ptr() as usize).wrapping_sub(self.string.as_ptr() as usize);
        if start.checked_add(part.len()).is_none_or(|end| end > self.string.len()) {
            return Self::computed(part);
        }
        self.slice(start..start + part.len())
    }

    /// The same bytes changed one by one (`lower`, `upper`), where they stayed as many; a computed string otherwise.
    pub(crate) fn respelled(&self, string: &str) -> Self {
        if string.len() == self.string.len() {
            Self { string: Rc::from(string), runs: self.runs.clone() }
        } else {
            Self::computed(string)
        }
    }

    /// Whether nobody knows what some of its bytes are.
    pub(crate) fn has_hole(&self) -> bool {
        self.runs().any(|(_, origin)| origin.source == Provenance::Hole)
    }

    /// Whether nobody knows any of it.
    pub(crate) fn is_hole(&self) -> bool {
        !self.string.is_empty() && self.runs().all(|(_, origin)| origin.source == Provenance::Hole)
    }

    /// Its runs in order, with their bytes.
    pub(crate) fn runs(&self) -> impl Iterator<Item = (Range<usize>, Origin)> + '_ {
        self.runs_from(0)
    }

    /// The same from the run on that has this byte.
    pub(crate) fn runs_at(&self, byte: usize) -> impl Iterator<Item = (Range<usize>, Origin)> + '_ {
        let first = match &self.runs {
            Runs::One(_) => 0,
            Runs::Many(runs) => runs.partition_point(|run| run.start as usize <= byte).saturating_sub(1),
        };
        self.runs_from(first)
    }

    /// The parts of its runs that lie within a stretch, each with the origin of its first byte.
    fn within(&self, range: Range<usize>) -> impl Iterator<Item = (Range<usize>, Origin)> + '_ {
        let runs = self.runs_at(range.start).take_while(move |(bytes, _)| bytes.start < range.end);
        runs.filter_map(move |(bytes, origin)| {
            let (start, end) = (bytes.start.max(range.start), bytes.end.min(range.end));
            (start < end).then(|| (start..end, origin.skip((start - bytes.start) as u32)))
        })
    }

    fn runs_from(&self, first: usize) -> impl Iterator<Item = (Range<usize>, Origin)> + '_ {
        let whole = [Run { start: 0, origin: Origin::COMPUTED }];
        let (one, many): (_, &[Run]) = match &self.runs {
            Runs::One(origin) => ([Run { origin: *origin, ..whole[0] }], &[]),
            Runs::Many(runs) => (whole, runs),
        };
        let count = if many.is_empty() { 1 } else { many.len() };
        let run = move |at: usize| if many.is_empty() { one[0] } else { many[at] };
        let length = self.string.len();
        (first..count).map(move |at| {
            let end = many.get(at + 1).map_or(length, |next| next.start as usize);
            (run(at).start as usize..end, run(at).origin)
        })
    }
}

impl Default for Text {
    fn default() -> Self {
        Self::computed("")
    }
}

impl fmt::Debug for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.string.fmt(f)
    }
}

impl PartialEq for Text {
    fn eq(&self, other: &Self) -> bool {
        self.string == other.string
    }
}

impl Eq for Text {}

impl PartialOrd for Text {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Text {
    fn cmp(&self, other: &Self) -> Ordering {
        self.string.cmp(&other.string)
    }
}

impl Borrow<str> for Text {
    fn borrow(&self) -> &str {
        &self.string
    }
}

/// Puts a text together.
#[derive(Debug, Default)]
pub(crate) struct TextWriter {
    string: String,
    runs: Vec<Run>,
}

impl TextWriter {
    /// Bytes of one origin.
    pub(crate) fn push(&mut self, string: &str, origin: Origin) {
        if string.is_empty() {
            return;
        }
        let start = self.string.len() as u32;
        let goes_on = self.runs.last().is_some_and(|last| last.origin.skip(start - last.start) == origin);
        if !goes_on {
            self.runs.push(Run { start, origin });
        }
        self.string.push_str(string);
    }

    /// Bytes that the function adds.
    pub(crate) fn push_computed(&mut self, string: &str) {
        self.push(string, Origin::COMPUTED);
    }

    /// A text with its origins.
    pub(crate) fn push_text(&mut self, text: &Text) {
        self.push_slice(text, 0..text.string.len());
    }

    /// A stretch of a text with its origins.
    pub(crate) fn push_slice(&mut self, text: &Text, range: Range<usize>) {
        for (bytes, origin) in text.within(range) {
            self.push(&text.string[bytes], origin);
        }
    }

    /// A stretch of a text that is printed: what nobody has printed before, that site has.
    pub(crate) fn push_printed(&mut self, text: &Text, range: Range<usize>, site: SiteId) {
        for (bytes, origin) in text.within(range) {
            let site = if origin.site == SiteId::NONE { site } else { origin.site };
            self.push(&text.string[bytes], Origin { site, ..origin });
        }
    }

    /// A text of which nobody knows whether it is printed.
    pub(crate) fn push_unknown(&mut self, text: &Text, site: SiteId) {
        for (bytes, origin) in text.runs() {
            let site = if origin.site == SiteId::NONE { site } else { origin.site };
            self.push(&text.string[bytes], Origin { source: Provenance::Hole, site });
        }
    }

    /// A part of a text, as [`Text::part`] takes it.
    pub(crate) fn push_part(&mut self, text: &Text, part: &str) {
        self.push_text(&text.part(part));
    }

    pub(crate) fn len(&self) -> usize {
        self.string.len()
    }

    pub(crate) fn finish(self) -> Text {
        let runs = match self.runs.as_slice() {
            [] => Runs::One(Origin::COMPUTED),
            [run] => Runs::One(run.origin),
            runs => Runs::Many(Rc::from(runs)),
        };
        Text { string: Rc::from(self.string), runs }
    }
}
