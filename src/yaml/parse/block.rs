//! Collections by indentation.

use super::{Parser, State};
use crate::yaml::SyntaxError;
use crate::yaml::error::Read;
use crate::yaml::scan::{Token, TokenKind};

impl Parser<'_> {
    pub(super) fn block_sequence_entry(&mut self) -> Read<()> {
        let token = self.scanner.peek()?;
        match token.kind {
            TokenKind::BlockEntry => {
                self.take_indicator(token);
                self.item_after_dash()
            }
            TokenKind::BlockEnd => self.end_block(),
            _ => {
                let found = self.found(token);
                let message = format!("a list goes on with `- ` in the column of its other items, not with {found}");
                Err(self.unexpected(token, message))
            }
        }
    }

    fn end_block(&mut self) -> Read<()> {
        self.scanner.take();
        self.close();
        self.pop_state();
        Ok(())
    }

    pub(super) fn indentless_sequence_entry(&mut self) -> Read<()> {
        let token = self.scanner.peek()?;
        if token.kind != TokenKind::BlockEntry {
            self.close();
            self.pop_state();
            return Ok(());
        }
        self.take_indicator(token);
        self.item_after_dash()
    }

    /// The item behind a dash that has been taken.
    pub(super) fn item_after_dash(&mut self) -> Read<()> {
        let next = self.scanner.peek()?;
        let indentless = self.state == State::IndentlessSequenceEntry;
        let empty = match next.kind {
            TokenKind::BlockEntry | TokenKind::BlockEnd => true,
            TokenKind::Key | TokenKind::Value => indentless,
            _ => false,
        };
        if empty {
            self.empty_scalar();
            return Ok(());
        }
        self.states.push(self.state);
        self.node(next, true, false)
    }

    pub(super) fn block_mapping_key(&mut self) -> Read<()> {
        let token = self.scanner.peek()?;
        match token.kind {
            TokenKind::Key => {
                self.take_indicator(token);
                let next = self.scanner.peek()?;
                if matches!(next.kind, TokenKind::Key | TokenKind::Value | TokenKind::BlockEnd) {
                    self.state = State::BlockMappingValue;
                    self.empty_scalar();
                    return Ok(());
                }
                self.states.push(State::BlockMappingValue);
                self.node(next, true, true)
            }
            TokenKind::BlockEnd => self.end_block(),
            _ => Err(self.no_key(token)),
        }
    }

    fn no_key(&mut self, token: Token) -> Box<SyntaxError> {
        let message = match token.kind {
            TokenKind::BlockMappingStart | TokenKind::BlockSequenceStart => {
                "this line is indented deeper than the keys before it".to_owned()
            }
            TokenKind::BlockEntry => "a list item stands here among the keys of a mapping".to_owned(),
            TokenKind::Value => "a `:` stands here without a key before it".to_owned(),
            _ => {
                let found = self.found(token);
                format!("the value before has ended, and a new `key:` on a line of its own is expected, not {found}")
            }
        };
        self.unexpected(token, message)
    }

    pub(super) fn block_mapping_value(&mut self) -> Read<()> {
        let token = self.scanner.peek()?;
        self.state = State::BlockMappingKey;
        if token.kind != TokenKind::Value {
            self.empty_scalar();
            return Ok(());
        }
        self.take_indicator(token);
        self.value_after_colon()
    }

    /// The value behind a colon that has been taken.
    pub(super) fn value_after_colon(&mut self) -> Read<()> {
        let next = self.scanner.peek()?;
        if matches!(next.kind, TokenKind::Key | TokenKind::Value | TokenKind::BlockEnd) {
            self.state = State::BlockMappingKey;
            self.empty_scalar();
            return Ok(());
        }
        self.states.push(State::BlockMappingKey);
        self.node(next, true, true)
    }
}
