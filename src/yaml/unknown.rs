//! What nobody knows of a text: bytes that stand for something, of which it is not known what. A template prints them
//! where a value is not given, or only a cluster has it.
//!
//! They become nodes of their own kind beside scalars and collections, or entries of the collection that they stand in.

use std::ops::Range;

use super::tape::{Event, EventKind, HASHED, OPEN};
use super::{Document, Entry, File, Value};
use crate::text::Span;

impl File {
    /// Whether bytes stand for what nobody knows, all or some of them.
    #[must_use]
    pub fn is_unknown(&self, span: Span) -> bool {
        !self.unknown.is_empty() && is_among(&self.unknown, span)
    }

    /// Whether a document has such bytes.
    #[must_use]
    pub fn has_unknown(&self, document: usize) -> bool {
        !self.unknown.is_empty() && self.documents.get(document).is_none_or(|document| self.is_unknown(document.span))
    }
}

impl File {
    /// What nobody knows of the value of an entry: in it, and on the rest of its last line.
    pub(crate) fn unknown_behind(&self, entry: Entry<'_>) -> Vec<Span> {
        let end = entry.value.span().end.max(entry.key_span.end);
        let rest = self.text[end as usize..].find('\n').unwrap_or(0);
        self.unknown_from(entry.key_span.end, end + rest as u32).collect()
    }

    /// The lines that stand for entries of a mapping, which is the value of an entry.
    pub(crate) fn unknown_entries(&self, of: Entry<'_>) -> Vec<Span> {
        let line = |at: u32| self.text[..at as usize].rfind('\n').map_or(0, |before| before + 1) as u32;
        let column = of.value.entries().next().map(|first| first.key_span.start - line(first.key_span.start));
        let end = after_blanks(&self.text, of.value.span().end);
        let lines = self.unknown_from(of.key_span.end, end).filter(|hole| self.text[hole.range()].starts_with('#'));
        lines.filter(|hole| column.is_none_or(|column| hole.start - line(hole.start) == column)).collect()
    }

    fn unknown_from(&self, start: u32, end: u32) -> impl Iterator<Item = Span> {
        let from = self.unknown.partition_point(|hole| hole.start < start);
        self.unknown[from..].iter().copied().take_while(move |hole| hole.end <= end)
    }
}

/// Whether one of the holes lies in a span.
fn is_among(holes: &[Span], span: Span) -> bool {
    let from = holes.partition_point(|hole| hole.end < span.start);
    holes[from..].iter().take_while(|hole| hole.start <= span.end).any(|hole| meets(*hole, span))
}

/// Whether a hole lies in a span, or one that is empty at the edge of it.
fn meets(hole: Span, span: Span) -> bool {
    let is_beside = hole.is_empty() || span.is_empty();
    hole.meets(span) && (is_beside || hole.start < span.end && span.start < hole.end)
}

impl Document {
    /// How often somebody looked at what nobody knows of it.
    pub(crate) fn looks_at_unknown(&self) -> u32 {
        self.looks_at_unknown.load(std::sync::atomic::Ordering::Relaxed)
    }

    #[cold]
    pub(super) fn note_look(&self) {
        self.looks_at_unknown.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
    }
}

impl Value<'_> {
    /// Whether nobody knows what it is.
    #[must_use]
    #[inline]
    pub fn is_unknown(self) -> bool {
        self.event().kind == EventKind::Unknown
    }

    /// Whether it is a collection that may have more entries than are written: nobody knows which.
    #[must_use]
    #[inline]
    pub fn is_open(self) -> bool {
        let event = self.event();
        event.is_collection() && event.is(OPEN)
    }

    /// Says that somebody looked at it, if nobody knows what it is, or all of it.
    #[inline]
    pub(crate) fn note_if_unknown(self) {
        if self.is_unknown() || self.is_open() {
            self.document.note_look();
        }
    }
}

/// Turns events into unknown ones. Where only a comment stands on a line of its own in the place of a hole, entries may
/// stand there.
pub(super) fn mark(text: &str, events: &mut [Event], own: Range<usize>, holes: &[Span]) {
    let ends = events[own.clone()].first().zip(events[own.clone()].last());
    let Some((first, last)) = ends.map(|(first, last)| (first.start, last.end)) else { return };
    let line = |at: u32| text[..at as usize].rfind('\n').map_or(0, |at| at + 1) as u32;
    let from = holes.partition_point(|hole| hole.end < line(first));
    let near = holes[from..].iter().take_while(|hole| hole.start <= last.max(after_blanks(text, last)));
    let (lines, inside): (Vec<Span>, Vec<Span>) = near.partition(|hole| text[hole.range()].starts_with('#'));
    let mut marker =
        Marker { text, events, lines: lines.into_iter().peekable(), inside, chain: Vec::new(), pending: None };
    marker.run(own);
}

/// Where something but blanks and comments follows.
fn after_blanks(text: &str, at: u32) -> u32 {
    let mut end = at as usize;
    for line in text[at as usize..].split_inclusive('\n') {
        if !line.trim_start().is_empty() && !line.trim_start().starts_with('#') && end > at as usize {
            break;
        }
        end += line.len();
    }
    end as u32
}

struct Marker<'m> {
    text: &'m str,
    events: &'m mut [Event],
    /// Holes that entries may stand in.
    lines: std::iter::Peekable<std::vec::IntoIter<Span>>,
    /// Holes that are scalars, or parts of them.
    inside: Vec<Span>,
    /// The collections on the way to the node that was read last, outermost first; with their columns.
    chain: Vec<(usize, u32)>,
    /// The column of entries that may belong to the collection that comes next.
    pending: Option<u32>,
}

impl Marker<'_> {
    fn run(&mut self, own: Range<usize>) {
        // The collections that are open, and whether a key is to come.
        let mut open: Vec<(usize, bool)> = Vec::new();
        let mut last = None;
        for at in own {
            let event = self.events[at];
            if event.kind == EventKind::End {
                open.pop();
                continue;
            }
            self.lines_before(event.start, last);
            if event.is_property() {
                continue;
            }
            self.chain.truncate(open.len());
            let is_key = match open.last_mut() {
                Some((mapping, is_key)) if self.events[*mapping].kind == EventKind::MappingStart => {
                    *is_key = !*is_key;
                    !*is_key
                }
                _ => false,
            };
            if event.is_collection() {
                let column = self.column(event.start);
                let starts_within = is_among(&self.inside, Span::new(event.start, event.start + 1));
                if self.pending.take() == Some(column) || starts_within {
                    self.open_up(at);
                }
                self.chain.push((at, column));
                open.push((at, true));
            } else if self.has_lines(event) || self.is_in_hole(event) {
                match open.last() {
                    Some((mapping, _)) if is_key => self.open_up(*mapping),
                    _ => self.events[at] = Event { kind: EventKind::Unknown, flags: 0, ..event },
                }
            }
            last = Some(at).filter(|_| !is_key);
        }
        self.lines_before(u32::MAX, last);
    }

    /// Takes the holes on lines of their own that stand before a place; `last` is the node before it.
    fn lines_before(&mut self, place: u32, last: Option<usize>) {
        while let Some(hole) = self.lines.next_if(|hole| hole.start < place) {
            let column = self.column(hole.start);
            self.pending = Some(column);
            let Some(around) = self.chain.iter().rposition(|(_, own)| *own <= column) else { continue };
            let (_, own) = self.chain[around];
            if own == column {
                let alike: Vec<usize> = self.chain[..=around]
                    .iter()
                    .rev()
                    .take_while(|(_, own)| *own == column)
                    .map(|(at, _)| *at)
                    .collect();
                alike.into_iter().for_each(|at| self.open_up(at));
            } else if let Some((inner, _)) = self.chain.get(around + 1) {
                self.open_up(*inner);
            } else if let Some(last) = last.filter(|last| !self.events[*last].is_collection()) {
                // The value that the last key has is that, whatever it is.
                self.events[last] = Event { kind: EventKind::Unknown, flags: 0, ..self.events[last] };
            }
        }
    }

    /// Whether a hole on a line of its own is no comment, but a part of that scalar.
    fn has_lines(&mut self, event: Event) -> bool {
        let mut has_lines = false;
        while self.lines.next_if(|hole| event.start <= hole.start && hole.start < event.end).is_some() {
            has_lines = true;
        }
        has_lines
    }

    fn open_up(&mut self, collection: usize) {
        let event = &mut self.events[collection];
        // Its keys are looked for one by one.
        event.flags = (event.flags | OPEN) & !HASHED;
    }

    fn is_in_hole(&self, event: Event) -> bool {
        let mut span = event.span();
        if span.is_empty() {
            // Nothing is written: the hole would stand behind the blanks.
            let rest = &self.text[span.start as usize..];
            let blanks = rest.len() - rest.trim_start_matches(' ').len();
            span = Span::new(span.start, span.start + blanks as u32);
        }
        is_among(&self.inside, span)
    }

    fn column(&self, at: u32) -> u32 {
        let line = self.text[..at as usize].rfind('\n').map_or(0, |before| before + 1);
        at - line as u32
    }
}

#[cfg(test)]
mod tests {
    use crate::text::Span;
    use crate::yaml::{Kind, Value, parse_with_unknown};

    /// The text without its marks: `?` is a scalar that nobody knows, or a part of one, `#?` entries.
    fn parsed(text: &str) -> crate::yaml::File {
        let holes: Vec<Span> = text
            .match_indices('?')
            .map(|(at, _)| at as u32)
            .map(|at| {
                let is_line = at > 0 && text.as_bytes()[at as usize - 1] == b'#';
                Span::new(at - u32::from(is_line), at + 1)
            })
            .collect();
        parse_with_unknown(&text.replace('?', "x").into(), &holes)
    }

    fn at<'a>(root: Value<'a>, path: &str) -> Value<'a> {
        path.split('.').filter(|step| !step.is_empty()).fold(root, |value, step| match step.parse::<usize>() {
            Ok(index) => value.items().nth(index).expect("an item"),
            Err(_) => value.get(step).expect("an entry").value,
        })
    }

    #[test]
    fn a_scalar_is_unknown_that_has_a_hole() {
        for (text, path) in [
            ("a: ?\nb: 1\n", "a"),
            ("a: \"?\"\n", "a"),
            ("a: b-?-c\n", "a"),
            ("a: |\n  b ?\n  c\n", "a"),
            ("a:\n- ?\n- b\n", "a.0"),
            ("a: [b, ?]\n", "a.1"),
            ("a:\n    #?\nb: 1\n", "a"),
            ("a:\n  b:\n      #?\n", "a.b"),
            ("a:\n- \n    #?\n", "a.0"),
            ("a:\n    #?\n  b: ?\n", "a.b"),
        ] {
            let file = parsed(text);
            let root = file.documents[0].root().expect("a value");
            assert_eq!(at(root, path).kind(), Kind::Unknown, "{text}");
            assert!(file.errors.is_empty() && root.get("b").is_none_or(|b| b.value.kind() != Kind::Unknown), "{text}");
        }
    }

    #[test]
    fn a_collection_is_open_in_which_lines_are_unknown() {
        for (text, path) in [
            ("a: 1\n#?\nb: 2\n", ""),
            ("a:\n  b: 1\n  #?\nc: 1\n", "a"),
            ("a:\n  #?\n  b: 1\nc: 1\n", "a"),
            ("a:\n  - b: 1\n    #?\n  - c: 1\n", "a.0"),
            ("a:\n  - b: 1\n  #?\nc: 1\n", "a"),
            ("a:\n- b: 1\n#?\n", "a"),
            ("a:\n  ?: 1\n  b: 2\n", "a"),
            ("a:\n  b:\n    c: 1\n    #?\n", "a.b"),
        ] {
            let file = parsed(text);
            let root = file.documents[0].root().expect("a value");
            let value = at(root, path);
            assert!(value.is_open(), "{text}");
            let before = file.documents[0].looks_at_unknown();
            assert!(value.get("z").is_none() && (!value.is_mapping() || file.documents[0].looks_at_unknown() > before));
            let others = ["a", "b", "c"].map(|key| root.get(key)).into_iter().flatten();
            assert!(others.filter(|other| !path.starts_with(other.key)).all(|other| !other.value.is_open()), "{text}");
        }
    }
}
