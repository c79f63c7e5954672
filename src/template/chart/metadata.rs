//! Chart.yaml.

use std::rc::Rc;

use super::Chart;
use super::dependencies::Requirement;
use super::words::word;
use crate::template::text::Text;
use crate::template::value::{Kind, Map, Value};

/// What Chart.yaml calls them, and what templates call them.
const WORDS: [(&str, &str); 11] = [
    ("name", "Name"),
    ("home", "Home"),
    ("version", "Version"),
    ("description", "Description"),
    ("icon", "Icon"),
    ("apiVersion", "APIVersion"),
    ("condition", "Condition"),
    ("tags", "Tags"),
    ("appVersion", "AppVersion"),
    ("kubeVersion", "KubeVersion"),
    ("type", "Type"),
];

pub(super) struct Metadata {
    fields: Map,
    requirements: Option<Vec<Requirement>>,
}

impl Metadata {
    pub(super) fn read(written: &Map, is_root: bool) -> Self {
        let fields = Map::default();
        for (from, to) in WORDS {
            fields.insert(Text::computed(to), word(written.get(from)));
        }
        for (from, to) in [("sources", "Sources"), ("keywords", "Keywords"), ("maintainers", "Maintainers")] {
            let list = written.get(from).filter(|value| matches!(value.kind, Kind::List(_)));
            fields.insert(Text::computed(to), list.unwrap_or_else(|| Value::list(Vec::new())));
        }
        let annotations = written.get("annotations").filter(|value| value.as_map().is_some());
        fields.insert(Text::computed("Annotations"), annotations.unwrap_or_else(|| Value::map(Map::default())));
        let is_deprecated = written.get("deprecated").and_then(|value| value.truth()).unwrap_or(false);
        fields.insert(Text::computed("Deprecated"), Value::bool(is_deprecated));
        fields.insert(Text::computed("IsRoot"), Value::bool(is_root));
        let mut metadata = Self { fields, requirements: None };
        metadata.require(written);
        metadata
    }

    /// What a file says under `dependencies`.
    pub(super) fn require(&mut self, written: &Map) {
        if let Some(Kind::List(list)) = written.get("dependencies").map(|value| value.kind) {
            self.requirements = Some(list.iter().filter_map(|item| Requirement::read(item.as_map()?)).collect());
        }
    }

    pub(super) fn chart(self, values: Map) -> Chart {
        let text = |name: &str| self.fields.get(name).and_then(|value| value.as_text().cloned()).unwrap_or_default();
        Chart {
            name: text("Name"),
            is_library: text("Type").as_str().eq_ignore_ascii_case("library"),
            is_unseen: false,
            metadata: self.fields,
            values,
            requirements: self.requirements,
            dependencies: Vec::new(),
            templates: Rc::default(),
            files: Map::default(),
        }
    }
}
