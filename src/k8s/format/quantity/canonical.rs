//! The one spelling in which Kubernetes writes a quantity.

use super::Format;
use super::amount::Amount;

/// Kubernetes' spelling: no fraction, and the largest suffix that loses nothing. Beyond its suffixes it writes none, as if the
/// amount were a smaller one.
pub(super) fn canonical(amount: &Amount, format: Format) -> String {
    spelled(amount, format, |_| String::new())
}

/// The same, with an exponent beyond the suffixes: no two amounts are spelled alike.
pub(super) fn exact(amount: &Amount, format: Format) -> String {
    spelled(amount, format, exponential)
}

/// An amount, `beyond` its suffixes with another one.
fn spelled(amount: &Amount, format: Format, beyond: fn(i64) -> String) -> String {
    if amount.sign() == 0 {
        return "0".to_owned();
    }
    let sign = if amount.sign() < 0 { "-" } else { "" };
    if format == Format::Binary
        && let Some(binary) = binary(amount)
    {
        return format!("{sign}{binary}");
    }
    let mut buffer = [0; 20];
    let (digits, scale) = amount.digits(&mut buffer);
    let zeros = digits.iter().rev().take_while(|digit| **digit == 0).count();
    let mut text: String = digits[..digits.len() - zeros].iter().map(|digit| char::from(b'0' + digit)).collect();
    let mut exponent = i64::from(scale) + i64::try_from(zeros).unwrap_or_default();
    while exponent % 3 != 0 {
        text.push('0');
        exponent -= 1;
    }
    let suffix = match (format, exponent) {
        (_, 0) => String::new(),
        (Format::Exponent, _) => exponential(exponent),
        _ => decimal_suffix(exponent).map_or_else(|| beyond(exponent), str::to_owned),
    };
    format!("{sign}{text}{suffix}")
}

fn exponential(exponent: i64) -> String {
    format!("e{exponent}")
}

fn decimal_suffix(exponent: i64) -> Option<&'static str> {
    let names = [(-9, "n"), (-6, "u"), (-3, "m"), (3, "k"), (6, "M"), (9, "G"), (12, "T"), (15, "P"), (18, "E")];
    names.into_iter().find_map(|(power, name)| (power == exponent).then_some(name))
}

/// A binary spelling of a whole number of 1024 or more.
fn binary(amount: &Amount) -> Option<String> {
    let milli = amount.saturating_milli().unsigned_abs();
    let mut buffer = [0; 20];
    let (digits, scale) = amount.digits(&mut buffer);
    let cut = usize::try_from(i64::from(scale).min(0).unsigned_abs()).unwrap_or(usize::MAX);
    let whole = digits.iter().rev().take(cut).all(|digit| *digit == 0);
    let mut number = milli / 1000;
    if !whole || number < 1024 {
        return None;
    }
    let mut names = ["Ki", "Mi", "Gi", "Ti", "Pi", "Ei"].into_iter();
    let mut suffix = "";
    while number >= 1024 && number.is_multiple_of(1024) {
        let Some(name) = names.next() else { break };
        suffix = name;
        number /= 1024;
    }
    Some(format!("{number}{suffix}"))
}
