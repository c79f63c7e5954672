//! The JSON Schema of a configuration file, for editors.

use serde_json::{Value, json};

use crate::k8s::Version;
use crate::rule::{Entry, Parameter, Unit};
use crate::rules;

/// What a `batchlint.toml` may say, as a JSON Schema (draft 2020-12).
#[must_use]
pub fn schema() -> Value {
    let mut top = layer();
    let own = top["properties"].as_object_mut().expect("it was made so");
    own.insert(
        "extend".into(),
        json!({"type": "string", "minLength": 1, "description": "The file that is this one's base, relative to this one's folder."}),
    );
    own.insert(
        "baseline".into(),
        json!({"type": "string", "minLength": 1, "description": "The file of the findings that do not count, relative to this one's folder."}),
    );
    own.insert("exclude".into(), patterns("Files that are not looked at, as lines of .gitignore name them."));
    own.insert("include".into(), patterns("Files of other endings that are looked at in folders, likewise."));
    own.insert("overrides".into(), json!({"type": "array", "items": of_paths(), "description": "What holds for some files; a later one is stronger."}));
    top["$schema"] = json!("https://json-schema.org/draft/2020-12/schema");
    top["title"] = json!("batchlint.toml");
    top["description"] = json!("What batchlint checks, and how.");
    top
}

/// An override.
fn of_paths() -> Value {
    let mut layer = layer();
    let own = layer["properties"].as_object_mut().expect("it was made so");
    own.insert("paths".into(), some(patterns("The files, as lines of .gitignore name them.")));
    layer["required"] = json!(["paths"]);
    layer
}

fn layer() -> Value {
    let names: Vec<&str> =
        ["all"].into_iter().chain(rules::groups()).chain(rules::all().map(|entry| entry.name)).collect();
    let severity = json!({"enum": ["error", "warning", "advice"]});
    let severities: serde_json::Map<String, Value> =
        names.iter().map(|name| ((*name).to_owned(), severity.clone())).collect();
    let rules = |description: &str| json!({"type": "array", "items": {"enum": names}, "description": description});
    let versions: Vec<String> = Version::all().map(|version| version.to_string()).collect();
    json!({
        "type": "object",
        "additionalProperties": false,
        "properties": {
            "select": some(rules("Only these rules and groups.")),
            "ignore": rules("Without these rules and groups, beside those that a base leaves out."),
            "pedantic": {"type": "boolean", "description": "Whether habits are shown, too."},
            "require-reason": {"type": "boolean", "description": "Whether a suppression has to say why."},
            "severity": {
                "type": "object", "additionalProperties": false, "properties": severities,
                "description": "How much findings of a rule or group matter here.",
            },
            "min-severity": {
                "enum": ["error", "warning", "advice"], "default": "advice",
                "description": "What is less severe is counted, and not shown.",
            },
            "controller-time-zone": {
                "type": "string", "examples": ["Europe/Berlin"],
                "description": "The zone of the CronJob controller, by which schedules without timeZone run; UTC without it.",
            },
            "values": {
                "type": "array", "items": {"type": "string", "minLength": 1},
                "description": "Files of values that charts are rendered with, as by helm --values, relative to this one's folder.",
            },
            "set": {
                "type": "array", "items": {"type": "string", "examples": ["image.tag=1.2"]},
                "description": "Values that charts are rendered with, as by helm --set.",
            },
            "rules": {
                "type": "object", "additionalProperties": false, "properties": limits(),
                "description": "Limits of rules.",
            },
            "simulate": assumptions(),
            "kubernetes-version": {
                "type": "string", "examples": versions, "pattern": r"^v?1\.[0-9]+([.+-].*)?$",
                "description": "The Kubernetes version whose API server is asked.",
            },
        },
    })
}

/// What `simulate` is to assume of Jobs.
fn assumptions() -> Value {
    let flag = |description: &str| json!({"type": "boolean", "description": description});
    let traits = json!({
        "run-time": {
            "type": "string", "examples": ["40m", "2m..40m"], "pattern": r"^([0-9]+[smhdw])+(\.\.([0-9]+[smhdw])+)?$",
            "description": "How long each container runs.",
        },
        "fails": {
            "oneOf": [{"type": "integer", "minimum": 0}, {"const": "always"}],
            "description": "How many of the first attempts of each run fail.",
        },
        "evicted": {
            "type": "integer", "minimum": 0,
            "description": "How many of the first attempts of each run end with their pod, which is evicted.",
        },
        "hangs": flag("Whether its containers start and never end."),
        "never-starts": flag("Whether its pods stay Pending."),
    });
    let mut of_all = json!({
        "type": "object", "additionalProperties": false, "properties": traits,
        "description": "What `batchlint simulate` is to assume of Jobs.",
    });
    let of_one = json!({"type": "object", "additionalProperties": false, "properties": traits});
    of_all["properties"]["objects"] = json!({
        "type": "object", "additionalProperties": of_one,
        "description": "The same of single objects, by name, with or without namespace.",
    });
    of_all
}

/// The limits of each rule that has some.
fn limits() -> serde_json::Map<String, Value> {
    let rules = rules::all().filter(|entry| !entry.rule.parameters.is_empty());
    let of_rule = |entry: &Entry| {
        let limits = entry.rule.parameters.iter().map(|parameter| (parameter.name.to_owned(), limit(parameter)));
        let limits: serde_json::Map<String, Value> = limits.collect();
        json!({"type": "object", "additionalProperties": false, "properties": limits})
    };
    rules.map(|entry| (entry.name.to_owned(), of_rule(entry))).collect()
}

fn limit(parameter: &Parameter) -> Value {
    let (least, most) = parameter.range;
    match parameter.unit {
        Unit::Count => json!({
            "type": "integer", "minimum": least, "maximum": most, "default": parameter.default,
            "description": parameter.about,
        }),
        Unit::Length => json!({
            "type": "string", "pattern": "^([0-9]+[smhdw])+$", "default": parameter.written(parameter.default),
            "description": format!(
                "{}; from {} to {}", parameter.about, parameter.written(least), parameter.written(most)
            ),
        }),
    }
}

/// A list that is not empty.
fn some(mut list: Value) -> Value {
    list["minItems"] = json!(1);
    list
}

fn patterns(description: &str) -> Value {
    json!({"type": "array", "items": {"type": "string"}, "description": description})
}
