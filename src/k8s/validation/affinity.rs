//! Which nodes a pod goes to, by the nodes' labels and by the pods that are there.
//!
//! pkg/apis/core/validation/validation.go, validateAffinity, as of v1.37.

mod node;
mod pods;

use super::Context;
use super::checks::place_of;
use crate::k8s::objects::{Affinity, Field};
use crate::k8s::{Path, Reason, Topic};

pub(super) use pods::{LabelKeys, validate_label_keys};

/// Checks a pod's `affinity`.
pub(super) fn validate(affinity: Affinity<'_>, path: &Path<'_>, context: &mut Context) {
    if let Some(nodes) = affinity.node_affinity() {
        node::validate(nodes.value, &path.field("nodeAffinity"), context);
    }
    if let Some(pods) = affinity.pod_affinity() {
        pods::validate(pods.value, &path.field("podAffinity"), context);
    }
    if let Some(pods) = affinity.pod_anti_affinity() {
        pods::validate(pods.value, &path.field("podAntiAffinity"), context);
    }
}

/// How much a wish counts.
fn validate_weight(weight: Option<Field<'_, i32>>, at: super::checks::At<'_>, context: &mut Context) {
    let value = weight.map_or(0, |weight| weight.value);
    if !(1..=100).contains(&value) {
        let span = weight.map_or(at.key, |weight| place_of(&weight));
        let message = match weight {
            Some(_) => format!("a weight of {value} is not between 1 and 100"),
            None => "`weight` is not set, and must be between 1 and 100".to_owned(),
        };
        context.report(Reason::Invalid, &at.path.field("weight"), span, message).about(Topic::OutOfRange);
    }
}
