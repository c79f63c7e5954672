//! The fields that an object can have beside those that it has.

use lsp_types::{CompletionItemKind, Documentation};

use super::Offer;
use super::typed::{Key, Typed, What};
use crate::cli::lsp::client::Client;
use crate::cli::lsp::fields::{content, kind, markdown};
use crate::k8s::Version;
use crate::k8s::schema::{Field, Kind, Type};
use crate::sort;

/// Fields that every object has and nobody writes.
const UNWRITTEN: [&str; 1] = ["status"];

/// Those that an object must have come first.
pub(super) fn of(typed: &Typed<'_>, version: Version, client: Client) -> Vec<Offer> {
    let What::Key(key) = typed.what else { return Vec::new() };
    let found = typed.spot().and_then(|spot| Some((spot.mapping, spot.owner?)));
    let Some((mapping, owner)) = found.or_else(|| typed.top()) else { return Vec::new() };
    let is_there = |field: &Field| mapping.get(field.name).is_some();
    let mut fields: Vec<(bool, &Field)> = owner
        .fields(version)
        .filter(|field| !is_there(field) && !UNWRITTEN.contains(&field.name))
        .map(|field| (owner.documentation(field.name).is_some_and(|said| said.is_required), field))
        .collect();
    sort::by_key(&mut fields, |(is_required, _)| !is_required);
    fields.into_iter().map(|(is_required, field)| offer(owner, field, is_required, key, client)).collect()
}

fn offer(owner: &Type, field: &Field, is_required: bool, key: Key<'_>, client: Client) -> Offer {
    let quote = if key.is_json || key.written.starts_with('"') { "\"" } else { "" };
    let mut text = format!("{quote}{}{quote}", field.name);
    if !key.has_colon {
        let indent = " ".repeat(key.column + 2);
        text.push_str(&match field.kind {
            Kind::Object(_) | Kind::Map(_) if !key.is_flow && client.keeps_indentation => format!(":\n{indent}"),
            Kind::List(_) if !key.is_flow && client.keeps_indentation => format!(":\n{indent}- "),
            Kind::Object(_) | Kind::Map(_) | Kind::List(_) if !key.is_flow => ":".to_owned(),
            _ => ": ".to_owned(),
        });
    }
    let takes = kind(field.kind);
    Offer {
        label: field.name.to_owned(),
        detail: Some(if is_required { format!("{takes}, required") } else { takes }),
        documentation: Some(match content(&markdown(owner, field), client.offers_markdown) {
            content if client.offers_markdown => Documentation::MarkupContent(content),
            plain => Documentation::String(plain.value),
        }),
        kind: CompletionItemKind::Field,
        text,
        filter: Some(format!("{quote}{}", field.name)),
    }
}
