//! The manifests that cases start from, and their parts by type.

#![expect(clippy::disallowed_methods, reason = "reads the bases from disk")]

use std::collections::HashMap;
use std::path::Path;

use batchlint::k8s::schema::{self, Kind, Type, Version};
use batchlint::yaml;
use serde_json::Value as Json;

use crate::tree::{self, Survey};

/// A manifest that cases start from, without the fields its version does not have.
pub(crate) struct Base {
    pub(crate) name: String,
    pub(crate) root: Json,
    pub(crate) root_type: &'static Type,
}

/// Objects that stand in the bases, by the name of their type.
pub(crate) type Parts = HashMap<&'static str, Vec<Json>>;

/// The bases of `fixtures/server/bases`, the smallest first.
pub(crate) fn load(version: Version) -> Vec<Base> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/server/bases");
    let files = std::fs::read_dir(folder).expect("the bases can be read");
    let mut paths: Vec<_> = files.map(|file| file.expect("the bases can be read").path()).collect();
    paths.sort();
    let mut bases: Vec<_> = paths.iter().map(|path| base(path, version)).collect();
    bases.sort_by_key(|base| base.root.to_string().len());
    bases
}

fn base(path: &Path, version: Version) -> Base {
    let text = std::fs::read_to_string(path).expect("a base is text");
    let file = yaml::parse(&text);
    let root = file.documents.first().and_then(|document| document.root()).map(tree::read).expect("a base is YAML");
    let kind = root["kind"].as_str().expect("a base has a kind");
    let root_type = schema::root(schema::API_VERSION, kind).expect("a base is a Job or CronJob");
    let mut base = Base { name: path.file_stem().unwrap_or_default().to_string_lossy().into(), root, root_type };
    tree::prune(&mut base.root, Kind::Object(root_type), version);
    base
}

/// What the bases are made of.
pub(crate) fn parts(bases: &[Base], version: Version) -> Parts {
    let mut parts = Parts::new();
    for base in bases {
        for (path, object) in Survey::of(&base.root, base.root_type, version).objects {
            parts.entry(object.name()).or_default().extend(path.get(&base.root).cloned());
        }
    }
    parts
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn the_bases_have_every_field_of_every_version() {
        for version in Version::all() {
            let mut used = HashSet::new();
            for base in load(version) {
                let sites = Survey::of(&base.root, base.root_type, version).sites;
                used.extend(sites.iter().map(|site| (site.owner.name(), site.field.name)));
            }
            let mut unused = Vec::new();
            let mut open: Vec<_> = ["Job", "CronJob"].map(|kind| schema::root(schema::API_VERSION, kind)).to_vec();
            let mut seen = HashSet::new();
            while let Some(object) = open.pop().flatten() {
                if seen.insert(object.name()) {
                    open.extend(object.fields(version).map(|field| field.kind.object()).filter(Option::is_some));
                    let names = object.fields(version).map(|field| (object.name(), field.name));
                    unused.extend(names.filter(|name| !used.contains(name)));
                }
            }
            assert_eq!(unused, [], "{version}");
        }
    }
}
