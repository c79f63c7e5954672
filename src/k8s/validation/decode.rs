//! The stages `decode` and `strict`: whether the document's values fit the API's types, and whether it has the fields.
//!
//! k8s.io/apimachinery/pkg/runtime/serializer/json/json.go, Decode, unmarshal, as of v1.37.

mod dropped_field;
mod unknown_field;
mod wrong_type;

use std::fmt;

use super::Context;
use crate::diagnostic::Safety;
use crate::k8s::index::fits;
use crate::k8s::objects::Node;
use crate::k8s::schema::{Kind, Type};
use crate::k8s::{Locator, Path, Stage, Topic, is_directive};
use crate::text::Span;
use crate::yaml::{Entry, Kind as Found, RepeatedKey, Value};
use unknown_field::Claims;

/// Reports every value of a wrong type and every unknown field.
pub(super) fn decode(node: Node<'_>, of: &'static Type, context: &mut Context) {
    let root = node.value;
    if node.index.is_some_and(|index| index.is_right(root, context.version())) {
        return;
    }
    let mut decoder = Decoder { root, of, context, open: Vec::new(), claims: Claims::default() };
    object(root, of, &Path::Root, &mut decoder);
    for problem in decoder.context.problems_mut() {
        // Two that belong in one place: a person has to choose.
        if problem.aside().meant.as_ref().is_some_and(|meant| decoder.claims.is_contested(meant)) {
            problem.aside_mut().fixes.iter_mut().for_each(|fix| fix.safety = Safety::Unsafe);
        }
    }
}

pub(super) struct Decoder<'a, 'c> {
    root: Value<'a>,
    of: &'static Type,
    context: &'c mut Context,
    /// The objects that are being read: the root, one in it, and so on.
    open: Vec<Value<'a>>,
    claims: Claims,
}

/// As deep as the API's types nest: the input has no say in it.
fn object<'a>(value: Value<'a>, of: &'static Type, path: &Path<'_>, decoder: &mut Decoder<'a, '_>) {
    decoder.open.push(value);
    let before = decoder.context.count();
    for entry in value.entries() {
        let path = path.field(entry.key);
        if decoder.context.is_of_part() && is_directive(entry.key) {
            continue;
        }
        if let Some(field) = of.field(entry.key, decoder.context.version()) {
            decode_value(entry.value, field.kind, &path, decoder);
            dropped_field::report(entry, of, &path, decoder);
        } else {
            unknown_field::report(entry, value, of, &path, decoder);
        }
    }
    decoder.open.pop();
    let is_foreign = || value.entries().all(|entry| of.field(entry.key, decoder.context.version()).is_none());
    if matches!(path, Path::Index(..)) && decoder.context.count() > before && is_foreign() {
        unknown_field::leave_unread(path, &mut decoder.context.problems_mut()[before..]);
    }
}

fn decode_value<'a>(value: Value<'a>, kind: Kind, path: &Path<'_>, decoder: &mut Decoder<'a, '_>) {
    if fits(value, kind) {
        return;
    }
    match (kind, value.kind()) {
        (Kind::Object(of), Found::Mapping) => object(value, of, path, decoder),
        (Kind::List(item), Found::Sequence) => {
            for (index, element) in value.items().enumerate() {
                decode_value(element, *item, &path.index(index), decoder);
            }
        }
        // What merges patches makes texts of these.
        (Kind::Map(Kind::String), Found::Mapping) if decoder.context.is_of_part() && is_of_metadata(path) => {}
        (Kind::Map(item), Found::Mapping) => {
            for Entry { key, value, .. } in value.entries() {
                decode_value(value, *item, &path.key(key), decoder);
            }
        }
        (Kind::Quantity, Found::String(_) | Found::Number(_)) => wrong_type::quantity(value, path, decoder.context),
        _ => wrong_type::report(value, kind, path, decoder.context),
    }
}

/// Whether labels or annotations stand there.
fn is_of_metadata(path: &Path<'_>) -> bool {
    matches!(path, Path::Field(Path::Field(_, "metadata"), "labels" | "annotations"))
}

/// Reports keys that come twice in one mapping of `root`: a lax reader keeps the last.
pub(super) fn repeated_keys(root: Value<'_>, of: &'static Type, context: &mut Context) {
    let (all, locator) = (&root.document().repeated, Locator::new(root, Some(of)));
    let from = all.partition_point(|repeated| repeated.again.start < root.span().start);
    let within = || all[from..].iter().take_while(|repeated| root.span().contains(repeated.again));
    let begins = second_object(&locator, within());
    for repeated in within() {
        let field = locator.path_to(repeated.again);
        let message = fmt::from_fn(|out| match (begins == Some(repeated.again), repeated.merged, &repeated.key) {
            (true, ..) => {
                out.write_str("a second object begins here, and its keys come twice: no `---` stands before it")
            }
            (_, true, key) => write!(out, "`{key}` is also merged in by `<<`, and strict reading takes a key once"),
            (_, _, key) => write!(out, "`{key}` comes twice, and only the last one would count"),
        });
        let (what, path) = ((Topic::RepeatedKey, Stage::Strict), Path::Root);
        let message = format_args!("{message}");
        let problem = context.report_before_validation(what, &path.field(&field), repeated.again, message);
        problem.label(repeated.first, "it is here already");
        if begins == Some(repeated.again) {
            problem.help("write `---` on a line of its own above it");
        } else if field == repeated.key && !repeated.merged {
            problem.echoes(begins);
        }
    }
}

/// Where an object's `kind` and `apiVersion` come again, as they do where another one begins.
fn second_object<'r>(locator: &Locator<'_>, repeated: impl Iterator<Item = &'r RepeatedKey>) -> Option<Span> {
    let is_name = |one: &&RepeatedKey| matches!(&*one.key, "kind" | "apiVersion") && !one.merged;
    let mut names = repeated.filter(is_name).filter(|one| locator.path_to(one.again) == one.key);
    let first = names.next()?;
    names.any(|one| one.key != first.key).then_some(first.again)
}
