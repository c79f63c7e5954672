//! Bytes to text, as go-yaml's reader decodes them: UTF-8, or UTF-16 by its byte order mark.

use std::borrow::Cow;

use crate::text::{Span, wide_encoding};
use crate::yaml::SyntaxError;
use crate::yaml::error::problem;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Encoding {
    Utf8,
    Utf16Little,
    Utf16Big,
}

/// As much of some bytes as is text.
#[derive(Debug)]
pub struct Text<'b> {
    pub(super) text: Cow<'b, str>,
    pub(super) encoding: Encoding,
    /// What is wrong with the bytes behind the text.
    pub(super) broken: Option<&'static str>,
}

pub(super) fn decode(bytes: &[u8]) -> Text<'_> {
    if wide_encoding(bytes).is_some() {
        const WIDE: &str =
            "this is UTF-16 without a byte order mark, or UTF-32, and Kubernetes reads neither; write UTF-8";
        return Text { text: "".into(), encoding: Encoding::Utf8, broken: Some(WIDE) };
    }
    match bytes {
        [0xFF, 0xFE, rest @ ..] => decode_utf16(rest, Encoding::Utf16Little),
        [0xFE, 0xFF, rest @ ..] => decode_utf16(rest, Encoding::Utf16Big),
        _ => {
            let (text, broken) = match std::str::from_utf8(bytes) {
                Ok(text) => (text, None),
                Err(error) => {
                    let valid = std::str::from_utf8(&bytes[..error.valid_up_to()]).unwrap_or_default();
                    (valid, Some("a byte stands here that is no text in UTF-8"))
                }
            };
            Text { text: text.into(), encoding: Encoding::Utf8, broken }
        }
    }
}

fn decode_utf16(bytes: &[u8], encoding: Encoding) -> Text<'static> {
    let (pairs, rest) = bytes.as_chunks::<2>();
    let unit = if encoding == Encoding::Utf16Little { u16::from_le_bytes } else { u16::from_be_bytes };
    let mut text = String::with_capacity(bytes.len());
    let mut broken = (!rest.is_empty()).then_some("the text ends with half a character of UTF-16");
    for decoded in char::decode_utf16(pairs.iter().map(|pair| unit(*pair))) {
        let Ok(character) = decoded else {
            broken = Some("half a pair of UTF-16 stands here without the other half");
            break;
        };
        text.push(character);
    }
    Text { text: text.into(), encoding, broken }
}

impl Text<'_> {
    /// The text, of which the spans of an error count the bytes.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// kubectl's reader adds a line feed of one byte to a text that does not end with one, which breaks UTF-16.
    pub(super) fn refused_by_kubectl(&self, bytes: &[u8]) -> Option<SyntaxError> {
        let refused = self.encoding != Encoding::Utf8 && bytes.last() != Some(&b'\n');
        let end = Span::empty(u32::try_from(self.text.len()).unwrap_or(u32::MAX));
        let message = "kubectl breaks this text, which is UTF-16, when it adds a line feed to its end; write UTF-8";
        refused.then(|| *problem(end, message))
    }
}
