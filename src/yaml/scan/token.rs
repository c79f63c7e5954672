//! Tokens: what the scanner makes of a text.

use super::super::tape::EventKind;

/// What a token is. The names are YAML's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::yaml) enum TokenKind {
    StreamEnd,
    VersionDirective,
    TagDirective,
    DocumentStart,
    DocumentEnd,
    BlockSequenceStart,
    BlockMappingStart,
    BlockEnd,
    FlowSequenceStart,
    FlowMappingStart,
    FlowSequenceEnd,
    FlowMappingEnd,
    BlockEntry,
    FlowEntry,
    Key,
    Value,
    Alias,
    Anchor,
    Tag,
    Scalar,
}

#[derive(Debug, Clone, Copy)]
pub(in crate::yaml) struct Token {
    pub(in crate::yaml) kind: TokenKind,
    /// Of a scalar: how it is written.
    pub(in crate::yaml) style: EventKind,
    /// Of a scalar: the event's flags.
    pub(in crate::yaml) flags: u8,
    /// The level of the possible key that starts here, counted from 1; 0 for none.
    pub(super) level: u32,
    pub(in crate::yaml) start: usize,
    pub(in crate::yaml) end: usize,
    /// Of a block scalar: its indentation. Of a tag or a directive: its index.
    pub(in crate::yaml) link: u32,
}

impl Token {
    pub(super) fn new(kind: TokenKind, start: usize, end: usize) -> Self {
        Self { kind, style: EventKind::Plain, flags: 0, level: 0, start, end, link: 0 }
    }
}
