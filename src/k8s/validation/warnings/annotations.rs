//! Annotations that a field replaced.
//!
//! pkg/api/pod/warnings.go, warningsForPodSpecAndMeta; pkg/api/pod/util.go, ApparmorFieldForAnnotation, as of v1.37.

use super::super::Context;
use super::super::checks::text_of;
use super::super::pod::Pod;
use super::super::profile_annotations::{APP_ARMOR, SECCOMP_CONTAINER, SECCOMP_POD};
use crate::k8s::objects::{Container, Field, Map, SecurityProfile};
use crate::k8s::schema::Gate;
use crate::k8s::{Path, Topic};

/// Annotations that do nothing, and the field that does.
const REPLACED: [(&str, &str); 3] = [
    ("scheduler.alpha.kubernetes.io/critical-pod", "priorityClassName"),
    ("security.alpha.kubernetes.io/sysctls", "securityContext.sysctls"),
    ("security.alpha.kubernetes.io/unsafe-sysctls", "securityContext.sysctls"),
];

pub(super) fn warn(annotations: Map<'_, &str>, pod: &Pod<'_>, path: &Path<'_>, context: &mut Context) {
    for (key, value) in annotations.iter() {
        if let Some((_, field)) = REPLACED.iter().find(|(old, _)| *old == key) {
            no_effect(key, value, field, path, context);
        } else if key == SECCOMP_POD {
            let profile = pod.spec.security_context().and_then(|security| security.value.seccomp_profile());
            if profile.is_none() {
                no_effect(key, value, "securityContext.seccompProfile", path, context);
            }
        } else if let Some(name) = key.strip_prefix(SECCOMP_CONTAINER) {
            // An annotation for two containers of one name is named once: the server repeats no warning.
            if pod.containers_named(name).any(|container| seccomp(container).is_none()) {
                no_effect(key, value, "securityContext.seccompProfile", path, context);
            }
        } else if let Some(name) = key.strip_prefix(APP_ARMOR) {
            app_armor(key, name, value, pod, path, context);
        }
    }
}

fn no_effect(key: &str, value: Field<'_, &str>, field: &str, path: &Path<'_>, context: &mut Context) {
    let message = format_args!("the annotation `{key}` has no effect any more");
    context
        .warn(&path.key(key), value.key, message)
        .about(Topic::Deprecated)
        .help(format_args!("set `{field}` instead"));
}

fn seccomp(container: Container<'_>) -> Option<Field<'_, SecurityProfile<'_>>> {
    container.security_context()?.value.seccomp_profile()
}

fn app_armor(key: &str, name: &str, value: Field<'_, &str>, pod: &Pod<'_>, path: &Path<'_>, context: &mut Context) {
    if !context.enables(Gate::AppArmorFields) {
        return;
    }
    let profile = pod.spec.security_context().and_then(|security| security.value.app_armor_profile());
    // Since 1.34 the pod's profile silences the warning only where it says the same.
    let covered = profile.is_some_and(|profile| !context.since(34) || says(profile.value, value.value));
    let own = |container: Container<'_>| {
        container.security_context().is_some_and(|own| own.value.app_armor_profile().is_some())
    };
    if !covered && pod.containers_named(name).any(|container| !own(container)) {
        let message = "AppArmor annotations are deprecated since Kubernetes 1.30";
        context
            .warn(&path.key(key), value.key, message)
            .about(Topic::Deprecated)
            .help("set `securityContext.appArmorProfile` instead");
    }
}

/// Whether the profile is what the server makes of the annotation.
fn says(profile: SecurityProfile<'_>, annotation: &str) -> bool {
    let file = profile.localhost_profile().map(|file| file.value);
    match text_of(profile.kind()) {
        "Unconfined" => annotation == "unconfined" && file.is_none(),
        "RuntimeDefault" => annotation == "runtime/default" && file.is_none(),
        "Localhost" => annotation.strip_prefix("localhost/").is_some_and(|path| file == Some(path)),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use crate::k8s::schema::Version;
    use crate::k8s::validation::check_value;
    use crate::yaml;

    #[test]
    fn a_pods_own_profile_says_the_same_or_another() {
        let is_warned_of = |profile: &str, annotation: &str| {
            let key = "container.apparmor.security.beta.kubernetes.io/a";
            let text = format!(
                "apiVersion: batch/v1\nkind: Job\nmetadata: {{name: a}}\nspec:\n  template:\n    metadata:\n      \
                 annotations: {{{key}: {annotation}}}\n    spec:\n      restartPolicy: Never\n      \
                 securityContext: {{appArmorProfile: {{{profile}}}}}\n      containers: [{{name: a, image: a}}]\n"
            );
            let file = yaml::parse(&text);
            let verdict = check_value(file.documents[0].root().expect("it has a root"), Version::new(36));
            verdict.problems().iter().any(|one| one.message.as_str().contains("AppArmor"))
        };
        for (profile, annotation) in [
            ("type: Unconfined", "unconfined"),
            ("type: RuntimeDefault", "runtime/default"),
            ("type: Localhost, localhostProfile: x", "localhost/x"),
        ] {
            assert!(!is_warned_of(profile, annotation), "{profile}");
            assert!(is_warned_of(profile, "localhost/other"), "{profile}");
        }
    }
}
