//! Names in manifests: where a thing is that is named, who names it, and another name for it everywhere.

use std::collections::BTreeMap;

use lsp_types::{
    DocumentChange, Edit as Change, Location, OptionalVersionedTextDocumentIdentifier, Position, Range,
    TextDocumentEdit, TextDocumentIdentifier, TextEdit, Uri, WorkspaceEdit,
};

use super::client::Client;
use super::document::{Places, is_plain};
use super::texts::Texts;
use super::uris::uri_of;
use crate::analysis::{Naming, names};
use crate::files::{self, Input, Size};
use crate::k8s::format::{dns_label, dns_subdomain};
use crate::text::Span;

/// A name in a text, without its quotes.
pub(super) struct Place {
    uri: Uri,
    version: Option<i32>,
    range: Range,
    is_given: bool,
    is_bare: bool,
}

impl Place {
    pub(super) fn location(self) -> Location {
        Location { uri: self.uri, range: self.range }
    }

    pub(super) const fn is_given(&self) -> bool {
        self.is_given
    }
}

/// The name at a position, without its quotes.
pub(super) fn at(texts: &mut Texts<'_>, uri: &Uri, position: Position, client: Client) -> Option<(Naming, Range)> {
    let (document, checked) = texts.checked(uri)?;
    let places = Places::new(document.source.text(), client.encoding);
    let byte = places.byte(position);
    let naming = names(&checked.analysis).into_iter().find(|naming| naming.span.touches(byte))?;
    let (inner, _) = bare(document.source.text(), &naming)?;
    Some((naming, places.range(inner)))
}

/// All places of the name at a position, those of other files as well where it is that of an object.
pub(super) fn places(texts: &mut Texts<'_>, uri: &Uri, position: Position, client: Client) -> Vec<Place> {
    // What is open is to be known as it is.
    texts.uris().collect::<Vec<_>>().into_iter().for_each(|uri| {
        texts.checked(&Uri(uri));
    });
    let Some((naming, _)) = at(texts, uri, position, client) else { return Vec::new() };
    let Some((document, checked)) = texts.checked(uri) else { return Vec::new() };
    let (text, version) = (document.source.text(), Some(document.version));
    let own = names(&checked.analysis).into_iter().filter(|other| other.means_as(&naming)).collect::<Vec<_>>();
    let mut found = in_text(text, &own, (uri.clone(), version), client);
    if naming.is_of_object() {
        let name = document.source.shared_name();
        for (file, namings) in texts.workspace.names_but(&name) {
            let meant: Vec<Naming> = namings.iter().filter(|other| other.means_as(&naming)).cloned().collect();
            if !meant.is_empty() {
                found.extend(in_file(texts, file, &meant, client));
            }
        }
    }
    found
}

fn in_file(texts: &Texts<'_>, file: &str, namings: &[Naming], client: Client) -> Vec<Place> {
    if let Some(open) = texts.of_file(file) {
        return in_text(open.source.text(), namings, (Uri(open.uri.to_string()), Some(open.version)), client);
    }
    match files::read(&Input::Found(file.into()), Size::default()) {
        Ok(source) => in_text(source.text(), namings, (Uri(uri_of(file)), None), client),
        Err(_) => Vec::new(),
    }
}

fn in_text(text: &str, namings: &[Naming], (uri, version): (Uri, Option<i32>), client: Client) -> Vec<Place> {
    let places = Places::new(text, client.encoding);
    let place = |naming: &Naming| {
        let (inner, is_bare) = bare(text, naming)?;
        Some(Place { uri: uri.clone(), version, range: places.range(inner), is_given: naming.is_given, is_bare })
    };
    namings.iter().filter_map(place).collect()
}

/// The bytes of a name without quotes, and whether it has none; nothing where the text is another one by now, or is not
/// written as it is read.
fn bare(text: &str, naming: &Naming) -> Option<(Span, bool)> {
    let written = text.get(naming.span.range())?;
    if written == &*naming.text {
        return Some((naming.span, true));
    }
    let is_quoted = written.len() == naming.text.len() + 2 && written.get(1..written.len() - 1) == Some(&*naming.text);
    is_quoted.then(|| (Span::new(naming.span.start + 1, naming.span.end - 1), false))
}

/// Why something cannot have a name, if it cannot.
pub(super) fn refusal(naming: &Naming, name: &str) -> Option<String> {
    let flaws = if naming.is_of_object() { dns_subdomain(name) } else { dns_label(name) };
    flaws.into_iter().next().map(|flaw| flaw.describe(name))
}

/// Gives another name at all places.
pub(super) fn rename(places: Vec<Place>, name: &str, client: Client) -> WorkspaceEdit {
    let mut edits: BTreeMap<(String, Option<i32>), Vec<TextEdit>> = BTreeMap::new();
    for Place { uri: Uri(uri), version, range, is_bare, .. } in places {
        let new_text = if is_bare && !is_plain(name) { format!("\"{name}\"") } else { name.to_owned() };
        edits.entry((uri, version)).or_default().push(TextEdit { range, new_text });
    }
    if !client.has_versions {
        let changes = edits.into_iter().map(|((uri, _), edits)| (Uri(uri), edits)).collect();
        return WorkspaceEdit { changes: Some(changes), ..WorkspaceEdit::default() };
    }
    let changes = edits.into_iter().map(|((uri, version), edits)| {
        let text_document = OptionalVersionedTextDocumentIdentifier {
            version,
            text_document_identifier: TextDocumentIdentifier { uri: Uri(uri) },
        };
        let edits = edits.into_iter().map(Change::TextEdit).collect();
        DocumentChange::TextDocumentEdit(TextDocumentEdit { text_document, edits })
    });
    WorkspaceEdit { document_changes: Some(changes.collect()), ..WorkspaceEdit::default() }
}
