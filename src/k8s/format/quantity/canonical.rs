//! The one spelling in which Kubernetes writes a quantity.

use super::Format;
use super::amount::Amount;

/// Kubernetes' spelling: no fraction, and the largest suffix that loses nothing.
pub(super) fn canonical(amount: &Amount, format: Format) -> String {
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
    format!(
        "{sign}{text}{}",
        decimal_suffix(exponent, if format == Format::Exponent { format } else { Format::Decimal })
    )
}

fn decimal_suffix(exponent: i64, format: Format) -> String {
    if format == Format::Exponent {
        return if exponent == 0 { String::new() } else { format!("e{exponent}") };
    }
    // Kubernetes writes no suffix where it has none.
    let names = [(-9, "n"), (-6, "u"), (-3, "m"), (3, "k"), (6, "M"), (9, "G"), (12, "T"), (15, "P"), (18, "E")];
    names.iter().find(|(power, _)| *power == exponent).map_or("", |(_, name)| name).to_owned()
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
