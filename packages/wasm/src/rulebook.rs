//! The rulebook.

use batchlint::render::rulebook;
use batchlint::rule::Entry;
use batchlint::rules;
use serde_json::Value;

use crate::check::written;

pub(crate) fn all() -> String {
    let all: Vec<&Entry> = rules::all().collect();
    written(|out| rulebook::write(&all, out)).unwrap_or_default()
}

pub(crate) fn one(name: &str) -> Result<String, String> {
    let entry = rules::find(name).ok_or_else(|| format!("no rule is named `{name}`"))?;
    let json = written(|out| rulebook::write_page(entry, out))?;
    let mut value: Value = serde_json::from_str(&json).map_err(|error| error.to_string())?;
    value["bad"] = examples(entry.rule.page.body(), "Bad").into();
    value["good"] = examples(entry.rule.page.body(), "Good").into();
    Ok(value.to_string())
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
