//! JSON patches, applied: RFC 6902, and RFC 6901 for the paths.

use std::rc::Rc;

use super::Unbuilt;
use super::read::Shelf;
use super::tree::{At, Entry, Node, Value};
use crate::text::Span;

/// A step of a path, and where it stands.
struct Step {
    name: String,
    at: At,
}

/// Applies the operations of a list, in order.
pub(super) fn apply(object: &mut Node, operations: &Node, shelf: &Shelf<'_>) -> Result<(), Unbuilt> {
    // While kustomize builds, each object has annotations.
    object.make_path(&["metadata", "annotations"], operations.at);
    for operation in operations.items() {
        one(object, operation, shelf)?;
    }
    let metadata = object.get_mut("metadata");
    let bare = metadata.filter(|metadata| {
        metadata.get("annotations").is_some_and(|annotations| annotations.is_map() && annotations.entries().is_empty())
    });
    bare.map(|metadata| metadata.remove("annotations"));
    Ok(())
}

fn one(object: &mut Node, operation: &Node, shelf: &Shelf<'_>) -> Result<(), Unbuilt> {
    let path = steps(operation, "path", shelf)?;
    let value = || operation.get("value").cloned().ok_or_else(|| refused(operation, "has no value"));
    match operation.str("op").unwrap_or_default() {
        "add" => add(object, &path, value()?).ok_or_else(|| refused(operation, "leads nowhere")),
        "replace" => replace(object, &path, value()?).ok_or_else(|| refused(operation, "leads nowhere")),
        "remove" => take(object, &path).map(|_| ()).ok_or_else(|| refused(operation, "leads nowhere")),
        "move" => {
            let from = steps(operation, "from", shelf)?;
            let taken = take(object, &from).ok_or_else(|| refused(operation, "comes from nowhere"))?;
            add(object, &path, taken).ok_or_else(|| refused(operation, "leads nowhere"))
        }
        "copy" => {
            let from = steps(operation, "from", shelf)?;
            let copied = find(object, &from).cloned().ok_or_else(|| refused(operation, "comes from nowhere"))?;
            add(object, &path, copied).ok_or_else(|| refused(operation, "leads nowhere"))
        }
        "test" => {
            let there = find(object, &path).ok_or_else(|| refused(operation, "leads nowhere"))?;
            let is_so = is_alike(there, &value()?);
            if is_so { Ok(()) } else { Err(refused(operation, "finds another value")) }
        }
        op => Err(Unbuilt::new(format!("`{op}` is no operation of a JSON patch"))),
    }
}

fn refused(operation: &Node, what: &str) -> Unbuilt {
    Unbuilt::new(format!("an operation for `{}` {what}", operation.str("path").unwrap_or_default()))
}

fn steps(operation: &Node, key: &str, shelf: &Shelf<'_>) -> Result<Vec<Step>, Unbuilt> {
    let path = operation.get(key).ok_or_else(|| refused(operation, "has no path"))?;
    if path.text().is_empty() {
        return Ok(Vec::new());
    }
    let text = path.text().strip_prefix('/').ok_or_else(|| refused(operation, "has no path from the root on"))?;
    let source = &shelf.units[path.at.unit as usize].text[path.at.span.range()];
    // A path without escapes of YAML's stands there as it is.
    let offset = source.find(path.text()).map(|at| path.at.span.start + at as u32 + 1);
    let mut done = 0;
    let step = |written: &str| {
        let span = offset.map_or(path.at.span, |offset| {
            let start = offset + done;
            Span::new(start, start + written.len() as u32)
        });
        done += written.len() as u32 + 1;
        Step { name: written.replace("~1", "/").replace("~0", "~"), at: At { span, ..path.at } }
    };
    Ok(text.split('/').map(step).collect())
}

fn find<'n>(object: &'n mut Node, path: &[Step]) -> Option<&'n mut Node> {
    path.iter().try_fold(object, |node, step| match &mut node.value {
        Value::Map(entries) => entries.iter_mut().find(|entry| *entry.key == *step.name).map(|entry| &mut entry.node),
        Value::List(items) => {
            let at = index(&step.name, items.len())?;
            items.get_mut(at)
        }
        Value::Scalar(_) => None,
    })
}

fn index(name: &str, count: usize) -> Option<usize> {
    let at: i64 = name.parse().ok()?;
    usize::try_from(if at < 0 { at + i64::try_from(count).ok()? } else { at }).ok()
}

fn add(object: &mut Node, path: &[Step], value: Node) -> Option<()> {
    let Some((last, way)) = path.split_last() else {
        *object = value;
        return Some(());
    };
    match &mut find(object, way)?.value {
        Value::Map(entries) => match entries.iter_mut().find(|entry| *entry.key == *last.name) {
            Some(entry) => entry.node = Node { above: entry.node.above, ..value },
            None => {
                entries.push(Entry { key: Rc::from(&*last.name), at: last.at, node: Node { above: None, ..value } })
            }
        },
        Value::List(items) => {
            let at = if last.name == "-" { items.len() } else { index(&last.name, items.len() + 1)? };
            (at <= items.len()).then(|| items.insert(at, Node { above: None, ..value }))?;
        }
        Value::Scalar(_) => return None,
    }
    Some(())
}

/// An entry that is not there may be replaced; an item may not.
fn replace(object: &mut Node, path: &[Step], value: Node) -> Option<()> {
    match find(object, path) {
        Some(there) => *there = Node { above: there.above, ..value },
        None => {
            find(object, path.split_last()?.1).filter(|around| around.is_map())?;
            add(object, path, value)?;
        }
    }
    Some(())
}

fn take(object: &mut Node, path: &[Step]) -> Option<Node> {
    let (last, way) = path.split_last()?;
    match &mut find(object, way)?.value {
        Value::Map(entries) => {
            let at = entries.iter().position(|entry| *entry.key == *last.name)?;
            Some(entries.remove(at).node)
        }
        Value::List(items) => {
            let at = index(&last.name, items.len()).filter(|at| *at < items.len())?;
            Some(items.remove(at))
        }
        Value::Scalar(_) => None,
    }
}

fn is_alike(one: &Node, other: &Node) -> bool {
    match (&one.value, &other.value) {
        (Value::Map(of_one), Value::Map(of_other)) => {
            let has = |entry: &Entry| other.get(&entry.key).is_some_and(|node| is_alike(&entry.node, node));
            of_one.len() == of_other.len() && of_one.iter().all(has)
        }
        (Value::List(of_one), Value::List(of_other)) => {
            of_one.len() == of_other.len() && of_one.iter().zip(of_other).all(|(one, other)| is_alike(one, other))
        }
        (Value::Scalar(one), Value::Scalar(other)) => one.kind == other.kind && one.text == other.text,
        _ => false,
    }
}
