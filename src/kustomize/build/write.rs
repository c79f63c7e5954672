//! Objects as texts, with the origin of every byte.

use super::read::{Shelf, indent_of_block};
use super::tree::{At, Entry, Form, Kind, Node, Scalar, Value};
use crate::kustomize::quoted::{is_unsafe, quoted};
use crate::text::{Origins, Span};

/// Columns that each level is further in.
const STEP: usize = 2;

/// Writes documents, one behind the other.
pub(super) struct Writer<'w, 'f> {
    shelf: &'w Shelf<'f>,
    text: String,
    origins: Origins,
    /// The strings that were put together, with what they were put together for.
    pub(super) joined: Vec<(Span, At)>,
}

impl<'w, 'f> Writer<'w, 'f> {
    pub(super) fn new(shelf: &'w Shelf<'f>) -> Self {
        Self { shelf, text: String::new(), origins: Origins::default(), joined: Vec::new() }
    }

    /// Writes an object as a document; the bytes that it is.
    pub(super) fn document(&mut self, node: &Node) -> Span {
        let start = Span::empty(node.at.span.start);
        let at = At { span: start, ..node.at };
        if !self.text.is_empty() {
            self.made_up("---\n", at);
        }
        let first = self.text.len() as u32;
        self.entries(node.entries(), 0, false);
        self.made_up("\n", at);
        Span::new(first, self.text.len() as u32)
    }

    pub(super) fn finish(self) -> (String, Origins, Vec<(Span, At)>) {
        (self.text, self.origins, self.joined)
    }

    fn entries(&mut self, entries: &[Entry], indent: usize, mut is_on_line: bool) {
        for entry in entries {
            let at = start_of(entry.at);
            self.comments(entry.node.above, indent, &mut is_on_line, at);
            self.line(indent, &mut is_on_line, at);
            self.key(entry);
            self.made_up(":", At { span: Span::empty(entry.at.span.end), ..entry.at });
            self.value(&entry.node, indent);
        }
    }

    /// What stands behind a colon, or behind a dash.
    fn value(&mut self, node: &Node, indent: usize) {
        let at = start_of(node.at);
        match &node.value {
            Value::Map(entries) if !entries.is_empty() => {
                self.beside(node);
                self.entries(entries, indent + STEP, false);
            }
            Value::List(items) if !items.is_empty() => {
                self.beside(node);
                self.items(items, indent + STEP);
            }
            Value::Map(_) => self.standing(" {}", node),
            Value::List(_) => self.standing(" []", node),
            Value::Scalar(scalar) => {
                self.made_up(" ", at);
                self.scalar(scalar, node, indent + STEP);
                if !matches!(scalar.form, Form::Block) {
                    self.beside(node);
                }
            }
        }
    }

    fn items(&mut self, items: &[Node], indent: usize) {
        for item in items {
            let at = start_of(item.at);
            let mut is_on_line = false;
            self.comments(item.above, indent, &mut is_on_line, at);
            self.line(indent, &mut is_on_line, at);
            self.made_up("-", at);
            match &item.value {
                Value::Map(entries) if !entries.is_empty() => {
                    let has_comment = entries[0].node.above.is_some();
                    if !has_comment {
                        self.made_up(" ", at);
                    }
                    self.entries(entries, indent + STEP, !has_comment);
                }
                _ => self.value(item, indent),
            }
        }
    }

    /// Begins a line, unless the key is to stand on this one.
    fn line(&mut self, indent: usize, is_on_line: &mut bool, at: At) {
        if !std::mem::take(is_on_line) {
            let line_break = if self.text.is_empty() || self.text.ends_with('\n') { "" } else { "\n" };
            self.made_up(&format!("{line_break}{:indent$}", ""), at);
        }
    }

    fn comments(&mut self, above: Option<At>, indent: usize, is_on_line: &mut bool, at: At) {
        let Some(above) = above.filter(|_| !*is_on_line) else { return };
        let text = self.shelf.units[above.unit as usize].text.clone();
        let mut start = above.span.start;
        for line in text[above.span.range()].split_inclusive('\n') {
            let lead = (line.len() - line.trim_start().len()) as u32;
            let comment = line.trim();
            self.line(indent, &mut false, at);
            let from = start + lead;
            self.copied(At { span: Span::new(from, from + comment.len() as u32), ..above });
            start += line.len() as u32;
        }
    }

    fn beside(&mut self, node: &Node) {
        if let Some(comment) = node.beside {
            self.made_up(" ", start_of(comment));
            self.copied(comment);
        }
    }

    fn key(&mut self, entry: &Entry) {
        let source = self.source(entry.at);
        let is_one_line = !source.is_empty() && !source.contains(['\n', '\r']);
        let is_the_key = source == &*entry.key || source.trim_matches(['"', '\'']) == &*entry.key;
        if is_one_line && is_the_key && !source.starts_with(['&', '*', '!', '?']) {
            self.copied(entry.at);
        } else {
            self.made_up(&quoted(&entry.key), entry.at);
        }
    }

    fn scalar(&mut self, scalar: &Scalar, node: &Node, indent: usize) {
        match &scalar.form {
            Form::Line(_) if !self.source(node.at).is_empty() => self.copied(node.at),
            Form::Line(_) => self.made_up(&scalar.text, node.at),
            Form::Block => self.block(node.at, indent),
            Form::Quoted(origins) if scalar.kind == Kind::String => self.string(&scalar.text, origins, node.at),
            Form::Quoted(_) => self.made_up(&scalar.text, node.at),
        }
    }

    /// A block scalar, further to the right or to the left.
    fn block(&mut self, at: At, indent: usize) {
        let text = self.shelf.units[at.unit as usize].text.clone();
        let source = text[at.span.range()].trim_end_matches(' ');
        let (own, mut start) = (indent_of_block(source), at.span.start);
        for (number, line) in source.split('\n').enumerate() {
            let content = if number == 0 { line } else { &line[own.min(line.len())..] };
            let from = start + (line.len() - content.len()) as u32;
            if number > 0 {
                let indent = if content.is_empty() { 0 } else { indent };
                self.made_up(&format!("\n{:indent$}", ""), At { span: Span::empty(from), ..at });
            }
            self.copied(At { span: Span::new(from, from + content.len() as u32), ..at });
            start += line.len() as u32 + 1;
        }
    }

    /// A string between quotes.
    fn string(&mut self, text: &str, origins: &Origins, at: At) {
        let first = self.text.len() as u32;
        self.made_up("\"", start_of(at));
        let mut done = 0;
        for part in origins.parts(Span::new(0, text.len() as u32)) {
            let words = &text[done..done + part.length as usize];
            self.words(words, At { unit: part.source, span: part.span }, part.is_verbatim);
            done += words.len();
        }
        self.made_up("\"", At { span: Span::empty(at.span.end), ..at });
        self.joined.push((Span::new(first, self.text.len() as u32), at));
    }

    fn words(&mut self, words: &str, at: At, is_verbatim: bool) {
        for (place, char) in words.char_indices() {
            let from = at.span.start + place as u32;
            let own = Span::new(from, from + char.len_utf8() as u32);
            let at = if is_verbatim { At { span: own, ..at } } else { at };
            match char {
                '"' | '\\' => self.made_up(&format!("\\{char}"), at),
                '\n' => self.made_up("\\n", at),
                '\t' => self.made_up("\\t", at),
                char if is_unsafe(char) => self.made_up(&format!("\\U{:08x}", u32::from(char)), at),
                char if is_verbatim => {
                    self.text.push(char);
                    self.shelf.trace(at, true, char.len_utf8() as u32, &mut self.origins);
                }
                char => self.made_up(char.encode_utf8(&mut [0; 4]), at),
            }
        }
    }

    fn standing(&mut self, text: &str, node: &Node) {
        self.made_up(text, node.at);
        self.beside(node);
    }

    fn source(&self, at: At) -> &'w str {
        &self.shelf.units[at.unit as usize].text[at.span.range()]
    }

    fn copied(&mut self, at: At) {
        let source = self.source(at);
        self.text.push_str(source);
        self.shelf.trace(at, true, source.len() as u32, &mut self.origins);
    }

    fn made_up(&mut self, text: &str, at: At) {
        self.text.push_str(text);
        self.shelf.trace(at, false, text.len() as u32, &mut self.origins);
    }
}

fn start_of(at: At) -> At {
    At { span: Span::empty(at.span.start), ..at }
}
