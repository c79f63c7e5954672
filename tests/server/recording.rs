//! The recordings: what was asked, and what API servers answered.

use std::collections::BTreeMap;
use std::fs;

use batchlint::k8s::schema::Version;
use serde_json::Value;

use crate::shared;

/// A server's answer.
#[derive(Debug, Clone)]
pub(crate) struct Server {
    pub(crate) accepted: bool,
    pub(crate) message: String,
    /// Reason and field of each cause, sorted.
    pub(crate) causes: Vec<(String, String)>,
    /// `None` where they were not recorded.
    pub(crate) warnings: Option<Vec<String>>,
    /// Whether the namespace was replaced before asking.
    pub(crate) other_namespace: bool,
}

/// A manifest with the answer to it.
#[derive(Debug, Clone)]
pub(crate) struct Case {
    pub(crate) id: String,
    pub(crate) yaml: String,
    pub(crate) server: Server,
}

fn lines(path: &str) -> Option<Vec<Value>> {
    let text = fs::read_to_string(shared::find(path)?).expect("the recording can be read");
    Some(text.lines().map(|line| serde_json::from_str(line).expect("a line is JSON")).collect())
}

fn text(value: &Value, key: &str) -> String {
    value[key].as_str().unwrap_or_default().to_owned()
}

impl Server {
    pub(crate) fn read(value: &Value) -> Self {
        let list = |key: &str| value[key].as_array().cloned().unwrap_or_default();
        let mut causes: Vec<_> =
            list("causes").iter().map(|cause| (text(cause, "reason"), text(cause, "field"))).collect();
        causes.sort();
        let mut warnings: Vec<_> = list("warnings").iter().filter_map(|one| one.as_str().map(str::to_owned)).collect();
        warnings.sort();
        let accepted = value["accepted"].as_bool().unwrap_or_default();
        Self {
            accepted,
            message: text(value, "message"),
            causes,
            warnings: Some(warnings),
            other_namespace: value["edited"] == "namespace",
        }
    }

    /// The answer of another version that is not recorded because it has the same causes: how often each, and with
    /// what warnings, is not known.
    pub(crate) fn of_other_version(&self) -> Self {
        Self { warnings: None, ..self.clone() }
    }
}

/// The cases of a recording; `None` where it is absent.
pub(crate) fn read(name: &str) -> Option<Vec<Case>> {
    let lines = lines(&format!("conformance/{name}"))?;
    let case =
        |line: &Value| Case { id: text(line, "id"), yaml: text(line, "yaml"), server: Server::read(&line["server"]) };
    Some(lines.iter().map(case).collect())
}

/// The answers of other versions that differ from 1.36's, by case.
pub(crate) fn read_versions(name: &str) -> Option<BTreeMap<String, BTreeMap<Version, Server>>> {
    let lines = lines(&format!("conformance/{name}"))?;
    let answers = |line: &Value| {
        let versions = line["versions"].as_object().expect("versions");
        versions.iter().map(|(version, answer)| (version.parse().expect("a version"), Server::read(answer))).collect()
    };
    Some(lines.iter().map(|line| (text(line, "id"), answers(line))).collect())
}

/// The documents of the real manifests, each alone, and what a server answers to it.
pub(crate) fn read_wild() -> Option<Vec<Case>> {
    let folder = shared::find("wild/plain")?;
    let case = |line: &Value| {
        let file = text(line, "file");
        let yaml = fs::read_to_string(folder.join(&file)).ok()?;
        let index = line["doc_index"].as_u64().and_then(|index| usize::try_from(index).ok())?;
        let document = nth_document(&yaml, index)?;
        // An item of a `List` is checked by the layer above.
        let sliced = line["edited"] == "sliced-from-list" || !line["item"].is_null();
        (!sliced).then(|| Case { id: format!("{file}#{index}"), yaml: document, server: Server::read(line) })
    };
    Some(lines("wild/plain-verdicts.jsonl")?.iter().filter_map(case).collect())
}

/// The document of that index, counted with the empty ones.
fn nth_document(yaml: &str, index: usize) -> Option<String> {
    let mut documents = vec![String::new()];
    for line in yaml.split_inclusive('\n') {
        if line.starts_with("---") {
            documents.push(String::new());
        } else {
            documents.last_mut()?.push_str(line);
        }
    }
    let mut kept = documents
        .into_iter()
        .filter(|document| document.lines().any(|line| !line.trim().is_empty() && !line.trim_start().starts_with('#')));
    kept.nth(index)
}
