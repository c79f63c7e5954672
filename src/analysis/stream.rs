//! The objects of one text as one apply takes them: the Jobs and CronJobs, and beside them what these may refer to.

use super::{Analysis, Certainty, Referent};
use crate::k8s::{Classified, Extent, Manifest};
use crate::text::Span;
use crate::yaml::Value;

/// The objects of a text.
#[derive(Debug)]
pub struct Stream<'a> {
    /// The Jobs and CronJobs of which all is known, in order of place.
    pub manifests: Vec<Manifest<'a>>,
    /// The other objects that have a kind and a name.
    pub others: Vec<Other<'a>>,
}

/// An object that is no Job and no CronJob.
#[derive(Debug, Clone, Copy)]
pub struct Other<'a> {
    /// Its kind.
    pub kind: &'a str,
    /// `metadata.namespace`, if there is one.
    pub namespace: Option<&'a str>,
    /// `metadata.name`.
    pub name: &'a str,
    /// The object.
    pub root: Value<'a>,
}

impl<'a> Stream<'a> {
    /// The objects of a text.
    #[must_use]
    pub fn of(analysis: &'a Analysis) -> Self {
        let is_known = |manifest: Manifest<'_>| {
            manifest.extent == Extent::Whole && analysis.certainty(manifest) == Certainty::Whole
        };
        let mut stream = Self { manifests: Vec::new(), others: Vec::new() };
        for (document, objects) in analysis.documents() {
            for object in objects.iter(document) {
                match object {
                    Classified::Checked(manifest) if is_known(manifest) => {
                        stream.manifests.push(manifest);
                    }
                    Classified::NotChecked { root, kind: Some(kind), .. } => {
                        let text = |key| metadata(root, key).and_then(Value::as_str);
                        let named = text("name").map(|name| Other { kind, namespace: text("namespace"), name, root });
                        stream.others.extend(named);
                    }
                    _ => {}
                }
            }
        }
        stream
    }
}

impl<'a> Other<'a> {
    /// What pods may refer to it as.
    #[must_use]
    pub fn referent(&self) -> Option<Referent> {
        let is_core = self.root.get("apiVersion").is_some_and(|version| version.value.as_str() == Some("v1"));
        Referent::ALL.into_iter().find(|referent| is_core && referent.kind() == self.kind)
    }

    /// The access mode of a claim that one node alone, or one pod, can use at a time.
    #[must_use]
    pub fn mode_for_one(&self) -> Option<&'a str> {
        let modes: Vec<&str> = self.at(&["spec", "accessModes"])?.items().filter_map(Value::as_str).collect();
        let is_one = |mode: &str| matches!(mode, "ReadWriteOnce" | "ReadWriteOncePod");
        modes.iter().all(|mode| is_one(mode)).then(|| modes.first().copied()).flatten()
    }

    /// Where its name is.
    #[must_use]
    pub fn place(&self) -> Span {
        metadata(self.root, "name").map_or(Span::empty(self.root.span().start), Value::span)
    }

    /// Whether Helm or Argo CD runs it as a hook, at a time of its own.
    #[must_use]
    pub fn is_hook(&self) -> bool {
        let annotations = metadata(self.root, "annotations");
        annotations
            .is_some_and(|map| ["helm.sh/hook", "argocd.argoproj.io/hook"].iter().any(|key| map.get(key).is_some()))
    }

    /// A value below its fields.
    #[must_use]
    pub fn at(&self, path: &[&str]) -> Option<Value<'a>> {
        path.iter().try_fold(self.root, |value, key| Some(value.get(key)?.value))
    }
}

fn metadata<'a>(root: Value<'a>, key: &str) -> Option<Value<'a>> {
    Some(root.get("metadata")?.value.get(key)?.value)
}
