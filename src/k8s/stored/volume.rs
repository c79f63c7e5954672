//! What a server fills in for volumes.
//!
//! pkg/apis/core/v1/defaults.go, SetDefaults_Volume and those of its sources; pkg/apis/core/v1/zz_generated.defaults.go, as
//! of v1.37.

use serde_json::{Value as Json, json};

use super::{Object, child, fill, image, part, parts};
use crate::k8s::schema::{Gate, Version};

/// By source, what is filled in.
fn constants() -> [(&'static str, &'static [(&'static str, &'static str)]); 4] {
    [
        ("iscsi", &[("iscsiInterface", "default")]),
        ("rbd", &[("pool", "rbd"), ("user", "admin"), ("keyring", "/etc/ceph/keyring")]),
        ("scaleIO", &[("storageMode", "ThinProvisioned"), ("fsType", "xfs")]),
        ("azureDisk", &[("cachingMode", "ReadWrite"), ("fsType", "ext4"), ("kind", "Shared")]),
    ]
}

/// 0644, as files of these volumes have it.
const FILE_MODE: i32 = 0o644;

pub(super) fn fill_in(volume: &mut Object, version: Version) {
    if !volume.keys().any(|name| name != "name") {
        fill(volume, "emptyDir", Object::new());
    }
    if let Some(source) = part(volume, "hostPath") {
        fill(source, "type", "");
    }
    for name in ["secret", "configMap", "downwardAPI", "projected"] {
        part(volume, name).into_iter().for_each(|source| fill(source, "defaultMode", FILE_MODE));
    }
    for (name, values) in constants() {
        let Some(source) = part(volume, name) else { continue };
        values.iter().for_each(|(field, value)| fill(source, field, *value));
        if name == "azureDisk" {
            fill(source, "readOnly", false);
        }
    }
    part(volume, "downwardAPI").into_iter().for_each(fill_items);
    if let Some(projected) = part(volume, "projected") {
        parts(projected, "sources").for_each(fill_projection);
    }
    if let Some(image) = part(volume, "image").filter(|_| Gate::ImageVolume.is_on(version)) {
        let policy = image::pull_policy(image.get("reference").and_then(Json::as_str).unwrap_or_default());
        fill(image, "pullPolicy", policy);
    }
    if let Some(template) = part(volume, "ephemeral").and_then(|source| part(source, "volumeClaimTemplate")) {
        fill(child(template, "spec"), "volumeMode", "Filesystem");
    }
}

/// Of a reference to a field, the version of the API that has it.
pub(super) fn fill_field_ref(source: &mut Object) {
    if let Some(reference) = part(source, "fieldRef") {
        fill(reference, "apiVersion", json!("v1"));
    }
}

fn fill_items(source: &mut Object) {
    parts(source, "items").for_each(fill_field_ref);
}

fn fill_projection(projection: &mut Object) {
    part(projection, "downwardAPI").into_iter().for_each(fill_items);
    if let Some(token) = part(projection, "serviceAccountToken") {
        fill(token, "expirationSeconds", 3600);
    }
}
