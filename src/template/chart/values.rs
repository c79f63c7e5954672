//! Values: read with their places, and put together from charts and their parents as helm does.

use std::sync::Arc;

use super::{Chart, Node, Nodes};
use crate::template::origin::{FileId, NodeId, Origin, Provenance, SiteId};
use crate::template::text::Text;
use crate::template::value::{Kind, Map, Value};
use crate::text::Span;
use crate::yaml;

/// How deep values may nest, and how many there may be: a file of aliases can stand for more than anybody has room for.
const DEEPEST: usize = 100;
const MOST_NODES: usize = 1_000_000;

/// What becomes of a key that is set to nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Nulls {
    /// It takes away what it stands for.
    Delete,
    /// It stays, to take away what comes later.
    Keep,
}

impl Nodes {
    /// The mapping that a file holds; `None` where helm can't read one.
    pub(crate) fn read(&mut self, file: FileId, text: &Arc<str>) -> Option<Map> {
        let read = yaml::parse_as_server(text);
        if !read.errors.is_empty() {
            return None;
        }
        let (_, at) = self.count();
        let value = read.documents.first().and_then(yaml::Document::root);
        let value = value.map_or(Value::NIL, |value| self.converted((at, None), value, 0));
        self.files.push((file, read));
        match value.kind {
            Kind::Map(map) => Some(map),
            Kind::Nil => Some(Map::default()),
            _ => None,
        }
    }

    fn converted(&mut self, (read, node): (usize, Option<NodeId>), value: yaml::Value<'_>, depth: usize) -> Value {
        let origin = node.map_or(Origin::COMPUTED, |node| Origin {
            source: Provenance::Value { node, skip: 0 },
            site: SiteId::NONE,
        });
        let kind = match value.kind() {
            yaml::Kind::Null | yaml::Kind::Unknown => Kind::Nil,
            yaml::Kind::Bool(value) => Kind::Bool(value),
            yaml::Kind::Number(number) => Kind::Float(number.as_f64()),
            yaml::Kind::String(text) => Kind::Text(Text::of(text, origin)),
            _ if depth == DEEPEST || self.count().0 > MOST_NODES => Kind::Nil,
            yaml::Kind::Sequence => {
                let items = value.items().enumerate();
                let items = items.map(|(at, item)| {
                    let node = self.add(read, node, (&at.to_string(), Span::empty(item.place().start)), item);
                    self.converted((read, Some(node)), item, depth + 1)
                });
                return Value { node, ..Value::list(items.collect()) };
            }
            yaml::Kind::Mapping => {
                let map = Map::default();
                for entry in value.entries() {
                    let node = self.add(read, node, (entry.key, entry.key_span), entry.value);
                    let source = Provenance::Key { node, skip: 0 };
                    let key = Text::of(entry.key, Origin { source, site: SiteId::NONE });
                    map.insert(key, self.converted((read, Some(node)), entry.value, depth + 1));
                }
                Kind::Map(map)
            }
        };
        Value { kind, node }
    }

    fn add(
        &mut self,
        read: usize,
        parent: Option<NodeId>,
        (name, key): (&str, Span),
        value: yaml::Value<'_>,
    ) -> NodeId {
        let node = NodeId(self.count().0 as u32);
        self.nodes.push(Node { read, parent, name: name.to_owned(), key, value: value.to_id() });
        node
    }
}

/// A chart's values and those of its subcharts below what is given.
pub(super) fn coalesced(chart: &Chart, given: &Map, nulls: Nulls) -> Map {
    let values = given.lazy_copy();
    coalesce(chart, &values, nulls);
    values
}

pub(super) fn copy(map: &Map) -> Map {
    map.entries().into_iter().map(|(key, value)| (key, value.deep_copy())).collect()
}

fn coalesce(chart: &Chart, values: &Map, nulls: Nulls) {
    below(chart, values, nulls);
    for child in &chart.dependencies {
        let name = child.name.as_str();
        let inner = match values.get(name).map(|value| value.kind) {
            None => {
                let map = Map::default();
                values.insert(child.name.clone(), Value::map(map.clone()));
                map
            }
            Some(Kind::Map(map)) => map,
            // Helm stops here; what the chart sets for its subchart is not known.
            Some(_) => continue,
        };
        globals(&inner, values);
        coalesce(child, &inner, nulls);
    }
}

/// What values.yaml says, where nothing is given.
fn below(chart: &Chart, values: &Map, nulls: Nulls) {
    for (key, value) in chart.values.lazy_copy().entries() {
        let name = key.as_str();
        match values.get(name) {
            None => values.insert(key, value),
            Some(given) if given.is_nil() && nulls == Nulls::Delete => drop(values.remove(name)),
            Some(given) => {
                if let (Some(given), Some(value)) = (given.as_map(), value.as_map()) {
                    let is_child = chart.dependencies.iter().any(|child| child.name.as_str() == name);
                    merge(given, value, if is_child { Nulls::Keep } else { nulls });
                }
            }
        }
    }
}

/// What a parent says for all goes down to its subchart.
fn globals(inner: &Map, outer: &Map) {
    let table = |map: &Map| match map.get("global") {
        None => Some(Map::default()),
        Some(value) => value.as_map().cloned(),
    };
    let (Some(into), Some(from)) = (table(inner), table(outer)) else { return };
    for (key, value) in from.entries() {
        let there = into.get(key.as_str());
        let merged = match (value.as_map(), there) {
            (Some(map), None) => Value { node: value.node, ..Value::map(shallow(map)) },
            (Some(map), Some(there)) => {
                let Some(there) = there.as_map() else { continue };
                let map = shallow(map);
                merge(&map, there, Nulls::Keep);
                Value { node: value.node, ..Value::map(map) }
            }
            (None, Some(there)) if there.as_map().is_some() => continue,
            _ => value,
        };
        into.insert(key, merged);
    }
    inner.insert(Text::computed("global"), Value::map(into));
}

fn shallow(map: &Map) -> Map {
    map.entries().into_iter().collect()
}

/// Adds to a table what another one has and it has not.
pub(super) fn merge(into: &Map, from: &Map, nulls: Nulls) {
    if into.is(from) {
        return;
    }
    let said: Vec<bool> = from.entries().iter().map(|(_, value)| !value.is_nil()).collect();
    let entries: Vec<(Text, Value, bool)> =
        from.entries().into_iter().zip(said).map(|((key, value), said)| (key, value, said)).collect();
    for (key, value, said) in entries {
        let name = key.as_str();
        match into.get(name) {
            None => into.insert(key, value),
            Some(there) if there.is_nil() && nulls == Nulls::Delete && said => drop(into.remove(name)),
            Some(there) if there.is_nil() => {}
            Some(there) => {
                if let (Some(there), Some(value)) = (there.as_map(), value.as_map()) {
                    merge(there, value, nulls);
                }
            }
        }
    }
}
