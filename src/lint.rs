//! The engine: one text in, findings out. It opens no file, reads no clock, prints nothing and never fails.

use std::collections::HashSet;
use std::sync::Arc;

use crate::analysis::{Analysis, Breadth, Certainty, Collector, Facts, Outcome, Subject, analyse, identity};
use crate::config::Config;
use crate::controller::Never;
use crate::diagnostic::{Finding, Late, Resolved, ServerCause};
use crate::fix;
use crate::k8s::objects::Field;
use crate::k8s::{Manifest, Problem, Reason, Resource};
use crate::project::{Project, Scope};
use crate::rule::{Check, Entry, Findings, Within};
use crate::rules::Selection;
use crate::text::Source;
use crate::yaml;

/// What was found in one file.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Report {
    /// In order of place, then of rule.
    pub findings: Vec<Finding>,
    /// Every object of the file, checked or not.
    pub documents: Vec<Outcome>,
    /// The file as it was read.
    file: Arc<yaml::File>,
}

impl Report {
    /// A report of a file.
    #[must_use]
    pub fn new(file: Arc<yaml::File>, findings: Vec<Finding>, documents: Vec<Outcome>) -> Self {
        Self { findings, documents, file }
    }

    fn sort(&mut self) {
        let place = |finding: &Finding| (finding.span, finding.rule);
        // Sorting takes room, and those of one object behind the other are mostly sorted.
        if !self.findings.is_sorted_by_key(place) {
            self.findings.sort_by_key(place);
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

    /// The report for people: what several findings say of one place in the same words is said once.
    ///
    /// The API server can have several causes for one fault, and each of them is a finding; programs get them all.
    #[must_use]
    pub fn said_once(mut self) -> Self {
        let place = |finding: &Finding| (finding.span, finding.rule);
        if self.findings.windows(2).any(|pair| place(&pair[0]) == place(&pair[1])) {
            let mut said = HashSet::new();
            self.findings.retain(|finding| said.insert((place(finding), finding.message.clone())));
        }
        self
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
        report.findings.extend(late.iter().map(|late| late.finding().clone()));
        report.sort();
    }
    report
}

/// What there is to say of a text that has been read, and what is known of it to checks over all files: findings of
/// those, and findings on which other files have a say, come from the [`Project`] that it is added to.
#[must_use]
pub fn report(analysis: &Analysis, config: &Config) -> (Report, Facts) {
    by_rules(analysis, config.selection())
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
}

impl<'e> Engine<'e> {
    fn run(analysis: &'e Analysis, rules: &'e Selection) -> Self {
        let facts = Collector::new(analysis, Breadth::CronJobs);
        let mut engine = Self { analysis, rules, facts, findings: Vec::new() };
        engine.file();
        for manifest in analysis.manifests() {
            manifest.indexed(|manifest| engine.object(manifest));
        }
        engine
    }

    fn finish(self) -> (Report, Facts) {
        let mut report = Report::new(self.analysis.shared_file(), self.findings, self.analysis.outcomes());
        report.sort();
        (report, self.facts.finish())
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
        let fixes = fix::resolve(self.analysis.file(), &conditional);
        for (finding, fixes) in conditional.into_iter().zip(fixes) {
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
        let refusal = if for_facts { Never::refused(&verdict, |problem| certainty.covers(problem)) } else { None };
        for problem in verdict.into_problems().into_iter().filter(|problem| certainty.covers(problem)) {
            if let Some(rule) = self.rules.of_topic(problem.topic) {
                self.findings.push(api_finding(rule, manifest, problem));
            }
        }
        refusal
    }
}

/// A problem of the API as a finding of its topic's rule.
fn api_finding(rule: &'static Entry, manifest: Manifest<'_>, problem: Problem) -> Finding {
    let rejected = problem.rejects();
    let filled_in = help(manifest, &problem);
    let fixes = if filled_in.is_some() { Vec::new() } else { problem.fixes };
    Finding {
        help: filled_in.or(problem.help),
        document: Some(manifest.document.index),
        object: Some(identity(manifest)),
        server: rejected.then(|| ServerCause {
            stage: problem.stage.name(),
            reason: problem.reason.map(Reason::name),
            field: problem.field.clone(),
        }),
        field: Some(problem.field),
        labels: problem.labels,
        fixes,
        ..rule.finding(problem.span, problem.message)
    }
}

/// Advice that goes before the problem's own: a text that something else fills in is wrong only if nothing does.
fn help(manifest: Manifest<'_>, problem: &Problem) -> Option<String> {
    let placeholder = yaml::placeholder_in(manifest.document.slice(problem.span))?;
    Some(format!("if something fills in `{placeholder}`, check what comes out of that, and not this file"))
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
    use super::by_rules;
    use crate::analysis::{Settings, analyse};
    use crate::diagnostic::{Circumstance, Fix};
    use crate::rule::{Check, Entry, Findings, Rule};
    use crate::rules::Selection;
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
    fn findings_on_which_other_files_have_a_say_go_with_the_facts_and_keep_their_fixes() {
        let analysis = analyse(Source::new("a.yaml", "a: 1\nb: 2\n"), &Settings::at(Instant::from_unix(0)));
        let mut selection = Selection::new(|_| false);
        selection.files.push(&ENTRY);
        let (report, facts) = by_rules(&analysis, &selection);
        assert_eq!(report.findings.iter().map(|one| one.message.as_str()).collect::<Vec<_>>(), ["said at once"]);
        let told = facts.conditional.iter().map(|(condition, late)| {
            (late.finding().message.as_str(), late.at().start.line, late.fixes().len(), condition.decide(None))
        });
        assert_eq!(told.collect::<Vec<_>>(), [("if others say so", 2, 0, false), ("unless others say no", 1, 1, true)]);
    }
}
