//! The words of a text, to be read from any place on.

use std::ops::Range;

use super::lexeme::{Lexeme, Lexemes, Sense};
use super::lexicon::{Language, Meaning};
use super::rate::Unit;

/// Words, to be read one phrase after the other.
#[derive(Debug, Clone, Copy)]
pub(super) struct Words<'a> {
    pub(super) list: &'a [Lexeme],
    pub(super) language: Language,
}

impl<'a> Words<'a> {
    pub(super) fn of(lexemes: &'a Lexemes) -> Self {
        Self { list: &lexemes.list, language: lexemes.language }
    }

    pub(super) fn sense(&self, at: usize) -> Option<&Sense> {
        self.list.get(at).map(|lexeme| &lexeme.sense)
    }

    pub(super) fn meaning(&self, at: usize) -> Option<Meaning> {
        match self.sense(at)? {
            Sense::Means(meaning) => Some(*meaning),
            _ => None,
        }
    }

    pub(super) fn means(&self, at: usize, wanted: Meaning) -> bool {
        self.meaning(at) == Some(wanted)
    }

    pub(super) fn is_mark(&self, at: usize, wanted: char) -> bool {
        self.sense(at) == Some(&Sense::Mark(wanted))
    }

    pub(super) fn is_glued(&self, at: usize) -> bool {
        self.list.get(at).is_some_and(|lexeme| lexeme.glued)
    }

    /// A number in digits or in words.
    pub(super) fn number(&self, at: usize) -> Option<u32> {
        match self.sense(at)? {
            Sense::Number { value, .. } => Some(*value),
            Sense::Means(Meaning::Number(value)) => Some(*value),
            _ => None,
        }
    }

    /// A number in digits, with how many.
    pub(super) fn digits(&self, at: usize) -> Option<(u32, usize)> {
        match self.sense(at)? {
            Sense::Number { value, digits } => Some((*value, *digits)),
            _ => None,
        }
    }

    pub(super) fn unit(&self, at: usize) -> Option<Unit> {
        match self.meaning(at)? {
            Meaning::Unit(unit) => Some(unit),
            Meaning::Second => Some(Unit::Second),
            Meaning::DayOfMonth => Some(Unit::Day),
            Meaning::LetterH => Some(Unit::Hour),
            _ => None,
        }
    }

    /// The first place from `at` on whose word says something.
    pub(super) fn past_fill(&self, mut at: usize) -> usize {
        while matches!(self.meaning(at), Some(Meaning::Fill | Meaning::The)) {
            at += 1;
        }
        at
    }

    /// Whether a word says nothing of times: it may be what a phrase tells of.
    pub(super) fn is_other(&self, at: usize) -> bool {
        matches!(self.sense(at), Some(Sense::Unknown | Sense::Means(Meaning::Work | Meaning::Program | Meaning::Watch)))
    }

    /// Whether a word names something that a rate may be told of.
    pub(super) fn is_thing(&self, at: usize) -> bool {
        matches!(self.meaning(at), Some(Meaning::Thing | Meaning::Stuff))
    }

    /// Whether a sentence or a part of one begins at `at`.
    pub(super) fn opens_clause(&self, at: usize) -> bool {
        at == 0 || matches!(self.sense(at - 1), Some(Sense::Mark(mark)) if ends_clause(*mark))
    }

    /// Whether the part of a sentence that a place lies in has a word of this meaning.
    pub(super) fn is_in_clause_with(&self, place: &Range<usize>, wanted: Meaning) -> bool {
        let start = (0..=place.start).rev().find(|at| self.opens_clause(*at)).unwrap_or(0);
        let end = (place.end..self.list.len()).find(|at| self.opens_clause(*at)).unwrap_or(self.list.len());
        (start..end).any(|at| self.means(at, wanted))
    }

    /// The place after a hyphen, if one stands at `at`.
    pub(super) fn past_hyphen(&self, at: usize) -> usize {
        if self.is_mark(at, '-') { at + 1 } else { at }
    }

    /// Whether something is to be listed: a comma, a slash, "and".
    pub(super) fn is_listing(&self, at: usize) -> bool {
        self.means(at, Meaning::And) || [',', '/', '&', '+'].iter().any(|mark| self.is_mark(at, *mark))
    }

    /// Whether a range goes on: a dash, "to".
    pub(super) fn is_ranging(&self, at: usize) -> bool {
        self.means(at, Meaning::Until) || self.is_mark(at, '-') || self.is_mark(at, '~')
    }

    /// The bytes of some words.
    pub(super) fn span(&self, words: &Range<usize>) -> Range<usize> {
        self.list[words.start].span.start..self.list[words.end - 1].span.end
    }
}

fn ends_clause(mark: char) -> bool {
    matches!(mark, ',' | ';' | '.' | '(' | ')' | '\n' | '|' | '—')
}
