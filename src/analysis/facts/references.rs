//! The names that a pod refers to.

use crate::k8s::objects::{
    ConfigMapVolumeSource, Container, Each as _, EnvVarSource, Field, KeyToPath, List, PodSpec, Volume,
    VolumeProjection,
};
use crate::sort;
use crate::text::Span;

/// A kind of object that pods refer to by name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
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
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
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
    /// The keys of it that pods need.
    pub keys: Vec<KeyReference>,
}

/// A key of a ConfigMap or Secret without which pods do not start.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[non_exhaustive]
pub struct KeyReference {
    /// The key.
    pub key: Box<str>,
    /// Where it is written.
    pub span: Span,
}

/// Collects what is referred to, as often as it is.
#[derive(Default)]
struct References<'a> {
    names: Vec<(Referent, Field<'a, &'a str>, bool)>,
    /// What has the key, and the key.
    keys: Vec<((Referent, &'a str), Field<'a, &'a str>)>,
}

/// The names that a pod refers to, each once, in order of place.
#[must_use]
pub fn references(pod: PodSpec<'_>) -> Vec<Reference> {
    let mut found = References::default();
    let account = pod.service_account_name().or_else(|| pod.service_account());
    found.add(Referent::ServiceAccount, account, None);
    for (_, secret) in pod.image_pull_secrets().each() {
        // A node pulls without a Secret that is not there.
        found.insert(Referent::Secret, secret.value.name(), true);
    }
    pod.volumes().each().for_each(|(_, volume)| found.add_volume(volume.value));
    pod.all_containers().for_each(|container| found.add_container(container.value));
    found.each_once()
}

impl<'a> References<'a> {
    fn each_once(mut self) -> Vec<Reference> {
        sort::by(&mut self.keys, |(of, key), (other_of, other)| (of, key.value).cmp(&(other_of, other.value)));
        self.keys.dedup_by(|(of, key), (other_of, other)| of == other_of && key.value == other.value);
        sort::by(&mut self.names, |(to, name, _), (other_to, other, _)| {
            (to, name.value, name.span).cmp(&(other_to, other.value, other.span))
        });
        let same =
            self.names.chunk_by(|(to, name, _), (other_to, other, _)| to == other_to && name.value == other.value);
        let once = same.filter_map(|uses| {
            let (to, name, _) = uses.first()?;
            let is_optional = uses.iter().all(|(.., is_optional)| *is_optional);
            let keys = self.keys_of((*to, name.value));
            Some(Reference { to: *to, name: name.value.into(), span: name.span, is_optional, keys })
        });
        let mut once: Vec<Reference> = once.collect();
        sort::by_key(&mut once, |reference| reference.span);
        once
    }

    fn keys_of(&self, of: (Referent, &str)) -> Vec<KeyReference> {
        let first = self.keys.partition_point(|(other, _)| *other < of);
        let own = self.keys[first..].iter().take_while(|(other, _)| *other == of);
        own.map(|(_, key)| KeyReference { key: key.value.into(), span: key.span }).collect()
    }

    fn add(&mut self, to: Referent, name: Option<Field<'a, &'a str>>, optional: Option<Field<'a, bool>>) {
        self.insert(to, name, optional.is_some_and(|optional| optional.value));
    }

    fn insert(&mut self, to: Referent, name: Option<Field<'a, &'a str>>, is_optional: bool) {
        let named = name.filter(|name| !name.value.is_empty());
        self.names.extend(named.map(|name| (to, name, is_optional)));
    }

    fn add_volume(&mut self, volume: Volume<'a>) {
        if let Some(claim) = volume.persistent_volume_claim() {
            self.add(Referent::PersistentVolumeClaim, claim.value.claim_name(), None);
        }
        if let Some(secret) = volume.secret() {
            let (name, optional) = (secret.value.secret_name(), secret.value.optional());
            self.add(Referent::Secret, name, optional);
            self.add_items((Referent::Secret, name), secret.value.items(), optional);
        }
        if let Some(map) = volume.config_map() {
            self.add_files(Referent::ConfigMap, map.value);
        }
        let sources = volume.projected().and_then(|projected| projected.value.sources());
        sources.each().for_each(|(_, source)| self.add_projection(source.value));
    }

    fn add_projection(&mut self, source: VolumeProjection<'a>) {
        for (to, source) in [(Referent::Secret, source.secret()), (Referent::ConfigMap, source.config_map())] {
            if let Some(source) = source {
                self.add_files(to, source.value);
            }
        }
    }

    fn add_files(&mut self, to: Referent, source: ConfigMapVolumeSource<'a>) {
        let (name, optional) = (source.name(), source.optional());
        self.add(to, name, optional);
        self.add_items((to, name), source.items(), optional);
    }

    fn add_items(
        &mut self,
        (to, name): (Referent, Option<Field<'a, &'a str>>),
        items: Option<Field<'a, List<'a, KeyToPath<'a>>>>,
        optional: Option<Field<'a, bool>>,
    ) {
        for (_, item) in items.each() {
            self.add_key((to, name), item.value.key(), optional);
        }
    }

    fn add_key(
        &mut self,
        (to, name): (Referent, Option<Field<'a, &'a str>>),
        key: Option<Field<'a, &'a str>>,
        optional: Option<Field<'a, bool>>,
    ) {
        if let (Some(name), Some(key), false) = (name, key, optional.is_some_and(|optional| optional.value)) {
            self.keys.push(((to, name.value), key));
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
                let (name, optional) = (source.value.name(), source.value.optional());
                self.add(to, name, optional);
                self.add_key((to, name), source.value.key(), optional);
            }
        }
    }
}
