//! `volume-never-mounted`

use std::collections::HashSet;

use crate::k8s::objects::{Container, Each as _, PodSpec};
use crate::rule::{Check, Findings, Rule, Within};

pub(crate) static RULE: Rule = Rule::new(include_str!("../../../rules/pod/volume-never-mounted.md"), Check::Pod(check));

fn check(pod: Within<'_, PodSpec<'_>>, findings: &mut Findings<'_>) {
    let Some(volumes) = pod.volumes() else { return };
    let used: HashSet<&str> = pod.object.containers.iter().flat_map(|container| used(**container)).collect();
    for (_, volume) in volumes.value.iter() {
        let Some(name) = volume.value.name().filter(|name| !used.contains(name.value)) else { continue };
        findings
            .report(name.span, format!("no container mounts the volume `{}`", name.value))
            .help("mount it, or leave it out: no container sees what is in it");
    }
}

/// The volumes that a container mounts, has as devices, or reads variables from.
fn used(container: Container<'_>) -> impl Iterator<Item = &str> {
    let mounts = container.volume_mounts().each().filter_map(|(_, mount)| mount.value.name());
    let devices = container.volume_devices().each().filter_map(|(_, device)| device.value.name());
    let sources = container.env().each().filter_map(|(_, variable)| variable.value.value_from());
    let files = sources.filter_map(|from| from.value.file_key_ref()?.value.volume_name());
    mounts.chain(devices).chain(files).map(|name| name.value)
}
