//! The rights of a container's processes, and the profiles that limit them.
//!
//! pkg/apis/core/validation/validation.go, ValidateSecurityContext, ValidateProcMountType, as of v1.37.

pub(super) mod pod_level;
pub(super) mod profiles;
pub(super) mod windows_options;

use super::Context;
use super::checks::{At, one_of, place_of, user_id};
use super::pod::Pod;
use crate::k8s::objects::{Each, SecurityContext};
use crate::k8s::schema::Gate;
use crate::k8s::{Reason, Topic};

/// A container's security context.
pub(super) fn validate(security: SecurityContext<'_>, pod: &Pod<'_>, at: At<'_>, context: &mut Context) {
    user_id(security.run_as_user(), &at.path.field("runAsUser"), context);
    user_id(security.run_as_group(), &at.path.field("runAsGroup"), context);
    validate_proc_mount(security, pod, at, context);
    if let Some(profile) = security.seccomp_profile() {
        let path = at.path.field("seccompProfile");
        profiles::validate_seccomp(profile.value, At::new(&path, &profile), context);
    }
    validate_escalation(security, at, context);
    if let Some(options) = security.windows_options() {
        windows_options::validate(options.value, &at.path.field("windowsOptions"), context);
    }
    if let Some(profile) = security.app_armor_profile() {
        let path = at.path.field("appArmorProfile");
        profiles::validate_app_armor(profile.value, At::new(&path, &profile), context);
    }
}

/// While its gate was off, the server wrote `Default` over every value.
fn validate_proc_mount(security: SecurityContext<'_>, pod: &Pod<'_>, at: At<'_>, context: &mut Context) {
    let Some(proc_mount) = security.proc_mount().filter(|_| context.enables(Gate::ProcMountType)) else { return };
    let path = at.path.field("procMount");
    one_of(proc_mount, &["Default", "Unmasked"], &path, context);
    if pod.defaulted.host_users && proc_mount.value == "Unmasked" {
        let message = "an unmasked `/proc` needs a user namespace: `hostUsers: false` in the pod";
        let problem = context.report(Reason::Invalid, &path, place_of(&proc_mount), message).about(Topic::Security);
        let shared = [pod.spec.host_network(), pod.spec.host_pid(), pod.spec.host_ipc()];
        if let Some(field) = shared.into_iter().flatten().find(|field| field.value) {
            problem
                .label(field.key, "a pod with a user namespace does not share this with the node")
                .help("leave `procMount` out, or what the pod shares with the node");
        }
    }
}

/// The server names the whole security context for what contradicts `allowPrivilegeEscalation: false`.
fn validate_escalation(security: SecurityContext<'_>, at: At<'_>, context: &mut Context) {
    let Some(escalation) = security.allow_privilege_escalation().filter(|escalation| !escalation.value) else { return };
    if let Some(privileged) = security.privileged().filter(|privileged| privileged.value) {
        let message = "a privileged container can always escalate: `allowPrivilegeEscalation: false` contradicts that";
        context
            .report(Reason::Invalid, at.path, escalation.key, message)
            .about(Topic::Security)
            .label(privileged.key, "privileged");
    }
    let added = security.capabilities().and_then(|capabilities| capabilities.value.add());
    for (_, capability) in added.each() {
        if capability.value == "CAP_SYS_ADMIN" {
            let message = "CAP_SYS_ADMIN can always escalate: `allowPrivilegeEscalation: false` contradicts that";
            let problem = context.report(Reason::Invalid, at.path, escalation.key, message).about(Topic::Security);
            problem.once_for(()).label(capability.span, "the capability");
        }
    }
}
