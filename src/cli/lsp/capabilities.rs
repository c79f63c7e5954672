//! What the server offers.

use lsp_types::{
    ChangeNotifications, CodeActionKind, CodeActionOptions, CodeActionProvider, CodeLensOptions, CompletionOptions,
    DefinitionProvider, DiagnosticOptions, DiagnosticProvider, DocumentSymbolProvider, ExecuteCommandOptions,
    FoldingRangeProvider, HoverProvider, InlayHintProvider, ReferencesProvider, RenameOptions, RenameProvider, Save,
    SelectionRangeProvider, ServerCapabilities, TextDocumentSync, TextDocumentSyncKind, TextDocumentSyncOptions,
    WorkspaceFoldersServerCapabilities, WorkspaceOptions,
};

use super::actions::FIX_ALL;
use super::client::Client;
use super::commands;
use super::wishes::Wishes;

/// What is of use to this editor and wanted by it; `has_workspace`: with folders.
pub(super) fn of(client: Client, wishes: &Wishes, has_workspace: bool) -> ServerCapabilities {
    let sync = TextDocumentSyncOptions {
        open_close: Some(true),
        change: Some(TextDocumentSyncKind::Incremental),
        save: Some(Save::Bool(true)),
        ..TextDocumentSyncOptions::default()
    };
    let kinds = vec![CodeActionKind::QuickFix, CodeActionKind::Custom(FIX_ALL.into())];
    let code_actions = CodeActionOptions { code_action_kinds: Some(kinds), ..CodeActionOptions::default() };
    let diagnostics = DiagnosticOptions {
        identifier: Some("batchlint".to_owned()),
        inter_file_dependencies: has_workspace,
        workspace_diagnostics: has_workspace,
        ..DiagnosticOptions::default()
    };
    let folders = WorkspaceFoldersServerCapabilities {
        supported: Some(true),
        change_notifications: Some(ChangeNotifications::Bool(true)),
    };
    let commands = commands::ALL.map(str::to_owned).to_vec();
    let renames = RenameOptions { prepare_provider: Some(true), ..RenameOptions::default() };
    let triggers = [":", " ", "\"", "'", "/"].map(str::to_owned).to_vec();
    ServerCapabilities {
        position_encoding: Some(client.encoding.kind()),
        text_document_sync: Some(TextDocumentSync::Options(sync)),
        diagnostic_provider: client.pulls.then_some(DiagnosticProvider::DiagnosticOptions(diagnostics)),
        code_action_provider: Some(CodeActionProvider::CodeActionOptions(code_actions)),
        hover_provider: Some(HoverProvider::Bool(true)),
        definition_provider: Some(DefinitionProvider::Bool(true)),
        references_provider: Some(ReferencesProvider::Bool(true)),
        rename_provider: Some(match client.prepares_renames {
            true => RenameProvider::RenameOptions(renames),
            false => RenameProvider::Bool(true),
        }),
        code_lens_provider: Some(CodeLensOptions { resolve_provider: Some(true), ..CodeLensOptions::default() }),
        // An editor that is offered these gives up its own.
        folding_range_provider: wishes.ranges.then_some(FoldingRangeProvider::Bool(true)),
        selection_range_provider: wishes.ranges.then_some(SelectionRangeProvider::Bool(true)),
        execute_command_provider: Some(ExecuteCommandOptions { commands, ..ExecuteCommandOptions::default() }),
        inlay_hint_provider: Some(InlayHintProvider::Bool(true)),
        document_symbol_provider: client.nests_symbols.then_some(DocumentSymbolProvider::Bool(true)),
        completion_provider: Some(CompletionOptions {
            trigger_characters: Some(triggers),
            ..CompletionOptions::default()
        }),
        workspace: Some(WorkspaceOptions { workspace_folders: Some(folders), ..WorkspaceOptions::default() }),
        ..ServerCapabilities::default()
    }
}
