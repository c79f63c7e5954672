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

use claim::Kind;
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
    read(text, Said::of)
}

/// What an object's name says of when it runs: how often, and no more. `monday-report` may be of Monday, `weekly-report`
/// of the week; `report-every-5-minutes` and `cleanup-daily` are clear.
#[must_use]
pub fn name_claims(name: &str) -> Claims {
    // Of as many bytes, so that places stay what they are.
    let words: String = name.chars().map(|char| if matches!(char, '-' | '_' | '.') { ' ' } else { char }).collect();
    read(&words, |words| {
        let mut said = Said::of(words);
        let is_of_a_thing = (0..words.list.len()).any(|at| words.means(at, Meaning::Thing));
        said.claims.retain(|claim| {
            let is_word = claim.words.len() == 1;
            let is_last = claim.words.end == words.list.len();
            let is_of_work = (claim.words.end..words.list.len())
                .any(|at| words.means(at, Meaning::Work) || words.means(at, Meaning::Fill));
            matches!(claim.kind, Kind::Rate(_)) && (!is_word || is_last || is_of_work && !is_of_a_thing)
        });
        Said { claims: said.claims, ..Said::default() }
    })
}

fn read(text: &str, of: impl FnOnce(Words<'_>) -> Said) -> Claims {
    if text.len() > LONGEST {
        return Claims::default();
    }
    let lexemes = Lexemes::of(text);
    let said = lexemes.map(|lexemes| of(Words { list: &lexemes.list, language: lexemes.language }));
    Claims { said: said.unwrap_or_default() }
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
