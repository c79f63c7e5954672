//! Strings whose bytes know where they come from.

use std::borrow::Borrow;
use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};
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
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
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

    /// The same, for whoever keeps it.
    pub(crate) const fn shared(&self) -> &Rc<str> {
        &self.string
    }

    /// A stretch of it, with the origins that its bytes have here. The ends must be between characters.
    pub(crate) fn slice(&self, range: Range<usize>) -> Self {
        if range == (0..self.string.len()) {
            return self.clone();
        }
        if range.is_empty() {
            return Self::default();
        }
        let first = self.within(range.clone()).next();
        if let Some((_, origin)) = first.filter(|(bytes, _)| *bytes == range) {
            return Self::of(&self.string[range], origin);
        }
        let mut writer = TextWriter::with_room(range.len());
        writer.push_slice(self, range);
        writer.finish()
    }

    /// The part of it that a string slice of its own bytes is: what `trim`, `strip_prefix` and `split` of
    /// [`as_str`](Self::as_str) answered.
    pub(crate) fn part(&self, part: &str) -> Self {
        self.range_of(part).map_or_else(|| Self::computed(part), |range| self.slice(range))
    }

    /// Where a string slice of its own bytes stands.
    fn range_of(&self, part: &str) -> Option<Range<usize>> {
        let start = (part.as_ptr() as usize).wrapping_sub(self.string.as_ptr() as usize);
        let end = start.checked_add(part.len()).filter(|end| *end <= self.string.len())?;
        Some(start..end)
    }

    /// The same bytes changed one by one (`lower`, `upper`), where they stayed as many; a computed string otherwise.
    pub(crate) fn respelled(&self, string: &str) -> Self {
        if string.len() == self.string.len() {
            Self { string: Rc::from(string), runs: self.runs.clone() }
        } else {
            Self::computed(string)
        }
    }

    /// The same bytes, whose origins are others.
    pub(crate) fn with_origins(&self, other: impl Fn(Origin) -> Origin) -> Self {
        let runs = match &self.runs {
            Runs::One(origin) => Runs::One(other(*origin)),
            Runs::Many(runs) => Runs::Many(runs.iter().map(|run| Run { origin: other(run.origin), ..*run }).collect()),
        };
        Self { string: Rc::clone(&self.string), runs }
    }

    /// Adds its bytes and their origins to a sum.
    pub(crate) fn identify(&self, sum: &mut impl Hasher) {
        self.string.hash(sum);
        match &self.runs {
            Runs::One(origin) => origin.hash(sum),
            Runs::Many(runs) => runs.hash(sum),
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
            Runs::Many(runs) => first_at(runs, byte),
        };
        self.runs_from(first)
    }

    /// The parts of its runs that lie within a stretch, each with the origin of its first byte.
    pub(crate) fn within(&self, range: Range<usize>) -> Within<'_> {
        let (one, many): (_, &[Run]) = match &self.runs {
            Runs::One(origin) => (Some(*origin), &[]),
            Runs::Many(runs) => (None, &runs[first_at(runs, range.start)..]),
        };
        Within { one, many, length: self.string.len(), range }
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

/// The run that has a byte.
fn first_at(runs: &[Run], byte: usize) -> usize {
    runs.partition_point(|run| run.start as usize <= byte).saturating_sub(1)
}

/// The parts of a text's runs that lie within a stretch.
pub(crate) struct Within<'t> {
    /// The origin of all of it, where there is one.
    one: Option<Origin>,
    /// Its runs, from the first on that may have a part.
    many: &'t [Run],
    length: usize,
    range: Range<usize>,
}

impl Iterator for Within<'_> {
    type Item = (Range<usize>, Origin);

    fn next(&mut self) -> Option<Self::Item> {
        if let Some(origin) = self.one.take() {
            let range = self.range.clone();
            return (!range.is_empty()).then(|| (range.clone(), origin.skip(range.start as u32)));
        }
        loop {
            let (run, rest) = self.many.split_first().filter(|(run, _)| (run.start as usize) < self.range.end)?;
            self.many = rest;
            let (from, to) = (run.start as usize, rest.first().map_or(self.length, |next| next.start as usize));
            let (start, end) = (from.max(self.range.start), to.min(self.range.end));
            if start < end {
                return Some((start..end, run.origin.skip((start - from) as u32)));
            }
        }
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
    /// With room for so many bytes.
    pub(crate) fn with_room(bytes: usize) -> Self {
        Self { string: String::with_capacity(bytes), runs: Vec::new() }
    }

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

    /// So many blanks that the function adds.
    pub(crate) fn push_blanks(&mut self, mut count: usize) {
        const BLANKS: &str = "                                                                ";
        while count > 0 {
            let some = count.min(BLANKS.len());
            self.push_computed(&BLANKS[..some]);
            count -= some;
        }
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
        match text.range_of(part) {
            Some(range) => self.push_slice(text, range),
            None => self.push_computed(part),
        }
    }

    pub(crate) fn len(&self) -> usize {
        self.string.len()
    }

    pub(crate) fn finish(mut self) -> Text {
        self.take()
    }

    /// The text; the writer is empty then, and has room for another one.
    pub(crate) fn take(&mut self) -> Text {
        let runs = match self.runs.as_slice() {
            [] => Runs::One(Origin::COMPUTED),
            [run] => Runs::One(run.origin),
            runs => Runs::Many(Rc::from(runs)),
        };
        let text = Text { string: Rc::from(self.string.as_str()), runs };
        self.string.clear();
        self.runs.clear();
        text
    }
}
