//! The engine: one text in, findings out. It opens no file, reads no clock, prints nothing and never fails.

use std::collections::HashSet;
use std::sync::Arc;

use crate::analysis::{Analysis, Certainty, Outcome, Subject, analyse};
use crate::config::Config;
use crate::diagnostic::Resolved;
use crate::diagnostic::{Finding, ServerCause};
use crate::fix;
use crate::k8s::objects::Field;
use crate::k8s::{Manifest, Problem, Reason};
use crate::rule::{self, Check, Entry, Findings, Within};
use crate::rules::Selection;
use crate::text::Source;
use crate::yaml;

/// What was found in one file.
#[derive(Debug, Clone)]
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

/// Checks one text.
#[must_use]
pub fn lint(source: &Source, config: &Config) -> Report {
    report(&analyse(source.clone(), config.settings()), config)
}

/// What there is to say of a text that has been read.
#[must_use]
pub fn report(analysis: &Analysis, config: &Config) -> Report {
    let rules = config.selection();
    let mut engine = Engine { analysis, rules, subjects: Vec::new(), findings: Vec::new() };
    engine.file();
    for manifest in analysis.manifests() {
        engine.object(manifest);
    }
    engine.fleet();
    engine.findings.sort_by(|left, right| (left.span, left.rule).cmp(&(right.span, right.rule)));
    Report::new(analysis.shared_file(), engine.findings, analysis.outcomes())
}

struct Engine<'e> {
    analysis: &'e Analysis,
    rules: &'e Selection,
    subjects: Vec<Subject<'e>>,
    findings: Vec<Finding>,
}

impl<'e> Engine<'e> {
    fn file(&mut self) {
        for entry in &self.rules.files {
            if let Check::File(check) = entry.rule.check {
                check(self.analysis.file(), &mut Findings::new(entry, None, &mut self.findings));
            }
        }
    }

    fn object(&mut self, manifest: Manifest<'e>) {
        let certainty = self.analysis.certainty(manifest);
        if certainty != Certainty::Nothing {
            self.api(manifest, certainty);
        }
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
        self.subjects.push(subject);
    }

    fn fleet(&mut self) {
        for entry in &self.rules.fleets {
            if let Check::Fleet(check) = entry.rule.check {
                check(&self.subjects, &mut Findings::new(entry, None, &mut self.findings));
            }
        }
    }

    fn api(&mut self, manifest: Manifest<'_>, certainty: Certainty) {
        if !self.rules.asks_the_api() {
            return;
        }
        let problems = self.analysis.verdict(manifest).into_problems();
        for problem in problems.into_iter().filter(|problem| certainty.covers(problem)) {
            if let Some(rule) = self.rules.of_topic(problem.topic) {
                self.findings.push(api_finding(rule, manifest, problem));
            }
        }
    }
}

/// A problem of the API as a finding of its topic's rule.
fn api_finding(rule: &'static Entry, manifest: Manifest<'_>, problem: Problem) -> Finding {
    let rejected = problem.rejects();
    let filled_in = help(manifest, &problem);
    let fixes = if filled_in.is_some() { Vec::new() } else { problem.fixes };
    Finding {
        rule: rule.name,
        group: rule.group,
        severity: rule.rule.page.severity,
        help: filled_in.or(problem.help),
        message: problem.message,
        span: problem.span,
        document: Some(manifest.document.index),
        object: Some(rule::object(manifest)),
        server: rejected.then(|| ServerCause {
            stage: problem.stage.name(),
            reason: problem.reason.map(Reason::name),
            field: problem.field.clone(),
        }),
        field: Some(problem.field),
        labels: problem.labels,
        fixes,
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
