//! Sprig's functions on words.

use super::super::{Arguments, Call, Function, Stop, Takes};
use super::casing::{lower, upper};
use super::wrap::wrap;
use crate::template::value::Value;

use Takes::{Int, Text as Str};

pub(in crate::template::functions) static FUNCTIONS: &[Function] = &[
    Function::new("nospace", &[Str], |_, given| {
        made(&characters(given.text(0).as_str()).filter(|char| !char.is_whitespace()).collect::<String>())
    }),
    Function::new("initials", &[Str], |_, given| {
        made(&given.text(0).as_str().split_whitespace().filter_map(|word| characters(word).next()).collect::<String>())
    }),
    Function::new("abbrev", &[Int, Str], |_, given| abbreviated(0, given.int(0), given.text(1).as_str())),
    Function::new("abbrevboth", &[Int, Int, Str], |_, given| {
        abbreviated(given.int(0), given.int(1), given.text(2).as_str())
    }),
    Function::new("wrap", &[Int, Str], |call, given| wrapped(call, given.text(1).as_str(), given.int(0), ("", false))),
    Function::new("wrapWith", &[Int, Str, Str], |call, given| {
        wrapped(call, given.text(2).as_str(), given.int(0), (given.text(1).as_str(), true))
    }),
    Function::new("camelcase", &[Str], |_, given| made(&pascal(given.text(0).as_str()))),
    Function::new("snakecase", &[Str], |call, given| connected(call, given, '_')),
    Function::new("kebabcase", &[Str], |call, given| connected(call, given, '-')),
];

fn made(text: &str) -> Result<Value, Stop> {
    Ok(Value::computed(text))
}

/// Sprig's library takes each byte for a character here.
fn characters(text: &str) -> impl Iterator<Item = char> + '_ {
    text.bytes().map(char::from)
}

/// At most so many bytes, with three points where something is left out: before them from `offset` on, too.
fn abbreviated(offset: i64, width: i64, text: &str) -> Result<Value, Stop> {
    if width < 4 || offset > 0 && width < 7 {
        return made(text);
    }
    made(&shortened(text.as_bytes(), offset.max(0) as usize, width as usize))
}

fn shortened(text: &[u8], offset: usize, width: usize) -> String {
    let shown = width.saturating_sub(3);
    let words = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    if width < 4 {
        return String::new();
    }
    if text.len() <= width {
        return words(text);
    }
    let offset = offset.min(text.len()).min(text.len() - shown.min(text.len()));
    if offset <= 4 {
        return format!("{}...", words(&text[..shown]));
    }
    if width < 7 {
        return String::new();
    }
    if offset + shown < text.len() {
        return format!("...{}", shortened(&text[offset..], 0, shown));
    }
    format!("...{}", words(&text[text.len() - shown..]))
}

fn wrapped(call: &mut Call<'_>, text: &str, width: i64, (between, breaks_words): (&str, bool)) -> Result<Value, Stop> {
    let between = if between.is_empty() { "\n" } else { between };
    call.spend(text.len().saturating_mul(1 + between.len()))?;
    made(&wrap(text, width.clamp(1, i64::from(u32::MAX)) as usize, between, breaks_words))
}

/// Whether it joins words: `_`, `-`, blanks.
fn joins(char: char) -> bool {
    matches!(char, '-' | '_') || char.is_whitespace()
}

/// Words joined, each with an upper case letter first; a word in capitals loses them. What joins them at the ends stays,
/// and of several in a row all but one do.
fn pascal(text: &str) -> String {
    let body = text.trim_start_matches(joins);
    let mut made = text[..text.len() - body.len()].to_owned();
    let mut was_upper = false;
    let mut joint: Option<char> = None;
    for (at, char) in body.chars().enumerate() {
        if joins(char) {
            made.extend(joint.replace(char));
            continue;
        }
        if at == 0 || joint.take().is_some() {
            was_upper = char.is_uppercase();
            made.push(upper(char));
        } else {
            was_upper &= char.is_uppercase();
            made.push(if was_upper { lower(char) } else { char });
        }
    }
    made.extend(joint);
    made
}

/// What a run of characters is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Run {
    Joint,
    Punctuation,
    Upper,
    Word,
    Number,
    Other,
}

fn connected(call: &mut Call<'_>, given: &Arguments<'_>, joint: char) -> Result<Value, Stop> {
    let text = given.text(0);
    call.spend(text.as_str().len() * 2)?;
    let runs = runs(text.as_str());
    let mut made = String::new();
    let mut at = 0;
    while let Some(&(kind, run)) = runs.get(at) {
        made.extend(run.chars().map(|char| if kind == Run::Joint { joint } else { lower(char) }));
        let [next, second] = [1, 2].map(|ahead| runs.get(at + ahead).map(|run| run.0));
        at += 1;
        match (kind, next, second) {
            (Run::Joint | Run::Punctuation, ..) | (_, Some(Run::Number), None) => continue,
            (Run::Number, ..) => at = words(&runs, at, &mut made),
            // Digits belong to the word before them, unless small letters follow: `bld4_floor`, `http_20x`.
            (_, Some(Run::Number), Some(Run::Word)) => {
                made.push(joint);
                at = words(&runs, at, &mut made);
            }
            (_, Some(Run::Number), _) => {
                made.push_str(runs[at].1);
                at += 1;
            }
            _ => {}
        }
        if runs.get(at).is_some_and(|run| !matches!(run.0, Run::Joint | Run::Punctuation)) {
            made.push(joint);
        }
    }
    Ok(Value::computed(&made))
}

/// Writes the words and numbers that follow each other from `at` on; where they end.
fn words(runs: &[(Run, &str)], mut at: usize, made: &mut String) -> usize {
    while let Some((_, run)) = runs.get(at).filter(|run| matches!(run.0, Run::Word | Run::Number)) {
        made.extend(run.chars().map(lower));
        at += 1;
    }
    at
}

/// The text in runs. The last capital before a small letter begins a word: `HTTPServer` is `HTTP` and `Server`.
fn runs(text: &str) -> Vec<(Run, &str)> {
    let mut runs = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let kind = kind(first);
        let while_is = |wanted: Run| rest.find(|char| self::kind(char) != wanted).unwrap_or(rest.len());
        let length = match kind {
            Run::Upper => upper_run(rest),
            _ => while_is(kind),
        };
        let (run, after) = rest.split_at(length);
        runs.push((kind, run));
        rest = after;
    }
    runs
}

/// How long a run that begins with a capital is: the capitals, or the one capital with the small letters behind it.
fn upper_run(text: &str) -> usize {
    let capitals = text.find(|char| kind(char) != Run::Upper).unwrap_or(text.len());
    let small = text[capitals..].find(|char| kind(char) != Run::Word).map_or(text.len(), |end| capitals + end);
    match text[..capitals].char_indices().next_back() {
        Some((last, _)) if small > capitals && last > 0 => last,
        _ => small,
    }
}

fn kind(char: char) -> Run {
    match char {
        _ if joins(char) => Run::Joint,
        _ if char.is_ascii_punctuation() && !matches!(char, '$' | '+' | '<' | '=' | '>' | '^' | '`' | '|' | '~') => {
            Run::Punctuation
        }
        _ if char.is_uppercase() => Run::Upper,
        _ if char.is_numeric() => Run::Number,
        _ if char.is_alphabetic() => Run::Word,
        _ => Run::Other,
    }
}
