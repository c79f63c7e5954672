//! A chart that is rendered again with other values: what looks at nothing that is different prints what it printed.

use std::rc::Rc;

use super::chart::Nodes;
use super::object::TEMPLATE;
use super::origin::{FileId, NodeId, Provenance};
use super::text::Text;
use super::value::{Keys, Kind, Log, Look, Map, Value};
use crate::text::Span;

/// Renderings of one chart with one set of values after the other.
#[derive(Debug, Default)]
pub(super) struct Sets {
    first: Option<First>,
}

/// The rendering that others are compared with.
#[derive(Debug)]
struct First {
    of: Templates,
    /// What those saw, chart by chart.
    seen: Vec<Map>,
    nodes: Rc<Nodes>,
    looks: Looked,
}

/// What is there to be run, whatever the values are.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Templates {
    /// Their names, in helm's order.
    pub(super) names: Vec<Rc<str>>,
    /// Whether charts are missing.
    pub(super) lacks_charts: bool,
}

/// A rendering whose templates are watched.
pub(super) struct Watching<'s> {
    first: Option<&'s First>,
    /// What is different since.
    differences: Keys,
    looks: Looked,
}

/// What each template looked at; of one that was not run, nothing.
type Looked = Vec<Option<Box<[Look]>>>;

impl Sets {
    /// Begins another rendering, on what its templates will see.
    pub(super) fn watching(&self, of: &Templates, (seen, nodes): (&[Map], &Nodes)) -> Watching<'_> {
        let first = self.first.as_ref().filter(|first| first.of == *of && first.seen.len() == seen.len());
        let differences = first.map(|first| first.differences(seen, nodes)).unwrap_or_default();
        Watching { first, differences, looks: of.names.iter().map(|_| None).collect() }
    }

    /// Keeps a rendering if it is the first, and no template of it changed what others see.
    pub(super) fn keep(&mut self, looks: Option<Looked>, of: Templates, seen: (Vec<Map>, &Rc<Nodes>)) {
        if let (None, Some(looks)) = (&self.first, looks) {
            let (seen, nodes) = seen;
            // Its name is of the one that was run last.
            seen.iter().for_each(|data| data.put(TEMPLATE, None));
            self.first = Some(First { of, seen, nodes: Rc::clone(nodes), looks });
        }
    }
}

impl Watching<'_> {
    /// Whether a template looks at nothing that is different: it prints what it printed.
    pub(super) fn is_as_before(&self, template: usize) -> bool {
        let looks = self.first.and_then(|first| first.looks.get(template)?.as_ref());
        looks.is_some_and(|looks| !self.differences.are_met_by(looks))
    }

    /// A template was run.
    pub(super) fn end(&mut self, template: usize, looks: Box<[Look]>) {
        self.looks[template] = Some(looks);
    }

    /// What the templates looked at, unless one of them changed what others see; and whether those that were left out may
    /// have seen that.
    pub(super) fn outcome(self, log: &Log) -> (Option<Looked>, bool) {
        let is_changed = log.has_changes();
        ((!is_changed).then_some(self.looks), is_changed && self.first.is_some())
    }
}

impl First {
    /// The keys of its maps that have other values in another rendering.
    fn differences(&self, seen: &[Map], nodes: &Nodes) -> Keys {
        let mut comparison = Comparison { nodes: [&self.nodes, nodes], found: Keys::default(), count: 0 };
        for (one, other) in self.seen.iter().zip(seen) {
            comparison.maps(one, other);
        }
        comparison.found
    }
}

struct Comparison<'c> {
    nodes: [&'c Nodes; 2],
    found: Keys,
    /// How many differences were found.
    count: usize,
}

impl Comparison<'_> {
    fn maps(&mut self, one: &Map, other: &Map) {
        if one.is_as(other) {
            return;
        }
        let (ones, others) = (one.unwatched(), other.unwatched());
        for (key, value) in ones.iter() {
            let is_same = others
                .get_key_value(key)
                .is_some_and(|(other_key, other)| self.are_same_text(key, other_key) && self.are_same(value, other));
            if !is_same {
                self.note(one, key);
            }
        }
        others.keys().filter(|key| !ones.contains_key(*key)).for_each(|key| self.note(one, key));
    }

    fn note(&mut self, map: &Map, key: &Text) {
        self.count += 1;
        if let Some(map) = map.watched() {
            self.found.add(map, key.as_str());
        }
    }

    /// Whether two values are the same and written at the same place, but for the entries of maps.
    fn are_same(&mut self, one: &Value, other: &Value) -> bool {
        let [nodes, other_nodes] = self.nodes;
        if one.node.map(|node| place(nodes, node)) != other.node.map(|node| place(other_nodes, node)) {
            return false;
        }
        match (&one.kind, &other.kind) {
            (Kind::Nil, Kind::Nil) => true,
            (Kind::Bool(one), Kind::Bool(other)) => one == other,
            (Kind::Int(one), Kind::Int(other)) | (Kind::Int64(one), Kind::Int64(other)) => one == other,
            (Kind::Float(one), Kind::Float(other)) => one.to_bits() == other.to_bits(),
            (Kind::Text(one), Kind::Text(other)) => self.are_same_text(one, other),
            (Kind::List(ones), Kind::List(others)) => {
                let before = self.count;
                let are_alike = ones.holds() == others.holds() && ones.len() == others.len();
                // Who has a list has all of it.
                are_alike
                    && ones.iter().zip(others.iter()).all(|(one, other)| self.are_same(one, other))
                    && self.count == before
            }
            (Kind::Map(one), Kind::Map(other)) => {
                self.maps(one, other);
                one.holds() == other.holds()
            }
            // What is no value is the same whatever the values are.
            (Kind::Object(one), Kind::Object(other)) => one.type_name == other.type_name,
            _ => false,
        }
    }

    /// Whether two texts are the same and have the same origins.
    fn are_same_text(&self, one: &Text, other: &Text) -> bool {
        let [nodes, other_nodes] = self.nodes;
        let are_same_runs = || {
            let ones = one.runs().map(|(bytes, origin)| (bytes, source(nodes, origin.source)));
            ones.eq(other.runs().map(|(bytes, origin)| (bytes, source(other_nodes, origin.source))))
        };
        one == other && are_same_runs()
    }
}

/// Where a node is written, whatever its number: its key, and its value.
fn place(nodes: &Nodes, node: NodeId) -> (FileId, Span, Span) {
    (nodes.file(node), nodes.node(node).key, nodes.span(node))
}

/// The same of what bytes are.
fn source(nodes: &Nodes, source: Provenance) -> (Provenance, Option<(FileId, Span, Span)>) {
    match source {
        Provenance::Key { node, skip } => (Provenance::Key { node: NodeId(0), skip }, Some(place(nodes, node))),
        Provenance::Value { node, skip } => (Provenance::Value { node: NodeId(0), skip }, Some(place(nodes, node))),
        other => (other, None),
    }
}
