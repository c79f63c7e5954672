//! What people are told about each field: every field of the API with values of every kind, and a field that it does
//! not have in every object.

#![expect(clippy::disallowed_methods, reason = "reads the manifests that have every field")]

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use batchlint::config::Config;
use batchlint::diagnostic::Finding;
use batchlint::lint::lint;
use batchlint::schedule::Instant;
use batchlint::text::Source;
use batchlint::yaml::read;
use serde_json::{Map, Value, json};

#[test]
fn every_kind_of_fault_is_told_in_these_words() {
    let mut told = BTreeSet::new();
    let texts = fields().into_values().map(|manifest| manifest.to_string());
    for text in texts.chain(["kind: Job\napiVersion: [".to_owned()]) {
        let report = lint(&Source::new("job.yaml", text), &Config::at(Instant::from_unix(1_795_219_200)));
        told.extend(report.findings.iter().filter_map(words));
    }
    let told: Vec<String> = told.into_iter().collect();
    insta::assert_snapshot!(told.join("\n"));
}

/// The finding without what it quotes from the manifest, if the API server has a say in it.
fn words(finding: &Finding) -> Option<String> {
    let server = finding.server.as_ref()?;
    let (stage, reason) = (server.stage, server.reason.unwrap_or("-"));
    let help = finding.help.as_ref().map(|help| format!("\n    {}", unquoted(help))).unwrap_or_default();
    Some(format!("{} {stage} {reason}: {}{help}", finding.rule, unquoted(&finding.message)))
}

fn unquoted(text: &str) -> String {
    let parts = text.split('`').enumerate();
    parts.map(|(number, part)| if number % 2 == 0 { part } else { "`…`" }).collect()
}

/// By the field's path and the value, a manifest that has hardly anything but this field.
fn fields() -> BTreeMap<String, Value> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/server/bases");
    let mut fields = BTreeMap::new();
    for file in walkdir::WalkDir::new(folder).sort_by_file_name().into_iter().filter_map(Result::ok) {
        let Ok(bytes) = std::fs::read(file.path()) else { continue };
        let documents = read::kubectl(&bytes).into_iter().map(|document| document.expect("a base can be read"));
        for document in documents {
            let root: Value = serde_json::from_str(&document).expect("it is JSON");
            Walk { root: &root, fields: &mut fields }.value(&root, &mut Vec::new());
        }
    }
    fields
}

/// A step into a value.
#[derive(Clone, Copy)]
enum Step<'a> {
    Key(&'a str),
    Item,
}

struct Walk<'a> {
    root: &'a Value,
    fields: &'a mut BTreeMap<String, Value>,
}

impl<'a> Walk<'a> {
    fn value(&mut self, value: &'a Value, path: &mut Vec<Step<'a>>) {
        for other in others() {
            self.put(path, other);
        }
        match value {
            Value::Object(entries) => {
                self.put(path, json!({ "zzz": 1 }));
                for (key, value) in entries {
                    path.push(Step::Key(key));
                    self.value(value, path);
                    path.pop();
                }
            }
            Value::Array(items) => {
                path.push(Step::Item);
                items.iter().for_each(|item| self.value(item, path));
                path.pop();
            }
            _ => self.put(path, value.clone()),
        }
    }

    /// The manifest in which this value stands there.
    fn put(&mut self, path: &[Step<'a>], value: Value) {
        let keys = path.iter().map(|step| match step {
            Step::Key(key) => key,
            Step::Item => "[]",
        });
        let name = format!("{} {} {value}", self.root["kind"], keys.collect::<Vec<_>>().join("."));
        let around = |inner, step: &Step<'_>| match step {
            Step::Key(key) => Value::Object(Map::from_iter([((*key).to_owned(), inner)])),
            Step::Item => json!([inner]),
        };
        let mut manifest = path.iter().rev().fold(value, around);
        if let Some(root) = manifest.as_object_mut() {
            for key in ["apiVersion", "kind"] {
                root.entry(key).or_insert_with(|| self.root[key].clone());
            }
        }
        self.fields.insert(name, manifest);
    }
}

/// A value of every kind, and numbers and texts that few fields take.
fn others() -> [Value; 9] {
    [
        Value::Null,
        json!({}),
        json!([]),
        json!([1]),
        json!(""),
        json!("No Such Thing"),
        json!(-1),
        json!(3_000_000_000_u32),
        json!(true),
    ]
}
