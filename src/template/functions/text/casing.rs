//! Sprig's functions on the case of letters.

use super::super::{Function, Stop, Takes};
use crate::template::text::Text;
use crate::template::value::Value;

use Takes::Text as Str;

pub(in crate::template::functions) static FUNCTIONS: &[Function] = &[
    Function::new("upper", &[Str], |_, given| each(&given.text(0), |_, char| upper(char))).keeps_holes(),
    Function::new("lower", &[Str], |_, given| each(&given.text(0), |_, char| lower(char))).keeps_holes(),
    Function::new("title", &[Str], |_, given| {
        each(&given.text(0), |before, char| if before.is_none_or(separates) { title(char) } else { char })
    })
    .keeps_holes(),
    Function::new("untitle", &[Str], |_, given| {
        each(&given.text(0), |before, char| if before.is_none_or(char::is_whitespace) { lower(char) } else { char })
    })
    .keeps_holes(),
    Function::new("swapcase", &[Str], |_, given| each(&given.text(0), swapped)),
];

/// Each character as it is changed, given the one before it.
fn each(text: &Text, change: impl Fn(Option<char>, char) -> char) -> Result<Value, Stop> {
    let mut before = None;
    let changed: String = text.as_str().chars().map(|char| change(before.replace(char), char)).collect();
    Ok(Value::text(text.respelled(&changed)))
}

/// Go changes one letter into one letter, whatever it comes to in a word: `ß` stays.
pub(super) fn upper(char: char) -> char {
    let mut upper = char.to_uppercase();
    if upper.len() == 1 { upper.next().unwrap_or(char) } else { char }
}

pub(super) fn lower(char: char) -> char {
    char.to_lowercase().next().unwrap_or(char)
}

/// The case of a word's first letter, which is another one than the upper case for four letters that are two.
fn title(char: char) -> char {
    match char {
        'Ǆ' | 'ǅ' | 'ǆ' => 'ǅ',
        'Ǉ' | 'ǈ' | 'ǉ' => 'ǈ',
        'Ǌ' | 'ǋ' | 'ǌ' => 'ǋ',
        'Ǳ' | 'ǲ' | 'ǳ' => 'ǲ',
        _ => upper(char),
    }
}

/// Whether a word may begin behind it. Go's library: of ASCII all but letters, digits and the underscore; else blanks.
fn separates(char: char) -> bool {
    if char.is_ascii() { !(char.is_ascii_alphanumeric() || char == '_') } else { char.is_whitespace() }
}

fn swapped(before: Option<char>, char: char) -> char {
    if char.is_uppercase() {
        lower(char)
    } else if char.is_lowercase() {
        if before.is_none_or(char::is_whitespace) { title(char) } else { upper(char) }
    } else {
        char
    }
}
