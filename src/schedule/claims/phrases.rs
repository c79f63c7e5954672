//! The phrases of a text that say when its schedule runs.

use std::ops::Range;

use super::claim::{Claim, Kind, Phrase};
use super::lexeme::Sense;
use super::lexicon::Meaning;
use super::rate::Unit;
use super::words::Words;
use super::{clocks, days, minutes, rates};

/// All claims of a text about its schedule; none if the text speaks of another time.
pub(super) fn claims(words: Words<'_>) -> Vec<Claim> {
    if speaks_of_another_time(words) {
        return Vec::new();
    }
    let mut claims = Vec::new();
    let mut muted = Muted::No;
    let mut roughly = false;
    let (mut at, mut read) = (0, 0);
    while at < words.list.len() {
        let Some((kinds, end)) = phrase(words, at) else {
            // "older than 2 hours" is all that is older: what follows speaks of the schedule again.
            let is_length = muted == Muted::Clause && words.number(at).is_some() && words.unit(at + 1).is_some();
            if is_length {
                muted = Muted::No;
            } else if at != read || !is_equated(words, at) {
                roughly |= is_rough(words, at);
                muted = muted.after(words, at);
            }
            at += if is_length { 2 } else { 1 };
            continue;
        };
        roughly |= is_rough_after(words, end);
        let is_whole = !std::mem::take(&mut roughly) && !is_spoken_of(words, at..end) && !is_cut(words, at..end, read);
        if muted == Muted::No && is_whole {
            let place = at..end;
            let span = words.span(&place);
            claims.extend(kinds.into_iter().map(|kind| Claim { kind, span: span.clone(), words: place.clone() }));
        }
        if muted == Muted::No && is_subject(words, at..end) {
            muted = Muted::Clause;
        }
        (at, read) = (end, end);
    }
    claims.retain(|claim| !words.is_in_clause_with(&claim.words, Meaning::Apart));
    if (0..words.list.len()).any(|at| is_rough(words, at)) {
        claims.retain(|claim| matches!(claim.kind, Kind::Rate(_) | Kind::Days(_)));
    }
    claims
}

/// Whether a phrase is spoken of, not said: "the 2am backup", "every hour is too much".
fn is_spoken_of(words: Words<'_>, place: Range<usize>) -> bool {
    let is_named = place.start > 0 && words.means(place.start - 1, Meaning::The) && words.is_other(place.end);
    is_named
        || is_of_another(words, place.end)
        || is_subject(words, place.clone())
        || words.means(place.end, Meaning::Being) && !is_equated(words, place.end)
}

/// Whether somebody else acts at the time of a phrase that ends at `at`: "every hour the API posts its events".
fn is_of_another(words: Words<'_>, at: usize) -> bool {
    let is_unknown = |at: usize| words.sense(at) == Some(&Sense::Unknown);
    words.means(at, Meaning::The)
        && is_unknown(at + 1)
        && is_unknown(at + 2)
        && !words.list[at + 1].plural
        && words.list[at + 2].plural
}

/// Whether a sentence begins with something of which a phrase tells: "hourly backups are kept", "the daily quota resets".
fn is_subject(words: Words<'_>, place: Range<usize>) -> bool {
    let tells = matches!(words.meaning(place.end - 1), Some(Meaning::Often(_) | Meaning::Nightly | Meaning::Biweekly));
    let leads = |at: usize| matches!(words.meaning(at), Some(Meaning::The | Meaning::Per));
    let start = if place.start > 0 && leads(place.start - 1) { place.start - 1 } else { place.start };
    let is_noun = words.is_other(place.end) || words.is_thing(place.end);
    let verb = place.end + 1;
    let acts =
        words.means(verb, Meaning::Being) || words.is_thing(place.end) && words.sense(verb) == Some(&Sense::Unknown);
    tells && words.opens_clause(start) && is_noun && acts
}

/// Whether one time is said to be another: "8:00 UTC is 16:00 in Beijing".
fn is_equated(words: Words<'_>, at: usize) -> bool {
    words.means(at, Meaning::Being) && clocks::phrase(words, at + 1).is_some()
}

/// Whether a phrase is a part of a list whose other items are not understood; `read` is the end of what was read before.
fn is_cut(words: Words<'_>, place: Range<usize>, read: usize) -> bool {
    let is_item = |at: usize, listing: usize| match words.sense(at) {
        Some(Sense::Means(Meaning::Month(_) | Meaning::Weekdays(_) | Meaning::Ordinal(_) | Meaning::Last)) => true,
        Some(Sense::Number { .. } | Sense::Means(Meaning::Number(_))) => !words.is_mark(listing, ','),
        // "Monday and Thurday"
        Some(Sense::Unknown) if matches!(words.meaning(listing.wrapping_sub(1)), Some(Meaning::Weekdays(_))) => {
            !words.is_mark(listing, ',')
        }
        _ => false,
    };
    let next = if words.is_listing(place.end + 1) { place.end + 2 } else { place.end + 1 };
    let goes_on = words.is_listing(place.end) && is_item(next, place.end) && phrase(words, next).is_none();
    let before = place.start.checked_sub(2).filter(|before| *before >= read && words.is_listing(before + 1));
    goes_on || before.is_some_and(|before| is_item(before, before + 1))
}

fn phrase(words: Words<'_>, at: usize) -> Option<Phrase> {
    clocks::phrase(words, at)
        .or_else(|| minutes::phrase(words, at))
        .or_else(|| days::phrase(words, at))
        .or_else(|| rates::phrase(words, at))
}

/// Whether the text is a wish, a memory or an example, or quotes a schedule's fields.
fn speaks_of_another_time(words: Words<'_>) -> bool {
    let is_drawn = |mark: char| matches!(mark, '*' | '?' | '{' | '$' | '\u{2500}'..='\u{257f}');
    let has_unit = |unit: Unit| (0..words.list.len()).any(|at| words.meaning(at) == Some(Meaning::Unit(unit)));
    let names_fields = [Unit::Minute, Unit::Hour, Unit::Month].into_iter().all(has_unit);
    names_fields
        || words.list.iter().enumerate().any(|(at, lexeme)| match lexeme.sense {
            Sense::Means(Meaning::Hush) => true,
            Sense::Mark('=') => numbers_weekdays(words, at),
            Sense::Mark(mark) => is_drawn(mark),
            Sense::Number { value: 1_990..2_100, digits: 4 } => {
                words.is_mark(at + 1, '-') || words.is_mark(at + 1, '/')
            }
            _ => false,
        })
}

/// "0 = Sunday"
fn numbers_weekdays(words: Words<'_>, at: usize) -> bool {
    let sides = [at.wrapping_sub(1), at + 1];
    let has = |is_it: fn(&Sense) -> bool| sides.into_iter().any(|at| words.sense(at).is_some_and(is_it));
    has(|sense| matches!(sense, Sense::Number { .. }))
        && has(|sense| matches!(sense, Sense::Means(Meaning::Weekdays(_))))
}

fn is_rough(words: Words<'_>, at: usize) -> bool {
    let before_number = words.is_mark(at, '~') && (at == 0 || !words.is_glued(at) || words.is_mark(at - 1, '('));
    words.means(at, Meaning::Roughly) || before_number && !is_after_time(words, at)
}

/// "every 2 weeks-ish", "daily or so"
fn is_rough_after(words: Words<'_>, end: usize) -> bool {
    words.means(words.past_hyphen(end), Meaning::RoughlyAfter)
}

fn is_after_time(words: Words<'_>, at: usize) -> bool {
    at > 0 && matches!(words.sense(at - 1), Some(Sense::Number { .. } | Sense::Means(_)))
}

/// Whether what comes next speaks of something else, and how far.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Muted {
    No,
    /// For so many words.
    Next(u8),
    Clause,
    Sentence,
}

impl Muted {
    fn after(self, words: Words<'_>, at: usize) -> Self {
        match words.sense(at) {
            Some(Sense::Means(Meaning::Elsewhere)) if self != Self::Sentence => Self::Clause,
            Some(Sense::Means(Meaning::Past)) if self != Self::Sentence => {
                if words.means(at + 1, Meaning::Every) {
                    self
                } else {
                    Self::Clause
                }
            }
            Some(Sense::Means(Meaning::Toward)) if self == Self::No => Self::Next(2),
            // "Logs rotate daily"
            Some(Sense::Unknown) if self == Self::No && follows_subject(words, at) => Self::Clause,
            Some(Sense::Means(Meaning::Aside)) => Self::Sentence,
            // "This is run daily", but: "the cache is refreshed hourly".
            Some(Sense::Means(Meaning::Being))
                if at > 0 && !(at - 1..at + 2).any(|at| words.means(at, Meaning::Fill)) =>
            {
                Self::Sentence
            }
            Some(Sense::Mark(';' | '.' | ')' | '\n' | '|')) => Self::No,
            Some(Sense::Mark(',' | '—')) if self != Self::Sentence => Self::No,
            Some(Sense::Mark(':')) if matches!(self, Self::Next(_)) => Self::No,
            _ => match self {
                Self::Next(0) => Self::No,
                Self::Next(words) => Self::Next(words - 1),
                _ => self,
            },
        }
    }
}

/// Whether a clause begins with somebody else, so that the word at `at` says what they do: with things, in the plural, or
/// with a name before a verb ("Grafana reads this").
fn follows_subject(words: Words<'_>, at: usize) -> bool {
    let Some(noun) = at.checked_sub(1) else { return false };
    let has_article = noun > 0 && words.means(noun - 1, Meaning::The);
    if !words.opens_clause(if has_article { noun - 1 } else { noun }) {
        return false;
    }
    let are_things = words.is_thing(noun) && words.list[noun].plural;
    let has_object = || matches!(words.meaning(at + 1), Some(Meaning::The | Meaning::Fill | Meaning::Their));
    let is_name = words.sense(noun) == Some(&Sense::Unknown) && !words.list[noun].plural;
    are_things || is_name && words.list[at].plural && (has_article || has_object())
}
