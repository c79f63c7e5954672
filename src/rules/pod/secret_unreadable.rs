//! `secret-unreadable`

use crate::k8s::objects::{Container, Each as _, Field, PodSpec, SecretVolumeSource, Volume};
use crate::rule::{Check, Findings, Rule, Within};

pub(crate) static RULE: Rule = Rule::new(include_str!("../../../rules/pod/secret-unreadable.md"), Check::Pod(check));

fn check(pod: Within<'_, PodSpec<'_>>, findings: &mut Findings<'_>) {
    let security = pod.security_context().map(|security| security.value);
    // With an `fsGroup` the files are its, and it may read them.
    if security
        .is_some_and(|security| security.slots().fs_group().is_set() || has_root_group(security.supplemental_groups()))
    {
        return;
    }
    for (_, volume) in pod.volumes().each() {
        let Some((secret, mode)) = closed(volume.value) else { continue };
        let name = volume.value.name().map_or("", |name| name.value);
        let reader = pod.object.containers.iter().find_map(|container| {
            let mounts = container
                .value
                .volume_mounts()
                .each()
                .any(|(_, mount)| mount.value.name().is_some_and(|one| one.value == name));
            let user = user(container.value, *pod)?;
            (mounts && !reads_as_group(container.value, *pod, mode.value)).then_some((container, user))
        });
        let Some((container, user)) = reader else { continue };
        let of = secret.secret_name().map_or(name, |name| name.value);
        let by = container.value.name().map_or("", |name| name.value);
        findings
            .report(
                mode.span,
                format!(
                    "user {} of `{by}` cannot read `{of}`: its files are root's, with mode {:04o}",
                    user.value, mode.value
                ),
            )
            .label(user.span, "not root")
            .help(format!(
                "add `fsGroup: {}` to the pod's `securityContext`: the files are that group's then",
                user.value
            ));
    }
}

/// A Secret whose files only root can read, with their mode; none where some of them have their own.
fn closed<'a>(volume: Volume<'a>) -> Option<(SecretVolumeSource<'a>, Field<'a, i32>)> {
    let secret = volume.secret()?.value;
    let mode = secret.default_mode().filter(|mode| mode.value & 0o004 == 0 && mode.value & 0o400 != 0)?;
    let has_own = secret.items().each().any(|(_, item)| item.value.slots().mode().is_set());
    (!has_own).then_some((secret, mode))
}

/// The user that a container is told to run as, if that is not root.
fn user<'a>(container: Container<'a>, pod: PodSpec<'a>) -> Option<Field<'a, i64>> {
    let own = container.security_context().and_then(|security| security.value.run_as_user());
    let user = own.or_else(|| pod.security_context().and_then(|security| security.value.run_as_user()));
    user.filter(|user| user.value > 0)
}

/// Whether the group, which is root's where nothing says otherwise, may read.
fn reads_as_group(container: Container<'_>, pod: PodSpec<'_>, mode: i32) -> bool {
    let own = container.security_context().and_then(|security| security.value.run_as_group());
    let group = own.or_else(|| pod.security_context().and_then(|security| security.value.run_as_group()));
    mode & 0o040 != 0 && group.is_none_or(|group| group.value == 0)
}

fn has_root_group(groups: Option<Field<'_, crate::k8s::objects::List<'_, i64>>>) -> bool {
    groups.each().any(|(_, group)| group.value == 0)
}
