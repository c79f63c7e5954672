//! A pod, and the metadata of its template.
//!
//! pkg/api/pod/warnings.go, GetWarningsForPodTemplate, warningsForPodSpecAndMeta, as of v1.37.

use super::super::Context;
use super::super::pod::Pod;
use super::{addresses, annotations, environment, labels, ports, repeated, resources, volumes};
use crate::k8s::Path;
use crate::k8s::objects::{ObjectMeta, PodSpec};

pub(in crate::k8s::validation) fn of_pod(
    pod: &Pod<'_>,
    metadata: ObjectMeta<'_>,
    path: &Path<'_>,
    context: &mut Context,
) {
    let spec = pod.spec;
    if let Some(found) = metadata.annotations() {
        let path = path.field("metadata");
        annotations::warn(found.value, pod, &path.field("annotations"), context);
    }
    let path = path.field("spec");
    labels::warn(spec, &path, context);
    addresses::warn(spec, &path, context);
    volumes::warn(pod, &path.field("volumes"), context);
    repeated::warn(spec, &path, context);
    resources::warn(pod, &path, context);
    environment::warn(pod, &path, context);
    ports::warn(pod, &path, context);
    grace_period(spec, &path, context);
}

fn grace_period(spec: PodSpec<'_>, path: &Path<'_>, context: &mut Context) {
    // 1.27 and older take it in silence.
    let period = spec.termination_grace_period_seconds().filter(|period| period.value < 0 && context.since(27));
    if let Some(period) = period {
        let message = format_args!("`terminationGracePeriodSeconds` is {}, below 0, and counts as 1", period.value);
        context.warn(&path.field("terminationGracePeriodSeconds"), period.span, message);
    }
}
