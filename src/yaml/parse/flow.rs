//! Collections in brackets.

use super::{Parser, State};
use crate::text::Span;
use crate::yaml::error::{Read, labelled};
use crate::yaml::scan::{Token, TokenKind};
use crate::yaml::tape::EventKind;

impl Parser<'_> {
    pub(super) fn flow_sequence_entry(&mut self, first: bool) -> Read<()> {
        let mut token = self.scanner.peek()?;
        if token.kind != TokenKind::FlowSequenceEnd {
            if !first {
                token = self.flow_separator(token, ']')?;
            }
            return self.flow_item(token);
        }
        self.end_flow(token);
        Ok(())
    }

    /// What stands behind a comma in a list, or the list's end.
    pub(super) fn flow_item(&mut self, token: Token) -> Read<()> {
        match token.kind {
            TokenKind::FlowSequenceEnd => self.end_flow(token),
            TokenKind::Key => {
                self.open(EventKind::MappingStart, token.start, true);
                self.take_indicator(token);
                self.state = State::FlowPairKey;
            }
            _ => {
                self.states.push(State::FlowSequenceEntry);
                return self.node(token, false, false);
            }
        }
        Ok(())
    }

    fn end_flow(&mut self, token: Token) {
        self.take_indicator(token);
        self.close();
        self.pop_state();
    }

    /// Takes the comma between two entries; the token behind it.
    fn flow_separator(&mut self, token: Token, bracket: char) -> Read<Token> {
        if token.kind == TokenKind::FlowEntry {
            self.take_indicator(token);
            return self.scanner.peek();
        }
        let opened = self.open.last().map_or(0, |open| self.events[open.event as usize].start);
        let what = if bracket == ']' { "[" } else { "{" };
        let message = match token.kind {
            TokenKind::StreamEnd | TokenKind::DocumentStart | TokenKind::DocumentEnd => {
                format!("the document ends, and a `{what}` is still open")
            }
            _ => format!("`,` or `{bracket}` is expected here, not {}", self.found(token)),
        };
        let error = self.unexpected(token, message);
        Err(labelled(error, Span::new(opened, opened + 1), "opened here"))
    }

    /// A key in a list: `[a: b]` is a list of one mapping.
    pub(super) fn flow_pair_key(&mut self) -> Read<()> {
        let token = self.scanner.peek()?;
        if matches!(token.kind, TokenKind::Value | TokenKind::FlowEntry | TokenKind::FlowSequenceEnd) {
            self.take_indicator(token);
            self.state = State::FlowPairValue;
            self.empty_scalar();
            return Ok(());
        }
        self.states.push(State::FlowPairValue);
        self.node(token, false, false)
    }

    pub(super) fn flow_pair_value(&mut self) -> Read<()> {
        let token = self.scanner.peek()?;
        self.state = State::FlowPairEnd;
        if token.kind == TokenKind::Value {
            self.take_indicator(token);
            let next = self.scanner.peek()?;
            if !matches!(next.kind, TokenKind::FlowEntry | TokenKind::FlowSequenceEnd) {
                self.states.push(State::FlowPairEnd);
                return self.node(next, false, false);
            }
        }
        self.empty_scalar();
        Ok(())
    }

    pub(super) fn flow_pair_end(&mut self) -> Read<()> {
        self.scanner.peek()?;
        self.close();
        self.state = State::FlowSequenceEntry;
        Ok(())
    }

    pub(super) fn flow_mapping_key(&mut self, first: bool) -> Read<()> {
        let mut token = self.scanner.peek()?;
        if token.kind != TokenKind::FlowMappingEnd {
            if !first {
                token = self.flow_separator(token, '}')?;
            }
            return self.flow_entry(token);
        }
        self.end_flow(token);
        Ok(())
    }

    /// What stands behind a comma in a mapping, or the mapping's end.
    pub(super) fn flow_entry(&mut self, token: Token) -> Read<()> {
        match token.kind {
            TokenKind::FlowMappingEnd => self.end_flow(token),
            TokenKind::Key => {
                self.take_indicator(token);
                return self.flow_mapping_key_content();
            }
            _ => {
                self.states.push(State::FlowMappingEmptyValue);
                return self.node(token, false, false);
            }
        }
        Ok(())
    }

    fn flow_mapping_key_content(&mut self) -> Read<()> {
        let next = self.scanner.peek()?;
        if matches!(next.kind, TokenKind::Value | TokenKind::FlowEntry | TokenKind::FlowMappingEnd) {
            self.state = State::FlowMappingValue;
            self.empty_scalar();
            return Ok(());
        }
        self.states.push(State::FlowMappingValue);
        self.node(next, false, false)
    }

    pub(super) fn flow_mapping_value(&mut self) -> Read<()> {
        let token = self.scanner.peek()?;
        self.state = State::FlowMappingKey;
        if token.kind == TokenKind::Value {
            self.take_indicator(token);
            return self.flow_value_after_colon();
        }
        self.empty_scalar();
        Ok(())
    }

    /// The value behind a colon that has been taken.
    pub(super) fn flow_value_after_colon(&mut self) -> Read<()> {
        let next = self.scanner.peek()?;
        self.state = State::FlowMappingKey;
        if !matches!(next.kind, TokenKind::FlowEntry | TokenKind::FlowMappingEnd) {
            self.states.push(State::FlowMappingKey);
            return self.node(next, false, false);
        }
        self.empty_scalar();
        Ok(())
    }
}
