//! Templates to tokens, as Go's lexer makes them: what trims text, what ends a word, and its words for what it refuses.

use crate::text::Span;

/// Whether Go takes it for a blank.
const fn is_blank(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\r' | b'\n')
}

/// The same of a character.
fn is_blank_char(char: char) -> bool {
    u8::try_from(char).is_ok_and(is_blank)
}

const OPEN: &str = "{{";
const CLOSE: &str = "}}";
/// A trim marker: the minus and its blank.
const MARKER: usize = 2;

/// A token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Token {
    pub(super) what: What,
    pub(super) span: Span,
}

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum What {
    Text,
    Open,
    Close,
    Space,
    Keyword,
    Identifier,
    Bool,
    /// `.`
    Dot,
    /// `.name`
    Field,
    /// `$name`, `$`
    Variable,
    Number,
    Char,
    Quoted,
    Raw,
    Assign,
    Declare,
    Pipe,
    LeftParen,
    RightParen,
    /// Any other character.
    Other,
    /// Where Go stops; the lexer knows what it says.
    Error,
    End,
}

/// Reads one token after the other.
#[derive(Debug)]
pub(super) struct Lexer<'t> {
    text: &'t str,
    at: usize,
    inside: bool,
    parens: usize,
    /// What Go says where it stops.
    message: String,
}

impl<'t> Lexer<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        Self { text, at: 0, inside: false, parens: 0, message: String::new() }
    }

    /// The next token; behind the last one and behind an error, again and again the end.
    pub(super) fn token(&mut self) -> Token {
        if self.inside { self.within_action() } else { self.within_text() }
    }

    /// What Go says of what it stops at, once it did.
    pub(super) fn message(&self) -> &str {
        &self.message
    }

    fn rest(&self) -> &'t str {
        &self.text[self.at..]
    }

    fn emit(&mut self, what: What, length: usize) -> Token {
        let start = self.at;
        self.at += length;
        Token { what, span: Span::new(start as u32, self.at as u32) }
    }

    /// Stops: what Go says, at the bytes that are `length` long from here on.
    fn error(&mut self, message: impl Into<String>, length: usize) -> Token {
        self.message = message.into();
        let token = self.emit(What::Error, length.min(self.rest().len()));
        self.at = self.text.len();
        self.inside = false;
        token
    }

    fn within_text(&mut self) -> Token {
        loop {
            let rest = self.rest();
            let Some(open) = opening(rest) else {
                let what = if rest.is_empty() { What::End } else { What::Text };
                return self.emit(what, rest.len());
            };
            let behind = &rest[open + OPEN.len()..];
            let trims = opens_with_marker(behind);
            let text = if trims { &rest[..end_of_words(&rest[..open])] } else { &rest[..open] };
            if !text.is_empty() {
                let token = self.emit(What::Text, text.len());
                self.at += open - text.len();
                return token;
            }
            self.at += open;
            let marker = if trims { MARKER } else { 0 };
            if !behind[marker..].starts_with("/*") {
                self.inside = true;
                self.parens = 0;
                let token = self.emit(What::Open, OPEN.len());
                self.at += marker;
                return token;
            }
            if let Err(token) = self.skip_comment(OPEN.len() + marker) {
                return token;
            }
        }
    }

    /// Goes behind a comment whose `/*` is that far away.
    fn skip_comment(&mut self, opening: usize) -> Result<(), Token> {
        let rest = self.rest();
        let Some(end) = rest[opening + 2..].find("*/") else {
            return Err(self.error("unclosed comment", opening + 2));
        };
        let behind = opening + 2 + end + 2;
        let Some((length, trims)) = closes(&rest[behind..]) else {
            self.at += behind;
            return Err(self.error("comment ends before closing delimiter", 1));
        };
        self.at += behind + length;
        self.trim(trims);
        Ok(())
    }

    fn trim(&mut self, trims: bool) {
        if trims {
            self.at += blanks(self.rest());
        }
    }

    fn within_action(&mut self) -> Token {
        let rest = self.rest();
        if let Some((length, trims)) = closes(rest) {
            if self.parens > 0 {
                return self.error("unclosed left paren", CLOSE.len());
            }
            self.inside = false;
            let token = self.emit(What::Close, length);
            self.trim(trims);
            return token;
        }
        let Some(first) = rest.chars().next() else { return self.error("unclosed action", 0) };
        match first {
            _ if is_blank_char(first) => self.space(),
            '=' => self.emit(What::Assign, 1),
            ':' if rest.starts_with(":=") => self.emit(What::Declare, 2),
            ':' => self.error("expected :=", 1),
            '|' => self.emit(What::Pipe, 1),
            '"' => self.delimited('"', What::Quoted, "unterminated quoted string"),
            '\'' => self.delimited('\'', What::Char, "unterminated character constant"),
            '`' => match rest[1..].find('`') {
                Some(end) => self.emit(What::Raw, end + 2),
                None => self.error("unterminated raw quoted string", 1),
            },
            '.' if !rest[1..].starts_with(|next: char| next.is_ascii_digit()) => self.word(What::Field),
            '$' => self.word(What::Variable),
            '+' | '-' | '.' | '0'..='9' => self.number(),
            '(' => {
                self.parens += 1;
                self.emit(What::LeftParen, 1)
            }
            ')' if self.parens == 0 => self.error("unexpected right paren", 1),
            ')' => {
                self.parens -= 1;
                self.emit(What::RightParen, 1)
            }
            _ if is_word(first) => self.identifier(),
            ' '..='~' => self.emit(What::Other, 1),
            _ => self.error(format!("unrecognized character in action: {}", unicode(first)), first.len_utf8()),
        }
    }

    /// Blanks; the one before a trim marker is the marker's.
    fn space(&mut self) -> Token {
        let rest = self.rest();
        let mut length = blanks(rest);
        if rest[length..].starts_with("-}}") {
            length -= 1;
        }
        self.emit(What::Space, length)
    }

    /// A string or character on one line, with backslashes.
    fn delimited(&mut self, mark: char, what: What, unterminated: &str) -> Token {
        let mut chars = self.rest().char_indices().skip(1);
        while let Some((at, char)) = chars.next() {
            match char {
                '\\' if chars.next().is_some_and(|(_, escaped)| escaped != '\n') => {}
                '\\' | '\n' => break,
                _ if char == mark => return self.emit(what, at + 1),
                _ => {}
            }
        }
        self.error(unterminated, 1)
    }

    /// `.name`, `$name`, or the mark alone.
    fn word(&mut self, what: What) -> Token {
        let rest = self.rest();
        let length = 1 + word_length(&rest[1..]);
        let what = if length == 1 && what == What::Field { What::Dot } else { what };
        self.ended(what, length)
    }

    fn identifier(&mut self) -> Token {
        let rest = self.rest();
        let word = &rest[..word_length(rest)];
        let what = match word {
            "true" | "false" => What::Bool,
            "block" | "break" | "continue" | "define" | "else" | "end" | "if" | "range" | "nil" | "template"
            | "with" => What::Keyword,
            _ => What::Identifier,
        };
        self.ended(what, word.len())
    }

    /// A word, if what follows may follow a word.
    fn ended(&mut self, what: What, length: usize) -> Token {
        let behind = &self.rest()[length..];
        match behind.chars().next() {
            Some(next) if !ends_word(next) && !behind.starts_with(CLOSE) => {
                self.at += length;
                self.error(format!("bad character {}", unicode(next)), next.len_utf8())
            }
            _ => self.emit(what, length),
        }
    }

    fn number(&mut self) -> Token {
        let rest = self.rest();
        let length = number_length(rest);
        match rest[length..].chars().next() {
            Some(next) if is_word(next) => {
                let bad = &rest[..length + next.len_utf8()];
                self.error(format!("bad number syntax: {bad:?}"), bad.len())
            }
            _ => self.emit(What::Number, length),
        }
    }
}

/// Whether what follows the opening braces is a trim marker.
fn opens_with_marker(behind: &str) -> bool {
    matches!(behind.as_bytes(), [b'-', next, ..] if is_blank(*next))
}

/// How long the closing braces are, if they stand here, and whether they trim.
fn closes(rest: &str) -> Option<(usize, bool)> {
    if rest.starts_with(CLOSE) {
        return Some((CLOSE.len(), false));
    }
    let marked = matches!(rest.as_bytes(), [first, b'-', b'}', b'}', ..] if is_blank(*first));
    marked.then_some((MARKER + CLOSE.len(), true))
}

fn ends_word(char: char) -> bool {
    is_blank_char(char) || matches!(char, '.' | ',' | '|' | ':' | '(' | ')')
}

fn is_word(char: char) -> bool {
    char == '_' || char.is_alphabetic() || char.is_numeric()
}

fn word_length(text: &str) -> usize {
    let is_plain = |byte: &u8| *byte == b'_' || byte.is_ascii_alphanumeric();
    let length = text.bytes().take_while(is_plain).count();
    match text[length..].chars().next() {
        Some(next) if !next.is_ascii() => {
            length + text[length..].find(|char| !is_word(char)).unwrap_or(text.len() - length)
        }
        _ => length,
    }
}

/// Where the next action opens.
fn opening(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    memchr::memchr_iter(b'{', bytes).find(|at| bytes.get(at + 1) == Some(&b'{'))
}

/// How many blanks it starts with.
fn blanks(text: &str) -> usize {
    text.bytes().take_while(|byte| is_blank(*byte)).count()
}

/// Where the blanks start that it ends in.
fn end_of_words(text: &str) -> usize {
    text.len() - text.bytes().rev().take_while(|byte| is_blank(*byte)).count()
}

fn number_length(text: &str) -> usize {
    let bytes = text.as_bytes();
    let run = |mut at: usize, digits: &[u8]| {
        while bytes.get(at).is_some_and(|byte| digits.contains(&byte.to_ascii_lowercase())) {
            at += 1;
        }
        at
    };
    let is = |at: usize, any: &[u8]| bytes.get(at).is_some_and(|byte| any.contains(&byte.to_ascii_lowercase()));
    let mut at = usize::from(is(0, b"+-"));
    let (mut digits, mut exponent): (&[u8], &[u8]) = (b"0123456789_", b"e");
    if is(at, b"0") && is(at + 1, b"xob") {
        (digits, exponent) = match bytes[at + 1].to_ascii_lowercase() {
            b'x' => (b"0123456789abcdef_".as_slice(), b"p".as_slice()),
            b'o' => (b"01234567_".as_slice(), b"".as_slice()),
            _ => (b"01_".as_slice(), b"".as_slice()),
        };
        at += 2;
    }
    at = run(at, digits);
    if is(at, b".") {
        at = run(at + 1, digits);
    }
    if is(at, exponent) {
        at += 1;
        at = run(at + usize::from(is(at, b"+-")), b"0123456789_");
    }
    at + usize::from(is(at, b"i"))
}

/// A character as Go's `%#U` prints it.
fn unicode(char: char) -> String {
    format!("U+{:04X} '{char}'", u32::from(char))
}
