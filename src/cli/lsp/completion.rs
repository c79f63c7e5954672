//! What an editor offers to write, however much of the text is there yet: the fields that belong where something is
//! typed, and behind a key the values that it takes, or the names that there are.

mod fields;
mod keys;
mod names;
mod typed;
mod values;

use lsp_types::{CompletionItem, CompletionItemKind, CompletionItemTextEdit, Documentation, Position, TextEdit, Uri};

use super::client::Client;
use super::document::Places;
use super::texts::Texts;
use typed::{Typed, What};

/// What can be chosen.
struct Offer {
    label: String,
    detail: Option<String>,
    documentation: Option<Documentation>,
    kind: CompletionItemKind,
    /// What takes the place of what is typed.
    text: String,
    /// What is typed is compared with this.
    filter: Option<String>,
}

/// What may stand at a position.
pub(super) fn of(texts: &mut Texts<'_>, uri: &Uri, position: Position, client: Client) -> Vec<CompletionItem> {
    let Some((source, config)) = texts.configured(uri) else { return Vec::new() };
    let places = Places::new(source.text(), client.encoding);
    let byte = places.byte(position);
    let Some(typed) = Typed::at(source.text(), byte, config.settings()) else { return Vec::new() };
    let offers = match typed.what {
        What::Key(_) => fields::of(&typed, config.settings().kubernetes, client),
        What::Value(written) => match typed.named(written.key) {
            Some(of) => names::of(&typed, written, of, (texts, uri)),
            None => keys::of(&typed, written, (texts, uri)).unwrap_or_else(|| values::of(&typed)),
        },
    };
    // What is typed gives way to the whole of what is chosen.
    let range = lsp_types::Range { start: places.position(typed.start), end: position };
    let item = |(index, offer): (usize, Offer)| CompletionItem {
        filter_text: offer.filter,
        label: offer.label,
        detail: offer.detail,
        documentation: offer.documentation,
        kind: Some(offer.kind),
        sort_text: Some(format!("{index:04}")),
        insert_text_mode: client.keeps_indentation.then_some(lsp_types::InsertTextMode::AsIs),
        text_edit: Some(CompletionItemTextEdit::TextEdit(TextEdit { range, new_text: offer.text })),
        ..CompletionItem::default()
    };
    offers.into_iter().enumerate().map(item).collect()
}
