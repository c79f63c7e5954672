//! A value of another type than the field takes.

mod mend;

use std::fmt;

use super::super::Context;
use super::super::resources::is_counted;
use crate::diagnostic::Safety;
use crate::k8s::format::{Unit, nearest_quantity, quote};
use crate::k8s::schema::Kind;
use crate::k8s::{Path, Problem, Stage, Topic};
use crate::text::Message;
use crate::yaml::{Kind as Found, Number, Value};

pub(super) fn report(value: Value<'_>, kind: Kind, path: &Path<'_>, context: &mut Context) {
    if context.knows_types() {
        add(value, path, "", context);
        return;
    }
    let problem = add(value, path, format_args!("{}", Said { value, kind, path }), context);
    problem.takes_text = !matches!(kind, Kind::Any | Kind::Object(_) | Kind::Map(_) | Kind::List(_));
    if problem.is_unsaid() {
        return;
    }
    if let Some(help) = mend::help(value, kind, path) {
        problem.help(help);
    }
    if let Some(fix) = mend::fix(value, kind, path) {
        problem.fix(fix);
    }
}

fn add<'c>(
    value: Value<'_>,
    path: &Path<'_>,
    message: impl Into<Message>,
    context: &'c mut Context,
) -> &'c mut Problem {
    context.report_before_validation((Topic::WrongType, Stage::Decode), path, value.span(), message)
}

/// Reports an amount that Kubernetes cannot read.
pub(super) fn quantity(value: Value<'_>, path: &Path<'_>, context: &mut Context) {
    let text = value.as_str().unwrap_or(value.source());
    let message = format_args!("{} is not an amount such as `500m`, `2` or `1.5Gi`", quote(text));
    let problem = add(value, path, message, context);
    if problem.is_unsaid() {
        return;
    }
    if let Some(near) = nearest_quantity(text, unit(path)) {
        // `1gi` can only be `1Gi`, but `1K` may have been meant as `1Ki`.
        let certain = near.ends_with('i') && near.eq_ignore_ascii_case(text.trim());
        problem.did_you_mean(value, &near, if certain { Safety::Safe } else { Safety::Unsafe });
    } else if text.is_empty() {
        problem.help("an empty text is no amount: leave the field out, or write `0`");
    }
}

/// What the amount at a path is a number of: bytes, where its resource is not known for something else.
fn unit(path: &Path<'_>) -> Unit {
    match path {
        Path::Key(_, "cpu") => Unit::Cores,
        Path::Key(_, resource) if is_counted(resource) => Unit::Pieces,
        _ => Unit::Bytes,
    }
}

/// What is said of a value at a path that takes another kind.
struct Said<'v, 'p> {
    value: Value<'v>,
    kind: Kind,
    path: &'p Path<'p>,
}

impl fmt::Display for Said<'_, '_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { value, kind, path } = *self;
        match (kind, value.kind()) {
            (Kind::Int32 | Kind::IntOrString | Kind::Int64, Found::Number(number)) => {
                write!(out, "{} {}", quote(value.source()), number_problem(number, kind))
            }
            (Kind::Time, Found::String(text)) => {
                write!(out, "{} is not an instant such as `2026-01-31T12:00:00Z`", quote(text))
            }
            (_, found) => write!(out, "{} takes {}, not {}", path.subject(), takes(kind), Described(found, value)),
        }
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

/// What was found, as a message names it.
struct Described<'v>(Found<'v>, Value<'v>);

impl fmt::Display for Described<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self(found, value) = self;
        let source = value.source();
        match *found {
            Found::Null => out.write_str("nothing"),
            Found::Bool(bool) if source == if bool { "true" } else { "false" } => {
                write!(out, "the truth value {}", quote(source))
            }
            Found::Bool(bool) => write!(out, "{}, which YAML reads as {bool}", quote(source)),
            Found::Number(_) => write!(out, "the number {}", quote(source)),
            Found::String(text) => write!(out, "the text {}", quote(text)),
            Found::Sequence => out.write_str("a list"),
            Found::Mapping => out.write_str("a mapping"),
            Found::Unknown => out.write_str("what nobody knows"),
        }
    }
}
