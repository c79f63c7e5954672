//! A chart, as helm loads it: its files, its values with their places, the charts that it depends on.

mod dependencies;
mod ignore;
mod load;
mod metadata;
mod values;

pub(crate) use load::{LoadError, load};

use std::sync::Arc;

use super::origin::{FileId, NodeId};
use super::text::Text;
use super::value::{Map, Value};
use crate::text::Span;
use crate::yaml::{File, ValueId};

/// A chart with the charts it depends on.
#[derive(Debug, Clone)]
pub(crate) struct Chart {
    /// Its name, or what its parent calls it.
    pub(crate) name: Text,
    /// What Chart.yaml says, by the names that templates have for it.
    pub(crate) metadata: Map,
    pub(crate) is_library: bool,
    /// What values.yaml says.
    pub(crate) values: Map,
    /// What Chart.yaml says of the charts that it depends on; `None` where it says nothing.
    requirements: Option<Vec<dependencies::Requirement>>,
    pub(crate) dependencies: Vec<Self>,
    /// The templates, by their paths within the chart.
    pub(crate) templates: Vec<(String, Text)>,
    /// What templates can read, by their paths within the chart.
    pub(crate) files: Map,
}

/// A file of a chart, with its path from the chart's folder on.
#[derive(Debug, Clone)]
pub struct ChartFile {
    /// The path, parts separated by `/`.
    pub path: String,
    /// What it says.
    pub text: Arc<str>,
}

/// All keys and scalars that were read.
#[derive(Debug, Default)]
pub(crate) struct Nodes {
    nodes: Vec<Node>,
    files: Vec<(FileId, File)>,
}

/// A key and what it is given, or an item of a list.
#[derive(Debug, Clone)]
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
    pub(crate) fn node(&self, node: NodeId) -> &Node {
        &self.nodes[node.0 as usize]
    }

    /// The file that a node stands in.
    pub(crate) fn file(&self, node: NodeId) -> FileId {
        self.files[self.node(node).read].0
    }

    /// The bytes of a node's value.
    pub(crate) fn span(&self, node: NodeId) -> Span {
        self.value(node).map_or(self.node(node).key, |value| value.span())
    }

    fn value(&self, node: NodeId) -> Option<crate::yaml::Value<'_>> {
        let node = self.node(node);
        Some(self.files[node.read].1.documents.first()?.value(node.value))
    }
}

/// What helm gives to a chart's templates as `.`, for each chart by the order of [`Chart::walk`].
pub(crate) fn is_table(value: &Value) -> bool {
    value.as_map().is_some()
}
