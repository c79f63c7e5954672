//! What a scalar means to go-yaml v2, a YAML 1.1 dialect.

mod binary;
mod number;
mod timestamp;
#[cfg(feature = "templates")]
mod unquoted;
mod written;

pub(super) use binary::binary;
#[cfg(feature = "templates")]
pub(super) use unquoted::stays_string;
pub(super) use written::{json_float, key_text};

use number::{float_from_point, integer, is_float, parse_float, short_decimal};
use timestamp::is_timestamp;

/// A resolved scalar.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Scalar {
    Null,
    Bool(bool),
    Int(i64),
    Uint(u64),
    Float(f64),
    String,
}

/// The tags that mean something; every other one makes a string.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u32)]
pub(super) enum TagClass {
    Other,
    /// `!`
    NonSpecific,
    Str,
    Bool,
    Int,
    Float,
    Null,
    Timestamp,
    Binary,
    Merge,
}

impl TagClass {
    pub(super) fn of(tag: &str) -> Self {
        if tag == "!" {
            return Self::NonSpecific;
        }
        match tag.strip_prefix("tag:yaml.org,2002:") {
            Some("str") => Self::Str,
            Some("bool") => Self::Bool,
            Some("int") => Self::Int,
            Some("float") => Self::Float,
            Some("null") => Self::Null,
            Some("timestamp") => Self::Timestamp,
            Some("binary") => Self::Binary,
            Some("merge") => Self::Merge,
            _ => Self::Other,
        }
    }

    pub(super) fn from_link(link: u32) -> Self {
        const ALL: [TagClass; 10] = [
            TagClass::Other,
            TagClass::NonSpecific,
            TagClass::Str,
            TagClass::Bool,
            TagClass::Int,
            TagClass::Float,
            TagClass::Null,
            TagClass::Timestamp,
            TagClass::Binary,
            TagClass::Merge,
        ];
        ALL.get(link as usize).copied().unwrap_or(Self::Other)
    }

    /// What a value with this tag is, for a message.
    pub(super) const fn noun(self) -> &'static str {
        match self {
            Self::Bool => "`true` or `false`",
            Self::Int => "a whole number",
            Self::Float => "a number",
            Self::Null => "`null`",
            Self::Timestamp => "a date such as `2006-01-02`",
            _ => "a string",
        }
    }
}

/// Resolves a plain scalar without a tag.
#[inline]
pub(super) fn plain(text: &str) -> Scalar {
    let Some(first) = text.bytes().next() else { return Scalar::Null };
    match first {
        b'~' | b'n' | b'N' | b'y' | b'Y' | b't' | b'T' | b'f' | b'F' | b'o' | b'O' if text.len() <= 5 => word(text),
        b'+' | b'-' | b'0'..=b'9' | b'.' => number(text),
        _ => Scalar::String,
    }
}

/// Whether a plain scalar that starts so can be anything but a string.
#[inline]
pub(super) fn may_resolve(first: u8) -> bool {
    matches!(
        first,
        b'~' | b'n' | b'N' | b'y' | b'Y' | b't' | b'T' | b'f' | b'F' | b'o' | b'O' | b'+' | b'-' | b'0'..=b'9' | b'.'
    )
}

/// Whether a plain scalar without a tag is null.
#[inline]
pub(super) fn is_null(text: &str) -> bool {
    matches!(text, "" | "~" | "null" | "Null" | "NULL")
}

/// Resolves a scalar with a tag; `None` where the text is no such thing.
pub(super) fn tagged(tag: TagClass, text: &str) -> Option<Scalar> {
    match tag {
        TagClass::Other | TagClass::NonSpecific | TagClass::Str | TagClass::Binary | TagClass::Merge => {
            Some(Scalar::String)
        }
        TagClass::Timestamp => is_timestamp(text).then_some(Scalar::String),
        _ => match (tag, plain(text)) {
            (TagClass::Bool, Scalar::Bool(value)) => Some(Scalar::Bool(value)),
            (TagClass::Int, value @ (Scalar::Int(_) | Scalar::Uint(_))) => Some(value),
            #[expect(clippy::cast_precision_loss, reason = "as Go converts it")]
            (TagClass::Float, Scalar::Int(value)) => Some(Scalar::Float(value as f64)),
            (TagClass::Float, Scalar::Float(value)) => Some(Scalar::Float(value)),
            (TagClass::Null, Scalar::Null) => Some(Scalar::Null),
            _ => None,
        },
    }
}

fn word(text: &str) -> Scalar {
    match text {
        _ if is_null(text) => Scalar::Null,
        "y" | "Y" | "yes" | "Yes" | "YES" | "true" | "True" | "TRUE" | "on" | "On" | "ON" => Scalar::Bool(true),
        "n" | "N" | "no" | "No" | "NO" | "false" | "False" | "FALSE" | "off" | "Off" | "OFF" => Scalar::Bool(false),
        _ => Scalar::String,
    }
}

fn number(text: &str) -> Scalar {
    if let Some(value) = short_decimal(text) {
        return Scalar::Int(value);
    }
    match text {
        ".nan" | ".NaN" | ".NAN" => return Scalar::Float(f64::NAN),
        ".inf" | ".Inf" | ".INF" | "+.inf" | "+.Inf" | "+.INF" => return Scalar::Float(f64::INFINITY),
        "-.inf" | "-.Inf" | "-.INF" => return Scalar::Float(f64::NEG_INFINITY),
        _ => {}
    }
    if text.starts_with('.') {
        return float_from_point(text).map_or(Scalar::String, Scalar::Float);
    }
    if !text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+-._".contains(&byte)) {
        return Scalar::String;
    }
    if text.contains('_') { joined_number(&text.replace('_', "")) } else { joined_number(text) }
}

fn joined_number(text: &str) -> Scalar {
    if let Some(value) = integer(text) {
        return value;
    }
    if is_float(text) { parse_float(text).map_or(Scalar::String, Scalar::Float) } else { Scalar::String }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scalars_resolve_as_go_yaml_resolves_them() {
        for (text, expected) in [
            ("", Scalar::Null),
            ("yes", Scalar::Bool(true)),
            ("yEs", Scalar::String),
            ("0", Scalar::Int(0)),
            ("-0", Scalar::Int(0)),
            ("0644", Scalar::Int(420)),
            ("0o644", Scalar::Int(420)),
            ("0o8", Scalar::String),
            ("0x", Scalar::String),
            ("08", Scalar::Float(8.0)),
            ("1_000", Scalar::Int(1000)),
            ("0x1F", Scalar::Int(31)),
            ("0b-1", Scalar::Int(-1)),
            ("0b+1", Scalar::Int(1)),
            ("0x+1", Scalar::String),
            ("18446744073709551615", Scalar::Uint(u64::MAX)),
            ("+18446744073709551615", Scalar::Float(18_446_744_073_709_551_615.0)),
            ("18446744073709551616", Scalar::Float(18_446_744_073_709_551_616.0)),
            ("0xFFFFFFFFFFFFFFFFF", Scalar::String),
            ("1e3", Scalar::Float(1000.0)),
            ("1e400", Scalar::String),
            (".5_0", Scalar::Float(0.5)),
            ("._5", Scalar::String),
            ("12:30", Scalar::String),
            ("-9223372036854775808", Scalar::Int(i64::MIN)),
            ("-", Scalar::String),
            ("+", Scalar::String),
            ("on", Scalar::Bool(true)),
        ] {
            assert_eq!(plain(text), expected, "{text}");
        }
    }

    #[test]
    fn a_tag_is_a_demand() {
        assert_eq!(tagged(TagClass::Int, "3.0"), None);
        assert_eq!(tagged(TagClass::Int, "08"), None);
        assert_eq!(tagged(TagClass::Float, "3"), Some(Scalar::Float(3.0)));
        assert_eq!(tagged(TagClass::Str, "3"), Some(Scalar::String));
        assert_eq!(tagged(TagClass::Timestamp, "2001-12-14"), Some(Scalar::String));
        assert_eq!(tagged(TagClass::Timestamp, "foo"), None);
    }
}
