//! Time zones as people write them.

mod table;

use crate::schedule::calendar::Date;
use crate::schedule::time::{Instant, LocalSecond};
use crate::schedule::zone::Zone;
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
        offsets.sort_unstable();
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
    if let Some(zone) = abbreviated(word) {
        return Some(zone);
    }
    if let Some((_, name)) = PLACES.iter().find(|(place, _)| *place == word) {
        return Zone::load(name).ok().map(Offsets::of_zone);
    }
    let name = zone_name(word)?;
    Zone::load(name).ok().map(Offsets::of_zone)
}

/// The zone of this name, or whose city this is. Names without a city (`Cuba`, `Navajo`) are ordinary words.
fn zone_name(word: &str) -> Option<&'static str> {
    if word.len() < 4 {
        return None;
    }
    let is_it = |name: &&&str| {
        let Some((_, city)) = name.rsplit_once('/') else { return false };
        let is_region = !name.starts_with("Etc/") && !name.starts_with("US/") && !name.starts_with("Canada/");
        let spelt = |city: &str| {
            city.len() == word.len()
                && city.bytes().zip(word.bytes()).all(|(one, other)| {
                    one.to_ascii_lowercase() == other || one == b'_' && matches!(other, b' ' | b'_')
                })
        };
        (is_region && spelt(city)) || spelt(name)
    };
    Zone::names().iter().find(is_it).copied()
}
