//! Floating-point numbers as Go prints them.

use super::Flags;

/// The number with the fewest digits that say which it is, as `%v` prints it: `1e+07`, `0.5`.
pub(in crate::template::functions) fn general(value: f64) -> String {
    Float { value, flags: Flags::default() }.general(None)
}

pub(super) struct Float {
    pub(super) value: f64,
    pub(super) flags: Flags,
}

impl Float {
    /// As that verb prints it; `None` where the verb is not one for numbers.
    pub(super) fn print(&self, verb: char) -> Option<String> {
        let precision = self.flags.precision;
        let number = match verb {
            _ if !self.value.is_finite() && matches!(verb, 'v' | 'e' | 'E' | 'f' | 'F' | 'g' | 'G' | 'x' | 'X') => {
                self.infinite()
            }
            'v' | 'g' => self.general(precision),
            'G' => self.general(precision).to_uppercase(),
            'e' => exponential(self.value, precision.unwrap_or(6)),
            'E' => exponential(self.value, precision.unwrap_or(6)).to_uppercase(),
            'x' => self.hexadecimal(),
            'X' => self.hexadecimal().to_uppercase(),
            'f' | 'F' => {
                let places = precision.unwrap_or(6);
                let exact = places.min(MOST_PLACES);
                format!("{:.exact$}{}", self.value, "0".repeat(places - exact))
            }
            _ => return None,
        };
        Some(self.signed(&number))
    }

    fn infinite(&self) -> String {
        let name = if self.value.is_nan() { "NaN" } else { "Inf" };
        let sign = if self.value == f64::NEG_INFINITY {
            "-"
        } else if self.flags.plus || !self.value.is_nan() {
            "+"
        } else {
            ""
        };
        format!("{sign}{name}")
    }

    /// The sign that is asked for, and zeros behind it.
    fn signed(&self, number: &str) -> String {
        let (sign, digits) = match number.strip_prefix('-') {
            Some(digits) => ("-", digits),
            None if self.flags.plus => ("+", number.trim_start_matches('+')),
            None if self.flags.space => (" ", number),
            None => ("", number),
        };
        let width = self.flags.width.unwrap_or(0).min(1 << 20);
        let missing = width.saturating_sub(sign.len() + digits.len());
        let zeros = if self.flags.zero && !self.flags.minus && self.value.is_finite() { missing } else { 0 };
        format!("{sign}{}{digits}", "0".repeat(zeros))
    }

    /// `0x1.cp+01`: the digits of the binary number by fours, and the power of two.
    fn hexadecimal(&self) -> String {
        let size = self.value.abs();
        // The smallest numbers have no leading one of their own: with a larger exponent they have.
        let (bits, shift) =
            if size < f64::MIN_POSITIVE { ((size * 2f64.powi(64)).to_bits(), 64) } else { (size.to_bits(), 0) };
        let exponent = if size == 0.0 { 0 } else { (bits >> 52) as i32 - 1023 - shift };
        let digits = format!("{:013x}", bits & ((1 << 52) - 1));
        let digits = digits.trim_end_matches('0');
        let sign = if self.value.is_sign_negative() { "-" } else { "" };
        let point = if digits.is_empty() { "" } else { "." };
        let mantissa = format!("{sign}0x{}{point}{digits}", u8::from(size > 0.0));
        with_exponent(&mantissa, 'p', exponent)
    }

    /// Go's `%g`: with an exponent where the number is very small or large.
    fn general(&self, precision: Option<usize>) -> String {
        if !self.value.is_finite() {
            return self.infinite();
        }
        let scientific = match precision {
            None => format!("{:e}", self.value),
            Some(digits) => format!("{:.*e}", digits.clamp(1, MOST_PLACES) - 1, self.value),
        };
        let (mantissa, exponent) = scientific.split_once('e').unwrap_or((&scientific, "0"));
        let exponent: i32 = exponent.parse().unwrap_or(0);
        let mantissa =
            if mantissa.contains('.') { mantissa.trim_end_matches('0').trim_end_matches('.') } else { mantissa };
        let digits = mantissa.bytes().filter(u8::is_ascii_digit).count() as i32;
        let limit = match precision {
            None => SHORTEST,
            Some(precision) => {
                let precision = precision.max(1) as i32;
                if precision > digits && digits > exponent { digits } else { precision }
            }
        };
        if exponent < -4 || exponent >= limit {
            return with_exponent(mantissa, 'e', exponent);
        }
        let decimals = (digits - 1 - exponent).max(0) as usize;
        match precision {
            None => format!("{}", self.value),
            Some(_) => format!("{:.decimals$}", self.value),
        }
    }
}

/// From this exponent on, the shortest form has one, too.
const SHORTEST: i32 = 6;

/// No float has more decimal places than this: what follows are zeros.
const MOST_PLACES: usize = 1100;

fn exponential(value: f64, precision: usize) -> String {
    let exact = precision.min(MOST_PLACES);
    let scientific = format!("{value:.exact$e}");
    let (mantissa, exponent) = scientific.split_once('e').unwrap_or((&scientific, "0"));
    let zeros = "0".repeat(precision - exact);
    with_exponent(&format!("{mantissa}{zeros}"), 'e', exponent.parse().unwrap_or(0))
}

/// Go's exponents have a sign and two digits at least.
fn with_exponent(mantissa: &str, letter: char, exponent: i32) -> String {
    let sign = if exponent < 0 { '-' } else { '+' };
    format!("{mantissa}{letter}{sign}{:02}", exponent.unsigned_abs())
}
