//! `[`, `]`, `{`, `}` and `,`.

use super::{MAX_DEPTH, Scanner, SimpleKey, TokenKind};
use crate::yaml::error::{Read, character_span};

impl Scanner<'_> {
    pub(super) fn fetch_flow_start(&mut self, kind: TokenKind) -> Read<()> {
        self.save_key(true)?;
        self.open_flow()?;
        self.push_indicator(kind, 1);
        Ok(())
    }

    /// One flow level down.
    fn open_flow(&mut self) -> Read<()> {
        let number = self.taken + self.tokens.len() - self.head;
        self.keys.push(SimpleKey { number, ..SimpleKey::default() });
        self.flow_level += 1;
        if self.flow_level > MAX_DEPTH {
            let place = character_span(self.bytes, self.at);
            return Err(self.fail(place, format!("Kubernetes reads no more than {MAX_DEPTH} nested collections")));
        }
        self.allowed = true;
        Ok(())
    }

    pub(super) fn fetch_flow_end(&mut self, kind: TokenKind) -> Read<()> {
        self.drop_key()?;
        self.close_flow();
        self.push_indicator(kind, 1);
        Ok(())
    }

    /// One flow level up.
    fn close_flow(&mut self) {
        if self.flow_level > 0 {
            self.flow_level -= 1;
            let inner = self.keys.pop().unwrap_or_default();
            if let Some(outer) = self.keys.last_mut() {
                // go-yaml forgets the outer key with the inner one where both have the same number.
                if !inner.saved && outer.number == inner.number {
                    outer.known = false;
                }
            }
        }
        self.allowed = false;
    }

    pub(super) fn fetch_flow_entry(&mut self) -> Read<()> {
        self.drop_key()?;
        self.allowed = true;
        self.push_indicator(TokenKind::FlowEntry, 1);
        Ok(())
    }

    /// At the document's end: reads on as long as a flow collection that was its whole content may be a key.
    pub(in crate::yaml) fn settle_root(&mut self) -> Read<()> {
        while self.flow_level == 0 && self.keys[0].possible && self.keys[0].collection && self.keys[0].known {
            if !self.is_valid(0)? || self.tokens.last().is_some_and(|last| last.kind == TokenKind::StreamEnd) {
                break;
            }
            self.fetch()?;
        }
        Ok(())
    }
}
