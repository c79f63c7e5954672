//! A text as what its words mean.

use std::ops::Range;

use super::lexicon::{LONGEST, Language, Meaning, shared_meaning};
use super::rate::Unit;
use super::token::{Token, TokenKind, tokens};
use super::zones::{self, Offsets};

/// A word with its meaning, a number or a mark.
#[derive(Debug, Clone)]
pub(super) struct Lexeme {
    pub(super) sense: Sense,
    pub(super) span: Range<usize>,
    /// Whether it follows the one before without a space.
    pub(super) glued: bool,
    /// Whether it ends as an English plural does.
    pub(super) plural: bool,
}

#[derive(Debug, Clone, PartialEq)]
pub(super) enum Sense {
    Means(Meaning),
    Number { value: u32, digits: usize },
    Zone(Offsets),
    Mark(char),
    Unknown,
}

/// What a text says, word by word, and the language it is in.
#[derive(Debug)]
pub(super) struct Lexemes {
    pub(super) list: Vec<Lexeme>,
    pub(super) language: Language,
}

impl Lexemes {
    /// Reads a text; `None` where no language that is known has a word of it, though there are words.
    pub(super) fn of(text: &str) -> Option<Self> {
        let tokens = tokens(text);
        let told = |lexeme: &Lexeme| if is_told(lexeme) { 8 * lexeme.span.len() - 1 } else { 0 };
        let is_ascii = text.is_ascii();
        let (language, known) = Language::of(|language| {
            if is_ascii && !language.is_latin {
                return 0;
            }
            lexemes(&tokens, text, |word| meaning(word, language)).iter().map(told).sum()
        });
        let read = Self::in_language(&tokens, text, language);
        let is_foreign = known == 0 && read.list.iter().any(|lexeme| lexeme.sense == Sense::Unknown);
        (!is_foreign).then_some(read)
    }

    /// Reads a name, whose words are English if they are any.
    pub(super) fn of_name(words: &str) -> Self {
        Self::in_language(&tokens(words), words, Language::ENGLISH)
    }

    fn in_language(tokens: &[Token], text: &str, language: Language) -> Self {
        let or_zone = |word: &str| meaning(word, language).or_else(|| zones::named(word).map(Sense::Zone));
        let mut list = lexemes(tokens, text, or_zone);
        for lexeme in &mut list {
            let at = tokens.partition_point(|token| token.span.start < lexeme.span.start);
            if is_identifier(tokens, at) {
                lexeme.sense = Sense::Unknown;
            }
        }
        Self { list, language }
    }
}

fn meaning(word: &str, language: Language) -> Option<Sense> {
    language.meaning(word).or_else(|| shared_meaning(word)).map(Sense::Means)
}

/// Whether a word shows the language: it says something, and is no short one that many languages have.
fn is_told(lexeme: &Lexeme) -> bool {
    let Sense::Means(meaning) = lexeme.sense else { return false };
    let is_common = matches!(
        meaning,
        Meaning::Fill
            | Meaning::The
            | Meaning::Hush
            | Meaning::LetterH
            | Meaning::Morning
            | Meaning::Afternoon
            | Meaning::Thing
            | Meaning::Work
            | Meaning::Program
            | Meaning::Watch
    );
    !is_common && lexeme.span.len() > 2
}

/// Whether a word or number is a part of a name, a version or a path: `v1.2`, `daily.sh`, `x86`, `db_daily`.
fn is_identifier(tokens: &[Token], at: usize) -> bool {
    let Some(token) = tokens.get(at) else { return false };
    let joins = |mark: &Token| matches!(mark.kind, TokenKind::Mark('.' | '_' | '@' | '#' | '`' | '$' | '%' | '\\'));
    let is_latin = |token: &Token| matches!(&token.kind, TokenKind::Word(word) if word.is_ascii());
    let is_number = |token: &Token| matches!(token.kind, TokenKind::Number { .. });
    let before = at.checked_sub(1).map(|before| &tokens[before]).filter(|_| token.glued);
    let after = tokens.get(at + 1).filter(|after| after.glued);
    let after_mark = tokens.get(at + 2).filter(|after| after.glued);
    if is_latin(token) {
        let by_mark = before.is_some_and(joins)
            || after
                .is_some_and(|mark| joins(mark) && after_mark.is_some_and(|next| is_latin(next) || is_number(next)));
        return by_mark;
    }
    is_number(token) && before.is_some_and(|mark| matches!(mark.kind, TokenKind::Mark('#' | '$' | '_' | '\\')))
}

/// The tokens by what `sense` makes of each word.
fn lexemes(tokens: &[Token], text: &str, sense: impl Fn(&str) -> Option<Sense>) -> Vec<Lexeme> {
    let mut list = Vec::with_capacity(tokens.len());
    let mut at = 0;
    while at < tokens.len() {
        let (taken, sense) = unmistakable(&tokens[at], text)
            .or_else(|| longest(&tokens[at..], &sense))
            .unwrap_or_else(|| (1, plain(&tokens[at])));
        let span = tokens[at].span.start..tokens[at + taken - 1].span.end;
        let plural = text[span.clone()].ends_with('s');
        list.push(Lexeme { sense, span, glued: tokens[at].glued, plural });
        at += taken;
    }
    list
}

/// The longest word of the tables that begins here, with the number of its tokens.
fn longest(tokens: &[Token], sense: impl Fn(&str) -> Option<Sense>) -> Option<(usize, Sense)> {
    if matches!(tokens[0].kind, TokenKind::Number { .. }) {
        return None;
    }
    let mut word = String::new();
    let mut found = None;
    for (index, token) in tokens.iter().take(LONGEST).enumerate() {
        if index > 0 && !token.glued {
            word.push(' ');
        }
        match &token.kind {
            TokenKind::Word(part) => word.push_str(part),
            TokenKind::Mark(mark) => word.push(*mark),
            TokenKind::Number { value, .. } => word.push_str(&value.to_string()),
        }
        if let Some(sense) = sense(&word) {
            found = Some((index + 1, sense));
        }
    }
    found
}

/// What no language has another meaning for: zones and halves of the day in capitals, and the latter right after a
/// number or with full stops. "et" is a word of French, "am" one of German.
fn unmistakable(token: &Token, text: &str) -> Option<(usize, Sense)> {
    let TokenKind::Word(word) = &token.kind else { return None };
    let is_capital = text[token.span.clone()].bytes().all(|byte| byte.is_ascii_uppercase());
    let is_half = matches!(word.as_str(), "am" | "pm");
    let is_dotted = is_half && text[token.span.clone()].contains('.');
    let after_number = is_half && token.glued;
    if is_capital && let Some(zone) = zones::abbreviated(word) {
        return Some((1, Sense::Zone(zone)));
    }
    let half_day = shared_meaning(word).filter(|meaning| matches!(meaning, Meaning::Morning | Meaning::Afternoon));
    half_day.filter(|_| is_capital || is_dotted || after_number).map(|meaning| (1, Sense::Means(meaning)))
}

/// What a token is that no table has.
fn plain(token: &Token) -> Sense {
    match &token.kind {
        TokenKind::Number { value, digits } => Sense::Number { value: *value, digits: *digits },
        TokenKind::Mark(mark) => Sense::Mark(*mark),
        TokenKind::Word(word) if token.glued => match word.as_str() {
            "z" => Sense::Zone(Offsets::UTC),
            "s" => Sense::Means(Meaning::Unit(Unit::Second)),
            "m" => Sense::Means(Meaning::Unit(Unit::Minute)),
            "d" => Sense::Means(Meaning::Unit(Unit::Day)),
            _ => Sense::Unknown,
        },
        TokenKind::Word(_) => Sense::Unknown,
    }
}
