//! The template of a Job's pods, which cannot change but for where the pods of a suspended Job are to run and what they
//! ask for.
//!
//! pkg/apis/batch/validation/validation.go, validatePodTemplateUpdate, validatePodResourceUpdatesOnly;
//! pkg/registry/batch/job/strategy.go, validationOptionsForJob, shouldAllowMutablePodTemplate, as of v1.37.

use serde_json::Value as Json;

use super::tree::Walk;
use super::{Object, Pair};
use crate::k8s::Problem;
use crate::k8s::schema::{Gate, Kind, Version};

/// What differs in the template and may not.
pub(super) fn problem_of(pair: &Pair<'_>) -> Option<Problem> {
    let template = |object| pair.spec(object).get("template").cloned().unwrap_or_default();
    let (mut before, after) = (template(&pair.before), template(&pair.after));
    let is_suspended = pair.spec(&pair.before).get("suspend") == Some(&Json::Bool(true));
    let standing = pair.standing;
    let is_idle = is_suspended && (!standing.started || standing.is_suspended) && standing.active == 0;
    let moves = if Gate::MutableSchedulingDirectivesForSuspendedJobs.is_on(pair.version) {
        is_idle
    } else {
        is_suspended && !standing.started
    };
    if moves {
        take_over_directives(&mut before, &after, pair.version);
    }
    let takes_resources = is_idle && Gate::MutablePodResourcesForSuspendedJobs.is_on(pair.version);
    let (field, before, after) = if takes_resources {
        let mut spec = before.get("spec").cloned().unwrap_or_default();
        let now = after.get("spec").cloned().unwrap_or_default();
        take_over_resources(&mut spec, &now);
        ("template.spec", spec, now)
    } else {
        ("template", before, after)
    };
    let walk = Walk { version: pair.version };
    let first = walk.differences("", (&before, &after), kind(field, pair)).into_iter().next()?;
    let what = first.field.trim_start_matches('.');
    let message = format!("the pod template of a Job cannot change once it exists: `{what}` does");
    let mut problem = pair.refusal(field, message);
    problem.span = pair.place(&format!("spec.{field}.{what}"));
    Some(problem)
}

/// The type of the template, or of the spec in it.
fn kind(field: &str, pair: &Pair<'_>) -> Kind {
    let mut kind = Kind::Object(pair.resource.of_type());
    for name in std::iter::once("spec").chain(field.split('.')) {
        let below = kind.object().and_then(|of| of.field(name, pair.version));
        kind = below.map_or(Kind::Any, |field| field.kind);
    }
    kind
}

/// Where pods may run is told by these.
fn take_over_directives(before: &mut Json, after: &Json, version: Version) {
    for field in ["labels", "annotations"] {
        take_over(part(before, "metadata"), after.get("metadata"), field);
    }
    let (spec, now) = (part(before, "spec"), after.get("spec"));
    for field in ["nodeSelector", "tolerations"] {
        take_over(spec, now, field);
    }
    if version >= Version::new(27) {
        take_over(spec, now, "schedulingGates");
    }
    match now.and_then(|now| now.get("affinity")) {
        Some(affinity) => take_over(part_of(spec, "affinity"), Some(affinity), "nodeAffinity"),
        None => {
            let affinity = spec.get_mut("affinity").and_then(Json::as_object_mut);
            if affinity.is_some_and(|affinity| {
                affinity.remove("nodeAffinity");
                affinity.is_empty()
            }) {
                spec.remove("affinity");
            }
        }
    }
    // What was made to be taken over into, and has nothing.
    if let Some(template) = before.as_object_mut() {
        let has_nothing = template.get("metadata").is_some_and(|metadata| metadata == &Json::Object(Object::new()));
        if has_nothing && after.get("metadata").is_none() {
            template.remove("metadata");
        }
    }
}

fn part<'o>(value: &'o mut Json, name: &str) -> &'o mut Object {
    if !value.is_object() {
        *value = Json::Object(Object::new());
    }
    part_of(value.as_object_mut().expect("it was made one"), name)
}

fn part_of<'o>(object: &'o mut Object, name: &str) -> &'o mut Object {
    let value = object.entry(name).or_insert_with(|| Json::Object(Object::new()));
    if !value.is_object() {
        *value = Json::Object(Object::new());
    }
    value.as_object_mut().expect("it was made one")
}

fn take_over(into: &mut Object, from: Option<&Json>, field: &str) {
    match from.and_then(|from| from.get(field)) {
        Some(value) => drop(into.insert(field.to_owned(), value.clone())),
        None => drop(into.remove(field)),
    }
}

/// What each container asks for, where there are as many as before.
fn take_over_resources(before: &mut Json, after: &Json) {
    for list in ["containers", "initContainers"] {
        let now = after.get(list).and_then(Json::as_array).map_or(&[][..], |now| now);
        let Some(before) = before.get_mut(list).and_then(Json::as_array_mut) else { continue };
        if before.len() != now.len() {
            continue;
        }
        for (one, now) in before.iter_mut().zip(now) {
            if one.get("name") == now.get("name")
                && let Some(one) = one.as_object_mut()
            {
                take_over(one, Some(now), "resources");
            }
        }
    }
}
