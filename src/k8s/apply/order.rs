//! The order of the items of lists that are merged.

use std::cmp::Ordering;

use serde_json::Value as Json;

use crate::sort;

use super::{NotMerged, is_deletion, key_of};

/// How the items of a list are told apart.
#[derive(Debug, Clone, Copy)]
pub(super) enum Keyed {
    By(&'static str),
    /// Each is itself.
    Whole,
}

impl Keyed {
    pub(super) fn key(self, item: &Json) -> Option<&Json> {
        match self {
            Self::By(key) => key_of(item, key).ok(),
            Self::Whole => Some(item),
        }
    }

    /// Where an item of the same key stands first.
    pub(super) fn place(self, item: &Json, list: &[Json]) -> Option<usize> {
        list.iter().position(|other| self.key(other) == self.key(item))
    }
}

/// The items with their keys as texts, in the order of these. Items that share a key come out the other way round, as a Go
/// sort of few items leaves them that is told that equal ones are in order both ways.
pub(super) fn sorted_by_text<'j>(items: &'j [Json], key: &'static str) -> Result<Vec<(String, &'j Json)>, NotMerged> {
    let named = |item: &'j Json| Ok((text(key_of(item, key)?), item));
    let mut named = items.iter().map(named).collect::<Result<Vec<_>, NotMerged>>()?;
    named.reverse();
    sort::by(&mut named, |(one, _), (other, _)| one.cmp(other));
    Ok(named)
}

/// A key as Go prints it.
fn text(key: &Json) -> String {
    key.as_str().map_or_else(|| key.to_string(), str::to_owned)
}

/// Puts items into the order of a list, and those that say that one goes behind them. What is not in the list moves ahead.
pub(super) fn to_order(items: &mut Vec<Json>, order: &[Json], keyed: Keyed) {
    let (mut kept, deletions): (Vec<Json>, Vec<Json>) =
        std::mem::take(items).into_iter().partition(|item| !is_deletion(item));
    let comes_first = |one: &Json, other: &Json| match (keyed.place(one, order), keyed.place(other, order)) {
        (Some(one), Some(other)) => one < other,
        _ => true,
    };
    for end in 1..kept.len() {
        let mut at = end;
        while at > 0 && comes_first(&kept[at], &kept[at - 1]) {
            kept.swap(at, at - 1);
            at -= 1;
        }
    }
    kept.extend(deletions);
    *items = kept;
}

/// Items by where they belong: those of the patch in its order, those of the server alone in that of the server, and the
/// two together. Each has to have its key.
pub(super) fn interleave(items: Vec<Json>, orders: (&[Json], &[Json]), keyed: Keyed) -> Result<Vec<Json>, NotMerged> {
    let (of_patch, of_server) = orders;
    if let Keyed::By(key) = keyed {
        items.iter().chain(of_patch).chain(of_server).try_for_each(|item| key_of(item, key).map(drop))?;
    }
    let (mut patch, mut server): (Vec<Json>, Vec<Json>) =
        items.into_iter().partition(|item| keyed.place(item, of_patch).is_some());
    to_order(&mut patch, of_patch, keyed);
    to_order(&mut server, of_server, keyed);
    let (mut patch, mut server) = (patch.into_iter().peekable(), server.into_iter().peekable());
    let mut all = Vec::new();
    while let (Some(one), Some(other)) = (server.peek(), patch.peek()) {
        let places = keyed.place(one, of_server).zip(keyed.place(other, of_server));
        let server_first = places.is_some_and(|(one, other)| one.cmp(&other) == Ordering::Less);
        all.extend(if server_first { server.next() } else { patch.next() });
    }
    all.extend(server);
    all.extend(patch);
    Ok(all)
}
