//! Spellings of amounts that Kubernetes does not read, and what is meant by them.

const SUFFIXES: [&str; 16] = ["", "n", "u", "m", "k", "M", "G", "T", "P", "E", "Ki", "Mi", "Gi", "Ti", "Pi", "Ei"];

/// Whether Kubernetes reads the text as an amount.
pub(super) fn fits(text: &str) -> bool {
    let (number, suffix) = split(text);
    let bare = number.strip_prefix(['+', '-']).unwrap_or(number);
    let digits = bare.bytes().filter(u8::is_ascii_digit).count();
    let exponent = suffix.strip_prefix(['e', 'E']).is_some_and(|power| power.parse::<i64>().is_ok());
    !text.is_empty() && bare.len() - digits <= 1 && (exponent || SUFFIXES.contains(&suffix))
}

/// The number with its sign and dot, and what follows it.
fn split(text: &str) -> (&str, &str) {
    let start = usize::from(text.starts_with(['+', '-']));
    let rest = &text[start..];
    let mut dots = 0;
    let end = rest.find(|char: char| {
        dots += usize::from(char == '.');
        !(char.is_ascii_digit() || (char == '.' && dots == 1))
    });
    text.split_at(start + end.unwrap_or(rest.len()))
}

/// The likeliest amount, and whether only case and blanks differ.
pub(super) fn nearest(text: &str) -> Option<(String, bool)> {
    let compact: String = text.chars().filter(|char| !char.is_whitespace()).collect();
    let compact = if compact.contains('.') { compact } else { compact.replacen(',', ".", 1) };
    let (number, unit) = split(&compact);
    if !number.bytes().any(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let lower = unit.to_ascii_lowercase();
    let suffix = match lower.as_str() {
        "" | "b" | "byte" | "bytes" | "core" | "cores" | "cpu" | "cpus" => "",
        "k" | "kb" => "k",
        "m" | "mb" if unit != "m" => "M",
        "m" | "milli" | "millicore" | "millicores" | "mcpu" => "m",
        "g" | "gb" => "G",
        "t" | "tb" => "T",
        "p" | "pb" => "P",
        "ki" | "kib" => "Ki",
        "mi" | "mib" => "Mi",
        "gi" | "gib" => "Gi",
        "ti" | "tib" => "Ti",
        "pi" | "pib" => "Pi",
        "ei" | "eib" => "Ei",
        _ => return None,
    };
    let near = format!("{number}{suffix}");
    let same = suffix.len() == 2 && lower.len() == 2 && !text.contains(',');
    fits(&near).then_some((near, same))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_read_as_kubernetes_reads_them() {
        for good in ["0", "1", "-1", "+.5", "1.", "100m", "1e3", "1E-3", "12Ki", "1e+3", "0.5Gi", "1E"] {
            assert!(fits(good), "{good}");
        }
        for bad in ["", "a", "1K", "1Mb", "1 Gi", "1.2.3", "1e", "1ee3", "--1", "1_000", "0x10", "1mi"] {
            assert!(!fits(bad), "{bad}");
        }
    }

    #[test]
    fn a_misspelled_amount_has_a_nearest_one() {
        let cases = [("1gi", "1Gi", true), ("512 MB", "512M", false), ("1,5Gi", "1.5Gi", false), ("1K", "1k", false)];
        for (text, near, same) in cases {
            assert_eq!(nearest(text), Some((near.to_owned(), same)), "{text}");
        }
        assert_eq!(nearest("lots"), None);
        assert_eq!(nearest("1x"), None);
    }
}
