//! An object's metadata: name, namespace, labels, annotations, owners, finalizers, managed fields.
//!
//! k8s.io/apimachinery/pkg/api/validation/objectmeta.go, ValidateObjectMeta, ValidateAnnotations,
//! ValidateOwnerReferences, ValidateFinalizers; pkg/apis/core/validation/validation.go, ValidateObjectMeta;
//! k8s.io/apimachinery/pkg/apis/meta/v1/validation/validation.go, ValidateLabels, ValidateManagedFields,
//! ValidateFieldManager, as of v1.37.

use std::borrow::Cow;

use super::{Context, update};
use crate::diagnostic::Safety;
use crate::hash::HashSet;
use crate::k8s::format::{self, Flaw, Flaws, Form, quote};
use crate::k8s::objects::{Field, List, ManagedFieldsEntry, Map, ObjectMeta, OwnerReference};
use crate::k8s::{Path, Reason, Topic};
use crate::text::Span;
use crate::yaml::Value;

const STANDARD_FINALIZERS: [&str; 3] = ["kubernetes", "orphan", "foregroundDeletion"];
/// In bytes, over all keys and values.
const ANNOTATIONS_SIZE: usize = 256 * 1024;

/// The name that the object gets: given, or as the server may make it of `generateName`.
#[derive(Debug)]
pub(super) struct Name<'a> {
    pub(super) text: Cow<'a, str>,
    pub(super) span: Span,
}

/// Checks an object's own metadata; `owner` is the key that stands for it where something is absent, `mark` an annotation
/// that the server itself sets to nothing.
pub(super) fn validate_object_meta<'a>(
    meta: ObjectMeta<'a>,
    owner: Span,
    mark: Option<&str>,
    context: &mut Context,
) -> Name<'a> {
    let path = &Path::Root.field("metadata");
    let makes_name = context.existing().is_none_or(|existing| existing.is_looked_at_anew);
    if let Some(prefix) = meta.generate_name().filter(|prefix| makes_name && !prefix.value.is_empty()) {
        let field = path.field("generateName");
        for flaw in format::name_prefix(prefix.value) {
            report_name(flaw, prefix, &field, context);
        }
    }
    let name = validate_name(meta, path, owner, context);
    if let Some(namespace) = meta.namespace().filter(|namespace| !namespace.value.is_empty()) {
        report_flaws(
            format::dns_label(namespace.value),
            namespace.value,
            &path.field("namespace"),
            namespace.span,
            context,
        );
    }
    if let Some(labels) = meta.labels() {
        validate_labels(labels.value, &path.field("labels"), context);
    }
    if let Some(annotations) = meta.annotations() {
        validate_annotations(annotations, mark, &path.field("annotations"), context);
    }
    if let Some(owners) = meta.owner_references() {
        validate_owners(owners, &path.field("ownerReferences"), context);
    }
    if let Some(finalizers) = meta.finalizers() {
        validate_finalizers(finalizers, &path.field("finalizers"), context);
    }
    if let Some(managed) = meta.managed_fields() {
        validate_managed_fields(managed.value, &path.field("managedFields"), context);
    }
    name
}

fn validate_name<'a>(meta: ObjectMeta<'a>, path: &Path<'_>, owner: Span, context: &mut Context) -> Name<'a> {
    let field = path.field("name");
    if let Some(name) = meta.name().filter(|name| !name.value.is_empty()) {
        for flaw in format::dns_subdomain(name.value) {
            report_name(flaw, name, &field, context);
        }
        return Name { text: Cow::Borrowed(name.value), span: name.span };
    }
    if let Some(prefix) = meta.generate_name().filter(|prefix| !prefix.value.is_empty()) {
        let name = format::generated_name(prefix.value);
        for flaw in format::dns_subdomain(&name) {
            report_name(flaw, prefix, &field, context);
        }
        return Name { text: Cow::Owned(name), span: prefix.span };
    }
    let span = meta.name().map_or(owner, |name| name.span);
    let problem = context.report(Reason::Required, &field, span, "the object has no name");
    problem.help("add `name`, or `generateName` for a name that the server makes up");
    Name { text: Cow::Borrowed(""), span }
}

fn report_name(flaw: Flaw, name: Field<'_, &str>, path: &Path<'_>, context: &mut Context) {
    // Dots are allowed, unless the host names of pods are made of it.
    let keeping_dots = Form::DnsSubdomain.nearest(name.value, 63).filter(|_| !names_hosts(name.raw));
    let near = keeping_dots.or_else(|| Form::DnsLabel.nearest(name.value, 63));
    let problem =
        context.report(Reason::Invalid, path, name.span, flaw.describe(name.value)).about(topic_of_name(flaw));
    if let Some(near) = near.filter(|_| flaw == Flaw::Form(Form::DnsSubdomain)) {
        problem.did_you_mean(name.raw, &near, Safety::Unsafe);
    }
}

/// Whether the object with that name is an Indexed Job.
fn names_hosts(name: Value<'_>) -> bool {
    let object = name.parent().and_then(Value::parent);
    let mode = object.and_then(|object| object.get("spec")?.value.get("completionMode"));
    mode.is_some_and(|mode| mode.value.as_str() == Some("Indexed"))
}

/// The topic of an object's name with that flaw.
pub(super) fn topic_of_name(flaw: Flaw) -> Topic {
    if matches!(flaw, Flaw::TooLong(_)) { Topic::LongName } else { Topic::Name }
}

/// The topic of any other text with that flaw.
pub(super) fn topic_of(flaw: Flaw) -> Topic {
    if matches!(flaw, Flaw::TooLong(_)) { Topic::TooLong } else { Topic::Malformed }
}

/// What the server checks last, when nothing else is wrong, and of an object that changes first: that names can stand in an
/// address.
pub(super) fn validate_address(meta: ObjectMeta<'_>, context: &mut Context) {
    let Some(prefix) = meta.generate_name().filter(|_| context.accepts() || context.existing().is_some()) else {
        return;
    };
    let metadata = Path::Root.field("metadata");
    let field = metadata.field("generateName");
    for part in ["/", "%"] {
        if prefix.value.contains(part) {
            let message = format_args!("{} has `{part}`, and cannot stand in an address", quote(prefix.value));
            context.report(Reason::Invalid, &field, prefix.span, message).about(Topic::Name);
        }
    }
}

/// Reports every flaw of a value; the server has one cause for each.
pub(super) fn report_flaws(flaws: Flaws, value: &str, path: &Path<'_>, span: Span, context: &mut Context) {
    if flaws.is_empty() {
        return;
    }
    for (number, flaw) in flaws.into_iter().enumerate() {
        let problem = context.report(Reason::Invalid, path, span, flaw.describe(value));
        problem.once_for((flaw, value)).about(topic_of(flaw));
        // Of nothing there is one thing to say.
        problem.echoes((number > 0 && value.is_empty()).then_some(span));
    }
}

/// Checks the labels and annotations that the controller gives a Job which a CronJob makes.
pub(super) fn validate_carried(meta: ObjectMeta<'_>, context: &mut Context) {
    let path = &Path::Root.field("metadata");
    if let Some(labels) = meta.labels() {
        validate_labels(labels.value, &path.field("labels"), context);
    }
    if let Some(annotations) = meta.annotations() {
        validate_annotations(annotations, None, &path.field("annotations"), context);
    }
}

/// Checks labels; `path` is that of the map, which the server names for a key and for a value.
pub(super) fn validate_labels(labels: Map<'_, &str>, path: &Path<'_>, context: &mut Context) {
    for (key, value) in labels.iter() {
        report_flaws(format::label_key(key), key, path, value.key, context);
        report_flaws(format::label_value(value.value), value.value, path, value.span, context);
    }
}

/// Checks annotations: any value, but not too much of it. `mark` is one that the server sets to nothing, if any.
pub(super) fn validate_annotations(
    annotations: Field<'_, Map<'_, &str>>,
    mark: Option<&str>,
    path: &Path<'_>,
    context: &mut Context,
) {
    let mut size = mark.map_or(0, str::len);
    for (key, value) in annotations.value.iter() {
        report_flaws(format::annotation_key(key), key, path, value.key, context);
        if Some(key) != mark {
            size += key.len() + value.value.len();
        }
    }
    if size > ANNOTATIONS_SIZE {
        let message = format_args!("the annotations have {size} bytes, at most {ANNOTATIONS_SIZE} are allowed");
        context.report(Reason::TooLong, path, annotations.key, message);
    }
}

fn validate_owners(owners: Field<'_, List<'_, OwnerReference<'_>>>, path: &Path<'_>, context: &mut Context) {
    let mut controller: Option<Span> = None;
    for (index, owner) in distinct_owners(owners.value, path, context).into_iter().enumerate() {
        // The server names the single owner since 1.37.
        let single = path.index(index);
        validate_owner(owner, if context.since(37) { &single } else { path }, context);
        let Some(controls) = owner.value.controller().filter(|controls| controls.value) else { continue };
        let Some(first) = controller else {
            // Older servers remembered the first one by its name.
            let remembered = context.since(26) || owner.value.name().is_some_and(|name| !name.value.is_empty());
            controller = Some(controls.span).filter(|_| remembered);
            continue;
        };
        let text = |field: Option<Field<'_, &str>>| field.map_or(String::new(), |field| field.value.to_owned());
        let name = format!("{}/{}", text(owner.value.kind()), text(owner.value.name()));
        let message = format_args!("an object has only one controller, and {} is another one", quote(&name));
        context.report(Reason::Invalid, path, controls.span, message).once_for(&name).beside(first);
    }
}

/// The server leaves out those that repeat another, and says so; of an object that changes, its strategy is asked before.
fn distinct_owners<'a>(
    owners: List<'a, OwnerReference<'a>>,
    path: &Path<'_>,
    context: &mut Context,
) -> Vec<Field<'a, OwnerReference<'a>>> {
    let (mut seen, mut distinct, mut repeated) = (HashSet::default(), Vec::new(), None);
    for (_, owner) in owners.iter() {
        let (reference, text) =
            (owner.value, |field: Option<Field<'a, &'a str>>| field.map_or("", |field| field.value));
        let texts = [reference.api_version(), reference.kind(), reference.name(), reference.uid()].map(text);
        let flags = [reference.controller(), reference.block_owner_deletion()].map(|flag| flag.map(|flag| flag.value));
        if seen.insert((texts, flags)) || context.existing().is_some() {
            distinct.push(owner);
        } else {
            repeated = repeated.or(Some(owner.span));
        }
    }
    if let Some(span) = repeated {
        context.warn(path, span, "the same owner is listed already, and Kubernetes leaves it out");
    }
    distinct
}

fn validate_owner(owner: Field<'_, OwnerReference<'_>>, path: &Path<'_>, context: &mut Context) {
    let reference = owner.value;
    // 1.36 and older call an absent text a wrong one.
    let absent = if context.since(37) { Reason::Required } else { Reason::Invalid };
    let required = [
        ("apiVersion", reference.api_version()),
        ("kind", reference.kind()),
        ("name", reference.name()),
        ("uid", reference.uid()),
    ];
    for (name, field) in required {
        if field.is_none_or(|field| field.value.is_empty()) {
            let span = field.map_or(owner.span, |field| field.span);
            context.report(absent, &path.field(name), span, format_args!("an owner needs `{name}`"));
        }
    }
    let Some(api_version) = reference.api_version().filter(|version| !version.value.is_empty()) else { return };
    let (group, version) = group_version(api_version.value);
    if version.is_empty() {
        let message = format_args!("{} is not of the form `group/version` or `version`", quote(api_version.value));
        context.report(Reason::Invalid, &path.field("apiVersion"), api_version.span, message);
    }
    if group.is_empty() && version == "v1" && reference.kind().is_some_and(|kind| kind.value == "Event") {
        context.report(Reason::Invalid, path, owner.span, "an Event cannot own anything");
    }
}

/// Go reads a text with two slashes as no version at all.
fn group_version(text: &str) -> (&str, &str) {
    match text.split_once('/') {
        None => ("", text),
        Some((_, version)) if version.contains('/') => ("", ""),
        Some(parts) => parts,
    }
}

fn validate_finalizers(finalizers: Field<'_, List<'_, &str>>, path: &Path<'_>, context: &mut Context) {
    let (mut orphan, mut foreground) = (None, None);
    for (index, finalizer) in finalizers.value.iter() {
        report_flaws(format::label_key(finalizer.value), finalizer.value, path, finalizer.span, context);
        if !finalizer.value.contains('/') && !STANDARD_FINALIZERS.contains(&finalizer.value) {
            let message = format_args!("{} is not one of Kubernetes' own finalizers", quote(finalizer.value));
            let problem = context.report(Reason::Invalid, &path.index(index), finalizer.span, message);
            problem.about(Topic::NotSupported);
            problem.help("name the controller's domain too: `example.com/finalizer`");
        }
        match finalizer.value {
            "orphan" => orphan = Some(finalizer.span),
            "foregroundDeletion" => foreground = Some(finalizer.span),
            _ => {}
        }
    }
    if let (Some(orphan), Some(foreground)) = (orphan, foreground) {
        let message = "`orphan` and `foregroundDeletion` exclude each other";
        context.report(Reason::Invalid, path, foreground, message).beside(orphan);
    }
}

/// Of a new object the server throws the whole list away, without a word, where it cannot read one of the entries; of one
/// that changes, each entry is asked.
fn validate_managed_fields(entries: List<'_, ManagedFieldsEntry<'_>>, path: &Path<'_>, context: &mut Context) {
    let readable = |entry: ManagedFieldsEntry<'_>| {
        entry.operation().is_some_and(|operation| matches!(operation.value, "Apply" | "Update"))
            && entry.fields_type().is_some_and(|kind| kind.value == "FieldsV1")
            && entry.api_version().is_some_and(|version| !version.value.is_empty())
    };
    let is_new = context.existing().is_none();
    if is_new && !entries.iter().all(|(_, entry)| readable(entry.value)) {
        return;
    }
    for (index, entry) in entries.iter() {
        let path = path.index(index);
        if !is_new {
            update::report_manner(entry, &path, context);
        }
        validate_manager(entry.value, &path, context);
    }
}

fn validate_manager(fields: ManagedFieldsEntry<'_>, path: &Path<'_>, context: &mut Context) {
    if let Some(manager) = fields.manager() {
        let field = path.field("manager");
        if manager.value.len() > 128 {
            context.report(Reason::TooLong, &field, manager.span, "a manager's name has at most 128 characters");
        }
        for char in manager.value.chars().filter(|char| !is_printable(*char)) {
            let message =
                format_args!("the manager's name has a character that cannot be printed, U+{:04X}", char as u32);
            context.report(Reason::Invalid, &field, manager.span, message);
        }
    }
    if let Some(name) = fields.subresource().filter(|name| name.value.len() > 256) {
        context.report(Reason::TooLong, &path.field("subresource"), name.span, "at most 256 characters are allowed");
    }
}

/// As Go's `unicode.IsPrint`, as far as the standard library tells: the only white space is a blank.
fn is_printable(char: char) -> bool {
    char == ' ' || !(char.is_control() || char.is_whitespace() || is_format(char))
}

/// Characters without a shape of their own: soft hyphen, joiners, marks of direction, private use.
fn is_format(char: char) -> bool {
    matches!(char,
        '\u{ad}' | '\u{600}'..='\u{605}' | '\u{61c}' | '\u{6dd}' | '\u{70f}' | '\u{890}'..='\u{891}' | '\u{8e2}'
        | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
        | '\u{e000}'..='\u{f8ff}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0001}'..='\u{e007f}'
        | '\u{f0000}'..='\u{10ffff}')
}
