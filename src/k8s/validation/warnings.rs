//! What the server says beside accepting an object.
//!
//! pkg/registry/batch/job/strategy.go, WarningsOnCreate; pkg/registry/batch/cronjob/strategy.go, WarningsOnCreate;
//! pkg/api/job/warnings.go, WarningsForJobSpec, as of v1.37.

mod addresses;
mod annotations;
mod environment;
mod labels;
mod overlaps;
mod pod;
mod ports;
mod repeated;
mod resources;
mod volumes;

pub(super) use pod::of_pod;

use super::Context;
use super::object_meta::Name;
use crate::k8s::defaulted;
use crate::k8s::format;
use crate::k8s::objects::CronJobSpec;
use crate::k8s::{Path, Topic};

/// A name that is a DNS name and no DNS label, and may have so many characters. 1.26 and older say nothing of it.
pub(super) fn of_name(name: &Name<'_>, longest: usize, context: &mut Context) {
    if !context.since(27) || name.text.is_empty() || format::dns_label(&name.text).is_empty() {
        return;
    }
    let metadata = Path::Root.field("metadata");
    let message = "pods and their host names are made of this name, which is no DNS label";
    context
        .warn(&metadata.field("name"), name.span, message)
        .about(Topic::NoDnsLabel)
        .help(format_args!("use at most {longest} lower-case letters, digits and `-`, without dots"));
}

/// A time zone in the schedule, which 1.28 and older take.
pub(super) fn of_schedule(spec: CronJobSpec<'_>, context: &mut Context) {
    if context.since(29) {
        return;
    }
    if let Some(schedule) = spec.schedule().filter(|schedule| schedule.value.contains("TZ")) {
        let path = Path::Root.field("spec");
        let message = "a time zone in the schedule is not supported, and Kubernetes 1.29 refuses it";
        context
            .warn(&path.field("schedule"), schedule.span, message)
            .about(Topic::Deprecated)
            .help("set `timeZone` instead");
    }
}

/// A Job's spec; `path` is its own. 1.26 and older say nothing of it.
pub(super) fn of_job_spec(job: &defaulted::Job<'_>, path: &Path<'_>, context: &mut Context) {
    let parallelism = job.spec.parallelism().filter(|parallelism| parallelism.value > 10_000);
    if let Some(parallelism) = parallelism
        && context.since(27)
        && job.is_indexed()
        && job.completions.is_some_and(|completions| completions > 100_000)
    {
        let message = "with more than 100000 completions, Kubernetes may lose track of so many parallel pods";
        context.warn(path, parallelism.span, message).help("set `parallelism` to at most 10000");
    }
}
