//! The old annotations for seccomp and AppArmor, where they contradict the fields that replaced them.
//!
//! pkg/apis/core/validation/validation.go, validateSeccompAnnotationsAndFields,
//! validateSeccompAnnotationsAndFieldsMatch, validateAppArmorAnnotationsAndFieldsMatchOnCreate, as of v1.37.

use super::Context;
use super::checks::{place_of, text_of};
use super::pod::Pod;
use crate::k8s::objects::{Field, Map, SecurityProfile};
use crate::k8s::schema::Gate;
use crate::k8s::{Path, Problem, Reason, Topic};

pub(super) const SECCOMP_POD: &str = "seccomp.security.alpha.kubernetes.io/pod";
pub(super) const SECCOMP_CONTAINER: &str = "container.seccomp.security.alpha.kubernetes.io/";
pub(super) const APP_ARMOR: &str = "container.apparmor.security.beta.kubernetes.io/";

/// An annotation, the field it must agree with, and what the annotation may say for `RuntimeDefault`.
struct Pair<'a> {
    annotation: Field<'a, &'a str>,
    profile: Field<'a, SecurityProfile<'a>>,
    runtime_default: &'static [&'static str],
}

impl Pair<'_> {
    /// Says that the annotation is the one that is to go.
    fn blame(&self, problem: &mut Problem) {
        problem.label(self.annotation.span, "the annotation").help("remove the annotation: the field replaced it");
        problem.leave_out_at(self.annotation.key);
    }
}

pub(super) fn validate(annotations: Map<'_, &str>, pod: &Pod<'_>, path: &Path<'_>, context: &mut Context) {
    if !annotations
        .iter()
        .any(|(key, _)| [SECCOMP_POD, SECCOMP_CONTAINER, APP_ARMOR].iter().any(|name| key.starts_with(name)))
    {
        return;
    }
    let security = pod.spec.security_context().map(|security| security.value);
    let runtime_default: &[&str] = &["runtime/default", "docker/default"];
    if let Some(profile) = security.and_then(|security| security.seccomp_profile())
        && let Some(annotation) = annotations.get(SECCOMP_POD)
    {
        let context_path = path.field("securityContext");
        let path = context_path.field("seccompProfile");
        compare(&Pair { annotation, profile, runtime_default }, &path, context);
    }
    let windows = pod.os() == Some("windows");
    let pod_profile = security.and_then(|security| security.app_armor_profile());
    for &(list, index, container) in &pod.containers {
        let container = container.value;
        let (list_path, name) = (path.field(list), text_of(container.name()));
        let container_path = list_path.index(index);
        let path = container_path.field("securityContext");
        let own = container.security_context().map(|own| own.value);
        if let Some(profile) = own.and_then(|own| own.seccomp_profile())
            && let Some(annotation) = of_container(annotations, SECCOMP_CONTAINER, name)
        {
            compare(&Pair { annotation, profile, runtime_default }, &path.field("seccompProfile"), context);
        }
        if context.enables(Gate::AppArmorFields)
            && !windows
            && let Some(profile) = own.and_then(|own| own.app_armor_profile()).or(pod_profile)
            && let Some(annotation) = of_container(annotations, APP_ARMOR, name)
        {
            let pair = Pair { annotation, profile, runtime_default: &["runtime/default"] };
            compare(&pair, &path.field("appArmorProfile"), context);
        }
    }
}

fn of_container<'a>(annotations: Map<'a, &'a str>, prefix: &str, name: &str) -> Option<Field<'a, &'a str>> {
    annotations.get(&format!("{prefix}{name}"))
}

fn compare(pair: &Pair<'_>, path: &Path<'_>, context: &mut Context) {
    let (annotation, profile) = (pair.annotation.value, pair.profile.value);
    let file = annotation.strip_prefix("localhost/");
    let kind = profile.kind();
    let agrees = match text_of(kind) {
        "Unconfined" => annotation == "unconfined",
        "RuntimeDefault" => pair.runtime_default.contains(&annotation),
        "Localhost" => file.is_some(),
        _ => return,
    };
    if !agrees {
        let span = kind.map_or(pair.profile.key, |kind| place_of(&kind));
        let message = format_args!("the profile is `{}` here, and another one in the pod's annotation", text_of(kind));
        let problem = context.report(Reason::Forbidden, &path.field("type"), span, message).about(Topic::Contradiction);
        pair.blame(problem);
        return;
    }
    let local = profile.localhost_profile();
    if text_of(kind) == "Localhost" && file != local.map(|local| local.value) {
        let span = local.map_or(pair.profile.key, |local| place_of(&local));
        let message = "the profile's file is another one in the pod's annotation";
        let problem = context
            .report(Reason::Forbidden, &path.field("localhostProfile"), span, message)
            .about(Topic::Contradiction);
        pair.blame(problem);
    }
}
