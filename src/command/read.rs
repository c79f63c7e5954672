//! Reads shell scripts: lists, pipelines, simple commands.
//!
//! It reads what bash reads, which is a superset of what people write for other shells, in one pass over the bytes.
//! What it cannot read gives nothing at all.

mod assignment;
mod compound;
mod parentheses;
mod redirect;
mod word;

use std::ops::Range;

use super::tree::{Command, Comment, Item, Join, Kind, List, Pipeline, Place, Simple};
use assignment::declared;
use redirect::HereDocument;

/// How deep commands may stand in commands. People stay below ten.
const DEEPEST: u32 = 50;

/// Words that begin or end a compound command where a command may begin.
const CLOSERS: [&[u8]; 8] = [b"then", b"do", b"done", b"fi", b"esac", b"else", b"elif", b"}"];

/// Names of builtins whose arguments are assignments.
const DECLARES: [&str; 5] = ["declare", "typeset", "local", "export", "readonly"];

/// Where a list ends.
#[derive(Clone, Copy)]
struct Ends {
    words: &'static [&'static [u8]],
    parenthesis: bool,
    arm: bool,
}

impl Ends {
    const TEXT: Self = Self { words: &[], parenthesis: false, arm: false };
    const PARENTHESIS: Self = Self { parenthesis: true, ..Self::TEXT };

    const fn words(words: &'static [&'static [u8]]) -> Self {
        Self { words, ..Self::TEXT }
    }
}

/// A script that is being read. Each function leaves it behind what it read, or gives nothing where that is no script.
pub(super) struct Reader<'t> {
    text: &'t str,
    at: usize,
    end: usize,
    depth: u32,
    /// What Kubernetes fills in, in order.
    filled: &'t [Range<usize>],
    /// Here-documents whose texts begin on the next line.
    waiting: Vec<HereDocument>,
    pub(super) comments: Vec<Comment>,
}

impl<'t> Reader<'t> {
    pub(super) fn new(text: &'t str, filled: &'t [Range<usize>]) -> Self {
        Self { text, at: 0, end: text.len(), depth: 0, filled, waiting: Vec::new(), comments: Vec::new() }
    }

    /// The whole text.
    pub(super) fn script(&mut self) -> Option<List> {
        let list = self.list(Ends::TEXT)?;
        (self.at == self.end).then_some(list)
    }

    fn peek(&self) -> Option<u8> {
        self.ahead(0)
    }

    fn ahead(&self, by: usize) -> Option<u8> {
        self.text.as_bytes()[..self.end].get(self.at + by).copied()
    }

    fn starts_with(&self, what: &[u8]) -> bool {
        self.text.as_bytes()[self.at..self.end].starts_with(what)
    }

    fn take(&mut self, what: &[u8]) -> bool {
        let taken = self.starts_with(what);
        self.at += if taken { what.len() } else { 0 };
        taken
    }

    fn since(&self, start: usize) -> Place {
        Place::new(start..self.at)
    }

    /// Goes one level down, if that is not too deep.
    fn deeper<T>(&mut self, read: impl FnOnce(&mut Self) -> Option<T>) -> Option<T> {
        if self.depth == DEEPEST {
            return None;
        }
        self.depth += 1;
        let found = read(self);
        self.depth -= 1;
        found
    }

    /// Skips blanks, continued lines, and a comment.
    fn blanks(&mut self) {
        let mut continued = false;
        loop {
            match self.peek() {
                Some(b' ' | b'\t') => self.at += 1,
                Some(b'\\') if self.ahead(1) == Some(b'\n') => {
                    continued = true;
                    self.at += 2;
                }
                Some(b'#') => {
                    let start = self.at;
                    let rest = &self.text.as_bytes()[start..self.end];
                    self.at = start + memchr::memchr(b'\n', rest).unwrap_or(rest.len());
                    self.comments.push(Comment { place: self.since(start), continued });
                    return;
                }
                _ => return,
            }
        }
    }

    /// Skips blanks, comments and line breaks, with the here-documents behind them.
    fn lines(&mut self) {
        loop {
            self.blanks();
            if !self.take(b"\n") {
                return;
            }
            self.here_documents();
        }
    }

    /// The word here, if it is plain and short enough to be a reserved one.
    fn reserved(&self) -> &'t [u8] {
        let rest = &self.text.as_bytes()[self.at..self.end];
        let length = rest.iter().take(9).position(|byte| is_meta(*byte)).unwrap_or(rest.len().min(9));
        &rest[..length]
    }

    fn take_reserved(&mut self, word: &[u8]) -> bool {
        let taken = self.reserved() == word;
        self.at += if taken { word.len() } else { 0 };
        taken
    }

    fn ends(&self, ends: Ends) -> bool {
        match self.peek() {
            None => true,
            Some(b')') => ends.parenthesis,
            Some(b';') => ends.arm && matches!(self.ahead(1), Some(b';' | b'&')),
            _ => !ends.words.is_empty() && ends.words.contains(&self.reserved()),
        }
    }

    /// Commands up to what ends them, which is left.
    fn list(&mut self, ends: Ends) -> Option<List> {
        let mut items = Vec::new();
        loop {
            self.lines();
            if self.ends(ends) {
                return Some(List { items });
            }
            let mut item = self.item()?;
            self.blanks();
            match self.peek() {
                Some(b'&') => {
                    self.at += 1;
                    item.in_background = true;
                }
                Some(b';') if !matches!(self.ahead(1), Some(b';' | b'&')) => self.at += 1,
                Some(b'\n') => {}
                _ if self.ends(ends) => {}
                _ => return None,
            }
            add(&mut items, item);
        }
    }

    /// The same, with at least one command.
    fn some_list(&mut self, ends: Ends) -> Option<List> {
        self.list(ends).filter(|list| !list.items.is_empty())
    }

    fn item(&mut self) -> Option<Item> {
        let first = self.pipeline()?;
        let mut rest = Vec::new();
        loop {
            self.blanks();
            let join = match () {
                () if self.take(b"&&") => Join::And,
                () if self.take(b"||") => Join::Or,
                () => {
                    return Some(Item { first, rest, in_background: false });
                }
            };
            self.lines();
            add(&mut rest, (join, self.pipeline()?));
        }
    }

    fn pipeline(&mut self) -> Option<Pipeline> {
        let mut negated = false;
        self.blanks();
        loop {
            if self.take_reserved(b"!") {
                negated = !negated;
            } else if self.take_reserved(b"time") {
                self.blanks();
                self.take_reserved(b"-p");
            } else {
                break;
            }
            self.blanks();
        }
        let mut stages = vec![self.command()?];
        loop {
            self.blanks();
            if self.starts_with(b"||") || !self.take(b"|") {
                return Some(Pipeline { negated, stages });
            }
            self.take(b"&");
            self.lines();
            add(&mut stages, self.command()?);
        }
    }

    fn command(&mut self) -> Option<Command> {
        self.deeper(|reader| {
            let start = reader.at;
            let kind = match reader.compound() {
                Some(read) => read?,
                None if CLOSERS.contains(&reader.reserved()) => return None,
                None => return reader.simple(),
            };
            let mut redirections = Vec::new();
            loop {
                let behind = reader.at;
                reader.blanks();
                if !reader.is_redirection() {
                    reader.at = behind.max(reader.at);
                    break;
                }
                add(&mut redirections, reader.redirection()?);
            }
            Some(Command { kind, redirections, place: reader.since(start) })
        })
    }

    fn simple(&mut self) -> Option<Command> {
        let start = self.at;
        let mut end = start;
        let mut simple = Simple::default();
        let mut redirections = Vec::new();
        let mut declares = false;
        loop {
            self.blanks();
            if self.is_redirection() {
                add(&mut redirections, self.redirection()?);
            } else if (simple.words.is_empty() || declares) && self.is_assignment() {
                let assignment = self.assignment()?;
                if simple.words.is_empty() {
                    add(&mut simple.assignments, assignment);
                } else {
                    let place = Place { start: assignment.name.start, end: assignment.value.place.end };
                    simple.words.push(declared(place, assignment));
                }
            } else if self.peek() == Some(b'(') {
                let [name] = &simple.words[..] else {
                    return None;
                };
                let is_name = name.parts.is_empty() && simple.assignments.is_empty() && redirections.is_empty();
                return if is_name { self.function(start, name.place) } else { None };
            } else if self.peek().is_none_or(|byte| is_meta(byte) && !self.is_process()) {
                break;
            } else {
                let word = self.word()?;
                declares |= simple.words.is_empty() && DECLARES.contains(&&self.text[word.place.range()]);
                simple.words.push(word);
            }
            end = self.at;
        }
        fit(&mut simple.words);
        let place = Place::new(start..end);
        let is_something = !simple.words.is_empty() || !simple.assignments.is_empty() || !redirections.is_empty();
        is_something.then_some(Command { kind: Kind::Simple(simple), redirections, place })
    }
}

/// Adds what there mostly is one of: a vector begins with room for four, and of a long script most memory would be room.
fn add<T>(all: &mut Vec<T>, one: T) {
    if all.len() == all.capacity() {
        all.reserve_exact(all.len().max(1));
    }
    all.push(one);
}

/// Gives back the room of what there mostly are some of.
fn fit<T>(all: &mut Vec<T>) {
    if all.len() * 2 <= all.capacity() {
        all.shrink_to_fit();
    }
}

/// Whether a byte ends a word that is not quoted.
fn is_meta(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\n' | b';' | b'&' | b'|' | b'(' | b')' | b'<' | b'>')
}

/// How long the variable's name is that a text begins with.
fn name_length(text: &[u8]) -> usize {
    if text.first().is_none_or(u8::is_ascii_digit) {
        return 0;
    }
    text.iter().position(|byte| !byte.is_ascii_alphanumeric() && *byte != b'_').unwrap_or(text.len())
}
