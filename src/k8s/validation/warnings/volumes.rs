//! Volumes of kinds that are on their way out, and claims of fractions of a byte.
//!
//! pkg/api/pod/warnings.go, warningsForPodSpecAndMeta; pkg/api/persistentvolumeclaim/util.go,
//! GetWarningsForPersistentVolumeClaimSpec, as of v1.37.

use super::super::Context;
use super::super::pod::Pod;
use super::{overlaps, resources};
use crate::k8s::objects::Volume;
use crate::k8s::{Path, Topic};

/// Kinds of volumes, the version that deprecated each, and the one that took it out.
const KINDS: [(&str, &str, Option<u8>); 9] = [
    ("cephfs", "1.28", Some(31)),
    ("flocker", "1.22", Some(25)),
    ("gitRepo", "1.11", None),
    ("glusterfs", "1.25", Some(26)),
    ("photonPersistentDisk", "1.11", Some(16)),
    ("quobyte", "1.22", Some(25)),
    ("rbd", "1.28", Some(31)),
    ("scaleIO", "1.16", Some(22)),
    ("storageos", "1.22", Some(25)),
];

pub(super) fn warn(pod: &Pod<'_>, path: &Path<'_>, context: &mut Context) {
    for (index, volume) in pod.kept_volumes() {
        let path = path.index(index);
        deprecated(volume.value, &path, context);
        claim(volume.value, &path, context);
        // 1.31 and older do not compare files.
        if context.since(32) {
            overlaps::warn(volume.value, &path, context);
        }
    }
}

fn deprecated(volume: Volume<'_>, path: &Path<'_>, context: &mut Context) {
    for entry in volume.raw().entries().filter(|entry| !entry.value.is_null()) {
        let Ok(found) = KINDS.binary_search_by_key(&entry.key, |(name, _, _)| name) else { continue };
        let (name, since, removed) = KINDS[found];
        // 1.27 and older say nothing of the two that 1.28 deprecated.
        if since == "1.28" && !context.since(28) {
            continue;
        }
        let message = match removed {
            Some(minor) => {
                format!("volumes of kind `{name}` are deprecated, and no node mounts them since Kubernetes 1.{minor}")
            }
            // 1.33 came with a gate for it, GitRepoVolumeDriver, which is off.
            None if context.since(33) => {
                format!("volumes of kind `{name}` are deprecated, and switched off by default since Kubernetes 1.33")
            }
            None => format!("volumes of kind `{name}` are deprecated since Kubernetes {since}"),
        };
        // The server calls this one by its name in Go.
        let field = if name == "storageos" { "storageOS" } else { name };
        context.warn(&path.field(field), entry.key_span, message).about(Topic::Deprecated).help(if name == "gitRepo" {
            "let an init container clone into an `emptyDir`"
        } else {
            "use a `persistentVolumeClaim` whose storage class has a CSI driver"
        });
    }
}

fn claim(volume: Volume<'_>, path: &Path<'_>, context: &mut Context) {
    // 1.25 says nothing of them.
    let template = volume.ephemeral().and_then(|ephemeral| ephemeral.value.volume_claim_template());
    let Some(spec) = template.and_then(|template| template.value.spec()).filter(|_| context.since(26)) else { return };
    let Some(found) = spec.value.resources() else { return };
    let path = path.field("ephemeral");
    let path = path.field("volumeClaimTemplate");
    let path = path.field("spec");
    let path = path.field("resources");
    resources::whole_bytes(found.value.requests(), "storage", &path.field("requests"), context);
    resources::whole_bytes(found.value.limits(), "storage", &path.field("limits"), context);
}

#[cfg(test)]
mod tests {
    use super::KINDS;

    #[test]
    fn kinds_of_volumes_are_sorted() {
        assert!(KINDS.is_sorted_by_key(|(name, _, _)| name));
    }
}
