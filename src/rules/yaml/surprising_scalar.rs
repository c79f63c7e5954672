//! `surprising-scalar`

use crate::analysis::Subject;
use crate::diagnostic::Fix;
use crate::k8s::schema::{self, Kind as Type};
use crate::k8s::{Manifest, Resource, Version};
use crate::rule::{Check, Findings, Rule, Seen, page};
use crate::yaml::{Entry, Kind, New, Number, Style, Value};

pub(crate) static RULE: Rule = Rule::new(page!("yaml/surprising-scalar"), Check::Manifest(check));

fn check(object: &Subject<'_>, findings: &mut Findings<'_>) {
    let manifest = object.manifest;
    let mut open = Vec::with_capacity(16);
    open.push(manifest.root);
    let mut seen = Seen::new();
    while let Some(value) = open.pop() {
        if !seen.insert(value) {
            continue;
        }
        if value.is_sequence() {
            open.extend(value.items().filter(is_collection));
            continue;
        }
        for entry in value.entries() {
            let is_collection = is_collection(&entry.value);
            if read_otherwise(entry, manifest).is_some() || !is_collection && is_octal(entry.value) {
                return report(object, findings);
            }
            if is_collection {
                open.push(entry.value);
            }
        }
    }
}

fn is_collection(value: &Value<'_>) -> bool {
    value.is_mapping() || value.is_sequence()
}

/// The keys where the API takes keys, and the octal numbers where it takes a number that is no file mode.
fn report(object: &Subject<'_>, findings: &mut Findings<'_>) {
    let (manifest, version) = (object.manifest, object.settings.kubernetes);
    let root = manifest.resource.map(Resource::kind).and_then(schema::type_named).map(Type::Object);
    let mut open = vec![(manifest.root, root)];
    let mut seen = Seen::new();
    while let Some((value, kind)) = open.pop() {
        if !seen.insert(value) {
            continue;
        }
        // A mapping in the place of a text is another fault, and quotes around its key would not mend it.
        let takes_keys = matches!(kind, None | Some(Type::Object(_) | Type::Map(_) | Type::Any));
        for entry in value.entries() {
            if let Some(written) = read_otherwise(entry, manifest).filter(|_| takes_keys) {
                key(value, entry, written, findings);
            }
            let kind = below(kind, Some(entry.key), version);
            if is_octal(entry.value)
                && matches!(kind, Some(Type::Int32 | Type::Int64 | Type::IntOrString | Type::Quantity))
                && !matches!(entry.key, "mode" | "defaultMode")
            {
                octal(entry.value, findings);
            }
            open.push((entry.value, kind));
        }
        open.extend(value.items().map(|item| (item, below(kind, None, version))));
    }
}

/// What the API takes for a field or key of this object, or for an item of this list.
fn below(kind: Option<Type>, key: Option<&str>, version: Version) -> Option<Type> {
    match (kind?, key) {
        (Type::Object(object), Some(name)) => Some(object.field(name, version)?.kind),
        (Type::Map(value), Some(_)) => Some(*value),
        (Type::List(item), None) => Some(*item),
        _ => None,
    }
}

/// What is written for a key that is no string.
fn read_otherwise<'a>(entry: Entry<'a>, manifest: Manifest<'a>) -> Option<&'a str> {
    let written = manifest.document.slice(entry.key_span);
    let is_string = std::ptr::eq(written, entry.key)
        || written == entry.key
        || written.starts_with(['"', '\'', '*', '?', '&', '!', '|', '>']);
    (!is_string).then_some(written)
}

/// A key that is no string, such as `on:`, becomes the text of what YAML reads there.
fn key(owner: Value<'_>, entry: Entry<'_>, written: &str, findings: &mut Findings<'_>) {
    findings
        .report(entry.key_span, format!("Kubernetes reads the key `{written}` as `{}`", entry.key))
        .help(format!("quote it: \"{written}\""))
        .fix(Fix::safe("put the key in quotes", owner.rename(entry, written)));
}

/// Whether a value is written as a number with a leading zero, and not one of zeros only.
fn is_octal(value: Value<'_>) -> bool {
    let written = value.source();
    if !matches!(written.as_bytes().first(), Some(b'0' | b'+' | b'-')) || value.style() != Style::Plain {
        return false;
    }
    let digits = written.trim_start_matches(['+', '-']);
    digits.starts_with('0')
        && digits.bytes().all(|byte| byte.is_ascii_digit())
        && digits.bytes().any(|byte| byte != b'0')
}

/// A number that a leading zero makes octal; only file modes are meant so.
fn octal(value: Value<'_>, findings: &mut Findings<'_>) {
    let Kind::Number(Number::Int(number)) = value.kind() else { return };
    if number.abs() < 8 {
        return;
    }
    let written = value.source();
    let digits = written.trim_start_matches(['+', '-']);
    findings
        .report(value.span(), format!("a leading zero makes it octal: Kubernetes reads `{written}` as {number}"))
        .help(format!(
            "write {number} if that is meant, else {}",
            written.replacen(digits, digits.trim_start_matches('0'), 1)
        ))
        .fix(Fix::safe(format!("write {number}, as Kubernetes reads it"), value.set(New::Plain(&number.to_string()))));
}
