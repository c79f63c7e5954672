//! Pod templates: their labels and annotations, and what annotations say about the pod.
//!
//! pkg/apis/core/validation/validation.go, ValidatePodTemplateSpec, ValidatePodSpecificAnnotations,
//! ValidateSeccompPodAnnotations, ValidateAppArmorPodAnnotations; pkg/apis/core/helper/helpers.go,
//! GetDeletionCostFromPodAnnotations, as of v1.37.

use super::checks::{Text, place_of, text_of};
use super::pod::Pod;
use super::{Context, file_path, object_meta, pod_spec, profile_annotations, tolerations, warnings};
use crate::k8s::format::quote;
use crate::k8s::objects::{Field, Map, ObjectMeta, PodSpec, PodTemplateSpec};
use crate::k8s::{Path, Reason, Topic};
use crate::text::Span;

const MIRROR: &str = "kubernetes.io/config.mirror";
const DELETION_COST: &str = "controller.kubernetes.io/pod-deletion-cost";

/// Checks a pod template; `owner` is the key that stands for it where something is absent.
///
/// The server names a template's labels and annotations without their `metadata`.
pub(super) fn validate_pod_template(
    template: PodTemplateSpec<'_>,
    path: &Path<'_>,
    owner: Span,
    context: &mut Context,
) {
    let metadata = template.metadata().map_or_else(ObjectMeta::absent, |metadata| metadata.value);
    let spec = template.spec();
    let owner = spec.map_or(owner, |spec| spec.key);
    let spec = spec.map_or_else(PodSpec::absent, |spec| spec.value);
    if let Some(labels) = metadata.labels() {
        object_meta::validate_labels(labels.value, &path.field("labels"), context);
    }
    let (spec_path, mut pod) = (path.field("spec"), Pod::new(spec, context));
    if let Some(annotations) = metadata.annotations() {
        let path = path.field("annotations");
        object_meta::validate_annotations(annotations, None, &path, context);
        validate_pod_annotations(annotations.value, &pod, &path, context);
    }
    pod_spec::validate_pod_spec(&mut pod, &spec_path, owner, context);
    if let Some(annotations) = metadata.annotations() {
        profile_annotations::validate(annotations.value, &pod, &spec_path, context);
    }
    if let Some(ephemeral) = spec.ephemeral_containers().filter(|list| !list.value.is_empty()) {
        let message = "a template has no ephemeral containers: they are added to running pods, to look into them";
        context
            .report(Reason::Forbidden, &spec_path.field("ephemeralContainers"), ephemeral.key, message)
            .about(Topic::ContainerField);
    }
    warnings::of_pod(&pod, metadata, path, context);
}

fn validate_pod_annotations(annotations: Map<'_, &str>, pod: &Pod<'_>, path: &Path<'_>, context: &mut Context) {
    for (key, value) in annotations.iter() {
        match key {
            MIRROR if text_of(pod.spec.node_name()).is_empty() => {
                let message = "a mirror pod is on a node, and `nodeName` is not set";
                context.report(Reason::Invalid, &path.key(key), value.key, message).about(Topic::Contradiction);
            }
            DELETION_COST if !is_deletion_cost(value.value) => {
                let message = format_args!("{} is not a whole number of 32 bits", quote(value.value));
                context.report(Reason::Invalid, &path.key(key), place_of(&value), message);
            }
            tolerations::TOLERATIONS => tolerations::validate_annotation(value, path, context),
            profile_annotations::SECCOMP_POD => validate_seccomp(value, &path.field(key), context),
            _ if key.starts_with(profile_annotations::SECCOMP_CONTAINER) => {
                validate_seccomp(value, &path.field(key), context);
            }
            _ => validate_app_armor(key, value, pod, path, context),
        }
    }
}

/// Without a plus sign or zeros in front.
fn is_deletion_cost(text: &str) -> bool {
    let plain = text == "0" || text.starts_with(|first: char| matches!(first, '-' | '1'..='9'));
    plain && text.parse::<i32>().is_ok()
}

fn validate_seccomp(profile: Text<'_>, path: &Path<'_>, context: &mut Context) {
    match profile.value {
        "runtime/default" | "docker/default" | "unconfined" => {}
        name => match name.strip_prefix("localhost/") {
            Some(file) => file_path::descending(Some(Text { value: file, ..profile }), path, context),
            None => {
                let message =
                    format!("{} is not `runtime/default`, `unconfined` or `localhost/` with a path", quote(name));
                context.report(Reason::Invalid, path, place_of(&profile), message);
            }
        },
    }
}

fn validate_app_armor(key: &str, profile: Field<'_, &str>, pod: &Pod<'_>, path: &Path<'_>, context: &mut Context) {
    let Some(container) = key.strip_prefix(profile_annotations::APP_ARMOR) else { return };
    if pod.containers_named(container).next().is_none() {
        let message = format_args!("the pod has no container {}", quote(container));
        context.report(Reason::Invalid, &path.key(key), profile.key, message).about(Topic::NotFound);
    }
    let name = profile.value;
    if !matches!(name, "" | "runtime/default" | "unconfined") && !name.starts_with("localhost/") {
        let message =
            format_args!("{} is not `runtime/default`, `unconfined` or `localhost/` with a name", quote(name));
        context.report(Reason::Invalid, &path.key(key), place_of(&profile), message);
    }
}
