//! What whoever installs a chart gives it: files of values, and settings on top of them.

use serde_json::Value as Json;

use super::chart::{ChartFile, LoadError, Nodes};
use super::origin::FileId;
use super::setting::{Assignment, Setting, Step};
use super::text::Text;
use super::value::{Kind, Map, Value};

/// What a chart is given beside its own values.
#[derive(Debug, Clone, Default)]
pub struct Given {
    /// Files of values among those of the chart, the strongest last.
    pub files: Vec<FileId>,
    /// What is set on top of them, likewise.
    pub settings: Vec<Setting>,
}

impl Given {
    /// All of it as one table; every key and scalar of a file gets a node.
    pub(super) fn values(&self, files: &[ChartFile], nodes: &mut Nodes) -> Result<Map, LoadError> {
        let values = Map::default();
        for id in &self.files {
            let Some(file) = files.get(id.index()) else { continue };
            let table = nodes.read(*id, &file.source.shared_text()).ok_or(LoadError::Unreadable(*id))?;
            overlay(&values, &table);
        }
        for Assignment { steps, value, is_json } in self.settings.iter().flat_map(|setting| &setting.assignments) {
            if let Some((Step::Key(key), steps)) = steps.split_first() {
                let set = set(values.get(key), steps, (value, *is_json));
                values.insert(Text::computed(key), set);
            }
        }
        Ok(values)
    }
}

/// Puts a table over another one.
fn overlay(below: &Map, table: &Map) {
    for (key, value) in table.entries() {
        match (below.get(key.as_str()).map(|value| value.kind), value.as_map()) {
            (Some(Kind::Map(below)), Some(table)) => overlay(&below, table),
            _ => below.insert(key, value),
        }
    }
}

/// What a value is once something on the way from it was set.
fn set(old: Option<Value>, steps: &[Step], new: (&Json, bool)) -> Value {
    match steps.split_first() {
        None => value(new.0, new.1),
        Some((Step::Key(key), steps)) => {
            let map = old.as_ref().and_then(Value::as_map).cloned().unwrap_or_default();
            let set = set(map.get(key), steps, new);
            map.insert(Text::computed(key), set);
            Value { node: old.and_then(|old| old.node), ..Value::map(map) }
        }
        Some((Step::Item(at), steps)) => {
            let mut items = match old.map(|old| old.kind) {
                Some(Kind::List(list)) => list.as_slice().to_vec(),
                _ => Vec::new(),
            };
            if items.len() <= *at {
                items.resize(at + 1, Value::NIL);
            }
            items[*at] = set(Some(std::mem::replace(&mut items[*at], Value::NIL)), steps, new);
            Value::list(items)
        }
    }
}

fn value(written: &Json, is_json: bool) -> Value {
    match written {
        Json::Null => Value::NIL,
        Json::Bool(value) => Value::bool(*value),
        Json::String(text) => Value::computed(text),
        Json::Number(number) => match number.as_i64().filter(|_| !is_json) {
            Some(number) => Value::int64(number),
            None => Value::float(number.as_f64().unwrap_or_default()),
        },
        Json::Array(items) => Value::list(items.iter().map(|item| value(item, is_json)).collect()),
        Json::Object(entries) => {
            let entry = |(key, inner): (&String, &Json)| (Text::computed(key), value(inner, is_json));
            Value::map(entries.iter().map(entry).collect())
        }
    }
}
