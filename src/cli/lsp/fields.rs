//! What an editor shows of a field of the API.

use lsp_types::{MarkupContent, MarkupKind};

use crate::k8s::schema::{Field, Kind, Type, gate_of};

/// What a field takes, in a few words.
pub(super) fn kind(kind: Kind) -> String {
    match kind {
        Kind::Any => "anything".to_owned(),
        Kind::Bool => "true or false".to_owned(),
        Kind::Int32 | Kind::Int64 => "a number".to_owned(),
        Kind::IntOrString => "a number or a string".to_owned(),
        Kind::List(item) => format!("a list of {}", kind_of_many(*item)),
        Kind::Map(value) => format!("a map of {}", kind_of_many(*value)),
        Kind::Object(object) => object.name().to_owned(),
        Kind::Quantity => "an amount".to_owned(),
        Kind::String => "a string".to_owned(),
        Kind::Time => "an instant".to_owned(),
    }
}

fn kind_of_many(one: Kind) -> String {
    match one {
        Kind::String => "strings".to_owned(),
        Kind::Int32 | Kind::Int64 => "numbers".to_owned(),
        Kind::Quantity => "amounts".to_owned(),
        other => kind(other),
    }
}

/// A text in Markdown, as it is or for who does not read that.
pub(super) fn content(markdown: &str, is_read: bool) -> MarkupContent {
    match is_read {
        true => MarkupContent { kind: MarkupKind::Markdown, value: markdown.to_owned() },
        false => {
            let lines = markdown.lines().filter(|line| !line.starts_with("```"));
            let plain = lines.map(|line| line.replace("**", "")).collect::<Vec<_>>().join("\n");
            MarkupContent { kind: MarkupKind::PlainText, value: plain }
        }
    }
}

/// A field with what it takes, the versions that have it, and what Kubernetes says of it, in Markdown.
pub(super) fn markdown(owner: &Type, field: &Field) -> String {
    let said = owner.documentation(field.name);
    let mut head = format!("**{}**: {}", field.name, kind(field.kind));
    if said.is_some_and(|said| said.is_required) {
        head.push_str(", required");
    }
    let parts = [Some(head), versions(owner, field), said.map(|said| listed(&said.text()))];
    let parts: Vec<String> = parts.into_iter().flatten().filter(|part| !part.is_empty()).collect();
    parts.join("\n\n")
}

/// A list that was put on one line, as one.
fn listed(text: &str) -> String {
    text.replace("; - \"", "\n- \"")
}

/// The versions that have it, where not all do.
fn versions(owner: &Type, field: &Field) -> Option<String> {
    let mut said = Vec::new();
    said.extend(field.since().map(|since| format!("since Kubernetes {since}")));
    said.extend(field.until().map(|until| format!("up to Kubernetes {until}")));
    said.extend(gate_of(owner.name(), field.name).map(|gate| match gate.since() {
        Some(since) => format!("on by default since {since} (feature gate {})", gate.name()),
        None => format!("off unless the feature gate {} is on", gate.name()),
    }));
    (!said.is_empty()).then(|| said.join("; "))
}
