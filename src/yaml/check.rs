//! What the tape means as values: repeated keys, merges, aliases, and what Kubernetes refuses in them.

mod alias;
mod mapping;
mod scalar;
mod survivors;

use super::chars::Breaks;
use super::document::{Listed, RepeatedKey, resolve_event};
use super::resolve::Scalar;
use super::tape::{DECODE, Event, EventKind, TAGGED, node_at};
use super::{Note, SyntaxError};
use crate::hash::HashMap;
use crate::sort;
use crate::text::Span;

/// What a document's values come to.
#[derive(Debug, Default)]
pub(super) struct Checked {
    pub(super) errors: Vec<SyntaxError>,
    pub(super) repeated: Vec<RepeatedKey>,
    pub(super) notes: Vec<Note>,
    pub(super) listed: Vec<Listed>,
    /// There is no value, or it is null.
    pub(super) empty: bool,
    pub(super) has_aliases: bool,
}

/// Which errors are wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Errors {
    All,
    /// One, where there are some.
    First,
}

struct Checker<'d> {
    text: &'d str,
    /// The file's so far; the document's own start at `first`.
    events: &'d mut [Event],
    first: usize,
    json: bool,
    breaks: Breaks,
    errors: Errors,
    result: Checked,
    /// Where a mapping's entries stand in `result.listed` as long as that is not sorted.
    listed_at: HashMap<u32, usize>,
    /// Mappings with a key that is none in JSON, and the error for the first one.
    bad_keys: HashMap<u32, Box<SyntaxError>>,
    /// Scalars that JSON has no number for; no error where the value is replaced later on.
    endless: Vec<u32>,
}

/// Checks a document's values, and marks events that need more than the tape. The document's events are those from
/// `first` on.
pub(super) fn check(
    text: &str,
    (events, first): (&mut [Event], usize),
    (json, breaks): (bool, Breaks),
    errors: Errors,
) -> Checked {
    let mut checker = Checker {
        text,
        events,
        first,
        json,
        breaks,
        errors,
        result: Checked::default(),
        listed_at: HashMap::default(),
        bad_keys: HashMap::default(),
        endless: Vec::new(),
    };
    checker.run();
    let empty = checker.is_empty();
    let mut result = Checked { empty, ..checker.result };
    sort::by_key(&mut result.errors, |error| error.span);
    result.errors.dedup();
    sort::by_key(&mut result.repeated, |repeated| repeated.again);
    result
}

impl Checker<'_> {
    fn run(&mut self) {
        self.result.has_aliases = self.events[self.first..].iter().any(|event| event.kind == EventKind::Alias);
        if self.result.has_aliases {
            self.check_aliases();
        }
        for at in self.first..self.events.len() {
            let event = self.events[at];
            match event.kind {
                EventKind::End => {
                    let start = event.link as usize;
                    if self.events[start].kind == EventKind::MappingStart {
                        self.check_mapping(start);
                    }
                }
                _ if event.is(TAGGED) => self.check_tagged(at),
                EventKind::Plain if !event.is(DECODE) => self.check_plain(at),
                _ => {}
            }
        }
        sort::by_key(&mut self.result.listed, |listed| listed.mapping);
        if !self.bad_keys.is_empty() || !self.endless.is_empty() {
            self.report_survivors();
        }
    }

    /// Whether the document is no value or null.
    fn is_empty(&self) -> bool {
        if self.events.len() == self.first {
            return true;
        }
        let root = node_at(self.events, self.first);
        self.events[root].is_scalar() && resolve_event(self.events, root, &self.scalar_text(root)) == Some(Scalar::Null)
    }

    /// Whether no more errors are wanted than there are.
    fn has_enough(&self) -> bool {
        self.errors == Errors::First && !self.result.errors.is_empty()
    }

    #[expect(clippy::boxed_local, reason = "errors come in boxes")]
    fn fail(&mut self, error: Box<SyntaxError>) {
        self.result.errors.push(*error);
    }

    /// The text of a scalar event.
    fn scalar_text(&self, at: usize) -> std::borrow::Cow<'_, str> {
        let event = self.events[at];
        let source = &self.text[event.span().range()];
        if event.is(DECODE) {
            let mut decoded = String::new();
            if self.json {
                super::json::decode(source, &mut decoded);
            } else {
                super::decode::decode(self.text, event, self.breaks, &mut decoded);
            }
            return decoded.into();
        }
        match event.kind {
            EventKind::SingleQuoted | EventKind::DoubleQuoted => source[1..source.len() - 1].into(),
            _ => source.into(),
        }
    }

    fn span(&self, at: usize) -> Span {
        super::value::span_of(self.events, at)
    }
}
