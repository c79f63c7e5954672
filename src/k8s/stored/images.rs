//! Volumes that are images, which a server forgets with their mounts where it has no such volumes.
//!
//! pkg/api/pod/util.go, dropImageVolumes, as of v1.37.

use serde_json::Value as Json;

use super::{Object, parts};
use crate::hash::HashSet;

pub(super) fn leave_out(pod: &mut Object) {
    let Some(Json::Array(volumes)) = pod.get_mut("volumes") else { return };
    let is_image = |volume: &Json| volume.get("image").is_some_and(|image| !image.is_null());
    let names: HashSet<String> = volumes
        .iter()
        .filter(|volume| is_image(volume))
        .filter_map(|volume| Some(volume.get("name")?.as_str()?.to_owned()))
        .collect();
    volumes.retain(|volume| !is_image(volume));
    if names.is_empty() {
        return;
    }
    for list in ["containers", "ephemeralContainers", "initContainers"] {
        for container in parts(pod, list) {
            if let Some(Json::Array(mounts)) = container.get_mut("volumeMounts") {
                let is_gone =
                    |mount: &Json| mount.get("name").and_then(Json::as_str).is_some_and(|name| names.contains(name));
                mounts.retain(|mount| !is_gone(mount));
            }
        }
    }
}
