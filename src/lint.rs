//! The engine: one text in, findings out. It opens no file, reads no clock, prints nothing and never fails.

mod across;
mod api;
#[cfg(feature = "templates")]
mod chart;
mod engine;
mod fingerprints;
mod found;
mod harm;
#[cfg(feature = "lsp")]
mod known;
#[cfg(feature = "templates")]
mod kustomization;
mod limit;
mod memory;
mod mends;
mod misuses;
mod outside;
mod part;
mod row;
mod settle;

use std::collections::BTreeMap;
use std::num::NonZeroUsize;
use std::sync::Arc;

use serde::{Deserialize as _, Deserializer};

use crate::analysis::{Analysis, Facts, Outcome, analyse};
#[cfg(feature = "cli")]
use crate::analysis::{Unchecked, read};
use crate::config::Config;
use crate::diagnostic::{Finding, Fix, Late, Resolved, Safety, Severity, Suppression};
use crate::fix;
use crate::project::{Project, Scope};
use crate::rules::Selection;
use crate::sort;
use crate::text::{Source, Span, Word, kept, word};
use crate::yaml::{self, Change};
#[cfg(feature = "templates")]
pub use chart::{
    ChartReport, Fixable, PrintedChart, chart, chart_given, of_stream, printed_chart, stops_jobs, suppress_in_chart,
};
use engine::{Engine, parted};
#[cfg(feature = "lsp")]
pub(crate) use known::facts;
#[cfg(feature = "templates")]
pub use kustomization::{Build, Builds, kustomization};
pub(crate) use limit::Limit;
pub use limit::Rest;
pub use memory::Memory;
pub use part::Part;
use settle::settle;

/// What was found in one file.
#[derive(Debug, Clone, serde::Serialize, serde::Deserialize)]
#[non_exhaustive]
pub struct Report {
    /// In order of place, then of rule; what is said of one place in the same words is said once.
    pub findings: Vec<Finding>,
    /// Findings that do not count, each with the reason, in the same order. Their fixes are not for anybody to apply.
    pub suppressed: Vec<Finding>,
    /// Findings beyond as many of a rule as the [`Config`] keeps: to be counted; of suppressed ones the first says so.
    pub rests: Vec<Rest<Finding>>,
    /// What pedantic rules found and nobody asked for: to be counted.
    pub habits: Vec<Habit>,
    /// Findings that are less severe than is wanted, by rule: to be counted.
    #[serde(deserialize_with = "by_rule")]
    pub below: BTreeMap<Word, usize>,
    /// Every object of the file, checked or not.
    pub documents: Vec<Outcome>,
    /// The file as it was read.
    #[serde(skip, default = "no_file")]
    file: Arc<yaml::File>,
}

/// Reads counts by rule.
fn by_rule<'de, D: Deserializer<'de>>(from: D) -> Result<BTreeMap<Word, usize>, D::Error> {
    let counts = BTreeMap::<String, usize>::deserialize(from)?;
    Ok(counts.into_iter().map(|(rule, count)| (kept(rule), count)).collect())
}

/// The file of a report that was written down, until it [has its own](Report::with_file).
fn no_file() -> Arc<yaml::File> {
    Arc::new(yaml::parse(""))
}

/// A finding as far as it is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
pub struct Habit {
    /// The bytes that it is about.
    pub span: Span,
    /// The rule's name.
    #[serde(deserialize_with = "word")]
    pub rule: Word,
}

impl Habit {
    fn of(finding: &Finding) -> Self {
        Self { span: finding.span, rule: finding.rule }
    }

    /// A finding that says nothing.
    fn finding(self, group: &'static str) -> Finding {
        Finding::new(self.rule, group, Severity::Advice, self.span, "")
    }
}

impl Report {
    /// A report of a file. What several findings say of one place in the same words is said once.
    #[must_use]
    pub fn new(file: Arc<yaml::File>, mut findings: Vec<Finding>, documents: Vec<Outcome>) -> Self {
        settle(&mut findings);
        let (suppressed, rests, habits, below) = (Vec::new(), Vec::new(), Vec::new(), BTreeMap::new());
        Self { findings, suppressed, rests, habits, below, documents, file }
    }

    /// Takes findings out of the count that `why` has a reason for.
    pub fn suppress(&mut self, mut why: impl FnMut(&Finding) -> Option<Arc<Suppression>>) {
        let is_suppressed = |finding: &mut Finding| {
            finding.suppressed = why(finding);
            finding.suppressed.is_some()
        };
        self.suppressed.extend(self.findings.extract_if(.., is_suppressed));
        settle(&mut self.suppressed);
    }

    /// Gives findings the severities that were asked for.
    fn weigh(&mut self, config: &Config) {
        for finding in self.findings.iter_mut().chain(&mut self.suppressed) {
            finding.severity = config.severity_of(finding.rule).unwrap_or(finding.severity);
        }
        for rest in &mut self.rests {
            if let Some(severity) = config.severity_of(rest.first.rule) {
                rest.first.severity = severity;
                rest.weigh(severity);
            }
        }
        if config.min_severity() > Severity::Advice {
            self.leave_out_below(config);
        }
    }

    /// Takes out what is less severe than is wanted, and counts it. Of a rule, all findings are as severe.
    fn leave_out_below(&mut self, config: &Config) {
        let least = config.min_severity();
        let mut below: Vec<(&'static str, usize)> = Vec::new();
        below.extend(self.findings.extract_if(.., |one| one.severity < least).map(|one| (one.rule, 1)));
        below.extend(
            self.rests.extract_if(.., |rest| rest.first.severity < least).map(|rest| (rest.first.rule, rest.count())),
        );
        below.extend(self.habits.extract_if(.., |habit| config.is_below(habit.rule)).map(|habit| (habit.rule, 1)));
        for (rule, count) in below {
            *self.below.entry(rule).or_default() += count;
        }
    }

    /// The file as it was read.
    pub(crate) fn file(&self) -> &yaml::File {
        &self.file
    }

    /// Forgets the file, which only the fixes are made from.
    #[must_use]
    pub(crate) fn without_file(self) -> Self {
        Self { file: no_file(), ..self }
    }

    /// Whether something of it is told with its place, so that the text has to be at hand.
    #[cfg(feature = "cli")]
    pub(crate) fn has_places(&self) -> bool {
        let Self { findings, suppressed, rests, habits, .. } = self;
        let has_none = findings.is_empty() && suppressed.is_empty() && rests.is_empty() && habits.is_empty();
        !has_none || self.ends_early()
    }

    /// Whether a document could not be read to its end.
    #[cfg(feature = "cli")]
    fn ends_early(&self) -> bool {
        let is_cut = |why: &Unchecked| matches!(why, Unchecked::NotYaml { .. } | Unchecked::Template { .. });
        self.documents.iter().any(|outcome| outcome.not_checked.as_ref().is_some_and(is_cut))
    }

    /// A report that was written down, with the text that it was made from: its fixes are for that.
    #[cfg(feature = "cli")]
    #[must_use]
    pub(crate) fn with_file(self, source: &Source) -> Self {
        let has_fixes = self.findings.iter().any(|finding| !finding.fixes.is_empty());
        let is_asked_for = has_fixes || self.ends_early();
        if is_asked_for { Self { file: Arc::new(read(source)), ..self } } else { self }
    }

    /// The fixes of each finding, in the order of the findings, as edits that were proved to hold.
    #[must_use]
    pub fn fixes(&self) -> Vec<Vec<Resolved>> {
        fix::resolve(&self.file, &self.findings)
    }

    /// Those among them that may be applied without a look.
    #[must_use]
    pub fn safe_fixes(&self) -> Vec<Vec<Resolved>> {
        fix::resolve_where(&self.file, &self.findings, |fix| fix.safety == Safety::Safe)
    }
}

/// Checks one text. Where other files have a say, it is heard as that of a part: nobody can ask them.
#[must_use]
pub fn lint(source: &Source, config: &Config) -> Report {
    alone(&analyse(source.clone(), config.settings()), config)
}

/// The same of a text that has been read.
#[must_use]
pub fn alone(analysis: &Analysis, config: &Config) -> Report {
    by_itself(analysis, config, None)
}

/// The same of a text of which an earlier state was checked, as while it is typed: only what has changed is looked at. What is
/// found now is in the memory for the next time.
#[must_use]
pub fn again(analysis: &Analysis, config: &Config, memory: &mut Memory) -> Report {
    by_itself(analysis, config, Some(memory))
}

fn by_itself(analysis: &Analysis, config: &Config, memory: Option<&mut Memory>) -> Report {
    let mut engine = Engine::run_with(analysis, config.selection(), config.most(), memory);
    add_of_template(&mut engine, analysis, config.selection());
    engine.decide_conditional();
    let (report, facts) = engine.finish();
    let mut project = Project::new();
    project.add(facts);
    joined(report, &over_all(&project, config, Scope::Part), analysis, config)
}

/// What rules find in a text among others, to be [joined], and what is known of it to checks over all files; sooner, where an
/// earlier state of it was checked.
#[cfg(feature = "lsp")]
pub(crate) fn apart(analysis: &Analysis, config: &Config, memory: Option<&mut Memory>) -> (Report, Facts) {
    by_rules(analysis, (config.selection(), config.most()), memory)
}

/// All that there is to say of a text: what rules find in it, and in it what is found over all files.
pub(crate) fn joined(report: Report, late: &[Late], analysis: &Analysis, config: &Config) -> Report {
    joined_with(report, late.iter().map(of_one_file).collect(), analysis, config)
}

/// The same of findings over all files that are those of this one.
pub(crate) fn joined_with(mut report: Report, late: Vec<Finding>, analysis: &Analysis, config: &Config) -> Report {
    if !late.is_empty() {
        let (shown, habits) = parted(late, config.selection());
        let (suppressed, counting): (Vec<_>, Vec<_>) =
            shown.into_iter().partition(|finding| finding.suppressed.is_some());
        report.findings.extend(counting);
        report.suppressed.extend(suppressed);
        report.habits.extend(habits.iter().filter(|habit| habit.suppressed.is_none()).map(Habit::of));
        sort::ascending(&mut report.habits);
        settle(&mut report.findings);
        settle(&mut report.suppressed);
    }
    fingerprints::mark(report.findings.iter_mut().chain(&mut report.suppressed), analysis);
    report.weigh(config);
    report
}

/// A finding over all files where there is one: what mends it is a change of that one.
pub(crate) fn of_one_file(late: &Late) -> Finding {
    let fix = |fix: &Resolved| {
        let edits = fix.changes(late.at()).map(|(_, edit)| edit).collect();
        Fix { title: fix.title.clone(), safety: fix.safety, change: Change::text(edits) }
    };
    Finding { fixes: late.fixes().iter().map(fix).collect(), ..late.finding().clone() }
}

/// What there is to say of a text that has been read, and what is known of it to checks over all files: findings of
/// those, and findings on which other files have a say, come from the [`Project`] that it is added to.
#[must_use]
pub fn report(analysis: &Analysis, config: &Config) -> (Report, Facts) {
    let (mut report, facts) = by_rules(analysis, (config.selection(), config.most()), None);
    fingerprints::mark(report.findings.iter_mut().chain(&mut report.suppressed), analysis);
    report.weigh(config);
    (report, facts)
}

/// What is found over all files, and what other files have a say on, in order of place.
#[must_use]
pub fn over_all(project: &Project, config: &Config, scope: Scope) -> Vec<Late> {
    project.findings(across::find(project, config), config, scope)
}

fn by_rules(
    analysis: &Analysis,
    (rules, most): (&Selection, Option<NonZeroUsize>),
    memory: Option<&mut Memory>,
) -> (Report, Facts) {
    let mut engine = Engine::run_with(analysis, rules, most, memory);
    add_of_template(&mut engine, analysis, rules);
    engine.hand_on_conditional();
    engine.finish()
}

/// Adds what is certain of a template that stands without its chart.
#[cfg(feature = "templates")]
fn add_of_template(engine: &mut Engine<'_>, analysis: &Analysis, rules: &Selection) {
    if let Some(findings) = chart::in_stray_template(analysis, rules) {
        engine.add_of_template(findings);
    }
}

#[cfg(not(feature = "templates"))]
fn add_of_template(_: &mut Engine<'_>, _: &Analysis, _: &Selection) {}

#[cfg(test)]
mod tests {
    use super::{by_rules, lint};
    use crate::analysis::{Settings, analyse};
    use crate::config::Config;
    use crate::diagnostic::{Circumstance, Fix};
    use crate::rule::{Check, Entry, Findings, Page, Rule};
    use crate::rules::{Selection, Wish};
    use crate::schedule::Instant;
    use crate::text::{Edit, Source, Span};
    use crate::yaml::{Change, File};

    static RULE: Rule = Rule::new(
        Page::new(
            "summary: what others may silence\nseverity: advice\nsince: 0.1.0\nfix: safe\nrests-on: place\n",
            0..0,
        ),
        Check::File(check),
    );
    static ENTRY: Entry = Entry { group: "yaml", name: "a-rule", rule: &RULE };

    fn check(_: &File, findings: &mut Findings<'_>) {
        let (first, second) = (Span::new(0, 1), Span::new(5, 6));
        let fix = Fix::safe("write 3", Change::text(vec![Edit::replace(Span::new(3, 4), "3")]));
        findings.report(first, "said at once");
        findings.report(second, "if others say so").only_if(Circumstance::AppliedByFlux);
        findings.report(first, "unless others say no").unless(Circumstance::AppliedByFlux, true).fix(fix);
    }

    #[test]
    fn texts_that_are_filled_in_are_told_of_by_their_rule_alone() {
        let text = "apiVersion: batch/v1\nkind: Job\nmetadata: {name: \"${NAME}\"}\nspec: {template: {spec: {restartPolicy: Never, containers: [{name: a, image: a}]}}}\n";
        for group in ["yaml", "template-not-rendered", "all"] {
            let config = Config::at(Instant::from_unix(0)).with_rules(&[group], &["pod", "run"]).expect("these exist");
            let found: Vec<_> =
                lint(&Source::new("a.yaml", text), &config).findings.iter().map(|one| one.rule).collect();
            assert_eq!(found, ["template-not-rendered"], "{group}");
        }
    }

    #[cfg(all(feature = "lsp", feature = "templates"))]
    #[test]
    fn a_template_without_its_chart_is_told_of_the_same_in_an_editor() {
        let text = "apiVersion: batch/v1\nkind: Job\nmetadata:\n  name: {{ .Release.Name }}\nspec:\n  template:\n    spec:\n      restartPolicy: Always\n      containers: [{name: a, image: a}]\n";
        let config = Config::at(Instant::from_unix(0));
        let analysis = analyse(Source::new("a.yaml", text), config.settings());
        let found = |report: &super::Report| report.findings.iter().map(|one| one.rule).collect::<Vec<_>>();
        let (apart, _) = super::apart(&analysis, &config, Some(&mut super::Memory::default()));
        assert!(found(&apart).contains(&"job-restart-policy"), "{:?}", found(&apart));
        assert_eq!(found(&apart), found(&super::report(&analysis, &config).0));
    }

    #[test]
    fn findings_on_which_other_files_have_a_say_go_with_the_facts_and_keep_their_fixes() {
        let analysis = analyse(Source::new("a.yaml", "a: 1\nb: 2\n"), &Settings::at(Instant::from_unix(0)));
        let mut selection = Selection::new(|_| Wish::Off);
        selection.files.push(&ENTRY);
        let (report, facts) = by_rules(&analysis, (&selection, None), None);
        assert_eq!(report.findings.iter().map(|one| one.message.as_str()).collect::<Vec<_>>(), ["said at once"]);
        let told = facts.conditional.iter().map(|(condition, late)| {
            (late.finding().message.as_str(), late.at().start.line, late.fixes().len(), condition.decide(None))
        });
        assert_eq!(told.collect::<Vec<_>>(), [("unless others say no", 1, 1, true), ("if others say so", 2, 0, false)]);
    }
}
