//! What the server offers.

use lsp_types::{
    CodeActionKind, CodeActionOptions, CodeActionProvider, CompletionOptions, DiagnosticOptions, DiagnosticProvider,
    DocumentSymbolProvider, HoverProvider, InlayHintProvider, Save, ServerCapabilities, TextDocumentSync,
    TextDocumentSyncKind, TextDocumentSyncOptions,
};

use super::actions::FIX_ALL;
use super::client::Client;

/// What is of use to this editor.
pub(super) fn of(client: Client) -> ServerCapabilities {
    let sync = TextDocumentSyncOptions {
        open_close: Some(true),
        change: Some(TextDocumentSyncKind::Incremental),
        save: Some(Save::Bool(true)),
        ..TextDocumentSyncOptions::default()
    };
    let kinds = vec![CodeActionKind::QuickFix, CodeActionKind::Custom(FIX_ALL.into())];
    let code_actions = CodeActionOptions { code_action_kinds: Some(kinds), ..CodeActionOptions::default() };
    let diagnostics = DiagnosticOptions { identifier: Some("batchlint".to_owned()), ..DiagnosticOptions::default() };
    let triggers = [":", " ", "\"", "'", "/"].map(str::to_owned).to_vec();
    ServerCapabilities {
        position_encoding: Some(client.encoding.kind()),
        text_document_sync: Some(TextDocumentSync::Options(sync)),
        diagnostic_provider: client.pulls.then_some(DiagnosticProvider::DiagnosticOptions(diagnostics)),
        code_action_provider: Some(CodeActionProvider::CodeActionOptions(code_actions)),
        hover_provider: Some(HoverProvider::Bool(true)),
        inlay_hint_provider: Some(InlayHintProvider::Bool(true)),
        document_symbol_provider: client.nests_symbols.then_some(DocumentSymbolProvider::Bool(true)),
        completion_provider: Some(CompletionOptions {
            trigger_characters: Some(triggers),
            ..CompletionOptions::default()
        }),
        ..ServerCapabilities::default()
    }
}
