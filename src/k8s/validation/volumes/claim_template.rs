//! Volumes with a claim of their own.
//!
//! pkg/apis/core/validation/validation.go, validateEphemeralVolumeSource, ValidatePersistentVolumeClaimTemplate,
//! ValidateTemplateObjectMeta, ValidatePersistentVolumeClaimSpec, validateDataSource, validateDataSourceRef, as of
//! v1.37.

use crate::k8s::format::{dns_label, dns_subdomain, quote};
use crate::k8s::objects::{
    Each, EphemeralVolumeSource, ObjectMeta, PersistentVolumeClaimSpec, PersistentVolumeClaimTemplate,
    TypedObjectReference,
};
use crate::k8s::schema::Gate;
use crate::k8s::validation::checks::{At, flaws, not_empty, one_of, place_of, required, text_of};
use crate::k8s::validation::{Context, object_meta, report, selector};
use crate::k8s::{Path, Reason, Topic};
use crate::yaml::Kind;

/// Metadata that a claim made for a pod does not take, as the server spells it.
const OWN_METADATA: &[(&str, &str)] = &[
    ("name", "name"),
    ("generateName", "generateName"),
    ("namespace", "namespace"),
    ("selfLink", "selfLink"),
    ("uid", "uID"),
    ("resourceVersion", "resourceVersion"),
    ("generation", "generation"),
    ("creationTimestamp", "creationTimestamp"),
    ("deletionTimestamp", "deletionTimestamp"),
    ("deletionGracePeriodSeconds", "deletionGracePeriodSeconds"),
    ("ownerReferences", "ownerReferences"),
    ("finalizers", "finalizers"),
    ("managedFields", "managedFields"),
];

pub(super) fn validate_ephemeral(source: EphemeralVolumeSource<'_>, at: At<'_>, context: &mut Context) {
    let path = at.path.field("volumeClaimTemplate");
    let Some(template) = source.volume_claim_template() else {
        context.report(Reason::Required, &path, at.key, "`ephemeral` needs `volumeClaimTemplate`, which is not set");
        return;
    };
    validate_template(template.value, At::new(&path, &template), context);
}

fn validate_template(template: PersistentVolumeClaimTemplate<'_>, at: At<'_>, context: &mut Context) {
    if let Some(metadata) = template.metadata() {
        validate_metadata(metadata.value, &at.path.field("metadata"), context);
    }
    let spec = template.spec();
    let path = at.path.field("spec");
    let key = spec.map_or(at.key, |spec| spec.key);
    let spec = spec.map_or_else(PersistentVolumeClaimSpec::absent, |spec| spec.value);
    validate_spec(spec, At { path: &path, key }, context);
}

fn validate_metadata(metadata: ObjectMeta<'_>, path: &Path<'_>, context: &mut Context) {
    if let Some(annotations) = metadata.annotations() {
        object_meta::validate_annotations(annotations, None, &path.field("annotations"), context);
    }
    if let Some(labels) = metadata.labels() {
        object_meta::validate_labels(labels.value, &path.field("labels"), context);
    }
    for (key, name) in OWN_METADATA {
        let Some(entry) = metadata.raw().get(key) else { continue };
        // Go cannot tell these from fields that are left out; a list without items it can.
        let is_zero = match entry.value.kind() {
            Kind::Null | Kind::String("") => true,
            Kind::Number(number) => number.as_i64() == Some(0) && *key == "generation",
            _ => false,
        };
        if !is_zero {
            let message = format_args!("the claim is the pod's, and its `{key}` is not for you to set");
            context.report(Reason::Forbidden, &path.field(name), entry.key_span, message);
        }
    }
}

fn validate_spec(spec: PersistentVolumeClaimSpec<'_>, at: At<'_>, context: &mut Context) {
    validate_access_modes(spec, at, context);
    if let Some(labels) = spec.selector() {
        selector::validate_label_selector(labels.value, &at.path.field("selector"), context);
    }
    validate_size(spec, at, context);
    if let Some(class) = not_empty(spec.storage_class_name()) {
        flaws(dns_subdomain(class.value), class, &at.path.field("storageClassName"), context);
    }
    if let Some(mode) = spec.volume_mode() {
        one_of(mode, &["Block", "Filesystem"], &at.path.field("volumeMode"), context);
    }
    validate_sources(spec, at, context);
    if let Some(class) = not_empty(spec.volume_attributes_class_name())
        && context.enables(Gate::VolumeAttributesClass)
    {
        flaws(dns_subdomain(class.value), class, &at.path.field("volumeAttributesClassName"), context);
    }
}

fn validate_access_modes(spec: PersistentVolumeClaimSpec<'_>, at: At<'_>, context: &mut Context) {
    let path = at.path.field("accessModes");
    let modes = spec.access_modes();
    if modes.is_none_or(|modes| modes.value.is_empty()) {
        let span = modes.map_or(at.key, |modes| modes.key);
        context.report(Reason::Required, &path, span, "a claim needs at least one access mode");
    }
    let single = context.enables(Gate::ReadWriteOncePod);
    let known: &[&str] = if single {
        &["ReadOnlyMany", "ReadWriteMany", "ReadWriteOnce", "ReadWriteOncePod"]
    } else {
        &["ReadOnlyMany", "ReadWriteMany", "ReadWriteOnce"]
    };
    let (mut of_pod, mut other) = (None, false);
    for (_, mode) in modes.each() {
        if !known.contains(&mode.value) {
            report::not_one_of(Reason::NotSupported, &path, Some(mode), mode.span, known, context);
        }
        match mode.value {
            "ReadWriteOncePod" => of_pod = Some(mode),
            name => other |= known.contains(&name),
        }
    }
    if let Some(of_pod) = of_pod.filter(|_| other) {
        let message = "`ReadWriteOncePod` takes no other access mode beside it";
        context.report(Reason::Forbidden, &path, of_pod.span, message).about(Topic::Contradiction);
    }
}

/// The server's path leaves out `requests`.
fn validate_size(spec: PersistentVolumeClaimSpec<'_>, at: At<'_>, context: &mut Context) {
    let path = at.path.field("resources");
    let path = path.key("storage");
    let resources = spec.resources();
    let requests = resources.and_then(|resources| resources.value.requests());
    let Some(size) = requests.and_then(|requests| requests.value.get("storage")) else {
        let owner = requests.map(|requests| requests.key).or(resources.map(|resources| resources.key));
        let message = "a claim needs a size: `resources.requests.storage` is not set";
        context.report(Reason::Required, &path, owner.unwrap_or(at.key), message);
        return;
    };
    if size.value.sign() <= 0 {
        let message = format!("a size of {} is not above 0", quote(&size.value.canonical()));
        context.report(Reason::Invalid, &path, place_of(&size), message).about(Topic::Resources);
    }
}

fn validate_sources(spec: PersistentVolumeClaimSpec<'_>, at: At<'_>, context: &mut Context) {
    let (source, reference) = (spec.data_source(), spec.data_source_ref());
    for (name, source) in [("dataSource", source), ("dataSourceRef", reference)] {
        if let Some(source) = source {
            let path = at.path.field(name);
            validate_source(source.value, At::new(&path, &source), context);
        }
    }
    let Some(reference) = reference else { return };
    // A namespace can be given since 1.26.
    let namespace = not_empty(reference.value.namespace()).filter(|_| context.since(26));
    if let Some(namespace) = namespace {
        let path = at.path.field("dataSourceRef");
        flaws(dns_label(namespace.value), namespace, &path.field("namespace"), context);
    }
    let Some(source) = source else { return };
    let message = if namespace.is_some() {
        "`dataSource` cannot say a namespace, and `dataSourceRef` has one: leave `dataSource` out"
    } else if !same_source(source.value, reference.value) {
        "`dataSource` and `dataSourceRef` name different objects"
    } else {
        return;
    };
    context.report(Reason::Invalid, at.path, source.key, message).beside(reference.key);
}

fn same_source(one: TypedObjectReference<'_>, other: TypedObjectReference<'_>) -> bool {
    let parts = |source: TypedObjectReference<'_>| {
        let group = source.api_group().map(|group| group.value.to_owned());
        (group, text_of(source.kind()).to_owned(), text_of(source.name()).to_owned())
    };
    parts(one) == parts(other)
}

fn validate_source(source: TypedObjectReference<'_>, at: At<'_>, context: &mut Context) {
    required(source.name(), "name", at, context);
    required(source.kind(), "kind", at, context);
    match not_empty(source.api_group()) {
        None if text_of(source.kind()) != "PersistentVolumeClaim" => {
            let span = source.kind().map_or(at.key, |kind| place_of(&kind));
            let message = "without an `apiGroup` the source is a `PersistentVolumeClaim`";
            context.report(Reason::Invalid, at.path, span, message).about(Topic::NotSupported);
        }
        // The server looks at its form since 1.29.
        Some(group) if context.since(29) => {
            flaws(dns_subdomain(group.value), group, &at.path.field("apiGroup"), context);
        }
        _ => {}
    }
}
