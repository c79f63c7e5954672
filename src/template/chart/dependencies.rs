//! The charts that a chart depends on: which are on, what they are called, what they give to it.

use super::values::{Nulls, coalesced, copy, merge};
use super::words::{word, words};
use super::{Chart, ChartFile, is_table};
use crate::template::text::Text;
use crate::template::value::{Kind, Map, Value};
use crate::yaml;

/// An entry of `dependencies`.
#[derive(Debug, Clone)]
pub(crate) struct Requirement {
    name: Text,
    alias: Text,
    /// Paths, of which the first that is there decides.
    condition: String,
    tags: Vec<String>,
    imports: Vec<Import>,
    is_on: bool,
    /// The value that decided that, from the outermost chart's values on.
    decided: Option<String>,
}

/// A chart that another one depends on and that a value switches off.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Off {
    /// Its name behind those of the charts around it, but for the outermost: `worker`, `worker/charts/queue`.
    pub(crate) chart: String,
    /// The path of the value.
    pub(crate) value: String,
}

/// A table of a subchart, and where it goes.
#[derive(Debug, Clone)]
struct Import {
    child: String,
    /// `None`: to the top.
    parent: Option<String>,
}

/// What a chart calls itself.
#[must_use]
pub fn name_of_chart(files: &[ChartFile]) -> Option<String> {
    let file = files.iter().find(|file| file.path == "Chart.yaml")?;
    let read = yaml::parse_as_server(file.source.text());
    let name = read.documents.first()?.root()?.get("name")?;
    name.value.as_str().filter(|name| !name.is_empty()).map(str::to_owned)
}

/// The charts that a chart depends on and that lie in folders of their own: their names, and the way there from its own.
#[must_use]
pub fn local_dependencies(files: &[ChartFile]) -> Vec<(String, String)> {
    let mut local = Vec::new();
    for file in files.iter().filter(|file| matches!(&*file.path, "Chart.yaml" | "requirements.yaml")) {
        let read = yaml::parse_as_server(file.source.text());
        let root = read.documents.first().and_then(yaml::Document::root);
        let Some(list) = root.and_then(|root| root.get("dependencies")) else { continue };
        for item in list.value.items() {
            let text = |key: &str| item.get(key).and_then(|entry| entry.value.as_str());
            let way = text("repository").and_then(|address| address.strip_prefix("file://"));
            local.extend(text("name").zip(way).map(|(name, way)| (name.to_owned(), way.to_owned())));
        }
    }
    local
}

impl Requirement {
    pub(super) fn read(written: &Map) -> Option<Self> {
        let text = |key: &str| word(written.get(key)).as_text().cloned().unwrap_or_default();
        let imports = match written.get("import-values").map(|value| value.kind) {
            Some(Kind::List(list)) => list.iter().filter_map(Import::read).collect(),
            _ => Vec::new(),
        };
        let name = text("name");
        (!name.as_str().is_empty()).then(|| Self {
            name,
            alias: text("alias"),
            condition: text("condition").as_str().to_owned(),
            tags: words(written.get("tags")),
            imports,
            is_on: true,
            decided: None,
        })
    }
}

impl Import {
    fn read(item: &Value) -> Option<Self> {
        if let Some(name) = item.as_text() {
            return Some(Self { child: format!("exports.{}", name.as_str()), parent: None });
        }
        let map = item.as_map()?;
        let text = |key: &str| Some(map.get(key)?.as_text()?.as_str().to_owned());
        let parent = text("parent").unwrap_or_default();
        Some(Self { child: text("child").unwrap_or_default(), parent: (parent != ".").then_some(parent) })
    }
}

impl Chart {
    /// Settles which subcharts are on and what values there are, as helm does before it renders.
    pub(crate) fn settle(&mut self, given: &Map) -> (Map, Vec<Off>) {
        let mut off = Vec::new();
        self.switch(given, "", &mut off);
        self.import();
        (coalesced(self, given, Nulls::Delete), off)
    }

    /// Whether a template of it, or of a chart in it, speaks of Jobs.
    fn speaks_of_jobs(&self) -> bool {
        let own = self.templates.iter().any(|(_, text)| text.as_str().contains("Job"));
        own || self.dependencies.iter().any(Self::speaks_of_jobs)
    }

    /// Whether a chart that it depends on is not there, as where nobody has fetched them yet, or what is beside a template.
    pub(crate) fn lacks(&self) -> bool {
        if self.is_unseen {
            return true;
        }
        let is_there = |name: &Text| self.dependencies.iter().any(|chart| chart.name == *name);
        let mut requirements = self.requirements.iter().flatten();
        requirements.any(|each| !is_there(&each.name)) || self.dependencies.iter().any(Self::lacks)
    }

    fn switch(&mut self, given: &Map, path: &str, all_off: &mut Vec<Off>) {
        let Some(mut requirements) = self.requirements.take() else { return };
        self.name_dependencies(&mut requirements);
        let values = coalesced(self, given, Nulls::Delete);
        for requirement in &mut requirements {
            requirement.follow_tags(&values);
            requirement.follow_condition(&values, path);
            let is_it = |chart: &&Self| chart.name == requirement.name && chart.speaks_of_jobs();
            if let Some(value) = requirement.decided.take().filter(|_| !requirement.is_on)
                && self.dependencies.iter().any(|chart| is_it(&chart))
            {
                let chart = format!("{}{}", path.replace('.', "/charts/"), requirement.name.as_str());
                all_off.push(Off { chart, value });
            }
        }
        let is_off = |name: &str| requirements.iter().any(|each| !each.is_on && each.name.as_str() == name);
        self.dependencies.retain(|chart| !is_off(chart.name.as_str()));
        for chart in &mut self.dependencies {
            let path = format!("{path}{}.", chart.name.as_str());
            chart.switch(&values, &path, all_off);
        }
        let off: Vec<Text> = requirements.iter().filter(|each| !each.is_on).map(|each| each.name.clone()).collect();
        requirements.retain(|each| !off.contains(&each.name));
        self.requirements = (!requirements.is_empty()).then_some(requirements);
    }

    /// A chart may be there under several names, each time another chart.
    fn name_dependencies(&mut self, requirements: &mut [Requirement]) {
        let is_listed = |chart: &Self| requirements.iter().any(|each| each.name == chart.name);
        let mut named: Vec<Self> = self.dependencies.iter().filter(|chart| !is_listed(chart)).cloned().collect();
        for requirement in requirements {
            let found = self.dependencies.iter().find(|chart| chart.name == requirement.name);
            let alias = requirement.alias.clone();
            if let Some(mut chart) = found.cloned() {
                if !alias.as_str().is_empty() {
                    chart.metadata = copy(&chart.metadata);
                    chart.metadata.insert(Text::computed("Name"), Value::text(alias.clone()));
                    chart.name = alias.clone();
                }
                named.push(chart);
            }
            if !alias.as_str().is_empty() {
                requirement.name = alias;
            }
        }
        self.dependencies = named;
    }

    fn import(&mut self) {
        for chart in &mut self.dependencies {
            chart.import();
        }
        let Some(requirements) = &self.requirements else { return };
        let values = coalesced(self, &Map::default(), Nulls::Keep);
        let imported = Map::default();
        for requirement in requirements {
            for import in &requirement.imports {
                let path = format!("{}.{}", requirement.name.as_str(), import.child);
                let Some(table) = table(&values, &path) else { continue };
                let nested = import.parent.iter().flat_map(|parent| parent.rsplit('.'));
                let table =
                    nested.fold(table, |inner, name| Map::from_iter([(Text::computed(name), Value::map(inner))]));
                merge(&imported, &table, Nulls::Keep);
            }
        }
        let values = values.lazy_copy();
        merge(&values, &imported, Nulls::Keep);
        self.values = values;
    }
}

impl Requirement {
    fn follow_tags(&mut self, values: &Map) {
        let Some(tags) = table(values, "tags") else { return };
        let said: Vec<bool> = self.tags.iter().filter_map(|tag| as_bool(&tags.get(tag)?)).collect();
        self.is_on = said.contains(&true) || said.is_empty();
        self.decided = self.tags.iter().find(|tag| tags.get(tag).is_some()).map(|tag| format!("tags.{tag}"));
    }

    fn follow_condition(&mut self, values: &Map, path: &str) {
        for condition in self.condition.trim().split(',').filter(|condition| !condition.is_empty()) {
            let condition = format!("{path}{condition}");
            let (parent, name) = condition.rsplit_once('.').unwrap_or(("", &condition));
            let table = if parent.is_empty() { Some(values.clone()) } else { table(values, parent) };
            let value = table.and_then(|table| table.get(name)).filter(|value| !is_table(value));
            if let Some(answer) = value.as_ref().and_then(as_bool) {
                self.is_on = answer;
                self.decided = Some(condition);
                return;
            }
        }
    }
}

fn as_bool(value: &Value) -> Option<bool> {
    match value.kind {
        Kind::Bool(value) => Some(value),
        _ => None,
    }
}

/// The table at a path whose names are separated by dots.
fn table(values: &Map, path: &str) -> Option<Map> {
    path.split('.').try_fold(values.clone(), |table, name| table.get(name)?.as_map().cloned())
}
