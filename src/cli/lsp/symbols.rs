//! The Jobs and CronJobs of a text, for the editor's outline.

use lsp_types::{DocumentSymbol, Range, SymbolKind};

use super::checked::Checked;
use super::client::Client;
use super::document::{Document, Places};
use crate::analysis::{Subject, analyse};

pub(super) fn of(document: &Document, checked: &Checked, client: Client) -> Vec<DocumentSymbol> {
    let analysis = analyse(document.source.clone(), checked.config.settings());
    let places = Places::new(document.source.text(), client.encoding);
    let symbols = analysis.manifests().map(|manifest| {
        let range = places.range(manifest.root.span());
        let object = Subject::new(manifest, analysis.settings()).identity();
        let name = object.name.clone().unwrap_or_else(|| "without a name".to_owned());
        let start = Range { start: range.start, end: range.start };
        DocumentSymbol::new(name, object.kind.clone(), SymbolKind::Object, None, None, range, start, None)
    });
    symbols.collect()
}
