//! A field of the pod that becomes a variable or a file.
//!
//! pkg/apis/core/validation/validation.go, validateObjectFieldSelector; pkg/apis/core/pods/helpers.go,
//! ConvertDownwardAPIFieldLabel, as of v1.37.

use crate::diagnostic::Safety;
use crate::k8s::format::{annotation_key, label_key, quote};
use crate::k8s::objects::ObjectFieldSelector;
use crate::k8s::schema::Gate;
use crate::k8s::validation::checks::{At, Text, not_empty, one_of, place_of, required};
use crate::k8s::validation::{Context, object_meta};
use crate::k8s::{Reason, Topic};

/// What a pod's fields are called, wherever they are read.
const KNOWN: &[&str] = &[
    "metadata.annotations",
    "metadata.labels",
    "metadata.name",
    "metadata.namespace",
    "metadata.uid",
    "spec.nodeName",
    "spec.restartPolicy",
    "spec.serviceAccountName",
    "spec.schedulerName",
    "status.phase",
    "status.hostIP",
    "status.hostIPs",
    "status.podIP",
    "status.podIPs",
];

/// A field of the pod, out of those that can be read here.
pub(in crate::k8s::validation) fn validate(
    selector: ObjectFieldSelector<'_>,
    choices: &[&str],
    at: At<'_>,
    context: &mut Context,
) {
    let Some(field) = required(selector.field_path(), "fieldPath", at, context) else { return };
    let path = at.path.field("fieldPath");
    // The field came with 1.28, where its gate was off.
    if field.value == "status.hostIPs" && context.since(28) && !context.enables(Gate::PodHostIps) {
        let message = "`status.hostIPs` came with Kubernetes 1.29, and this is 1.28";
        context
            .report(Reason::Forbidden, at.path, place_of(&field), message)
            .about(Topic::NotSupported)
            .once_for(field.value);
    }
    if let Some(version) = not_empty(selector.api_version()).filter(|version| version.value != "v1") {
        let message = format_args!("{} is not the API version of pods, which is `v1`", quote(version.value));
        context
            .report(Reason::Invalid, &path, place_of(&version), message)
            .about(Topic::NotSupported)
            .once_for(version.value);
        return;
    }
    match subscripted(field.value) {
        Some(("metadata.annotations", key)) => subscript(field, key, at, context),
        Some(("metadata.labels", key)) => {
            object_meta::report_flaws(label_key(key), key, at.path, place_of(&field), context);
        }
        Some((name, _)) => {
            let message = format_args!("{} takes no `['…']`: only labels and annotations do", quote(name));
            context.report(Reason::Invalid, &path, place_of(&field), message).once_for(field.value);
        }
        None if !is_known(field.value, context) => {
            let message = format_args!("a pod has no field {} that could be read here", quote(field.value));
            let near = crate::k8s::schema::nearest(field.value, choices.iter().copied());
            let problem = context.report(Reason::Invalid, &path, place_of(&field), message).about(Topic::NotSupported);
            problem.once_for(field.value);
            if let Some(near) = near {
                problem.did_you_mean(field.raw, near, Safety::Unsafe);
            }
        }
        // What old clients say for `spec.nodeName`.
        None if field.value == "spec.host" && choices.contains(&"spec.nodeName") => {}
        None => {
            one_of(field, choices, &path, context);
        }
    }
}

/// `status.hostIPs` came with 1.28.
fn is_known(field: &str, context: &Context) -> bool {
    (KNOWN.contains(&field) && (field != "status.hostIPs" || context.since(28))) || field == "spec.host"
}

fn subscript(field: Text<'_>, key: &str, at: At<'_>, context: &mut Context) {
    object_meta::report_flaws(annotation_key(key), key, at.path, place_of(&field), context);
}

/// `metadata.labels['app']` in its two parts.
fn subscripted(field: &str) -> Option<(&str, &str)> {
    let (name, key) = field.strip_suffix("']")?.split_once("['")?;
    (!name.is_empty()).then_some((name, key))
}
