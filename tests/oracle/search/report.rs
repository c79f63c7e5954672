//! Disagreements, grouped by what they are about.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::io::{self, Write};

use serde_json::Value as Json;

use crate::explained::{Difference, explain};
use crate::shrink::Example;
use crate::verdict::{Verdict, differences};

/// What a search has found.
#[derive(Default)]
pub(crate) struct Report {
    asked: usize,
    accepted: usize,
    skipped: usize,
    differing: usize,
    /// Cases by what explains a difference of theirs.
    explained: BTreeMap<&'static str, usize>,
    groups: BTreeMap<String, Group>,
    shrunk: bool,
}

struct Group {
    count: usize,
    /// The answer with the fewest changes and the shortest text.
    example: Json,
    size: (usize, usize),
}

impl Report {
    /// Takes in one answer; says whether the two verdicts differ, and nothing explains it.
    pub(crate) fn add(&mut self, answer: &Json, server: Option<&Verdict>, ours: Option<&Verdict>) -> bool {
        self.asked += 1;
        let (Some(server), Some(ours)) = (server, ours) else {
            self.skipped += 1;
            return false;
        };
        self.accepted += usize::from(server.stage.is_none());
        let differences = self.unexplained(answer, server, ours);
        let size = (answer["changes"].as_array().map_or(0, Vec::len), answer["yaml"].as_str().map_or(0, str::len));
        for difference in &differences {
            let group = self.groups.entry(difference.clone());
            let group = group.or_insert_with(|| Group { count: 0, example: answer.clone(), size });
            group.count += 1;
            if size < group.size {
                (group.example, group.size) = (answer.clone(), size);
            }
        }
        self.differing += usize::from(!differences.is_empty());
        !differences.is_empty()
    }

    /// The differences without those that are explained, which are counted.
    fn unexplained(&mut self, answer: &Json, server: &Verdict, ours: &Verdict) -> Vec<String> {
        let yaml = answer["yaml"].as_str().unwrap_or_default();
        let mut differences = differences(server, ours);
        differences.retain(|what| {
            let name = explain(&Difference { what, yaml, server, ours });
            name.inspect(|name| *self.explained.entry(name).or_default() += 1).is_none()
        });
        differences
    }

    /// Writes figures and the most frequent groups, each with its smallest example.
    pub(crate) fn write(&self, most: usize, out: &mut impl Write) -> io::Result<()> {
        let mut groups: Vec<_> = self.groups.iter().collect();
        groups.sort_by_key(|(name, group)| (Reverse(group.count), *name));
        for (name, group) in groups.iter().take(most) {
            writeln!(out, "{:7} {name}", group.count)?;
            let changes = group.example["changes"].as_array().into_iter().flatten();
            let changes: Vec<_> = changes.filter_map(Json::as_str).map(|change| shortened(change, 160)).collect();
            writeln!(
                out,
                "          {}: {}",
                shortened(group.example["id"].as_str().unwrap_or(""), 40),
                changes.join("; ")
            )?;
            if self.shrunk {
                let yaml = group.example["yaml"].as_str().unwrap_or_default();
                yaml.lines().take(40).try_for_each(|line| writeln!(out, "          | {}", shortened(line, 160)))?;
            }
            writeln!(out, "          server: {}", shortened(&said(&group.example["server"]), 240))?;
        }
        if groups.len() > most {
            writeln!(out, "        and {} further kinds of difference", groups.len() - most)?;
        }
        for (name, count) in &self.explained {
            writeln!(out, "{count:7} explained: {name}")?;
        }
        writeln!(
            out,
            "{} cases, {} accepted by the server, {} not comparable; {} differ, in {} ways",
            self.asked,
            self.accepted,
            self.skipped,
            self.differing,
            self.groups.len()
        )
    }

    /// Whether nothing differs that is not explained.
    pub(crate) fn is_quiet(&self) -> bool {
        self.differing == 0
    }

    /// Takes the smallest example of each kind out, the most frequent kinds first.
    pub(crate) fn examples(&mut self, most: usize) -> Vec<Example> {
        let mut groups: Vec<_> = self.groups.iter_mut().collect();
        groups.sort_by_key(|(name, group)| (Reverse(group.count), name.as_str()));
        let take = |(name, group): (&String, &mut Group)| Example { name: name.clone(), answer: group.example.take() };
        groups.into_iter().take(most).map(take).collect()
    }

    /// Puts examples back, shortened.
    pub(crate) fn put_back(&mut self, examples: Vec<Example>) {
        self.shrunk = true;
        for example in examples {
            if let Some(group) = self.groups.get_mut(&example.name) {
                group.example = example.answer;
            }
        }
    }

    /// Writes the smallest example of each kind, as JSON lines with `difference`.
    pub(crate) fn write_examples(&self, out: &mut impl Write) -> io::Result<()> {
        for (name, group) in &self.groups {
            let mut example = group.example.clone();
            example["difference"] = name.as_str().into();
            writeln!(out, "{example}")?;
        }
        Ok(())
    }
}

fn said(server: &Json) -> String {
    match (&server["message"], &server["warnings"]) {
        (Json::String(message), _) => message.clone(),
        (_, Json::Null) => "accepted".to_owned(),
        (_, warnings) => format!("accepted, with warnings {warnings}"),
    }
}

fn shortened(text: &str, most: usize) -> String {
    let line = text.replace('\n', "\\n");
    if line.chars().count() <= most { line } else { line.chars().take(most).chain("…".chars()).collect() }
}
