//! Time zones as people write them.

mod keys;
mod table;

use std::sync::LazyLock;

use crate::hash::{HashMap, with_room_for};
use crate::schedule::calendar::Date;
use crate::schedule::time::{Instant, LocalSecond};
use crate::schedule::zone::Zone;
use crate::sort;
use table::{ABBREVIATIONS, PLACES};

/// The offsets from UTC that a zone has in the course of a year, in minutes. People write `EST` in summer, too: an
/// abbreviation has those of both.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Offsets {
    offsets: [i16; 4],
    count: usize,
    /// The zone's name, where it can be only one.
    pub(super) name: Option<&'static str>,
}

/// Offsets of the zones that people live in, in minutes, but for four of some hundreds of people (Marquesas, Eucla, Lord
/// Howe, Chatham).
pub(super) const LIVED_IN: [i16; 35] = [
    -660, -600, -540, -480, -420, -360, -300, -240, -210, -180, -150, -120, -60, 0, 60, 120, 180, 210, 240, 270, 300,
    330, 345, 360, 390, 420, 480, 540, 570, 600, 630, 660, 720, 780, 840,
];

/// Abbreviations that are understood in small letters, too.
const COMMON: [&str; 15] =
    ["utc", "gmt", "est", "edt", "cst", "cdt", "pst", "pdt", "cet", "cest", "bst", "jst", "kst", "msk", "zulu"];

impl Offsets {
    pub(super) const UTC: Self = Self { offsets: [0; 4], count: 1, name: Some("Etc/UTC") };

    fn of(offsets: &[i16], name: Option<&'static str>) -> Self {
        let mut new = Self { offsets: [0; 4], count: offsets.len().min(4), name };
        new.offsets[..new.count].copy_from_slice(&offsets[..new.count]);
        new
    }

    /// A zone at this distance from UTC, where there is such a thing.
    pub(super) fn fixed(minutes: i16) -> Option<Self> {
        (minutes.abs() <= 840).then(|| Self::of(&[minutes], None))
    }

    /// Those of a zone.
    pub(super) fn of_zone(zone: Zone) -> Self {
        let mut offsets: Vec<i16> = (1..=12u8)
            .map(|month| {
                let noon = LocalSecond::new(Date { year: 2026, month, day: 15 }.to_days(), 43_200);
                let at: Instant = noon.instant(0);
                i16::try_from(zone.offset_at(at) / 60).unwrap_or_default()
            })
            .collect();
        sort::ascending(&mut offsets);
        offsets.dedup();
        Self::of(&offsets, Some(zone.name()))
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = i16> + '_ {
        self.offsets[..self.count].iter().copied()
    }
}

/// The zone that an abbreviation stands for.
pub(super) fn abbreviated(word: &str) -> Option<Offsets> {
    let (_, offsets, name) = ABBREVIATIONS.iter().find(|(short, ..)| *short == word)?;
    Some(Offsets::of(offsets, *name))
}

/// The zone of a word without capitals and accents: an abbreviation, a zone's name, the city in one, a country.
pub(super) fn named(word: &str) -> Option<Offsets> {
    // In small letters, the others are words of some language: "ist", "art", "et".
    let is_clear = word.len() > 4 || COMMON.contains(&word) || !word.is_ascii();
    abbreviated(word).filter(|_| is_clear).or_else(|| Zone::load(place(word)?).ok().map(Offsets::of_zone))
}

/// The name of the zone that a place has.
fn place(word: &str) -> Option<&'static str> {
    static KNOWN: LazyLock<HashMap<String, &str>> = LazyLock::new(places);
    let own = PLACES.iter().find(|(place, _)| *place == word).map(|(_, name)| *name);
    own.or_else(|| if may_be_one(word) { KNOWN.get(word).copied() } else { None })
}

/// Whether a zone may be known by a word: one in some millions of others is taken for such a word, too.
fn may_be_one(word: &str) -> bool {
    /// Sorted, by `build.rs`.
    const SUMS: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/zone-sums"));
    SUMS.as_chunks().0.binary_search(&keys::sum(word)).is_ok()
}

/// Names of zones and cities in them, with their zones.
fn places() -> HashMap<String, &'static str> {
    let mut places = with_room_for(2 * Zone::names().len());
    places.extend(Zone::names().iter().flat_map(|name| keys::of(name).map(move |key| (key, *name))));
    places
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_place_is_known_by_its_sum() {
        let places = places();
        assert!(places.len() > 900, "{}", places.len());
        for (place, name) in places {
            assert_eq!(Some(name), super::place(&place).filter(|_| may_be_one(&place)), "{place}");
        }
        let words = ["daily", "backup", "every", "night", "cuba", "navajo", ""];
        assert_eq!(words.map(may_be_one), [false; 7]);
    }
}
