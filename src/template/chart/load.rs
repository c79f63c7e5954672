//! Files to a chart.

use std::collections::BTreeMap;
use std::rc::Rc;

use super::ignore::Ignored;
use super::metadata::Metadata;
use super::{Chart, ChartFile, Nodes};
use crate::template::origin::{FileId, Origin, Provenance, SiteId};
use crate::template::text::Text;
use crate::template::value::{Map, Value};

/// How deep charts may be in each other.
const DEEPEST: usize = 10;

/// Why helm does not load a chart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum LoadError {
    /// It has no Chart.yaml.
    NoChart,
    /// This file is not what helm can read.
    Unreadable(FileId),
}

/// The files of one chart: their paths from its folder on, and where they stand among all.
type Files<'f> = Vec<(&'f str, FileId)>;

/// The chart that these files make; every key and scalar that is read gets a node.
pub(crate) fn load(files: &[ChartFile], nodes: &mut Nodes) -> Result<Chart, LoadError> {
    let rules = files.iter().find(|file| file.path == ".helmignore").map_or("", |file| file.source.text());
    let mut ignored = Ignored::read(rules);
    let mut is_read = |path: &str| !path.starts_with('/') && !ignored.contains(path);
    let all = files.iter().enumerate().filter(|(_, file)| is_read(&file.path));
    let all = all.map(|(at, file)| (file.path.as_str(), FileId::at(at))).collect();
    Loader { files, nodes }.chart(all, 0)
}

struct Loader<'a> {
    files: &'a [ChartFile],
    nodes: &'a mut Nodes,
}

impl Loader<'_> {
    fn chart(&mut self, files: Files<'_>, depth: usize) -> Result<Chart, LoadError> {
        let find = |name: &str| files.iter().find(|(path, _)| *path == name).map(|(_, file)| *file);
        let main = find("Chart.yaml").ok_or(LoadError::NoChart)?;
        let mut metadata = Metadata::read(&self.map(main)?, depth == 0);
        if let Some(file) = find("requirements.yaml") {
            metadata.require(&self.map(file)?);
        }
        let values = match find("values.yaml") {
            Some(file) => self.map(file)?,
            None => Map::default(),
        };
        let mut chart = metadata.chart(values);
        let mut templates = Vec::new();
        let mut subcharts: BTreeMap<&str, Files<'_>> = BTreeMap::new();
        for (path, file) in files {
            if path.starts_with("templates/") {
                templates.push((path.to_owned(), self.text(file)));
            } else if let Some(inside) = path.strip_prefix("charts/") {
                if let Some((name, rest)) = inside.split_once('/') {
                    subcharts.entry(name).or_default().push((rest, file));
                }
            } else if !is_special(path) {
                chart.files.insert(Text::computed(path), Value::text(self.text(file)));
            }
        }
        chart.templates = Rc::new(templates);
        for (name, files) in subcharts {
            if !name.starts_with(['_', '.']) && depth < DEEPEST {
                chart.dependencies.push(self.chart(files, depth + 1)?);
            }
        }
        Ok(chart)
    }

    /// The mapping that a YAML file holds; nothing makes an empty one.
    fn map(&mut self, file: FileId) -> Result<Map, LoadError> {
        let text = self.files[file.index()].source.shared_text();
        self.nodes.read(file, &text).ok_or(LoadError::Unreadable(file))
    }

    fn text(&self, file: FileId) -> Text {
        text_of(file, self.files[file.index()].source.text())
    }
}

/// What a file says, each byte with its place.
pub(crate) fn text_of(file: FileId, text: &str) -> Text {
    let (at, text) = text.strip_prefix('\u{feff}').map_or((0, text), |rest| (3, rest));
    Text::of(text, Origin { source: Provenance::Template { file, at }, site: SiteId::NONE })
}

/// Files that helm reads itself, and templates do not.
fn is_special(path: &str) -> bool {
    matches!(
        path,
        "Chart.yaml" | "Chart.lock" | "values.yaml" | "values.schema.json" | "requirements.yaml" | "requirements.lock"
    )
}
