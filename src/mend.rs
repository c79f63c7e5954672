//! Mending a text: fixes are applied round after round, until none is left that may be, and the text is at rest.

#[cfg(feature = "templates")]
mod chart;
mod compatible;
mod errors;
pub mod ignores;
mod together;

use crate::analysis::Unchecked;
use crate::config::Config;
use crate::diagnostic::{Finding, Safety};
use crate::hash::HashSet;
use crate::lint::{Part, Report, lint};
use crate::rule::Entry;
use crate::rules;
use crate::sort;
use crate::text::{Edit, Message, Source, apply_edits};
#[cfg(feature = "templates")]
pub use chart::{ChartMending, MendedChart, mend_chart};
use compatible::compatible;
use errors::Errors;
pub use together::{Changed, Refused, Together, Wanted, together};

/// Rounds after which a text is at rest, or never.
const ROUNDS: usize = 16;
/// Readings of a text that are spent on telling the fixes that can be made from those that cannot.
const READINGS: usize = 256;

/// A text that was mended as far as its fixes go.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Mended {
    /// The text as it is now.
    pub source: Source,
    /// What was mended, in the order of the rounds, then of place.
    pub applied: Vec<Applied>,
    /// The edits of each round, in the text that the round began with: one after the other, they make the text of now.
    pub rounds: Vec<Vec<Edit>>,
    /// What was not mended although there is a fix: with it the server would refuse something else.
    pub refused: Vec<Applied>,
    /// How many findings that are left have a fix that was not allowed.
    pub forbidden: usize,
}

/// A fix that was applied, or was not.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Applied {
    /// The rule whose finding it mends.
    pub rule: &'static str,
    /// What the finding says.
    pub message: Message,
    /// What the fix does, as an order.
    pub title: Message,
}

/// Why a text is left as it is, fixes or not.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Refusal {
    /// Something else fills it in first, as the line shows, counted from 1: what it makes is not this text.
    Template {
        /// The line.
        line: u32,
    },
    /// The fixes undo each other.
    Restless,
}

impl std::fmt::Display for Refusal {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Template { line } => {
                write!(out, "a template, as line {line} shows: no fix is proved before it is filled in")
            }
            Self::Restless => write!(out, "its fixes undo each other, so none was applied; please report it as a bug"),
        }
    }
}

impl std::error::Error for Refusal {}

/// Applies what fixes the findings of a text offer that `config` shows: the safe ones, and with [`Safety::Unsafe`] the
/// others, too, in a part of it or in all. A fix with which the server would refuse what it did not refuse before is left
/// out.
///
/// # Errors
/// Why the text is left alone.
pub fn mend(source: &Source, config: &Config, allowed: Safety, part: Option<&Part>) -> Result<Mended, Refusal> {
    mend_what(&Asked { config, allowed, part, is_alone: true }, source)
}

/// The same of one file among others, without the findings on which those have a say: [`together()`] mends them.
///
/// # Errors
/// Why the text is left alone.
pub fn mend_among_others(
    source: &Source,
    config: &Config,
    allowed: Safety,
    part: Option<&Part>,
) -> Result<Mended, Refusal> {
    mend_what(&Asked { config, allowed, part, is_alone: false }, source)
}

/// What is mended.
struct Asked<'a> {
    config: &'a Config,
    allowed: Safety,
    part: Option<&'a Part>,
    /// Whether there is no other file that could be asked.
    is_alone: bool,
}

impl Asked<'_> {
    fn wants(&self, finding: &Finding) -> bool {
        let rule = finding.rule;
        let is_own = || finding.condition.is_none() && !rules::find(rule).is_some_and(Entry::is_over_all_files);
        self.config.wants(rule) && !self.config.is_below(rule) && (self.is_alone || is_own())
    }
}

fn mend_what(asked: &Asked<'_>, source: &Source) -> Result<Mended, Refusal> {
    let all = everything(asked.config);
    let mut mender = Mender { asked, all, refused: HashSet::default(), is_stale: false, readings: READINGS };
    let mut now = mender.read(source.clone());
    let (mut applied, mut rounds) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        let (candidates, forbidden) = mender.candidates(&now.report);
        if let Some(line) = template_line(&now.report).filter(|_| !candidates.is_empty()) {
            return Err(Refusal::Template { line });
        }
        let candidates = compatible(candidates, |candidate| &candidate.edits);
        let Round { chosen, text, .. } = mender.round(&now, &candidates);
        let Some(next) = text else {
            if mender.asks_again() {
                continue;
            }
            return Ok(Mended { source: now.source, applied, rounds, refused: mender.refused(), forbidden });
        };
        applied.extend(chosen.iter().map(|candidate| candidate.what.clone()));
        rounds.push(chosen.iter().flat_map(|candidate| candidate.edits.iter().cloned()).collect());
        now = next;
    }
    Err(Refusal::Restless)
}

/// Every rule: an error is one, whether its rule was asked for or not.
fn everything(config: &Config) -> Config {
    Config::new(*config.settings()).with_pedantic(true)
}

/// The line of the first document that is a template.
fn template_line(report: &Report) -> Option<u32> {
    report.documents.iter().find_map(|outcome| match &outcome.not_checked {
        Some(Unchecked::Template { line, .. }) => Some(*line),
        _ => None,
    })
}

/// A text and what there is to say of it.
struct Text {
    source: Source,
    /// With what was asked for alone: no other fix has to be proved.
    report: Report,
    errors: Errors,
}

/// A fix that may be applied.
struct Candidate {
    what: Applied,
    edits: Vec<Edit>,
}

struct Mender<'c> {
    asked: &'c Asked<'c>,
    all: Config,
    refused: HashSet<Applied>,
    /// Whether the text has changed since one was refused.
    is_stale: bool,
    readings: usize,
}

impl Mender<'_> {
    fn read(&self, source: Source) -> Text {
        let mut report = lint(&source, &self.all);
        let errors = Errors::of(&report);
        report.findings.retain(|finding| self.asked.wants(finding));
        if let Some(part) = self.asked.part {
            report.keep(part);
        }
        Text { source, report, errors }
    }

    /// Applies what holds; there is no text where nothing is left to be.
    fn round<'r>(&mut self, now: &'r Text, candidates: &'r [Candidate]) -> Round<'r> {
        let mut round = Round { now, chosen: Vec::new(), text: None };
        self.apply(candidates, &mut round);
        self.is_stale |= round.text.is_some();
        round
    }

    /// Whether what was refused is to be tried once more: what spoke against it may have been mended meanwhile.
    fn asks_again(&mut self) -> bool {
        let asks = std::mem::take(&mut self.is_stale) && !self.refused.is_empty();
        if asks {
            self.refused.clear();
        }
        asks
    }

    /// The fixes that may be applied, and how many findings have others only.
    fn candidates(&self, report: &Report) -> (Vec<Candidate>, usize) {
        let (mut candidates, mut forbidden) = (Vec::new(), 0);
        for (finding, fixes) in report.findings.iter().zip(report.fixes()) {
            if fixes.is_empty() {
                continue;
            }
            let Some(fix) = fixes.into_iter().find(|fix| self.asked.allowed.allows(fix.safety)) else {
                forbidden += 1;
                continue;
            };
            let what = Applied { rule: finding.rule, message: finding.message.clone(), title: fix.title };
            if !self.refused.contains(&what) {
                candidates.push(Candidate { what, edits: fix.edits });
            }
        }
        (candidates, forbidden)
    }

    /// Applies all of them, if that holds; if not, those of each half.
    fn apply<'r>(&mut self, candidates: &'r [Candidate], round: &mut Round<'r>) {
        if candidates.is_empty() {
            return;
        }
        let text = if self.readings == 0 { None } else { self.read_with(candidates, round) };
        self.readings = self.readings.saturating_sub(1);
        if let Some(text) = text {
            round.chosen.extend(candidates);
            round.text = Some(text);
        } else if candidates.len() == 1 || self.readings == 0 {
            self.refused.extend(candidates.iter().map(|candidate| candidate.what.clone()));
        } else {
            let (first, second) = candidates.split_at(candidates.len() / 2);
            self.apply(first, round);
            self.apply(second, round);
        }
    }

    /// The text with further fixes, if nothing speaks against them.
    fn read_with(&self, further: &[Candidate], round: &Round<'_>) -> Option<Text> {
        let all = round.chosen.iter().copied().chain(further);
        let edits: Vec<Edit> = all.flat_map(|candidate| candidate.edits.iter().cloned()).collect();
        let text = apply_edits(round.now.source.text(), &edits).ok()?;
        let changed = self.read(round.now.source.with_text(text));
        changed.errors.are_no_worse_than(&round.now.errors).then_some(changed)
    }

    fn refused(self) -> Vec<Applied> {
        let mut refused: Vec<Applied> = self.refused.into_iter().collect();
        sort::by(&mut refused, |left, right| {
            (left.rule, left.message.as_str()).cmp(&(right.rule, right.message.as_str()))
        });
        refused
    }
}

/// What is being applied to a text.
struct Round<'r> {
    now: &'r Text,
    chosen: Vec<&'r Candidate>,
    /// The text with those that were chosen.
    text: Option<Text>,
}
