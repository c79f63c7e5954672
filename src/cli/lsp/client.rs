//! What the editor at the other end can do.

use lsp_types::{ClientCapabilities, InsertTextMode, MarkupKind, PositionEncodingKind};

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
    pub(super) fn of(capabilities: &ClientCapabilities) -> Self {
        let text = capabilities.text_document.as_ref();
        let workspace = capabilities.workspace.as_ref();
        let refreshes = workspace.and_then(|workspace| workspace.diagnostics.as_ref()?.refresh_support);
        Self {
            encoding: Encoding::of(capabilities),
            pulls: text.is_some_and(|text| text.diagnostic.is_some()) && refreshes == Some(true),
            shows_related: text
                .and_then(|text| text.publish_diagnostics.as_ref())
                .and_then(|publish| publish.diagnostics_capabilities.related_information)
                .unwrap_or(false),
            has_versions: workspace.and_then(|all| all.workspace_edit.as_ref()?.document_changes).unwrap_or(false),
            nests_symbols: text
                .and_then(|text| text.document_symbol.as_ref()?.hierarchical_document_symbol_support)
                .unwrap_or(false),
            watches: workspace
                .and_then(|all| all.did_change_watched_files.as_ref()?.dynamic_registration)
                .unwrap_or(false),
            hovers_markdown: text
                .and_then(|text| text.hover.as_ref()?.content_format.as_ref())
                .is_some_and(|formats| formats.contains(&MarkupKind::Markdown)),
            offers_markdown: text
                .and_then(|text| text.completion.as_ref()?.completion_item.as_ref()?.documentation_format.as_ref())
                .is_some_and(|formats| formats.contains(&MarkupKind::Markdown)),
            prepares_renames: text.and_then(|text| text.rename.as_ref()?.prepare_support).unwrap_or(false),
            has_settings: workspace.and_then(|all| all.configuration).unwrap_or(false),
            registers_settings: workspace
                .and_then(|all| all.did_change_configuration.as_ref()?.dynamic_registration)
                .unwrap_or(false),
            keeps_indentation: text
                .and_then(|text| text.completion.as_ref()?.completion_item.as_ref()?.insert_text_mode_support.as_ref())
                .is_some_and(|modes| modes.value_set.contains(&InsertTextMode::AsIs)),
        }
    }
}

impl Encoding {
    /// Bytes where the client counts them too: no text has to be looked at for its columns.
    fn of(capabilities: &ClientCapabilities) -> Self {
        let offered = capabilities.general.as_ref().and_then(|general| general.position_encodings.as_ref());
        let takes = |kind: &PositionEncodingKind| offered.is_some_and(|offered| offered.contains(kind));
        if takes(&PositionEncodingKind::UTF8) {
            Self::Utf8
        } else if takes(&PositionEncodingKind::UTF32) {
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
