//! A text as tokens: words, numbers and marks, each with its bytes.

use std::ops::Range;

/// One token.
#[derive(Debug, Clone)]
pub(super) struct Token {
    pub(super) kind: TokenKind,
    /// Its bytes in the text.
    pub(super) span: Range<usize>,
    /// Whether it follows the token before without a space.
    pub(super) glued: bool,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum TokenKind {
    /// A number and how many digits it is written with.
    Number {
        value: u32,
        digits: usize,
    },
    /// A word without capitals and accents; a single character where a script has no spaces.
    Word(String),
    Mark(char),
}

/// Splits a text.
pub(super) fn tokens(text: &str) -> Vec<Token> {
    let mut tokens: Vec<Token> = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let start = text.len() - rest.len();
        let length = token_length(rest, first);
        let span = start..start + length;
        rest = &rest[length..];
        if first.is_whitespace() {
            if first == '\n' {
                // A comment that goes on.
                rest = rest.trim_start_matches([' ', '\t', '#']);
            }
            continue;
        }
        let glued = tokens.last().is_some_and(|last| last.span.end == start);
        tokens.push(Token { kind: kind(&text[span.clone()], first), span, glued });
    }
    tokens
}

fn token_length(rest: &str, first: char) -> usize {
    let run = |is_in: &dyn Fn(char) -> bool| rest.find(|char| !is_in(char)).unwrap_or(rest.len());
    if is_address(rest) {
        return run(&|char| !char.is_whitespace());
    }
    if digit(first).is_some() {
        return run(&|char| digit(char).is_some());
    }
    if !is_letter(first) || is_spaceless(first) {
        return first.len_utf8();
    }
    if let Some(length) = dotted_length(rest) {
        return length;
    }
    let length = run(&|char| is_letter(char) && !is_spaceless(char) || matches!(char, '\'' | '’'));
    rest[..length].trim_end_matches(['\'', '’']).len()
}

/// Whether a web address begins here.
fn is_address(rest: &str) -> bool {
    ["http://", "https://", "www."].iter().any(|start| rest.starts_with(start))
}

/// How long an abbreviation such as `a.m.` or `e.g.` is: single letters, each with a full stop; but `a.m`, too.
fn dotted_length(rest: &str) -> Option<usize> {
    let bytes = rest.as_bytes();
    if let [b'a' | b'p' | b'A' | b'P', b'.', b'm' | b'M', after @ ..] = bytes {
        let is_whole = !after.first().is_some_and(u8::is_ascii_alphanumeric);
        return is_whole.then_some(3 + usize::from(after.first() == Some(&b'.')));
    }
    let pairs = bytes.chunks(2).take_while(|pair| pair.len() == 2 && pair[0].is_ascii_alphabetic() && pair[1] == b'.');
    let length = 2 * pairs.count();
    let goes_on = bytes.get(length).is_some_and(u8::is_ascii_alphabetic);
    match (length, goes_on) {
        (0, _) => None,
        (2, true) | (2, false) => None,
        (length, false) => Some(length),
        (_, true) => None,
    }
}

fn kind(text: &str, first: char) -> TokenKind {
    if digit(first).is_some() {
        let value =
            text.chars().filter_map(digit).fold(0u32, |sum, digit| sum.saturating_mul(10).saturating_add(digit));
        return TokenKind::Number { value, digits: text.chars().count() };
    }
    if is_letter(first) {
        return TokenKind::Word(text.chars().filter(|char| *char != '.').flat_map(folded).collect());
    }
    TokenKind::Mark(match first {
        '：' => ':',
        '（' | '[' | '［' | '【' => '(',
        '）' | ']' | '］' | '】' => ')',
        '，' | '、' | '､' | '・' => ',',
        '。' => '.',
        '；' => ';',
        '～' | '〜' => '~',
        '–' | '－' | '−' => '-',
        '／' => '/',
        '＝' | '≈' | '≅' => '=',
        '＋' => '+',
        '＆' => '&',
        other => other,
    })
}

/// Digits as they are, and as wide as ideographs.
fn digit(char: char) -> Option<u32> {
    char.to_digit(10).or_else(|| ('０'..='９').contains(&char).then(|| u32::from(char) - u32::from('０')))
}

fn is_letter(char: char) -> bool {
    char.is_alphabetic()
}

/// Whether the character belongs to a script whose words are found by looking them up, not by spaces.
fn is_spaceless(char: char) -> bool {
    matches!(char, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}')
}

/// A letter without its capital and its accent.
fn folded(char: char) -> impl Iterator<Item = char> {
    char.to_lowercase().filter(|char| !('\u{300}'..='\u{36f}').contains(char)).map(|char| match char {
        'á' | 'à' | 'â' | 'ä' | 'ã' => 'a',
        'é' | 'è' | 'ê' | 'ë' => 'e',
        'í' | 'ì' | 'î' | 'ï' => 'i',
        'ó' | 'ò' | 'ô' | 'ö' | 'õ' => 'o',
        'ú' | 'ù' | 'û' | 'ü' => 'u',
        'ç' => 'c',
        'ñ' => 'n',
        'ё' => 'е',
        '’' => '\'',
        other => other,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split(text: &str) -> Vec<String> {
        let said = |token: Token| match token.kind {
            TokenKind::Number { value, .. } => value.to_string(),
            TokenKind::Word(word) => word,
            TokenKind::Mark(mark) => mark.to_string(),
        };
        tokens(text).into_iter().map(said).collect()
    }

    #[test]
    fn words_numbers_and_marks_are_told_apart() {
        assert_eq!(split("Às 14h30, 9 a.m."), ["as", "14", "h", "30", ",", "9", "am"]);
        assert_eq!(split("6 a.m, 6P.M"), ["6", "am", ",", "6", "pm"]);
        assert_eq!(split("毎日３時"), ["毎", "日", "3", "時"]);
        assert_eq!(split("see https://example.com/0 at 2"), ["see", "https://examplecom/0", "at", "2"]);
        assert_eq!(split("one o'clock. Then"), ["one", "o'clock", ".", "then"]);
    }
}
