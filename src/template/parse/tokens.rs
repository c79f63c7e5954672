//! Tokens, looked at ahead and put back.

use super::ParseError;
use crate::template::lex::{Lexer, Token, What};
use crate::text::Span;

/// The tokens of a template.
pub(super) struct Tokens<'t> {
    text: &'t str,
    lexer: Lexer<'t>,
    /// Those that were put back, the next one last.
    ahead: Vec<Token>,
    /// The one that was read last of all: where Go says that it is.
    newest: Span,
    /// The end of the one that was taken last.
    taken: u32,
    /// Where the action starts that is being read.
    action: Option<u32>,
}

impl<'t> Tokens<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        let lexer = Lexer::new(text);
        Self { text, lexer, ahead: Vec::new(), newest: Span::empty(0), taken: 0, action: None }
    }

    pub(super) fn next(&mut self) -> Token {
        let token = self.ahead.pop().unwrap_or_else(|| {
            let token = self.lexer.token();
            self.newest = token.span;
            token
        });
        self.taken = token.span.end;
        token
    }

    pub(super) fn back(&mut self, token: Token) {
        self.ahead.push(token);
    }

    pub(super) fn peek(&mut self) -> Token {
        let token = self.next();
        self.back(token);
        token
    }

    /// The next one that is no space.
    pub(super) fn next_word(&mut self) -> Token {
        loop {
            let token = self.next();
            if token.what != What::Space {
                return token;
            }
        }
    }

    pub(super) fn peek_word(&mut self) -> Token {
        let token = self.next_word();
        self.back(token);
        token
    }

    /// The end of the token that was taken last.
    pub(super) fn last_end(&self) -> u32 {
        self.taken
    }

    pub(super) fn start_action(&mut self) {
        self.action = Some(self.newest.start);
    }

    pub(super) fn end_action(&mut self) {
        self.action = None;
    }

    /// What Go says of a token that may not stand there.
    pub(super) fn unexpected(&self, token: Token, context: &str) -> ParseError {
        if token.what != What::Error {
            return self.error(format!("unexpected {} in {context}", self.written(token)));
        }
        let message = self.lexer.message();
        let started = self.action.filter(|at| self.line(*at) != self.line(token.span.start));
        let started = started.map(|at| {
            let words = if message.ends_with(" action") { " started at line" } else { " in action started at line" };
            format!("{words} {}", self.line(at))
        });
        ParseError { span: token.span, message: format!("{message}{}", started.unwrap_or_default()) }
    }

    pub(super) fn error(&self, message: String) -> ParseError {
        ParseError { span: self.newest, message }
    }

    fn line(&self, at: u32) -> usize {
        1 + self.text[..at as usize].matches('\n').count()
    }

    /// A token as Go prints it.
    fn written(&self, token: Token) -> String {
        let text = &self.text[token.span.range()];
        match token.what {
            What::End => "EOF".to_owned(),
            What::Keyword => format!("<{text}>"),
            _ if text.len() > 10 => format!("{:?}...", text.chars().take(10).collect::<String>()),
            _ => format!("{text:?}"),
        }
    }
}
