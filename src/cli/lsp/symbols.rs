//! The Jobs and CronJobs of a text, for the editor's outline.

use lsp_types::{DocumentSymbol, Range, SymbolKind};

use super::checked::Checked;
use super::client::Client;
use super::document::{Document, Places};
use crate::analysis::identity;

pub(super) fn of(document: &Document, checked: &Checked, client: Client) -> Vec<DocumentSymbol> {
    let places = Places::new(document.source.text(), client.encoding);
    let symbols = checked.analysis.manifests().map(|manifest| {
        let range = places.range(manifest.root.span());
        let object = identity(manifest);
        // Editors refuse an outline with an empty name.
        let name = object.name.filter(|name| !name.trim().is_empty());
        let name = name.unwrap_or_else(|| "without a name".to_owned());
        let start = Range { start: range.start, end: range.start };
        DocumentSymbol::new(name, object.kind, SymbolKind::Object, None, None, range, start, None)
    });
    symbols.collect()
}
