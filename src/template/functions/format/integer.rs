//! Integers, characters and bytes as Go prints them.

use super::{Flags, quoted};

pub(super) struct Integer {
    pub(super) value: i64,
    pub(super) flags: Flags,
}

impl Integer {
    /// As that verb prints it; `None` where the verb is not one for integers.
    pub(super) fn print(&self, verb: char) -> Option<String> {
        let size = self.value.unsigned_abs();
        Some(match verb {
            'd' | 'v' => self.number(&size.to_string(), ""),
            'b' => self.number(&format!("{size:b}"), if self.flags.sharp { "0b" } else { "" }),
            'o' => self.octal(&format!("{size:o}")),
            'O' => self.number(&format!("{size:o}"), "0o"),
            'x' => self.number(&format!("{size:x}"), if self.flags.sharp { "0x" } else { "" }),
            'X' => self.number(&format!("{size:X}"), if self.flags.sharp { "0X" } else { "" }),
            'c' => self.character().to_string(),
            'q' => quoted::character(self.character(), self.flags),
            'U' => self.code_point(),
            _ => return None,
        })
    }

    /// Sign, prefix, zeros, digits.
    fn number(&self, digits: &str, prefix: &str) -> String {
        let sign = if self.value < 0 {
            "-"
        } else if self.flags.plus {
            "+"
        } else if self.flags.space {
            " "
        } else {
            ""
        };
        if self.flags.precision == Some(0) && self.value == 0 {
            return String::new();
        }
        let wanted = match (self.flags.precision, self.flags.width) {
            (Some(precision), _) => precision,
            (None, Some(width)) if self.flags.zero && !self.flags.minus => width.saturating_sub(sign.len()),
            _ => 0,
        };
        let zeros = "0".repeat(wanted.min(1 << 20).saturating_sub(digits.len()));
        format!("{sign}{prefix}{zeros}{digits}")
    }

    fn octal(&self, digits: &str) -> String {
        if self.flags.sharp && !digits.starts_with('0') {
            return self.number(&format!("0{digits}"), "");
        }
        self.number(digits, "")
    }

    fn character(&self) -> char {
        u32::try_from(self.value).ok().and_then(char::from_u32).unwrap_or(char::REPLACEMENT_CHARACTER)
    }

    fn code_point(&self) -> String {
        let digits = self.flags.precision.unwrap_or(4).clamp(4, 64);
        let number = format!("U+{:0digits$X}", self.value);
        match u32::try_from(self.value).ok().and_then(char::from_u32) {
            Some(character) if self.flags.sharp && quoted::is_printed(character) => format!("{number} '{character}'"),
            _ => number,
        }
    }
}

/// Bytes as `%x` prints them.
pub(super) fn hex(bytes: &[u8], upper: bool, flags: Flags) -> String {
    let bytes = &bytes[..bytes.len().min(flags.precision.unwrap_or(usize::MAX))];
    let prefix = match (flags.sharp, upper) {
        (true, false) => "0x",
        (true, true) => "0X",
        (false, _) => "",
    };
    let mut printed = String::new();
    for (at, byte) in bytes.iter().enumerate() {
        let is_apart = flags.space && at > 0;
        printed.push_str(if is_apart { " " } else { "" });
        printed.push_str(if at == 0 || is_apart { prefix } else { "" });
        printed.push_str(&if upper { format!("{byte:02X}") } else { format!("{byte:02x}") });
    }
    printed
}
