//! Bytes to tokens, by go-yaml v2's rules: indentation, simple keys, flow levels.
//!
//! A token that may turn out to be a key waits in the queue until it is known. A flow collection never waits:
//! as a key it is an error to every Kubernetes reader.

mod block_scalar;
mod directive;
mod fetch;
mod flow;
mod plain;
mod property;
mod quick;
mod quoted;
mod token;

pub(super) use directive::TagDirective;
pub(super) use property::WrittenTag;
pub(super) use quick::Plain;
pub(super) use token::{Token, TokenKind};

use super::chars::{break_length, line_end};
use super::error::{Read, character_span, labelled, problem, span};
use super::{Comment, SyntaxError};
use crate::text::{Message, Span};

/// go-yaml's limit of open collections, of each kind.
const MAX_DEPTH: usize = 10_000;
/// A simple key is followed by its colon within so many characters.
const MAX_KEY: usize = 1_024;

/// A place where a key may have started, one for each flow level.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct SimpleKey {
    possible: bool,
    /// It stands in its mapping's column: if it is no key, it is an error.
    required: bool,
    /// The token is the start of a flow collection.
    collection: bool,
    /// go-yaml has not lost sight of it, as it does of `[]` and `{}`.
    known: bool,
    /// A key has been looked for on this level since it was opened.
    saved: bool,
    number: usize,
    start: usize,
    line: usize,
}

#[derive(Debug)]
pub(super) struct Scanner<'t> {
    /// The text up to the chunk's end, or to the first character that is refused.
    pub(super) bytes: &'t [u8],
    pub(super) at: usize,
    /// Where the current line starts.
    pub(super) line: usize,
    /// The last computed column: at which byte, and how many characters from the line's start.
    mark: (usize, usize),
    pub(super) flow_level: usize,
    /// The column of the innermost block collection; -1 outside of all.
    pub(super) indent: i64,
    pub(super) indents: Vec<i64>,
    /// A key may start here.
    pub(super) allowed: bool,
    keys: Vec<SimpleKey>,
    tokens: Vec<Token>,
    head: usize,
    /// How many tokens have been handed out.
    taken: usize,
    /// The first token that is not the document's any more.
    settled_from: usize,
    pub(super) tags: Vec<WrittenTag>,
    pub(super) tag_directives: Vec<TagDirective>,
    pub(super) comments: Vec<Comment>,
    /// A character at `bytes.len()` that no YAML text may hold.
    refused: Option<Span>,
    /// The reader adds a line feed to the text's end.
    adds_line_feed: bool,
    /// Up to here go-yaml takes the first character of every line for a byte order mark, as the text starts with two.
    drops_until: usize,
    /// The error is a quote that is never closed.
    pub(super) quote_open: bool,
}

/// Memory that one scanner leaves to the next.
#[derive(Debug, Default)]
pub(super) struct ScannerMemory {
    indents: Vec<i64>,
    keys: Vec<SimpleKey>,
    tokens: Vec<Token>,
}

impl ScannerMemory {
    /// Room for what most manifests need.
    pub(super) fn with_room() -> Self {
        Self { indents: Vec::with_capacity(24), keys: Vec::with_capacity(4), tokens: Vec::with_capacity(16) }
    }
}

impl<'t> Scanner<'t> {
    /// How many tokens have been handed out.
    #[cfg(test)]
    pub(super) const fn taken(&self) -> usize {
        self.taken
    }

    pub(super) fn new(bytes: &'t [u8], start: usize, memory: ScannerMemory) -> Self {
        let ScannerMemory { mut indents, mut keys, mut tokens } = memory;
        indents.clear();
        tokens.clear();
        keys.clear();
        keys.push(SimpleKey::default());
        Self {
            bytes,
            at: start,
            line: start,
            mark: (start, 0),
            flow_level: 0,
            indent: -1,
            indents,
            allowed: true,
            keys,
            tokens,
            head: 0,
            taken: 0,
            settled_from: usize::MAX,
            tags: Vec::new(),
            tag_directives: Vec::new(),
            comments: Vec::new(),
            refused: None,
            adds_line_feed: false,
            drops_until: 0,
            quote_open: false,
        }
    }

    pub(super) fn into_memory(self) -> ScannerMemory {
        ScannerMemory { indents: self.indents, keys: self.keys, tokens: self.tokens }
    }

    /// Says that a second byte order mark stands here: go-yaml looks for it at the start of its buffer, not at the
    /// current place, and drops the first character of every line until the buffer is filled again: also one that
    /// begins at the buffer's last byte, but behind a word of one letter.
    pub(super) fn drop_line_starts(&mut self) {
        const BUFFER: usize = 512;
        self.drops_until = self.bytes.len().min(self.at + BUFFER - "\u{FEFF}".len());
    }

    /// Says that the text goes on with a character that is refused.
    pub(super) fn refuse(&mut self, refused: Option<Span>) {
        self.refused = refused;
    }

    /// Says that a text without a final line feed is read as if it had one.
    pub(super) fn add_line_feed(&mut self, adds: bool) {
        self.adds_line_feed = adds && self.bytes.last() != Some(&b'\n');
    }

    /// No token waits: what comes next is still text.
    #[inline]
    pub(super) fn is_idle(&self) -> bool {
        self.head == self.tokens.len()
    }

    /// The byte at the current place; 0 at the end, as no text holds a NUL.
    #[inline]
    pub(super) fn byte(&self) -> u8 {
        self.byte_at(self.at)
    }

    #[inline]
    pub(super) fn byte_at(&self, at: usize) -> u8 {
        self.bytes.get(at).copied().unwrap_or(0)
    }

    /// Characters between the line's start and the current place.
    pub(super) fn column(&mut self) -> i64 {
        let (from, count) = if self.mark.0 >= self.line && self.mark.0 <= self.at { self.mark } else { (self.line, 0) };
        let passed = &self.bytes[from..self.at];
        let column = count + passed.iter().filter(|byte| **byte & 0xC0 != 0x80).count();
        self.mark = (self.at, column);
        column as i64
    }

    /// Steps over a line break.
    pub(super) fn step_line(&mut self) {
        self.at += break_length(self.bytes, self.at);
        self.line = self.at;
    }

    /// The next token; it stays the next one until it is taken.
    pub(super) fn peek(&mut self) -> Read<Token> {
        loop {
            if let Some(head) = self.tokens.get(self.head).copied()
                && !self.waits(head)?
            {
                return Ok(head);
            }
            self.fetch()?;
        }
    }

    /// Hands the next token out; only after [`Scanner::peek`].
    pub(super) fn take(&mut self) {
        self.head += 1;
        self.taken += 1;
        if self.head == self.tokens.len() {
            self.tokens.clear();
            self.head = 0;
        }
    }

    /// Whether it is still open if the first token in the queue is a key.
    fn waits(&mut self, head: Token) -> Read<bool> {
        if head.level == 0 {
            return Ok(false);
        }
        let level = head.level as usize - 1;
        match self.keys.get(level) {
            Some(key) if key.known && !key.collection && key.number == self.taken => self.is_valid(level),
            _ => Ok(false),
        }
    }

    /// Whether the possible key of a level can still become one.
    fn is_valid(&mut self, level: usize) -> Read<bool> {
        let key = self.keys[level];
        if !key.possible {
            return Ok(false);
        }
        if key.line == self.line && !self.is_too_long(key.start) {
            return Ok(true);
        }
        if key.required {
            return Err(self.missing_colon(key));
        }
        self.keys[level].possible = false;
        Ok(false)
    }

    fn is_too_long(&self, start: usize) -> bool {
        let bytes = self.at - start;
        let too_long = |text: &[u8]| text.iter().filter(|byte| **byte & 0xC0 != 0x80).count() > MAX_KEY;
        bytes > MAX_KEY && (bytes > 4 * MAX_KEY || too_long(&self.bytes[start..self.at]))
    }

    /// Remembers that a key may start here.
    fn save_key(&mut self, collection: bool) -> Read<u32> {
        if !self.allowed {
            return Ok(0);
        }
        let required = self.flow_level == 0 && self.indent == self.column();
        let number = self.taken + self.tokens.len() - self.head;
        self.drop_key()?;
        let key = SimpleKey {
            possible: true,
            required,
            collection,
            known: true,
            saved: true,
            number,
            start: self.at,
            line: self.line,
        };
        if collection && required {
            return Err(self.missing_colon(key));
        }
        let level = self.keys.len() - 1;
        self.keys[level] = key;
        Ok(level as u32 + 1)
    }

    /// Gives up the possible key of the current level.
    pub(super) fn drop_key(&mut self) -> Read<()> {
        let level = self.keys.len() - 1;
        let key = self.keys[level];
        if key.possible {
            if key.required {
                return Err(self.missing_colon(key));
            }
            self.keys[level].possible = false;
        }
        Ok(())
    }

    fn push(&mut self, token: Token) {
        self.tokens.push(token);
    }

    /// Puts a token before the one with that number; behind all others where that one is gone.
    fn insert(&mut self, number: usize, token: Token) {
        match number.checked_sub(self.taken) {
            Some(place) if self.head + place <= self.tokens.len() => self.tokens.insert(self.head + place, token),
            _ => self.tokens.push(token),
        }
    }

    /// Opens a block collection where the column is deeper than the last one.
    fn roll(&mut self, column: i64, number: Option<usize>, token: Token) -> Read<()> {
        if self.flow_level > 0 || self.indent >= column {
            return Ok(());
        }
        self.push_indent(column)?;
        match number {
            Some(number) => self.insert(number, token),
            None => self.push(token),
        }
        Ok(())
    }

    pub(super) fn push_indent(&mut self, column: i64) -> Read<()> {
        self.indents.push(self.indent);
        self.indent = column;
        if self.indents.len() > MAX_DEPTH {
            let place = character_span(self.bytes, self.at);
            return Err(problem(place, format!("Kubernetes reads no more than {MAX_DEPTH} nested collections")));
        }
        Ok(())
    }

    /// Closes the block collections that are deeper than the column.
    fn unroll(&mut self, column: i64) {
        if self.flow_level > 0 {
            return;
        }
        while self.indent > column {
            self.push(Token::new(TokenKind::BlockEnd, self.at, self.at));
            self.pop_indent();
        }
    }

    pub(super) fn pop_indent(&mut self) {
        self.indent = self.indents.pop().unwrap_or(-1);
    }

    /// An error in words, unless the text breaks off here at a character that is refused: that one comes first.
    pub(super) fn fail(&self, place: Span, message: impl Into<Message>) -> Box<SyntaxError> {
        match self.refused {
            Some(refused) if self.at >= self.bytes.len() => self.refusal(refused),
            _ => problem(place, message),
        }
    }

    pub(super) fn refusal(&self, refused: Span) -> Box<SyntaxError> {
        problem(refused, "a control character stands here, and YAML takes none, not even in a comment")
    }

    /// The refused character where the text breaks off.
    pub(super) fn refused_here(&self) -> Option<Box<SyntaxError>> {
        self.refused.map(|refused| self.refusal(refused))
    }

    fn missing_colon(&self, key: SimpleKey) -> Box<SyntaxError> {
        let end = line_end(self.bytes, key.start).min(self.at.max(key.start + 1));
        let written = self.bytes[key.start..end].trim_ascii_end().len();
        let place = span(key.start, key.start + written);
        if key.line == self.line && key.start + MAX_KEY < self.at {
            return self.fail(place, format!("a key ends with its `:` within {MAX_KEY} characters"));
        }
        self.fail(place, "a key stands here without the `:` that ends it")
    }

    pub(super) fn fail_in(
        &self,
        place: Span,
        message: impl Into<Message>,
        label: Span,
        words: &'static str,
    ) -> Box<SyntaxError> {
        labelled(self.fail(place, message), label, words)
    }
}
