//! What a pod shares with its node, and its names on the network.
//!
//! pkg/apis/core/validation/validation.go, validateHostUsers, validatePodHostName, ValidateHostAliases,
//! validateFileKeyRefVolumes, as of v1.37.

use super::Context;
use super::checks::{At, flaws, not_empty, place_of, text_of};
use super::ip::validate_ip;
use super::names::Names;
use super::pod::Pod;
use crate::k8s::format::{dns_label, dns_subdomain, quote};
use crate::k8s::objects::{Each, Field, PodSpec};
use crate::k8s::schema::Gate;
use crate::k8s::{Path, Reason, Topic};

const LONGEST_HOSTNAME: usize = 64;

/// A pod with a user namespace shares little else.
pub(super) fn validate_host_users(pod: &Pod<'_>, path: &Path<'_>, context: &mut Context) {
    if pod.defaulted.host_users {
        return;
    }
    let spec = pod.spec;
    // The server's own spelling of the last two.
    let shared = [("hostNetwork", spec.host_network()), ("HostPID", spec.host_pid()), ("HostIPC", spec.host_ipc())];
    for (name, field) in shared {
        if let Some(field) = field.filter(|field| field.value) {
            let message = "a pod with a user namespace (`hostUsers: false`) does not share this with the node";
            context.report(Reason::Forbidden, &path.field(name), field.key, message).about(Topic::Contradiction);
        }
    }
    // 1.33 and older did not look at devices.
    if !context.since(34) {
        return;
    }
    for &(list, index, container) in &pod.containers {
        if let Some(devices) = container.value.volume_devices().filter(|devices| !devices.value.is_empty()) {
            let path = path.field(list);
            let message = "a pod with a user namespace (`hostUsers: false`) has no raw devices";
            context
                .report(Reason::Forbidden, &path.index(index).field("volumeDevices"), devices.key, message)
                .about(Topic::Contradiction);
        }
    }
}

/// `hostname`, `subdomain` and `hostnameOverride`.
pub(super) fn validate_hostnames(pod: &Pod<'_>, path: &Path<'_>, context: &mut Context) {
    for (name, text) in [("hostname", pod.spec.hostname()), ("subdomain", pod.spec.subdomain())] {
        if let Some(text) = not_empty(text) {
            flaws(dns_label(text.value), text, &path.field(name), context);
        }
    }
    let Some(hostname) = pod.spec.hostname_override().filter(|_| context.enables(Gate::HostnameOverride)) else {
        return;
    };
    let path = path.field("hostnameOverride");
    let contradicting =
        [("setHostnameAsFQDN", pod.spec.set_hostname_as_fqdn()), ("hostNetwork", pod.spec.host_network())];
    for (name, field) in contradicting {
        if let Some(field) = field.filter(|field| field.value) {
            let message = format_args!("`hostnameOverride` and `{name}: true` exclude each other");
            context
                .report(Reason::Forbidden, &path, hostname.key, message)
                .beside(field.key)
                .about(Topic::Contradiction);
        }
    }
    if hostname.value.len() > LONGEST_HOSTNAME {
        let message = format_args!("the name is {} characters long, {LONGEST_HOSTNAME} at most", hostname.value.len());
        context.report(Reason::TooLong, &path, place_of(&hostname), message);
    }
    flaws(dns_subdomain(hostname.value), hostname, &path, context);
}

/// Names of addresses. Before 1.30 the server named no item of the list.
pub(super) fn validate_aliases(spec: PodSpec<'_>, path: &Path<'_>, context: &mut Context) {
    let Some(aliases) = spec.host_aliases() else { return };
    let list = path.field("hostAliases");
    let numbered = context.since(30);
    for (index, alias) in aliases.value.iter() {
        let item = list.index(index);
        let path = if numbered { &item } else { &list };
        validate_ip(alias.value.ip(), &path.field("ip"), At::new(path, &alias), context);
        let names = path.field("hostnames");
        for (index, name) in alias.value.hostnames().each() {
            let item = names.index(index);
            flaws(dns_subdomain(name.value), name, if numbered { &item } else { &names }, context);
        }
    }
}

/// Volumes that variables are read from.
pub(super) fn validate_variable_files(pod: &Pod<'_>, path: &Path<'_>, context: &mut Context) {
    if !context.enables(Gate::EnvFiles) {
        return;
    }
    let volumes = || pod.spec.volumes().each();
    let mut known: Option<(Names<'_>, Names<'_>)> = None;
    for &(list, index, container) in &pod.containers {
        let container_list = path.field(list);
        let container_path = container_list.index(index);
        let env = container_path.field("env");
        for (index, variable) in container.value.env().each() {
            let Some(key) = variable.value.value_from().and_then(|from| from.value.file_key_ref()) else { continue };
            // Of volumes with one name the last one counts.
            let (all, empty) = known.get_or_insert_with(|| {
                let mut items: Vec<_> = volumes().map(|(_, volume)| volume.value).collect();
                let (mut all, mut empty) = (Names::default(), Names::default());
                while let Some(volume) = items.pop() {
                    let name = text_of(volume.name());
                    if all.insert(name)
                        && (volume.empty_dir().is_some()
                            || volume.raw().entries().all(|entry| entry.key == "name" || entry.value.is_null()))
                    {
                        empty.insert(name);
                    }
                }
                (all, empty)
            });
            let name: Option<Field<'_, &str>> = key.value.volume_name();
            let text = text_of(name);
            let reason = match () {
                () if !all.contains(text) => Reason::NotFound,
                () if !empty.contains(text) => Reason::Invalid,
                () => continue,
            };
            let message = if reason == Reason::NotFound {
                format!("the pod has no volume {}", quote(text))
            } else {
                format!("variables are read from an `emptyDir`, and the volume {} is none", quote(text))
            };
            let path = env.index(index);
            let path = path.field("valueFrom");
            let path = path.field("fileKeyRef");
            let span = name.map_or(key.key, |name| place_of(&name));
            context.report(reason, &path.field("volumeName"), span, message);
        }
    }
}
