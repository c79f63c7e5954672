//! One node: its anchor and tag, and what they stand before.

use super::{Parser, State};
use crate::yaml::SyntaxError;
use crate::yaml::error::{Read, span};
use crate::yaml::resolve::TagClass;
use crate::yaml::scan::{Token, TokenKind};
use crate::yaml::tape::{Event, EventKind, NOWHERE};

impl Parser<'_> {
    /// Reads a node that starts with `token`, the next one. In block style a collection may start, and where
    /// `indentless`, a list in the column of its key.
    pub(super) fn node(&mut self, token: Token, block: bool, indentless: bool) -> Read<()> {
        if token.kind == TokenKind::Alias {
            return self.alias(token);
        }
        let (content, properties) = self.properties(token)?;
        match content.kind {
            TokenKind::BlockEntry if indentless => {
                self.open(EventKind::SequenceStart, content.start, false);
                self.state = State::IndentlessSequenceEntry;
            }
            TokenKind::Scalar => {
                self.scanner.take();
                self.scalar(content);
                self.pop_state();
            }
            TokenKind::FlowSequenceStart => {
                self.open(EventKind::SequenceStart, content.start, true);
                self.take_indicator(content);
                self.state = State::FlowSequenceFirst;
            }
            TokenKind::FlowMappingStart => {
                self.open(EventKind::MappingStart, content.start, true);
                self.take_indicator(content);
                self.state = State::FlowMappingFirst;
            }
            TokenKind::BlockSequenceStart if block => {
                self.open(EventKind::SequenceStart, content.start, false);
                self.scanner.take();
                self.state = State::BlockSequenceEntry;
            }
            TokenKind::BlockMappingStart if block => {
                self.open(EventKind::MappingStart, content.start, false);
                self.scanner.take();
                self.state = State::BlockMappingKey;
            }
            _ if properties > 0 => {
                self.empty_scalar();
                self.pop_state();
            }
            _ => return Err(self.no_content(content)),
        }
        Ok(())
    }

    fn no_content(&mut self, token: Token) -> Box<SyntaxError> {
        let found = self.found(token);
        let message = match token.kind {
            TokenKind::FlowEntry => "a value is missing before this `,`".to_owned(),
            TokenKind::FlowSequenceEnd | TokenKind::FlowMappingEnd => {
                format!("{found} closes nothing that is open here; quote it if it belongs to a value")
            }
            TokenKind::BlockEntry => "a list by dashes cannot stand inside `[` or `{`, nor behind a key".to_owned(),
            TokenKind::StreamEnd | TokenKind::DocumentStart | TokenKind::DocumentEnd => {
                "the document ends where a value is expected".to_owned()
            }
            _ => format!("a value is expected here, not {found}"),
        };
        self.unexpected(token, message)
    }

    fn alias(&mut self, token: Token) -> Read<()> {
        let name = &self.scanner.bytes[token.start + 1..token.end];
        let place = span(token.start, token.end);
        let target = self.anchors.get(name).copied();
        self.scanner.take();
        self.content_end = token.end;
        self.count_node();
        let link = target.unwrap_or(NOWHERE);
        self.push_event(Event { link, ..Event::new(EventKind::Alias, place) });
        self.pop_state();
        if target.is_none() {
            let name = String::from_utf8_lossy(name);
            return Err(self.scanner.fail(place, format!("no anchor `&{name}` stands before this alias")));
        }
        Ok(())
    }

    /// Takes an anchor and a tag in any order, each at most once; the token behind, and how many there were.
    fn properties(&mut self, first: Token) -> Read<(Token, usize)> {
        let mut token = first;
        let mut seen = 0;
        let mut before = None;
        while matches!(token.kind, TokenKind::Anchor | TokenKind::Tag) && before != Some(token.kind) && seen < 2 {
            before = Some(token.kind);
            seen += 1;
            let kind = if token.kind == TokenKind::Tag { EventKind::Tag } else { EventKind::Anchor };
            let event = Event::new(kind, span(token.start, token.end));
            let link = if kind == EventKind::Tag { self.tag_class(token)? as u32 } else { 0 };
            self.tagged |= kind == EventKind::Tag;
            self.push_event(Event { link, ..event });
            self.content_end = token.end;
            self.scanner.take();
            token = self.scanner.peek()?;
        }
        if seen > 0 {
            self.bind_anchor(seen);
        }
        Ok((token, seen))
    }

    /// The node that comes next has the anchor among the last events.
    fn bind_anchor(&mut self, properties: usize) {
        let node = self.next_event();
        let mut before = self.events[self.events.len() - properties..].iter();
        if let Some(anchor) = before.find(|event| event.kind == EventKind::Anchor) {
            let name = &self.scanner.bytes[anchor.start as usize + 1..anchor.end as usize];
            self.anchors.insert(name, node);
        }
    }

    fn tag_class(&self, token: Token) -> Read<TagClass> {
        let tag = &self.scanner.tags[token.link as usize];
        if tag.handle.is_empty() {
            return Ok(TagClass::of(&tag.suffix));
        }
        let declared = self.handles.iter().find(|(handle, _)| *handle == tag.handle);
        let prefix = match (declared, tag.handle.as_str()) {
            (Some((_, prefix)), _) => prefix,
            (None, "!") => "!",
            (None, "!!") => "tag:yaml.org,2002:",
            (None, _) => return Err(Self::undefined_tag(span(token.start, token.end))),
        };
        Ok(TagClass::of(&format!("{prefix}{}", tag.suffix)))
    }
}
