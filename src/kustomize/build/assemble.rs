//! A kustomization and all that it is made of, put together in kustomize's order.

use super::labels::{self, Reach};
use super::patch::{self, Seen};
use super::read::Shelf;
use super::resource::{Id, Resource};
use super::tree::{Entry, Node, Value};
use super::{Unbuilt, generate, images, is_remote, joined, names, replace};
use crate::hash::HashSet;

/// What a kustomization is called.
const NAMES: [&str; 3] = ["kustomization.yaml", "kustomization.yml", "Kustomization"];

/// Kustomizations in each other, at the most.
const DEEPEST: usize = 32;

/// What is built.
const KNOWN: [&str; 29] = [
    "apiVersion",
    "bases",
    "buildMetadata",
    "commonAnnotations",
    "commonLabels",
    "components",
    "configMapGenerator",
    "crds",
    "generatorOptions",
    "images",
    "kind",
    "labels",
    "metadata",
    "namePrefix",
    "nameSuffix",
    "namespace",
    "openapi",
    "patches",
    "patchesJson6902",
    "patchesStrategicMerge",
    "replacements",
    "replicas",
    "resources",
    "secretGenerator",
    "sortOptions",
    "validators",
    "vars",
    "configurations",
    "$schema",
];

/// Fields that mean more than is known here, where they are not empty.
const NOT_BUILT: [&str; 4] = ["openapi", "validators", "vars", "configurations"];

/// Builds folders.
pub(super) struct Assembly<'a, 'f> {
    pub(super) shelf: &'a mut Shelf<'f>,
    pub(super) seen: Seen,
    /// The folders that are being built.
    pub(super) within: Vec<String>,
}

impl Assembly<'_, '_> {
    /// What a folder's kustomization comes to; a component is given what there is already.
    pub(super) fn folder(&mut self, folder: &str, given: Vec<Resource>) -> Result<Vec<Resource>, Unbuilt> {
        if self.within.iter().any(|known| known == folder) || self.within.len() >= DEEPEST {
            return Err(Unbuilt::new(format!("{folder} is made of itself")));
        }
        let kustomization = self.kustomization(folder)?;
        if self.within.is_empty() && kustomization.str("kind") == Some("Component") {
            return Err(Unbuilt::new(format!("{folder} is a component, and nothing that is here takes it")));
        }
        self.within.push(folder.to_owned());
        let mut resources = given;
        self.resources(&kustomization, folder, &mut resources)?;
        for component in list(&kustomization, &["components"]) {
            let place = self.place(folder, component)?;
            resources = self.folder(&place, resources)?;
        }
        generate::run(&kustomization, folder, self.shelf, &mut resources)?;
        self.transform(&kustomization, folder, &mut resources)?;
        self.within.pop();
        Ok(resources)
    }

    fn kustomization(&mut self, folder: &str) -> Result<Node, Unbuilt> {
        let path = NAMES.map(|name| joined(folder, name)).into_iter().find(|path| self.shelf.has(path));
        let path = path.ok_or_else(|| Unbuilt::new(format!("{folder} has no kustomization")))?;
        let documents = self.shelf.documents(&path)?;
        let [kustomization]: [Node; 1] =
            documents.try_into().map_err(|_| Unbuilt::new(format!("{path} is not one document")))?;
        for Entry { key, node, .. } in kustomization.entries() {
            let is_empty =
                node.is_null() || node.items().is_empty() && node.entries().is_empty() && node.text().is_empty();
            let is_built = KNOWN.contains(&&**key) && !NOT_BUILT.contains(&&**key);
            if !is_built && !is_empty {
                return Err(Unbuilt::new(format!("{path} has `{key}`")));
            }
        }
        if let Some(text) = texts(&kustomization).find(|text| text.as_str().is_none() && !text.is_null()) {
            return Err(Unbuilt::new(format!("{path} has `{}` where a text is wanted", text.text())));
        }
        Ok(kustomization)
    }

    fn resources(&mut self, kustomization: &Node, folder: &str, into: &mut Vec<Resource>) -> Result<(), Unbuilt> {
        let mut known: HashSet<Id> = into.iter().map(|resource| resource.id().settled()).collect();
        for item in list(kustomization, &["resources", "bases"]) {
            let place = self.place(folder, item)?;
            let mut found = match self.shelf.is_folder(&place) {
                true => self.folder(&place, Vec::new())?,
                false => self.file(&place)?,
            };
            for resource in &mut found {
                resource.via.push(item.at);
                let id = resource.id().settled();
                if !id.name.is_empty() && !known.insert(id.clone()) {
                    return Err(Unbuilt::new(format!("{} {} comes twice", id.kind, id.name)));
                }
            }
            into.append(&mut found);
        }
        Ok(())
    }

    fn file(&mut self, path: &str) -> Result<Vec<Resource>, Unbuilt> {
        let mut found = Vec::new();
        for document in self.shelf.documents(path)? {
            let is_list = document.str("kind").is_some_and(|kind| kind.ends_with("List"));
            match document.get("items").filter(|_| is_list) {
                Some(items) => found.extend(items.items().iter().cloned().map(Resource::of)),
                None => found.push(Resource::of(document)),
            }
        }
        let is_object = |resource: &Resource| {
            let has_name =
                !resource.name().is_empty() || resource.node.at_path(&["metadata", "generateName"]).is_some();
            !resource.kind().is_empty() && has_name
        };
        match found.iter().all(is_object) {
            true => Ok(found),
            false => Err(Unbuilt::new(format!("{path} holds what has no kind, or no name"))),
        }
    }

    fn place(&self, folder: &str, item: &Node) -> Result<String, Unbuilt> {
        let place = joined(folder, item.text());
        match self.shelf.is_folder(&place) || self.shelf.has(&place) {
            true => Ok(place),
            false if is_remote(item.text()) => Err(Unbuilt::new(format!("`{}` is elsewhere", item.text()))),
            false => Err(Unbuilt::new(format!("`{}` is not there, or cannot be read", item.text()))),
        }
    }

    /// The transformations of a kustomization, in kustomize's order.
    fn transform(&mut self, kustomization: &Node, folder: &str, resources: &mut Vec<Resource>) -> Result<(), Unbuilt> {
        let (shelf, seen) = (&mut *self.shelf, &mut self.seen);
        let said = |key: &str| kustomization.get(key).filter(|value| !value.is_null());
        let text = |key: &str| said(key).filter(|value| !value.text().is_empty());
        if let Some(patches) = said("patchesStrategicMerge") {
            patch::strategic(patches, folder, shelf, resources, seen)?;
        }
        if let Some(patches) = said("patches") {
            patch::aimed(patches, folder, shelf, resources, seen)?;
        }
        if let Some(namespace) = text("namespace") {
            names::namespace(resources, namespace);
        }
        if let Some(prefix) = text("namePrefix") {
            names::prefix(resources, prefix);
        }
        if let Some(suffix) = text("nameSuffix") {
            names::suffix(resources, suffix);
        }
        label(kustomization, resources)?;
        if let Some(patches) = said("patchesJson6902") {
            patch::operations(patches, folder, shelf, resources, seen)?;
        }
        if let Some(images) = said("images") {
            images::set(resources, images)?;
        }
        for replacement in list(kustomization, &["replacements"]) {
            let one = |node: &Node| Node::of(Value::List(vec![node.clone()]), node.at);
            match replacement.str("path") {
                None => replace::run(resources, &one(replacement))?,
                Some(path) => {
                    for document in shelf.documents(&joined(folder, path))? {
                        let list = if document.is_map() { one(&document) } else { document };
                        replace::run(resources, &list)?;
                    }
                }
            }
        }
        Ok(())
    }
}

fn label(kustomization: &Node, resources: &mut [Resource]) -> Result<(), Unbuilt> {
    for label in list(kustomization, &["labels"]) {
        let is = |key: &str| label.get(key).is_some_and(Node::is_true);
        if label.get("fields").is_some() {
            return Err(Unbuilt::new("`fields` of `labels` is not known here".to_owned()));
        }
        let reach = match (is("includeSelectors"), is("includeTemplates")) {
            (true, _) => Reach::Selectors,
            (false, true) => Reach::Templates,
            (false, false) => Reach::Object,
        };
        if let Some(pairs) = label.get("pairs") {
            labels::add(resources, "labels", pairs, reach);
        }
    }
    if let Some(pairs) = kustomization.get("commonLabels") {
        labels::add(resources, "labels", pairs, Reach::Selectors);
    }
    if let Some(pairs) = kustomization.get("commonAnnotations") {
        labels::add(resources, "annotations", pairs, Reach::Templates);
    }
    Ok(())
}

fn list<'n>(kustomization: &'n Node, keys: &'n [&str]) -> impl Iterator<Item = &'n Node> {
    keys.iter().filter_map(|key| kustomization.get(key)).flat_map(Node::items)
}

/// What has to be a text, and is one for YAML only between quotes, where it looks like a number or a boolean.
fn texts(kustomization: &Node) -> impl Iterator<Item = &Node> {
    let plain = ["namespace", "namePrefix", "nameSuffix"].into_iter().filter_map(|key| kustomization.get(key));
    let maps = ["commonLabels", "commonAnnotations"].into_iter().filter_map(|key| kustomization.get(key));
    let pairs = list(kustomization, &["labels"]).filter_map(|label| label.get("pairs"));
    let images = list(kustomization, &["images"]);
    let generators = list(kustomization, &["configMapGenerator", "secretGenerator"]);
    let names = generators.filter_map(|generator| generator.get("name"));
    let inside = maps.chain(pairs).chain(images).flat_map(Node::entries).map(|entry| &entry.node);
    plain.chain(names).chain(inside)
}
