//! The engine: one text in, findings out. It opens no file, reads no clock, prints nothing and never fails.

use crate::config::Config;
use crate::diagnostic::Finding;
use crate::k8s::{self, Classified, Manifest, NotChecked};
use crate::rule::{Check, Entry, Findings};
use crate::rules;
use crate::text::Source;
use crate::yaml;

/// What was found in one file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    /// In order of place, then of rule.
    pub findings: Vec<Finding>,
    /// Every object of the file, checked or not.
    pub documents: Vec<Outcome>,
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
    /// Why it was not checked; `None` if it was.
    pub not_checked: Option<String>,
}

/// Checks one file.
#[must_use]
pub fn lint(source: &Source, config: &Config) -> Report {
    let file = yaml::parse(source.text());
    let mut engine = Engine { config, findings: Vec::new(), documents: Vec::new() };
    engine.file(&file);
    for document in &file.documents {
        engine.document(document);
    }
    engine.findings.sort_by(|left, right| (left.span, left.rule).cmp(&(right.span, right.rule)));
    Report { findings: engine.findings, documents: engine.documents }
}

struct Engine<'c> {
    config: &'c Config,
    findings: Vec<Finding>,
    documents: Vec<Outcome>,
}

impl Engine<'_> {
    fn file(&mut self, file: &yaml::File<'_>) {
        for entry in rules::all().filter(|entry| entry.is_selected(self.config)) {
            if let Check::File(check) = entry.rule.check {
                check(file, &mut Findings::new(self.config, entry, None, &mut self.findings));
            }
        }
    }

    fn document(&mut self, document: &yaml::Document<'_>) {
        for object in k8s::classify(document) {
            match object {
                Classified::Checked(manifest) => {
                    self.outcome(document.index, manifest.kind(), manifest.name(), None);
                    self.manifest(manifest);
                }
                Classified::NotChecked { kind, name, reason } => {
                    self.outcome(document.index, kind, name, Some(reason));
                }
            }
        }
    }

    fn outcome(&mut self, document: usize, kind: Option<&str>, name: Option<&str>, reason: Option<NotChecked>) {
        let not_checked = reason.map(|reason| match reason {
            NotChecked::OtherKind => "not a Job or CronJob".to_owned(),
            NotChecked::NoKind => "has no kind".to_owned(),
            NotChecked::NotAnObject => "not an object".to_owned(),
        });
        let (kind, name) = (kind.map(str::to_owned), name.map(str::to_owned));
        self.documents.push(Outcome { document, kind, name, not_checked });
    }

    fn manifest(&mut self, manifest: Manifest<'_>) {
        for entry in rules::all().filter(|entry| entry.is_selected(self.config)) {
            let mut findings = Findings::new(self.config, entry, Some(manifest), &mut self.findings);
            run(entry, manifest, &mut findings);
        }
    }
}

fn run(entry: &'static Entry, manifest: Manifest<'_>, findings: &mut Findings<'_>) {
    let pod = || manifest.pod_template().and_then(|template| Some(template.spec()?.value));
    match entry.rule.check {
        Check::File(_) | Check::Api(_) => {}
        Check::Manifest(check) => check(manifest, findings),
        Check::CronJob(check) => {
            if let Some(spec) = manifest.cron_job() {
                check(spec, findings);
            }
        }
        Check::Job(check) => {
            if let Some(spec) = manifest.job() {
                check(spec, findings);
            }
        }
        Check::Pod(check) => {
            if let Some(pod) = pod() {
                check(pod, findings);
            }
        }
        Check::Container(check) => {
            let lists = pod().map(|pod| [pod.init_containers(), pod.containers()]);
            for (_, container) in lists.into_iter().flatten().flatten().flat_map(|list| list.value.iter()) {
                check(container.value, findings);
            }
        }
    }
}
