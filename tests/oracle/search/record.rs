//! A small collection of answers out of many: the shortest manifest for each kind of thing the server says.

use std::collections::{BTreeMap, HashSet};
use std::io::{self, Write};

use serde_json::{Value as Json, json};

use crate::shrink::Example;
use crate::verdict::without_brackets;

/// What a manifest may cost: tests of limits in the kilobytes have no place in a small collection.
const MOST: usize = 12_000;

/// The shortest manifest for each kind of answer.
#[derive(Default)]
pub(crate) struct Record {
    known: HashSet<String>,
    examples: BTreeMap<String, (usize, Json)>,
}

impl Record {
    /// Takes no examples of the kinds of this answer.
    pub(crate) fn leave_out(&mut self, answer: &Json) {
        self.known.extend(kinds(&answer["server"]));
    }

    /// Takes in an answer, if it is a new kind or shorter than those like it.
    pub(crate) fn add(&mut self, answer: &Json) {
        let cost = cost(answer);
        if cost > MOST {
            return;
        }
        for kind in kinds(&answer["server"]).into_iter().filter(|kind| !self.known.contains(kind)) {
            let known = self.examples.entry(kind).or_insert((usize::MAX, Json::Null));
            if cost < known.0 {
                *known = (cost, answer.clone());
            }
        }
    }

    /// The manifests, each with what it stands for.
    pub(crate) fn into_examples(self) -> Vec<Example> {
        self.examples.into_iter().map(|(name, (_, answer))| Example { name, answer }).collect()
    }
}

/// Writes each manifest once, with the answer.
pub(crate) fn write(examples: &[Example], out: &mut impl Write) -> io::Result<()> {
    let mut lines: Vec<_> = examples.iter().map(|example| line(&example.answer).to_string()).collect();
    lines.sort_unstable();
    lines.dedup();
    lines.iter().try_for_each(|line| writeln!(out, "{line}"))
}

/// Manifests that show one thing are better than those that show many.
fn cost(answer: &Json) -> usize {
    let causes = answer["server"]["causes"].as_array().map_or(0, Vec::len);
    answer["yaml"].as_str().map_or(0, str::len) + 1000 * causes
}

/// What the server says, without what is particular to this manifest.
pub(crate) fn kinds(server: &Json) -> Vec<String> {
    let text = |value: &Json| value.as_str().unwrap_or_default().to_owned();
    let list = |name: &str| server[name].as_array().cloned().unwrap_or_default();
    let mut kinds: Vec<_> = list("warnings").iter().map(|warning| place(&general(&text(warning)))).collect();
    kinds.extend(list("causes").iter().map(|cause| {
        format!("{} {} {}", text(&cause["reason"]), place(&text(&cause["field"])), general(&text(&cause["message"])))
    }));
    if list("causes").is_empty() {
        kinds.push(format!("{} {}", server["accepted"], general(&without_place(&text(&server["message"])))));
    }
    kinds
}

/// The field, the same for places that are checked by the same code.
fn place(field: &str) -> String {
    let field = without_brackets(&field.replace("spec.jobTemplate.spec.", "spec."), "[]");
    let Some((_, inside)) = field.split_once("ontainers[].").filter(|(_, inside)| inside.contains('.')) else {
        return field.replace("podAntiAffinity.", "podAffinity.");
    };
    let inside = ["readinessProbe.", "startupProbe."]
        .iter()
        .fold(inside.to_owned(), |path, probe| path.replace(probe, "livenessProbe."));
    format!("containers[].{}", inside.replace("preStop.", "postStart."))
}

/// Of a wrong type, what is wrong for what; not where.
fn without_place(message: &str) -> String {
    let Some((front, rest)) = message.split_once("Go struct field ") else { return message.to_owned() };
    let wanted = rest.rsplit(' ').next().unwrap_or_default();
    let scalar = ["bool", "int32", "int64", "string"].contains(&wanted);
    format!("{front}{}", if scalar { wanted } else { "another type" })
}

/// The text without quoted values, numbers and what stands in brackets.
fn general(text: &str) -> String {
    let unquoted: String = text.split('"').step_by(2).collect();
    let mut depth = 0_usize;
    let mut bare = String::new();
    for letter in unquoted.chars() {
        depth += usize::from(matches!(letter, '{' | '(' | '['));
        if depth == 0 && !matches!(letter, '0'..='9' | '-' | '+' | '.') {
            bare.push(letter);
        }
        depth = depth.saturating_sub(usize::from(matches!(letter, '}' | ')' | ']')));
    }
    bare.chars().take(56).collect()
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
