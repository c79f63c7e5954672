//! What was found in a file: of each rule, what can be shown is kept, and the rest is counted.

use std::num::NonZeroUsize;
use std::sync::Arc;

use super::harm::told_as_harm;
use super::limit::Limit;
use super::settle::settle;
use super::{Habit, Report, Rest};
use crate::analysis::{Analysis, Outcome, Suppressions};
use crate::diagnostic::{Finding, Place, Suppression};
use crate::rule::Entry;
use crate::rules::{self, Selection};
use crate::sort;
use crate::yaml;

/// The findings of a file, part by part, in order of place.
#[derive(Debug)]
pub(super) struct Found<'r> {
    rules: &'r Selection,
    file: &'r yaml::File,
    suppressions: Suppressions,
    counting: Kept,
    suppressed: Kept,
    habits: Vec<Habit>,
}

/// Findings as far as they are kept.
#[derive(Debug)]
struct Kept {
    limit: Limit<(), Finding>,
    findings: Vec<Finding>,
}

impl Kept {
    fn new(most: Option<NonZeroUsize>) -> Self {
        Self { limit: Limit::new(most, |finding| finding), findings: Vec::new() }
    }

    fn add(&mut self, finding: Finding) {
        self.findings.extend(self.limit.keep(finding, ()));
    }
}

impl<'r> Found<'r> {
    /// Keeps so many of a rule in a document, or all, and as many of those that do not count.
    pub(super) fn new(rules: &'r Selection, most: Option<NonZeroUsize>, analysis: &'r Analysis) -> Self {
        let (counting, suppressed) = (Kept::new(most), Kept::new(most));
        let (file, suppressions) = (analysis.file(), analysis.suppressions());
        Self { rules, file, suppressions, counting, suppressed, habits: Vec::new() }
    }

    /// Takes all that was found in a part, at places that no other part has.
    pub(super) fn take(&mut self, findings: &mut Vec<Finding>) {
        findings.retain(|finding| !touches_unknown(self.file, finding));
        settle(findings);
        let told_as_harm = told_as_harm(findings);
        for (at, mut finding) in findings.drain(..).enumerate() {
            let suppressed = finding.suppressed.take().or_else(|| self.suppression(&finding));
            if told_as_harm.get(at).is_some_and(|is_told| *is_told) {
                continue;
            }
            match (self.rules.shows(finding.rule), suppressed.is_some()) {
                (true, false) => self.counting.add(finding),
                (true, true) => self.suppressed.add(Finding { suppressed, ..finding }),
                (false, false) => self.habits.push(Habit::of(&finding)),
                (false, true) => {}
            }
        }
        // After a large part there may be many small ones.
        findings.shrink_to(SMALL);
    }

    /// How many more of a rule are kept in a document, of those that count or of those that do not.
    pub(super) fn room(&self, rule: &str, document: usize, is_suppressed: bool) -> usize {
        let kept = if is_suppressed { &self.suppressed } else { &self.counting };
        kept.limit.room(rule, document, &())
    }

    /// Counts findings of a document, of whose rule no more are kept.
    pub(super) fn leave_out(&mut self, rest: Rest<Finding>) {
        let kept = if rest.first.suppressed.is_some() { &mut self.suppressed } else { &mut self.counting };
        kept.limit.leave_out(rest, ());
    }

    /// Counts so many more of a rule in a document, where the file has too many of it already; whether it has.
    pub(super) fn count_on(&mut self, (rule, document): (&Entry, usize), is_suppressed: bool, count: usize) -> bool {
        let kept = if is_suppressed { &mut self.suppressed } else { &mut self.counting };
        kept.limit.count_on((rule.name, rule.rule.page.severity), document, count)
    }

    /// Why a finding does not count, if it does not.
    pub(super) fn suppression(&mut self, finding: &Finding) -> Option<Arc<Suppression>> {
        if self.suppressions.is_empty() {
            return None;
        }
        self.suppressions.take(rules::find(finding.rule)?.names(), finding.span)
    }

    /// The suppressions of the file.
    pub(super) const fn suppressions(&self) -> &Suppressions {
        &self.suppressions
    }

    /// The suppressions of the file, to take their effect.
    pub(super) fn suppressions_mut(&mut self) -> &mut Suppressions {
        &mut self.suppressions
    }

    /// The suppressions with what came of them; what is found from here on counts.
    pub(super) fn take_suppressions(&mut self) -> Suppressions {
        std::mem::take(&mut self.suppressions)
    }

    /// Whether something is found by that rule, be it suppressed.
    pub(super) fn has(&self, rule: &str) -> bool {
        let all = self.counting.findings.iter().chain(&self.suppressed.findings);
        all.into_iter().any(|finding| finding.rule == rule)
    }

    /// Those that are kept.
    #[cfg(feature = "templates")]
    pub(super) fn kept(&self) -> &[Finding] {
        &self.counting.findings
    }

    /// Those that are kept, to be changed.
    pub(super) fn kept_mut(&mut self) -> &mut [Finding] {
        &mut self.counting.findings
    }

    /// All that was found, of a file as it was read.
    pub(super) fn finish(mut self, file: Arc<yaml::File>, documents: Vec<Outcome>) -> Report {
        sort::ascending(&mut self.habits);
        let mut rests = self.counting.limit.into_rests();
        rests.extend(self.suppressed.limit.into_rests());
        settle(&mut self.suppressed.findings);
        let report = Report::new(file, self.counting.findings, documents);
        Report { suppressed: self.suppressed.findings, rests, habits: self.habits, ..report }
    }
}

/// Findings that there is room for from part to part.
const SMALL: usize = 64;

/// Whether a finding is about what nobody knows, or may owe itself to that.
fn touches_unknown(file: &yaml::File, finding: &Finding) -> bool {
    let may_be_whole = |document| finding.rule == "yaml-syntax" && file.has_unknown(document);
    let labels = finding.labels.iter().filter_map(|label| match &label.place {
        Place::Here(span) => Some(*span),
        Place::Elsewhere(_) => None,
    });
    labels.chain([finding.span]).any(|span| file.is_unknown(span))
        || may_be_whole(finding.document.unwrap_or(usize::MAX))
}
