//! Patches of kustomize: what is said of them is certain, whatever they are merged into.

#![expect(clippy::disallowed_methods, reason = "tests read recorded cases")]

#[path = "shared/mod.rs"]
mod shared;

use std::collections::BTreeSet;
use std::fs;

use batchlint::config::Config;
use batchlint::diagnostic::{Basis, Severity};
use batchlint::lint::lint;
use batchlint::rule::Check;
use batchlint::rules;
use batchlint::schedule::Instant;
use batchlint::text::{Role, Source};
use batchlint::yaml::{self, Document, Kind, Value as Yaml};
use serde_json::{Map, Value, json};

/// 2026-11-21 00:00:00 UTC.
const NOW: Instant = Instant::from_unix(1_795_219_200);

fn patch(text: impl Into<String>) -> Source {
    Source::new("patch.yaml", text.into()).with_role(Role::Patch { kinds: [].into() })
}

/// What is found, by rule and words.
fn found(source: &Source) -> BTreeSet<(&'static str, String)> {
    let report = lint(source, &Config::at(NOW).with_pedantic(true));
    report.findings.into_iter().map(|finding| (finding.rule, finding.message.into())).collect()
}

#[test]
fn rules_of_the_api_rest_on_what_their_topics_do() {
    for entry in rules::all() {
        if let Check::Api(topic) = entry.rule.check {
            assert_eq!(topic.rests_on(), entry.rule.page.rests_on, "{}", entry.name);
        }
    }
}

#[test]
fn a_part_of_an_object_is_blamed_for_nothing_that_the_whole_is_not() {
    let Some(path) = shared::find("conformance/manifests.jsonl") else { return };
    let cases = fs::read_to_string(path).expect("recorded cases");
    let (mut wrong, mut parts) = (BTreeSet::new(), 0);
    let every: usize = std::env::var("EVERY").ok().and_then(|every| every.parse().ok()).unwrap_or(29);
    let mut texts: Vec<String> = Vec::new();
    for case in cases.lines().step_by(every) {
        let case: Value = serde_json::from_str(case).expect("a line is a case");
        texts.push(case["yaml"].as_str().expect("a case has a manifest").to_owned());
    }
    if let Some(folder) = shared::find("wild/plain") {
        let mut paths: Vec<_> =
            fs::read_dir(folder).expect("files").map(|entry| entry.expect("a file").path()).collect();
        paths.sort();
        texts.extend(paths.iter().step_by(every).map(|path| fs::read_to_string(path).expect("a text")));
    }
    for text in &texts {
        let file = yaml::parse(text);
        for root in file.documents.iter().filter(|document| document.complete).filter_map(Document::root) {
            let object = json_of(root);
            if !matches!(object["kind"].as_str(), Some("Job" | "CronJob")) {
                continue;
            }
            let whole = found(&Source::new("whole.yaml", object.to_string()));
            for part in parts_of(&object) {
                let part = with_head(part, &object).to_string();
                parts += 1;
                for (rule, message) in found(&patch(part.clone())) {
                    if !whole.iter().any(|(known, _)| *known == rule) && wrong.len() < 400 {
                        wrong.insert((rule, message, part.clone()));
                    }
                }
            }
        }
    }
    let mut last = "";
    let mut shown = 0;
    for (rule, message, part) in &wrong {
        shown = if *rule == last { shown + 1 } else { 0 };
        last = rule;
        if shown < 4 {
            println!("{rule}: {message}\n   {part}");
        }
    }
    assert!(wrong.is_empty() && parts > 0, "{} of {parts}", wrong.len());
}

fn json_of(value: Yaml<'_>) -> Value {
    match value.kind() {
        Kind::Null => Value::Null,
        Kind::Bool(bool) => json!(bool),
        Kind::Number(number) => number.as_i64().map_or_else(|| json!(number.as_f64()), |number| json!(number)),
        Kind::String(text) => json!(text),
        Kind::Sequence => value.items().map(json_of).collect(),
        Kind::Mapping => {
            Value::Object(value.entries().map(|entry| (entry.key.to_owned(), json_of(entry.value))).collect())
        }
    }
}

/// The part of an object around each of its leaves. What has no names in it is merged as a whole.
fn parts_of(value: &Value) -> Vec<Value> {
    match value {
        Value::Object(fields) => fields
            .iter()
            .flat_map(|(key, value)| parts_of(value).into_iter().map(move |part| json!({key.as_str(): part})))
            .collect(),
        Value::Array(items) if items.iter().all(Value::is_object) => {
            let named = |item: &Value, part: Value| match (item.get("name"), part) {
                (Some(name), Value::Object(mut part)) => {
                    part.insert("name".to_owned(), name.clone());
                    json!([part])
                }
                (_, part) => json!([part]),
            };
            items.iter().flat_map(|item| parts_of(item).into_iter().map(|part| named(item, part))).collect()
        }
        leaf => vec![leaf.clone()],
    }
}

fn with_head(part: Value, object: &Value) -> Value {
    let mut fields = Map::new();
    for key in ["apiVersion", "kind"] {
        fields.insert(key.to_owned(), object[key].clone());
    }
    if let Value::Object(part) = part {
        fields.extend(part);
    }
    Value::Object(fields)
}

#[test]
fn basis_placeholder() {
    let _ = (Basis::Place, Severity::Error);
}
