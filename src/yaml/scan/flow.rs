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
    pub(super) fn open_flow(&mut self) -> Read<()> {
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
    pub(super) fn close_flow(&mut self) {
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

    /// At the document's end: reads on as long as the flow collection that was its whole content, or one that comes
    /// next, may turn out to be a key. Behind the document such a key is no error any more.
    pub(in crate::yaml) fn settle_end(&mut self) -> Read<()> {
        self.settled_from = self.taken;
        if self.keys[0].number < self.taken {
            self.settle()?;
        }
        self.peek()?;
        if self.keys[0].number == self.taken {
            self.settle()?;
        }
        Ok(())
    }

    fn settle(&mut self) -> Read<()> {
        let number = self.keys[0].number;
        while self.keys[0].number == number && self.keys[0].collection && self.keys[0].known && self.is_valid(0)? {
            if self.tokens.last().is_some_and(|last| last.kind == TokenKind::StreamEnd) {
                break;
            }
            self.fetch()?;
        }
        Ok(())
    }
}
