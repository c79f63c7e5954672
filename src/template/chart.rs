//! A chart, as helm loads it: its files, its values with their places, the charts that it depends on.

mod dependencies;
mod ignore;
mod load;
mod metadata;
mod values;
mod words;

pub(crate) use dependencies::Off;
pub use dependencies::{local_dependencies, name_of_chart};
pub(crate) use load::{LoadError, load, text_of};

use std::rc::Rc;

use super::origin::{FileId, NodeId};
use super::text::Text;
use super::value::{Log, Map, Value};
use crate::text::{Source, Span};
use crate::yaml::{File, ValueId};

/// A chart with the charts it depends on.
#[derive(Debug, Clone)]
pub(crate) struct Chart {
    /// Its name, or what its parent calls it.
    pub(crate) name: Text,
    /// What Chart.yaml says, by the names that templates have for it.
    pub(crate) metadata: Map,
    pub(crate) is_library: bool,
    /// Whether one of its templates is all that is there of it: nobody knows its values, nor what the others define.
    pub(crate) is_unseen: bool,
    /// What values.yaml says.
    pub(crate) values: Map,
    /// What Chart.yaml says of the charts that it depends on; `None` where it says nothing.
    requirements: Option<Vec<dependencies::Requirement>>,
    pub(crate) dependencies: Vec<Self>,
    /// The templates, by their paths within the chart.
    pub(crate) templates: Rc<Vec<(String, Text)>>,
    /// What templates can read, by their paths within the chart.
    pub(crate) files: Map,
}

impl Chart {
    /// How many charts it is, with those that it depends on.
    pub(crate) fn count(&self) -> u32 {
        1 + self.dependencies.iter().map(Self::count).sum::<u32>()
    }

    /// Has the maps watched that templates see of it, but for its values.
    pub(crate) fn watch(&self, log: &Rc<Log>) {
        self.metadata.watch(log);
        self.dependencies.iter().for_each(|chart| chart.watch(log));
    }

    /// The chart that a template would belong to of which nothing else is there.
    pub(crate) fn unseen(template: Text) -> Self {
        Self {
            name: Text::computed("chart"),
            metadata: Map::default(),
            is_library: false,
            is_unseen: true,
            values: Map::default(),
            requirements: None,
            dependencies: Vec::new(),
            templates: Rc::new(vec![("templates/template.yaml".to_owned(), template)]),
            files: Map::default(),
        }
    }
}

/// A file of a chart, with its path from the chart's folder on.
#[derive(Debug, Clone)]
pub struct ChartFile {
    /// The path, parts separated by `/`; what stands beside the chart has one that starts with it.
    pub path: String,
    /// Its name and what it says.
    pub source: Source,
}

impl ChartFile {
    /// Whether it is a template, of the chart or of one in it.
    #[must_use]
    pub fn is_template(&self) -> bool {
        self.path.split('/').rev().skip(1).any(|folder| folder == "templates")
    }
}

/// All keys and scalars that were read.
#[derive(Debug, Default)]
pub(crate) struct Nodes {
    /// Those that were read before, and others have, too.
    before: Option<Rc<Self>>,
    nodes: Vec<Node>,
    files: Vec<(FileId, File)>,
}

/// A key and what it is given, or an item of a list.
#[derive(Debug)]
pub(crate) struct Node {
    /// Which of the files that were read.
    read: usize,
    pub(crate) parent: Option<NodeId>,
    pub(crate) name: String,
    /// Its key; of an item, empty.
    pub(crate) key: Span,
    value: ValueId,
}

impl Nodes {
    /// More nodes behind some.
    pub(crate) fn behind(before: &Rc<Self>) -> Self {
        Self { before: Some(Rc::clone(before)), ..Self::default() }
    }

    /// How many nodes there are, and files.
    fn count(&self) -> (usize, usize) {
        let (nodes, files) = self.before.as_ref().map_or((0, 0), |before| before.count());
        (nodes + self.nodes.len(), files + self.files.len())
    }

    pub(crate) fn node(&self, node: NodeId) -> &Node {
        let at = node.0 as usize;
        match &self.before {
            None => &self.nodes[at],
            Some(before) => at.checked_sub(before.count().0).map_or_else(|| before.node(node), |at| &self.nodes[at]),
        }
    }

    /// A file that was read.
    fn read_file(&self, at: usize) -> &(FileId, File) {
        match &self.before {
            None => &self.files[at],
            Some(before) => at.checked_sub(before.count().1).map_or_else(|| before.read_file(at), |at| &self.files[at]),
        }
    }

    /// The file that a node stands in.
    pub(crate) fn file(&self, node: NodeId) -> FileId {
        self.read_file(self.node(node).read).0
    }

    /// The bytes of a node's value.
    pub(crate) fn span(&self, node: NodeId) -> Span {
        self.value(node).map_or(self.node(node).key, |value| value.span())
    }

    /// The bytes of a part of a node's scalar that prints these words; all of it where they are others.
    pub(crate) fn span_within(&self, node: NodeId, skip: u32, words: &str) -> Span {
        let whole = self.span(node);
        let Some(value) = self.value(node) else { return whole };
        let (start, end) = (skip as usize, skip as usize + words.len());
        match value.as_str() {
            Some(text) if text.get(start..end) == Some(words) => value.span_within(start..end),
            None if value.source().get(start..end) == Some(words) => {
                Span::new(whole.start + skip, whole.start + skip + words.len() as u32)
            }
            _ => whole,
        }
    }

    /// Likewise, of a node's key.
    pub(crate) fn key_within(&self, node: NodeId, skip: u32, words: &str) -> Span {
        let Node { read, key, .. } = *self.node(node);
        let whole = &self.read_file(read).1.text;
        let text = &whole[key.range()];
        let quoted = u32::from(text.starts_with(['"', '\'']));
        let exact = Span::new(key.start + quoted + skip, key.start + quoted + skip + words.len() as u32);
        if whole.get(exact.range()) == Some(words) && key.contains(exact) { exact } else { key }
    }

    /// Whether a node's value is a scalar.
    pub(crate) fn is_scalar(&self, node: NodeId) -> bool {
        self.value(node).is_some_and(|value| !value.is_mapping() && !value.is_sequence())
    }

    /// A node's path, as templates write it.
    pub(crate) fn path(&self, node: NodeId) -> String {
        let mut names = Vec::new();
        let mut at = Some(node);
        while let Some(node) = at {
            let Node { parent, name, .. } = self.node(node);
            names.push(name.as_str());
            at = *parent;
        }
        names.push(".Values");
        names.reverse();
        names.join(".")
    }

    fn value(&self, node: NodeId) -> Option<crate::yaml::Value<'_>> {
        let node = self.node(node);
        Some(self.read_file(node.read).1.documents.first()?.value(node.value))
    }
}

/// Whether a value is a mapping, as helm asks.
pub(crate) fn is_table(value: &Value) -> bool {
    value.as_map().is_some()
}
