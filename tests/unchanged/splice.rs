//! Texts with pieces of others in them.

use crate::random::Random;

/// The longest piece that is taken out or put in.
const LONGEST: usize = 24;

/// A text that lost a piece, or has one twice, or one of another text.
pub(crate) fn splice(text: &str, others: &[String], random: &mut Random) -> String {
    let (start, end) = piece(text, random);
    let other = random.pick(others).map_or("", String::as_str);
    let (from, to) = piece(other, random);
    let twice = text[start..end].repeat(2);
    let put = ["", &twice, &other[from..to]][random.below(3)];
    format!("{}{put}{}", &text[..start], &text[end..])
}

/// A few words in a row of each of some texts.
pub(crate) fn words(texts: &[String], random: &mut Random) -> String {
    let mut all: Vec<&str> = Vec::new();
    for _ in 0..1 + random.below(4) {
        let words: Vec<&str> = random.pick(texts).map_or("", String::as_str).split_whitespace().collect();
        let start = random.below(words.len() + 1);
        all.extend(&words[start..words.len().min(start + 1 + random.below(4))]);
    }
    all.join(" ")
}

fn piece(text: &str, random: &mut Random) -> (usize, usize) {
    let start = text.floor_char_boundary(random.below(text.len() + 1));
    (start, text.floor_char_boundary(start + random.below(LONGEST)))
}
