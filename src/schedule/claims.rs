//! What a text says of when something runs, and whether a schedule does that. Certain or silent: what may be right in
//! some zone, or may speak of something else, is not contradicted.

mod claim;
mod clocks;
mod compare;
mod days;
mod lexeme;
mod lexicon;
mod minutes;
mod pattern;
mod phrases;
mod rate;
mod rates;
mod said;
mod token;
mod words;
mod zones;

use std::ops::Range;

use crate::schedule::expression::Expression;
use crate::schedule::zone::Zone;

use claim::{Claim, Kind};
use lexeme::Lexemes;
use lexicon::Meaning;
use said::Said;
use words::Words;

/// The longest text that is read, in bytes: longer ones are no remarks on a schedule.
const LONGEST: usize = 1_000;

/// What a text says of when something runs.
#[derive(Debug, Default)]
pub struct Claims {
    said: Said,
}

/// What a text says of when something runs: a comment, a description.
#[must_use]
pub fn claims(text: &str) -> Claims {
    if text.len() > LONGEST {
        return Claims::default();
    }
    let said = Lexemes::of(text).map(|lexemes| Said::of(Words::of(&lexemes)));
    Claims { said: said.unwrap_or_default() }
}

/// What an object's name says of when it runs: how often, and no more. `monday-report` may be of Monday, `weekly-report`
/// of the week; `report-every-5-minutes` and `cleanup-daily` are clear.
#[must_use]
pub fn name_claims(name: &str) -> Claims {
    // Of as many bytes, so that places stay what they are.
    let text: String = name.chars().map(|char| if matches!(char, '-' | '_' | '.') { ' ' } else { char }).collect();
    let lexemes = Lexemes::of_name(&text);
    let words = Words::of(&lexemes);
    let end = words.list.len();
    let is_of_a_thing = (0..end).any(|at| words.means(at, Meaning::Thing));
    let is_clear = |claim: &Claim| {
        let is_word = claim.words.len() == 1;
        let is_work = |at: usize| words.means(at, Meaning::Work) || words.means(at, Meaning::Fill);
        let is_of_work = !is_of_a_thing && (claim.words.end..end).any(is_work);
        matches!(claim.kind, Kind::Rate(_)) && (!is_word || claim.words.end == end || is_of_work)
    };
    let claims = Said::of(words).claims.into_iter().filter(is_clear).collect();
    Claims { said: Said { claims, ..Said::default() } }
}

impl Claims {
    /// The bytes of the words that say what a schedule does not do, which runs in `zone` or else in UTC; `None` where all
    /// may be right.
    #[must_use]
    pub fn contradicted(&self, expression: &Expression, zone: Option<Zone>) -> Option<Range<usize>> {
        if self.said.claims.is_empty() { None } else { compare::contradicted(&self.said, expression, zone) }
    }

    /// The IANA names of the zones whose clock is told.
    pub fn zones(&self) -> impl Iterator<Item = &'static str> {
        self.said.zones.iter().filter_map(|zone| zone.name)
    }
}
