//! The order of keys: go-yaml sorts `b2` before `b10`.

use std::cmp::Ordering;

use crate::template::text::Text;
use crate::template::value::Value;

/// An entry of a map.
type Entry<'e> = (&'e Text, &'e Value);

/// Entries, which come in the order of their bytes, in go-yaml's order.
pub(super) fn sorted(entries: Vec<Entry<'_>>) -> Vec<Entry<'_>> {
    // Letters alone, and what stands before them in either order, are in order already.
    let is_in_order = |byte: u8| byte.is_ascii_alphabetic() || matches!(byte, b'-' | b'.' | b'/');
    if entries.iter().all(|(key, _)| key.as_str().bytes().all(is_in_order)) {
        return entries;
    }
    merged(entries)
}

/// That order need not be one for all keys together, which the sort of the standard library insists on; merging does not.
fn merged(mut entries: Vec<Entry<'_>>) -> Vec<Entry<'_>> {
    if entries.len() < 2 {
        return entries;
    }
    let others = entries.split_off(entries.len() / 2);
    let (mut left, mut right) = (merged(entries).into_iter().peekable(), merged(others).into_iter().peekable());
    let mut merged = Vec::with_capacity(left.len() + right.len());
    while let (Some(one), Some(other)) = (left.peek(), right.peek()) {
        let next = if is_before(other.0.as_str(), one.0.as_str()) { right.next() } else { left.next() };
        merged.extend(next);
    }
    merged.extend(left);
    merged.extend(right);
    merged
}

/// Letters by their code points and behind everything else, numbers by what they count.
fn is_before(one: &str, other: &str) -> bool {
    let common = one.bytes().zip(other.bytes()).take_while(|(one, other)| one == other).count();
    let (next, other_next) = (one.as_bytes().get(common), other.as_bytes().get(common));
    match (next, other_next) {
        (None, _) | (_, None) => return one.len() < other.len(),
        (Some(next), Some(other)) if next.is_ascii_alphabetic() && other.is_ascii_alphabetic() => return next < other,
        _ => {}
    }
    let (one, other): (Vec<char>, Vec<char>) = (one.chars().collect(), other.chars().collect());
    let at = one.iter().zip(&other).take_while(|(one, other)| one == other).count();
    match (one[at].is_alphabetic(), other[at].is_alphabetic()) {
        (true, true) => one[at] < other[at],
        (false, false) => by_number(&one, &other, at).unwrap_or_else(|| one[at].cmp(&other[at])).is_lt(),
        (_, is_letter) => is_letter,
    }
}

/// The numbers that begin at the first character that differs; zeros count where a number has begun before them.
fn by_number(one: &[char], other: &[char], at: usize) -> Option<Ordering> {
    let has_zero = one[at] == '0' || other[at] == '0';
    let before = one[..at].iter().rev().take_while(|char| char.is_ascii_digit());
    let start = i64::from(has_zero && before.into_iter().any(|&char| char != '0'));
    let (first, length) = number(&one[at..], start);
    let (second, other_length) = number(&other[at..], start);
    let order = first.cmp(&second).then(length.cmp(&other_length));
    order.is_ne().then_some(order)
}

fn number(chars: &[char], start: i64) -> (i64, usize) {
    let digits = chars.iter().map_while(|char| char.to_digit(10));
    digits.fold((start, 0), |(number, length), digit| {
        (number.wrapping_mul(10).wrapping_add(i64::from(digit)), length + 1)
    })
}
