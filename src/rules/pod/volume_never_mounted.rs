//! `volume-never-mounted`

use crate::hash::HashSet;
use crate::k8s::objects::{Container, Each as _, PodSpec};
use crate::k8s::schema::nearest;
use crate::rule::{Check, Findings, Rule, Within, page};

pub(crate) static RULE: Rule = Rule::new(page!("pod/volume-never-mounted"), Check::Pod(check));

fn check(pod: Within<'_, PodSpec<'_>>, findings: &mut Findings<'_>) {
    let Some(volumes) = pod.volumes() else { return };
    let mut used: HashSet<&str> = pod.object.containers.iter().flat_map(|container| used(**container)).collect();
    let names: Vec<&str> = volumes.value.iter().filter_map(|(_, volume)| Some(volume.value.name()?.value)).collect();
    let known: HashSet<&str> = names.iter().copied().collect();
    // Of a mount that finds no volume the server tells, and which one was meant.
    let sought = used.iter().filter(|name| !known.contains(*name)).take(MOST_SOUGHT);
    let meant: Vec<&str> = sought.filter_map(|name| meant(name, &names)).collect();
    used.extend(meant);
    for (_, volume) in volumes.value.iter() {
        // Of two of one name, the second is refused.
        let Some(name) = volume.value.name().filter(|name| used.insert(name.value)) else { continue };
        findings
            .report(name.span, format!("no container mounts the volume `{}`", name.value))
            .help("mount it, or leave it out: no container sees what is in it");
    }
}

/// So many mounts that find nothing are looked at.
const MOST_SOUGHT: usize = 8;

/// The volume that was most likely meant by a name that none has.
fn meant<'a>(name: &str, volumes: &[&'a str]) -> Option<&'a str> {
    match volumes {
        [only] => Some(only),
        _ => nearest(name, volumes.iter().copied()),
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
