//! Volumes that a container has as raw devices.
//!
//! pkg/apis/core/validation/validation.go, ValidateVolumeDevices, GetVolumeDeviceMap, GetVolumeMountMap,
//! isMatchedDevice, as of v1.37.

use crate::k8s::format::quote;
use crate::k8s::objects::{Container, Each, Field, VolumeDevice};
use crate::k8s::validation::Context;
use crate::k8s::validation::checks::{At, Text, place_of, required, text_of};
use crate::k8s::validation::file_path::has_backsteps;
use crate::k8s::validation::names::Names;
use crate::k8s::validation::pod::Pod;
use crate::k8s::{Path, Reason, Topic};

/// Names and paths that the other one of the two lists uses.
#[derive(Default)]
pub(super) struct Taken<'a> {
    names: Names<'a>,
    paths: Names<'a>,
    list: &'static str,
    /// What a path is called in this one.
    path_field: &'static str,
}

impl<'a> Taken<'a> {
    /// Of items with the same name only the last one's path counts.
    fn of(items: impl Iterator<Item = (&'a str, &'a str)>, list: &'static str, path_field: &'static str) -> Self {
        let mut taken = Self { list, path_field, ..Self::default() };
        let mut items: Vec<_> = items.collect();
        while let Some((name, path)) = items.pop() {
            if taken.names.insert(name) {
                taken.paths.insert(path);
            }
        }
        taken
    }

    /// Reports a name and a path that are taken.
    pub(super) fn refuse(&self, name: Option<Text<'_>>, path: Option<Text<'_>>, at: At<'_>, context: &mut Context) {
        for (text, field, taken) in [(name, "name", &self.names), (path, self.path_field, &self.paths)] {
            if taken.contains(text_of(text)) {
                let span = text.map_or(at.key, |text| place_of(&text));
                let message = format_args!("{} is used in `{}` already", quote(text_of(text)), self.list);
                context.report(Reason::Invalid, &at.path.field(field), span, message).about(Topic::Duplicate);
            }
        }
    }
}

pub(super) fn taken_by_devices<'a>(container: Container<'a>) -> Taken<'a> {
    let devices = devices(container).map(|(_, device)| device.value);
    Taken::of(
        devices.map(|device| (text_of(device.name()), text_of(device.device_path()))),
        "volumeDevices",
        "mountPath",
    )
}

fn devices<'a>(container: Container<'a>) -> impl Iterator<Item = (usize, Field<'a, VolumeDevice<'a>>)> {
    container.volume_devices().each()
}

pub(super) fn validate<'a>(container: Container<'a>, pod: &Pod<'a>, path: &Path<'_>, context: &mut Context) {
    if container.volume_devices().is_none_or(|devices| devices.value.is_empty()) {
        return;
    }
    let mounts = pod.mounts(container).map(|(_, mount)| mount.value);
    let mounts = Taken::of(
        mounts.map(|mount| (text_of(mount.name()), text_of(mount.mount_path()))),
        "volumeMounts",
        "devicePath",
    );
    let (mut names, mut paths) = (Names::default(), Names::default());
    for (index, item) in devices(container) {
        let path = path.index(index);
        let (at, device) = (At::new(&path, &item), item.value);
        validate_name(device, pod, &mut names, at, context);
        validate_path(device, &mut paths, at, context);
        mounts.refuse(device.name(), device.device_path(), at, context);
    }
}

fn validate_name<'a>(device: VolumeDevice<'a>, pod: &Pod<'a>, seen: &mut Names<'a>, at: At<'_>, context: &mut Context) {
    let path = at.path.field("name");
    let name = required(device.name(), "name", at, context);
    let text = text_of(name);
    let span = name.map_or(at.key, |name| place_of(&name));
    if !text.is_empty() && !seen.insert(text) {
        let message = format_args!("{} is a device already", quote(text));
        context.report(Reason::Invalid, &path, span, message).about(Topic::Duplicate);
    }
    if !pod.volumes.contains(text) {
        super::not_found(name, pod, at, context);
    } else if !pod.claimed_volumes.contains(text) {
        let message =
            format!("the volume {} is no block device: only a claim's or an ephemeral one can be", quote(text));
        context.report(Reason::Invalid, &path, span, message).about(Topic::Contradiction);
    }
}

fn validate_path<'a>(device: VolumeDevice<'a>, seen: &mut Names<'a>, at: At<'_>, context: &mut Context) {
    let path = at.path.field("devicePath");
    let device_path = required(device.device_path(), "devicePath", at, context);
    let text = text_of(device_path);
    let span = device_path.map_or(at.key, |path| place_of(&path));
    if seen.contains(text) {
        let message = format_args!("another device is at {} already", quote(text));
        context.report(Reason::Invalid, &path, span, message).about(Topic::Duplicate);
    }
    if has_backsteps(text) {
        let message = format_args!("{} has a step `..`", quote(text));
        context.report(Reason::Invalid, &path, span, message).about(Topic::FilePath);
    } else {
        seen.insert(text);
    }
}
