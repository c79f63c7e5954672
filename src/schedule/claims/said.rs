//! All that a text says, in every way to read it.

use std::ops::Range;

use super::claim::{Claim, Clock, Days, Kind};
use super::lexeme::Sense;
use super::lexicon::Meaning;
use super::phrases;
use super::rate::Rate;
use super::words::Words;
use super::zones::Offsets;

/// The claims of a text.
#[derive(Debug, Default)]
pub(super) struct Said {
    pub(super) claims: Vec<Claim>,
    /// Clocks that together name the runs of a day: those of one list, in every way to read the text. Further ones may
    /// name the same runs again, in another zone or by other words.
    pub(super) readings: Vec<Vec<Clock>>,
    /// The zones of all times.
    pub(super) zones: Vec<Offsets>,
    /// Whether it says at which hours of the day.
    pub(super) says_when: bool,
}

impl Said {
    pub(super) fn of(words: Words<'_>) -> Self {
        let claims = phrases::claims(words);
        let is_window = |claim: &Claim| matches!(claim.kind, Kind::Window(..));
        let names_hours = || (0..words.list.len()).any(|at| words.means(at, Meaning::DayTime));
        Self {
            readings: readings(&claims, words),
            zones: (0..words.list.len()).filter_map(|at| zone(words, at)).collect(),
            says_when: claims.iter().any(is_window) || names_hours(),
            claims,
        }
    }

    pub(super) fn rates(&self) -> impl Iterator<Item = (&Claim, Rate)> {
        self.claims.iter().filter_map(|claim| match claim.kind {
            Kind::Rate(rate) => Some((claim, rate)),
            _ => None,
        })
    }

    pub(super) fn days(&self) -> impl Iterator<Item = Days> {
        self.claims.iter().filter_map(|claim| match claim.kind {
            Kind::Days(days) => Some(days),
            _ => None,
        })
    }

    pub(super) fn windows(&self) -> impl Iterator<Item = (Clock, Clock)> {
        self.claims.iter().filter_map(|claim| match claim.kind {
            Kind::Window(from, to) => Some((from, to)),
            _ => None,
        })
    }

    /// The minutes of each hour that are named: bits 0 to 59.
    pub(super) fn minutes(&self) -> u64 {
        self.claims.iter().fold(0, |minutes, claim| match claim.kind {
            Kind::Minute(minute) => minutes | 1 << minute,
            _ => minutes,
        })
    }

    pub(super) fn names_times(&self) -> bool {
        !self.readings.is_empty() || self.windows().next().is_some()
    }

    pub(super) fn has_rate_within_days(&self) -> bool {
        self.rates().any(|(_, rate)| rate.is_within_days())
    }

    /// The bytes of all claims of a kind.
    pub(super) fn span(&self, is_one: impl Fn(&Kind) -> bool) -> Option<Range<usize>> {
        let mut spans = self.claims.iter().filter(|claim| is_one(&claim.kind)).map(|claim| claim.span.clone());
        let first = spans.next()?;
        Some(first.start..spans.last().map_or(first.end, |last| last.end))
    }
}

fn zone(words: Words<'_>, at: usize) -> Option<Offsets> {
    match words.sense(at) {
        Some(Sense::Zone(zone)) => Some(*zone),
        _ => None,
    }
}

fn readings(claims: &[Claim], words: Words<'_>) -> Vec<Vec<Clock>> {
    let mut lists: Vec<Vec<Clock>> = Vec::new();
    let mut last_end = None;
    for claim in claims {
        let Kind::Clock(clock) = claim.kind else { continue };
        let clock = Clock { zone: clock.zone.or_else(|| zone_around(claim, claims, words)), ..clock };
        let goes_on = last_end.is_some_and(|end: usize| (end..claim.words.start).all(|at| is_list(words, at)));
        match lists.last_mut().filter(|_| goes_on) {
            Some(list) => list.push(clock),
            None => lists.push(vec![clock]),
        }
        last_end = Some(claim.words.end);
    }
    let lists: Vec<Vec<Clock>> = lists.into_iter().flat_map(by_zone).collect();
    let zones: Vec<Option<Offsets>> = lists.iter().map(|list| list[0].zone).collect();
    let in_zone =
        |zone: &Option<Offsets>| lists.iter().filter(|list| list[0].zone == *zone).flatten().copied().collect();
    let together: Vec<Vec<Clock>> = zones.iter().map(in_zone).collect();
    lists.into_iter().chain(together).collect()
}

/// A zone with nothing but words of time between: "at 3:00 every Monday (UTC)", "UTC: every day at 3:00".
fn zone_around(claim: &Claim, claims: &[Claim], words: Words<'_>) -> Option<Offsets> {
    let is_between = |at: &usize| match words.sense(*at) {
        Some(Sense::Means(meaning)) => !matches!(meaning, Meaning::And | Meaning::Or | Meaning::Clock(_)),
        Some(Sense::Mark(mark)) => matches!(mark, '(' | ':'),
        _ => false,
    };
    let is_taken = |at: &usize| claims.iter().any(|claim| claim.words.contains(at));
    let ends = |at: usize| matches!(words.sense(at), None | Some(Sense::Mark(_)));
    let free_zone = |at: usize| zone(words, at).filter(|_| !is_taken(&at) && (ends(at + 1) || at < claim.words.start));
    let after = (claim.words.end..words.list.len()).find(|at| !is_between(at)).and_then(free_zone);
    after.or_else(|| (0..claim.words.start).rev().find(|at| !is_between(at)).and_then(free_zone))
}

fn is_list(words: Words<'_>, at: usize) -> bool {
    let is_listing = words.is_listing(at) && !words.is_mark(at, '/');
    is_listing || words.means(at, Meaning::At) || words.means(at, Meaning::Fill)
}

/// The clocks of a list; one zone named in it is that of all.
fn by_zone(list: Vec<Clock>) -> Vec<Vec<Clock>> {
    let mut zones: Vec<Offsets> = Vec::new();
    for zone in list.iter().filter_map(|clock| clock.zone) {
        if !zones.contains(&zone) {
            zones.push(zone);
        }
    }
    match zones.as_slice() {
        [] => vec![list],
        [zone] => vec![list.into_iter().map(|clock| Clock { zone: Some(*zone), ..clock }).collect()],
        _ => list.into_iter().map(|clock| vec![clock]).collect(),
    }
}
