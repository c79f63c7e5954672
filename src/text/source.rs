//! A text with its name.

use std::fmt;
use std::sync::Arc;

use super::Span;

/// One manifest file's text with the name it is reported under; a copy shares both.
///
/// The text is UTF-8 without a byte order mark's meaning attached: a UTF-8 mark stays in the text,
/// UTF-16 is decoded as Kubernetes does. All spans count bytes of this text.
#[derive(Debug, Clone)]
pub struct Source {
    name: Arc<str>,
    text: Arc<str>,
    role: Role,
    /// Bytes that stand for what nobody knows, in order.
    unknown: Arc<[Span]>,
}

/// What a text is by what other files say of it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum Role {
    /// Nothing more than it says itself.
    #[default]
    Manifest,
    /// What a chart says of itself and of its values: no manifest, whatever keys it has.
    OfChart,
    /// A patch of kustomize, for objects of these kinds; of none, where only the patch itself can say.
    Patch {
        /// As Kubernetes spells them.
        kinds: Arc<[Box<str>]>,
    },
}

/// Why bytes could not become a [`Source`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SourceError {
    /// The bytes are not UTF-8; `offset` is the first byte at fault, `line` its line, counted from 1.
    NotUtf8 {
        /// Byte offset, counted from 0.
        offset: usize,
        /// Line, counted from 1.
        line: usize,
    },
    /// UTF-16 (by its byte order mark) with an unpaired surrogate or an odd number of bytes.
    NotUtf16,
    /// UTF-16 or UTF-32 in a form that Kubernetes takes for UTF-8, or for UTF-16: without a byte order mark, or UTF-32
    /// with one.
    Wide {
        /// Its name.
        encoding: &'static str,
    },
    /// Neither UTF-8 nor without NUL bytes near the start: not a text file.
    Binary,
    /// Spans are 32 bits wide.
    TooLarge,
}

impl fmt::Display for SourceError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotUtf8 { offset, line } => {
                write!(out, "not UTF-8: line {line} holds a byte that is no text (byte {offset} of the file)")
            }
            Self::NotUtf16 => out.write_str("starts like UTF-16 and is not"),
            Self::Wide { encoding } => {
                write!(out, "{encoding}, which Kubernetes does not read: save it as UTF-8")
            }
            Self::Binary => out.write_str("a binary file"),
            Self::TooLarge => out.write_str("larger than 4 GiB"),
        }
    }
}

impl std::error::Error for SourceError {}

impl Source {
    /// A source from text that is already UTF-8.
    ///
    /// # Panics
    /// If the text is larger than 4 GiB; [`Source::decode`] reports that as an error.
    #[must_use]
    pub fn new(name: impl Into<Arc<str>>, text: impl Into<Arc<str>>) -> Self {
        let text = text.into();
        assert!(u32::try_from(text.len()).is_ok(), "spans are 32 bits wide");
        Self { name: name.into(), text, role: Role::Manifest, unknown: Arc::default() }
    }

    /// A source from a file's bytes: UTF-8, or UTF-16 with a byte order mark.
    ///
    /// # Errors
    /// When the bytes are no text Kubernetes could read.
    pub fn decode(name: impl Into<Arc<str>>, bytes: Vec<u8>) -> Result<Self, SourceError> {
        if let Some(encoding) = wide_encoding(&bytes) {
            return Err(SourceError::Wide { encoding });
        }
        let text = match bytes.as_slice() {
            [0xff, 0xfe, rest @ ..] => decode_utf16(rest, u16::from_le_bytes)?,
            [0xfe, 0xff, rest @ ..] => decode_utf16(rest, u16::from_be_bytes)?,
            // A NUL within a text is for the YAML reader to point at.
            _ => String::from_utf8(bytes).map_err(|error| {
                if error.as_bytes()[..error.as_bytes().len().min(8192)].contains(&0) {
                    return SourceError::Binary;
                }
                let offset = error.utf8_error().valid_up_to();
                let line = 1 + error.as_bytes()[..offset].iter().filter(|byte| **byte == b'\n').count();
                SourceError::NotUtf8 { offset, line }
            })?,
        };
        if u32::try_from(text.len()).is_err() {
            return Err(SourceError::TooLarge);
        }
        Ok(Self { name: name.into(), text: text.into(), role: Role::Manifest, unknown: Arc::default() })
    }

    /// The same in another role.
    #[must_use]
    pub fn with_role(self, role: Role) -> Self {
        Self { role, ..self }
    }

    /// The same, of which nobody knows these bytes: spans in order, with a `#` where lines may stand.
    #[must_use]
    pub fn with_unknown(self, unknown: impl Into<Arc<[Span]>>) -> Self {
        Self { unknown: unknown.into(), ..self }
    }

    /// What the same file is with another text.
    ///
    /// # Panics
    /// If that is larger than 4 GiB.
    #[must_use]
    pub fn with_text(&self, text: impl Into<Arc<str>>) -> Self {
        Self::new(self.shared_name(), text).with_role(self.role.clone())
    }

    /// What it is by what other files say of it.
    #[must_use]
    pub fn role(&self) -> &Role {
        &self.role
    }

    /// The bytes that stand for what nobody knows, in order.
    #[must_use]
    pub fn unknown(&self) -> &[Span] {
        &self.unknown
    }

    /// The name findings carry: the path as the user gave it.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The whole text.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The name, to keep.
    #[must_use]
    pub fn shared_name(&self) -> Arc<str> {
        Arc::clone(&self.name)
    }

    /// The whole text, to keep.
    #[must_use]
    pub fn shared_text(&self) -> Arc<str> {
        Arc::clone(&self.text)
    }

    /// The text of a span; empty where the span does not lie on character boundaries of this text.
    #[must_use]
    pub fn slice(&self, span: Span) -> &str {
        self.text.get(span.range()).unwrap_or_default()
    }
}

/// What bytes are that no reader of Kubernetes' decodes, told by their first characters, which are ASCII in a manifest:
/// YAML's own rule.
pub(crate) fn wide_encoding(bytes: &[u8]) -> Option<&'static str> {
    match *bytes {
        [0xff, 0xfe, 0, 0, ..] | [0, 0, 0xfe, 0xff, ..] => Some("UTF-32"),
        [0, 0, 0, 1..=0xff, ..] | [1..0x80, 0, 0, 0, ..] => Some("UTF-32 without a byte order mark"),
        [0, 1..0x80, 0, 1..0x80, ..] | [1..0x80, 0, 1..0x80, 0, ..] => Some("UTF-16 without a byte order mark"),
        _ => None,
    }
}

fn decode_utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Result<String, SourceError> {
    let (pairs, rest) = bytes.as_chunks::<2>();
    if !rest.is_empty() {
        return Err(SourceError::NotUtf16);
    }
    char::decode_utf16(pairs.iter().map(|pair| unit(*pair)))
        .collect::<Result<String, _>>()
        .map_err(|_| SourceError::NotUtf16)
}
