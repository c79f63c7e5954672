//! Probes of a container, and what probes and lifecycle hooks can do.
//!
//! pkg/apis/core/validation/validation.go, validateLivenessProbe, validateReadinessProbe, validateStartupProbe,
//! validateProbe, as of v1.37.

mod handler;
pub(super) mod lifecycle;

use super::Context;
use super::checks::{At, place_of};
use super::report;
use crate::k8s::objects::{Container, Field, Probe};
use crate::k8s::{Reason, Topic};

/// The three probes of a running container.
pub(super) fn validate_probes(container: Container<'_>, at: At<'_>, context: &mut Context) {
    if let Some(probe) = container.liveness_probe() {
        let path = at.path.field("livenessProbe");
        validate(probe.value, At::new(&path, &probe), context);
        one_success(probe.value, At::new(&path, &probe), context);
    }
    if let Some(probe) = container.readiness_probe() {
        let path = at.path.field("readinessProbe");
        validate(probe.value, At::new(&path, &probe), context);
        if let Some(period) = probe.value.termination_grace_period_seconds() {
            let message = "a readiness probe ends no container, and has no `terminationGracePeriodSeconds`";
            context
                .report(Reason::Invalid, &path.field("terminationGracePeriodSeconds"), period.key, message)
                .about(Topic::Contradiction)
                .leave_out();
        }
    }
    if let Some(probe) = container.startup_probe() {
        let path = at.path.field("startupProbe");
        validate(probe.value, At::new(&path, &probe), context);
        one_success(probe.value, At::new(&path, &probe), context);
    }
}

fn validate(probe: Probe<'_>, at: At<'_>, context: &mut Context) {
    handler::validate_probe(probe.handler(), at, context);
    for (name, number) in [
        ("initialDelaySeconds", probe.initial_delay_seconds()),
        ("timeoutSeconds", probe.timeout_seconds()),
        ("periodSeconds", probe.period_seconds()),
        ("successThreshold", probe.success_threshold()),
        ("failureThreshold", probe.failure_threshold()),
    ] {
        report::non_negative(number, name, at.path, context);
    }
    if let Some(period) = probe.termination_grace_period_seconds().filter(|period| period.value <= 0) {
        let message = format_args!("`terminationGracePeriodSeconds` is {}, below the minimum, 1", period.value);
        context
            .report(Reason::Invalid, &at.path.field("terminationGracePeriodSeconds"), place_of(&period), message)
            .about(Topic::OutOfRange);
    }
}

/// Liveness and startup are settled by the first success. 0 is filled with 1.
fn one_success(probe: Probe<'_>, at: At<'_>, context: &mut Context) {
    let threshold: Option<Field<'_, i32>> = probe.success_threshold();
    if let Some(threshold) = threshold.filter(|threshold| !matches!(threshold.value, 0 | 1)) {
        let message =
            format!("the first success settles this probe, and `successThreshold` is 1, not {}", threshold.value);
        context
            .report(Reason::Invalid, &at.path.field("successThreshold"), place_of(&threshold), message)
            .about(Topic::OutOfRange)
            .leave_out();
    }
}
