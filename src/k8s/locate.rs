//! From bytes to a field: the path of what stands at a place.

use crate::k8s::schema::{Kind, Type};
use crate::text::Span;
use crate::yaml::Value;

/// Kubernetes' path, within `root`, of the innermost key or value that covers `span`; empty for the object itself.
pub(super) fn path_to(root: Value<'_>, root_type: Option<&'static Type>, span: Span) -> String {
    let mut path = String::new();
    let mut at = Some((root, root_type.map(Kind::Object)));
    while let Some((value, kind)) = at {
        at = step(value, kind, span, &mut path);
    }
    path
}

/// Goes one level down, to the child that covers `span`, and adds that step to `path`.
fn step<'a>(value: Value<'a>, kind: Option<Kind>, span: Span, path: &mut String) -> Option<(Value<'a>, Option<Kind>)> {
    let covers = |place: Span| place.contains(span);
    if let Some(entry) = value.entries().find(|entry| covers(entry.key_span) || covers(entry.value.span())) {
        let below = push_key(entry.key, kind, path);
        return (!covers(entry.key_span)).then_some((entry.value, below));
    }
    let (index, item) = value.items().enumerate().find(|(_, item)| covers(item.span()))?;
    path.push_str(&format!("[{index}]"));
    let below = if let Some(Kind::List(item)) = kind { Some(*item) } else { None };
    Some((item, below))
}

/// Adds a field (`.name`) or a key of a map (`[name]`); gives what the API has there.
fn push_key(key: &str, kind: Option<Kind>, path: &mut String) -> Option<Kind> {
    let (is_map, below) = match kind {
        Some(Kind::Map(value)) => (true, Some(*value)),
        Some(Kind::Object(object)) => (false, object.fields_named(key).last().map(|field| field.kind)),
        _ => (false, None),
    };
    if is_map {
        path.push_str(&format!("[{key}]"));
    } else {
        let dot = if path.is_empty() { "" } else { "." };
        path.push_str(&format!("{dot}{key}"));
    }
    below
}
