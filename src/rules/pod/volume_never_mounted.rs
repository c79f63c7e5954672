//! `volume-never-mounted`

use crate::k8s::objects::{Each as _, PodSpec};
use crate::rule::{Check, Findings, Rule, Within};

pub(crate) static RULE: Rule = Rule::new(include_str!("../../../rules/pod/volume-never-mounted.md"), Check::Pod(check));

fn check(pod: Within<'_, PodSpec<'_>>, findings: &mut Findings<'_>) {
    for (_, volume) in pod.volumes().each() {
        let Some(name) = volume.value.name() else { continue };
        let is_used = pod.object.containers.iter().any(|container| {
            let mounts = container.value.volume_mounts().each().filter_map(|(_, mount)| mount.value.name());
            let devices = container.value.volume_devices().each().filter_map(|(_, device)| device.value.name());
            mounts.chain(devices).any(|one| one.value == name.value)
                // Where one is a mapping of something else, nobody can tell.
                || container.value.env().each().any(|(_, variable)| {
                    let file = variable.value.value_from().and_then(|from| from.value.file_key_ref());
                    file.and_then(|file| file.value.volume_name()).is_some_and(|one| one.value == name.value)
                })
        });
        if !is_used {
            findings
                .report(name.span, format!("no container mounts the volume `{}`", name.value))
                .help("mount it, or leave it out: the pod waits for what it is made from all the same");
        }
    }
}
