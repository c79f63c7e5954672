//! What the checks of a pod's parts need to know of the rest of the pod.
//!
//! pkg/apis/core/pods/helpers.go, VisitContainersWithPath; pkg/api/pod/util.go, dropImageVolumes, as of v1.37.

use std::cell::OnceCell;

use super::Context;
use super::checks::text_of;
use super::names::Names;
use crate::hash::HashMap;
use crate::k8s::defaulted;
use crate::k8s::objects::{Container, Each, Field, PodSpec, Volume, VolumeMount};
use crate::k8s::schema::Gate;
use crate::text::Span;

/// A pod as the server sees it, and what its checks have found so far.
#[derive(Debug)]
pub(super) struct Pod<'a> {
    pub(super) spec: PodSpec<'a>,
    /// The same with what the server fills in.
    pub(super) defaulted: defaulted::Pod<'a>,
    /// Every container with its list's name and its place there, in the order in which Kubernetes visits them.
    pub(super) containers: Vec<(&'static str, usize, Field<'a, Container<'a>>)>,
    /// The volumes that nothing is wrong with.
    pub(super) volumes: Names<'a>,
    /// Where the others stand.
    pub(super) refused_volumes: HashMap<&'a str, Span>,
    /// The volumes that can be block devices.
    pub(super) claimed_volumes: Names<'a>,
    /// The resource claims.
    pub(super) claims: Names<'a>,
    /// Volumes that this version drops, and every mount of them.
    dropped_volumes: Names<'a>,
    /// The containers of each name, by their places in the list, once somebody asks.
    by_name: OnceCell<HashMap<String, Vec<usize>>>,
}

impl<'a> Pod<'a> {
    /// The volumes are still to be checked.
    pub(super) fn new(spec: PodSpec<'a>, context: &Context) -> Self {
        let mut pod = Self {
            spec,
            containers: every_container(spec),
            defaulted: defaulted::Pod::of(spec, context.version()),
            volumes: Names::default(),
            refused_volumes: HashMap::default(),
            claimed_volumes: Names::default(),
            claims: Names::default(),
            dropped_volumes: Names::default(),
            by_name: OnceCell::new(),
        };
        // 1.31 came with them.
        if context.since(31) && !context.enables(Gate::ImageVolume) {
            for (_, volume) in spec.volumes().each() {
                if volume.value.image().is_some() {
                    pod.dropped_volumes.insert(text_of(volume.value.name()));
                }
            }
        }
        pod
    }

    /// The containers of that name, in order; the empty one is that of those without.
    pub(super) fn containers_named(&self, name: &str) -> impl Iterator<Item = Container<'a>> {
        let by_name = self.by_name.get_or_init(|| {
            let mut by_name: HashMap<String, Vec<usize>> = HashMap::default();
            for (at, (_, _, container)) in self.containers.iter().enumerate() {
                by_name.entry(text_of(container.value.name()).to_owned()).or_default().push(at);
            }
            by_name
        });
        by_name.get(name).into_iter().flatten().map(|at| self.containers[*at].2.value)
    }

    /// The containers of a list, by its name, with their places there.
    pub(super) fn containers_of(&self, name: &'static str) -> impl Iterator<Item = (usize, Field<'a, Container<'a>>)> {
        let own = self.containers.iter().filter(move |(list, ..)| *list == name);
        own.map(|&(_, index, container)| (index, container))
    }

    /// The volumes that this version keeps, numbered as it numbers them.
    pub(super) fn kept_volumes(&self) -> impl Iterator<Item = (usize, Field<'a, Volume<'a>>)> + use<'a> {
        let drops = !self.dropped_volumes.is_empty();
        let volumes = self.spec.volumes().each();
        renumbered(volumes, drops, |volume| volume.image().is_none())
    }

    /// The mounts of a container that this version keeps, numbered as it numbers them.
    pub(super) fn mounts<'p>(
        &'p self,
        container: Container<'a>,
    ) -> impl Iterator<Item = (usize, Field<'a, VolumeMount<'a>>)> + use<'a, 'p> {
        let drops = !self.dropped_volumes.is_empty();
        let mounts = container.volume_mounts().each();
        renumbered(mounts, drops, |mount| !self.dropped_volumes.contains(text_of(mount.name())))
    }

    /// `linux`, `windows` or what it may be.
    pub(super) fn os(&self) -> Option<&'a str> {
        self.spec.os().map(|os| text_of(os.value.name()))
    }
}

/// Whether an init container is a sidecar to this server.
pub(super) fn is_sidecar(container: Container<'_>, context: &Context) -> bool {
    context.enables(Gate::SidecarContainers) && text_of(container.restart_policy()) == "Always"
}

/// Every container with its list's name and its place there, in the order in which Kubernetes visits them.
fn every_container(spec: PodSpec<'_>) -> Vec<(&'static str, usize, Field<'_, Container<'_>>)> {
    let lists = [
        ("initContainers", spec.init_containers()),
        ("containers", spec.containers()),
        ("ephemeralContainers", spec.ephemeral_containers()),
    ];
    let mut every = Vec::with_capacity(lists.iter().map(|(_, list)| list.map_or(0, |list| list.value.len())).sum());
    for (name, list) in lists {
        for (index, container) in list.each() {
            every.push((name, index, container));
        }
    }
    every
}

fn renumbered<'a, T: Copy>(
    items: impl Iterator<Item = (usize, Field<'a, T>)>,
    drops: bool,
    keep: impl Fn(T) -> bool,
) -> impl Iterator<Item = (usize, Field<'a, T>)> {
    let mut dropped = 0;
    items.filter_map(move |(index, item)| {
        if drops && !keep(item.value) {
            dropped += 1;
            return None;
        }
        Some((index - dropped, item))
    })
}
