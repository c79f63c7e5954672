//! Two other YAML readers on every text that Kubernetes accepts: where they read something else, a table says so and
//! why (`fixtures/yaml/second-opinions.tsv`); any other difference fails, and so does a row without a difference.
//!
//! `UPDATE=1` writes the rows anew, with `?` for a reason that is still to be given.
#![expect(clippy::disallowed_methods, reason = "a test reads the kept files")]

use std::collections::BTreeMap;

use batchlint::yaml::{Kind, Value, parse};
use saphyr::LoadableYamlNode;

/// What a reader makes of a text: the shape, and its strings. Other scalars are left out: YAML 1.2 resolves them by
/// rules of its own (`yes` and `0644` are none of its booleans and numbers), which is one difference and not many.
#[derive(Debug, PartialEq)]
enum Shape {
    Scalar,
    Text(String),
    List(Vec<Shape>),
    Map(BTreeMap<String, Shape>),
}

impl Shape {
    /// Whether two readers agree, a scalar that one of them does not take for a string aside.
    fn agrees(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Text(left), Self::Text(right)) => left == right,
            (Self::Scalar | Self::Text(_), Self::Scalar | Self::Text(_)) => true,
            (Self::List(left), Self::List(right)) => {
                left.len() == right.len() && left.iter().zip(right).all(|(left, right)| left.agrees(right))
            }
            (Self::Map(left), Self::Map(right)) => {
                left.len() == right.len()
                    && left.iter().all(|(key, value)| right.get(key).is_some_and(|other| value.agrees(other)))
            }
            _ => false,
        }
    }
}

fn mine(value: Value<'_>) -> Shape {
    match value.kind() {
        Kind::String(text) => Shape::Text(text.to_owned()),
        Kind::Sequence => Shape::List(value.items().map(mine).collect()),
        Kind::Mapping => Shape::Map(value.entries().map(|entry| (entry.key.to_owned(), mine(entry.value))).collect()),
        _ => Shape::Scalar,
    }
}

fn libyaml(text: &str) -> Option<Shape> {
    let document = serde_yaml::Deserializer::from_str(text).next()?;
    let mut value: serde_yaml::Value = serde::Deserialize::deserialize(document).ok()?;
    value.apply_merge().ok()?;
    Some(of_libyaml(&value))
}

fn of_libyaml(value: &serde_yaml::Value) -> Shape {
    use serde_yaml::Value;
    match value {
        Value::String(text) => Shape::Text(text.clone()),
        Value::Sequence(items) => Shape::List(items.iter().map(of_libyaml).collect()),
        Value::Mapping(entries) => {
            Shape::Map(entries.iter().map(|(key, value)| (key_text(key), of_libyaml(value))).collect())
        }
        Value::Tagged(tagged) => of_libyaml(&tagged.value),
        _ => Shape::Scalar,
    }
}

fn key_text(key: &serde_yaml::Value) -> String {
    serde_yaml::to_string(key).unwrap_or_default().trim_end().trim_matches(['\'', '"']).to_owned()
}

fn saphyr(text: &str) -> Option<Shape> {
    let documents = saphyr::Yaml::load_from_str(text).ok()?;
    Some(documents.first().map_or(Shape::Scalar, of_saphyr))
}

fn of_saphyr(value: &saphyr::Yaml<'_>) -> Shape {
    if let Some(items) = value.as_sequence() {
        return Shape::List(items.iter().map(of_saphyr).collect());
    }
    if let Some(entries) = value.as_mapping() {
        let key = |key: &saphyr::Yaml<'_>| match key.as_str() {
            Some(text) => text.to_owned(),
            None => format!("{key:?}").chars().filter(char::is_ascii_alphanumeric).collect(),
        };
        return Shape::Map(entries.iter().map(|(name, value)| (key(name), of_saphyr(value))).collect());
    }
    value.as_str().map_or(Shape::Scalar, |text| Shape::Text(text.to_owned()))
}

/// Accepted texts by name: the kept cases of one document, and the manifests among the fixtures.
fn texts() -> Vec<(String, String)> {
    let root = env!("CARGO_MANIFEST_DIR");
    let cases = std::fs::read_to_string(format!("{root}/fixtures/yaml/cases.jsonl")).expect("the kept cases");
    let mut texts = Vec::new();
    for line in cases.lines() {
        let case: serde_json::Value = serde_json::from_str(line).expect("a case");
        if let Some(text) = case["input"].as_str() {
            texts.push((case["id"].as_str().expect("an id").to_owned(), text.to_owned()));
        }
    }
    for folder in ["clean", "found", "server"] {
        let Ok(entries) = std::fs::read_dir(format!("{root}/fixtures/{folder}")) else { continue };
        for path in entries.map(|entry| entry.expect("an entry").path()) {
            let yaml = path.extension().is_some_and(|extension| extension == "yaml");
            let text = std::fs::read_to_string(&path).ok().filter(|_| yaml);
            texts.extend(
                text.map(|text| (format!("{folder}/{}", path.file_name().unwrap_or_default().display()), text)),
            );
        }
    }
    texts.retain(|(_, text)| {
        let file = parse(text);
        file.errors.is_empty() && file.documents.len() == 1
    });
    texts.sort();
    texts
}

#[test]
fn other_readers_differ_only_where_the_table_says_so() {
    let path = format!("{}/fixtures/yaml/second-opinions.tsv", env!("CARGO_MANIFEST_DIR"));
    let table = std::fs::read_to_string(&path).unwrap_or_default();
    let known: BTreeMap<&str, &str> = table.lines().filter_map(|row| row.rsplit_once('\t')).collect();
    let mut found = Vec::new();
    let texts = texts();
    for (name, text) in &texts {
        let file = parse(text);
        let Some(root) = file.documents[0].root() else { continue };
        let own = mine(root);
        for (reader, other) in [("serde_yaml", libyaml(text)), ("saphyr", saphyr(text))] {
            let verdict = match &other {
                None => "refuses",
                Some(other) if !own.agrees(other) => "reads otherwise",
                Some(_) => continue,
            };
            found.push(format!("{reader}\t{verdict}\t{name}"));
        }
    }
    found.sort();
    if std::env::var_os("UPDATE").is_some() {
        let rows = found.iter().map(|row| format!("{row}\t{}\n", known.get(row.as_str()).unwrap_or(&"?")));
        std::fs::write(&path, rows.collect::<String>()).expect("the table is written");
        return;
    }
    let unknown: Vec<_> = found.iter().filter(|row| !known.contains_key(row.as_str())).collect();
    let gone: Vec<_> = known.keys().filter(|row| !found.iter().any(|found| found == *row)).collect();
    assert!(unknown.is_empty() && gone.is_empty(), "not in the table: {unknown:#?}\nno difference any more: {gone:#?}");
    assert!(known.values().all(|reason| reason.len() > 10), "every row has a reason");
    assert!(texts.len() > 400, "{} texts", texts.len());
}
