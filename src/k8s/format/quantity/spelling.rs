//! The quantity that a misspelt one may have been meant to be.

use super::Quantity;

/// The quantity most likely meant by a text that is none: `100mb` is `100M`, `1 gib` is `1Gi`.
#[must_use]
pub fn nearest_quantity(text: &str) -> Option<String> {
    let text: String = text.chars().filter(|char| !char.is_whitespace() && *char != '_').collect();
    let text = match text.split_once(',') {
        // One comma that does not part thousands is a decimal point.
        Some((_, rest)) if !rest.contains([',', '.']) && digits(rest) != 3 => text.replace(',', "."),
        _ => text.replace(',', ""),
    };
    let start = text.find(|char: char| char.is_ascii_alphabetic()).unwrap_or(text.len());
    let (number, unit) = text.split_at(start);
    let near = format!("{number}{}", suffix_meant(unit)?);
    let counts = number.bytes().any(|byte| byte.is_ascii_digit());
    (counts && Quantity::parse(&near).is_ok()).then_some(near)
}

fn digits(text: &str) -> usize {
    text.bytes().take_while(u8::is_ascii_digit).count()
}

/// Bytes are not written out, and an `i` stands for powers of 1024.
fn suffix_meant(unit: &str) -> Option<String> {
    let lower = unit.to_ascii_lowercase();
    match lower.as_str() {
        "" | "b" | "byte" | "bytes" | "core" | "cores" | "cpu" | "cpus" => return Some(String::new()),
        "millicore" | "millicores" | "millicpu" | "mcpu" | "mc" => return Some("m".to_owned()),
        _ => {}
    }
    let letter = lower.chars().next()?;
    let rest = lower.strip_prefix(letter)?;
    let binary = match rest {
        "" | "b" | "byte" | "bytes" | "ilobyte" | "ilobytes" | "egabyte" | "egabytes" | "igabyte" | "igabytes" => "",
        "i" | "ib" | "ibibyte" | "ibibytes" | "ebibyte" | "ebibytes" => "i",
        _ => return None,
    };
    let letter = match letter {
        'k' if binary.is_empty() => 'k',
        'k' | 'm' | 'g' | 't' | 'p' | 'e' => letter.to_ascii_uppercase(),
        _ => return None,
    };
    Some(format!("{letter}{binary}"))
}
