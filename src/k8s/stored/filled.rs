//! What a server fills in for Jobs and CronJobs.
//!
//! pkg/apis/batch/v1/defaults.go; pkg/apis/batch/v1/zz_generated.defaults.go, as of v1.37.

use serde_json::Value as Json;

use super::{Object, child, fill, part, parts, pod};
use crate::k8s::defaulted;
use crate::k8s::schema::{Gate, Version};

pub(super) fn job(job: &mut Object, version: Version) {
    let spec = child(job, "spec");
    let is_single = !spec.contains_key("completions") && !spec.contains_key("parallelism");
    if is_single {
        fill(spec, "completions", 1);
    }
    fill(spec, "parallelism", 1);
    let of_index = spec.contains_key("backoffLimitPerIndex");
    fill(spec, "backoffLimit", if of_index { i32::MAX } else { defaulted::Job::DEFAULT_BACKOFF_LIMIT });
    fill(spec, "completionMode", "NonIndexed");
    fill(spec, "suspend", false);
    if Gate::JobPodReplacementPolicy.is_on(version) {
        let is_failed = spec.contains_key("podFailurePolicy");
        fill(spec, "podReplacementPolicy", if is_failed { "Failed" } else { "TerminatingOrFailed" });
    }
    if version >= Version::new(29) {
        fill(spec, "manualSelector", false);
    }
    conditions(spec);
    let template = child(spec, "template");
    pod::fill_template(template, version);
    if let Some(labels) = template.get("metadata").and_then(|metadata| metadata.get("labels")).cloned() {
        fill(child(job, "metadata"), "labels", labels);
    }
}

pub(super) fn cron_job(cron_job: &mut Object, version: Version) {
    let spec = child(cron_job, "spec");
    fill(spec, "concurrencyPolicy", "Allow");
    fill(spec, "suspend", false);
    fill(spec, "successfulJobsHistoryLimit", 3);
    fill(spec, "failedJobsHistoryLimit", 1);
    let job = child(child(spec, "jobTemplate"), "spec");
    if version >= Version::new(34) {
        conditions(job);
    }
    pod::fill_template(child(job, "template"), version);
}

/// Of a pod's condition, that it is met.
fn conditions(spec: &mut Object) {
    let Some(policy) = part(spec, "podFailurePolicy") else { return };
    for rule in parts(policy, "rules") {
        parts(rule, "onPodConditions").for_each(|condition| fill(condition, "status", Json::from("True")));
    }
}
