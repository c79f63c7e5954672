//! Strategic merge patches, as kustomize merges them: lists of known fields item by item, all others as a whole.

use super::Unbuilt;
use super::tree::{At, Entry, Node, Value};

/// What a merge did that a reader may not have meant.
#[derive(Debug, Clone)]
pub(super) struct Added {
    /// The name of a container that the patch adds.
    pub(super) name: String,
    pub(super) at: At,
    /// The containers that were there, by their names.
    pub(super) others: Vec<(String, At)>,
    /// Whether it has an image, and so may be meant to be one more.
    pub(super) is_whole: bool,
}

/// Lists that are merged item by item, with the keys that tell an item.
const MERGED: [(&str, &[&str]); 11] = [
    ("containers", &["name"]),
    ("initContainers", &["name"]),
    ("ephemeralContainers", &["name"]),
    ("volumes", &["name"]),
    ("env", &["name"]),
    ("imagePullSecrets", &["name"]),
    ("volumeDevices", &["devicePath"]),
    ("volumeMounts", &["mountPath"]),
    ("ports", &["containerPort", "protocol"]),
    ("hostAliases", &["ip"]),
    ("topologySpreadConstraints", &["topologyKey", "whenUnsatisfiable"]),
];

const DIRECTIVE: &str = "$patch";

/// Merges a patch into an object; nothing is left of one that the patch deletes. Of the objects of other kinds, lists are
/// no Kubernetes' own.
pub(super) fn merge(into: Node, patch: &Node, added: &mut Vec<Added>) -> Result<Option<Node>, Unbuilt> {
    match patch.str(DIRECTIVE) {
        Some("delete") => return Ok(None),
        Some("replace") => return Ok(Some(without_directives(patch.clone()))),
        _ => {}
    }
    let mut into = into;
    for Entry { key, at, node } in patch.entries() {
        if &**key == DIRECTIVE {
            continue;
        }
        if key.starts_with('$') {
            return Err(Unbuilt::new(format!("`{key}` in a patch is nothing that is known here")));
        }
        if node.is_null() {
            into.remove(key);
            continue;
        }
        let merged = match into.remove_for(key) {
            Some((place, Entry { key, at, node: old })) => {
                (Some(place), value(&key, old, node, added)?.map(|node| Entry { key: key.clone(), at, node }))
            }
            None => {
                let made = new(key, node, added)?;
                (None, made.map(|node| Entry { key: key.clone(), at: *at, node }))
            }
        };
        if let (place, Some(entry)) = merged {
            into.put_back(place, entry);
        }
    }
    Ok(Some(into))
}

/// What becomes of a field that both have.
fn value(key: &str, old: Node, patch: &Node, added: &mut Vec<Added>) -> Result<Option<Node>, Unbuilt> {
    if old.is_null() {
        return new(key, patch, added);
    }
    match (&old.value, &patch.value) {
        (Value::Map(_), Value::Map(_)) => merge(old, patch, added),
        (Value::List(_), Value::List(items)) => match keys_of(key, items) {
            Some(keys) => list((key, keys), old, patch, added).map(Some),
            None => Ok(Some(without_directives(patch.clone()))),
        },
        // Where a patch says what is there already, both are to be edited: the older one stands for both.
        (Value::Scalar(one), Value::Scalar(other)) if one.kind == other.kind && one.text == other.text => Ok(Some(old)),
        (Value::Scalar(_), Value::Scalar(_)) => Ok(Some(patch.clone())),
        _ => Err(Unbuilt::new(format!("a patch has another kind of value for `{key}` than what it is merged into"))),
    }
}

/// A field that only the patch has.
fn new(key: &str, patch: &Node, added: &mut Vec<Added>) -> Result<Option<Node>, Unbuilt> {
    let empty = |value| Node { above: patch.above, beside: patch.beside, ..Node::of(value, patch.at) };
    match &patch.value {
        Value::Map(_) if patch.str(DIRECTIVE) == Some("delete") => Ok(None),
        Value::Map(_) => merge(empty(Value::Map(Vec::new())), patch, added),
        Value::List(items) => match keys_of(key, items) {
            Some(keys) => list((key, keys), empty(Value::List(Vec::new())), patch, added).map(Some),
            None => Ok(Some(without_directives(patch.clone()))),
        },
        Value::Scalar(_) => Ok(Some(patch.clone())),
    }
}

/// The keys that tell the items of a list, where all of them have one.
fn keys_of(key: &str, items: &[Node]) -> Option<&'static [&'static str]> {
    let (_, keys) = MERGED.iter().find(|(list, _)| *list == key)?;
    let is_told = |item: &Node| item.is_map() && (item.get(keys[0]).is_some() || item.str(DIRECTIVE).is_some());
    items.iter().all(is_told).then_some(keys)
}

/// Items of the patch come first, in its order.
fn list((field, keys): (&str, &[&str]), old: Node, patch: &Node, added: &mut Vec<Added>) -> Result<Node, Unbuilt> {
    let Value::List(olds) = &old.value else { return Ok(old) };
    if patch.items().iter().any(|item| item.str(DIRECTIVE) == Some("replace") && item.entries().len() == 1) {
        let rest = patch.items().iter().filter(|item| item.entries().len() > 1);
        let value = Value::List(rest.cloned().map(without_directives).collect());
        return Ok(Node { value, ..old.clone() });
    }
    // Items with and without a further key that tells them come in an order of their own.
    let is_told = |item: &Node| keys.iter().all(|key| item.get(key).is_some());
    let told = olds.iter().chain(patch.items()).filter(|item| is_told(item)).count();
    if keys.len() > 1 && told > 0 && told < olds.len() + patch.items().len() {
        return Err(Unbuilt::new(format!(
            "some of the `{field}` that are merged have `{}`, and others have not",
            keys[1]
        )));
    }
    let mut left: Vec<Option<Node>> = olds.iter().cloned().map(Some).collect();
    let mut items = Vec::new();
    for item in patch.items() {
        let same = left.iter().position(|old| old.as_ref().is_some_and(|old| is_same(old, item, keys)));
        match same.and_then(|at| left[at].take()) {
            // Kustomize replaces no single items: it leaves them as they are.
            Some(old) if item.str(DIRECTIVE) == Some("replace") => items.push(old),
            Some(old) => items.extend(merge(old, item, added)?),
            None if item.str(DIRECTIVE) == Some("delete") => {}
            None if item.str(DIRECTIVE) == Some("replace") => {
                return Err(Unbuilt::new(format!("a patch replaces one of `{field}` that is not there")));
            }
            None => {
                note(field, olds, item, added);
                let empty = Node { value: Value::Map(Vec::new()), ..item.clone() };
                items.extend(merge(empty, item, &mut Vec::new())?);
            }
        }
    }
    items.extend(left.into_iter().flatten());
    Ok(Node { value: Value::List(items), ..old })
}

fn is_same(old: &Node, item: &Node, keys: &[&str]) -> bool {
    let told = |key: &&&str| item.get(key).is_some() || old.get(key).is_some();
    let mut keys = keys.iter().filter(told);
    keys.all(|key| old.get(key).map(Node::text) == item.get(key).map(Node::text))
}

/// Takes note of a container that was not there.
fn note(field: &str, olds: &[Node], item: &Node, added: &mut Vec<Added>) {
    if !matches!(field, "containers" | "initContainers") || olds.is_empty() {
        return;
    }
    let named = |item: &Node| item.get("name").map(|name| (name.text().to_owned(), name.at));
    if let Some((name, at)) = named(item) {
        let others = olds.iter().filter_map(named).collect();
        added.push(Added { name, at, others, is_whole: item.get("image").is_some() });
    }
}

/// A value as a patch means it where nothing is there to be merged with.
fn without_directives(mut node: Node) -> Node {
    match &mut node.value {
        Value::Map(entries) => {
            entries.retain(|entry| &*entry.key != DIRECTIVE && !entry.node.is_null());
            entries.iter_mut().for_each(|entry| entry.node = without_directives(entry.node.clone()));
        }
        Value::List(items) => items.iter_mut().for_each(|item| *item = without_directives(item.clone())),
        Value::Scalar(_) => {}
    }
    node
}

impl Node {
    fn remove_for(&mut self, key: &str) -> Option<(usize, Entry)> {
        let Value::Map(entries) = &mut self.value else { return None };
        let place = entries.iter().position(|entry| &*entry.key == key)?;
        Some((place, entries.remove(place)))
    }

    fn put_back(&mut self, place: Option<usize>, entry: Entry) {
        if let Value::Map(entries) = &mut self.value {
            let place = place.unwrap_or(entries.len());
            entries.insert(place, entry);
        }
    }
}
