//! A value of another type than the field takes.

use super::super::Context;
use crate::diagnostic::{Fix, Safety};
use crate::k8s::format::{nearest_quantity, quote};
use crate::k8s::schema::Kind;
use crate::k8s::{Path, Problem, Stage, Topic};
use crate::yaml::{Kind as Found, New, Number, Style, Value};

pub(super) fn report(value: Value<'_>, kind: Kind, path: &Path<'_>, context: &mut Context) {
    let message = message(value, kind, path);
    let problem = add(value, path, message, context);
    if let Some(help) = help(value, kind) {
        problem.help(help);
    }
    if is_bare_text(value, kind) {
        problem.fix(Fix::safe(format!("write \"{}\"", value.source()), value.set(New::String(value.source()))));
    } else if let Some(text) = replacement(value, kind) {
        problem.fix(Fix::safe(format!("write {text}"), value.set(New::Plain(&text))));
    }
}

fn add<'c>(value: Value<'_>, path: &Path<'_>, message: String, context: &'c mut Context) -> &'c mut Problem {
    context.add(Problem::before_validation(Topic::WrongType, Stage::Decode, path, value.span(), message))
}

/// Reports an amount that Kubernetes cannot read.
pub(super) fn quantity(value: Value<'_>, path: &Path<'_>, context: &mut Context) {
    let text = value.as_str().unwrap_or(value.source());
    let message = format!("{} is not an amount such as `500m`, `2` or `1.5Gi`", quote(text));
    let problem = add(value, path, message, context);
    if let Some(near) = nearest_quantity(text) {
        // `1gi` can only be `1Gi`, but `1K` may have been meant as `1Ki`.
        let certain = near.ends_with('i') && near.eq_ignore_ascii_case(text.trim());
        problem.did_you_mean(value, &near, if certain { Safety::Safe } else { Safety::Unsafe });
    } else if text.is_empty() {
        problem.help("an empty text is no amount: leave the field out, or write `0`");
    }
}

fn message(value: Value<'_>, kind: Kind, path: &Path<'_>) -> String {
    let (subject, takes) = (path.subject(), takes(kind));
    match (kind, value.kind()) {
        (Kind::Int32 | Kind::IntOrString | Kind::Int64, Found::Number(number)) => {
            format!("{} {}", quote(value.source()), number_problem(number, kind))
        }
        (Kind::Time, Found::String(text)) => {
            format!("{} is not an instant such as `2026-01-31T12:00:00Z`", quote(text))
        }
        (_, found) => format!("{subject} takes {takes}, not {}", describe(found, value)),
    }
}

fn number_problem(number: Number<'_>, kind: Kind) -> &'static str {
    let whole = match number {
        Number::Int(_) | Number::Uint(_) => true,
        Number::Float(float) => float.fract() == 0.0,
        Number::Json(text) => text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-'),
    };
    match (whole, kind) {
        (false, _) => "is not a whole number",
        (true, Kind::Int64) => "does not fit a whole number of 64 bits",
        (true, _) => "does not fit a whole number of 32 bits, at most 2147483647",
    }
}

fn takes(kind: Kind) -> &'static str {
    match kind {
        Kind::Any | Kind::Object(_) | Kind::Map(_) => "a mapping",
        Kind::Bool => "`true` or `false`",
        Kind::Int32 | Kind::Int64 => "a whole number",
        Kind::IntOrString => "a whole number or a text",
        Kind::List(_) => "a list",
        Kind::Quantity => "an amount",
        Kind::String => "a text",
        Kind::Time => "an instant",
    }
}

fn describe(found: Found<'_>, value: Value<'_>) -> String {
    let source = quote(value.source());
    match found {
        Found::Null => "nothing".to_owned(),
        Found::Bool(bool) if value.source() == if bool { "true" } else { "false" } => {
            format!("the truth value {source}")
        }
        Found::Bool(bool) => format!("{source}, which YAML reads as {bool}"),
        Found::Number(_) => format!("the number {source}"),
        Found::String(text) => format!("the text {}", quote(text)),
        Found::Sequence => "a list".to_owned(),
        Found::Mapping => "a mapping".to_owned(),
    }
}

fn help(value: Value<'_>, kind: Kind) -> Option<String> {
    match (kind, value.kind()) {
        (Kind::String, Found::Bool(_) | Found::Number(_)) => Some(format!("quote it: \"{}\"", value.source())),
        (Kind::List(Kind::Object(of)), Found::Mapping) if of.name() == "EnvVar" => {
            let name = value.entries().next().map_or("NAME", |entry| entry.key);
            Some(format!("write each variable as an item: `- name: {name}`, and `value:` below the name"))
        }
        (Kind::List(_), Found::Mapping) => Some("start every item with `- `".to_owned()),
        (Kind::List(Kind::String), Found::String(text)) => Some(format!("write a list, such as [{text:?}]")),
        (Kind::Object(_) | Kind::Map(_), Found::Sequence) => Some("leave out the `- `: there is only one".to_owned()),
        (Kind::Map(Kind::String), _) => Some("write `key: value` pairs".to_owned()),
        _ => None,
    }
}

/// Whether a text is meant that only lacks its quotes.
fn is_bare_text(value: Value<'_>, kind: Kind) -> bool {
    kind == Kind::String && matches!(value.kind(), Found::Bool(_) | Found::Number(_)) && value.style() == Style::Plain
}

/// The one value of the right type, and no text, that can be meant.
fn replacement(value: Value<'_>, kind: Kind) -> Option<String> {
    match (kind, value.kind()) {
        (Kind::Int32 | Kind::Int64, Found::String(text)) => {
            let number: i64 = text.trim().parse().ok()?;
            (kind == Kind::Int64 || i32::try_from(number).is_ok()).then(|| number.to_string())
        }
        (Kind::Bool, Found::String(text)) => match text.trim().to_ascii_lowercase().as_str() {
            "true" | "yes" | "on" | "y" => Some("true".to_owned()),
            "false" | "no" | "off" | "n" => Some("false".to_owned()),
            _ => None,
        },
        (Kind::Bool, Found::Number(Number::Int(number @ (0 | 1)))) => Some((number == 1).to_string()),
        _ => None,
    }
}
