//! What stands at a path in a container: the volumes that are mounted there.

use std::borrow::Cow;

use crate::hash::HashMap;
use crate::k8s::objects::{Container, Each as _, Field, PodSpec, Volume, VolumeMount};

/// The volumes of a pod.
#[derive(Debug)]
pub struct Mounts<'a> {
    volumes: HashMap<&'a str, Field<'a, Volume<'a>>>,
}

/// What a path leads to.
#[derive(Debug, Clone)]
pub struct Mounted<'a> {
    /// The volume.
    pub volume: Field<'a, Volume<'a>>,
    /// The path within it.
    pub path: Cow<'a, str>,
}

impl<'a> Mounts<'a> {
    /// Those of a pod.
    #[must_use]
    pub fn of(pod: PodSpec<'a>) -> Self {
        let volumes = pod.volumes().each().filter_map(|(_, volume)| Some((volume.value.name()?.value, volume)));
        Self { volumes: volumes.collect() }
    }

    /// Whether one of them is such a volume.
    pub(super) fn have(&self, is_it: impl Fn(Volume<'a>) -> bool) -> bool {
        self.volumes.values().any(|volume| is_it(volume.value))
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.volumes.is_empty()
    }

    /// What a path leads to in a container of the pod; nothing where no volume is mounted there, or nobody can tell.
    #[must_use]
    pub fn at(&self, path: &str, container: Container<'a>) -> Option<Mounted<'a>> {
        let mounts = container.volume_mounts().each().map(|(_, mount)| mount.value);
        let held = mounts.filter_map(|mount| Some((mount, below(path, mount.mount_path()?.value)?)));
        // The innermost mount is what is seen.
        let (mount, rest) = held.min_by_key(|(_, rest)| rest.len())?;
        let volume = *self.volumes.get(mount.name()?.value)?;
        Some(Mounted { volume, path: inside(mount, rest)? })
    }
}

/// What a path is below another one; nothing for that one itself.
fn below<'p>(path: &'p str, folder: &str) -> Option<&'p str> {
    let rest = path.strip_prefix(folder.trim_end_matches('/'))?;
    if rest.is_empty() { Some("") } else { rest.strip_prefix('/') }
}

/// The path within the volume.
fn inside<'a>(mount: VolumeMount<'a>, rest: &str) -> Option<Cow<'a, str>> {
    match mount.sub_path().map(|part| part.value).filter(|part| !part.is_empty()) {
        _ if mount.slots().sub_path_expr().is_set() => None,
        Some(part) if rest.is_empty() => Some(Cow::Borrowed(part)),
        Some(part) => Some(Cow::Owned(format!("{}/{rest}", part.trim_end_matches('/')))),
        None => Some(Cow::Owned(rest.to_owned())),
    }
}
