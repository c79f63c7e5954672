//! A pod template.

use super::super::Context;
use super::super::pod::Pod;
use super::{addresses, annotations, environment, labels, ports, repeated, resources, volumes};
use crate::k8s::Path;
use crate::k8s::objects::{PodSpec, PodTemplateSpec};

pub(super) fn of_template(template: PodTemplateSpec<'_>, path: &Path<'_>, context: &mut Context) {
    let Some(spec) = template.spec().map(|spec| spec.value) else { return };
    if let Some(found) = template.metadata().and_then(|metadata| metadata.value.annotations()) {
        let path = path.field("metadata");
        annotations::warn(found.value, spec, &path.field("annotations"), context);
    }
    let (path, pod) = (path.field("spec"), Pod::new(spec, context));
    labels::warn(spec, &path, context);
    volumes::warn(&pod, &path.field("volumes"), context);
    repeated::warn(spec, &path, context);
    resources::warn(spec, &path, context);
    environment::warn(spec, &path, context);
    ports::warn(&pod, &path, context);
    grace_period(spec, &path, context);
    addresses::warn(spec, &path, context);
}

fn grace_period(spec: PodSpec<'_>, path: &Path<'_>, context: &mut Context) {
    // 1.27 and older take it in silence.
    let period = spec.termination_grace_period_seconds().filter(|period| period.value < 0 && context.since(27));
    if let Some(period) = period {
        let message = format!("`terminationGracePeriodSeconds` is {}, below 0, and counts as 1", period.value);
        context.warn(&path.field("terminationGracePeriodSeconds"), period.span, message);
    }
}
