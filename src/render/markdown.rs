//! `--format markdown`: a table for a comment, a ticket or the summary of a pipeline's step: the worst first, each thing
//! once.

use std::io;

use super::file::Found;
use super::groups::Group;
use super::output::{Manner, Order, Output, Whole};
use super::{Look, summary};
use crate::rule::address;
use crate::text::visible;

/// Rows of the table. GitHub refuses a summary of more than 1 MiB, and people stop reading long before.
const ROWS: usize = 200;
/// Places that a row names.
const PLACES: usize = 3;

pub(super) struct Markdown;

impl Output for Markdown {
    fn name(&self) -> &'static str {
        "markdown"
    }

    fn about(&self) -> &'static str {
        "A table in Markdown, for comments and summaries"
    }

    fn is_for_people(&self) -> bool {
        true
    }

    fn order(&self) -> Order {
        Order::Alike
    }

    fn finding(&self, found: Found<'_>, _: &Manner, out: &mut Vec<u8>) -> io::Result<()> {
        let mut text = escaped(&found.message());
        if let Some(help) = found.help() {
            text.push_str("<br>help: ");
            text.push_str(&escaped(help));
        }
        out.extend_from_slice(text.as_bytes());
        Ok(())
    }

    fn end(&self, whole: &Whole<'_>, out: &mut dyn io::Write, _: &mut dyn io::Write) -> io::Result<()> {
        let groups = whole.groups.in_order();
        writeln!(out, "### batchlint\n")?;
        if !groups.is_empty() {
            writeln!(out, "| severity | rule | what | where |\n|---|---|---|---|")?;
        }
        for group in groups.iter().take(ROWS) {
            row(group, out)?;
        }
        if groups.len() > ROWS {
            let more = summary::count(groups.len() - ROWS, "more row", "more rows");
            writeln!(out, "\nThe table goes on for {more}.")?;
        }
        if !groups.is_empty() {
            writeln!(out)?;
        }
        let mut counts = Vec::new();
        summary::write(whole.tally, Look { color: false, ..whole.manner.look }, &mut counts)?;
        out.write_all(escaped(&String::from_utf8_lossy(&counts)).as_bytes())
    }
}

fn row(group: &Group, out: &mut dyn io::Write) -> io::Result<()> {
    let (severity, rule, address) = (group.severity.name(), group.rule, address(group.rule));
    let named = group.places.iter().take(PLACES);
    let mut places: Vec<String> =
        named.map(|place| code(&format!("{}:{}", visible(&place.file), place.line))).collect();
    if group.count > places.len() {
        places.push(format!("{} more", group.count - places.len()));
    }
    write!(out, "| {severity} | [{rule}]({address}) | ")?;
    out.write_all(&group.picture)?;
    writeln!(out, " | {} |", places.join("<br>"))
}

/// A text as code, in a cell of a table.
pub(super) fn code(text: &str) -> String {
    let text = text.replace('|', "\\|");
    if text.contains('`') { format!("`` {text} ``") } else { format!("`{text}`") }
}

/// The text as it reads, in a cell of a table: what stands in backticks stays code.
pub(super) fn escaped(text: &str) -> String {
    let mut result = String::with_capacity(text.len() + 16);
    // A backtick without another is no code.
    let ticks = text.matches('`').count() & !1;
    let mut seen = 0;
    for char in text.chars() {
        seen += usize::from(char == '`');
        let in_code = seen % 2 == 1 && seen < ticks + 1;
        match char {
            '|' => result.push_str("\\|"),
            '`' if seen > ticks => result.push_str("\\`"),
            '\\' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '~' | '&' if !in_code => {
                result.push('\\');
                result.push(char);
            }
            _ => result.push(char),
        }
    }
    result
}

#[cfg(test)]
mod tests {
    use super::{code, escaped};

    #[test]
    fn a_sentence_reads_in_markdown_as_it_is() {
        assert_eq!(escaped("`a_b|c` is *not* <b>"), "`a_b\\|c` is \\*not\\* \\<b\\>");
        assert_eq!(escaped("`one` and ` more_"), "`one` and \\` more\\_");
        assert_eq!(code("a|b.yaml:1"), "`a\\|b.yaml:1`");
        assert_eq!(code("a`b.yaml:1"), "`` a`b.yaml:1 ``");
    }
}
