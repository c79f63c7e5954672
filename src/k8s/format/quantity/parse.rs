//! Reading a quantity: a number and its suffix.

use super::amount::{Amount, Big};
use super::{Format, Quantity, QuantityError};

/// Kubernetes holds what has at most this many digits in 64 bits.
const MAX_DIGITS: i32 = 18;
/// Nothing is finer than a billionth.
const FINEST: i32 = -9;

pub(super) fn parse(text: &str) -> Result<Quantity<'_>, QuantityError> {
    if text.is_empty() {
        return Err(QuantityError::Form);
    }
    let parts = Parts::of(text)?;
    let (exponent, format) = suffix(parts.suffix).ok_or(QuantityError::Suffix)?;
    if let Some(quantity) = small(text, &parts, exponent, format)? {
        return Ok(quantity);
    }
    big(&parts, exponent, format)
}

/// A quantity's text, taken apart.
struct Parts<'t> {
    negative: bool,
    /// The number with its sign.
    value: &'t str,
    /// Before the dot, without leading zeros: `0` for none.
    whole: &'t str,
    /// After the dot.
    fraction: &'t str,
    suffix: &'t str,
}

impl<'t> Parts<'t> {
    fn of(text: &'t str) -> Result<Self, QuantityError> {
        let signs = usize::from(matches!(text.as_bytes(), [b'-' | b'+', ..]));
        let zeros = text.bytes().skip(signs).take_while(|byte| *byte == b'0').count();
        let number = &text[signs + zeros..];
        let digits = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
        let (whole, rest) = number.split_at(digits(number));
        let (fraction, suffix) = match rest.strip_prefix('.') {
            Some(rest) => rest.split_at(digits(rest)),
            None => ("", rest),
        };
        let letters = suffix.bytes().take_while(|byte| b"eEinumkKMGTP".contains(byte)).count();
        let exponent = &suffix[letters..];
        if !exponent.is_empty() {
            let exponent = exponent.strip_prefix(['-', '+']).unwrap_or(exponent);
            if digits(exponent) != exponent.len() {
                return Err(QuantityError::Form);
            }
        }
        Ok(Self {
            negative: text.starts_with('-'),
            value: &text[..text.len() - suffix.len()],
            whole: if whole.is_empty() { "0" } else { whole },
            fraction,
            suffix,
        })
    }
}

/// The power of two of a binary suffix, or else the power of ten.
fn suffix(suffix: &str) -> Option<(i32, Format)> {
    Some(match suffix {
        "n" => (-9, Format::Decimal),
        "u" => (-6, Format::Decimal),
        "m" => (-3, Format::Decimal),
        "" => (0, Format::Decimal),
        "k" => (3, Format::Decimal),
        "M" => (6, Format::Decimal),
        "G" => (9, Format::Decimal),
        "T" => (12, Format::Decimal),
        "P" => (15, Format::Decimal),
        "E" => (18, Format::Decimal),
        "Ki" => (10, Format::Binary),
        "Mi" => (20, Format::Binary),
        "Gi" => (30, Format::Binary),
        "Ti" => (40, Format::Binary),
        "Pi" => (50, Format::Binary),
        "Ei" => (60, Format::Binary),
        _ => {
            let exponent: i64 = suffix.strip_prefix(['e', 'E'])?.parse().ok()?;
            #[expect(clippy::cast_possible_truncation, reason = "Go keeps the low 32 bits, too")]
            (exponent as i32, Format::Exponent)
        }
    })
}

/// What fits 64 bits, if it does.
fn small<'t>(
    text: &'t str,
    parts: &Parts<'t>,
    exponent: i32,
    format: Format,
) -> Result<Option<Quantity<'t>>, QuantityError> {
    let (precision, factor, scale) = match format {
        Format::Binary if parts.fraction.is_empty() => {
            (14 - length(parts.whole) - exponent * 3 / 10, 1i64 << exponent, 0)
        }
        Format::Binary => (-1, 1, 0),
        _ => (MAX_DIGITS - length(parts.whole) - length(parts.fraction), 1, exponent),
    };
    let scale = scale.wrapping_sub(length(parts.fraction));
    if precision < 0 || scale < FINEST {
        return Ok(None);
    }
    let digits = parts.whole.bytes().chain(parts.fraction.bytes());
    let number = digits.fold(0i64, |sum, digit| sum * 10 + i64::from(digit - b'0'));
    let Some(value) = number.checked_mul(factor) else { return Ok(None) };
    let value = if parts.negative { -value } else { value };
    let thousands = || {
        let last = if parts.fraction.len() >= 3 {
            parts.fraction.ends_with("000")
        } else {
            number % 1000 == 0 && length(parts.whole) + length(parts.fraction) >= 3
        };
        last || parts.whole.starts_with('0')
    };
    let verbatim = match format {
        Format::Binary => number & 7 != 0,
        _ => text == "0" || (scale % 3 == 0 && !thousands()),
    };
    Ok(Some(Quantity { amount: Amount::Small { value, scale }, format, verbatim: verbatim.then_some(text) }))
}

fn big<'t>(parts: &Parts<'t>, exponent: i32, format: Format) -> Result<Quantity<'t>, QuantityError> {
    let mut digits: Vec<u8> = parts.value.bytes().filter(u8::is_ascii_digit).map(|digit| digit - b'0').collect();
    if digits.is_empty() {
        return Err(QuantityError::Number);
    }
    let places = length(parts.fraction);
    let mut scale = places.wrapping_neg();
    match format {
        Format::Binary => digits = times_power_of_two(&digits, exponent),
        _ => scale = exponent.wrapping_sub(places),
    }
    let leading = digits.iter().take_while(|digit| **digit == 0).count();
    digits.drain(..leading);
    let mut big = Big { negative: parts.negative, digits, scale, unit: scale }.round_up(FINEST);
    let mut format = format;
    if format == Format::Binary {
        let max = Amount::Small { value: i64::MAX, scale: 0 };
        let one = Amount::Small { value: 1, scale: 0 };
        let magnitude = Amount::Big(Big { negative: false, ..big.clone() });
        if magnitude.compare(&max).is_gt() {
            let digits = i64::MAX.to_string().bytes().map(|digit| digit - b'0').collect();
            big = Big { negative: parts.negative, digits, scale: 0, unit: 0 };
        } else if magnitude.sign() > 0 && magnitude.compare(&one).is_lt() {
            format = Format::Decimal;
        }
    }
    Ok(Quantity { amount: Amount::Big(big), format, verbatim: None })
}

/// How many digits; more than any text has are still few enough to be added up.
fn length(digits: &str) -> i32 {
    i32::try_from(digits.len()).unwrap_or(500_000_000)
}

fn times_power_of_two(digits: &[u8], exponent: i32) -> Vec<u8> {
    let factor = 1u128 << exponent;
    let mut carry = 0u128;
    let mut product = Vec::with_capacity(digits.len() + 20);
    for digit in digits.iter().rev() {
        carry += u128::from(*digit) * factor;
        product.push(u8::try_from(carry % 10).unwrap_or_default());
        carry /= 10;
    }
    while carry > 0 {
        product.push(u8::try_from(carry % 10).unwrap_or_default());
        carry /= 10;
    }
    product.reverse();
    product
}
