//! Tokens to the tape: go-yaml v2's grammar as a state machine on a stack, so that nothing recurses.

mod block;
mod document;
mod fast;
mod flow;
mod node;

use super::SyntaxError;
use super::chars::is_name;
use super::error::{Read, character_span, name_of, problem, span};
use super::scan::{Scanner, Token, TokenKind};
use super::tape::{Event, EventKind, FLOW, Outcome};
use crate::hash::HashMap;
use crate::text::{Message, Span};

/// What may come next. The names are the grammar's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    DocumentEnd,
    BlockSequenceEntry,
    IndentlessSequenceEntry,
    BlockMappingKey,
    BlockMappingValue,
    FlowSequenceFirst,
    FlowSequenceEntry,
    FlowPairKey,
    FlowPairValue,
    FlowPairEnd,
    FlowMappingFirst,
    FlowMappingKey,
    FlowMappingValue,
    FlowMappingEmptyValue,
}

/// A collection whose end has not been seen.
#[derive(Debug, Clone, Copy)]
struct Open {
    event: u32,
    count: u32,
}

#[derive(Debug)]
pub(super) struct Parser<'t> {
    scanner: Scanner<'t>,
    /// The file's events so far; this document's start at `first`.
    events: Vec<Event>,
    first: usize,
    open: Vec<Open>,
    state: State,
    states: Vec<State>,
    anchors: HashMap<&'t [u8], u32>,
    /// `%TAG` of this document.
    handles: Vec<(String, String)>,
    /// The end of the last byte that is content: a scalar's, a bracket's, a colon's, a dash's.
    content_end: usize,
    /// The tag before the next node.
    tagged: bool,
    /// Takes the common lines without tokens. Off only to prove that it changes nothing.
    quick: bool,
}

/// What one parser leaves to the next: the file's events, and memory.
#[derive(Debug, Default)]
pub(super) struct ParserMemory {
    pub(super) events: Vec<Event>,
    open: Vec<Open>,
    states: Vec<State>,
}

impl ParserMemory {
    /// Memory for the events of a text of that many bytes.
    pub(super) fn for_text(length: usize) -> Self {
        // About one event for twelve bytes of a manifest, which is seldom deeper than twelve levels.
        const DEPTH: usize = 24;
        let (open, states) = (Vec::with_capacity(DEPTH), Vec::with_capacity(DEPTH));
        Self { events: Vec::with_capacity(length / 12), open, states }
    }
}

impl<'t> Parser<'t> {
    pub(super) fn new(scanner: Scanner<'t>, memory: ParserMemory) -> Self {
        let ParserMemory { events, mut open, mut states } = memory;
        let first = events.len();
        open.clear();
        states.clear();
        Self {
            scanner,
            events,
            first,
            open,
            state: State::DocumentEnd,
            states,
            anchors: HashMap::default(),
            handles: Vec::new(),
            content_end: 0,
            tagged: false,
            quick: true,
        }
    }

    /// Leaves the fast path out.
    pub(super) fn slowly(mut self, slowly: bool) -> Self {
        self.quick = !slowly;
        self
    }

    /// Reads the first document; its events are added to those in the memory.
    pub(super) fn run(mut self) -> (Outcome, Scanner<'t>, ParserMemory) {
        let mut outcome = Outcome::default();
        match self.document() {
            Ok(ignored) => outcome.ignored = ignored,
            Err(error) => {
                outcome.error = Some(error);
                self.close_all();
            }
        }
        let memory = ParserMemory { events: self.events, open: self.open, states: self.states };
        (outcome, self.scanner, memory)
    }

    fn step(&mut self) -> Read<()> {
        match self.state {
            State::DocumentEnd => Ok(()),
            State::BlockSequenceEntry => self.block_sequence_entry(),
            State::IndentlessSequenceEntry => self.indentless_sequence_entry(),
            State::BlockMappingKey => self.block_mapping_key(),
            State::BlockMappingValue => self.block_mapping_value(),
            State::FlowSequenceFirst => self.flow_sequence_entry(true),
            State::FlowSequenceEntry => self.flow_sequence_entry(false),
            State::FlowPairKey => self.flow_pair_key(),
            State::FlowPairValue => self.flow_pair_value(),
            State::FlowPairEnd => self.flow_pair_end(),
            State::FlowMappingFirst => self.flow_mapping_key(true),
            State::FlowMappingKey => self.flow_mapping_key(false),
            State::FlowMappingValue => self.flow_mapping_value(),
            State::FlowMappingEmptyValue => {
                self.state = State::FlowMappingKey;
                self.empty_scalar();
                Ok(())
            }
        }
    }

    /// Takes an indicator that is content.
    fn take_indicator(&mut self, token: Token) {
        self.content_end = token.end;
        self.scanner.take();
    }

    fn pop_state(&mut self) {
        self.state = self.states.pop().unwrap_or(State::DocumentEnd);
    }

    fn push_event(&mut self, event: Event) {
        self.events.push(event);
    }

    /// The place of the next event.
    fn next_event(&self) -> u32 {
        self.events.len() as u32
    }

    fn count_node(&mut self) {
        if let Some(open) = self.open.last_mut() {
            open.count += 1;
        }
    }

    fn scalar(&mut self, token: Token) {
        self.content_end = token.end;
        self.count_node();
        let flags = token.flags | self.tag_flag();
        let event = Event::new(token.style, span(token.start, token.end));
        self.push_event(Event { flags, link: token.link, ..event });
    }

    /// A scalar of which nothing is written, behind the last indicator.
    fn empty_scalar(&mut self) {
        self.count_node();
        let flags = self.tag_flag();
        let event = Event::new(EventKind::Plain, span(self.content_end, self.content_end));
        self.push_event(Event { flags, ..event });
    }

    fn tag_flag(&mut self) -> u8 {
        if std::mem::take(&mut self.tagged) { super::tape::TAGGED } else { 0 }
    }

    fn open(&mut self, kind: EventKind, start: usize, flow: bool) {
        self.count_node();
        self.tagged = false;
        let event = Event::new(kind, span(start, start));
        self.open.push(Open { event: self.next_event(), count: 0 });
        self.push_event(Event { flags: if flow { FLOW } else { 0 }, ..event });
    }

    /// Ends the innermost collection behind the last content.
    fn close(&mut self) {
        let Some(open) = self.open.pop() else { return };
        let end = self.next_event();
        let start = &mut self.events[open.event as usize];
        start.end = open.count;
        start.link = end;
        let place = Span::empty(self.content_end as u32);
        self.push_event(Event { link: open.event, ..Event::new(EventKind::End, place) });
    }

    /// After an error: what is open ends here, and a key without a value has none.
    fn close_all(&mut self) {
        while self.events[self.first..].last().is_some_and(|event| event.is_property()) {
            self.events.pop();
        }
        while let Some(open) = self.open.last().copied() {
            let half = open.count % 2 == 1;
            let start = self.events[open.event as usize];
            // Of a collection that breaks off before its first content, nothing stands there.
            self.content_end = self.content_end.max(start.start as usize);
            if half && start.kind == EventKind::MappingStart {
                self.empty_scalar();
            }
            self.close();
        }
    }

    /// The error for a token that cannot stand where it stands.
    fn unexpected(&mut self, token: Token, message: impl Into<Message>) -> Box<SyntaxError> {
        let bytes = self.scanner.bytes;
        let end = match token.kind {
            TokenKind::Scalar | TokenKind::Anchor | TokenKind::Alias | TokenKind::Tag => token.end,
            TokenKind::Key | TokenKind::BlockMappingStart | TokenKind::BlockSequenceStart => word(bytes, token.start),
            _ => (character_span(bytes, token.start).end as usize).max(token.end),
        };
        let line_break = bytes[token.start..end].iter().position(|byte| *byte == b'\n');
        let end = line_break.map_or(end, |at| token.start + at);
        self.scanner.fail(span(token.start, end), message)
    }

    fn found(&self, token: Token) -> String {
        name_of(self.scanner.bytes, token.start)
    }

    fn undefined_tag(place: Span) -> Box<SyntaxError> {
        problem(place, "this tag's handle is declared by no `%TAG` line")
    }
}

fn word(bytes: &[u8], start: usize) -> usize {
    let mut end = start;
    while bytes.get(end).is_some_and(|byte| is_name(*byte)) {
        end += 1;
    }
    end.max(character_span(bytes, start).end as usize)
}
