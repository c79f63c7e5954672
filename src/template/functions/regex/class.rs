//! Characters and classes of them in Go's regular expressions.

use super::flaw::{Flaw, flaw};

/// A class in brackets, written for the crate; what follows.
pub(super) fn translated<'e>(start: &'e str, written: &mut String) -> Result<&'e str, Flaw> {
    let missing = || flaw("missing closing ]", start);
    let mut rest = &start[1..];
    written.push('[');
    if let Some(after) = rest.strip_prefix('^') {
        written.push('^');
        rest = after;
    }
    let mut is_first = true;
    loop {
        if rest.is_empty() {
            return Err(missing());
        }
        if let Some(after) = rest.strip_prefix(']').filter(|_| !is_first) {
            written.push(']');
            return Ok(after);
        }
        is_first = false;
        rest = match (named(rest)?, set(rest)?) {
            (Some((set, after)), _) | (None, Some((set, after))) => {
                written.push_str(&set);
                after
            }
            (None, None) => range(rest, written).map_err(|flaw| flaw.unwrap_or_else(missing))?,
        };
    }
}

/// A character, or a range of them; without a flaw where the text ends.
fn range<'e>(start: &'e str, written: &mut String) -> Result<&'e str, Option<Flaw>> {
    let (low, rest) = character(start)?;
    written.push_str(&escaped(low));
    let Some(after) = rest.strip_prefix('-').filter(|after| !after.starts_with(']')) else { return Ok(rest) };
    let (high, after) = character(after)?;
    if high < low {
        let part = &start[..start.len() - after.len()];
        return Err(Some(flaw("invalid character class range", part)));
    }
    written.push('-');
    written.push_str(&escaped(high));
    Ok(after)
}

fn character(text: &str) -> Result<(char, &str), Option<Flaw>> {
    match text.chars().next() {
        None => Err(None),
        Some('\\') => single(text).map_err(Some),
        Some(char) => Ok((char, &text[char.len_utf8()..])),
    }
}

/// `[:alpha:]`
fn named(text: &str) -> Result<Option<(String, &str)>, Flaw> {
    const NAMES: [&str; 14] = [
        "alnum", "alpha", "ascii", "blank", "cntrl", "digit", "graph", "lower", "print", "punct", "space", "upper",
        "word", "xdigit",
    ];
    let Some(inside) = text.strip_prefix("[:") else { return Ok(None) };
    let Some(length) = inside.find(":]") else { return Ok(None) };
    let name = &inside[..length];
    let whole = &text[..length + 4];
    if !NAMES.contains(&name.strip_prefix('^').unwrap_or(name)) {
        return Err(flaw("invalid character class range", whole));
    }
    Ok(Some((whole.to_owned(), &text[whole.len()..])))
}

/// `\d`, `\pL`: an escape that stands for many characters.
fn set(text: &str) -> Result<Option<(String, &str)>, Flaw> {
    let Some(after) = text.strip_prefix('\\') else { return Ok(None) };
    let set = match after.as_bytes().first() {
        Some(b'd') => "[0-9]",
        Some(b'D') => "[^0-9]",
        Some(b'w') => "[0-9A-Za-z_]",
        Some(b'W') => "[^0-9A-Za-z_]",
        Some(b's') => r"[\t\n\x0C\r ]",
        Some(b'S') => r"[^\t\n\x0C\r ]",
        Some(b'p' | b'P') => return property(text).map(Some),
        _ => return Ok(None),
    };
    Ok(Some((set.to_owned(), &after[1..])))
}

/// `\pL`, `\p{Greek}`, `\P{^Greek}`
fn property(text: &str) -> Result<(String, &str), Flaw> {
    const NEEDLESS: &str = "invalid character class range";
    let is_negated = text.starts_with(r"\P");
    let after = &text[2..];
    let (name, rest) = match after.strip_prefix('{') {
        Some(inside) => inside.split_once('}').ok_or_else(|| flaw(NEEDLESS, text))?,
        None => after.split_at(after.chars().next().ok_or_else(|| flaw(NEEDLESS, text))?.len_utf8()),
    };
    let (is_negated, name) = name.strip_prefix('^').map_or((is_negated, name), |name| (!is_negated, name));
    let set = format!(r"\{}{{{name}}}", if is_negated { 'P' } else { 'p' });
    let is_known = name == "Any" || ::regex::Regex::new(&set).is_ok();
    if is_known { Ok((set, rest)) } else { Err(flaw(NEEDLESS, &text[..text.len() - rest.len()])) }
}

/// An escape outside of a class; what follows.
pub(super) fn escape<'e>(text: &'e str, written: &mut String) -> Result<&'e str, Flaw> {
    if let Some((set, rest)) = set(text)? {
        written.push_str(&set);
        return Ok(rest);
    }
    let (char, rest) = single(text)?;
    written.push_str(&escaped(char));
    Ok(rest)
}

/// An escape that stands for one character; what follows.
fn single(text: &str) -> Result<(char, &str), Flaw> {
    let after = &text[1..];
    let Some(char) = after.chars().next() else { return Err(flaw("trailing backslash at end of expression", "")) };
    let rest = &after[char.len_utf8()..];
    let invalid = || flaw("invalid escape sequence", &text[..1 + char.len_utf8()]);
    let stands_for = match char {
        '0'..='7' => return octal(after).ok_or_else(invalid),
        'x' => {
            return hexadecimal(rest).ok_or_else(|| {
                let length = 2 + rest.chars().next().map_or(0, char::len_utf8);
                flaw("invalid escape sequence", &text[..length])
            });
        }
        'a' => '\u{7}',
        'f' => '\u{c}',
        'n' => '\n',
        'r' => '\r',
        't' => '\t',
        'v' => '\u{b}',
        _ if char.is_ascii() && !char.is_ascii_alphanumeric() => char,
        _ => return Err(invalid()),
    };
    Ok((stands_for, rest))
}

/// Up to three digits; one alone that is not 0 would be a group before this.
fn octal(digits: &str) -> Option<(char, &str)> {
    let length = digits.bytes().take(3).take_while(|byte| (b'0'..=b'7').contains(byte)).count();
    if length == 1 && !digits.starts_with('0') {
        return None;
    }
    let code = u32::from_str_radix(&digits[..length], 8).ok()?;
    Some((char::from_u32(code)?, &digits[length..]))
}

/// Two digits, or any number of them in braces.
fn hexadecimal(text: &str) -> Option<(char, &str)> {
    let (digits, rest) = match text.strip_prefix('{') {
        Some(inside) => inside.split_once('}')?,
        None => (text.get(..2)?, &text[2..]),
    };
    let is_number = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_hexdigit());
    let code = u32::from_str_radix(digits, 16).ok().filter(|_| is_number)?;
    Some((char::from_u32(code)?, rest))
}

/// A character that stands for itself wherever it is written.
pub(super) fn escaped(char: char) -> String {
    if char.is_alphanumeric() || matches!(char, ' ' | '_') {
        char.to_string()
    } else {
        format!(r"\x{{{:X}}}", char as u32)
    }
}
