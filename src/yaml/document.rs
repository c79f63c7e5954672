//! A file and its documents: what reading makes.

use std::sync::atomic::AtomicU32;
use std::sync::{Arc, OnceLock};

use super::chars::Breaks;
use super::decode::decode;
use super::error::span;
use super::json;
use super::long::LongMappings;
use super::tape::{DECODE, Event, EventKind, TAGGED, Tape, WRITTEN_KEY};
use super::{SyntaxError, resolve};
use crate::text::Span;

/// A file as Kubernetes reads it, and what could not be read. Reading never fails.
#[derive(Debug)]
#[non_exhaustive]
pub struct File {
    /// The text all spans count bytes of.
    pub text: Arc<str>,
    /// The documents as kubectl counts them: empty, comment-only and null ones are not among them.
    pub documents: Vec<Document>,
    /// Every comment, in order of place.
    pub comments: Vec<Comment>,
    /// What could not be read, in order of place.
    pub errors: Vec<SyntaxError>,
    /// What is read otherwise than it looks, in order of place.
    pub notes: Vec<Note>,
    /// Bytes that stand for what nobody knows, in order.
    pub(super) unknown: Box<[Span]>,
}

impl File {
    /// What could not be read of a document, in order of place.
    pub(super) fn errors_of(&self, document: &Document) -> impl Iterator<Item = &SyntaxError> {
        let from = self.errors.partition_point(|error| error.span.start < document.span.start);
        let near = self.errors[from..].iter().take_while(|error| error.span.start <= document.span.end);
        near.filter(|error| error.document == Some(document.index))
    }

    /// The document a note stands in, the whole file where it stands in none; nothing of a template, in which nothing is
    /// yet what it will be.
    #[must_use]
    pub fn around(&self, note: &Note) -> Span {
        let document = note.document.and_then(|index| self.documents.get(index));
        match document {
            None => span(0, self.text.len()),
            Some(document) if document.placeholder().is_some() => Span::empty(document.span.start),
            Some(document) => document.span,
        }
    }
}

/// A comment: from its `#` to the end of its line, line break excluded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Comment {
    /// Its bytes.
    pub span: Span,
}

/// Text that Kubernetes reads otherwise than a reader would.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// The characters it is about.
    pub span: Span,
    /// What happens to them.
    pub trap: Trap,
    /// The document it stands in, where it stands in one.
    pub document: Option<usize>,
}

/// How a text deceives its reader.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Trap {
    /// Content behind the first document of a chunk: nobody reads it.
    Ignored,
    /// A character that editors show inside a line, and that ends the line to Kubernetes: NEL, U+2028, U+2029 or
    /// a carriage return alone.
    LineBreak,
    /// A byte order mark behind the first character: text, or of two at the start, what costs every further line its
    /// first character.
    SecondMark,
    /// A line of `---` inside a quoted value: kubectl splits the document there.
    Separator,
    /// A key beside a merge (`<<`) that sets the same key; the later one of the two wins, and the API server's
    /// strict reader refuses both.
    MergeOverride,
    /// Two keys that are different to YAML and the same as strings (`1` and `"1"`): which one survives is chance.
    Collision,
}

/// A key that its mapping already has. A lax reader keeps the last value; the API server's strict reader refuses.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RepeatedKey {
    /// The key as a string.
    pub key: String,
    /// The key's earlier place.
    pub first: Span,
    /// The repetition's key.
    pub again: Span,
    /// Whether one of the two came in by a merge (`<<`).
    pub merged: bool,
}

/// One document: the first YAML document of one of kubectl's chunks.
#[derive(Debug)]
pub struct Document {
    pub(super) text: Arc<str>,
    /// Counted from 0 within the file, without the empty ones.
    pub index: usize,
    /// The chunk's bytes.
    pub span: Span,
    /// Whether the document was read to its end.
    pub complete: bool,
    /// Where what could not be read of it ends, the first of it.
    pub(super) unread: Option<u32>,
    /// Whether it was read by JSON's rules.
    pub json: bool,
    /// Whether a value stands in several places, by aliases.
    pub has_aliases: bool,
    /// Keys that come twice in one mapping, in order of the repetition's place.
    pub repeated: Vec<RepeatedKey>,
    pub(super) breaks: Breaks,
    pub(super) events: Tape,
    pub(super) listed: Vec<Listed>,
    /// Boxed, as few documents have such: a file may have a million that do not.
    pub(super) decoded: OnceLock<Box<Decoded>>,
    pub(super) long: LongMappings,
    /// Its first placeholder, once it was asked for.
    pub(super) placeholder: OnceLock<Option<Span>>,
    /// How often somebody looked at what nobody knows of it.
    pub(super) looks_at_unknown: AtomicU32,
}

/// The entries of a mapping that has repeated keys or merges: key and value, as events.
#[derive(Debug)]
pub(super) struct Listed {
    pub(super) mapping: u32,
    pub(super) entries: Vec<(u32, u32)>,
}

/// The texts of the scalars that are not their source.
#[derive(Debug, Default)]
pub(super) struct Decoded {
    text: String,
    /// The event, and where its text ends; it starts where the one before ends.
    ends: Vec<(u32, usize)>,
    /// The first event, and of each block of events from there, how many ends stand before.
    first: u32,
    before: Vec<u32>,
}

/// How many events a block has, in which ends are sought one by one.
const BLOCK: u32 = 16;

impl Document {
    /// The text of the whole file, which all spans count bytes of.
    #[must_use]
    #[inline]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The text of a span; empty where the span does not lie on character boundaries.
    #[must_use]
    pub fn slice(&self, span: Span) -> &str {
        self.text.get(span.range()).unwrap_or_default()
    }

    /// The text of a plain or quoted scalar that is as it is written.
    #[inline]
    pub(super) fn written(&self, event: Event) -> &str {
        let quote = usize::from(event.kind != EventKind::Plain);
        self.text.get(event.start as usize + quote..event.end as usize - quote).unwrap_or_default()
    }

    /// The same as bytes.
    #[inline]
    pub(super) fn written_bytes(&self, event: Event) -> &[u8] {
        let quote = usize::from(event.kind != EventKind::Plain);
        self.text.as_bytes().get(event.start as usize + quote..event.end as usize - quote).unwrap_or_default()
    }

    /// The text of a scalar.
    pub(super) fn scalar_text(&self, node: u32) -> &str {
        let event = self.events[node as usize];
        if event.is(DECODE) {
            return self.decoded.get_or_init(|| Box::new(self.decode_all())).get(node);
        }
        match event.kind {
            EventKind::SingleQuoted | EventKind::DoubleQuoted => self.written(event),
            _ if event.is_scalar() => &self.text[event.span().range()],
            _ => "",
        }
    }

    fn decode_all(&self) -> Decoded {
        let mut decoded = Decoded::default();
        for (node, event) in self.events.own().filter(|(_, event)| event.is(DECODE)) {
            self.decode_one(node, event, &mut decoded.text);
            decoded.add(node as u32);
        }
        decoded
    }

    fn decode_one(&self, node: usize, event: Event, out: &mut String) {
        if self.json {
            json::decode(&self.text[event.span().range()], out);
        } else if event.is(WRITTEN_KEY) {
            let written = if event.kind == EventKind::Alias { event.link as usize } else { node };
            out.push_str(&resolve::key_text(self.resolve_key(written), ""));
        } else if self.tag_class(node) == Some(resolve::TagClass::Binary) {
            let mut encoded = String::new();
            decode(&self.text, event, self.breaks, &mut encoded);
            out.push_str(&resolve::binary(&encoded).unwrap_or_default());
        } else {
            decode(&self.text, event, self.breaks, out);
        }
    }

    /// What a YAML scalar with that text means.
    pub(super) fn resolve_scalar(&self, node: usize, text: &str) -> resolve::Scalar {
        resolve_event(&self.events, node, text).unwrap_or(resolve::Scalar::String)
    }

    /// What a key that is a number or a boolean was before it became a string.
    pub(super) fn resolve_key(&self, node: usize) -> resolve::Scalar {
        let mut text = String::new();
        decode(&self.text, self.events[node], self.breaks, &mut text);
        self.resolve_scalar(node, &text)
    }

    pub(super) fn tag_class(&self, node: usize) -> Option<resolve::TagClass> {
        tag_class(&self.events, node)
    }
}

/// The class of the tag before a node.
pub(super) fn tag_class(events: &[Event], node: usize) -> Option<resolve::TagClass> {
    if !events[node].is(TAGGED) {
        return None;
    }
    let mut before = events[..node].iter().rev().take_while(|event| event.is_property());
    before.find(|event| event.kind == EventKind::Tag).map(|event| resolve::TagClass::from_link(event.link))
}

/// What a scalar means; `None` where its tag demands something else.
pub(super) fn resolve_event(events: &[Event], node: usize, text: &str) -> Option<resolve::Scalar> {
    match tag_class(events, node) {
        Some(tag) => resolve::tagged(tag, text),
        None if events[node].kind == EventKind::Plain => Some(resolve::plain(text)),
        None => Some(resolve::Scalar::String),
    }
}

impl Decoded {
    /// Ends the text of an event; they come in order.
    fn add(&mut self, node: u32) {
        if self.ends.is_empty() {
            self.first = node;
        }
        let block = (node - self.first) / BLOCK;
        self.before.resize(block as usize + 1, self.ends.len() as u32);
        self.ends.push((node, self.text.len()));
    }

    fn get(&self, node: u32) -> &str {
        let block = node.checked_sub(self.first).map(|at| at / BLOCK);
        let Some(before) = block.and_then(|block| self.before.get(block as usize)) else { return "" };
        let mut ends = (*before as usize..).zip(&self.ends[*before as usize..]);
        let Some((index, _)) = ends.find(|(_, (event, _))| *event >= node).filter(|(_, (event, _))| *event == node)
        else {
            return "";
        };
        let start = if index == 0 { 0 } else { self.ends[index - 1].1 };
        &self.text[start..self.ends[index].1]
    }
}
