//! Which bytes are blanks, line breaks and indicators to go-yaml v2.

/// The length in bytes of the line break at `at`; 0 where there is none.
///
/// YAML 1.1: LF, CR, CR LF, and the characters NEL, U+2028 and U+2029, which editors show as ordinary text.
#[inline]
pub(super) fn break_length(bytes: &[u8], at: usize) -> usize {
    match bytes.get(at) {
        Some(b'\n') => 1,
        Some(b'\r') => 1 + usize::from(bytes.get(at + 1) == Some(&b'\n')),
        Some(0xC2) => 2 * usize::from(bytes.get(at + 1) == Some(&0x85)),
        Some(0xE2) => match bytes.get(at + 1..at + 3) {
            Some([0x80, 0xA8 | 0xA9]) => 3,
            _ => 0,
        },
        _ => 0,
    }
}

/// Whether a text holds a line break.
pub(super) fn has_break(text: &str) -> bool {
    line_end(text.as_bytes(), 0) < text.len()
}

/// How line breaks are counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Breaks {
    /// As go-yaml does.
    Yaml,
    /// kubectl's reader takes CR LF for LF line by line, so that go-yaml sees CR CR LF as one break.
    Kubectl,
}

impl Breaks {
    /// The length in bytes of the line break at `at`; 0 where there is none.
    #[inline]
    pub(super) fn length(self, bytes: &[u8], at: usize) -> usize {
        let joined = self == Self::Kubectl && bytes.get(at..at + 3) == Some(b"\r\r\n");
        if joined { 3 } else { break_length(bytes, at) }
    }
}

/// What a line break becomes in a value: U+2028 and U+2029 stay, every other one is a line feed.
pub(super) fn break_text(bytes: &[u8]) -> &'static str {
    match bytes {
        [0xE2, 0x80, 0xA8] => "\u{2028}",
        [0xE2, 0x80, 0xA9] => "\u{2029}",
        _ => "\n",
    }
}

/// A space or a tab.
#[inline]
pub(super) fn is_blank(byte: u8) -> bool {
    byte == b' ' || byte == b'\t'
}

/// A blank, a line break or the end of the text.
#[inline]
pub(super) fn is_blank_or_end(bytes: &[u8], at: usize) -> bool {
    match bytes.get(at) {
        None | Some(b' ' | b'\n' | b'\t' | b'\r') => true,
        Some(0xC2 | 0xE2) => break_length(bytes, at) > 0,
        Some(_) => false,
    }
}

/// A line break or the end of the text.
#[inline]
pub(super) fn is_break_or_end(bytes: &[u8], at: usize) -> bool {
    at >= bytes.len() || break_length(bytes, at) > 0
}

/// A character of a name: of an anchor, a directive or a tag's handle.
pub(super) fn is_name(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-'
}

/// Where the run of bytes that are no line break ends.
pub(super) fn line_end(bytes: &[u8], from: usize) -> usize {
    let mut at = from;
    while let Some(&byte) = bytes.get(at) {
        if class(byte) & BREAK != 0 && break_length(bytes, at) > 0 {
            break;
        }
        at += 1;
    }
    at
}

/// Space and tab.
pub(super) const BLANK: u8 = 1;
/// The first byte of a line break, or of a character that shares it.
pub(super) const BREAK: u8 = 2;
/// Ends a plain scalar in flow style.
pub(super) const FLOW: u8 = 4;
/// The colon, which ends a plain scalar before a blank.
pub(super) const COLON: u8 = 8;
/// A quote or a backslash.
pub(super) const QUOTE: u8 = 16;
/// An ASCII byte that starts a plain scalar wherever it stands.
pub(super) const PLAIN_START: u8 = 32;

#[inline]
pub(super) fn class(byte: u8) -> u8 {
    CLASSES[byte as usize]
}

static CLASSES: [u8; 256] = classes();

const fn classes() -> [u8; 256] {
    let mut classes = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        classes[byte] = match byte as u8 {
            b' ' | b'\t' => BLANK,
            b'\n' | b'\r' | 0xC2 | 0xE2 => BREAK,
            b',' | b'[' | b']' | b'{' | b'}' | b'?' => FLOW,
            b':' => COLON,
            b'"' | b'\'' | b'\\' => QUOTE,
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'_' | b'/' | b'$' | b'(' | b'+' | b'~' | b'=' => PLAIN_START,
            _ => 0,
        };
        byte += 1;
    }
    classes
}

/// What one look at all bytes of a text finds.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Survey {
    /// Where the first character stands that go-yaml's reader refuses anywhere, even in a comment.
    pub(super) refused: Option<usize>,
    /// There are carriage returns, or characters that may be line breaks or byte order marks.
    pub(super) unusual: bool,
}

pub(super) fn survey(text: &str) -> Survey {
    let bytes = text.as_bytes();
    let mut survey = Survey::default();
    let mut at = 0;
    while at < bytes.len() {
        let block = &bytes[at..bytes.len().min(at + 64)];
        if block.iter().fold(false, |seen, byte| seen | may_be_unusual(*byte)) && block.iter().copied().any(is_unusual)
        {
            survey.unusual = true;
            let refused = (at..at + block.len()).find(|place| is_unusual(bytes[*place]) && is_refused(bytes, *place));
            if refused.is_some() {
                survey.refused = refused;
                break;
            }
        }
        at += block.len();
    }
    survey
}

/// What is unusual, and any byte beyond ASCII: as a number with a sign, it is below all others.
#[inline]
fn may_be_unusual(byte: u8) -> bool {
    (byte.cast_signed() < 0x20 && byte != b'\n' && byte != b'\t') || byte == 0x7F
}

/// Controls, DEL, CR, and the lead bytes of NEL and C1, U+2028, U+FEFF and U+FFFE.
#[inline]
fn is_unusual(byte: u8) -> bool {
    (byte < 0x20 && byte != b'\n' && byte != b'\t') || matches!(byte, 0x7F | 0xC2 | 0xE2 | 0xEF)
}

fn is_refused(bytes: &[u8], at: usize) -> bool {
    match bytes[at] {
        0xC2 => bytes.get(at + 1).is_some_and(|second| *second < 0xA0 && *second != 0x85),
        0xEF => matches!(bytes.get(at + 1..at + 3), Some([0xBF, 0xBE | 0xBF])),
        byte => (byte < 0x20 && byte != b'\r') || byte == 0x7F,
    }
}
