//! Where the parts of a document stand, for those who ask by line and not by key.

use super::Document;
use super::chars::has_break;
use super::tape::{Event, EventKind};
use super::value::span_of;
use crate::text::Span;

/// The parts of a document, each list in order of place.
#[derive(Debug, Default)]
pub(crate) struct Parts {
    /// Entries with their values, and items, an outer one before those in it.
    nodes: Vec<Span>,
    /// Scalars of several lines, and all blocks, with the header.
    texts: Vec<Span>,
}

/// A collection that is being walked.
struct Open {
    is_mapping: bool,
    /// The entry whose value comes next.
    entry: Option<usize>,
}

impl Parts {
    pub(crate) fn of(document: &Document) -> Self {
        let events: &[Event] = &document.events;
        let (mut parts, mut open) = (Self::default(), Vec::new());
        let mut lead = None;
        for (at, event) in document.events.own() {
            if event.is_property() {
                lead.get_or_insert(event.start);
                continue;
            }
            if event.kind == EventKind::End {
                open.pop();
                continue;
            }
            let span = span_of(events, at);
            parts.add(Span::new(lead.take().unwrap_or(span.start), span.end), open.last_mut());
            if event.is_collection() {
                open.push(Open { is_mapping: event.kind == EventKind::MappingStart, entry: None });
            } else if document.slice(span).contains('\n') || is_block(document, span) {
                parts.texts.push(span);
            }
        }
        parts
    }

    /// Adds a node of a collection.
    fn add(&mut self, node: Span, open: Option<&mut Open>) {
        let Some(open) = open else { return };
        match open.entry.take() {
            Some(entry) => self.nodes[entry].end = self.nodes[entry].end.max(node.end),
            None => {
                open.entry = open.is_mapping.then_some(self.nodes.len());
                self.nodes.push(node);
            }
        }
    }

    /// The first and outermost entry or item that starts on a line.
    pub(crate) fn on(&self, line: Span) -> Option<Span> {
        self.from(line.start).filter(|node| node.start < line.end)
    }

    /// The next entry or item that starts from a byte on.
    pub(crate) fn from(&self, at: u32) -> Option<Span> {
        self.nodes.get(self.nodes.partition_point(|node| node.start < at)).copied()
    }

    /// The last entry or item that starts before a byte, if it reaches over it.
    pub(crate) fn over(&self, at: u32) -> Option<Span> {
        let last = self.nodes.partition_point(|node| node.start < at).checked_sub(1)?;
        self.nodes.get(last).copied().filter(|node| node.end > at)
    }

    /// A byte of the line at whose end a comment is for what is on a line: the header's of a block of text, the last one of
    /// another text, elsewhere that line itself.
    pub(crate) fn end_of(&self, line: Span, document: &Document) -> u32 {
        let first = self.texts.partition_point(|text| text.end <= line.start);
        let on_line = self.texts[first..].iter().take_while(|text| text.start < line.end);
        let mut texts = on_line.clone().filter(|text| is_block(document, **text)).map(|text| text.start);
        let last = || on_line.filter(|text| text.end > line.end).map(|text| text.end).last();
        texts.next().or_else(last).unwrap_or(line.start)
    }

    /// Whether what is added at a byte becomes a part of a block of text. That can be so on its header's line: what ends a
    /// line to Kubernetes may stand inside one.
    pub(crate) fn is_in_block(&self, at: u32, document: &Document) -> bool {
        let first = self.texts.partition_point(|text| text.end < at);
        let around = self.texts[first..].iter().take_while(|text| text.start < at);
        let has_begun = |text: &Span| has_break(document.slice(Span::new(text.start, at)));
        around.filter(|text| is_block(document, **text)).any(has_begun)
    }

    /// The line, and the text that starts or ends on it with its other lines.
    pub(crate) fn around(&self, line: Span) -> Span {
        let first = self.texts.partition_point(|text| text.end < line.start);
        let on_line = self.texts[first..].iter().take_while(|text| text.start < line.end);
        // A text may end where the next line starts.
        on_line.filter(|text| text.end > line.start).fold(line, |all, text| all.cover(*text))
    }
}

fn is_block(document: &Document, text: Span) -> bool {
    document.slice(text).starts_with(['|', '>'])
}

#[cfg(test)]
mod tests {
    use super::Parts;
    use crate::text::Span;
    use crate::yaml::parse;

    /// What starts on each line, and how far the texts on it reach, as the lines' numbers.
    fn told(yaml: &str) -> Vec<(usize, &str, usize)> {
        let file = parse(yaml);
        let parts = Parts::of(&file.documents[0]);
        let mut start = 0;
        let lines = yaml.split_inclusive('\n').enumerate().map(|(number, line)| {
            let span = Span::new(start, start + line.trim_end().len() as u32);
            start += line.len() as u32;
            let node = parts.on(span).map_or("", |node| &yaml[node.range()]);
            (number, node.trim_end(), yaml[parts.around(span).range()].trim_end().lines().count())
        });
        lines.collect()
    }

    #[test]
    fn what_starts_on_a_line_is_told_with_all_that_is_in_it() {
        let yaml = "a:\n  b: 1\nc:\n- d: x\n  e: [1,\n    {f: 2}]\n- &n g\n? k\n: |\n  one\n  two\nq: \"x\n  y\"\n";
        let expected = [
            (0, "a:\n  b: 1", 1),
            (1, "b: 1", 1),
            (2, "c:\n- d: x\n  e: [1,\n    {f: 2}]\n- &n g", 1),
            (3, "d: x\n  e: [1,\n    {f: 2}]", 1),
            (4, "e: [1,\n    {f: 2}]", 1),
            (5, "{f: 2}", 1),
            (6, "&n g", 1),
            (7, "k\n: |\n  one\n  two", 1),
            (8, "", 3),
            (9, "", 3),
            (10, "", 3),
            (11, "q: \"x\n  y\"", 2),
            (12, "", 2),
        ];
        assert_eq!(told(yaml), expected);
    }
    #[test]
    fn what_is_next_and_what_reaches_over_a_byte_are_told() {
        let yaml = "a:\n  b\nc:\n-\n  d: x\n-\n";
        let file = parse(yaml);
        let parts = Parts::of(&file.documents[0]);
        let told = |node: Option<Span>| node.map(|node| &yaml[node.range()]);
        assert_eq!(told(parts.from(10)), Some("d: x"));
        assert_eq!(told(parts.over(5)), Some("a:\n  b"));
        assert_eq!((told(parts.over(0)), told(parts.over(yaml.len() as u32))), (None, None));
    }

    #[test]
    fn what_is_added_to_a_line_may_become_a_part_of_a_block() {
        for (yaml, expected) in [
            ("a: | # b\n  c\n", [false, true]),
            ("a: |\r  b\n  c\n", [true, true]),
            ("a: |\r  b\u{2028}c: 1\nd: 1\n", [false, false]),
            ("a: >\r  b\n", [true, false]),
            ("a: b\r  c\nd: 1\n", [false, false]),
        ] {
            let file = parse(yaml);
            let (parts, document) = (Parts::of(&file.documents[0]), &file.documents[0]);
            let ends = yaml.match_indices('\n').map(|(at, _)| parts.is_in_block(at as u32, document));
            assert_eq!(ends.collect::<Vec<_>>(), expected[..yaml.matches('\n').count()], "{yaml:?}");
        }
    }
}
