//! The last line for people: what was checked, what was found, and what was not checked and why.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::io;

use super::{BOLD, Counts, Habits, Harms, Look, style, unchecked, wrap};
use crate::analysis::{Outcome, Unchecked};
use crate::diagnostic::{Finding, Severity};
use crate::lint::Report;
use crate::sort;
use crate::text::{grouped, visible};

/// How many reasons the line names; the rest are counted together.
const REASONS: usize = 6;
/// Characters of a kind that are shown; Kubernetes' longest has fewer.
const KIND: usize = 40;

/// Counts over the files that were checked.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tally {
    /// Files that were read.
    pub files: usize,
    /// Files that could not be read.
    pub unread: usize,
    /// Objects in the files that were read.
    pub documents: usize,
    /// Objects that were checked.
    pub checked: usize,
    /// Those among them that are CronJobs, and Jobs.
    pub cron_jobs: usize,
    /// Those among them that are Jobs.
    pub jobs: usize,
    /// Files with objects that were checked.
    pub holding: usize,
    /// Findings of severity error.
    pub errors: usize,
    /// Findings of severity warning.
    pub warnings: usize,
    /// Findings of severity advice.
    pub advice: usize,
    /// Findings that are suppressed; no other count has them.
    pub suppressed: usize,
    /// Objects that were not checked, by kind or reason.
    pub not_checked: BTreeMap<Left, usize>,
    /// The rules that found something, the worst first.
    pub rules: BTreeSet<(Reverse<Severity>, &'static str)>,
    /// The rules of which something is suppressed.
    pub suppressed_rules: BTreeSet<&'static str>,
    /// Findings beyond how many of a rule are shown, by rule.
    pub not_shown: BTreeMap<&'static str, usize>,
    /// Findings that are less severe than is wanted, by rule.
    pub below: BTreeMap<&'static str, usize>,
    /// What was found by rule, where that is asked for.
    pub counts: Counts,
    /// Findings of pedantic rules that nobody asked for.
    pub habits: Habits,
    /// What happens to objects.
    pub harms: Harms,
}

impl Tally {
    /// The counts of one file.
    #[must_use]
    pub fn of(report: &Report) -> Self {
        let mut tally = Self { files: 1, documents: report.documents.len(), ..Self::default() };
        for outcome in &report.documents {
            match &outcome.not_checked {
                Some(reason) => *tally.not_checked.entry(Left::of(outcome, reason)).or_default() += 1,
                None => tally.count_checked(outcome),
            }
        }
        tally.holding = usize::from(tally.checked > 0);
        tally.below.clone_from(&report.below);
        tally.count(&report.findings);
        tally.count(&report.suppressed);
        for rest in &report.rests {
            if rest.first.suppressed.is_some() {
                tally.suppressed += rest.count();
                continue;
            }
            tally.rules.insert((Reverse(rest.first.severity), rest.first.rule));
            tally.errors += rest.of(Severity::Error);
            tally.warnings += rest.of(Severity::Warning);
            tally.advice += rest.of(Severity::Advice);
        }
        tally
    }

    /// The counts of findings that come after all files.
    #[must_use]
    pub fn of_findings<'f>(findings: impl IntoIterator<Item = &'f Finding>) -> Self {
        let mut tally = Self::default();
        tally.count(findings);
        tally
    }

    fn count_checked(&mut self, outcome: &Outcome) {
        self.checked += 1;
        self.cron_jobs += usize::from(outcome.kind.as_deref() == Some("CronJob"));
        self.jobs += usize::from(outcome.kind.as_deref() == Some("Job"));
    }

    fn count<'f>(&mut self, findings: impl IntoIterator<Item = &'f Finding>) {
        for finding in findings {
            if finding.suppressed.is_some() {
                self.suppressed += 1;
                self.suppressed_rules.insert(finding.rule);
                continue;
            }
            self.rules.insert((Reverse(finding.severity), finding.rule));
            match finding.severity {
                Severity::Error => self.errors += 1,
                Severity::Warning => self.warnings += 1,
                Severity::Advice => self.advice += 1,
            }
        }
    }

    /// Counts findings of a rule as not shown.
    pub(super) fn leave_out(&mut self, rule: &'static str, count: usize) {
        *self.not_shown.entry(rule).or_default() += count;
    }

    /// Counts findings of a rule as less severe than is wanted.
    pub(super) fn leave_out_below(&mut self, rule: &'static str, count: usize) {
        *self.below.entry(rule).or_default() += count;
    }

    /// Adds the counts of another file.
    pub fn add(&mut self, other: Self) {
        self.files += other.files;
        self.unread += other.unread;
        self.documents += other.documents;
        self.checked += other.checked;
        self.cron_jobs += other.cron_jobs;
        self.jobs += other.jobs;
        self.holding += other.holding;
        self.errors += other.errors;
        self.warnings += other.warnings;
        self.advice += other.advice;
        self.suppressed += other.suppressed;
        for (reason, count) in other.not_checked {
            *self.not_checked.entry(reason).or_default() += count;
        }
        self.rules.extend(other.rules);
        self.suppressed_rules.extend(other.suppressed_rules);
        for (rule, count) in other.not_shown {
            self.leave_out(rule, count);
        }
        for (rule, count) in other.below {
            self.leave_out_below(rule, count);
        }
        self.counts.merge(other.counts);
        self.habits.add(other.habits);
        self.harms.add(other.harms);
    }

    /// How many findings are at least as severe as this.
    #[must_use]
    pub fn at_least(&self, severity: Severity) -> usize {
        match severity {
            Severity::Error => self.errors,
            Severity::Warning => self.errors + self.warnings,
            Severity::Advice => self.errors + self.warnings + self.advice,
        }
    }
}

/// What objects that were not checked are counted by.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Left {
    /// Another kind than Job and CronJob, as it is shown.
    Kind(String),
    /// Templates that are not filled in.
    Templates,
    /// No kind.
    NoKind,
    /// What has a file's name and is none.
    NoFile,
    /// Any other reason, in words.
    Other(&'static str),
}

impl Left {
    fn of(outcome: &Outcome, reason: &Unchecked) -> Self {
        match (reason, &outcome.kind) {
            (Unchecked::OtherKind, Some(kind)) if !kind.is_empty() => {
                Self::Kind(visible(&kind.chars().take(KIND).collect::<String>()).into_owned())
            }
            (Unchecked::Template { .. }, _) => Self::Templates,
            (Unchecked::NoKind, _) => Self::NoKind,
            (Unchecked::NoFile { .. }, _) => Self::NoFile,
            _ => Self::Other(unchecked::group(reason)),
        }
    }

    /// As it reads behind a number.
    fn counted(&self, number: usize) -> String {
        match self {
            Self::Kind(kind) => format!("{} {kind}", shown(number)),
            Self::Templates => count(number, "template", "templates"),
            Self::NoKind => format!("{} without a kind", shown(number)),
            Self::NoFile => count(number, "that is no file", "that are no files"),
            Self::Other(reason) => format!("{} {reason}", shown(number)),
        }
    }
}

/// Writes the line, wrapped, and after findings another one that says where their reasons stand.
///
/// # Errors
/// When `out` cannot be written to.
pub fn write(tally: &Tally, look: Look, out: &mut dyn io::Write) -> io::Result<()> {
    let findings = findings(tally, look);
    let documents = match (tally.checked, tally.documents) {
        (checked, all) if checked == all => count(all, "document", "documents"),
        (checked, all) => format!("{} of {}", shown(checked), count(all, "document", "documents")),
    };
    let mut line = format!("Checked {documents} in {}: {findings}.", count(tally.files, "file", "files"));
    if !tally.not_checked.is_empty() {
        let left = shown(tally.documents - tally.checked);
        line.push_str(&format!(" Not checked: {left} ({}).", reasons(&tally.not_checked)));
    }
    if tally.unread > 0 {
        line.push_str(&format!(" Not read: {}.", count(tally.unread, "file", "files")));
    }
    let mut lines = vec![line];
    if !tally.not_shown.is_empty() {
        let rules: Vec<String> =
            tally.not_shown.iter().map(|(rule, count)| format!("{} of {rule}", shown(*count))).collect();
        lines.push(format!("Not shown: {}; --max-findings N shows more.", rules.join(", ")));
    }
    if !tally.below.is_empty() {
        let below = count(tally.below.values().sum(), "less severe finding", "less severe findings");
        lines.push(format!("Not shown: {below}; --min-severity advice leaves out none."));
    }
    lines.extend(tally.habits.line(tally.checked));
    for line in lines {
        writeln!(out, "{}", wrap::wrapped(&line, look, ["", ""]))?;
    }
    if !tally.rules.is_empty() {
        writeln!(out, "{}", wrap::wrapped(&explain(&tally.rules), look, ["", "  "]))?;
    }
    Ok(())
}

fn findings(tally: &Tally, look: Look) -> String {
    let counts = [
        (tally.errors, Severity::Error, "error", "errors"),
        (tally.warnings, Severity::Warning, "warning", "warnings"),
        (tally.advice, Severity::Advice, "piece of advice", "pieces of advice"),
    ];
    let counts: Vec<String> = counts
        .into_iter()
        .filter(|(number, ..)| *number > 0)
        .map(|(number, severity, one, many)| look.paint(style(severity), &count(number, one, many)))
        .collect();
    let mut found = if counts.is_empty() { look.paint(BOLD, "no findings") } else { counts.join(", ") };
    if tally.suppressed > 0 {
        found.push_str(&format!(", {} suppressed", shown(tally.suppressed)));
    }
    found
}

/// The commonest first.
fn reasons(not_checked: &BTreeMap<Left, usize>) -> String {
    let mut reasons: Vec<(&Left, usize)> = not_checked.iter().map(|(reason, number)| (reason, *number)).collect();
    sort::by_key(&mut reasons, |(_, number)| std::cmp::Reverse(*number));
    let rest: usize = reasons.iter().skip(REASONS).map(|(_, number)| number).sum();
    let mut named: Vec<String> = reasons.iter().take(REASONS).map(|(what, number)| what.counted(*number)).collect();
    if rest > 0 {
        named.push(format!("{} others, listed by -v", shown(rest)));
    }
    named.join(", ")
}

fn explain(rules: &BTreeSet<(Reverse<Severity>, &'static str)>) -> String {
    let first = rules.first().map_or("", |(_, rule)| rule);
    match rules.len() {
        1 => format!("Why, and what to do: batchlint explain {first}"),
        _ => format!("Why, and what to do: batchlint explain RULE, for example {first}"),
    }
}

/// The number with its noun.
pub(super) fn count(number: usize, one: &str, many: &str) -> String {
    format!("{} {}", shown(number), if number == 1 { one } else { many })
}

/// A number as messages have it, too: `15,666`.
fn shown(number: usize) -> String {
    grouped(number as i64)
}

#[cfg(test)]
mod tests {
    use super::*;

    const PLAIN: Look = Look { width: 100, color: false, unicode: true };

    fn line(tally: &Tally) -> String {
        let mut out = Vec::new();
        write(tally, PLAIN, &mut out).expect("a vector takes all");
        String::from_utf8(out).expect("text")
    }

    #[test]
    fn numbers_and_nouns_agree() {
        let mut tally = Tally { files: 1, documents: 1, checked: 1, ..Tally::default() };
        assert_eq!(line(&tally), "Checked 1 document in 1 file: no findings.\n");
        let suppressed = Tally { suppressed: 3, ..tally.clone() };
        assert_eq!(line(&suppressed), "Checked 1 document in 1 file: no findings, 3 suppressed.\n");
        let many = Tally { files: 1_427, documents: 4_143, checked: 4_143, errors: 15_666, ..Tally::default() };
        assert_eq!(line(&many), "Checked 4,143 documents in 1,427 files: 15,666 errors.\n");
        tally = Tally { errors: 2, warnings: 1, advice: 1, documents: 3, unread: 1, ..tally };
        tally.not_checked = ["Service", "Deployment"].map(|kind| (Left::Kind(kind.to_owned()), 1)).into();
        assert_eq!(
            line(&tally),
            "Checked 1 of 3 documents in 1 file: 2 errors, 1 warning, 1 piece of advice. Not checked: 2 (1\n\
             Deployment, 1 Service). Not read: 1 file.\n"
        );
    }

    #[test]
    fn many_kinds_are_grouped_with_the_commonest_first() {
        let kinds: BTreeMap<Left, usize> = (0..9).map(|kind| (Left::Kind(format!("Kind{kind}")), kind + 1)).collect();
        let expected = "9 Kind8, 8 Kind7, 7 Kind6, 6 Kind5, 5 Kind4, 4 Kind3, 6 others, listed by -v";
        assert_eq!(reasons(&kinds), expected);
    }
}
