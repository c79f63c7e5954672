//! `patches` and its older names.

use super::merge::{self, Added};
use super::operate;
use super::read::Shelf;
use super::resource::{Resource, id_of};
use super::select::Selector;
use super::tree::{At, Node, Value};
use super::{Unbuilt, joined};

/// What was seen of patches on the way.
#[derive(Debug, Default)]
pub(super) struct Seen {
    pub(super) targets: Vec<Target>,
    pub(super) added: Vec<Added>,
}

/// A target that names something, and whether anything is called so.
#[derive(Debug)]
pub(super) struct Target {
    pub(super) at: At,
    pub(super) kind: String,
    pub(super) is_met: bool,
}

/// Applies the patches of a field that names objects by what the patches themselves are.
pub(super) fn strategic(
    list: &Node,
    folder: &str,
    shelf: &mut Shelf<'_>,
    resources: &mut Vec<Resource>,
    seen: &mut Seen,
) -> Result<(), Unbuilt> {
    for item in list.items() {
        let is_inline = item.text().contains('\n');
        let documents = documents(item, is_inline, folder, shelf)?;
        for document in &documents {
            by_name(document, None, resources, (shelf, seen))?;
        }
    }
    Ok(())
}

/// Applies patches with their targets, where they have some.
pub(super) fn aimed(
    list: &Node,
    folder: &str,
    shelf: &mut Shelf<'_>,
    resources: &mut Vec<Resource>,
    seen: &mut Seen,
) -> Result<(), Unbuilt> {
    for item in list.items() {
        let documents = match (item.get("patch").filter(|patch| patch.as_str().is_some()), item.get("path")) {
            (Some(patch), _) if !patch.text().is_empty() => documents(patch, true, folder, shelf)?,
            (_, Some(path)) => documents(path, false, folder, shelf)?,
            _ => return Err(Unbuilt::new("a patch has neither text nor path".to_owned())),
        };
        match item.get("target").filter(|target| !target.entries().is_empty()) {
            Some(target) => at_target(target, (&documents, item.get("options")), resources, (shelf, seen))?,
            None => {
                for document in &documents {
                    by_name(document, item.get("options"), resources, (shelf, seen))?;
                }
            }
        }
    }
    Ok(())
}

/// Applies the documents of a patch to all objects that its target means.
fn at_target(
    target: &Node,
    (documents, options): (&[Node], Option<&Node>),
    resources: &mut Vec<Resource>,
    (shelf, seen): (&Shelf<'_>, &mut Seen),
) -> Result<(), Unbuilt> {
    let selector = Selector::of(target)?;
    let (has_some, mut is_met) = (!resources.is_empty(), false);
    let mut kept = Vec::with_capacity(resources.len());
    for resource in resources.drain(..) {
        if !selector.selects(&resource) {
            kept.push(resource);
            continue;
        }
        is_met = true;
        let mut left = Some(resource);
        for document in documents {
            left = left.map(|one| apply(one, document, options, (shelf, seen))).transpose()?.flatten();
        }
        kept.extend(left);
    }
    *resources = kept;
    // Where nothing is built, no target can be wrong.
    if let Some(at) = told_by(target).filter(|_| has_some) {
        seen.targets.push(Target { at, kind: target.str("kind").unwrap_or_default().to_owned(), is_met });
    }
    Ok(())
}

/// Where a target says which objects it means, beside their kind.
fn told_by(target: &Node) -> Option<At> {
    let said = |key: &&str| target.get(key).filter(|value| !matches!(value.text(), "" | ".*" | "^.*$" | ".+"));
    ["name", "labelSelector", "annotationSelector"].iter().find_map(said).map(|value| value.at)
}

fn documents(item: &Node, is_inline: bool, folder: &str, shelf: &mut Shelf<'_>) -> Result<Vec<Node>, Unbuilt> {
    let documents = match is_inline {
        true => shelf.documents_within(item, "a patch"),
        false => shelf.documents(&joined(folder, item.text())),
    }?;
    // What begins as JSON does, kustomize reads as nothing else.
    let is_json = documents.iter().any(|document| !document.is_map());
    if is_json && !shelf.is_json_or_block(&documents[0]) {
        return Err(Unbuilt::new("a patch begins as JSON does, and is none".to_owned()));
    }
    let is_patch = |document: &Node| matches!(document.value, Value::Map(_) | Value::List(_));
    if documents.is_empty() || !documents.iter().all(is_patch) {
        return Err(Unbuilt::new("a patch is empty, or neither an object nor a list of operations".to_owned()));
    }
    Ok(documents)
}

/// Applies a patch to the object that it names.
fn by_name(
    patch: &Node,
    options: Option<&Node>,
    resources: &mut Vec<Resource>,
    (shelf, seen): (&Shelf<'_>, &mut Seen),
) -> Result<(), Unbuilt> {
    if !patch.is_map() {
        return Err(Unbuilt::new("a JSON patch has no target".to_owned()));
    }
    let id = id_of(patch);
    let is_now = |resource: &Resource| resource.name() == id.name && resource.id().is(&id);
    let was = |resource: &Resource| resource.has_name(&id.name) && resource.ids().iter().any(|known| known.is(&id));
    let place = resources.iter().position(is_now).or_else(|| resources.iter().position(was));
    let Some(place) = place else {
        // Where nothing is built, no name can be wrong.
        let name = patch.at_path(&["metadata", "name"]).filter(|_| !resources.is_empty());
        seen.targets.extend(name.map(|name| Target { at: name.at, kind: id.kind.clone(), is_met: false }));
        return Err(Unbuilt::new(format!("a patch is for {} {}, which is not there", id.kind, id.name)));
    };
    let resource = resources.remove(place);
    if let Some(patched) = apply(resource, patch, options, (shelf, seen))? {
        resources.insert(place, patched);
    }
    Ok(())
}

/// What becomes of an object; none, where the patch deletes it.
fn apply(
    mut resource: Resource,
    patch: &Node,
    options: Option<&Node>,
    (shelf, seen): (&Shelf<'_>, &mut Seen),
) -> Result<Option<Resource>, Unbuilt> {
    if !patch.is_map() {
        resource.remember();
        operate::apply(&mut resource.node, patch, shelf)?;
        return Ok(Some(resource));
    }
    let may = |key: &str| options.and_then(|options| options.get(key)).is_some_and(Node::is_true);
    let (names, kinds) = (may("allowNameChange"), may("allowKindChange"));
    if names || kinds {
        resource.remember();
    }
    let old = resource.node.clone();
    let Some(mut node) = merge::merge(resource.node, patch, &mut seen.added)? else { return Ok(None) };
    let mut keep = |path: &[&str], key: &str| {
        let kept = old.at_path(path).and_then(|map| map.get(key)).cloned();
        let Some(map) = node.at_path_mut(path) else { return };
        match kept {
            Some(kept) => map.set(key, kept.at, kept),
            None => drop(map.remove(key)),
        }
    };
    keep(&["metadata"], "namespace");
    if !names {
        keep(&["metadata"], "name");
    }
    if !kinds {
        keep(&[], "kind");
    }
    Ok(Some(Resource { node, ..resource }))
}

/// Applies the JSON patches of the field that names each object in full.
pub(super) fn operations(
    list: &Node,
    folder: &str,
    shelf: &mut Shelf<'_>,
    resources: &mut [Resource],
    seen: &mut Seen,
) -> Result<(), Unbuilt> {
    for item in list.items() {
        let documents = match item.get("patch") {
            Some(patch) => documents(patch, true, folder, shelf)?,
            None => documents(item.get("path").unwrap_or(item), false, folder, shelf)?,
        };
        let target = item.get("target").ok_or_else(|| Unbuilt::new("a JSON patch has no target".to_owned()))?;
        let is = |key: &str, text: &str| target.get(key).is_none_or(|said| said.text() == text);
        let has_some = !resources.is_empty();
        let Some(resource) = resources.iter_mut().find(|resource| resource.is_called(is)) else {
            let at = told_by(target).filter(|_| has_some);
            let kind = target.str("kind").unwrap_or_default().to_owned();
            seen.targets.extend(at.map(|at| Target { at, kind, is_met: false }));
            return Err(Unbuilt::new("a JSON patch is for an object that is not there".to_owned()));
        };
        resource.remember();
        for document in &documents {
            operate::apply(&mut resource.node, document, shelf)?;
        }
    }
    Ok(())
}
