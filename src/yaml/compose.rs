//! Parser events to nodes: scalars resolved, aliases followed, keys merged and counted.
//!
//! `granit-parser` is known only here.

use std::collections::HashMap;

use granit_parser::{Event, Options, Parser, ScalarStyle, StructureStyle, Tag};

use super::resolve::{Scalar, plain};
use super::value::{Data, Node, NodeEntry, Style, Text};
use super::{Comment, Document, RepeatedKey, SyntaxError};
use crate::text::Span;

pub(super) struct Composed<'s> {
    pub(super) document: Document<'s>,
    pub(super) comments: Vec<Comment>,
    pub(super) error: Option<SyntaxError>,
}

/// Reads the first YAML document of a chunk.
pub(super) fn compose(text: &str, chunk: Span) -> Composed<'_> {
    let document = Document {
        text,
        index: 0,
        span: chunk,
        complete: true,
        repeated: Vec::new(),
        nodes: Vec::new(),
        entries: Vec::new(),
        items: Vec::new(),
        decoded: String::new(),
        root: None,
    };
    let mut composer = Composer {
        document,
        comments: Vec::new(),
        error: None,
        base: chunk.start,
        open: Vec::new(),
        anchors: HashMap::new(),
    };
    composer.run(&text[chunk.range()]);
    while !composer.open.is_empty() {
        composer.close();
    }
    composer.document.repeated.sort_by_key(|repeated| repeated.again);
    Composed { document: composer.document, comments: composer.comments, error: composer.error }
}

struct Composer<'s> {
    document: Document<'s>,
    comments: Vec<Comment>,
    error: Option<SyntaxError>,
    base: u32,
    open: Vec<Collection>,
    anchors: HashMap<usize, u32>,
}

/// A collection whose end has not been seen.
struct Collection {
    mapping: bool,
    anchor: usize,
    style: Style,
    span: Span,
    key: Option<(Text, Span)>,
    entries: Vec<NodeEntry>,
    merges: Vec<(u32, Span)>,
    items: Vec<u32>,
}

impl Composer<'_> {
    fn run(&mut self, chunk: &str) {
        let mut options = Options::default();
        options.emit_unresolved_aliases = true;
        options.max_buffered_comment_events = 1 << 20;
        options.flow_nesting_limit = 1_000;
        options.block_nesting_limit = 1_000;
        for next in Parser::new_from_str_with_options(chunk, options) {
            match next {
                Ok((Event::DocumentEnd, _)) => break,
                Ok((event, span)) => {
                    let range = span.byte_range().unwrap_or_default();
                    let span = Span::new(self.offset(range.start), self.offset(range.end));
                    self.event(event, span);
                }
                Err(error) => {
                    let at = self.offset(error.marker().byte_offset().unwrap_or_default().min(chunk.len()));
                    let end = at + self.document.text[at as usize..].chars().next().map_or(0, char::len_utf8) as u32;
                    self.fail(Span::new(at, end), error.info().to_owned());
                    break;
                }
            }
            if self.error.is_some() {
                break;
            }
        }
    }

    fn event(&mut self, event: Event<'_>, span: Span) {
        match event {
            Event::Comment(..) => self.comments.push(Comment { span }),
            Event::Scalar(value, style, anchor, tag) => {
                let node = self.scalar(&value, style, tag.as_deref(), span);
                let node = self.push(node);
                self.anchors.insert(anchor, node);
                self.place(node);
            }
            Event::Alias(id) => match self.anchors.get(&id).copied() {
                Some(node) => self.place(node),
                None => self.fail(span, "an alias cannot stand inside the value that it names".to_owned()),
            },
            Event::UnresolvedAlias(name) => self.fail(span, format!("no anchor `&{name}` stands before this alias")),
            Event::SequenceStart(style, anchor, _) => self.open(false, style, anchor, span),
            Event::MappingStart(style, anchor, _) => self.open(true, style, anchor, span),
            Event::SequenceEnd | Event::MappingEnd => {
                if let Some(collection) = self.open.last_mut().filter(|open| open.style == Style::Flow) {
                    collection.span.end = span.end;
                }
                self.close();
            }
            _ => {}
        }
    }

    fn open(&mut self, mapping: bool, style: StructureStyle, anchor: usize, span: Span) {
        let style = if style == StructureStyle::Flow { Style::Flow } else { Style::Block };
        let span = if style == Style::Flow { span } else { Span::empty(span.start) };
        self.open.push(Collection {
            mapping,
            anchor,
            style,
            span,
            key: None,
            entries: Vec::new(),
            merges: Vec::new(),
            items: Vec::new(),
        });
    }

    fn close(&mut self) {
        let Some(mut collection) = self.open.pop() else { return };
        if let Some((key, key_span)) = collection.key.take() {
            let value = self.push(Node { data: Data::Null, span: Span::empty(key_span.end), style: Style::Plain });
            collection.entries.push(NodeEntry { key, key_span, value });
        }
        let data = if collection.mapping { self.mapping(&mut collection) } else { self.sequence(&mut collection) };
        let node = self.push(Node { data, span: collection.span, style: collection.style });
        self.anchors.insert(collection.anchor, node);
        self.place(node);
    }

    fn sequence(&mut self, collection: &mut Collection) -> Data {
        let first = self.document.items.len() as u32;
        if collection.style == Style::Block {
            for item in &collection.items {
                collection.span = collection.span.cover(self.document.nodes[*item as usize].span);
            }
        }
        self.document.items.append(&mut collection.items);
        Data::Sequence(first, self.document.items.len() as u32)
    }

    fn mapping(&mut self, collection: &mut Collection) -> Data {
        if collection.style == Style::Block {
            for entry in &collection.entries {
                let value = self.document.nodes[entry.value as usize].span;
                let value = if value.start >= entry.key_span.start { value } else { entry.key_span };
                collection.span = collection.span.cover(entry.key_span).cover(value);
            }
        }
        let mut entries: Vec<NodeEntry> = Vec::with_capacity(collection.entries.len());
        let mut seen: HashMap<String, usize> = HashMap::new();
        for (merge, at) in std::mem::take(&mut collection.merges) {
            self.merge(merge, at, &mut entries, &mut seen);
        }
        let merged = entries.len();
        for entry in std::mem::take(&mut collection.entries) {
            let key = self.document.string(entry.key).to_owned();
            match seen.insert(key.clone(), entries.len()) {
                None => entries.push(entry),
                Some(index) => {
                    self.document.repeated.push(RepeatedKey {
                        first: entries[index].key_span,
                        again: entry.key_span,
                        merged: index < merged,
                        key: key.clone(),
                    });
                    entries[index] = entry;
                    seen.insert(key, index);
                }
            }
        }
        let first = self.document.entries.len() as u32;
        self.document.entries.append(&mut entries);
        Data::Mapping(first, self.document.entries.len() as u32)
    }

    fn merge(&mut self, node: u32, at: Span, entries: &mut Vec<NodeEntry>, seen: &mut HashMap<String, usize>) {
        match self.document.nodes[node as usize].data {
            Data::Mapping(first, end) => {
                for index in first..end {
                    let entry = self.document.entries[index as usize];
                    let key = self.document.string(entry.key).to_owned();
                    if let std::collections::hash_map::Entry::Vacant(vacant) = seen.entry(key) {
                        vacant.insert(entries.len());
                        entries.push(entry);
                    }
                }
            }
            Data::Sequence(first, end) => {
                for index in first..end {
                    let item = self.document.items[index as usize];
                    if matches!(self.document.nodes[item as usize].data, Data::Mapping(..)) {
                        self.merge(item, at, entries, seen);
                    } else {
                        self.fail(at, "a merge (`<<`) takes mappings only".to_owned());
                    }
                }
            }
            _ => self.fail(at, "a merge (`<<`) takes a mapping or a list of mappings".to_owned()),
        }
    }

    fn scalar(&mut self, value: &str, style: ScalarStyle, tag: Option<&Tag>, span: Span) -> Node {
        let style = match style {
            ScalarStyle::Plain => Style::Plain,
            ScalarStyle::SingleQuoted => Style::SingleQuoted,
            ScalarStyle::DoubleQuoted => Style::DoubleQuoted,
            ScalarStyle::Literal => Style::Literal,
            ScalarStyle::Folded => Style::Folded,
        };
        let resolved = if style == Style::Plain && tag.is_none() { plain(value) } else { Scalar::String };
        let data = match resolved {
            Scalar::Null => Data::Null,
            Scalar::Bool(value) => Data::Bool(value),
            Scalar::Int(value) => Data::Int(value),
            Scalar::Uint(value) => Data::Uint(value),
            Scalar::Float(value) if value.is_finite() => Data::Float(value),
            Scalar::Float(_) => {
                self.fail(span, format!("JSON has no number `{value}`; quote it to make it a string"));
                Data::Null
            }
            Scalar::String => Data::String(self.text(value, span)),
        };
        Node { data, span, style }
    }

    /// Where the decoded text of a scalar is: in the source if it stands there as it is.
    fn text(&mut self, value: &str, span: Span) -> Text {
        if self.document.text[span.range()] == *value {
            return Text::Source(span);
        }
        let start = self.document.decoded.len() as u32;
        self.document.decoded.push_str(value);
        Text::Decoded(Span::new(start, self.document.decoded.len() as u32))
    }

    fn push(&mut self, node: Node) -> u32 {
        self.document.nodes.push(node);
        self.document.nodes.len() as u32 - 1
    }

    fn place(&mut self, node: u32) {
        let Some(mut collection) = self.open.pop() else {
            self.document.root = Some(node);
            return;
        };
        if !collection.mapping {
            collection.items.push(node);
        } else if let Some((key, key_span)) = collection.key.take() {
            let plain_merge = &self.document.text[key_span.range()] == "<<";
            if plain_merge {
                collection.merges.push((node, key_span));
            } else {
                collection.entries.push(NodeEntry { key, key_span, value: node });
            }
        } else {
            collection.key = Some(self.key(node));
        }
        self.open.push(collection);
    }

    /// A key is resolved like a value, then written as a string.
    fn key(&mut self, node: u32) -> (Text, Span) {
        let Node { data, span, .. } = self.document.nodes[node as usize];
        let written = match data {
            Data::String(text) => return (text, span),
            Data::Bool(value) => value.to_string(),
            Data::Int(value) => value.to_string(),
            Data::Float(value) => (value as f32).to_string(),
            _ => {
                self.fail(span, "a key must be a string, a number or a boolean".to_owned());
                String::new()
            }
        };
        (self.text(&written, span), span)
    }

    fn fail(&mut self, span: Span, message: String) {
        self.error.get_or_insert(SyntaxError { span, message, document: None });
    }

    fn offset(&self, within_chunk: usize) -> u32 {
        self.base + within_chunk as u32
    }
}
