//! Time zones as people write them.

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
    static KNOWN: LazyLock<HashMap<&str, &str>> = LazyLock::new(places);
    // In small letters, the others are words of some language: "ist", "art", "et".
    let is_clear = word.len() > 4 || COMMON.contains(&word) || !word.is_ascii();
    abbreviated(word).filter(|_| is_clear).or_else(|| {
        let name = KNOWN.get(word)?;
        Zone::load(name).ok().map(Offsets::of_zone)
    })
}

/// Places with their zones. Names without a city (`Cuba`, `Navajo`) are ordinary words.
fn places() -> HashMap<&'static str, &'static str> {
    // All in small letters at once, a name a line.
    static NAMES: LazyLock<String> = LazyLock::new(|| Zone::names().join("\n").to_ascii_lowercase());
    static SPACED: LazyLock<String> = LazyLock::new(|| NAMES.replace('_', " "));
    let mut places = with_room_for(2 * Zone::names().len() + PLACES.len());
    for (name, (lower, spaced)) in Zone::names().iter().zip(NAMES.lines().zip(SPACED.lines())) {
        let Some((region, _)) = name.split_once('/') else { continue };
        places.insert(lower, *name);
        let city = spaced.rsplit('/').next().filter(|city| city.len() > 3);
        if let Some(city) = city.filter(|_| !matches!(region, "Etc" | "US" | "Canada")) {
            places.insert(city, *name);
        }
    }
    places.extend(PLACES.iter().copied());
    places
}
