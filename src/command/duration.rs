//! Lengths of time as programs take them.

/// `90`, `90s`, `1.5h`, `1h30m`: whole seconds, parts of one left out. `None` where it is no length, or has no end.
#[must_use]
pub fn seconds(text: &str) -> Option<u64> {
    let mut rest = text;
    let mut sum = 0.0;
    while !rest.is_empty() {
        let length = rest.bytes().take_while(|byte| byte.is_ascii_digit() || *byte == b'.').count();
        let number: f64 = rest[..length].parse().ok()?;
        rest = &rest[length..];
        let unit = rest.bytes().take_while(u8::is_ascii_alphabetic).count();
        sum += number
            * match &rest[..unit] {
                "" | "s" => 1.0,
                "ms" => 0.001,
                "m" => 60.0,
                "h" => 3_600.0,
                "d" => 86_400.0,
                _ => return None,
            };
        rest = &rest[unit..];
    }
    // No one waits for ten thousand years.
    (!text.is_empty() && sum < 3e11).then_some(sum as u64)
}
