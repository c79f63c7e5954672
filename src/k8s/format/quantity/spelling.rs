//! The quantity that a misspelt one may have been meant to be.

use super::Quantity;

/// What a quantity is a number of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// Of memory and of storage.
    Bytes,
    /// Cores, which come in thousandths, and never in thousands.
    Cores,
    /// What there are only whole ones of.
    Pieces,
}

/// The quantity most likely meant by a text that is none: of bytes, `100mb` is `100M` and `1 gib` is `1Gi`; of cores,
/// `100 m` is `100m`.
#[must_use]
pub fn nearest_quantity(text: &str, of: Unit) -> Option<String> {
    let text: String = text.chars().filter(|char| !char.is_whitespace() && *char != '_').collect();
    let text = match text.split_once(',') {
        // One comma that does not part thousands is a decimal point.
        Some((_, rest)) if !rest.contains([',', '.']) && digits(rest) != 3 => text.replace(',', "."),
        _ => text.replace(',', ""),
    };
    let start = text.find(|char: char| char.is_ascii_alphabetic()).unwrap_or(text.len());
    let (number, unit) = text.split_at(start);
    let near = format!("{number}{}", suffix_meant(unit, of)?);
    let counts = number.bytes().any(|byte| byte.is_ascii_digit());
    (counts && Quantity::parse(&near).is_ok()).then_some(near)
}

fn digits(text: &str) -> usize {
    text.bytes().take_while(u8::is_ascii_digit).count()
}

fn suffix_meant(unit: &str, of: Unit) -> Option<String> {
    let lower = unit.to_ascii_lowercase();
    match (lower.as_str(), of) {
        ("", _) | ("core" | "cores" | "cpu" | "cpus", _) | ("b" | "byte" | "bytes", Unit::Bytes) => Some(String::new()),
        (_, Unit::Pieces) => None,
        ("millicore" | "millicores" | "millicpu" | "mcpu" | "mc", _) | ("m" | "mi", Unit::Cores) => {
            Some("m".to_owned())
        }
        (_, Unit::Cores) => None,
        (_, Unit::Bytes) => suffix_of_bytes(&lower),
    }
}

/// Bytes are not written out, and an `i` stands for powers of 1024.
fn suffix_of_bytes(lower: &str) -> Option<String> {
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
