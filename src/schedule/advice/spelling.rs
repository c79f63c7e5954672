//! Signs that stand in the text and not in the schedule: quotes, look-alikes, a blank too many, one too few.

use crate::schedule::expression::ExpressionError;
use crate::text::Span;

use super::{Advice, Written, plain};

/// Signs that look like those of a schedule, and what they look like; nothing where they cannot be seen.
const LOOK_ALIKES: [(&str, &str); 7] = [
    ("\u{2010}\u{2011}\u{2012}\u{2013}\u{2014}\u{2212}\u{ff0d}", "-"),
    ("\u{2217}\u{204e}\u{2731}\u{ff0a}\u{2022}", "*"),
    ("\u{ff0c}\u{3001}\u{201a}", ","),
    ("\u{2044}\u{2215}\u{ff0f}", "/"),
    ("\u{200b}\u{200c}\u{200d}\u{200e}\u{2060}\u{feff}", ""),
    ("\u{ff20}", "@"),
    ("\\", ""),
];
const QUOTES: [char; 7] = ['"', '\'', '`', '\u{201c}', '\u{201d}', '\u{2018}', '\u{2019}'];

pub(super) fn read(written: &Written<'_>, _: &ExpressionError) -> Option<Advice> {
    blank_beside(written)
        .or_else(|| quotes(written))
        .or_else(|| look_alike(written))
        .or_else(|| blank_in_a_list(written))
        .or_else(|| no_blank(written))
}

/// `@daily ` with a blank behind it: around five fields it would not matter.
fn blank_beside(written: &Written<'_>) -> Option<Advice> {
    let text = written.body.text;
    let advice = mend(written, written.span(), text, format!("`{text}` stands alone, without a blank beside it"))?;
    Some(advice.help("take the blank away"))
}

/// `"'0 3 * * *'"`: YAML takes one pair of quotes away, not two.
fn quotes(written: &Written<'_>) -> Option<Advice> {
    let inner = written.body.text.trim_matches(|char: char| QUOTES.contains(&char) || char == ' ');
    let quoted = written.body.text.starts_with(QUOTES) || written.body.text.ends_with(QUOTES);
    mend(written, written.span(), inner, "quotes stand within the schedule's text".to_owned())
        .filter(|_| quoted)
        .map(|advice| advice.help("YAML's own quotes are enough, and no part of the text"))
}

fn look_alike(written: &Written<'_>) -> Option<Advice> {
    let text = written.body.text;
    let (at, char, sign) = text.char_indices().find_map(|(at, char)| Some((at, char, like(char)?)))?;
    let clean: String = text.chars().map(|char| like(char).unwrap_or_else(|| char.to_string())).collect();
    let number = u32::from(char);
    let message = match sign.as_str() {
        _ if char == '\\' => "a backslash stands in the schedule's text".to_owned(),
        "" => format!("a sign that cannot be seen (U+{number:04X}) stands in the schedule"),
        _ => format!("`{char}` (U+{number:04X}) only looks like `{sign}`"),
    };
    mend(written, written.body.slice(at, at + char.len_utf8()).span(), &clean, message)
}

/// What a sign looks like, if it is only alike.
fn like(char: char) -> Option<String> {
    let digit = u32::from(char).checked_sub(u32::from('\u{ff10}')).and_then(|digit| char::from_digit(digit, 10));
    let sign = LOOK_ALIKES.iter().find(|(signs, _)| signs.contains(char)).map(|(_, sign)| (*sign).to_owned());
    sign.or_else(|| digit.map(String::from))
}

/// `0 9, 17 * * *`
fn blank_in_a_list(written: &Written<'_>) -> Option<Advice> {
    const JOINTS: [char; 3] = [',', '-', '/'];
    let mut fields = written.fields.iter();
    let first = fields.next()?;
    let (mut text, mut last, mut parted) = (first.text.to_owned(), first, None);
    for field in fields {
        if text.ends_with(JOINTS) || field.text.starts_with(JOINTS) {
            parted = parted.or(Some(last.span().cover(field.span())));
        } else {
            text.push(' ');
        }
        text.push_str(field.text);
        last = field;
    }
    mend(written, parted?, &text, "a blank begins the next field, in a list too".to_owned())
}

/// `0 3 ***`
fn no_blank(written: &Written<'_>) -> Option<Advice> {
    let mut text = String::new();
    let mut glued = None;
    for (at, char) in written.body.text.char_indices() {
        if char == '*' && text.ends_with(|before: char| before == '*' || before.is_ascii_alphanumeric()) {
            text.push(' ');
            glued = glued.or(Some(written.body.slice(at - 1, at + 1).span()));
        }
        text.push(char);
    }
    mend(written, glued?, &text, "a blank must stand between two fields".to_owned())
}

/// The advice to write `clean`, if that is a schedule.
fn mend(written: &Written<'_>, span: Span, clean: &str, message: String) -> Option<Advice> {
    plain(clean)?;
    Some(Advice::new(span, message).help(format!("write `{clean}`")).mend(written.span(), clean))
}
