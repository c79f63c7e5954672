//! Volumes of a pod: their names, and the one source of each.
//!
//! pkg/apis/core/validation/validation.go, ValidateVolumes, as of v1.37.

mod claim_template;
mod fields;
mod files;
mod network;
mod projected;
mod remote;
mod source;

use super::Context;
use super::checks::{At, flaws, place_of, required, text_of};
use super::names::Names;
use super::pod::Pod;
use crate::k8s::format::{dns_label, quote};
use crate::k8s::{Path, Reason};

/// Checks the volumes, and notes the proper ones in the pod: mounts of others find nothing.
pub(super) fn validate(pod: &mut Pod<'_>, path: &Path<'_>, context: &mut Context) {
    let (mut names, mut claimed) = (Names::default(), Names::default());
    for (index, item) in pod.kept_volumes() {
        let path = path.index(index);
        let (at, volume) = (At::new(&path, &item), item.value);
        let before = context.count();
        source::validate(volume, at, context);
        let name = required(volume.name(), "name", at, context);
        if let Some(name) = name {
            flaws(dns_label(name.value), name, &path.field("name"), context);
        }
        let text = text_of(name);
        if names.contains(text) {
            let span = name.map_or(item.key, |name| place_of(&name));
            let message = format_args!("another volume is named {} already", quote(text));
            context
                .report(Reason::Duplicate, &path.field("name"), span, message)
                .help("give one of the two another name");
        }
        if context.count() > before {
            pod.refused_volumes.entry(text).or_insert(item.raw.span());
            continue;
        }
        names.insert(text);
        if volume.persistent_volume_claim().is_some() || volume.ephemeral().is_some() {
            claimed.insert(text);
        }
    }
    (pod.volumes, pod.claimed_volumes) = (names, claimed);
}
