//! The engine: one text in, findings out. It opens no file, reads no clock, prints nothing and never fails.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use crate::config::Config;
use crate::diagnostic::{Finding, ServerCause};
use crate::fix::{self, Resolved};
use crate::k8s::{self, Classified, Manifest, NotChecked, Problem, Reason};
use crate::rule::{self, Check, Entry, Findings, Subject};
use crate::rules::Selection;
use crate::text::{Lines, Source, Span};
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
    pub fn new(file: yaml::File, findings: Vec<Finding>, documents: Vec<Outcome>) -> Self {
        Self { findings, documents, file: Arc::new(file) }
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

/// What became of one object of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    /// The document, counted from 0 as kubectl counts; the items of a list share one.
    pub document: usize,
    /// Its kind, where it could be read.
    pub kind: Option<String>,
    /// Its name, where it could be read.
    pub name: Option<String>,
    /// Its bytes.
    pub span: Span,
    /// Why it was not checked; `None` if it was.
    pub not_checked: Option<String>,
}

/// Checks one file.
#[must_use]
pub fn lint(source: &Source, config: &Config) -> Report {
    let file = yaml::parse_shared(&source.shared_text());
    let (rules, count) = (Selection::of(config), file.documents.len());
    let mut engine = Engine {
        config,
        rules: &rules,
        subjects: Vec::with_capacity(count),
        findings: Vec::new(),
        documents: Vec::with_capacity(count),
    };
    engine.file(&file);
    let unreadable = Unreadable::of(&file);
    for document in &file.documents {
        if document.complete {
            engine.document(document);
        } else {
            engine.documents.push(unreadable.outcome(document));
            engine.broken(document, unreadable.error_in(document));
        }
    }
    engine.fleet();
    engine.findings.sort_by(|left, right| (left.span, left.rule).cmp(&(right.span, right.rule)));
    let (findings, documents) = (engine.findings, engine.documents);
    Report::new(file, findings, documents)
}

struct Engine<'e> {
    config: &'e Config,
    rules: &'e Selection,
    subjects: Vec<Subject<'e>>,
    findings: Vec<Finding>,
    documents: Vec<Outcome>,
}

impl<'e> Engine<'e> {
    fn file(&mut self, file: &yaml::File) {
        for entry in &self.rules.files {
            if let Check::File(check) = entry.rule.check {
                check(file, &mut Findings::new(self.config, entry, None, &mut self.findings));
            }
        }
    }

    fn document(&mut self, document: &'e yaml::Document) {
        for object in k8s::classify(document) {
            match object {
                Classified::Checked(manifest) => {
                    let (kind, name) = (manifest.kind().map(str::to_owned), manifest.name().map(str::to_owned));
                    let (document, span) = (document.index, manifest.root.span());
                    self.documents.push(Outcome { document, kind, name, span, not_checked: None });
                    self.api(manifest, |_| true);
                    self.object(manifest);
                }
                Classified::NotChecked { kind, name, span, reason } => {
                    let (kind, name) = (kind.map(str::to_owned), name.map(str::to_owned));
                    let not_checked = Some(words(reason).to_owned());
                    self.documents.push(Outcome { document: document.index, kind, name, span, not_checked });
                }
            }
        }
    }

    /// What can be said of a document that ends at an error: what stands before it, and not what it lacks, which may
    /// stand in the rest. An editor shows this while a line is half typed.
    fn broken(&mut self, document: &'e yaml::Document, error: Option<Span>) {
        for object in k8s::classify(document) {
            let Classified::Checked(manifest) = object else { continue };
            if let Some(error) = error {
                let end = end_of_certainty(document, manifest.root.span().end, error);
                self.api(manifest, |problem| !problem.speaks_of_absence() && problem.span.end <= end);
            }
            self.subjects.extend(self.subject(manifest));
        }
    }

    fn object(&mut self, manifest: Manifest<'e>) {
        let Some(subject) = self.subject(manifest) else { return };
        for entry in &self.rules.objects {
            run(entry, &subject, &mut Findings::new(self.config, entry, Some(&subject), &mut self.findings));
        }
        self.subjects.push(subject);
    }

    /// The parts of an object, if a rule will look at them.
    fn subject(&self, manifest: Manifest<'e>) -> Option<Subject<'e>> {
        self.rules.looks_at_objects().then(|| Subject::new(manifest, self.config.now))
    }

    fn fleet(&mut self) {
        for entry in &self.rules.fleets {
            if let Check::Fleet(check) = entry.rule.check {
                check(&self.subjects, &mut Findings::new(self.config, entry, None, &mut self.findings));
            }
        }
    }

    fn api(&mut self, manifest: Manifest<'_>, wanted: impl Fn(&Problem) -> bool) {
        if !self.rules.asks_the_api() {
            return;
        }
        let problems = k8s::validation::check(manifest.root, self.config.kubernetes).into_problems();
        for problem in problems.into_iter().filter(wanted) {
            if let Some(rule) = self.rules.of_topic(problem.topic) {
                self.findings.push(api_finding(rule, manifest, problem));
            }
        }
    }
}

/// Up to where a document that was understood up to `end` is certain. Its last value may be half of what was meant,
/// unless an error on a later line, with text of its own, shows that it was over.
fn end_of_certainty(document: &yaml::Document, end: u32, error: Span) -> u32 {
    let is_over = document.slice(Span::new(end, error.start)).contains('\n') && !error.is_empty();
    error.start.min(if is_over { end } else { end.saturating_sub(1) })
}

/// The documents that YAML's rules end early: what one lacks may stand in its rest, so nothing is said of its fields.
struct Unreadable<'f> {
    lines: Lines<'f>,
    errors: HashMap<usize, Span>,
}

impl<'f> Unreadable<'f> {
    fn of(file: &'f yaml::File) -> Self {
        let is_whole = file.documents.iter().all(|document| document.complete);
        let errors = file.errors.iter().filter_map(|error| Some((error.document?, error.span))).collect();
        Self { lines: Lines::new(if is_whole { "" } else { &file.text }), errors }
    }

    /// Where a document ends early, if it is no template: that one is not to be read yet.
    fn error_in(&self, document: &yaml::Document) -> Option<Span> {
        self.errors.get(&document.index).copied().filter(|_| document.placeholder().is_none())
    }

    fn outcome(&self, document: &yaml::Document) -> Outcome {
        let line = |span: Span| self.lines.position(span.start).line;
        let reason = match (document.placeholder(), self.errors.get(&document.index)) {
            (Some(place), _) => format!("a template: line {} holds `{}`", line(place), document.slice(place)),
            (None, Some(place)) => format!("not YAML: line {} cannot be read", line(*place)),
            (None, None) => "not YAML".to_owned(),
        };
        let (kind, name) = k8s::identity(document);
        Outcome {
            document: document.index,
            kind: kind.map(str::to_owned),
            name: name.map(str::to_owned),
            span: document.root().map_or(Span::empty(document.span.start), |root| root.span()),
            not_checked: Some(reason),
        }
    }
}

/// Why an object was not checked, in words.
fn words(reason: NotChecked) -> &'static str {
    match reason {
        NotChecked::OtherKind => "not a Job or CronJob",
        NotChecked::NoKind => "has no kind",
        NotChecked::NotAnObject => "not an object",
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
        Check::Manifest(check) => check(subject.manifest, findings),
        Check::CronJob(check) => subject.cron_job.into_iter().for_each(|spec| check(spec, findings)),
        Check::TimeZone(check) => subject.time_zone.into_iter().for_each(|zone| check(zone, findings)),
        Check::Schedule(check) => subject.timetable.iter().for_each(|timetable| check(timetable, findings)),
        Check::Job(check) => subject.job.into_iter().for_each(|spec| check(spec, findings)),
        Check::Pod(check) => subject.pod.into_iter().for_each(|pod| check(pod, findings)),
        Check::Container(check) => subject.containers.iter().for_each(|container| check(*container, findings)),
    }
}
