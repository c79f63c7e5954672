//! Volumes of clouds and storage systems, each with a handful of fields.
//!
//! pkg/apis/core/validation/validation.go, validateGCEPersistentDiskVolumeSource,
//! validateAWSElasticBlockStoreVolumeSource, validateGlusterfsVolumeSource, validateVsphereVolumeSource,
//! validatePhotonPersistentDiskVolumeSource, validatePortworxVolumeSource, validateAzureFile,
//! validateScaleIOVolumeSource, validateCinderVolumeSource, validateCephFSVolumeSource, validateRBDVolumeSource,
//! validateFlockerVolumeSource, validateQuobyteVolumeSource, validateFlexVolumeSource, validateAzureDisk,
//! validateStorageOSVolumeSource, as of v1.37.

use super::fields::{all_required, byte, secret_ref};
use crate::k8s::Reason;
use crate::k8s::format::{dns_label, quote};
use crate::k8s::objects::{Each, RemoteVolume};
use crate::k8s::validation::Context;
use crate::k8s::validation::checks::{At, flaws, not_empty, one_of, place_of, required, text_of};

const LONGEST_TENANT: usize = 64;
const CACHING_MODES: &[&str] = &["None", "ReadOnly", "ReadWrite"];
const DISK_KINDS: &[&str] = &["Dedicated", "Managed", "Shared"];

pub(super) fn gce(source: RemoteVolume<'_>, at: At<'_>, context: &mut Context) {
    all_required(&[("pdName", source.pd_name())], at, context);
    byte(source.partition(), "partition", at, context);
}

pub(super) fn aws(source: RemoteVolume<'_>, at: At<'_>, context: &mut Context) {
    all_required(&[("volumeID", source.volume_id())], at, context);
    byte(source.partition(), "partition", at, context);
}

pub(super) fn glusterfs(source: RemoteVolume<'_>, at: At<'_>, context: &mut Context) {
    all_required(&[("endpoints", source.endpoints()), ("path", source.path())], at, context);
}

pub(super) fn vsphere(source: RemoteVolume<'_>, at: At<'_>, context: &mut Context) {
    all_required(&[("volumePath", source.volume_path())], at, context);
}

pub(super) fn photon(source: RemoteVolume<'_>, at: At<'_>, context: &mut Context) {
    all_required(&[("pdID", source.pd_id())], at, context);
}

pub(super) fn portworx(source: RemoteVolume<'_>, at: At<'_>, context: &mut Context) {
    all_required(&[("volumeID", source.volume_id())], at, context);
}

pub(super) fn azure_file(source: RemoteVolume<'_>, at: At<'_>, context: &mut Context) {
    all_required(&[("secretName", source.secret_name()), ("shareName", source.share_name())], at, context);
}

pub(super) fn scale_io(source: RemoteVolume<'_>, at: At<'_>, context: &mut Context) {
    let texts = [("gateway", source.gateway()), ("system", source.system()), ("volumeName", source.volume_name())];
    all_required(&texts, at, context);
}

pub(super) fn cinder(source: RemoteVolume<'_>, at: At<'_>, context: &mut Context) {
    all_required(&[("volumeID", source.volume_id())], at, context);
    secret_ref("secretRef", source.secret_ref(), at, context);
}

pub(super) fn ceph_fs(source: RemoteVolume<'_>, at: At<'_>, context: &mut Context) {
    monitors(source, at, context);
}

pub(super) fn rbd(source: RemoteVolume<'_>, at: At<'_>, context: &mut Context) {
    monitors(source, at, context);
    all_required(&[("image", source.image())], at, context);
}

fn monitors(source: RemoteVolume<'_>, at: At<'_>, context: &mut Context) {
    if source.monitors().is_none_or(|monitors| monitors.value.is_empty()) {
        let span = source.monitors().map_or(at.key, |monitors| monitors.key);
        context.report(
            Reason::Required,
            &at.path.field("monitors"),
            span,
            "there must be a monitor, and there is none",
        );
    }
}

pub(super) fn flocker(source: RemoteVolume<'_>, at: At<'_>, context: &mut Context) {
    let name = not_empty(source.dataset_name());
    match (name, not_empty(source.dataset_uuid())) {
        (None, None) => {
            let message = "the dataset has neither `datasetName` nor `datasetUUID`";
            context.report(Reason::Required, at.path, at.key, message);
        }
        (Some(name), Some(uuid)) => {
            let message = "the dataset has `datasetName` or `datasetUUID`, not both";
            context.report(Reason::Invalid, at.path, name.key, message).beside(uuid.key);
        }
        _ => {}
    }
    if let Some(name) = name.filter(|name| name.value.contains('/')) {
        let message = format_args!("{} has a slash, and may not", quote(name.value));
        context.report(Reason::Invalid, &at.path.field("datasetName"), place_of(&name), message);
    }
}

pub(super) fn quobyte(source: RemoteVolume<'_>, at: At<'_>, context: &mut Context) {
    if let Some(registry) = required(source.registry(), "registry", at, context) {
        let tenant = text_of(source.tenant());
        if tenant.len() > LONGEST_TENANT {
            let span = source.tenant().map_or(at.key, |tenant| place_of(&tenant));
            let message = format_args!("the tenant is {} characters long, {LONGEST_TENANT} at most", tenant.len());
            context.report(Reason::Required, &at.path.field("tenant"), span, message);
        } else {
            for pair in registry.value.split(',').filter(|pair| !is_host_and_port(pair)) {
                let message = format_args!("{} is not a host and a port with a colon between them", quote(pair));
                let problem = context.report(Reason::Invalid, &at.path.field("registry"), place_of(&registry), message);
                problem.once_for(registry.value);
            }
        }
    }
    all_required(&[("volume", source.volume())], at, context);
}

/// As Go splits them: brackets around a host with colons.
fn is_host_and_port(pair: &str) -> bool {
    let Some((host, port)) = pair.rsplit_once(':') else { return false };
    let (host, brackets) = match host.strip_prefix('[') {
        Some(rest) => match rest.strip_suffix(']') {
            Some(host) => (host, true),
            None => return false,
        },
        None => (host, false),
    };
    let odd = |text: &str| text.contains(['[', ']']);
    (brackets || !host.contains(':')) && !odd(host) && !odd(port)
}

pub(super) fn flex(source: RemoteVolume<'_>, at: At<'_>, context: &mut Context) {
    all_required(&[("driver", source.driver())], at, context);
    let path = at.path.field("options");
    for (key, value) in source.options().each() {
        let namespace = format!(".{}", key.split('/').next().unwrap_or_default().to_lowercase());
        if namespace.ends_with(".kubernetes.io") || namespace.ends_with(".k8s.io") {
            let message = format_args!("{} is an option of Kubernetes' own", quote(key));
            context.report(Reason::Invalid, &path.key(key), value.key, message);
        }
    }
}

/// `cachingMode` and `kind` are filled with `ReadWrite` and `Shared`.
pub(super) fn azure_disk(source: RemoteVolume<'_>, at: At<'_>, context: &mut Context) {
    all_required(&[("diskName", source.disk_name()), ("diskURI", source.disk_uri())], at, context);
    if let Some(mode) = source.caching_mode() {
        one_of(mode, CACHING_MODES, &at.path.field("cachingMode"), context);
    }
    if let Some(kind) = source.kind() {
        one_of(kind, DISK_KINDS, &at.path.field("kind"), context);
    }
    let managed = source.kind().is_some_and(|kind| kind.value == "Managed");
    let start = if managed { "/subscriptions/" } else { "https://" };
    let uri = source.disk_uri();
    if !text_of(uri).starts_with(start) {
        let span = uri.map_or(at.key, |uri| place_of(&uri));
        let kind = if managed { "managed" } else { "blob" };
        let message = format_args!("the address of a {kind} disk starts with `{start}`");
        context.report(Reason::NotSupported, &at.path.field("diskURI"), span, message).relates();
    }
}

pub(super) fn storage_os(source: RemoteVolume<'_>, at: At<'_>, context: &mut Context) {
    if let Some(name) = required(source.volume_name(), "volumeName", at, context) {
        flaws(dns_label(name.value), name, &at.path.field("volumeName"), context);
    }
    if let Some(namespace) = not_empty(source.volume_namespace()) {
        flaws(dns_label(namespace.value), namespace, &at.path.field("volumeNamespace"), context);
    }
    secret_ref("secretRef", source.secret_ref(), at, context);
}

#[cfg(test)]
mod tests {
    use super::is_host_and_port;

    /// As servers of 1.30 and 1.36 answer to them.
    #[test]
    fn a_host_and_a_port_are_split_as_go_splits_them() {
        for pair in ["a:1", "[::1]:80", "[a]:1", "[]:1", ":1", "a:", "a:b", "[a]:"] {
            assert!(is_host_and_port(pair), "{pair}");
        }
        let wrong = [
            "a", "::1:80", "[::1]", "a[b:1", "a:b]", "[a[b]:1", "[a]b:1", "a]:1", "[:1", "[a:1", "a:1:2", "[[a]]:1",
            "[a]]:1", "a:[b", "a:[1]", "[a]:[1]",
        ];
        for pair in wrong {
            assert!(!is_host_and_port(pair), "{pair}");
        }
    }
}
