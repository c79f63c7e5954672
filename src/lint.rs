//! The engine: one text in, findings out. It opens no file, reads no clock, prints nothing and never fails.

mod api;
mod mends;
mod settle;

use std::sync::Arc;

use crate::analysis::{Analysis, Breadth, Certainty, Collector, Facts, Outcome, Subject, analyse, filled_in};
use crate::config::Config;
use crate::controller::Never;
use crate::diagnostic::{Finding, Late, Resolved, Severity};
use crate::fix;
use crate::k8s::objects::Field;
use crate::k8s::{Manifest, Problem, Resource};
use crate::project::{Project, Scope};
use crate::rule::{Check, Entry, Findings, Within};
use crate::rules::Selection;
use crate::text::{Source, Span};
use crate::yaml;
use api::FilledIn;
use settle::settle;

/// What was found in one file.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Report {
    /// In order of place, then of rule; what is said of one place in the same words is said once.
    pub findings: Vec<Finding>,
    /// What pedantic rules found and nobody asked for: to be counted.
    pub habits: Vec<Habit>,
    /// Every object of the file, checked or not.
    pub documents: Vec<Outcome>,
    /// The file as it was read.
    file: Arc<yaml::File>,
}

/// A finding as far as it is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Habit {
    /// The bytes that it is about.
    pub span: Span,
    /// The rule's name.
    pub rule: &'static str,
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
        Self { findings, habits: Vec::new(), documents, file }
    }

    /// Gives findings the severities that were asked for.
    fn weigh(&mut self, config: &Config) {
        for finding in &mut self.findings {
            finding.severity = config.severity_of(finding.rule).unwrap_or(finding.severity);
        }
    }

    /// Forgets the file, which only the fixes are made from.
    #[must_use]
    pub(crate) fn without_file(self) -> Self {
        Self { file: Arc::new(yaml::parse("")), ..self }
    }

    /// The fixes of each finding, in the order of the findings, as edits that were proved to hold.
    #[must_use]
    pub fn fixes(&self) -> Vec<Vec<Resolved>> {
        fix::resolve(&self.file, &self.findings)
    }
}

/// Checks one text. Where other files have a say, it is heard as that of a part: nobody can ask them.
#[must_use]
pub fn lint(source: &Source, config: &Config) -> Report {
    let analysis = analyse(source.clone(), config.settings());
    let mut engine = Engine::run(&analysis, config.selection());
    engine.findings.retain(|finding| finding.condition.is_none_or(|condition| condition.decide(None)));
    let (mut report, facts) = engine.finish();
    let mut project = Project::new();
    project.add(facts);
    let late = project.findings(config, Scope::Part);
    if !late.is_empty() {
        let (shown, habits) = parted(late.iter().map(|late| late.finding().clone()), config.selection());
        report.findings.extend(shown);
        report.habits.extend(habits.iter().map(Habit::of));
        report.habits.sort_unstable();
        settle(&mut report.findings);
    }
    report.weigh(config);
    report
}

/// What there is to say of a text that has been read, and what is known of it to checks over all files: findings of
/// those, and findings on which other files have a say, come from the [`Project`] that it is added to.
#[must_use]
pub fn report(analysis: &Analysis, config: &Config) -> (Report, Facts) {
    let (mut report, facts) = by_rules(analysis, config.selection());
    report.weigh(config);
    (report, facts)
}

fn by_rules(analysis: &Analysis, rules: &Selection) -> (Report, Facts) {
    let mut engine = Engine::run(analysis, rules);
    engine.part_conditional();
    engine.finish()
}

struct Engine<'e> {
    analysis: &'e Analysis,
    rules: &'e Selection,
    facts: Collector<'e>,
    findings: Vec<Finding>,
    filled_in: FilledIn,
}

impl<'e> Engine<'e> {
    fn run(analysis: &'e Analysis, rules: &'e Selection) -> Self {
        let facts = Collector::new(analysis, Breadth::CronJobs);
        let mut engine = Self { analysis, rules, facts, findings: Vec::new(), filled_in: FilledIn::default() };
        engine.file();
        for manifest in analysis.manifests() {
            manifest.indexed(|manifest| engine.object(manifest));
        }
        // A template that cannot be read says it for all.
        let of_texts = engine.filled_in.finding();
        let is_said = |rule: &str| engine.findings.iter().any(|finding| finding.rule == rule);
        if let Some(of_texts) = of_texts.filter(|one| !is_said(one.rule)) {
            engine.findings.push(of_texts);
        }
        mends::withdraw(&mut engine.findings, analysis);
        engine
    }

    fn finish(self) -> (Report, Facts) {
        let (shown, mut habits) = parted(self.findings, self.rules);
        settle(&mut habits);
        let habits = habits.iter().map(Habit::of).collect();
        let report = Report::new(self.analysis.shared_file(), shown, self.analysis.outcomes());
        (Report { habits, ..report }, self.facts.finish())
    }

    fn file(&mut self) {
        for entry in &self.rules.files {
            if let Check::File(check) = entry.rule.check {
                check(self.analysis.file(), &mut Findings::new(entry, None, &mut self.findings));
            }
        }
    }

    fn object(&mut self, manifest: Manifest<'_>) {
        let before = self.findings.len();
        self.look_at(manifest);
        self.findings[before..].sort_by_key(|finding| (finding.span, finding.rule));
    }

    fn look_at(&mut self, manifest: Manifest<'_>) {
        let certainty = self.analysis.certainty(manifest);
        let refusal = if certainty == Certainty::Nothing { None } else { self.api(manifest, certainty) };
        if !self.rules.looks_at_objects() {
            return;
        }
        let subject = Subject::new(manifest, self.analysis.settings());
        // What an object lacks may stand in the rest of its document: no rule looks at a part of one.
        if certainty == Certainty::Whole {
            for entry in &self.rules.objects {
                run(entry, &subject, &mut Findings::new(entry, Some(&subject), &mut self.findings));
            }
        }
        if !self.rules.fleets.is_empty() {
            self.facts.add(&subject, refusal);
        }
    }

    /// Hands the findings on which other files have a say to those who can ask them.
    fn part_conditional(&mut self) {
        if self.findings.iter().all(|finding| finding.condition.is_none()) {
            return;
        }
        let (conditional, own) =
            std::mem::take(&mut self.findings).into_iter().partition(|one| one.condition.is_some());
        self.findings = own;
        let conditional: Vec<Finding> = conditional;
        let (mut shown, habits) = parted(conditional, self.rules);
        settle(&mut shown);
        let fixes = fix::resolve(self.analysis.file(), &shown);
        // They are counted; what they say is not kept.
        let counted =
            |finding: Finding| Finding { condition: finding.condition, ..Habit::of(&finding).finding(finding.group) };
        let habits = habits.into_iter().map(|finding| (counted(finding), Vec::new()));
        for (finding, fixes) in shown.into_iter().zip(fixes).chain(habits) {
            if let Some(condition) = finding.condition {
                let at = self.facts.location(finding.span);
                self.facts.add_conditional(condition, Late::new(at, finding, fixes));
            }
        }
    }

    /// Reports what the server says of an object; why it refuses it, if it does.
    fn api(&mut self, manifest: Manifest<'_>, certainty: Certainty) -> Option<Never> {
        let for_facts = !self.rules.fleets.is_empty() && manifest.resource == Some(Resource::CronJob);
        if !self.rules.asks_the_api() && !for_facts {
            return None;
        }
        let verdict = self.analysis.verdict(manifest);
        let is_judged = |problem: &Problem| certainty.covers(problem) && filled_in(problem, manifest).is_none();
        let refusal = if for_facts { Never::refused(&verdict, is_judged) } else { None };
        let mut problems = verdict.into_problems();
        problems.sort_by_key(|problem| problem.stage);
        let problems = problems.into_iter().filter(|problem| certainty.covers(problem));
        api::report(problems, manifest, self.rules, &mut self.filled_in, &mut self.findings);
        refusal
    }
}

/// Findings that are shown, and those that are counted only.
fn parted(findings: impl IntoIterator<Item = Finding>, rules: &Selection) -> (Vec<Finding>, Vec<Finding>) {
    findings.into_iter().partition(|finding| rules.shows(finding.rule))
}

fn run(entry: &'static Entry, subject: &Subject<'_>, findings: &mut Findings<'_>) {
    match entry.rule.check {
        Check::File(_) | Check::Fleet(_) | Check::Api(_) => {}
        Check::Manifest(check) => check(subject, findings),
        Check::CronJob(check) => on(subject.cron_job.as_ref(), subject, |spec| check(spec, findings)),
        Check::TimeZone(check) => {
            if let Some(zone) = subject.outlook.as_ref().and_then(|outlook| outlook.time_zone.as_ref()) {
                check(Within::new(zone, zone.written.key, subject), findings);
            }
        }
        Check::Schedule(check) => {
            if let Some(timetable) = subject.timetable() {
                check(Within::new(timetable, timetable.written.key, subject), findings);
            }
        }
        Check::Job(check) => on(subject.job.as_ref(), subject, |spec| check(spec, findings)),
        Check::Pod(check) => on(subject.pod.as_ref(), subject, |spec| check(spec, findings)),
        Check::Container(check) => on(&subject.containers, subject, |container| check(container, findings)),
    }
}

/// Looks at fields of an object.
fn on<'a, T: 'a>(
    fields: impl IntoIterator<Item = &'a Field<'a, T>>,
    object: &'a Subject<'a>,
    look: impl FnMut(Within<'a, T>),
) {
    fields.into_iter().map(|field| Within::field(field, object)).for_each(look);
}

#[cfg(test)]
mod tests {
    use super::{by_rules, lint};
    use crate::analysis::{Settings, analyse};
    use crate::config::Config;
    use crate::diagnostic::{Circumstance, Fix};
    use crate::rule::{Check, Entry, Findings, Rule};
    use crate::rules::{Selection, Wish};
    use crate::schedule::Instant;
    use crate::text::{Edit, Source, Span};
    use crate::yaml::{Change, File};

    static RULE: Rule = Rule::new(
        "---\nsummary: what others may silence\nseverity: advice\nsince: 0.1.0\nfix: safe\n---\n",
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

    #[test]
    fn findings_on_which_other_files_have_a_say_go_with_the_facts_and_keep_their_fixes() {
        let analysis = analyse(Source::new("a.yaml", "a: 1\nb: 2\n"), &Settings::at(Instant::from_unix(0)));
        let mut selection = Selection::new(|_| Wish::Off);
        selection.files.push(&ENTRY);
        let (report, facts) = by_rules(&analysis, &selection);
        assert_eq!(report.findings.iter().map(|one| one.message.as_str()).collect::<Vec<_>>(), ["said at once"]);
        let told = facts.conditional.iter().map(|(condition, late)| {
            (late.finding().message.as_str(), late.at().start.line, late.fixes().len(), condition.decide(None))
        });
        assert_eq!(told.collect::<Vec<_>>(), [("unless others say no", 1, 1, true), ("if others say so", 2, 0, false)]);
    }
}
