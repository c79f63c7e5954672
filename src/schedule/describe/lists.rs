//! Lists in words.

/// `a`, `a and b`, `a, b and c`.
pub(super) fn join(words: &[String]) -> String {
    match words {
        [] => String::new(),
        [only] => only.clone(),
        [head @ .., last] => format!("{} and {last}", head.join(", ")),
    }
}

/// Ascending numbers as words, with three or more in a row as `first to last`.
pub(super) fn ranges(numbers: &[u8], word: impl Fn(u8) -> String) -> String {
    let mut words = Vec::new();
    for row in numbers.chunk_by(|a, b| a + 1 == *b) {
        match row {
            [first, _, .., last] => words.push(format!("{} to {}", word(*first), word(*last))),
            row => words.extend(row.iter().map(|&number| word(number))),
        }
    }
    join(&words)
}

/// The distance, if at least five numbers keep one above 1.
pub(super) fn even_distance(numbers: &[u8]) -> Option<u8> {
    let distance = numbers.get(1)? - numbers[0];
    let even = numbers.windows(2).all(|pair| pair[1] - pair[0] == distance);
    (even && distance > 1 && numbers.len() >= 5).then_some(distance)
}

/// `2nd`, `11th`.
pub(super) fn ordinal(number: u8) -> String {
    let ending = match (number % 100, number % 10) {
        (11..=13, _) => "th",
        (_, 1) => "st",
        (_, 2) => "nd",
        (_, 3) => "rd",
        _ => "th",
    };
    format!("{number}{ending}")
}

/// `1 hour`, `2 hours`; one alone as `hour` after `every`.
pub(super) fn count(number: i64, unit: &str) -> String {
    if number == 1 { format!("1 {unit}") } else { format!("{number} {unit}s") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn three_in_a_row_are_a_range_and_two_are_not() {
        let plain = |numbers: &[u8]| ranges(numbers, |number| number.to_string());
        assert_eq!(plain(&[1, 2, 3, 5, 6, 9]), "1 to 3, 5, 6 and 9");
        assert_eq!(plain(&[4]), "4");
        assert_eq!(ordinal(22), "22nd");
        assert_eq!(ordinal(13), "13th");
        assert_eq!(even_distance(&[1, 3, 5, 7, 9]), Some(2));
        assert_eq!(even_distance(&[1, 3, 5, 7, 10]), None);
    }
}
