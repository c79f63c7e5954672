//! Long numbers, as people write them.

/// A number with a comma before each three of its last digits: `1,440`.
#[must_use]
pub fn grouped(number: i64) -> String {
    let digits = number.unsigned_abs().to_string();
    let mut text = String::from(if number < 0 { "-" } else { "" });
    for (at, digit) in digits.char_indices() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::grouped;

    #[test]
    fn three_digits_stand_together() {
        let written = [0, 999, 1_440, -12_345, 1_000_000].map(grouped);
        assert_eq!(written, ["0", "999", "1,440", "-12,345", "1,000,000"]);
    }
}
