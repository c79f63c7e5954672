//! What a kustomization names: resources and patches.
//!
//! sigs.k8s.io/kustomize/api/types/kustomization.go, Kustomization, and types/patch.go, Patch, as of v5.8.

use super::aim::{OTHER, alternatives};
use crate::yaml::{Document, Entry, Value};

/// The patches of a kustomization, and what it takes as it is.
#[derive(Debug, Default)]
#[non_exhaustive]
pub struct Kustomization<'a> {
    /// Files, folders and addresses of what is taken whole.
    pub resources: Vec<&'a str>,
    /// What is merged into that.
    pub patches: Vec<Patch<'a>>,
}

/// One patch.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Patch<'a> {
    /// Where it stands.
    pub text: Text<'a>,
    /// The kinds that its target names; none, where that leaves it to the patch.
    pub kinds: Vec<&'a str>,
}

/// Where a patch stands.
#[derive(Debug, Clone, Copy)]
pub enum Text<'a> {
    /// In a file, beside the kustomization or elsewhere.
    Path(&'a str),
    /// In the kustomization, as this text.
    Inline(Value<'a>),
}

/// The API group of Jobs and CronJobs.
const GROUP: &str = "batch";

/// Whether kustomize takes a file of this name for a kustomization.
#[must_use]
pub fn is_file_name(path: &str) -> bool {
    let name = path.rsplit(['/', '\\']).next().unwrap_or(path);
    matches!(name, "kustomization.yaml" | "kustomization.yml" | "Kustomization")
}

/// Whether a document says itself that it is merged into an object, whoever names it.
#[must_use]
pub fn is_patch(document: &Document) -> bool {
    let directive = document.root().and_then(|root| text(root, "$patch"));
    matches!(directive, Some("delete" | "merge" | "replace"))
}

impl<'a> Kustomization<'a> {
    /// Reads a document, if it is one: by its kind, or by the name of its file where it does not say what it is. Of Flux's
    /// own kind, only the patches are.
    #[must_use]
    pub fn of(document: &'a Document, file: &str) -> Option<Self> {
        let root = document.root()?;
        let kind = text(root, "kind").filter(|kind| matches!(*kind, "Kustomization" | "Component"));
        let version = kind.and_then(|_| text(root, "apiVersion"));
        let group = version.and_then(|version| version.split_once('/')).map(|(group, _)| group);
        match (kind, group) {
            (Some("Kustomization" | "Component"), Some("kustomize.config.k8s.io")) => Some(Self::read(root)),
            (Some("Kustomization"), Some("kustomize.toolkit.fluxcd.io")) => {
                let spec = root.get("spec")?.value;
                Some(Self { resources: Vec::new(), patches: Self::read(spec).patches })
            }
            _ if root.is_mapping() && is_file_name(file) => Some(Self::read(root)),
            _ => None,
        }
    }

    /// The patches that are files of their own: the path of each from the kustomization's folder on, and the kinds that its
    /// target names.
    pub fn patch_files(&self) -> impl Iterator<Item = (&'a str, impl Iterator<Item = Box<str>>)> {
        self.patches.iter().filter_map(|patch| match patch.text {
            Text::Path(path) => Some((path, patch.kinds.iter().map(|kind| Box::from(*kind)))),
            Text::Inline(_) => None,
        })
    }

    fn read(root: Value<'a>) -> Self {
        let texts = |key| items(root, key).filter_map(Value::as_str);
        let strategic = items(root, "patchesStrategicMerge").filter_map(|item| {
            let text = item.as_str()?;
            let text = if text.contains('\n') { Text::Inline(item) } else { Text::Path(text) };
            Some(Patch { text, kinds: Vec::new() })
        });
        let aimed = ["patches", "patchesJson6902"].into_iter().flat_map(|key| items(root, key));
        Self {
            resources: ["resources", "bases", "components", "crds"].into_iter().flat_map(texts).collect(),
            patches: aimed.filter_map(Patch::of).chain(strategic).collect(),
        }
    }
}

impl<'a> Patch<'a> {
    fn of(item: Value<'a>) -> Option<Self> {
        let inline = item.get("patch").map(|Entry { value, .. }| value).filter(|value| value.is_string());
        let text = inline.map(Text::Inline).or_else(|| text(item, "path").map(Text::Path))?;
        let said = |key| item.get("target").and_then(|target| self::text(target.value, key));
        // Other groups have kinds of the same names.
        let is_ours = said("group").is_none_or(|group| group.is_empty() || group == GROUP);
        let kinds = said("kind").map(|kind| if is_ours { alternatives(kind) } else { vec![OTHER] });
        Some(Self { text, kinds: kinds.unwrap_or_default() })
    }
}

fn items<'a>(root: Value<'a>, key: &str) -> impl Iterator<Item = Value<'a>> {
    root.get(key).into_iter().flat_map(|entry| entry.value.items())
}

fn text<'a>(object: Value<'a>, key: &str) -> Option<&'a str> {
    object.get(key)?.value.as_str()
}

#[cfg(test)]
mod tests {
    use super::{Kustomization, Text, is_file_name};
    use crate::k8s::Resource;
    use crate::kustomize::aim;
    use crate::yaml::parse;

    /// The patches of a text in a file of that name, each with its kinds.
    fn patches(text: &str, file: &str) -> Option<Vec<(String, Option<Resource>)>> {
        let yaml = parse(text);
        let read = Kustomization::of(&yaml.documents[0], file)?;
        let told = |text: &Text<'_>| match text {
            Text::Path(path) => (*path).to_owned(),
            Text::Inline(value) => format!("inline {}", value.as_str().unwrap_or_default().len()),
        };
        Some(read.patches.iter().map(|patch| (told(&patch.text), aim(&patch.kinds, None))).collect())
    }

    #[test]
    fn patches_of_all_fields_are_read_with_what_their_targets_name() {
        let text = "
resources: [a.yaml]
patches:
- path: b.yaml
- path: c.json
  target: {kind: ^(CronJob)$}
- patch: 'x: 1'
  target: {kind: Job|CronJob}
- target: {kind: .*}
- path: f.yaml
  target: {kind: Job, group: batch.volcano.sh}
- path: g.yaml
  target: {kind: Job, group: batch}
patchesStrategicMerge: [d.yaml, \"a: 1\\nb: 2\\n\"]
patchesJson6902:
- {path: e.yaml, target: {kind: Job}}
";
        let cron_job = Some(Resource::CronJob);
        let expected = [
            ("b.yaml", None),
            ("c.json", cron_job),
            ("inline 4", None),
            ("f.yaml", None),
            ("g.yaml", Some(Resource::Job)),
            ("e.yaml", Some(Resource::Job)),
            ("d.yaml", None),
            ("inline 10", None),
        ];
        let expected = expected.map(|(text, aim)| (text.to_owned(), aim)).to_vec();
        assert_eq!(patches(text, "x/kustomization.yml"), Some(expected));
        assert_eq!(patches(text, "values.yaml"), None);
    }

    #[test]
    fn a_kustomization_is_known_by_its_kind_or_by_its_file() {
        let said = |version: &str, kind: &str, rest: &str| format!("apiVersion: {version}\nkind: {kind}\n{rest}\n");
        let own = said("kustomize.config.k8s.io/v1alpha1", "Component", "patches: [{path: a}]");
        let flux = said("kustomize.toolkit.fluxcd.io/v1", "Kustomization", "spec: {patches: [{patch: a}]}");
        let other = said("example.com/v1", "Kustomization", "patches: [{path: a}]");
        assert_eq!(
            [&own, &flux, &other].map(|text| patches(text, "a.yaml").map(|all| all.len())),
            [Some(1), Some(1), None]
        );
        assert!(
            is_file_name("Kustomization")
                && is_file_name("a/kustomization.yaml")
                && !is_file_name("a/kustomization.json")
        );
    }
}
