//! What a build is made of: objects, by what they are called now and were called before.

use super::tree::{At, Node, Value};

/// What an object is known by.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct Id {
    pub(super) group: String,
    pub(super) version: String,
    pub(super) kind: String,
    pub(super) namespace: String,
    pub(super) name: String,
}

/// An object.
#[derive(Debug, Clone)]
pub(super) struct Resource {
    pub(super) node: Node,
    /// What it was before a transformation gave it another name, the oldest first.
    pub(super) before: Vec<Id>,
    /// What was put before its name, and behind it, the outermost last.
    pub(super) prefixes: Vec<String>,
    pub(super) suffixes: Vec<String>,
    /// Whether the hash of its content is to be put behind its name.
    pub(super) wants_hash: bool,
    /// The entries of kustomizations that brought it, the outermost last.
    pub(super) via: Vec<At>,
}

impl Resource {
    pub(super) fn of(node: Node) -> Self {
        let (before, via) = (Vec::new(), Vec::new());
        Self { node, before, prefixes: Vec::new(), suffixes: Vec::new(), wants_hash: false, via }
    }

    pub(super) fn id(&self) -> Id {
        id_of(&self.node)
    }

    /// What it is called and was called, the oldest first.
    pub(super) fn ids(&self) -> Vec<Id> {
        self.before.iter().cloned().chain([self.id()]).collect()
    }

    /// Whether one of its identities is what somebody asks for, part by part.
    pub(super) fn is_called(&self, is: impl Fn(&str, &str) -> bool) -> bool {
        self.ids().iter().any(|id| {
            is("group", &id.group)
                && is("version", &id.version)
                && is("kind", &id.kind)
                && is("name", &id.name)
                && is("namespace", &id.namespace)
        })
    }

    /// Whether it has a name, or had it.
    pub(super) fn has_name(&self, name: &str) -> bool {
        self.name() == name || self.before.iter().any(|id| id.name == name)
    }

    /// Keeps what it is called before that changes.
    pub(super) fn remember(&mut self) {
        let id = self.id();
        if self.before.last() != Some(&id) {
            self.before.push(id);
        }
    }

    pub(super) fn name(&self) -> &str {
        self.node.at_path(&["metadata", "name"]).map_or("", Node::text)
    }

    pub(super) fn kind(&self) -> &str {
        self.node.str("kind").unwrap_or_default()
    }

    /// The fields that lead to its pods' spec, if it is a Job or a CronJob.
    pub(super) fn pods(&self) -> Option<&'static [&'static str]> {
        let id = self.id();
        match (&*id.group, &*id.kind) {
            ("batch", "Job") => Some(&["spec", "template"]),
            ("batch", "CronJob") => Some(&["spec", "jobTemplate", "spec", "template"]),
            _ => None,
        }
    }

    /// Makes texts of its annotations, as kustomize does whatever they are.
    pub(super) fn with_text_annotations(mut self) -> Self {
        if let Some(Value::Map(entries)) =
            self.node.at_path_mut(&["metadata", "annotations"]).map(|annotations| &mut annotations.value)
        {
            let others = entries.iter_mut().filter(|entry| matches!(&entry.node.value, Value::Scalar(_)));
            for entry in others.filter(|entry| entry.node.as_str().is_none()) {
                entry.node = entry.node.to_string_node();
            }
        }
        self
    }

    /// Whether kustomize leaves it out of what it builds.
    pub(super) fn is_local(&self) -> bool {
        let annotation = ["metadata", "annotations", "config.kubernetes.io/local-config"];
        self.node.at_path(&annotation).is_some_and(|value| value.text() == "true")
    }
}

pub(super) fn id_of(node: &Node) -> Id {
    let version = node.str("apiVersion").unwrap_or_default();
    let (group, version) = version.split_once('/').unwrap_or(("", version));
    let text = |path: &[&str]| node.at_path(path).map_or("", Node::text).to_owned();
    Id {
        group: group.to_owned(),
        version: version.to_owned(),
        kind: text(&["kind"]),
        namespace: text(&["metadata", "namespace"]),
        name: text(&["metadata", "name"]),
    }
}

impl Id {
    /// The namespace that it comes to without one.
    pub(super) fn effective_namespace(&self) -> &str {
        if self.namespace.is_empty() { "default" } else { &self.namespace }
    }

    /// Whether two are of one thing.
    pub(super) fn is(&self, other: &Self) -> bool {
        self.key() == other.key()
    }

    /// What tells it from others.
    fn key(&self) -> [&str; 5] {
        [&self.group, &self.version, &self.kind, self.effective_namespace(), &self.name]
    }

    /// The same with the namespace that it comes to.
    pub(super) fn settled(self) -> Self {
        Self { namespace: self.effective_namespace().to_owned(), ..self }
    }
}
