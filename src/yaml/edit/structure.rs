//! What a plan has to know of a document, found out in one pass: where each event stands, and what aliases lead to.

use std::cell::RefCell;
use std::ops::Range;

use crate::hash::HashMap;
use crate::sort;
use crate::text::Span;
use crate::yaml::tape::{Event, EventKind, FLOW, NOWHERE, after, node_at};
use crate::yaml::value::{key_text, span_of};
use crate::yaml::{Document, Places, Value};

/// Deeper documents are not changed: they are compared by recursion.
const MAX_DEPTH: u32 = 200;

pub(super) struct Structure<'a> {
    pub(super) document: &'a Document,
    pub(super) events: &'a [Event],
    first: usize,
    /// For each event the collection it stands in.
    parents: Vec<u32>,
    /// For each event whether an alias or a merge leads to it or to what it stands in; empty where there are none.
    shared: Vec<bool>,
    /// What aliases lead to, each with the last alias, in order of place.
    named: Vec<(u32, u32)>,
    /// Places inside strings that were asked for: many fixes may change parts of one.
    within: RefCell<HashMap<u32, Places>>,
}

impl<'a> Structure<'a> {
    /// The structure of a document, as far as it was read, that is not too deep.
    pub(super) fn of(document: &'a Document) -> Option<Self> {
        let root = document.root()?;
        let (parents, height) = nesting(document);
        if height > MAX_DEPTH {
            return None;
        }
        let (events, first): (&[Event], _) = (&document.events, document.events.range().start);
        let mut structure = Self {
            document,
            events,
            first,
            parents,
            shared: Vec::new(),
            named: Vec::new(),
            within: RefCell::default(),
        };
        structure.find_aliases();
        debug_assert!(root.node as usize >= first, "a root is an event of its document");
        Some(structure)
    }

    /// Where a stretch of a string stands, as [`Value::span_within`] tells it.
    pub(super) fn span_within(&self, at: u32, range: Range<usize>) -> Span {
        self.within.borrow_mut().entry(at).or_default().span(self.value(at), range)
    }

    fn find_aliases(&mut self) {
        let own = || self.document.events.own();
        let aliases = own().filter(|(_, event)| event.kind == EventKind::Alias && event.link != NOWHERE);
        let last: HashMap<u32, u32> = aliases.map(|(at, event)| (event.link, at as u32)).collect();
        if last.is_empty() && self.document.listed.is_empty() {
            return;
        }
        let mut shared: Vec<bool> = Vec::with_capacity(self.parents.len());
        let mut merged = None;
        for ((at, event), parent) in own().zip(&self.parents) {
            let above = *parent != NOWHERE && shared[*parent as usize - self.first];
            shared.push(above || merged == Some(at) || last.contains_key(&(at as u32)));
            // What stands behind `<<` is seen in the mapping that it is merged into.
            if event.is_scalar() && self.document.scalar_text(at as u32) == "<<" {
                merged = Some(node_at(self.events, at + 1));
            }
        }
        self.shared = shared;
        self.named = last.into_iter().collect();
        sort::ascending(&mut self.named);
    }

    /// The event, if it is one of this document.
    pub(super) fn event(&self, at: u32) -> Option<Event> {
        self.document.events.range().contains(&(at as usize)).then(|| self.events[at as usize])
    }

    /// The collection that an event stands in.
    pub(super) fn parent(&self, at: u32) -> u32 {
        (at as usize).checked_sub(self.first).and_then(|at| self.parents.get(at)).copied().unwrap_or(NOWHERE)
    }

    /// Whether an alias or a merge shows the value at another place, too.
    pub(super) fn is_shared(&self, node: u32) -> bool {
        self.shared.get(node as usize - self.first).is_some_and(|shared| *shared)
    }

    /// Whether an alias behind the events from `from` to `to` names one of them.
    pub(super) fn is_named_from_outside(&self, from: u32, to: u32) -> bool {
        let start = self.named.partition_point(|(node, _)| *node < from);
        self.named[start..].iter().take_while(|(node, _)| *node < to).any(|(_, alias)| *alias >= to)
    }

    /// Whether the node stands in brackets.
    pub(super) fn is_in_flow(&self, node: u32) -> bool {
        let above = std::iter::successors(Some(self.parent(node)), |node| Some(self.parent(*node)));
        above.take_while(|node| *node != NOWHERE).any(|node| self.events[node as usize].is(FLOW))
    }

    /// The value at an event.
    pub(super) fn value(&self, at: u32) -> Value<'a> {
        Value::at(self.document, at as usize)
    }

    /// The value of the key at an event.
    pub(super) fn value_of(&self, key: u32) -> Value<'a> {
        Value::at(self.document, after(self.events, key as usize))
    }

    /// Whether a mapping has a key, be it its own or merged.
    pub(super) fn has(&self, mapping: u32, key: &str) -> bool {
        self.value(mapping).get(key).is_some()
    }

    /// Whether the key at an event is written in that mapping: as a scalar, and for no other place.
    pub(super) fn is_own_key(&self, key: u32, mapping: u32) -> bool {
        let is_mapping = self.event(mapping).is_some_and(|event| event.kind == EventKind::MappingStart);
        is_mapping && self.event(key).is_some_and(Event::is_scalar) && self.parent(key) == mapping
    }

    /// The key at an event, as a string.
    pub(super) fn name_of(&self, key: u32) -> &'a str {
        key_text(self.document, key as usize)
    }

    /// The first byte of an entry: of its key, or of the key's anchor or tag.
    pub(super) fn start_of(&self, key: u32) -> usize {
        let mut first = key as usize;
        while first > self.first && self.events[first - 1].is_property() {
            first -= 1;
        }
        self.events[first].start as usize
    }

    /// The end of an entry's last content: its value's, or its colon's.
    pub(super) fn end_of(&self, key: u32) -> usize {
        self.value_of(key).place().end.max(self.events[key as usize].end) as usize
    }

    /// The first key of a mapping, as it is written.
    pub(super) fn first_key(&self, mapping: u32) -> Option<u32> {
        (self.events[mapping as usize].end > 0).then(|| node_at(self.events, mapping as usize + 1) as u32)
    }

    /// The key that is written behind one of the same mapping.
    pub(super) fn next_key(&self, key: u32) -> Option<u32> {
        let behind = node_at(self.events, self.behind(key) as usize);
        (self.events[behind].kind != EventKind::End).then_some(behind as u32)
    }

    /// The event behind an entry.
    pub(super) fn behind(&self, key: u32) -> u32 {
        after(self.events, self.value_of(key).place as usize) as u32
    }

    /// Where the entry before one of the same mapping ends.
    pub(super) fn end_before(&self, key: u32) -> Option<usize> {
        let mut before = key as usize - 1;
        while self.events[before].is_property() {
            before -= 1;
        }
        let event = self.events[before];
        match event.kind {
            EventKind::MappingStart if before as u32 == self.parent(key) => None,
            EventKind::End => Some(span_of(self.events, event.link as usize).end as usize),
            _ => Some(event.end as usize),
        }
    }
}

/// For each event of a document the collection it stands in, and how deep the document's values are, aliases followed.
fn nesting(document: &Document) -> (Vec<u32>, u32) {
    let first = document.events.range().start;
    let mut parents = Vec::with_capacity(document.events.range().len());
    // How deep what each event starts is; an alias leads to something that has ended.
    let mut heights: Vec<u32> = Vec::with_capacity(parents.capacity());
    let mut open: Vec<u32> = Vec::new();
    for (at, event) in document.events.own() {
        if event.kind == EventKind::End {
            open.pop();
        }
        parents.push(open.last().copied().unwrap_or(NOWHERE));
        heights.push(match event.kind {
            EventKind::Alias if event.link != NOWHERE => heights[event.link as usize - first],
            EventKind::End => heights[event.link as usize - first],
            _ => 1,
        });
        if let Some(parent) = open.last() {
            let height = heights[at - first].saturating_add(1);
            let above = &mut heights[*parent as usize - first];
            *above = height.max(*above);
        }
        if event.is_collection() {
            open.push(at as u32);
        }
    }
    let height = heights.iter().copied().max().unwrap_or_default();
    (parents, height)
}
