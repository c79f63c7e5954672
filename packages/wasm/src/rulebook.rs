//! The rulebook.

use batchlint::render::rulebook;
use batchlint::rule::Entry;
use batchlint::rules;
use serde::Serialize;
use serde_json::Value;

use crate::check::written;
use crate::options::File;

/// When the examples on pages are true, as `tests/rulebook.rs` holds them to it: some are of the hours before.
const AS_OF: i64 = 1_795_219_200;

pub(crate) fn all() -> String {
    let all: Vec<&Entry> = rules::all().collect();
    written(|out| rulebook::write(&all, out)).unwrap_or_default()
}

pub(crate) fn one(name: &str) -> Result<String, String> {
    let entry = rules::find(name).ok_or_else(|| format!("no rule is named `{name}`"))?;
    let json = written(|out| rulebook::write_page(entry, out))?;
    let mut value: Value = serde_json::from_str(&json).map_err(|error| error.to_string())?;
    for (key, section) in [("bad", "Bad"), ("good", "Good")] {
        let examples = examples(entry.rule.page.body(), section).into_iter().map(|yaml| Example::of(name, &yaml));
        value[key] = serde_json::to_value(examples.collect::<Vec<_>>()).map_err(|error| error.to_string())?;
    }
    value["asOf"] = AS_OF.into();
    Ok(value.to_string())
}

/// An example on a page, as files, and as they were before where it is one of a change.
#[derive(Serialize)]
struct Example {
    files: Vec<File>,
    before: Vec<File>,
}

impl Example {
    fn of(rule: &str, yaml: &str) -> Self {
        let one = |text: &str| vec![File { name: format!("{rule}.yaml"), text: text.to_owned() }];
        let versions = yaml.strip_prefix("# before\n").and_then(|rest| rest.split_once("---\n# after\n"));
        if let Some((before, after)) = versions {
            return Self { files: one(after), before: one(before) };
        }
        let mut files: Vec<File> = Vec::new();
        for line in yaml.lines() {
            if let Some(name) = line.strip_prefix("# file: ") {
                files.push(File { name: name.to_owned(), text: String::new() });
            } else if line != "---" {
                files.last_mut().into_iter().for_each(|file| file.text.extend([line, "\n"]));
            }
        }
        if files.is_empty() {
            files = one(yaml);
        }
        Self { files, before: Vec::new() }
    }
}

/// The examples in a section of a page, without the marks of what is found in them.
fn examples(page: &str, section: &str) -> Vec<String> {
    let mut parts = page.split("\n## ").filter_map(|part| part.strip_prefix(section)?.strip_prefix('\n'));
    let blocks = parts.next().unwrap_or_default().split("```yaml\n").skip(1);
    blocks.filter_map(|block| Some(unmarked(block.split("\n```").next()?))).collect()
}

fn unmarked(yaml: &str) -> String {
    yaml.lines().flat_map(|line| [line.split(" # flagged: ").next().unwrap_or_default().trim_end(), "\n"]).collect()
}
