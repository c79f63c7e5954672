//! Numbers as Go's `strconv` reads them.

use super::Scalar;

/// What most numbers are: a few decimal digits, no zero in front.
pub(super) fn short_decimal(text: &str) -> Option<i64> {
    const MOST: usize = 18;
    if text.len() > MOST || (text.starts_with('0') && text.len() > 1) {
        return None;
    }
    text.bytes().try_fold(0, |value, byte| byte.is_ascii_digit().then(|| value * 10 + i64::from(byte - b'0')))
}

/// Go's `ParseInt(text, 0, 64)`, then `ParseUint`, then go-yaml's own reading of `0b`.
pub(super) fn integer(text: &str) -> Option<Scalar> {
    let (sign, digits) = match text.as_bytes() {
        [b'-', ..] => (Some(b'-'), &text[1..]),
        [b'+', ..] => (Some(b'+'), &text[1..]),
        _ => (None, text),
    };
    if let Some(magnitude) = magnitude(digits) {
        return match sign {
            Some(b'-') => 0_i64.checked_sub_unsigned(magnitude).map(Scalar::Int),
            Some(_) => i64::try_from(magnitude).ok().map(Scalar::Int),
            None => Some(i64::try_from(magnitude).map_or(Scalar::Uint(magnitude), Scalar::Int)),
        };
    }
    // A sign behind the prefix: `0b-1`.
    let signed = text.strip_prefix("0b").filter(|rest| rest.starts_with(['+', '-']))?;
    let digits = &signed[1..];
    let ok = digits.starts_with(['0', '1']);
    ok.then(|| i64::from_str_radix(signed, 2).ok().map(Scalar::Int))?
}

fn magnitude(text: &str) -> Option<u64> {
    let (radix, digits) = match text.as_bytes() {
        [b'0'] => return Some(0),
        [b'0', b'x' | b'X', _, ..] => (16, &text[2..]),
        [b'0', b'o' | b'O', _, ..] => (8, &text[2..]),
        [b'0', b'b' | b'B', _, ..] => (2, &text[2..]),
        [b'0', ..] => (8, &text[1..]),
        _ => (10, text),
    };
    // `from_str_radix` takes a sign of its own.
    if !digits.bytes().next()?.is_ascii_alphanumeric() {
        return None;
    }
    u64::from_str_radix(digits, radix).ok()
}

/// `[-+]?(\.\d+|\d+(\.\d*)?)([eE][-+]?\d+)?`
pub(super) fn is_float(text: &str) -> bool {
    let digits = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
    let mut rest = text.strip_prefix(['-', '+']).unwrap_or(text);
    let whole = digits(rest);
    rest = &rest[whole..];
    let mut fraction = 0;
    if let Some(after) = rest.strip_prefix('.') {
        fraction = digits(after);
        rest = &after[fraction..];
    }
    if whole + fraction == 0 {
        return false;
    }
    if let Some(exponent) = rest.strip_prefix(['e', 'E']) {
        let exponent = exponent.strip_prefix(['-', '+']).unwrap_or(exponent);
        let count = digits(exponent);
        return count > 0 && count == exponent.len();
    }
    rest.is_empty()
}

/// A number that fits 64 bits of floating point; one beyond them is none to Go.
pub(super) fn parse_float(text: &str) -> Option<f64> {
    text.parse::<f64>().ok().filter(|value| value.is_finite())
}

/// Go's `ParseFloat` of a text that starts with a point; an underscore stands between two digits.
pub(super) fn float_from_point(text: &str) -> Option<f64> {
    let bytes = text.as_bytes();
    let between_digits = |at: usize| {
        let digit = |place: Option<usize>| place.and_then(|place| bytes.get(place)).is_some_and(u8::is_ascii_digit);
        digit(at.checked_sub(1)) && digit(Some(at + 1))
    };
    let placed = bytes.iter().enumerate().all(|(at, byte)| *byte != b'_' || between_digits(at));
    let joined = text.replace('_', "");
    if placed && is_float(&joined) { parse_float(&joined) } else { None }
}
