//! What the editor at the other end can do.

use lsp_types::PositionEncodingKind;
use serde_json::Value;

/// How columns are counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Encoding {
    Utf8,
    Utf16,
    Utf32,
}

/// What matters of a client.
#[derive(Debug, Clone, Copy)]
pub(super) struct Client {
    pub(super) encoding: Encoding,
    /// Whether it asks for diagnostics, and asks again when it is told to; else they are sent to it.
    pub(super) pulls: bool,
    /// Whether it asks again for lenses, and for hints, when it is told to.
    pub(super) renews_lenses: bool,
    pub(super) renews_hints: bool,
    /// Whether it shows what explains a diagnostic.
    pub(super) shows_related: bool,
    /// Whether edits may name the version of the text that they are for.
    pub(super) has_versions: bool,
    /// Whether it nests symbols.
    pub(super) nests_symbols: bool,
    /// Whether it watches files where it is asked to.
    pub(super) watches: bool,
    /// Whether it shows Markdown where something is pointed at, and beside what is offered.
    pub(super) hovers_markdown: bool,
    pub(super) offers_markdown: bool,
    /// Whether it asks what is renamed before it is.
    pub(super) prepares_renames: bool,
    /// Whether it tells its settings to who asks, and that they changed to who asks to be told.
    pub(super) has_settings: bool,
    pub(super) registers_settings: bool,
    /// Whether it writes lines as they come, where it is asked to.
    pub(super) keeps_indentation: bool,
}

impl Client {
    /// Of what a client says of itself, what is asked here is looked up: read whole, it is two hundred types, and a third of
    /// a megabyte of this program.
    pub(super) fn of(capabilities: &Value) -> Self {
        let can = |what: &str| capabilities.pointer(what).and_then(Value::as_bool) == Some(true);
        let markdown = Value::from("markdown");
        Self {
            encoding: Encoding::of(capabilities),
            pulls: capabilities.pointer("/textDocument/diagnostic").is_some_and(Value::is_object)
                && can("/workspace/diagnostics/refreshSupport"),
            renews_lenses: can("/workspace/codeLens/refreshSupport"),
            renews_hints: can("/workspace/inlayHint/refreshSupport"),
            shows_related: can("/textDocument/publishDiagnostics/relatedInformation"),
            has_versions: can("/workspace/workspaceEdit/documentChanges"),
            nests_symbols: can("/textDocument/documentSymbol/hierarchicalDocumentSymbolSupport"),
            watches: can("/workspace/didChangeWatchedFiles/dynamicRegistration"),
            hovers_markdown: lists(capabilities, "/textDocument/hover/contentFormat", &markdown),
            offers_markdown: lists(
                capabilities,
                "/textDocument/completion/completionItem/documentationFormat",
                &markdown,
            ),
            prepares_renames: can("/textDocument/rename/prepareSupport"),
            has_settings: can("/workspace/configuration"),
            registers_settings: can("/workspace/didChangeConfiguration/dynamicRegistration"),
            keeps_indentation: lists(
                capabilities,
                "/textDocument/completion/completionItem/insertTextModeSupport/valueSet",
                &AS_IT_IS.into(),
            ),
        }
    }
}

/// `InsertTextMode.asIs`.
const AS_IT_IS: u32 = 1;

fn lists(capabilities: &Value, what: &str, item: &Value) -> bool {
    capabilities.pointer(what).and_then(Value::as_array).is_some_and(|items| items.contains(item))
}

impl Encoding {
    /// Bytes where the client counts them too: no text has to be looked at for its columns.
    fn of(capabilities: &Value) -> Self {
        let takes = |kind: &str| lists(capabilities, "/general/positionEncodings", &kind.into());
        if takes("utf-8") {
            Self::Utf8
        } else if takes("utf-32") {
            Self::Utf32
        } else {
            Self::Utf16
        }
    }

    /// How many columns a character has.
    pub(super) const fn width(self, char: char) -> usize {
        match self {
            Self::Utf8 => char.len_utf8(),
            Self::Utf16 => char.len_utf16(),
            Self::Utf32 => 1,
        }
    }

    pub(super) const fn kind(self) -> PositionEncodingKind {
        match self {
            Self::Utf8 => PositionEncodingKind::UTF8,
            Self::Utf16 => PositionEncodingKind::UTF16,
            Self::Utf32 => PositionEncodingKind::UTF32,
        }
    }
}
