//! Durations as Go's `time.ParseDuration` reads them.

use std::fmt::Write;

/// Why a text is not a duration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum DurationError {
    /// No number where one must be, or the whole is above 2562047h47m16.854775807s.
    Malformed,
    /// A number without a unit.
    MissingUnit,
    /// A unit that Go does not know, such as `d`.
    UnknownUnit(String),
}

impl DurationError {
    /// Go's text for this error about `text`.
    pub(crate) fn text(&self, text: &str) -> String {
        let text = quote(text);
        match self {
            Self::Malformed => format!("time: invalid duration {text}"),
            Self::MissingUnit => format!("time: missing unit in duration {text}"),
            Self::UnknownUnit(unit) => format!("time: unknown unit {} in duration {text}", quote(unit)),
        }
    }
}

/// Nanoseconds.
pub(crate) fn parse_duration(text: &str) -> Result<i64, DurationError> {
    let (negative, mut rest) = match text.as_bytes().first() {
        Some(b'-') => (true, &text[1..]),
        Some(b'+') => (false, &text[1..]),
        _ => (false, text),
    };
    if rest == "0" {
        return Ok(0);
    }
    if rest.is_empty() {
        return Err(DurationError::Malformed);
    }

    let mut total: u64 = 0;
    while !rest.is_empty() {
        let (part, after) = parse_part(rest)?;
        total = total.checked_add(part).filter(|&sum| sum <= 1 << 63).ok_or(DurationError::Malformed)?;
        rest = after;
    }
    match i64::try_from(total) {
        Ok(total) if negative => Ok(-total),
        Ok(total) => Ok(total),
        Err(_) if negative => Ok(i64::MIN),
        Err(_) => Err(DurationError::Malformed),
    }
}

/// One number with its unit, such as `1.5h`: its nanoseconds and what follows.
fn parse_part(text: &str) -> Result<(u64, &str), DurationError> {
    let whole_len = digits(text);
    let whole = leading_int(&text[..whole_len])?;
    let mut rest = &text[whole_len..];

    let (mut fraction, mut scale, mut fraction_len) = (0, 1.0, 0);
    if let Some(after) = rest.strip_prefix('.') {
        fraction_len = digits(after);
        (fraction, scale) = leading_fraction(&after[..fraction_len]);
        rest = &after[fraction_len..];
    }
    if whole_len == 0 && fraction_len == 0 {
        return Err(DurationError::Malformed);
    }

    let unit_len = rest.bytes().position(|byte| byte == b'.' || byte.is_ascii_digit()).unwrap_or(rest.len());
    let (name, rest) = rest.split_at(unit_len);
    if name.is_empty() {
        return Err(DurationError::MissingUnit);
    }
    let unit = unit(name).ok_or_else(|| DurationError::UnknownUnit(name.to_owned()))?;

    let mut nanoseconds = whole.checked_mul(unit).filter(|&n| n <= 1 << 63).ok_or(DurationError::Malformed)?;
    if fraction > 0 {
        // Floating point on purpose: Go computes so, and its rounding shows.
        nanoseconds += (fraction as f64 * (unit as f64 / scale)) as u64;
        if nanoseconds > 1 << 63 {
            return Err(DurationError::Malformed);
        }
    }
    Ok((nanoseconds, rest))
}

fn digits(text: &str) -> usize {
    text.bytes().take_while(u8::is_ascii_digit).count()
}

fn leading_int(digits: &str) -> Result<u64, DurationError> {
    digits.bytes().try_fold(0u64, |value, digit| {
        if value > (1 << 63) / 10 {
            return Err(DurationError::Malformed);
        }
        let value = value * 10 + u64::from(digit - b'0');
        if value > 1 << 63 { Err(DurationError::Malformed) } else { Ok(value) }
    })
}

/// The digits after the point as a number and its scale; digits beyond 63 bits are dropped.
fn leading_fraction(digits: &str) -> (u64, f64) {
    let (mut value, mut scale) = (0u64, 1.0);
    for digit in digits.bytes() {
        if value > ((1 << 63) - 1) / 10 {
            break;
        }
        let longer = value * 10 + u64::from(digit - b'0');
        if longer > 1 << 63 {
            break;
        }
        value = longer;
        scale *= 10.0;
    }
    (value, scale)
}

fn unit(name: &str) -> Option<u64> {
    Some(match name {
        "ns" => 1,
        "us" | "\u{b5}s" | "\u{3bc}s" => 1_000,
        "ms" => 1_000_000,
        "s" => 1_000_000_000,
        "m" => 60_000_000_000,
        "h" => 3_600_000_000_000,
        _ => return None,
    })
}

/// Package `time` has its own quoting: whatever is not printable ASCII is escaped byte by byte (DEL is not).
fn quote(text: &str) -> String {
    let mut quoted = String::from('"');
    for char in text.chars() {
        if !char.is_ascii() || char < ' ' {
            for byte in char.encode_utf8(&mut [0; 4]).bytes() {
                let written = write!(quoted, "\\x{byte:02x}");
                debug_assert!(written.is_ok(), "writing to a String does not fail");
            }
        } else {
            if matches!(char, '"' | '\\') {
                quoted.push('\\');
            }
            quoted.push(char);
        }
    }
    quoted.push('"');
    quoted
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bounds_and_errors_are_those_of_go() {
        assert_eq!(parse_duration("1h30m"), Ok(5_400_000_000_000));
        assert_eq!(parse_duration("-1.5s"), Ok(-1_500_000_000));
        assert_eq!(parse_duration("2562047h47m16.854775807s"), Ok(i64::MAX));
        assert_eq!(parse_duration("2562047h47m16.854775808s"), Err(DurationError::Malformed));
        assert_eq!(parse_duration("-2562047h47m16.854775808s"), Ok(i64::MIN));
        assert_eq!(parse_duration("1d"), Err(DurationError::UnknownUnit("d".to_owned())));
        assert_eq!(parse_duration("5"), Err(DurationError::MissingUnit));
        assert_eq!(parse_duration(".s"), Err(DurationError::Malformed));
        assert_eq!(DurationError::Malformed.text("é\u{7f}"), "time: invalid duration \"\\xc3\\xa9\u{7f}\"");
    }
}
