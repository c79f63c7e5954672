//! Where rules report.

use std::fmt;
use std::sync::Arc;

use crate::analysis::{RunFile, Subject, identity};
use crate::diagnostic::{Circumstance, Condition, Finding, Fix, Label, Place, ServerCause};
use crate::k8s::Manifest;
use crate::k8s::objects::Slot;
use crate::rule::parameter::Asked;
use crate::rule::{Entry, Limits, Parameter};
use crate::text::{Message, Span};

/// Where a rule reports.
pub struct Findings<'a> {
    rule: &'static Entry,
    subject: Option<&'a Subject<'a>>,
    asked: Asked<'a>,
    found: &'a mut Vec<Finding>,
    taker: Option<&'a mut Taker<'a>>,
}

/// Who takes findings out of many.
pub(crate) type Taker<'t> = dyn FnMut(&mut Vec<Finding>) + 't;

/// Findings that there may be before somebody takes them who wants to.
const MANY: usize = 1 << 14;

impl fmt::Debug for Findings<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("Findings").field("rule", &self.rule.name).field("found", &self.found).finish_non_exhaustive()
    }
}

impl<'a> Findings<'a> {
    /// Takes what the rule finds; `subject` is the object that it looks at, if it looks at one, and `limits` are those
    /// that were set.
    pub(crate) fn new(
        rule: &'static Entry,
        subject: Option<&'a Subject<'a>>,
        limits: &'a Limits,
        found: &'a mut Vec<Finding>,
    ) -> Self {
        Self { rule, subject, asked: Asked::new(limits, rule.name), found, taker: None }
    }

    /// Gives all findings to somebody whenever there are many. What the rule adds to one, it adds before the next.
    pub(crate) fn taken_by(self, taker: &'a mut Taker<'a>) -> Self {
        Self { taker: Some(taker), ..self }
    }

    /// The limit in force; where it was set, what is reported afterwards says so.
    pub(crate) fn limit(&mut self, parameter: &Parameter) -> i64 {
        self.asked.limit(parameter)
    }

    /// Reports a finding. `message` is one lower-case sentence about this file, without a full stop. In a file of a
    /// ConfigMap it is about that one, and says who runs the file.
    pub fn report(&mut self, span: Span, message: impl Into<Message>) -> Reported<'_> {
        if let Some(taker) = self.taker.as_mut().filter(|_| self.found.len() >= MANY) {
            taker(self.found);
        }
        let message = self.asked.said_behind(message.into());
        let finding = self.rule.finding(span, message);
        let located = match self.subject {
            Some(subject) => match subject.file_at(span) {
                Some(file) => in_file(file, subject, finding),
                None => Finding {
                    document: Some(subject.manifest.document.index),
                    object: Some(subject.identity()),
                    field: Some(subject.locator.path_to(span)),
                    ..finding
                },
            },
            None => finding,
        };
        self.found.push(located);
        Reported { finding: self.found.last_mut().expect("one was pushed") }
    }
}

/// Locates a finding in a ConfigMap whose file the object runs.
fn in_file(file: &RunFile<'_>, subject: &Subject<'_>, mut finding: Finding) -> Finding {
    let name = |name: Option<&str>| name.map_or_else(String::new, |name| format!(" `{name}`"));
    let container = name(file.container.value.name().map(|name| name.value));
    let object = name(subject.manifest.name());
    let kind = subject.manifest.kind().unwrap_or_default();
    finding.labels.push(Label::new(file.run, format!("container{container} of {kind}{object} runs it")));
    Finding {
        document: Some(file.map.document.index),
        object: Some(Arc::new(identity(file.map))),
        field: Some(format!("data[{}]", file.key)),
        concerns: Some(Box::new((subject.manifest.document.index, subject.identity()))),
        ..finding
    }
}

/// A finding that has just been reported, to say more about it.
#[derive(Debug)]
pub struct Reported<'r> {
    finding: &'r mut Finding,
}

impl<'r> Reported<'r> {
    pub(super) fn of(finding: &'r mut Finding) -> Self {
        Self { finding }
    }

    /// Says how to mend it.
    pub fn help(self, help: impl Into<Message>) -> Self {
        self.finding.help = Some(help.into());
        self
    }

    /// Points at another place that explains it, in this file or another one.
    pub fn label(self, place: impl Into<Place>, message: impl Into<Message>) -> Self {
        // Most findings have one at the most, and there may be many of them.
        self.finding.labels.reserve_exact(1);
        self.finding.labels.push(Label::new(place, message));
        self
    }

    /// Offers a change that mends it, if there is one.
    pub fn fix(self, fix: impl Into<Option<Fix>>) -> Self {
        let fix = fix.into();
        self.finding.fixes.reserve_exact(usize::from(fix.is_some()));
        self.finding.fixes.extend(fix);
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
    pub fn lacks(self, field: Slot<'_>) -> Self {
        let (object, name) = (self.finding.field.take().unwrap_or_default(), field.name());
        self.finding.field = Some(if object.is_empty() { name.to_owned() } else { format!("{object}.{name}") });
        self
    }

    /// Says which object it is about, where the rule looks at a whole file.
    pub fn about(self, manifest: Manifest<'_>) -> Self {
        self.finding.document = Some(manifest.document.index);
        self.finding.object = Some(Arc::new(identity(manifest)));
        self.finding.field = Some(manifest.locator().path_to(self.finding.span));
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
