//! `secret-unreadable`

use crate::hash::{HashMap, HashSet};
use crate::k8s::objects::{Container, Each as _, Field, List, PodSecurityContext, PodSpec, Volume};
use crate::rule::{Check, Findings, Rule, Within, page};

pub(crate) static RULE: Rule = Rule::new(page!("pod/secret-unreadable"), Check::Pod(check));

fn check(pod: Within<'_, PodSpec<'_>>, findings: &mut Findings<'_>) {
    let security = pod.security_context().map(|security| security.value);
    // With an `fsGroup` the files are its, and it may read them.
    let has_group =
        |one: PodSecurityContext<'_>| one.slots().fs_group().is_set() || has_root_group(one.supplemental_groups());
    if security.is_some_and(has_group) {
        return;
    }
    let closed: HashMap<&str, _> = pod.volumes().each().filter_map(|(_, volume)| closed(volume.value)).collect();
    let mut said = HashSet::default();
    for container in pod.object.containers.iter().filter(|_| !closed.is_empty()) {
        let Some(user) = user(**container, *pod).filter(|user| user.value > 0) else { continue };
        for (_, mount) in container.volume_mounts().each() {
            let Some(name) = mount.value.name() else { continue };
            let Some((secret, mode)) = closed.get(name.value) else { continue };
            if !reads_as_group(**container, *pod, mode.value) && said.insert(name.value) {
                let by = container.name().map_or("", |name| name.value);
                report(secret, *mode, (by, user), findings);
            }
        }
    }
}

fn report(secret: &str, mode: Field<'_, i32>, (by, user): (&str, Field<'_, i64>), findings: &mut Findings<'_>) {
    let (id, bits) = (user.value, mode.value);
    findings
        .report(
            mode.span,
            format!("user {id} of `{by}` cannot read `{secret}`: its files are root's, with mode {bits:04o}"),
        )
        .label(user.span, "not root")
        .help(format!("add `fsGroup: {id}` to the pod's `securityContext`: the files are that group's then"));
}

/// A volume of a Secret whose files only root can read: its name, the Secret's, and their mode; none where some of them
/// have their own.
fn closed<'a>(volume: Volume<'a>) -> Option<(&'a str, (&'a str, Field<'a, i32>))> {
    let (name, secret) = (volume.name()?.value, volume.secret()?.value);
    let mode = secret.default_mode().filter(|mode| mode.value & 0o004 == 0 && mode.value & 0o400 != 0)?;
    let has_own = secret.items().each().any(|(_, item)| item.value.slots().mode().is_set());
    (!has_own).then_some((name, (secret.secret_name().map_or(name, |name| name.value), mode)))
}

/// The user that a container is told to run as.
pub(super) fn user<'a>(container: Container<'a>, pod: PodSpec<'a>) -> Option<Field<'a, i64>> {
    let own = container.security_context().and_then(|security| security.value.run_as_user());
    own.or_else(|| pod.security_context().and_then(|security| security.value.run_as_user()))
}

/// Whether the group, which is root's where nothing says otherwise, may read.
fn reads_as_group(container: Container<'_>, pod: PodSpec<'_>, mode: i32) -> bool {
    let own = container.security_context().and_then(|security| security.value.run_as_group());
    let group = own.or_else(|| pod.security_context().and_then(|security| security.value.run_as_group()));
    mode & 0o040 != 0 && group.is_none_or(|group| group.value == 0)
}

fn has_root_group(groups: Option<Field<'_, List<'_, i64>>>) -> bool {
    groups.each().any(|(_, group)| group.value == 0)
}
