//! What a text says of when something runs, and whether a schedule does that. Certain or silent: what may be right in
//! some zone, or may speak of something else, is not contradicted.

mod claim;
mod clocks;
mod compare;
mod days;
mod dictionary;
mod lexeme;
mod lexicon;
mod minutes;
mod pattern;
mod phrases;
mod rate;
mod rates;
mod said;
mod token;
mod told;
mod words;
mod zones;

use std::ops::Range;

use crate::schedule::expression::Expression;
use crate::schedule::zone::Zone;

use claim::{Claim, Kind};
use lexeme::Lexemes;
use lexicon::Meaning;
use said::Said;
pub(super) use told::{Told, told};
use words::Words;

/// The longest text that is read, in bytes: longer ones are no remarks on a schedule.
const LONGEST: usize = 1_000;

/// Whether what people say is read at all.
const IS_READ: bool = cfg!(feature = "remarks");

/// What a text says of when something runs.
#[derive(Debug, Default)]
pub struct Claims {
    said: Said,
}

/// What a text says of when something runs: a comment, a description.
#[must_use]
pub fn claims(text: &str) -> Claims {
    if !IS_READ || text.len() > LONGEST {
        return Claims::default();
    }
    let said = Lexemes::of(text).map(|lexemes| Said::of(Words::of(&lexemes)));
    Claims { said: said.unwrap_or_default() }
}

/// What an object's name says of when it runs: how often, and no more. `monday-report` may be of Monday, `weekly-report`
/// of the week; `report-every-5-minutes` and `cleanup-daily` are clear.
#[must_use]
pub fn name_claims(name: &str) -> Claims {
    if !IS_READ {
        return Claims::default();
    }
    // Of as many bytes, so that places stay what they are.
    let text: String = name.chars().map(|char| if matches!(char, '-' | '_' | '.') { ' ' } else { char }).collect();
    let lexemes = Lexemes::of_name(&text);
    let words = Words::of(&lexemes);
    let mut claims = Said::of(words).claims;
    claims.retain(|claim| matches!(claim.kind, Kind::Rate(_)));
    // Of two rhythms, one may be that of a thing.
    let is_clear = |claim: &Claim| {
        let is_only_one = claims.iter().all(|other| other.words == claim.words);
        is_only_one && (claim.words.len() > 1 || is_own_rhythm(words, claim))
    };
    if !claims.first().is_some_and(is_clear) {
        claims.clear();
    }
    Claims { said: Said { claims, ..Said::default() } }
}

/// Whether the one word of a name that says how often says it of the job: it is the last one, or one piece of work
/// follows, and nothing that looks after work of another rhythm.
fn is_own_rhythm(words: Words<'_>, claim: &Claim) -> bool {
    let end = words.list.len();
    let has = |is_one: &dyn Fn(Meaning) -> bool| (0..end).filter(|at| words.meaning(*at).is_some_and(is_one)).count();
    let rhythms = has(&|meaning| matches!(meaning, Meaning::Often(_) | Meaning::Nightly | Meaning::Biweekly));
    if rhythms > 1 || has(&|meaning| meaning == Meaning::Watch) > 0 {
        return false;
    }
    if claim.words.end == end {
        return true;
    }
    let is_program = |at: usize| matches!(words.meaning(at), Some(Meaning::Program | Meaning::Fill));
    let is_of_a_thing = has(&|meaning| meaning == Meaning::Thing) > 0;
    let work = (claim.words.end..end).find(|at| words.means(*at, Meaning::Work) || is_program(*at));
    !is_of_a_thing && work.is_some_and(|work| (work + 1..end).all(is_program))
}

impl Claims {
    /// The bytes of the words that say what a schedule does not do, which runs in `zone` or else in UTC; `None` where all
    /// may be right.
    #[must_use]
    pub fn contradicted(&self, expression: &Expression, zone: Option<Zone>) -> Option<Range<usize>> {
        if !IS_READ || self.said.claims.is_empty() { None } else { compare::contradicted(&self.said, expression, zone) }
    }

    /// The IANA name of the one zone by whose clock times are told; `None` where none is, or UTC is told too.
    #[must_use]
    pub fn clock_zone(&self) -> Option<&'static str> {
        let own = self.said.readings.iter().flatten().filter_map(|clock| clock.zone);
        let mut zones = own.chain(self.said.zones.iter().copied());
        let first = zones.next()?.name.filter(|_| !self.said.readings.is_empty())?;
        (first != "Etc/UTC" && zones.all(|zone| zone.name == Some(first))).then_some(first)
    }

    /// The bytes of the times of the day that are told.
    #[must_use]
    pub fn clock(&self) -> Option<Range<usize>> {
        self.said.span(|kind| matches!(kind, Kind::Clock(_)))
    }

    /// Whether it is told at which minute of an hour something runs: of what is not read, that may be.
    #[must_use]
    pub fn tell_minutes(&self) -> bool {
        !IS_READ || self.said.names_times() || self.said.minutes() != 0
    }

    /// The IANA names of the zones whose clock is told.
    pub fn zones(&self) -> impl Iterator<Item = &'static str> {
        self.said.zones.iter().filter_map(|zone| zone.name)
    }
}
