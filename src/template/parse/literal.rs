//! Constants, as Go reads them.

use std::borrow::Cow;

use crate::template::syntax::Term;

/// A number constant.
pub(super) fn number(text: &str) -> Result<Term, String> {
    let (negative, digits) = match text.as_bytes().first() {
        Some(b'-') => (true, &text[1..]),
        Some(b'+') => (false, &text[1..]),
        _ => (false, text),
    };
    // What people write.
    if digits.len() < 18 && !digits.starts_with('0') && digits.bytes().all(|byte| byte.is_ascii_digit()) {
        let magnitude: i64 = digits.parse().map_err(|_| refused(text, digits))?;
        return Ok(Term::Int(if negative { -magnitude } else { magnitude }));
    }
    let is_hex = digits.len() > 1 && digits[..2].eq_ignore_ascii_case("0x");
    let is_float = !is_hex && digits.contains(['.', 'e', 'E']) || is_hex && digits.contains(['p', 'P', '.']);
    if is_float {
        let value: Option<f64> = digits.replace('_', "").parse().ok();
        let value = value.filter(|value| value.is_finite() && !is_hex);
        let signed = value.map(|value| Term::Float(if negative { -value } else { value }));
        return signed.ok_or_else(|| format!("illegal number syntax: {text:?}"));
    }
    let magnitude = integer(digits).ok_or_else(|| refused(text, digits))?;
    let signed = if negative { -magnitude } else { magnitude };
    i64::try_from(signed).map(Term::Int).map_err(|_| format!("integer overflow: {text:?}"))
}

fn refused(text: &str, digits: &str) -> String {
    let is_long = digits.bytes().all(|byte| byte.is_ascii_digit());
    format!(
        "{}: {text:?}",
        if is_long && !digits.starts_with('0') { "integer overflow" } else { "illegal number syntax" }
    )
}

fn integer(digits: &str) -> Option<i128> {
    let lower = digits.to_ascii_lowercase();
    let (base, rest) = match lower.get(..2) {
        Some("0x") => (16, &lower[2..]),
        Some("0o") => (8, &lower[2..]),
        Some("0b") => (2, &lower[2..]),
        Some(two) if two.starts_with('0') => (8, &lower[1..]),
        _ => (10, lower.as_str()),
    };
    i128::from_str_radix(&rest.replace('_', ""), base).ok().filter(|_| !rest.starts_with(['+', '-']))
}

/// A character constant with its quotes.
pub(super) fn rune(text: &str) -> Option<char> {
    let inside = text.strip_prefix('\'')?.strip_suffix('\'')?;
    let mut chars = unescaped(inside, '\'')?.into_iter();
    let only = char::from_u32(chars.next()?)?;
    chars.next().is_none().then_some(only)
}

/// A string constant without its quotes and escapes.
pub(super) fn unquoted(text: &str) -> Option<Cow<'_, str>> {
    if let Some(raw) = text.strip_prefix('`') {
        let raw = raw.strip_suffix('`')?;
        return Some(if raw.contains('\r') { raw.replace('\r', "").into() } else { raw.into() });
    }
    let inside = text.strip_prefix('"')?.strip_suffix('"')?;
    if !inside.contains('\\') {
        return Some(inside.into());
    }
    let mut string = String::with_capacity(inside.len());
    for code in unescaped(inside, '"')? {
        string.push(char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER));
    }
    Some(string.into())
}

/// The characters between quotes.
fn unescaped(inside: &str, quote: char) -> Option<Vec<u32>> {
    let mut codes = Vec::with_capacity(inside.len());
    let mut chars = inside.chars();
    while let Some(char) = chars.next() {
        if char != '\\' {
            codes.push(u32::from(char));
            continue;
        }
        let (digits, base) = match chars.next()? {
            'a' => (7, 0),
            'b' => (8, 0),
            'f' => (12, 0),
            'n' => (10, 0),
            'r' => (13, 0),
            't' => (9, 0),
            'v' => (11, 0),
            '\\' => (92, 0),
            escaped if escaped == quote => (u32::from(escaped), 0),
            'x' => (2, 16),
            'u' => (4, 16),
            'U' => (8, 16),
            first @ '0'..='7' => {
                let rest: String = chars.by_ref().take(2).collect();
                let code = u32::from_str_radix(&format!("{first}{rest}"), 8).ok().filter(|_| rest.len() == 2)?;
                codes.push(code);
                continue;
            }
            _ => return None,
        };
        if base == 0 {
            codes.push(digits);
            continue;
        }
        let written: String = chars.by_ref().take(digits as usize).collect();
        let is_whole = written.len() == digits as usize && written.bytes().all(|byte| byte.is_ascii_hexdigit());
        codes.push(u32::from_str_radix(&written, base).ok().filter(|_| is_whole)?);
    }
    Some(codes)
}
