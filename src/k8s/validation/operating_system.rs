//! What pods on Linux and on Windows do not have.
//!
//! pkg/apis/core/validation/validation.go, validateOS, validateLinux, validateWindows, validateWindowsHostProcessPod,
//! as of v1.37.

use super::Context;
use super::checks::{At, one_of, required};
use super::pod::Pod;
use crate::k8s::objects::{Field, PodSpec, SecurityContext, WindowsSecurityContextOptions};
use crate::k8s::schema::Gate;
use crate::k8s::{Path, Reason, Topic};
use crate::text::Span;

/// Checks `os`, and what the rest of the pod must not have there.
pub(super) fn validate(pod: &Pod<'_>, path: &Path<'_>, context: &mut Context) {
    let Some(os) = pod.spec.os() else { return };
    let os_path = path.field("os");
    let Some(name) = required(os.value.name(), "name", At::new(&os_path, &os), context) else { return };
    if !one_of(name, &["linux", "windows"], &os_path, context) {
        return;
    }
    if name.value == "linux" {
        forbid_windows_options(pod, path, context);
    } else {
        forbid_linux_of_pod(pod.spec, path, context);
        forbid_linux_of_containers(pod, path, context);
    }
}

fn forbid_windows_options(pod: &Pod<'_>, path: &Path<'_>, context: &mut Context) {
    let message = "a Linux pod has no Windows options";
    let own = pod.spec.security_context().and_then(|security| security.value.windows_options());
    if let Some(options) = own {
        let path = path.field("securityContext");
        context
            .report(Reason::Forbidden, &path.field("windowsOptions"), options.key, message)
            .about(Topic::OperatingSystem);
    }
    for &(list, index, container) in &pod.containers {
        let own = container.value.security_context().and_then(|security| security.value.windows_options());
        if let Some(options) = own {
            let (path, field) = (path.field(list), "windowsOptions");
            let path = path.index(index);
            context
                .report(Reason::Forbidden, &path.field("securityContext").field(field), options.key, message)
                .about(Topic::OperatingSystem);
        }
    }
}

fn forbid(present: &[(&str, Option<Span>)], path: &Path<'_>, context: &mut Context) {
    for (name, key) in present {
        if let Some(key) = key {
            let message = format_args!("a Windows pod has no `{name}`");
            context.report(Reason::Forbidden, &path.field(name), *key, message).about(Topic::OperatingSystem);
        }
    }
}

fn forbid_linux_of_pod(spec: PodSpec<'_>, path: &Path<'_>, context: &mut Context) {
    let host = |field: Option<Field<'_, bool>>| field.filter(|field| field.value).map(|field| field.key);
    let users = spec.host_users().filter(|_| context.enables(Gate::UserNamespacesSupport));
    forbid(
        &[
            ("hostUsers", users.map(|field| field.key)),
            ("hostPID", host(spec.host_pid())),
            ("hostIPC", host(spec.host_ipc())),
            ("shareProcessNamespace", spec.share_process_namespace().map(|field| field.key)),
        ],
        path,
        context,
    );
    let Some(security) = spec.security_context().map(|security| security.value) else { return };
    let groups_policy = security.supplemental_groups_policy();
    let linux_policy = security.se_linux_change_policy();
    let sysctls = security.sysctls().filter(|sysctls| !sysctls.value.is_empty());
    forbid(
        &[
            // The field came with 1.30.
            ("appArmorProfile", security.app_armor_profile().map(|field| field.key)),
            ("seLinuxOptions", security.se_linux_options().map(|field| field.key)),
            ("seccompProfile", security.seccomp_profile().map(|field| field.key)),
            ("fsGroup", security.fs_group().map(|field| field.key)),
            ("fsGroupChangePolicy", security.fs_group_change_policy().map(|field| field.key)),
            ("sysctls", sysctls.map(|field| field.key)),
            ("runAsUser", security.run_as_user().map(|field| field.key)),
            ("runAsGroup", security.run_as_group().map(|field| field.key)),
            ("supplementalGroups", security.supplemental_groups().map(|field| field.key)),
            (
                "supplementalGroupsPolicy",
                groups_policy.filter(|_| context.enables(Gate::SupplementalGroupsPolicy)).map(|field| field.key),
            ),
            (
                "seLinuxChangePolicy",
                linux_policy.filter(|_| context.enables(Gate::SeLinuxChangePolicy)).map(|field| field.key),
            ),
        ],
        &path.field("securityContext"),
        context,
    );
}

fn forbid_linux_of_containers(pod: &Pod<'_>, path: &Path<'_>, context: &mut Context) {
    for &(list, index, container) in &pod.containers {
        let Some(security) = container.value.security_context() else { continue };
        let path = path.field(list);
        let path = path.index(index);
        let security: SecurityContext<'_> = security.value;
        forbid(
            &[
                ("appArmorProfile", security.app_armor_profile().map(|field| field.key)),
                ("seLinuxOptions", security.se_linux_options().map(|field| field.key)),
                ("seccompProfile", security.seccomp_profile().map(|field| field.key)),
                ("capabilities", security.capabilities().map(|field| field.key)),
                ("readOnlyRootFilesystem", security.read_only_root_filesystem().map(|field| field.key)),
                ("privileged", security.privileged().map(|field| field.key)),
                ("allowPrivilegeEscalation", security.allow_privilege_escalation().map(|field| field.key)),
                ("procMount", security.proc_mount().map(|field| field.key)),
                ("runAsUser", security.run_as_user().map(|field| field.key)),
                ("runAsGroup", security.run_as_group().map(|field| field.key)),
            ],
            &path.field("securityContext"),
            context,
        );
    }
}

fn host_process<'a>(options: Option<Field<'a, WindowsSecurityContextOptions<'a>>>) -> Option<Field<'a, bool>> {
    options.and_then(|options| options.value.host_process())
}

/// Processes of the node, on Windows: all of a pod's containers, or none.
pub(super) fn validate_host_process(pod: &Pod<'_>, path: &Path<'_>, owner: Span, context: &mut Context) {
    let of_pod = pod.spec.security_context().and_then(|security| host_process(security.value.windows_options()));
    let (mut count, mut of_host, mut last) = (0, 0, None);
    for &(list, index, container) in &pod.containers {
        count += 1;
        let security = container.value.security_context();
        let own = security.and_then(|security| host_process(security.value.windows_options()));
        if let (Some(own), Some(pod)) = (own, of_pod)
            && own.value != pod.value
        {
            let path = path.field(list);
            let path = path.index(index);
            let path = path.field("securityContext");
            let message = format_args!("`hostProcess` is {} here and {} for the pod", own.value, pod.value);
            let path = path.field("windowsOptions");
            context
                .report(Reason::Invalid, &path.field("hostProcess"), own.span, message)
                .about(Topic::Security)
                .label(pod.span, "the pod's");
        }
        if let Some(effective) = own.or(of_pod).filter(|effective| effective.value) {
            of_host += 1;
            last = Some(effective.span);
        }
    }
    let Some(span) = last else { return };
    if of_host != count {
        let have = if of_host == 1 { "has" } else { "have" };
        let message = format_args!("{of_host} of {count} containers {have} `hostProcess: true`: all must, or none");
        context.report(Reason::Invalid, path, span, message).about(Topic::Security);
    }
    if !pod.defaulted.host_network {
        let place = pod.spec.host_network().map_or(owner, |network| network.span);
        let message = "a pod with `hostProcess: true` needs `hostNetwork: true`";
        context
            .report(Reason::Invalid, &path.field("hostNetwork"), place, message)
            .about(Topic::Security)
            .label(span, "processes of the node are on its network");
    }
}
