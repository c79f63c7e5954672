//! Whole numbers as Go's `strconv.Atoi` reads them.

use super::quote::quote;

/// Why a text is not a whole number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum NumberError {
    /// It has other characters than digits after a sign, or no digits.
    Syntax,
    /// It does not fit into 64 bits.
    Range,
}

impl NumberError {
    /// Go's text for this error about `text`.
    pub(crate) fn text(self, text: &str) -> String {
        let reason = match self {
            Self::Syntax => "invalid syntax",
            Self::Range => "value out of range",
        };
        format!("strconv.Atoi: parsing {}: {reason}", quote(text))
    }
}

/// Reads an optional sign and decimal digits. The first fault from the left decides the error, so that a number which
/// overflows before a wrong character is out of range.
pub(crate) fn atoi(text: &str) -> Result<i64, NumberError> {
    let (negative, digits) = match text.as_bytes() {
        [b'-', rest @ ..] => (true, rest),
        [b'+', rest @ ..] => (false, rest),
        all => (false, all),
    };
    if digits.is_empty() {
        return Err(NumberError::Syntax);
    }

    let mut value: u64 = 0;
    for &digit in digits {
        if !digit.is_ascii_digit() {
            return Err(NumberError::Syntax);
        }
        value = value
            .checked_mul(10)
            .and_then(|tens| tens.checked_add(u64::from(digit - b'0')))
            .ok_or(NumberError::Range)?;
    }

    match (negative, i64::try_from(value)) {
        (false, Ok(value)) => Ok(value),
        (true, Ok(value)) => Ok(-value),
        (true, Err(_)) if value == 1 << 63 => Ok(i64::MIN),
        _ => Err(NumberError::Range),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_fault_from_the_left_decides() {
        assert_eq!(atoi("99999999999999999999x"), Err(NumberError::Range));
        assert_eq!(atoi("9x"), Err(NumberError::Syntax));
        assert_eq!(atoi("+"), Err(NumberError::Syntax));
        assert_eq!(atoi("-9223372036854775808"), Ok(i64::MIN));
        assert_eq!(atoi("9223372036854775808"), Err(NumberError::Range));
        assert_eq!(atoi("+007"), Ok(7));
    }
}
