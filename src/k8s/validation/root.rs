//! `apiVersion` and `kind`: which object a document is, or was meant to be.
//!
//! k8s.io/apimachinery/pkg/runtime/serializer/json/meta.go, Interpret, as of v1.37.

use super::Context;
use crate::diagnostic::Safety;
use crate::k8s::format::quote;
use crate::k8s::objects::{FromNode, Job};
use crate::k8s::schema::{self, API_VERSION};
use crate::k8s::{Manifest, Path, Problem, Resource, Stage, Topic};
use crate::text::Span;
use crate::yaml::{Entry, Value};

/// What an object is, and the bytes of the key that says so, or else its first ones.
#[derive(Debug, Clone, Copy)]
pub(super) struct Identity {
    pub(super) resource: Resource,
    pub(super) key: Span,
}

/// Which of the two kinds it is, as far as can be told; what is wrong with `apiVersion` and `kind` is reported.
pub(super) fn identify(manifest: Manifest<'_>, context: &mut Context) -> Option<Identity> {
    if let Some(resource) = manifest.resource.filter(|_| manifest.is_named_by_list()) {
        return Some(Identity { resource, key: manifest.root.first_key().unwrap_or(manifest.root.span()) });
    }
    let object = manifest.node();
    // What was walked through has the kind that the server has, and no other key that is spelled alike.
    if object.index.is_some_and(|index| index.has(object.value))
        && let Some(field) = Job::from_node(object).and_then(|object| object.kind())
        && let Some(resource) = Resource::named(field.value)
    {
        return Some(Identity { resource, key: field.key });
    }
    look_closely(object.value, context)
}

fn look_closely(root: Value<'_>, context: &mut Context) -> Option<Identity> {
    if !root.is_mapping() {
        let message = "a Job or CronJob is a mapping of `apiVersion`, `kind`, `metadata` and `spec`".to_owned();
        context.add(Problem::before_validation(Topic::WrongType, Stage::Decode, &Path::Root, root.span(), message));
        return None;
    }
    let (api_version, kind) = (deciding(root, "apiVersion"), deciding(root, "kind"));
    check_types(root, context);
    let meant = meant_kind(root, kind);
    for (key, entry) in [("apiVersion", api_version), ("kind", kind)] {
        if entry.is_none_or(|entry| entry.key != key) {
            // Where it is misspelled, the key that is there says it.
            missing(root, key, meant, context).echoes(entry.map(|entry| entry.key_span));
        }
    }
    if let Some(kind) = kind.filter(|kind| kind.value.as_str().is_some_and(|text| text != meant.kind())) {
        unknown_kind(kind, meant, context);
    }
    if let Some(api_version) = api_version
        && api_version.value.as_str().is_some_and(|text| text != API_VERSION)
    {
        unknown_api_version(api_version, meant, context);
    }
    let first = || root.first_key().unwrap_or(root.span());
    Some(Identity { resource: meant, key: root.get("kind").map_or_else(first, |kind| kind.key_span) })
}

/// The field that tells the server what it has before it: of those that are spelled alike but for the case the last one
/// in the order of their names, where it has a value. Go cannot tell an empty text from none, and reads neither a group
/// nor a version in `/`.
fn deciding<'a>(root: Value<'a>, key: &str) -> Option<Entry<'a>> {
    let mut last: Option<Entry<'a>> = None;
    for entry in alike(root, key) {
        last = Some(last.filter(|last| last.key > entry.key).unwrap_or(entry));
    }
    last.filter(|entry| match entry.value.as_str() {
        Some("") => false,
        Some("/") => key != "apiVersion",
        _ => true,
    })
}

fn alike<'a>(root: Value<'a>, key: &str) -> impl Iterator<Item = Entry<'a>> {
    root.entries().filter(move |entry| equal_but_for_case(entry.key, key) && !entry.value.is_null())
}

/// As Go's JSON reader compares.
fn equal_but_for_case(key: &str, name: &str) -> bool {
    let fold = |letter| match letter {
        'ſ' => 's',
        '\u{212a}' => 'k',
        other => other.to_ascii_lowercase(),
    };
    if key.len() == name.len() || key.is_ascii() {
        return key.eq_ignore_ascii_case(name);
    }
    key.chars().map(fold).eq(name.chars().map(fold))
}

fn check_types(root: Value<'_>, context: &mut Context) {
    for key in ["apiVersion", "kind"] {
        for entry in alike(root, key).filter(|entry| entry.value.as_str().is_none()) {
            let message = format_args!("`{}` takes a text", entry.key);
            let (path, span) = (Path::Root.field(key), entry.value.span());
            let problem = Problem::before_validation(Topic::ApiVersion, Stage::Decode, &path, span, message);
            // Its type is refused as any field's is.
            context.add(problem).echoes(span);
        }
    }
}

/// What the kind says, or is close to, or else what the fields look like.
fn meant_kind(root: Value<'_>, kind: Option<Entry<'_>>) -> Resource {
    let named = kind.and_then(|kind| kind.value.as_str()).and_then(schema::nearest_kind);
    match named {
        Some("CronJob" | "CronJobList") => Resource::CronJob,
        Some(_) => Resource::Job,
        None => {
            let spec = root.get("spec").map(|spec| spec.value);
            let has = |key| spec.is_some_and(|spec| spec.get(key).is_some());
            // The kind may stand where Kubernetes does not read any more; of an item that is another one's.
            let document = root.document();
            let is_whole = document.root().is_some_and(|whole| whole.id() == root.id());
            let unread =
                || is_whole && document.slice(document.span).lines().any(|line| line.trim() == "kind: CronJob");
            if has("jobTemplate") || has("schedule") || (spec.is_none() && unread()) {
                Resource::CronJob
            } else {
                Resource::Job
            }
        }
    }
}

fn missing<'c>(root: Value<'_>, key: &str, meant: Resource, context: &'c mut Context) -> &'c mut Problem {
    let value = if key == "kind" { meant.kind() } else { API_VERSION };
    let span = root.entries().next().map_or(root.span(), |entry| entry.key_span);
    let message = format_args!("`{key}` is not set, and without it kubectl cannot tell what this is");
    let path = Path::Root.field(key);
    context
        .add(Problem::before_validation(Topic::KindMissing, Stage::Decode, &path, span, message))
        .help(format_args!("add `{key}: {value}`"))
}

fn unknown_kind(kind: Entry<'_>, meant: Resource, context: &mut Context) {
    let text = kind.value.as_str().unwrap_or_default();
    let message = format!("{API_VERSION} has no kind {}", quote(text));
    let near = schema::nearest_kind(text).is_some();
    let problem = report(Topic::ApiVersion, kind, message, context);
    if near {
        problem.did_you_mean(kind.value, meant.kind(), Safety::Safe);
    } else {
        problem.help("its kinds are `Job` and `CronJob`");
    }
}

fn unknown_api_version(entry: Entry<'_>, meant: Resource, context: &mut Context) {
    let (text, kind) = (entry.value.as_str().unwrap_or_default(), meant.kind());
    let removal = schema::removal(text, kind);
    let topic = if removal.is_some() { Topic::ApiVersionRemoved } else { Topic::ApiVersion };
    let message = match removal {
        Some(removal) => format!("{} was removed in Kubernetes {}", quote(text), removal.removed_in),
        None => format!("no API {} has a {kind}", quote(text)),
    };
    let problem = report(topic, entry, message, context).help(format_args!("write `{API_VERSION}`"));
    problem.respell(entry.value, API_VERSION, Safety::Safe);
}

fn report<'c>(topic: Topic, entry: Entry<'_>, message: String, context: &'c mut Context) -> &'c mut Problem {
    let path = Path::Root.field(entry.key);
    context.add(Problem::before_validation(topic, Stage::Decode, &path, entry.value.span(), message))
}
