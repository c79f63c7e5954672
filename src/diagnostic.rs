//! What a finding is: plain data, known to every floor above.

mod fingerprint;
mod suppression;

use std::sync::Arc;

pub use suppression::{Suppression, SuppressionKind};

use crate::text::{Edit, Location, Message, Span, Word, some_word, word};
use crate::yaml::Change;
pub use fingerprint::Fingerprint;

/// How much a finding matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
pub enum Severity {
    /// Accepted and works; the field's good practice says otherwise.
    Advice,
    /// Accepted, and almost surely not what the author wants.
    Warning,
    /// The API server rejects it, or it can never do its work.
    Error,
}

impl Severity {
    /// The word in every output format.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Advice => "advice",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// Where something is, seen from a finding.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[non_exhaustive]
pub enum Place {
    /// These bytes of the finding's own file.
    Here(Span),
    /// A place that names its file, which may be another one.
    Elsewhere(Box<Location>),
}

impl From<Span> for Place {
    fn from(span: Span) -> Self {
        Self::Here(span)
    }
}

impl From<Location> for Place {
    fn from(location: Location) -> Self {
        Self::Elsewhere(Box::new(location))
    }
}

/// A second place that explains a finding.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[non_exhaustive]
pub struct Label {
    /// Where it is.
    pub place: Place,
    /// What there is to see.
    pub message: Message,
}

impl Label {
    /// Points at bytes of the finding's own file, or at a location.
    #[must_use]
    pub fn new(place: impl Into<Place>, message: impl Into<Message>) -> Self {
        Self { place: place.into(), message: message.into() }
    }
}

/// What a finding rests on. Of an object that is known in part, as a patch has it, only what rests on one place is certain.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Basis {
    /// What stands in one place, whatever is around it.
    Place,
    /// Something that is not there.
    Absence,
    /// Several places, and how they go together.
    Relation,
}

impl Basis {
    /// The word on a rule's page.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Place => "place",
            Self::Absence => "absence",
            Self::Relation => "relation",
        }
    }
}

/// Whether a fix may be applied without a look.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
pub enum Safety {
    /// Keeps the meaning, or restores the only one there can be.
    Safe,
    /// Changes what runs; a person should look.
    Unsafe,
}

impl Safety {
    /// The word in every output format.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Safe => "safe",
            Self::Unsafe => "unsafe",
        }
    }

    /// Whether a fix may be applied where all up to this one are wanted.
    #[must_use]
    pub fn allows(self, fix: Self) -> bool {
        fix == Self::Safe || self == Self::Unsafe
    }
}

/// A change that mends a finding; applied whole or not at all. Whether it can be made is seen when somebody wants its
/// edits.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[non_exhaustive]
pub struct Fix {
    /// What it does, as an order: `write 59`.
    pub title: Message,
    /// Whether it may be applied without a look.
    pub safety: Safety,
    /// What to change.
    pub change: Change,
}

impl Fix {
    /// A fix that may be applied without a look.
    #[must_use]
    pub fn safe(title: impl Into<Message>, change: Change) -> Self {
        Self { title: title.into(), safety: Safety::Safe, change }
    }

    /// A fix that a person should look at.
    #[must_use]
    pub fn unsafe_(title: impl Into<Message>, change: Change) -> Self {
        Self { title: title.into(), safety: Safety::Unsafe, change }
    }
}

/// A fix whose change was proved to hold; applied whole or not at all.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Resolved {
    /// What it does, as an order: `write 59`.
    pub title: Message,
    /// Whether it may be applied without a look.
    pub safety: Safety,
    /// The changes of the finding's own file.
    pub edits: Vec<Edit>,
    /// Further changes, of files whose text need not be at hand.
    pub elsewhere: Vec<Replacement>,
}

impl Resolved {
    /// All changes of a fix that is offered at a place, with the file of each.
    pub fn changes<'a>(&'a self, at: &'a Location) -> impl Iterator<Item = (&'a Arc<str>, Edit)> {
        let own = self.edits.iter().map(|edit| (&at.file, edit.clone()));
        own.chain(self.elsewhere.iter().map(|other| (&other.at.file, other.edit())))
    }
}

/// Other text in the place of bytes that know their file.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Replacement {
    /// The bytes that go.
    pub at: Location,
    /// What stands there afterwards.
    pub text: String,
}

impl Replacement {
    /// As a change of its file's text.
    #[must_use]
    pub fn edit(&self) -> Edit {
        Edit::replace(self.at.span(), self.text.clone())
    }
}

/// The object a finding is about.
#[derive(Debug, Clone, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
pub struct Object {
    /// `apiVersion` as written, if it is there.
    pub api_version: Option<String>,
    /// `kind` as written, if it is there.
    pub kind: Option<String>,
    /// `metadata.namespace`, if there is one.
    pub namespace: Option<String>,
    /// `metadata.name`, or what the server makes a name from.
    pub name: Option<String>,
    /// The file that a renderer says to have made it of.
    pub source: Option<String>,
    /// Its first byte, by which objects without a name are told apart.
    pub start: u32,
}

impl Object {
    /// Its kind, namespace and name, as far as it has them: `CronJob/there/report`.
    #[must_use]
    pub fn label(&self) -> String {
        let parts = [&self.kind, &self.namespace, &self.name];
        parts.into_iter().flatten().map(String::as_str).collect::<Vec<_>>().join("/")
    }
}

/// What the API server answers to it.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[non_exhaustive]
pub struct ServerCause {
    /// `request`, `parse`, `decode`, `strict` or `validation`.
    #[serde(deserialize_with = "word")]
    pub stage: Word,
    /// Kubernetes' type of cause; `None` before validation.
    #[serde(deserialize_with = "some_word")]
    pub reason: Option<Word>,
    /// The field as the server names it.
    pub field: String,
    /// What it names besides for the same fault, each without more of its own.
    pub also: Vec<Self>,
}

impl ServerCause {
    /// One cause.
    #[must_use]
    pub fn new(stage: &'static str, reason: Option<&'static str>, field: impl Into<String>) -> Self {
        Self { stage, reason, field: field.into(), also: Vec::new() }
    }

    /// Adds a cause to those that there may be already.
    pub(crate) fn join(causes: &mut Option<Self>, other: Self) {
        match causes {
            Some(first) => first.add(other),
            None => *causes = Some(other),
        }
    }

    /// Causes beside the first that are kept: the server names as many as there are, and nobody reads more.
    const MOST: usize = 100;

    /// Adds another cause for the same fault, unless it is known, or there are plenty.
    pub fn add(&mut self, mut other: Self) {
        let further = std::mem::take(&mut other.also);
        for cause in std::iter::once(other).chain(further) {
            let is_same =
                |known: &Self| (known.stage, known.reason, &known.field) == (cause.stage, cause.reason, &cause.field);
            if self.also.len() < Self::MOST && !is_same(self) && !self.also.iter().any(is_same) {
                self.also.push(cause);
            }
        }
    }
}

/// One thing that is wrong with a file, at one place.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[non_exhaustive]
pub struct Finding {
    /// The rule's name.
    #[serde(deserialize_with = "word")]
    pub rule: Word,
    /// The rule's group.
    #[serde(deserialize_with = "word")]
    pub group: Word,
    /// How much it matters.
    pub severity: Severity,
    /// What is there: one lower-case sentence without a full stop.
    pub message: Message,
    /// How to mend it.
    pub help: Option<Message>,
    /// The bytes at fault.
    pub span: Span,
    /// The document, counted from 0 as kubectl counts.
    pub document: Option<usize>,
    /// The object, where it stands in one.
    pub object: Option<Arc<Object>>,
    /// The object that it happens to, with its document, where it stands in another one.
    pub concerns: Option<Box<(usize, Arc<Object>)>>,
    /// Kubernetes' path of the field.
    pub field: Option<String>,
    /// What the API server answers; only where it rejects.
    pub server: Option<ServerCause>,
    /// Other places that explain it.
    pub labels: Vec<Label>,
    /// Changes that mend it.
    pub fixes: Vec<Fix>,
    /// What it depends on, beyond its file.
    pub condition: Option<Condition>,
    /// What it is known by from run to run, once all of its text was looked at.
    pub fingerprint: Option<Fingerprint>,
    /// Why it does not count, if it does not.
    pub suppressed: Option<Arc<Suppression>>,
    /// The template that printed the object, where one did; the bytes at fault are the place to edit.
    #[serde(default)]
    pub template: Option<Box<Templated>>,
}

/// With which values a template was run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, serde::Serialize, serde::Deserialize)]
pub enum Rendering {
    /// Those that are given.
    #[default]
    Given,
    /// Others, for documents that those leave out.
    On,
    /// Others, for a branch that those do not enter.
    Assumed,
}

impl Rendering {
    /// The word in the machine-readable output.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Given => "given",
            Self::On => "on",
            Self::Assumed => "assumed",
        }
    }
}

/// The template that printed what a finding is about.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Templated {
    /// The chart's name.
    pub chart: String,
    /// The file of the template.
    pub file: Arc<str>,
    /// With which values it was run.
    #[serde(default)]
    pub rendering: Rendering,
    /// The values that were assumed for that, with their paths.
    #[serde(default)]
    pub assuming: Vec<(String, Location)>,
    /// The actions that included the place, outermost first.
    pub via: Vec<Location>,
}

impl Finding {
    /// A finding at some bytes of its file, with nothing else to say; `rule` is its rule's name, and `group` that one's
    /// group.
    #[must_use]
    pub fn new(
        rule: &'static str,
        group: &'static str,
        severity: Severity,
        span: Span,
        message: impl Into<Message>,
    ) -> Self {
        Self {
            rule,
            group,
            severity,
            message: message.into(),
            help: None,
            span,
            document: None,
            object: None,
            concerns: None,
            field: None,
            server: None,
            labels: Vec::new(),
            fixes: Vec::new(),
            condition: None,
            fingerprint: None,
            suppressed: None,
            template: None,
        }
    }
}

impl Finding {
    /// The object that it happens to, and that one's document.
    #[must_use]
    pub fn happens_to(&self) -> (Option<usize>, Option<&Arc<Object>>) {
        match &self.concerns {
            Some(concerned) => (Some(concerned.0), Some(&concerned.1)),
            None => (self.document, self.object.as_ref()),
        }
    }

    /// A message of it with its help, for those who are shown nothing else.
    #[cfg(feature = "formats")]
    pub(crate) fn helped(&self, message: &str) -> String {
        self.help.as_ref().map_or_else(|| message.to_owned(), |help| format!("{message}\nhelp: {help}"))
    }

    /// What it is known by, at a place that has a name of its own in the object, or in the file where there is none: the
    /// how manyeth of its rule there, from 0.
    #[must_use]
    pub fn fingerprint_at(&self, place: &str, number: usize) -> Fingerprint {
        let object = self.object.as_deref();
        let said = |part: fn(&Object) -> &Option<String>| object.and_then(|object| part(object).as_deref());
        let object = [said(|object| &object.kind), said(|object| &object.namespace), said(|object| &object.name)];
        let [kind, namespace, name] = object.map(Option::unwrap_or_default);
        Fingerprint::of([self.rule, kind, namespace, name, place, &number.to_string()])
    }
}

/// What a finding depends on, beyond its own file: it is decided when all files were read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
pub struct Condition {
    /// What other files may show.
    pub circumstance: Circumstance,
    /// Whether that confirms the finding; if not, it silences it.
    pub confirms: bool,
    /// Whether it is said where only a part of the files was read, so that nobody can tell.
    pub stands_alone: bool,
}

/// What other files of a run may show.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[non_exhaustive]
pub enum Circumstance {
    /// Flux applies the file again and again: one of its Kustomizations stands beside it, or names its folder.
    AppliedByFlux,
    /// Another CronJob sets `timeZone`.
    TimeZoneSetElsewhere,
    /// There is a LimitRange, of whatever namespace: kustomizations give namespaces that files do not show.
    LimitRange,
}

impl Condition {
    /// Whether the finding is said, where its circumstance holds, or does not, or nobody can tell.
    #[must_use]
    pub fn decide(self, holds: Option<bool>) -> bool {
        holds.map_or(self.stands_alone, |holds| holds == self.confirms)
    }
}

/// A finding that carries its place with it: one that is known only when all files were read, and the text of its own
/// is not at hand any more.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Late {
    at: Location,
    finding: Finding,
    fixes: Vec<Resolved>,
}

impl Late {
    /// The finding at its place, with fixes that hold in place of its own. A label in the same file, or a fix, whose
    /// bytes the location does not [know](Location::knows) is left out: nobody could show it. Labels elsewhere stay.
    #[must_use]
    pub fn new(at: Location, mut finding: Finding, mut fixes: Vec<Resolved>) -> Self {
        finding.span = at.span();
        finding.labels.retain(|label| match &label.place {
            Place::Here(span) => at.knows(*span),
            Place::Elsewhere(_) => true,
        });
        let place = finding.field.as_deref().unwrap_or(at.line());
        finding.fingerprint = finding.fingerprint.or_else(|| Some(finding.fingerprint_at(place, 0)));
        finding.fixes.clear();
        fixes.retain(|fix| fix.edits.iter().all(|edit| at.knows(edit.span)));
        Self { at, finding, fixes }
    }

    /// The finding with another severity.
    #[must_use]
    pub fn with_severity(self, severity: Severity) -> Self {
        Self { finding: Finding { severity, ..self.finding }, ..self }
    }

    /// The finding as one that does not count, and is not mended.
    #[must_use]
    pub fn suppressed(mut self, why: Arc<Suppression>) -> Self {
        self.finding.suppressed = Some(why);
        self.fixes.clear();
        self
    }

    /// Where it is.
    #[must_use]
    pub const fn at(&self) -> &Location {
        &self.at
    }

    /// The finding; its bytes are those of its place.
    #[must_use]
    pub const fn finding(&self) -> &Finding {
        &self.finding
    }

    /// The fixes that hold.
    #[must_use]
    pub fn fixes(&self) -> &[Resolved] {
        &self.fixes
    }
}
