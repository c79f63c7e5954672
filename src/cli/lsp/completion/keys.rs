//! The keys that a ConfigMap or Secret has, where one of them is named.

use std::collections::BTreeSet;

use lsp_types::Uri;

use super::typed::{Typed, Written};
use super::values::offer;
use super::{Offer, Texts};
use crate::analysis::{self, Referent, offers};
use crate::k8s::Spot;
use crate::yaml::Value;

/// The keys of what a selector, or a volume around its items, names; nothing where no key is named.
pub(super) fn of(typed: &Typed<'_>, written: Written<'_>, (texts, uri): (&mut Texts<'_>, &Uri)) -> Option<Vec<Offer>> {
    let (is, name) = source(&typed.spot()?).filter(|_| written.key == "key")?;
    let namespace = typed.manifest()?.namespace();
    let is_it =
        |offer: &&analysis::Offer| offer.is == is && offer.namespace.as_deref() == namespace && *offer.name == *name;
    let (document, checked) = texts.checked(uri)?;
    let (file, own) = (document.source.shared_name(), offers(&checked.analysis).collect::<Vec<_>>());
    let keys = |offer: &analysis::Offer| offer.keys.clone();
    let found: BTreeSet<Box<str>> =
        own.iter().chain(texts.workspace.offers_but(&file)).filter(is_it).flat_map(keys).collect();
    Some(found.iter().map(|key| offer(key, None, written)).collect())
}

/// What the mapping of a key is about, and what that is called.
fn source<'a>(spot: &Spot<'a>) -> Option<(Referent, &'a str)> {
    let (is, named) = match spot.owner?.name() {
        "ConfigMapKeySelector" => (Referent::ConfigMap, spot.mapping),
        "SecretKeySelector" => (Referent::Secret, spot.mapping),
        "KeyToPath" => {
            let volume = spot.mapping.parent()?.parent()?;
            (of_volume(volume)?, volume)
        }
        _ => return None,
    };
    let name = named.get("name").or_else(|| named.get("secretName"))?;
    Some((is, name.value.as_str()?))
}

/// Which of the two a volume, or a part of one, is made of: the key above it says so.
fn of_volume(volume: Value<'_>) -> Option<Referent> {
    let around = volume.parent()?;
    let is_it = |key| around.get(key).is_some_and(|entry| entry.value.id() == volume.id());
    match (is_it("configMap"), is_it("secret")) {
        (true, _) => Some(Referent::ConfigMap),
        (_, true) => Some(Referent::Secret),
        _ => None,
    }
}
