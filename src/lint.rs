//! The engine: one text in, findings out. It opens no file, reads no clock, prints nothing and never fails.

mod api;
mod found;
mod limit;
mod mends;
mod settle;

use std::num::NonZeroUsize;
use std::sync::Arc;

use crate::analysis::{Analysis, Breadth, Certainty, Collector, Facts, Outcome, Subject, analyse, filled_in};
use crate::config::Config;
use crate::controller::Never;
use crate::diagnostic::{Finding, Late, Resolved, Safety, Severity};
use crate::fix;
use crate::k8s::objects::Field;
use crate::k8s::{Manifest, Problem, Resource};
use crate::project::{Project, Scope};
use crate::rule::{Check, Entry, Findings, Within};
use crate::rules::Selection;
use crate::text::{Source, Span};
use crate::yaml;
use api::{FilledIn, Wanted};
use found::Found;
pub(crate) use limit::Limit;
pub use limit::Rest;
use settle::settle;

/// What was found in one file.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Report {
    /// In order of place, then of rule; what is said of one place in the same words is said once.
    pub findings: Vec<Finding>,
    /// Findings beyond as many of a rule as the [`Config`] keeps: to be counted.
    pub rests: Vec<Rest<Finding>>,
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
        Self { findings, rests: Vec::new(), habits: Vec::new(), documents, file }
    }

    /// Gives findings the severities that were asked for.
    fn weigh(&mut self, config: &Config) {
        for finding in &mut self.findings {
            finding.severity = config.severity_of(finding.rule).unwrap_or(finding.severity);
        }
        for rest in &mut self.rests {
            config.severity_of(rest.first.rule).into_iter().for_each(|severity| rest.weigh(severity));
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

    /// Those among them that may be applied without a look.
    #[must_use]
    pub fn safe_fixes(&self) -> Vec<Vec<Resolved>> {
        fix::resolve_where(&self.file, &self.findings, |fix| fix.safety == Safety::Safe)
    }
}

/// Checks one text. Where other files have a say, it is heard as that of a part: nobody can ask them.
#[must_use]
pub fn lint(source: &Source, config: &Config) -> Report {
    let analysis = analyse(source.clone(), config.settings());
    let mut engine = Engine::run(&analysis, config.selection(), config.most());
    engine.decide_conditional();
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
    let (mut report, facts) = by_rules(analysis, config.selection(), config.most());
    report.weigh(config);
    (report, facts)
}

fn by_rules(analysis: &Analysis, rules: &Selection, most: Option<NonZeroUsize>) -> (Report, Facts) {
    let mut engine = Engine::run(analysis, rules, most);
    engine.hand_on_conditional();
    engine.finish()
}

struct Engine<'e> {
    analysis: &'e Analysis,
    rules: &'e Selection,
    /// How many of a rule are kept in a document, if not all.
    most: Option<NonZeroUsize>,
    facts: Collector<'e>,
    /// Those of a part of the file, and those of it that are counted only.
    findings: Vec<Finding>,
    counted: Vec<Rest<Finding>>,
    /// Those on which other files have a say.
    conditional: Vec<Finding>,
    found: Found<'e>,
    filled_in: FilledIn,
}

impl<'e> Engine<'e> {
    fn run(analysis: &'e Analysis, rules: &'e Selection, most: Option<NonZeroUsize>) -> Self {
        let (facts, found) = (Collector::new(analysis, Breadth::CronJobs), Found::new(rules, most));
        let mut engine = Self {
            analysis,
            rules,
            most,
            facts,
            findings: Vec::new(),
            counted: Vec::new(),
            conditional: Vec::new(),
            found,
            filled_in: FilledIn::default(),
        };
        engine.file();
        engine.part();
        for manifest in analysis.manifests() {
            manifest.indexed(|manifest| engine.object(manifest));
        }
        engine.part();
        // A template that cannot be read says it for all.
        let of_texts = engine.filled_in.finding();
        let is_said = |rule: &str| engine.found.kept().iter().any(|finding| finding.rule == rule);
        if let Some(of_texts) = of_texts.filter(|one| !is_said(one.rule)) {
            engine.found.take(&mut vec![of_texts]);
        }
        mends::withdraw(engine.found.kept_mut(), analysis);
        engine
    }

    fn finish(self) -> (Report, Facts) {
        let (kept, rests, mut habits) = self.found.finish();
        habits.sort_unstable();
        let report = Report::new(self.analysis.shared_file(), kept, self.analysis.outcomes());
        (Report { rests, habits, ..report }, self.facts.finish())
    }

    fn file(&mut self) {
        for entry in &self.rules.files {
            if let Check::File(check) = entry.rule.check {
                check(self.analysis.file(), &mut Findings::new(entry, None, &mut self.findings));
            }
        }
    }

    fn object(&mut self, manifest: Manifest<'_>) {
        let document = manifest.document;
        if self.findings.first().is_some_and(|finding| finding.document != Some(document.index)) {
            self.part();
        }
        self.look_at(manifest);
        // Where there are aliases, two objects may have one place, of which each thing is said once.
        if !document.has_aliases {
            self.part();
        }
    }

    /// Takes in what was found in a part of the file, but for what others have a say on.
    fn part(&mut self) {
        for finding in self.findings.extract_if(.., |finding| finding.condition.is_some()) {
            // Of what is counted, what it says is not kept.
            let counted = || Finding { condition: finding.condition, ..Habit::of(&finding).finding(finding.group) };
            self.conditional.push(if self.rules.shows(finding.rule) { finding } else { counted() });
        }
        self.found.take(&mut self.findings);
        self.counted.drain(..).for_each(|rest| self.found.leave_out(rest));
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

    /// Takes of the findings on which other files have a say those that are said where there are none.
    fn decide_conditional(&mut self) {
        self.conditional.retain(|finding| finding.condition.is_some_and(|condition| condition.decide(None)));
        self.found.take(&mut self.conditional);
    }

    /// Hands the findings on which other files have a say to those who can ask them.
    fn hand_on_conditional(&mut self) {
        if self.conditional.is_empty() {
            return;
        }
        let (mut shown, habits) = parted(std::mem::take(&mut self.conditional), self.rules);
        settle(&mut shown);
        let fixes = fix::resolve(self.analysis.file(), &shown);
        let habits = habits.into_iter().map(|finding| (finding, Vec::new()));
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
        problems.retain(|problem| certainty.covers(problem));
        let wanted = Wanted { rules: self.rules, most: self.most };
        let rests = api::report(problems, manifest, &mut self.filled_in, wanted, &mut self.findings);
        self.counted.extend(rests);
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
        let (report, facts) = by_rules(&analysis, &selection, None);
        assert_eq!(report.findings.iter().map(|one| one.message.as_str()).collect::<Vec<_>>(), ["said at once"]);
        let told = facts.conditional.iter().map(|(condition, late)| {
            (late.finding().message.as_str(), late.at().start.line, late.fixes().len(), condition.decide(None))
        });
        assert_eq!(told.collect::<Vec<_>>(), [("unless others say no", 1, 1, true), ("if others say so", 2, 0, false)]);
    }
}
