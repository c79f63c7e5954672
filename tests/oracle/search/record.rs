//! A small collection of answers out of many: the shortest manifest for each kind of thing the server says.

use std::collections::BTreeMap;
use std::io::{self, Write};

use serde_json::{Value as Json, json};

use crate::verdict::without_brackets;

/// The shortest manifest for each kind of answer.
#[derive(Default)]
pub(crate) struct Record(BTreeMap<String, (usize, Json)>);

impl Record {
    /// Takes in an answer, if it is a new kind or shorter than those like it.
    pub(crate) fn add(&mut self, answer: &Json) {
        let cost = cost(answer);
        for kind in kinds(&answer["server"]) {
            let known = self.0.entry(kind).or_insert((usize::MAX, Json::Null));
            if cost < known.0 {
                *known = (cost, answer.clone());
            }
        }
    }

    /// Writes each manifest once, with the answer.
    pub(crate) fn write(&self, out: &mut impl Write) -> io::Result<()> {
        let mut lines: Vec<_> = self.0.values().map(|(_, answer)| line(answer).to_string()).collect();
        lines.sort_unstable();
        lines.dedup();
        lines.iter().try_for_each(|line| writeln!(out, "{line}"))
    }
}

/// Manifests that show one thing are better than those that show many.
fn cost(answer: &Json) -> usize {
    let causes = answer["server"]["causes"].as_array().map_or(0, Vec::len);
    answer["yaml"].as_str().map_or(0, str::len) + 1000 * causes
}

/// What the server says, without what is particular to this manifest.
fn kinds(server: &Json) -> Vec<String> {
    let text = |value: &Json| value.as_str().unwrap_or_default().to_owned();
    let list = |name: &str| server[name].as_array().cloned().unwrap_or_default();
    let field = |path: &str| without_brackets(&path.replace("spec.jobTemplate.spec.", "spec."), "[]");
    let mut kinds: Vec<_> = list("warnings").iter().map(|warning| field(&general(&text(warning)))).collect();
    kinds.extend(list("causes").iter().map(|cause| {
        format!("{} {} {}", text(&cause["reason"]), field(&text(&cause["field"])), general(&text(&cause["message"])))
    }));
    if list("causes").is_empty() {
        kinds.push(format!("{} {}", server["accepted"], general(&text(&server["message"]))));
    }
    kinds
}

/// The text without quoted values and numbers.
fn general(text: &str) -> String {
    let unquoted: String = text.split('"').step_by(2).collect();
    unquoted.chars().filter(|letter| !letter.is_ascii_digit()).take(120).collect()
}

/// The answer without the texts that no one compares.
fn line(answer: &Json) -> Json {
    let server = &answer["server"];
    let mut short = json!({ "accepted": server["accepted"] });
    let bare = |cause: &Json| json!({ "reason": cause["reason"], "field": cause["field"] });
    if let Some(causes) = server["causes"].as_array() {
        short["causes"] = causes.iter().map(bare).collect();
    } else if !server["message"].is_null() {
        short["message"] = server["message"].clone();
    }
    for name in ["reason", "warnings"] {
        if !server[name].is_null() {
            short[name] = server[name].clone();
        }
    }
    json!({ "yaml": answer["yaml"], "server": short })
}
