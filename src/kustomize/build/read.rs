//! Texts as trees.

use std::rc::Rc;
use std::sync::Arc;

use super::tree::{At, Entry, Form, Kind, Node, Scalar, Value};
use super::{Files, Unbuilt, Written};
use crate::hash::HashMap;
use crate::text::{Origins, Source, Span};
use crate::yaml::{self, Document, Style};

/// The texts that a build is made of, each with a number.
pub(super) struct Shelf<'f> {
    files: &'f dyn Files,
    pub(super) units: Vec<Unit>,
    /// The files among them, as they were read.
    pub(super) sources: Vec<Source>,
    known: HashMap<String, (u32, Arc<Written>)>,
}

/// A text: a file, or what stands in one as a string.
pub(super) struct Unit {
    pub(super) text: Arc<str>,
    /// The file, by its number.
    pub(super) file: u32,
    /// Of a string, where its bytes stand in the file.
    pub(super) origins: Option<Origins>,
}

impl<'f> Shelf<'f> {
    pub(super) fn new(files: &'f dyn Files) -> Self {
        Self { files, units: Vec::new(), sources: Vec::new(), known: HashMap::default() }
    }

    pub(super) fn is_folder(&self, path: &str) -> bool {
        self.files.is_folder(path)
    }

    /// The bytes of a file.
    pub(super) fn bytes(&self, path: &str) -> Result<Vec<u8>, Unbuilt> {
        self.files.bytes(path).ok_or_else(|| Unbuilt::new(format!("{path} is not there, or cannot be read")))
    }

    pub(super) fn has(&self, path: &str) -> bool {
        self.known.contains_key(path) || self.files.read(path).is_some()
    }

    /// The documents of a file.
    pub(super) fn documents(&mut self, path: &str) -> Result<Vec<Node>, Unbuilt> {
        let (unit, written) = match self.known.get(path) {
            Some((unit, written)) => (*unit, Arc::clone(written)),
            None => {
                let absent = || Unbuilt::new(format!("{path} is not there, or cannot be read"));
                let written = self.files.read(path).ok_or_else(absent)?;
                let (unit, file) = (self.units.len() as u32, self.sources.len() as u32);
                self.sources.push(written.source.clone());
                self.units.push(Unit { text: written.source.shared_text(), file, origins: None });
                self.known.insert(path.to_owned(), (unit, Arc::clone(&written)));
                (unit, written)
            }
        };
        self.trees(&written.yaml, unit, path)
    }

    /// The documents in a string.
    pub(super) fn documents_within(&mut self, string: &Node, path: &str) -> Result<Vec<Node>, Unbuilt> {
        let file = yaml::parse(string.text());
        let mut words = Origins::default();
        words.turn_to(string.at.unit);
        match &string.value {
            Value::Scalar(Scalar { form: Form::Quoted(origins), .. }) => {
                words.follow(origins, Span::new(0, file.text.len() as u32));
            }
            Value::Scalar(Scalar { form: Form::Line(Some(start)), text, .. }) => {
                words.copy(Span::new(*start, start + text.len() as u32));
            }
            Value::Scalar(Scalar { form: Form::Block, .. }) => self.within_block(string, &mut words),
            _ => words.stand_for(string.at.span, file.text.len() as u32),
        }
        // A string in a string is told of by the place in the file.
        let mut origins = Origins::default();
        for part in words.parts(Span::new(0, file.text.len() as u32)) {
            self.trace(At { unit: part.source, span: part.span }, part.is_verbatim, part.length, &mut origins);
        }
        let unit = self.units.len() as u32;
        let holder = self.units[string.at.unit as usize].file;
        self.units.push(Unit { text: Arc::clone(&file.text), file: holder, origins: Some(origins) });
        self.trees(&file, unit, path)
    }

    /// Whether the text of a document is JSON, or does not begin as that does.
    pub(super) fn is_json_or_block(&self, document: &Node) -> bool {
        let text = self.units[document.at.unit as usize].text.trim_start();
        !text.starts_with('[') || serde_json::from_str::<serde::de::IgnoredAny>(text).is_ok()
    }

    /// Adds where a stretch of a text comes from in its file.
    pub(super) fn trace(&self, at: At, is_verbatim: bool, length: u32, into: &mut Origins) {
        let unit = &self.units[at.unit as usize];
        into.turn_to(unit.file);
        match &unit.origins {
            _ if !is_verbatim => into.stand_for(self.in_file(at), length),
            None => into.copy(at.span),
            Some(origins) => {
                for part in origins.parts(at.span) {
                    if part.is_verbatim { into.copy(part.span) } else { into.stand_for(part.span, part.length) }
                }
            }
        }
    }

    /// Where something stands in its file.
    pub(super) fn in_file(&self, at: At) -> Span {
        let origins = &self.units[at.unit as usize].origins;
        origins.as_ref().map_or(at.span, |origins| origins.span(at.span))
    }

    fn within_block(&self, string: &Node, words: &mut Origins) {
        let text = &self.units[string.at.unit as usize].text[string.at.span.range()];
        let indent = indent_of_block(text);
        let start = string.at.span.start;
        let mut at = text.find('\n').map_or(text.len(), |at| at + 1);
        let mut left = string.text().len();
        for line in text[at..].split_inclusive('\n') {
            let content = &line[indent.min(line.trim_end_matches(['\n', '\r']).len())..];
            let from = start + (at + line.len() - content.len()) as u32;
            let length = content.len().min(left);
            words.copy(Span::new(from, from + length as u32));
            (at, left) = (at + line.len(), left - length);
        }
        words.stand_for(Span::empty(start + at as u32), left as u32);
    }

    fn trees(&self, file: &yaml::File, unit: u32, path: &str) -> Result<Vec<Node>, Unbuilt> {
        let is_whole = |document: &Document| document.complete && document.repeated.is_empty();
        if !file.errors.is_empty() || !file.documents.iter().all(is_whole) {
            return Err(Unbuilt::new(format!("{path} has faults in its YAML")));
        }
        let reader = Reader { text: &self.units[unit as usize].text, unit };
        let roots = file.documents.iter().filter_map(Document::root);
        Ok(roots.map(|root| reader.node(root)).filter(|node| !node.is_null()).collect())
    }
}

struct Reader<'r> {
    text: &'r str,
    unit: u32,
}

impl Reader<'_> {
    fn at(&self, span: Span) -> At {
        At { unit: self.unit, span }
    }

    fn node(&self, value: yaml::Value<'_>) -> Node {
        let beside = value.comment_beside().map(|(span, _)| self.at(span));
        let read = match value.kind() {
            yaml::Kind::Mapping => Value::Map(value.entries().map(|entry| self.entry(entry)).collect()),
            yaml::Kind::Sequence => Value::List(value.items().map(|item| self.item(item)).collect()),
            _ => Value::Scalar(self.scalar(value)),
        };
        let beside = beside.filter(|_| matches!(read, Value::Scalar(_)));
        Node { beside, ..Node::of(read, self.at(value.span())) }
    }

    fn entry(&self, entry: yaml::Entry<'_>) -> Entry {
        let mut node = self.node(entry.value);
        node.above = self.comments_above(entry.key_span.start);
        if !matches!(node.value, Value::Scalar(_)) {
            node.beside = self.comment_behind(entry.key_span.end);
        }
        Entry { key: Rc::from(entry.key), at: self.at(entry.key_span), node }
    }

    fn item(&self, item: yaml::Value<'_>) -> Node {
        Node { above: self.comments_above(item.place().start), ..self.node(item) }
    }

    fn scalar(&self, value: yaml::Value<'_>) -> Scalar {
        let (kind, text) = match value.kind() {
            yaml::Kind::Null => (Kind::Null, "null"),
            yaml::Kind::Bool(true) => (Kind::Bool, "true"),
            yaml::Kind::Bool(false) => (Kind::Bool, "false"),
            yaml::Kind::Number(_) => (Kind::Number, value.source()),
            yaml::Kind::String(text) => (Kind::String, text),
            yaml::Kind::Sequence | yaml::Kind::Mapping | yaml::Kind::Unknown => (Kind::Null, ""),
        };
        Scalar { text: Rc::from(text), kind, form: self.form(value, kind) }
    }

    fn form(&self, value: yaml::Value<'_>, kind: Kind) -> Form {
        let (source, style, span) = (value.source(), value.style(), value.span());
        if kind == Kind::Null && source.is_empty() || value.tag().is_some() && kind != Kind::String {
            return Form::Line(None);
        }
        if style == Style::Literal && is_plain_block(source) && kind == Kind::String {
            return Form::Block;
        }
        let is_block = matches!(style, Style::Literal | Style::Folded);
        if kind == Kind::String && (source.contains(['\n', '\r']) || is_block || value.tag().is_some()) {
            let mut origins = Origins::default();
            let length = value.as_str().map_or(0, str::len) as u32;
            origins.turn_to(self.unit);
            match value.origins() {
                Some(own) => origins.follow(&own.of_source(self.unit), Span::new(0, length)),
                None => origins.stand_for(span, length),
            }
            return Form::Quoted(Rc::new(origins));
        }
        let quote = u32::from(matches!(style, Style::SingleQuoted | Style::DoubleQuoted));
        Form::Line(value.is_verbatim().then_some(span.start + quote))
    }

    /// The comments on the lines above the one that starts there, be it behind dashes.
    fn comments_above(&self, start: u32) -> Option<At> {
        let before = &self.text[..start as usize];
        let line = before.trim_end_matches([' ', '-']).len();
        if line > 0 && !before[..line].ends_with('\n') {
            return None;
        }
        let mut first = line;
        while let Some(above) = before[..first].strip_suffix('\n') {
            let above = above.rfind('\n').map_or(0, |at| at + 1);
            if !before[above..first].trim_start().starts_with('#') {
                break;
            }
            first = above;
        }
        let comments = before[first..line].trim_end();
        (first < line).then(|| self.at(Span::new(first as u32, (first + comments.len()) as u32)))
    }

    /// The comment behind a key and its colon.
    fn comment_behind(&self, end: u32) -> Option<At> {
        let line = self.text[end as usize..].lines().next()?;
        let rest = line.trim_start().strip_prefix(':')?;
        let comment = rest.trim();
        let start = end as usize + (line.len() - rest.len()) + (rest.len() - rest.trim_start().len());
        let is_comment = comment.starts_with('#') && rest.starts_with([' ', '\t']);
        is_comment.then(|| self.at(Span::new(start as u32, (start + comment.len()) as u32)))
    }
}

/// Whether a block scalar says nothing of its indentation, and keeps no lines at its end.
fn is_plain_block(source: &str) -> bool {
    let header = source.lines().next().unwrap_or_default().trim_end();
    let indent = indent_of_block(source);
    let is_even = |line: &str| line.trim().is_empty() || line.len() - line.trim_start_matches(' ').len() >= indent;
    matches!(header, "|" | "|-") && indent > 0 && !source.contains('\r') && source.lines().skip(1).all(is_even)
}

/// How far the lines of a block scalar are indented.
pub(super) fn indent_of_block(source: &str) -> usize {
    let first = source.lines().skip(1).find(|line| !line.trim().is_empty()).unwrap_or_default();
    first.len() - first.trim_start_matches(' ').len()
}
