//! A manifest as a tree that can be changed, and the places in it that the schema knows.

use std::fmt;

use batchlint::k8s::schema::{Field, Kind, Type, Version};
use batchlint::yaml;
use serde_json::Value as Json;

/// One step down.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Step {
    Key(String),
    Index(usize),
}

/// Where a value stands, from the root.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Path(pub(crate) Vec<Step>);

impl Path {
    pub(crate) fn key(&self, key: &str) -> Self {
        self.with(Step::Key(key.to_owned()))
    }

    pub(crate) fn index(&self, index: usize) -> Self {
        self.with(Step::Index(index))
    }

    fn with(&self, step: Step) -> Self {
        Self(self.0.iter().cloned().chain([step]).collect())
    }

    /// The path of the list or object that holds it.
    pub(crate) fn parent(&self) -> Self {
        Self(self.0.split_last().map_or_else(Vec::new, |(_, front)| front.to_vec()))
    }

    pub(crate) fn starts_with(&self, front: &Self) -> bool {
        self.0.starts_with(&front.0)
    }

    pub(crate) fn get_mut<'j>(&self, root: &'j mut Json) -> Option<&'j mut Json> {
        self.0.iter().try_fold(root, |at, step| match step {
            Step::Key(key) => at.get_mut(key),
            Step::Index(index) => at.get_mut(index),
        })
    }

    pub(crate) fn get<'j>(&self, root: &'j Json) -> Option<&'j Json> {
        self.0.iter().try_fold(root, |at, step| match step {
            Step::Key(key) => at.get(key),
            Step::Index(index) => at.get(index),
        })
    }

    /// Puts a value there, whether there was one or not; an index past the end appends.
    pub(crate) fn put(&self, root: &mut Json, value: Json) -> Option<()> {
        let parent = self.parent().get_mut(root)?;
        match (self.0.last()?, parent) {
            (Step::Key(key), Json::Object(object)) => drop(object.insert(key.clone(), value)),
            (Step::Index(index), Json::Array(list)) if *index < list.len() => list[*index] = value,
            (Step::Index(_), Json::Array(list)) => list.push(value),
            _ => return None,
        }
        Some(())
    }

    pub(crate) fn take(&self, root: &mut Json) -> Option<Json> {
        match (self.0.last()?, self.parent().get_mut(root)?) {
            (Step::Key(key), Json::Object(object)) => object.remove(key),
            (Step::Index(index), Json::Array(list)) if *index < list.len() => Some(list.remove(*index)),
            _ => None,
        }
    }
}

impl fmt::Display for Path {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (number, step) in self.0.iter().enumerate() {
            match step {
                Step::Key(key) if number == 0 => write!(f, "{key}")?,
                Step::Key(key) => write!(f, ".{key}")?,
                Step::Index(index) => write!(f, "[{index}]")?,
            }
        }
        Ok(())
    }
}

/// A value in a manifest: a field's, or an element's of a field that is a list or map.
#[derive(Debug, Clone)]
pub(crate) struct Site {
    pub(crate) path: Path,
    /// What the value should be.
    pub(crate) kind: Kind,
    /// The type that has the field.
    pub(crate) owner: &'static Type,
    pub(crate) field: &'static Field,
}

/// What the schema knows of a manifest.
#[derive(Debug, Default)]
pub(crate) struct Survey {
    pub(crate) sites: Vec<Site>,
    pub(crate) objects: Vec<(Path, &'static Type)>,
}

impl Survey {
    pub(crate) fn of(root: &Json, root_type: &'static Type, version: Version) -> Self {
        let mut survey = Self::default();
        survey.object(&Path::default(), root, root_type, version);
        survey
    }

    fn object(&mut self, path: &Path, value: &Json, object: &'static Type, version: Version) {
        let Json::Object(entries) = value else { return };
        self.objects.push((path.clone(), object));
        for (key, value) in entries {
            if let Some(field) = object.field(key, version) {
                let site = Site { path: path.key(key), kind: field.kind, owner: object, field };
                self.site(site, value, version);
            }
        }
    }

    fn site(&mut self, site: Site, value: &Json, version: Version) {
        self.sites.push(site.clone());
        match (site.kind, value) {
            (Kind::Object(object), _) => self.object(&site.path, value, object, version),
            (Kind::List(kind), Json::Array(items)) => {
                for (index, item) in items.iter().enumerate() {
                    self.site(Site { path: site.path.index(index), kind: *kind, ..site }, item, version);
                }
            }
            (Kind::Map(kind), Json::Object(entries)) => {
                for (key, value) in entries {
                    self.site(Site { path: site.path.key(key), kind: *kind, ..site }, value, version);
                }
            }
            _ => {}
        }
    }
}

/// Takes out the fields that `version` does not have, and the objects that have only such fields.
pub(crate) fn prune(value: &mut Json, kind: Kind, version: Version) {
    match (kind, value) {
        (Kind::Object(object), Json::Object(entries)) => {
            entries.retain(|key, value| {
                let Some(field) = object.field(key, version) else { return false };
                let is_full = |value: &Json| value.as_object().is_some_and(|entries| !entries.is_empty());
                let was_full = is_full(value);
                prune(value, field.kind, version);
                !was_full || is_full(value)
            });
        }
        (Kind::List(kind), Json::Array(items)) => items.iter_mut().for_each(|item| prune(item, *kind, version)),
        _ => {}
    }
}

/// The tree of a document, as Kubernetes reads it.
pub(crate) fn read(value: yaml::Value<'_>) -> Json {
    match value.kind() {
        yaml::Kind::Null | yaml::Kind::Unknown => Json::Null,
        yaml::Kind::Bool(flag) => flag.into(),
        yaml::Kind::Number(yaml::Number::Int(number)) => number.into(),
        yaml::Kind::Number(yaml::Number::Uint(number)) => number.into(),
        yaml::Kind::Number(yaml::Number::Float(number)) => number.into(),
        yaml::Kind::Number(yaml::Number::Json(text)) => serde_json::from_str(text).unwrap_or_default(),
        yaml::Kind::String(text) => text.into(),
        yaml::Kind::Sequence => value.items().map(read).collect(),
        yaml::Kind::Mapping => value.entries().map(|entry| (entry.key.to_owned(), read(entry.value))).collect(),
    }
}
