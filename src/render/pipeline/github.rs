//! `--format github`: workflow commands, which GitHub shows as annotations in a pull request.
//!
//! Of a step GitHub shows ten annotations of each kind, and drops the others without a word: so the worst come first,
//! and the last says how many there are more.

use std::io::{self, Write as _};

use super::{path, replaced};
use crate::diagnostic::Severity;
use crate::render::Tally;
use crate::render::file::Found;
use crate::render::output::{Manner, Order, Output, Whole};
use crate::render::summary::count;

/// Annotations of a kind that a step may have.
const MOST: usize = 10;

pub(crate) struct GitHub;

impl Output for GitHub {
    fn name(&self) -> &'static str {
        "github"
    }

    fn about(&self) -> &'static str {
        "Workflow commands of GitHub Actions: annotations in a pull request, the worst first"
    }

    fn is_for_logs(&self) -> bool {
        true
    }

    fn order(&self) -> Order {
        Order::WorstFirst(MOST)
    }

    fn finding(&self, found: Found<'_>, manner: &Manner, out: &mut Vec<u8>) -> io::Result<()> {
        let finding = found.finding;
        let [start, end] = found.file.points(finding.span);
        let path = property(&path(found, manner));
        write!(out, "::{} file={path},line={},endLine={},", kind(finding.severity), start.line, end.line)?;
        // Columns of several lines are refused.
        if start.line == end.line {
            write!(out, "col={},endColumn={},", start.column, end.column)?;
        }
        writeln!(out, "title={}::{}", property(finding.rule), text(&found.with_help()))
    }

    fn end(&self, whole: &Whole<'_>, out: &mut dyn io::Write, aside: &mut dyn io::Write) -> io::Result<()> {
        let [errors, warnings, advice] =
            [Severity::Error, Severity::Warning, Severity::Advice].map(|severity| whole.ranked.of(severity));
        // The last of the notices may be wanted.
        let fits = left_out(whole.tally, [errors.len(), warnings.len(), advice.len()]).is_none();
        let advice = if fits { advice } else { &advice[..advice.len().min(MOST - 1)] };
        for annotation in [errors, warnings, advice].into_iter().flatten() {
            out.write_all(annotation)?;
        }
        if let Some(left) = left_out(whole.tally, [errors.len(), warnings.len(), advice.len()]) {
            writeln!(out, "::notice title=batchlint::and {left} more, which GitHub has no room for: see the log")?;
        }
        whole.sum_up(aside);
        Ok(())
    }
}

/// What there is beside so many of each severity, in words.
fn left_out(tally: &Tally, shown: [usize; 3]) -> Option<String> {
    let of = [
        (tally.errors, "error", "errors"),
        (tally.warnings, "warning", "warnings"),
        (tally.advice, "piece of advice", "pieces of advice"),
    ];
    let left = of.into_iter().zip(shown).filter_map(|((all, one, many), shown)| {
        let left = all.saturating_sub(shown);
        (left > 0).then(|| count(left, one, many))
    });
    let left: Vec<String> = left.collect();
    (!left.is_empty()).then(|| left.join(", "))
}

const fn kind(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Advice => "notice",
    }
}

/// A message, as the runner reads it back.
fn text(text: &str) -> String {
    replaced(text, in_text)
}

/// A property, which ends at a comma or a colon.
fn property(value: &str) -> String {
    replaced(value, |char| match char {
        ':' => Some("%3A"),
        ',' => Some("%2C"),
        _ => in_text(char),
    })
}

const fn in_text(char: char) -> Option<&'static str> {
    match char {
        '%' => Some("%25"),
        '\r' => Some("%0D"),
        '\n' => Some("%0A"),
        _ => None,
    }
}
