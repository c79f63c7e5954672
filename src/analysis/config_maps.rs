//! The ConfigMaps of a text, as files that pods mount.

use super::{Analysis, Mounted};
use crate::hash::HashMap;
use crate::k8s::Manifest;
use crate::k8s::objects::{ConfigMapVolumeSource, Each as _, KeyToPath, List, VolumeProjection};
use crate::yaml::Value;

/// ConfigMaps by their namespaces and names; of two of one name the last counts, as it does where the text is applied.
#[derive(Debug)]
pub(super) struct ConfigMaps<'a>(HashMap<(Option<&'a str>, &'a str), Keys<'a>>);

/// A ConfigMap with its texts by their keys.
#[derive(Debug)]
struct Keys<'a> {
    map: Manifest<'a>,
    texts: HashMap<&'a str, Value<'a>>,
}

/// A text of a ConfigMap.
#[derive(Debug, Clone, Copy)]
pub(super) struct Entry<'a> {
    pub(super) map: Manifest<'a>,
    pub(super) key: &'a str,
    pub(super) value: Value<'a>,
}

/// Whether a source has a file.
#[derive(Debug)]
pub(super) enum Answer<'a> {
    /// It has this one.
    Has(Entry<'a>),
    /// It has none of that name.
    HasNot,
    /// What it has is not in the text.
    Unknown,
}

impl<'a> ConfigMaps<'a> {
    pub(super) fn of(analysis: &'a Analysis) -> Self {
        let maps = analysis.config_maps().filter_map(|map| {
            let (metadata, data) = (map.metadata()?, map.root.get("data")?.value);
            let namespace = metadata.namespace().map(|namespace| namespace.value);
            let texts = data.entries().map(|entry| (entry.key, entry.value)).collect();
            Some(((namespace, metadata.name()?.value), Keys { map, texts }))
        });
        Self(maps.collect())
    }

    /// The text that is a file of a volume, for pods of a namespace.
    pub(super) fn file(&self, namespace: Option<&str>, mounted: &Mounted<'_>) -> Answer<'a> {
        let path = &*mounted.path;
        if let Some(source) = mounted.volume.value.config_map() {
            return self.of_source(namespace, source.value, path);
        }
        // Of two sources with a file of one name, the last is the one that is seen.
        let sources = mounted.volume.value.projected().and_then(|projected| projected.value.sources());
        let sources: Vec<_> = sources.each().map(|(_, one)| one.value).collect();
        let mut answers = sources.into_iter().rev().map(|source| self.of_projection(namespace, source, path));
        answers.find(|answer| !matches!(answer, Answer::HasNot)).unwrap_or(Answer::HasNot)
    }

    fn of_projection(&self, namespace: Option<&str>, source: VolumeProjection<'_>, path: &str) -> Answer<'a> {
        if let Some(map) = source.config_map() {
            return self.of_source(namespace, map.value, path);
        }
        let is_of_secret = |secret: ConfigMapVolumeSource<'_>| match secret.items() {
            Some(items) => key_of(items.value, path).is_some(),
            None => true,
        };
        match source.secret() {
            Some(secret) if is_of_secret(secret.value) => Answer::Unknown,
            _ => Answer::HasNot,
        }
    }

    fn of_source(&self, namespace: Option<&str>, source: ConfigMapVolumeSource<'_>, path: &str) -> Answer<'a> {
        let key = match source.items() {
            Some(items) => key_of(items.value, path),
            None => Some(path),
        };
        let Some(key) = key else { return Answer::HasNot };
        let keys = source.name().and_then(|name| self.0.get(&(namespace, name.value)));
        let Some(Keys { map, texts }) = keys else { return Answer::Unknown };
        match texts.get_key_value(key) {
            Some((key, value)) => Answer::Has(Entry { map: *map, key, value: *value }),
            None => Answer::HasNot,
        }
    }
}

/// The key whose text stands at a path.
fn key_of<'a>(items: List<'a, KeyToPath<'a>>, path: &str) -> Option<&'a str> {
    let item = items.iter().map(|(_, item)| item.value).find(|item| item.path().is_some_and(|own| own.value == path));
    Some(item?.key()?.value)
}
