//! What every container is asked, in whichever list it stands.
//!
//! pkg/apis/core/validation/validation.go, validateContainerCommon, validatePullPolicy, as of v1.37.

pub(super) mod resize_policy;
pub(super) mod restart_policy;

use std::fmt;

use super::checks::{At, flaws, missing, not_empty, optional_one_of, place_of, point_at_key, required, text_of};
use super::names::Names;
use super::pod::Pod;
use super::{Context, env, mounts, resources, security_context};
use crate::k8s::Reason;
use crate::k8s::format::{dns_label, quote};
use crate::k8s::objects::{Container, Field, ImagePullPolicy, Lifecycle};

pub(super) fn validate(container: Container<'_>, pod: &Pod<'_>, at: At<'_>, context: &mut Context) {
    let path = at.path;
    if let Some(name) = required(container.name(), "name", at, context) {
        flaws(dns_label(name.value), name, &path.field("name"), context);
    }
    let image = container.image();
    if not_empty(image).is_none() {
        point_at_key(container.slots().image(), missing(image, "image", at, context));
    }
    let policy = container.termination_message_policy();
    let choices = &["File", "FallbackToLogsOnError"];
    optional_one_of(policy, choices, &path.field("terminationMessagePolicy"), context);
    env::validate(container, at, context);
    mounts::validate(container, pod, at, context);
    let policy = container.image_pull_policy().map(|policy| policy.map(ImagePullPolicy::as_str));
    optional_one_of(policy, ImagePullPolicy::WORDS, &path.field("imagePullPolicy"), context);
    if let Some(requirements) = container.resources() {
        let path = path.field("resources");
        resources::validate_container(requirements.value, &pod.claims, At::new(&path, &requirements), context);
    }
    resize_policy::validate(container, pod, at, context);
    if let Some(security) = container.security_context() {
        let path = path.field("securityContext");
        security_context::validate(security.value, pod, At::new(&path, &security), context);
    }
}

/// A container's name among others.
pub(super) fn unique_name<'a>(container: Container<'a>, names: &mut Names<'a>, at: At<'_>, context: &mut Context) {
    if !names.insert(text_of(container.name())) {
        repeated_name(container, at, context);
    }
}

pub(super) fn repeated_name(container: Container<'_>, at: At<'_>, context: &mut Context) {
    let name = container.name();
    let span = name.map_or(at.key, |name| place_of(&name));
    // That it has none is told.
    let is_absent = not_empty(name).is_none();
    let message = fmt::from_fn(|out| match is_absent {
        true => out.write_str("another container has no name, either"),
        false => write!(out, "another container is named {} already", quote(text_of(name))),
    });
    let path = at.path.field("name");
    let problem = context.report(Reason::Duplicate, &path, span, format_args!("{message}"));
    problem.help("give one of the two another name: init containers and others share their names");
    problem.echoes(is_absent.then_some(span));
}

/// The lifecycle as the server sees it: without `stopSignal`, which no version takes by default.
pub(super) fn lifecycle<'a>(container: Container<'a>) -> Option<Field<'a, Lifecycle<'a>>> {
    container.lifecycle().filter(|lifecycle| {
        let hooks = lifecycle.value.pre_stop().is_some() || lifecycle.value.post_start().is_some();
        hooks || lifecycle.value.stop_signal().is_none()
    })
}
