//! Where rules report.

use crate::analysis::{Settings, Subject, identity};
use crate::controller::Timetable;
use crate::diagnostic::{Circumstance, Condition, Finding, Fix, Label, Place, ServerCause};
use crate::k8s::Manifest;
use crate::k8s::objects::{JobSpec, PodSpec};
use crate::rule::Entry;
use crate::text::Span;

/// Where a rule reports, and what it may ask about the place it looks at.
#[derive(Debug)]
pub struct Findings<'a> {
    settings: &'a Settings,
    rule: &'static Entry,
    subject: Option<&'a Subject<'a>>,
    found: &'a mut Vec<Finding>,
}

impl<'a> Findings<'a> {
    pub(crate) fn new(
        settings: &'a Settings,
        rule: &'static Entry,
        subject: Option<&'a Subject<'a>>,
        found: &'a mut Vec<Finding>,
    ) -> Self {
        Self { settings, rule, subject, found }
    }

    /// The settings: the Kubernetes version, the clock.
    #[must_use]
    pub fn settings(&self) -> &'a Settings {
        self.settings
    }

    /// The object that is being looked at; `None` for a rule that looks at a whole file.
    #[must_use]
    pub fn manifest(&self) -> Option<Manifest<'a>> {
        self.subject.map(|subject| subject.manifest)
    }

    /// What the Job that is being looked at does, or each Job that a CronJob makes.
    #[must_use]
    pub fn job(&self) -> Option<JobSpec<'a>> {
        self.subject?.job
    }

    /// What the pods of the object that is being looked at run.
    #[must_use]
    pub fn pod(&self) -> Option<PodSpec<'a>> {
        self.subject?.pod
    }

    /// When the CronJob that is being looked at runs; `None` where Kubernetes does not understand its schedule.
    #[must_use]
    pub fn timetable(&self) -> Option<&'a Timetable<'a>> {
        self.subject?.outlook.as_ref()?.timetable.as_ref()
    }

    /// Reports a finding. `message` is one lower-case sentence about this file, without a full stop.
    pub fn report(&mut self, span: Span, message: impl Into<String>) -> Report<'_> {
        let manifest = self.manifest();
        self.found.push(Finding {
            rule: self.rule.name,
            group: self.rule.group,
            severity: self.rule.rule.page.severity,
            message: message.into(),
            help: None,
            span,
            document: manifest.map(|manifest| manifest.document.index),
            object: manifest.map(identity),
            field: self.subject.map(|subject| subject.locator.path_to(span)),
            server: None,
            labels: Vec::new(),
            fixes: Vec::new(),
            condition: None,
        });
        Report { finding: self.found.last_mut().expect("one was pushed") }
    }
}

/// A finding that has just been reported, to say more about it.
#[derive(Debug)]
pub struct Report<'r> {
    finding: &'r mut Finding,
}

impl<'r> Report<'r> {
    pub(super) fn of(finding: &'r mut Finding) -> Self {
        Self { finding }
    }

    /// Says how to mend it.
    pub fn help(self, help: impl Into<String>) -> Self {
        self.finding.help = Some(help.into());
        self
    }

    /// Points at another place that explains it, in this file or another one.
    pub fn label(self, place: impl Into<Place>, message: impl Into<String>) -> Self {
        self.finding.labels.push(Label::new(place, message));
        self
    }

    /// Offers a change that mends it.
    pub fn fix(self, fix: Fix) -> Self {
        self.finding.fixes.push(fix);
        self
    }

    /// Says it only where another file of the run shows that it matters.
    pub fn only_if(self, circumstance: Circumstance) -> Self {
        self.finding.condition = Some(Condition { circumstance, confirms: true, stands_alone: false });
        self
    }

    /// Does not say it where another file of the run shows that it does not matter; `stands_alone` tells whether it is
    /// said where only a part of the files was read.
    pub fn unless(self, circumstance: Circumstance, stands_alone: bool) -> Self {
        self.finding.condition = Some(Condition { circumstance, confirms: false, stands_alone });
        self
    }

    /// Names the field where the place alone does not.
    pub fn field(self, field: impl Into<String>) -> Self {
        self.finding.field = Some(field.into());
        self
    }

    /// The finding is about a field that the object at this place does not have.
    pub fn lacks(self, field: &str) -> Self {
        let object = self.finding.field.take().unwrap_or_default();
        self.finding.field = Some(if object.is_empty() { field.to_owned() } else { format!("{object}.{field}") });
        self
    }

    /// Says which document of the file it is about, where the rule looks at a whole file.
    pub fn document(self, index: impl Into<Option<usize>>) -> Self {
        self.finding.document = index.into();
        self
    }

    /// Says what the API server answers to it.
    pub fn server(self, cause: ServerCause) -> Self {
        self.finding.server = Some(cause);
        self
    }
}
