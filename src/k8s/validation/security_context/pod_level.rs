//! What all containers of a pod run with.
//!
//! pkg/apis/core/validation/validation.go, validatePodSpecSecurityContext, validateShareProcessNamespace,
//! validateSysctls, ValidateHostSysctl, IsValidSysctlName, validateFSGroupChangePolicy,
//! validateSupplementalGroupsPolicy; k8s.io/component-helpers/node/util/sysctl/namespace.go, GetNamespace;
//! k8s.io/component-helpers/node/util/sysctl/sysctl.go, NormalizeName, as of v1.37.

use super::{profiles, windows_options};
use crate::k8s::format::quote;
use crate::k8s::objects::{PodSecurityContext, PodSpec, Sysctl};
use crate::k8s::schema::Gate;
use crate::k8s::validation::Context;
use crate::k8s::validation::checks::{At, one_of, place_of, required, text_of, user_id};
use crate::k8s::validation::names::Names;
use crate::k8s::{Path, Reason, Topic};

const LONGEST_SYSCTL: usize = 253;
/// Kernel parameters of the namespace for communication between processes.
const IPC_SYSCTLS: &[&str] = &[
    "kernel.sem",
    "kernel.shmall",
    "kernel.shmmax",
    "kernel.shmmni",
    "kernel.shm_rmid_forced",
    "kernel.shm",
    "kernel.msgmax",
    "kernel.msgmnb",
    "kernel.msgmni",
    "kernel.msg",
];

/// A pod's security context, and what of the pod's spec the server keeps there.
pub(in crate::k8s::validation) fn validate(
    security: Option<PodSecurityContext<'_>>,
    spec: PodSpec<'_>,
    at: At<'_>,
    context: &mut Context,
) {
    let process_namespace = spec.share_process_namespace().filter(|share| share.value);
    if let Some(share) = process_namespace
        && let Some(host) = spec.host_pid().filter(|host| host.value)
    {
        let own = at.path.field("shareProcessNamespace");
        // 1.36 and older kept the field in the security context, and named it there.
        let path = if context.since(37) { spec_path(at.path).field("shareProcessNamespace") } else { own };
        let message = "`shareProcessNamespace` and `hostPID` exclude each other";
        context.report(Reason::Invalid, &path, share.key, message).beside(host.key);
    }
    let Some(security) = security else { return };
    user_id(security.fs_group(), &at.path.field("fsGroup"), context);
    user_id(security.run_as_user(), &at.path.field("runAsUser"), context);
    user_id(security.run_as_group(), &at.path.field("runAsGroup"), context);
    if let Some(groups) = security.supplemental_groups() {
        let path = at.path.field("supplementalGroups");
        for (index, group) in groups.value.iter() {
            user_id(Some(group), &path.index(index), context);
        }
    }
    validate_sysctls(security, spec, &at.path.field("sysctls"), context);
    validate_choices(security, at.path, context);
    if let Some(profile) = security.seccomp_profile() {
        let path = at.path.field("seccompProfile");
        profiles::validate_seccomp(profile.value, At::new(&path, &profile), context);
    }
    if let Some(options) = security.windows_options() {
        windows_options::validate(options.value, &at.path.field("windowsOptions"), context);
    }
    if let Some(profile) = security.app_armor_profile() {
        let path = at.path.field("appArmorProfile");
        profiles::validate_app_armor(profile.value, At::new(&path, &profile), context);
    }
}

fn spec_path<'p>(path: &'p Path<'p>) -> &'p Path<'p> {
    match path {
        Path::Field(parent, _) => parent,
        _ => path,
    }
}

fn validate_choices(security: PodSecurityContext<'_>, path: &Path<'_>, context: &mut Context) {
    if let Some(policy) = security.fs_group_change_policy() {
        one_of(policy, &["Always", "OnRootMismatch"], &path.field("fsGroupChangePolicy"), context);
    }
    if let Some(policy) = security.supplemental_groups_policy()
        && context.enables(Gate::SupplementalGroupsPolicy)
    {
        one_of(policy, &["Merge", "Strict"], &path.field("supplementalGroupsPolicy"), context);
    }
    if let Some(policy) = security.se_linux_change_policy()
        && context.enables(Gate::SeLinuxChangePolicy)
    {
        let had_one = context.existing().is_some_and(|existing| existing.has_linux_policy);
        let all = context.enables(Gate::SeLinuxMount) || had_one;
        let choices: &[&str] = if all { &["MountOption", "Recursive"] } else { &["Recursive"] };
        one_of(policy, choices, &path.field("seLinuxChangePolicy"), context);
    }
}

fn validate_sysctls(security: PodSecurityContext<'_>, spec: PodSpec<'_>, path: &Path<'_>, context: &mut Context) {
    let Some(sysctls) = security.sysctls() else { return };
    let mut names = Names::default();
    for (index, item) in sysctls.value.iter() {
        let path = path.index(index);
        validate_sysctl(item.value, &mut names, At::new(&path, &item), context);
        // The server looked at that first in 1.29.
        if context.since(29) {
            validate_namespace(item.value, spec, At::new(&path, &item), context);
        }
    }
}

fn validate_sysctl<'a>(sysctl: Sysctl<'a>, names: &mut Names<'a>, at: At<'_>, context: &mut Context) {
    let name = required(sysctl.name(), "name", at, context);
    let (path, text) = (at.path.field("name"), text_of(name));
    let new = names.insert(text);
    let Some(name) = name else { return };
    if !is_sysctl(text) {
        let message = format_args!(
            "{} is no name of a kernel parameter: lower-case words with dots or slashes between them",
            quote(text)
        );
        context.report(Reason::Invalid, &path, place_of(&name), message);
    } else if !new {
        let message = format_args!("{} is set already", quote(text));
        context.report(Reason::Duplicate, &path, place_of(&name), message);
    }
}

/// Words of lower-case letters, digits, `-` and `_`, with dots or slashes between them.
fn is_sysctl(name: &str) -> bool {
    let is_edge = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
    name.len() <= LONGEST_SYSCTL
        && name.split(['.', '/']).all(|word| {
            let bytes = word.as_bytes();
            let [first, ..] = bytes else { return false };
            let inner = bytes.iter().all(|byte| is_edge(*byte) || matches!(byte, b'-' | b'_'));
            is_edge(*first) && is_edge(bytes[bytes.len() - 1]) && inner
        })
}

/// A parameter of a namespace that the pod shares with the node is the node's.
fn validate_namespace(sysctl: Sysctl<'_>, spec: PodSpec<'_>, at: At<'_>, context: &mut Context) {
    let Some(name) = sysctl.name() else { return };
    let text = normalized(name.value);
    let text = text.split('*').next().unwrap_or_default();
    let network = text.starts_with("net.");
    let ipc = IPC_SYSCTLS.contains(&text) || text.starts_with("fs.mqueue.");
    let shared = match () {
        () if network && spec.host_network().is_some_and(|host| host.value) => "hostNetwork",
        () if ipc && spec.host_ipc().is_some_and(|host| host.value) => "hostIPC",
        () => return,
    };
    let message = format_args!("with `{shared}`, {} is the node's, and a pod cannot set it", quote(name.value));
    context.report(Reason::Invalid, &at.path.field("name"), place_of(&name), message).about(Topic::Security);
}

/// With dots between the words, whichever of the two spellings was used.
fn normalized(name: &str) -> String {
    match name.find(['.', '/']) {
        Some(first) if name.as_bytes()[first] == b'/' => name
            .chars()
            .map(|char| match char {
                '/' => '.',
                '.' => '/',
                other => other,
            })
            .collect(),
        _ => name.to_owned(),
    }
}
