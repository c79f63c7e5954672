//! `labels`, `commonLabels` and `commonAnnotations`.

use super::resource::Resource;
use super::tree::{Entry, Node};

/// Where labels are added.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Reach {
    /// To the object alone.
    Object,
    /// To what it makes, too.
    Templates,
    /// To its selector, as well.
    Selectors,
}

/// Adds labels or annotations: `field` of metadata.
pub(super) fn add(resources: &mut [Resource], field: &str, pairs: &Node, reach: Reach) {
    for resource in resources {
        let paths: &[&[&str]] = match (resource.pods(), reach) {
            (_, Reach::Object) | (None, _) => &[&[]],
            (Some(["spec", "template"]), _) => &[&[], &["spec", "template"]],
            (Some(_), _) => &[&[], &["spec", "jobTemplate"], &["spec", "jobTemplate", "spec", "template"]],
        };
        for path in paths {
            let path: Vec<&str> = path.iter().copied().chain(["metadata", field]).collect();
            put(&mut resource.node, &path, pairs, true);
        }
        if reach == Reach::Selectors && field == "labels" {
            for path in [&["spec", "selector"][..], &["spec", "jobTemplate", "spec", "selector"]] {
                let path: Vec<&str> = path.iter().copied().chain(["matchLabels"]).collect();
                put(&mut resource.node, &path, pairs, false);
            }
        }
    }
}

fn put(object: &mut Node, path: &[&str], pairs: &Node, makes: bool) {
    for Entry { key, at, node } in pairs.entries() {
        let map = if makes { object.make_path(path, *at) } else { object.at_path_mut(path) };
        if let Some(map) = map {
            map.set(key, *at, node.to_string_node());
        }
    }
}
