//! Where the first document of a chunk starts and ends.

use super::{Parser, State};
use crate::text::Span;
use crate::yaml::chars::{break_length, is_blank, line_end};
use crate::yaml::error::{Read, problem, span};
use crate::yaml::scan::{Token, TokenKind};
use crate::yaml::{Comment, SyntaxError};

impl Parser<'_> {
    /// Reads the document; the content behind it that nobody reads.
    pub(super) fn document(&mut self) -> Read<Option<Span>> {
        let first = self.scanner.peek()?;
        match first.kind {
            TokenKind::StreamEnd => return Ok(None),
            TokenKind::VersionDirective | TokenKind::TagDirective | TokenKind::DocumentStart => {
                self.explicit_start()?
            }
            _ => self.node(first, true, false)?,
        }
        while self.state != State::DocumentEnd {
            if self.quick && self.scanner.is_idle() {
                self.run_quickly()?;
                if self.state == State::DocumentEnd {
                    break;
                }
            }
            self.step()?;
        }
        self.scanner.settle_end()?;
        let next = self.scanner.peek()?;
        Ok(self.ignored_from(next))
    }

    fn explicit_start(&mut self) -> Read<()> {
        let mut version_seen = false;
        let mut token = self.scanner.peek()?;
        while matches!(token.kind, TokenKind::VersionDirective | TokenKind::TagDirective) {
            if token.kind == TokenKind::VersionDirective {
                Self::version(token, version_seen)?;
                version_seen = true;
            } else {
                self.tag_directive(token)?;
            }
            self.scanner.take();
            token = self.scanner.peek()?;
        }
        if token.kind != TokenKind::DocumentStart {
            let message = "a directive (`%`) is followed by `---` in the same document, and kubectl splits the text there; leave the directive out";
            return Err(self.unexpected(token, message));
        }
        self.scanner.take();
        let content = self.scanner.peek()?;
        self.content_end = token.end;
        match content.kind {
            TokenKind::VersionDirective
            | TokenKind::TagDirective
            | TokenKind::DocumentStart
            | TokenKind::DocumentEnd
            | TokenKind::StreamEnd => {
                self.empty_scalar();
                Ok(())
            }
            _ => self.node(content, true, false),
        }
    }

    fn version(token: Token, version_seen: bool) -> Read<()> {
        if version_seen {
            return Err(Self::bad_directive(token, "a document has one `%YAML` line"));
        }
        if token.link == 0 {
            return Err(Self::bad_directive(token, "Kubernetes reads YAML 1.1 only; leave the `%YAML` line out"));
        }
        Ok(())
    }

    fn tag_directive(&mut self, token: Token) -> Read<()> {
        let directive = &self.scanner.tag_directives[token.link as usize];
        if self.handles.iter().any(|(known, _)| *known == directive.handle) {
            return Err(Self::bad_directive(token, "a document declares a tag's handle once"));
        }
        self.handles.push((directive.handle.clone(), directive.prefix.clone()));
        Ok(())
    }

    fn bad_directive(token: Token, message: &'static str) -> Box<SyntaxError> {
        problem(span(token.start, token.end), message)
    }

    /// What stands behind the document, from its first character that is neither blank nor comment; the comments before
    /// that are read, as people read them.
    fn ignored_from(&mut self, next: Token) -> Option<Span> {
        let bytes = self.scanner.bytes;
        let mut at = match next.kind {
            TokenKind::StreamEnd => return None,
            TokenKind::DocumentEnd => next.end,
            _ => next.start,
        };
        loop {
            while at < bytes.len() && (is_blank(bytes[at]) || break_length(bytes, at) > 0) {
                at += break_length(bytes, at).max(1);
            }
            if bytes.get(at) != Some(&b'#') {
                break;
            }
            let end = line_end(bytes, at);
            self.scanner.comments.push(Comment { span: span(at, end) });
            at = end;
        }
        let end = at + bytes[at..].trim_ascii_end().len();
        (end > at).then(|| span(at, end))
    }
}
