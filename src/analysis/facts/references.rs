//! The names that a pod refers to.

use crate::k8s::objects::{Container, Each as _, EnvVarSource, Field, PodSpec, Volume, VolumeProjection};
use crate::text::Span;

/// A kind of object that pods refer to by name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Referent {
    /// A ConfigMap.
    ConfigMap,
    /// A PersistentVolumeClaim.
    PersistentVolumeClaim,
    /// A Secret.
    Secret,
    /// A ServiceAccount.
    ServiceAccount,
}

impl Referent {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::ConfigMap, Self::PersistentVolumeClaim, Self::Secret, Self::ServiceAccount];

    /// The kind as Kubernetes spells it.
    #[must_use]
    pub const fn kind(self) -> &'static str {
        match self {
            Self::ConfigMap => "ConfigMap",
            Self::PersistentVolumeClaim => "PersistentVolumeClaim",
            Self::Secret => "Secret",
            Self::ServiceAccount => "ServiceAccount",
        }
    }
}

/// A name that a pod refers to, in its own namespace.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Reference {
    /// What it names.
    pub to: Referent,
    /// The name.
    pub name: Box<str>,
    /// Where it is written first.
    pub span: Span,
    /// Whether pods start without it, wherever it is written.
    pub is_optional: bool,
}

/// Collects what is referred to, as often as it is.
#[derive(Default)]
struct References<'a>(Vec<(Referent, Field<'a, &'a str>, bool)>);

/// The names that a pod refers to, each once, in order of place.
pub(super) fn of(pod: PodSpec<'_>) -> Vec<Reference> {
    let mut found = References::default();
    let account = pod.service_account_name().or_else(|| pod.service_account());
    found.add(Referent::ServiceAccount, account, None);
    for (_, secret) in pod.image_pull_secrets().each() {
        // A node pulls without a Secret that is not there.
        found.insert(Referent::Secret, secret.value.name(), true);
    }
    pod.volumes().each().for_each(|(_, volume)| found.add_volume(volume.value));
    let init = pod.init_containers().each();
    init.chain(pod.containers().each()).for_each(|(_, container)| found.add_container(container.value));
    found.each_once()
}

impl<'a> References<'a> {
    fn each_once(mut self) -> Vec<Reference> {
        self.0.sort_by(|(to, name, _), (other_to, other, _)| {
            (to, name.value, name.span).cmp(&(other_to, other.value, other.span))
        });
        let same = self.0.chunk_by(|(to, name, _), (other_to, other, _)| to == other_to && name.value == other.value);
        let once = same.filter_map(|uses| {
            let (to, name, _) = uses.first()?;
            let is_optional = uses.iter().all(|(.., is_optional)| *is_optional);
            Some(Reference { to: *to, name: name.value.into(), span: name.span, is_optional })
        });
        let mut once: Vec<Reference> = once.collect();
        once.sort_by_key(|reference| reference.span);
        once
    }

    fn add(&mut self, to: Referent, name: Option<Field<'a, &'a str>>, optional: Option<Field<'a, bool>>) {
        self.insert(to, name, optional.is_some_and(|optional| optional.value));
    }

    fn insert(&mut self, to: Referent, name: Option<Field<'a, &'a str>>, is_optional: bool) {
        let named = name.filter(|name| !name.value.is_empty());
        self.0.extend(named.map(|name| (to, name, is_optional)));
    }

    fn add_volume(&mut self, volume: Volume<'a>) {
        if let Some(claim) = volume.persistent_volume_claim() {
            self.add(Referent::PersistentVolumeClaim, claim.value.claim_name(), None);
        }
        if let Some(secret) = volume.secret() {
            self.add(Referent::Secret, secret.value.secret_name(), secret.value.optional());
        }
        if let Some(map) = volume.config_map() {
            self.add(Referent::ConfigMap, map.value.name(), map.value.optional());
        }
        let sources = volume.projected().and_then(|projected| projected.value.sources());
        sources.each().for_each(|(_, source)| self.add_projection(source.value));
    }

    fn add_projection(&mut self, source: VolumeProjection<'a>) {
        for (to, source) in [(Referent::Secret, source.secret()), (Referent::ConfigMap, source.config_map())] {
            if let Some(source) = source {
                self.add(to, source.value.name(), source.value.optional());
            }
        }
    }

    fn add_container(&mut self, container: Container<'a>) {
        for (_, source) in container.env_from().each() {
            let (map, secret) = (source.value.config_map_ref(), source.value.secret_ref());
            for (to, source) in [(Referent::ConfigMap, map), (Referent::Secret, secret)] {
                if let Some(source) = source {
                    self.add(to, source.value.name(), source.value.optional());
                }
            }
        }
        for (_, variable) in container.env().each() {
            if let Some(source) = variable.value.value_from() {
                self.add_variable(source.value);
            }
        }
    }

    fn add_variable(&mut self, source: EnvVarSource<'a>) {
        let (map, secret) = (source.config_map_key_ref(), source.secret_key_ref());
        for (to, source) in [(Referent::ConfigMap, map), (Referent::Secret, secret)] {
            if let Some(source) = source {
                self.add(to, source.value.name(), source.value.optional());
            }
        }
    }
}
