//! What the editor asks for.

use lsp_server::ErrorCode;
use lsp_types::{
    CodeActionParams, CodeLens, CodeLensParams, CompletionParams, DefinitionParams, DocumentDiagnosticParams,
    DocumentSymbolParams, ExecuteCommandParams, FoldingRangeParams, HoverParams, InlayHintParams, MessageType,
    PrepareRenameParams, ReferenceParams, RenameParams, SelectionRangeParams, Uri,
};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::value::RawValue;
use serde_json::{Value, json};

use super::{Refusal, Server, text};
use crate::cli::lsp::commands::{self, EXPLAIN, Page, RUNS, SIMULATE};
use crate::cli::lsp::diagnostics::Full;
use crate::cli::lsp::names::{self, Place};
use crate::cli::lsp::{actions, completion, diagnostics, hints, hover, lenses, ranges, symbols};

impl Server<'_> {
    pub(super) fn result(&mut self, method: &str, params: Value) -> Result<Box<RawValue>, Refusal> {
        if self.is_over {
            return Err((ErrorCode::InvalidRequest, "the end was announced".to_owned()));
        }
        let (client, wishes) = (self.client, &self.wishes);
        let texts = &mut self.texts;
        match method {
            "textDocument/diagnostic" => {
                let params: DocumentDiagnosticParams = read(params)?;
                let items = texts.checked(&params.text_document.uri).map_or_else(Vec::new, |(document, checked)| {
                    diagnostics::of(document, &checked.report.findings, client)
                });
                let result = diagnostics::result(&items);
                Ok(match params.previous_result_id.as_ref() == Some(&result) {
                    true => text(&json!({"kind": "unchanged", "resultId": result})),
                    false => text(&Full::of(&result, &items)),
                })
            }
            "textDocument/codeAction" => with(params, |params: CodeActionParams| {
                let (document, checked) = texts.checked(&params.text_document.uri)?;
                Some(actions::of(document, checked, &params, (client, wishes.has_panels)))
            }),
            "textDocument/hover" => with(params, |params: HoverParams| {
                let at = params.text_document_position_params;
                let (document, checked) = texts.checked(&at.text_document.uri)?;
                hover::of(document, checked, at.position, client)
            }),
            "textDocument/inlayHint" => with(params, |params: InlayHintParams| {
                let (document, checked) = texts.checked(&params.text_document.uri)?;
                Some(hints::of(document, checked, params.range, (client, wishes)))
            }),
            "textDocument/codeLens" => with(params, |params: CodeLensParams| {
                let (document, checked) = texts.checked(&params.text_document.uri)?;
                wishes.lenses.then(|| lenses::of(document, checked, client))
            }),
            "codeLens/resolve" => with(params, |lens: CodeLens| Some(lenses::resolved(lens, texts))),
            "textDocument/foldingRange" => with(params, |params: FoldingRangeParams| {
                let (document, checked) = texts.checked(&params.text_document.uri)?;
                Some(ranges::folding(document, checked, client))
            }),
            "textDocument/selectionRange" => with(params, |params: SelectionRangeParams| {
                let (document, checked) = texts.checked(&params.text_document.uri)?;
                Some(ranges::selection(document, checked, &params.positions, client))
            }),
            "textDocument/documentSymbol" => with(params, |params: DocumentSymbolParams| {
                let (document, checked) = texts.checked(&params.text_document.uri)?;
                Some(symbols::of(document, checked, client))
            }),
            "textDocument/completion" => with(params, |params: CompletionParams| {
                let at = params.text_document_position_params;
                Some(completion::of(texts, &at.text_document.uri, at.position, client))
            }),
            "workspace/executeCommand" => self.execute(params),
            "shutdown" => {
                self.is_over = true;
                self.end_polls();
                Ok(text(&Value::Null))
            }
            _ => self.of_names(method, params),
        }
    }

    fn of_names(&mut self, method: &str, params: Value) -> Result<Box<RawValue>, Refusal> {
        let (texts, client) = (&mut self.texts, self.client);
        match method {
            "textDocument/definition" => with(params, |params: DefinitionParams| {
                let at = params.text_document_position_params;
                let places = names::places(texts, &at.text_document.uri, at.position, client);
                let given = places.into_iter().filter(Place::is_given).map(Place::location);
                Some(given.collect::<Vec<_>>())
            }),
            "textDocument/references" => with(params, |params: ReferenceParams| {
                let (at, with_given) = (params.text_document_position_params, params.context.include_declaration);
                let places = names::places(texts, &at.text_document.uri, at.position, client);
                let wanted = places.into_iter().filter(|place| with_given || !place.is_given());
                Some(wanted.map(Place::location).collect::<Vec<_>>())
            }),
            "textDocument/prepareRename" => with(params, |params: PrepareRenameParams| {
                let at = params.text_document_position_params;
                names::at(texts, &at.text_document.uri, at.position, client).map(|(_, range)| range)
            }),
            "textDocument/rename" => {
                let params: RenameParams = read(params)?;
                let (at, name) = (params.text_document_position_params, params.new_name);
                let uri = at.text_document.uri;
                let naming = names::at(texts, &uri, at.position, client).map(|(naming, _)| naming);
                let Some(naming) = naming else {
                    return Err((ErrorCode::InvalidRequest, "no name that manifests refer to stands here".to_owned()));
                };
                if let Some(why) = names::refusal(&naming, &name) {
                    return Err((ErrorCode::InvalidParams, why));
                }
                let places = names::places(texts, &uri, at.position, client);
                Ok(text(&names::rename(places, &name, client)))
            }
            _ => Err((ErrorCode::MethodNotFound, format!("{method} is not offered"))),
        }
    }

    /// Makes a page, and shows it to who has no place for pages.
    fn execute(&mut self, params: Value) -> Result<Box<RawValue>, Refusal> {
        let ExecuteCommandParams { command, arguments, .. } = read(params)?;
        let argument = arguments.iter().flatten().next().and_then(Value::as_str).unwrap_or_default();
        let mut made = |make: fn(&_) -> Option<Page>| {
            let (_, checked) = self.texts.checked(&Uri(argument.to_owned()))?;
            make(checked)
        };
        let page = match command.as_str() {
            RUNS => made(commands::runs),
            SIMULATE => made(commands::simulate),
            EXPLAIN => commands::explain(argument),
            _ => return Err((ErrorCode::InvalidParams, format!("no command is called {command}"))),
        };
        let page = page.ok_or_else(|| (ErrorCode::InvalidParams, format!("there is nothing to show of {argument}")))?;
        if !self.wishes.has_panels {
            self.show(MessageType::Info, page.text.clone());
        }
        Ok(text(&page))
    }
}

fn read<P: DeserializeOwned>(params: Value) -> Result<P, Refusal> {
    serde_json::from_value(params).map_err(|error| (ErrorCode::InvalidParams, error.to_string()))
}

fn with<P: DeserializeOwned, R: Serialize>(
    params: Value,
    work: impl FnOnce(P) -> Option<R>,
) -> Result<Box<RawValue>, Refusal> {
    Ok(text(&work(read(params)?)))
}
