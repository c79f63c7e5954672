//! Which objects are the same: those of one kind, namespace and name.

use std::collections::{HashMap, HashSet};

use super::Side;
use crate::analysis::Analysis;
use crate::k8s::Resource;

/// What belongs together.
pub(super) struct Pairing<'a> {
    /// Each new object with the old one.
    pub(super) pairs: Vec<(Side<'a>, Option<Side<'a>>)>,
    /// The old objects that are no more.
    pub(super) gone: Vec<Side<'a>>,
}

/// What an object is known by; without a namespace, it is in that of whoever applies it.
type Key<'a> = (Resource, Option<&'a str>, &'a str);

pub(super) fn pairs<'a>(old: &'a [Analysis], new: &'a [Analysis]) -> Pairing<'a> {
    let old: Vec<Side<'a>> = sides(old).collect();
    let known: HashMap<Key<'a>, usize> =
        old.iter().enumerate().filter_map(|(index, side)| Some((key(*side)?, index))).collect();
    let mut met = HashSet::new();
    let pairs = sides(new).map(|side| {
        let before = key(side).and_then(|key| known.get(&key)).copied();
        met.extend(before);
        (side, before.map(|index| old[index]))
    });
    let pairs = pairs.collect();
    let gone = old.iter().enumerate().filter(|(index, _)| !met.contains(index)).map(|(_, side)| *side);
    Pairing { pairs, gone: gone.collect() }
}

fn sides(all: &[Analysis]) -> impl Iterator<Item = Side<'_>> {
    all.iter().flat_map(|analysis| analysis.wholes().map(move |manifest| Side { analysis, manifest }))
}

fn key(side: Side<'_>) -> Option<Key<'_>> {
    Some((side.manifest.resource?, side.manifest.namespace(), side.manifest.name()?))
}
