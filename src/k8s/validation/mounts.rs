//! Volumes in a container: mounts in its file system, and raw devices.
//!
//! pkg/apis/core/validation/validation.go, ValidateVolumeMounts, validateMountPropagation,
//! validateMountRecursiveReadOnly, IsMatchedVolume, as of v1.37.

mod devices;

use super::checks::{At, Text, not_empty, one_of, place_of, required, text_of};
use super::names::Names;
use super::pod::Pod;
use super::{Context, file_path};
use crate::diagnostic::Safety;
use crate::k8s::format::quote;
use crate::k8s::objects::{Container, VolumeMount, bits};
use crate::k8s::schema::{Gate, nearest};
use crate::k8s::{Path, Reason, Topic};

/// A container's `volumeMounts` and `volumeDevices`.
pub(super) fn validate<'a>(container: Container<'a>, pod: &Pod<'a>, at: At<'_>, context: &mut Context) {
    if !container.has_any(const { bits(&["volumeDevices", "volumeMounts"]) }) {
        return;
    }
    let path = at.path.field("volumeMounts");
    let devices = devices::taken_by_devices(container);
    let mut mount_paths = Names::default();
    for (index, item) in pod.mounts(container) {
        let item_path = path.index(index);
        let (at, mount) = (At::new(&item_path, &item), item.value);
        validate_name(mount, pod, at, context);
        validate_mount_path(mount, &mut mount_paths, at, context);
        devices.refuse(mount.name(), mount.mount_path(), at, context);
        validate_sub_paths(mount, &path, at, context);
        validate_propagation(mount, container, &path, context);
        if context.enables(Gate::RecursiveReadOnlyMounts) {
            validate_recursive_read_only(mount, &path.field("recursiveReadOnly"), context);
        }
    }
    devices::validate(container, pod, &at.path.field("volumeDevices"), context);
}

fn validate_name(mount: VolumeMount<'_>, pod: &Pod<'_>, at: At<'_>, context: &mut Context) {
    let name = mount.name();
    required(name, "name", at, context);
    if !pod.volumes.contains(text_of(name)) {
        not_found(name, pod, at, context);
    }
}

/// Reports a name that no proper volume has.
fn not_found(name: Option<Text<'_>>, pod: &Pod<'_>, at: At<'_>, context: &mut Context) {
    let span = name.map_or(at.key, |name| place_of(&name));
    let text = text_of(name);
    let refused = pod.refused_volumes.get(text);
    let message = match (text, refused) {
        ("", _) => "without a name it finds no volume".to_owned(),
        (_, Some(_)) => format!("the volume {} is refused itself, so that nothing can be made of it", quote(text)),
        (_, None) => format!("the pod has no volume {}", quote(text)),
    };
    // Those that are refused themselves may be meant, too.
    let near = nearest(text, some_volumes(pod));
    let problem = context.report(Reason::NotFound, &at.path.field("name"), span, message);
    problem.aside_mut().sought_in = Some("volumes");
    if let Some(volume) = refused.filter(|_| !text.is_empty()) {
        problem.label(*volume, "mend this one first").echoes(*volume);
    } else if let (Some(near), Some(name)) = (near, name) {
        problem.did_you_mean(name.raw, near, Safety::Unsafe);
    } else if !text.is_empty() {
        problem.help(volumes_of(pod));
    }
}

/// The names of the first volumes, which are enough to choose from.
fn some_volumes<'a>(pod: &Pod<'a>) -> impl Iterator<Item = &'a str> {
    const SOME: usize = 64;
    pod.kept_volumes().take(SOME).map(|(_, volume)| text_of(volume.value.name())).filter(|name| !name.is_empty())
}

/// What there is to choose from, if it can be said in a line.
fn volumes_of(pod: &Pod<'_>) -> String {
    const MOST: usize = 6;
    let names: Vec<String> = some_volumes(pod).take(MOST + 1).map(|name| quote(name).to_string()).collect();
    match names.as_slice() {
        [] => "add it to the pod's `volumes`, of which there are none".to_owned(),
        names if names.len() > MOST => "add it to the pod's `volumes`".to_owned(),
        [only] => format!("the pod's only volume is {only}"),
        [rest @ .., last] => format!("the pod's volumes are {} and {last}", rest.join(", ")),
    }
}

fn validate_mount_path<'a>(mount: VolumeMount<'a>, seen: &mut Names<'a>, at: At<'_>, context: &mut Context) {
    let mount_path = mount.mount_path();
    required(mount_path, "mountPath", at, context);
    if !seen.insert(text_of(mount_path)) {
        let span = mount_path.map_or(at.key, |path| place_of(&path));
        let message = format_args!("something else is mounted at {} already", quote(text_of(mount_path)));
        context.report(Reason::Invalid, &at.path.field("mountPath"), span, message).about(Topic::Duplicate);
    }
}

/// The server names the list for a path that leaves its folder.
fn validate_sub_paths(mount: VolumeMount<'_>, list: &Path<'_>, at: At<'_>, context: &mut Context) {
    let sub_path = not_empty(mount.sub_path());
    file_path::descending(sub_path, &list.field("subPath"), context);
    let Some(expression) = not_empty(mount.sub_path_expr()) else { return };
    if let Some(sub_path) = sub_path {
        let message = "`subPathExpr` and `subPath` exclude each other";
        context.report(Reason::Invalid, &at.path.field("subPathExpr"), expression.key, message).beside(sub_path.key);
    }
    file_path::descending(Some(expression), &list.field("subPathExpr"), context);
}

fn validate_propagation(mount: VolumeMount<'_>, container: Container<'_>, list: &Path<'_>, context: &mut Context) {
    let Some(propagation) = mount.mount_propagation() else { return };
    let path = list.field("mountPropagation");
    one_of(propagation, &["Bidirectional", "HostToContainer", "None"], &path, context);
    let security = container.security_context().and_then(|security| security.value.privileged());
    if propagation.value == "Bidirectional" && security.is_none_or(|privileged| !privileged.value) {
        let message = "only a privileged container's mounts reach the node: `Bidirectional` needs `privileged: true`";
        context
            .report(Reason::Forbidden, &path, place_of(&propagation), message)
            .about(Topic::Contradiction)
            .once_for(());
    }
}

fn validate_recursive_read_only(mount: VolumeMount<'_>, path: &Path<'_>, context: &mut Context) {
    let Some(recursive) = mount.recursive_read_only() else { return };
    match recursive.value {
        "Disabled" => {}
        "Enabled" | "IfPossible" => {
            if mount.read_only().is_none_or(|read_only| !read_only.value) {
                let message = "a mount can only be recursively read-only where `readOnly` is true";
                context
                    .report(Reason::Forbidden, path, place_of(&recursive), message)
                    .about(Topic::Contradiction)
                    .once_for(());
            }
            if mount.mount_propagation().is_some_and(|propagation| propagation.value != "None") {
                let message = "a recursively read-only mount has no `mountPropagation` but `None`";
                context
                    .report(Reason::Forbidden, path, place_of(&recursive), message)
                    .about(Topic::Contradiction)
                    .once_for(());
            }
        }
        _ => {
            one_of(recursive, &["Disabled", "Enabled", "IfPossible"], path, context);
        }
    }
}
