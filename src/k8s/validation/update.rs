//! What the API server answers to a change of a Job or CronJob by `kubectl apply`: the object that comes of it is looked at
//! as any, and beside the one that is there.
//!
//! pkg/registry/batch/job/strategy.go and pkg/registry/batch/cronjob/strategy.go, ValidateUpdate;
//! pkg/apis/batch/validation/validation.go, ValidateJobUpdate, ValidateCronJobUpdate, as of v1.37.

mod immutable;
mod place;
mod template;
mod tree;

use serde_json::{Value as Json, json};

use super::context::Existing;
use super::{Context, answer};
use crate::k8s::apply::{NotMerged, Object, Versions, apply};
use crate::k8s::objects::{Field, ManagedFieldsEntry};
use crate::k8s::schema::{Kind, Version};
use crate::k8s::{Index, Manifest, Path, Problem, Reason, Resource, Stage, Topic, stored};
use crate::text::Span;
use crate::yaml::{self, Document};
use place::Places;

/// What the controllers have done to an object by the time it changes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Standing {
    /// Whether a Job has a time at which it started.
    pub started: bool,
    /// How many of its pods run.
    pub active: i64,
    /// Whether its status says that it is suspended.
    pub is_suspended: bool,
}

/// What comes of a change.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Update {
    /// What the server refuses it for, of the stage that it stops at, with places in the new file.
    pub problems: Vec<Problem>,
    /// Whether its generation rises: the server takes the change, and it is one.
    pub changed: bool,
    /// What stays as it was although a new object would not have it so.
    pub kept: Vec<Kept>,
    /// The object as it was, as the server kept it: JSON.
    pub before: String,
    /// The object as it becomes.
    pub after: String,
}

/// A field that has a value because of what the file said before.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Kept {
    /// As Kubernetes names it.
    pub field: String,
    /// What it stays at, as JSON; `None` where there is nothing.
    pub value: Option<String>,
    /// What it would be in a new object.
    pub anew: Option<String>,
    /// Where the new file says something of it, or of what it belongs to.
    pub span: Span,
}

impl Update {
    /// Whether the server takes it.
    #[must_use]
    pub fn accepted(&self) -> bool {
        self.problems.is_empty()
    }
}

/// What the server of this version answers where `old` was applied before, and `new` is applied now; `None` where the two
/// are not of one kind, or are no objects.
#[must_use]
pub fn update(old: Manifest<'_>, new: Manifest<'_>, standing: Standing, version: Version) -> Option<Update> {
    let resource = old.resource.filter(|resource| new.resource == Some(*resource))?;
    let places = Places { root: new.root };
    let (old, new) = (stored::sent(old.root)?, stored::sent(new.root)?);
    let note = Note::beside(old.length.max(new.length));
    let new = note.on(new.object);
    let Live { object: before, applied } = Live::of(old.object, note, resource, version);
    let versions = Versions { old: &applied, new: &new, live: &before };
    let merged = match apply(versions, resource.of_type(), version) {
        Ok(merged) => merged,
        Err(why) => return Some(refused(&why, before, places)),
    };
    let comparable = |object| stored::comparable(object, resource, version);
    let after = stored::decoded(merged.clone(), resource, version);
    let pair = Pair { before: comparable(before), after: comparable(after), resource, standing, version, places };
    let problems = pair.problems(merged);
    let accepted = problems.is_empty();
    let anew = || comparable(stored::created(new, resource, version));
    Some(Update {
        changed: accepted && pair.spec(&pair.before) != pair.spec(&pair.after),
        kept: if accepted { pair.kept(&anew()) } else { Vec::new() },
        problems,
        before: text(&pair.before),
        after: text(&pair.after),
    })
}

/// An object as a cluster has it, and what was applied of it.
struct Live {
    object: Object,
    applied: Object,
}

impl Live {
    /// What comes of a file that is applied, or what a copy of an object in a cluster says.
    fn of(file: Object, note: Note, resource: Resource, version: Version) -> Self {
        let metadata = file.get("metadata").and_then(Json::as_object);
        let is_copy = metadata.is_some_and(|metadata| metadata.contains_key("uid"))
            && file.get("status").and_then(Json::as_object).is_some_and(|status| !status.is_empty());
        if !is_copy {
            let object = stored::created(note.on(file.clone()), resource, version);
            return Self { object, applied: file };
        }
        let noted = metadata.and_then(|metadata| metadata.get("annotations")?.get(LAST_APPLIED)?.as_str());
        let applied = noted.and_then(|noted| serde_json::from_str(noted).ok());
        Self { object: stored::decoded(file, resource, version), applied: applied.unwrap_or_default() }
    }
}

/// What kubectl does not get as far as asking for.
fn refused(why: &NotMerged, before: Object, places: Places<'_>) -> Update {
    let (path, span) = (Path::Root, places.of(""));
    let problem = Problem::before_validation(Topic::Forbidden, Stage::Decode, &path, span, why.to_string());
    let before = text(&before);
    Update { problems: vec![problem], changed: false, kept: Vec::new(), after: before.clone(), before }
}

fn text(object: &Object) -> String {
    serde_json::to_string(object).expect("the keys of an object are texts")
}

/// What kubectl notes on an object for the next time: all of it. A server looks at nothing but how long that is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Note {
    Whole,
    /// Of an object whose note is far from too long.
    Empty,
}

impl Note {
    /// Of objects of so many bytes at the most. Annotations have 262,144 in all, among them those of both.
    const fn beside(length: usize) -> Self {
        if length < 100_000 { Self::Empty } else { Self::Whole }
    }

    /// The object with its note.
    fn on(self, mut object: Object) -> Object {
        let note = match self {
            Self::Whole => text(&object) + "\n",
            Self::Empty => String::new(),
        };
        let metadata = object.entry("metadata").or_insert_with(|| json!({}));
        if metadata.is_null() {
            *metadata = json!({});
        }
        let Some(metadata) = metadata.as_object_mut() else { return object };
        let annotations = metadata.entry("annotations").or_insert_with(|| json!({}));
        if annotations.is_null() {
            *annotations = json!({});
        }
        if let Some(annotations) = annotations.as_object_mut() {
            annotations.insert(LAST_APPLIED.to_owned(), note.into());
        }
        object
    }
}

const LAST_APPLIED: &str = "kubectl.kubernetes.io/last-applied-configuration";

/// What a server sets itself, and refuses of an object that is created.
const SERVERS_OWN: [&str; 2] = ["resourceVersion", "uid"];

/// An object before and after a change, as it is stored.
struct Pair<'a> {
    before: Object,
    after: Object,
    resource: Resource,
    standing: Standing,
    version: Version,
    /// Of the new file.
    places: Places<'a>,
}

impl Pair<'_> {
    /// Why the server refuses the change that makes this of the object, if it does.
    fn problems(&self, mut merged: Object) -> Vec<Problem> {
        // The server's own; kubectl does not send it as it was.
        if let Some(metadata) = merged.get_mut("metadata").and_then(Json::as_object_mut) {
            metadata.retain(|field, value| !value.is_string() || !SERVERS_OWN.contains(&&**field));
        }
        let file = yaml::parse(&text(&merged));
        let Some(root) = file.documents.first().and_then(Document::root) else { return Vec::new() };
        let index = Index::of_object(root);
        let context = Context::changing(self.existing(), self.version);
        let mut problems = answer(Manifest::at(root, &index), context).into_problems();
        problems.retain(Problem::rejects);
        let stage = problems.iter().map(|problem| problem.stage).min().unwrap_or(Stage::Validation);
        problems.retain(|problem| problem.stage == stage);
        for problem in &mut problems {
            problem.span = self.place(&problem.field);
            problem.take_aside();
        }
        if stage == Stage::Validation {
            problems.extend(immutable::problems(self));
        }
        problems
    }

    /// Where the new file speaks of a field.
    fn place(&self, field: &str) -> Span {
        self.places.of(field)
    }

    /// That a field of the spec is other than it may be.
    fn refusal(&self, field: &str, message: String) -> Problem {
        let spec = Path::Root.field("spec");
        let mut problem =
            Problem::new(Reason::Invalid, &spec.field(field), self.place(&format!("spec.{field}")), message);
        problem.about(Topic::Forbidden);
        problem
    }

    fn existing(&self) -> Existing {
        let has = |object: &Object, pointer: &str, word: &str| {
            object.get("spec").and_then(|spec| spec.pointer(pointer)?.as_str()).is_some_and(|text| text.contains(word))
        };
        let zone = |object: &Object| object.get("spec").and_then(|spec| spec.get("timeZone")).cloned();
        let labels = self.before.get("spec").and_then(|spec| spec.pointer("/template/metadata/labels"));
        let policy = match self.resource {
            Resource::Job => "/template/spec/securityContext/seLinuxChangePolicy",
            Resource::CronJob => "/jobTemplate/spec/template/spec/securityContext/seLinuxChangePolicy",
        };
        let prefixed = ["batch.kubernetes.io/job-name", "batch.kubernetes.io/controller-uid"];
        Existing {
            uid: self.uid(&self.after).or(self.uid(&self.before)).unwrap_or_default().to_owned(),
            has_zone_prefix: has(&self.before, "/schedule", "TZ"),
            keeps_zone: zone(&self.before) == zone(&self.after),
            // Until 1.36, of Jobs: ValidateJob, beside ValidateJobUpdate.
            is_looked_at_anew: self.resource == Resource::Job && self.version < Version::new(37),
            // pkg/api/pod/util.go, useOnlyRecursiveSELinuxChangePolicy
            has_linux_policy: self.before.get("spec").is_some_and(|spec| spec.pointer(policy).is_some()),
            has_prefixed_labels: prefixed.iter().all(|key| labels.is_some_and(|labels| labels.get(key).is_some())),
        }
    }

    fn uid<'o>(&self, object: &'o Object) -> Option<&'o str> {
        self.metadata(object, "uid").as_str()
    }

    fn metadata<'o>(&self, object: &'o Object, field: &str) -> &'o Json {
        object.get("metadata").and_then(|metadata| metadata.get(field)).unwrap_or(&Json::Null)
    }

    fn spec<'o>(&self, object: &'o Object) -> &'o Json {
        object.get("spec").unwrap_or(&Json::Null)
    }

    /// What differs from what a new object of the file would have.
    fn kept(&self, anew: &Object) -> Vec<Kept> {
        let kind = self.resource.of_type().field("spec", self.version).map_or(Kind::Any, |field| field.kind);
        let walk = tree::Walk { version: self.version };
        let found = walk.differences("spec", (self.spec(&self.after), self.spec(anew)), kind);
        let kept = |found: tree::Difference<'_>| Kept {
            span: self.place(&found.field),
            field: found.field,
            value: found.one.map(Json::to_string),
            anew: found.other.map(Json::to_string),
        };
        found.into_iter().map(kept).collect()
    }
}

/// Of a label that the server gave the pods when the Job was made.
pub(super) fn report_lost_label((path, key): (&Path<'_>, &str), span: Span, context: &mut Context) {
    let message = format_args!("the server has set `{key}`, and the pods need it");
    context.report(Reason::Required, path, span, message).about(Topic::JobSelector);
}

/// Of how a manager changed fields, and in which form they are listed.
pub(super) fn report_manner(entry: Field<'_, ManagedFieldsEntry<'_>>, path: &Path<'_>, context: &mut Context) {
    let (operation, form) = (entry.value.operation(), entry.value.fields_type());
    if !operation.is_some_and(|operation| matches!(operation.value, "Apply" | "Update")) {
        let span = operation.map_or(entry.span, |operation| operation.span);
        // 1.36 and older call each of them a wrong one.
        let reason = match operation.is_some_and(|operation| !operation.value.is_empty()) {
            _ if !context.since(37) => Reason::Invalid,
            true => Reason::NotSupported,
            false => Reason::Required,
        };
        context.report(reason, &path.field("operation"), span, "an operation is `Apply` or `Update`");
    }
    if let Some(form) = form.filter(|form| !form.value.is_empty() && form.value != "FieldsV1") {
        context.report(Reason::Invalid, &path.field("fieldsType"), form.span, "the form of fields is `FieldsV1`");
    }
}
