//! Documents that grow: what was found in a text, made to come about many times in every way that its place allows.

use std::collections::HashSet;
use std::fmt::Write as _;
use std::rc::Rc;
use std::sync::Arc;

use batchlint::k8s::schema::Version;
use batchlint::text::Span;
use batchlint::yaml::{self, Kind, Value};

use crate::seeds::{Found, Seed, look};
use crate::splice::{Name, Rung, Splice, others, repeat, way};

/// Levels of the way to a place, from the place up, that grow together with something else.
const INNERMOST: usize = 4;

/// A document that can be made as long as wanted.
#[derive(Debug, Clone)]
pub(crate) struct Growing {
    /// What is repeated.
    pub(crate) what: String,
    pub(crate) version: Version,
    text: Arc<str>,
    splices: Vec<Splice>,
}

impl Growing {
    /// With each of its parts `count` times.
    pub(crate) fn times(&self, count: usize) -> String {
        repeat(&self.text, &self.splices, count)
    }

    /// About this many bytes long, but of so many copies at `least`.
    pub(crate) fn of_size(&self, size: usize, least: usize) -> String {
        let (few, more) = (self.times(10).len(), self.times(20).len());
        let unit = (more - few).div_ceil(10).max(1);
        let rest = few.saturating_sub(10 * unit);
        self.times((size.saturating_sub(rest) / unit).max(least))
    }
}

/// All ways to make something that was found grow.
pub(crate) fn ways(found: &Found) -> Vec<Growing> {
    let mut ways = Vec::new();
    written(&found.seed, found.span, "", &mut ways);
    if let Some((seed, span)) = on_one_line(found) {
        written(&seed, span, "JSON, ", &mut ways);
        ways.extend(in_a_list(&seed));
    }
    ways
}

fn written(seed: &Seed, place: Span, manner: &str, ways: &mut Vec<Growing>) {
    let (text, shared) = (&seed.text, Arc::from(seed.text.as_str()));
    let file = yaml::parse(text);
    let mut add = |what: String, splices: Vec<Splice>| {
        let what = format!("{manner}{what}");
        ways.push(Growing { what, version: seed.version, text: Arc::clone(&shared), splices });
    };
    let roots = || file.documents.iter().filter_map(|document| document.root());
    let whole = |names| Splice { range: 0..text.len(), between: "\n---\n".to_owned(), names, each: 1 };
    add("documents".to_owned(), vec![whole(Vec::new())]);
    let names: Vec<Name> = roots().filter_map(object_name).collect();
    if !names.is_empty() {
        add("documents, named".to_owned(), vec![whole(names)]);
    }
    let Some(root) = roots().find(|root| root.span().contains(place)) else { return };
    let way = way(root, place);
    let path = |depth: usize| way[..=depth].iter().fold(String::new(), |path, rung| path + &name(rung));
    for (depth, rung) in way.iter().enumerate() {
        if let Some(splice) = rung.repeated(text, true) {
            add(format!("{}, named, each twice", path(depth)), vec![Splice { each: 2, ..splice }]);
        }
        for (distinct, word) in [(false, "alike"), (true, "named")] {
            if let Some(splice) = rung.repeated(text, distinct) {
                add(format!("{}, {word}", path(depth)), vec![splice]);
            }
        }
    }
    for (depth, rung) in way.iter().enumerate().rev().take(INNERMOST) {
        let Some(splice) = rung.repeated(text, true) else { continue };
        for (what, other) in beside(&splice, text, root, place) {
            add(format!("{} and {what}", path(depth)), vec![splice.clone(), other]);
        }
    }
}

/// What else may grow with a part of a text: the object's name, and lists that the part may refer to.
fn beside(splice: &Splice, text: &str, root: Value<'_>, place: Span) -> Vec<(String, Splice)> {
    let name = object_name(root).filter(|name| !name.is_within(&splice.range));
    let mut beside: Vec<_> = name.map(|name| ("a long name".to_owned(), name.lengthened())).into_iter().collect();
    for other in others(root, place).iter().filter_map(|other| other.repeated(text, true)) {
        if other.range.end <= splice.range.start || splice.range.end <= other.range.start {
            let start = text[other.range.clone()].chars().filter(|letter| !letter.is_whitespace()).take(20);
            beside.push((start.collect(), other));
        }
    }
    beside
}

/// Where an object has its name.
fn object_name(root: Value<'_>) -> Option<Name> {
    Name::of(root.get("metadata")?.value.get("name")?.value)
}

fn name(rung: &Rung<'_>) -> String {
    match rung {
        Rung::Entry(_, entry) => format!(".{}", entry.key),
        Rung::Item(..) => "[]".to_owned(),
    }
}

/// The same on one line of JSON, if it is still found there.
fn on_one_line(found: &Found) -> Option<(Rc<Seed>, Span)> {
    let file = yaml::parse(&found.seed.text);
    let root =
        file.documents.iter().filter_map(|document| document.root()).find(|root| root.span().contains(found.span))?;
    let mut text = String::new();
    write_json(root, &mut HashSet::new(), &mut text);
    let seed = Rc::new(Seed { text, version: found.seed.version });
    let same = look(&seed).into_iter().find(|other| other.kind == found.kind && other.field == found.field)?;
    Some((seed, same.span))
}

/// Many of them as the items of a `List`.
fn in_a_list(seed: &Seed) -> Option<Growing> {
    let head = r#"{"apiVersion": "v1", "kind": "List", "items": ["#;
    let text = format!("{head}{}]}}", seed.text);
    let file = yaml::parse(&text);
    let root = file.documents.first()?.root()?;
    let item = root.get("items")?.value.items().next()?;
    let range = head.len()..head.len() + seed.text.len();
    let names = object_name(item).into_iter().collect();
    let splices = vec![Splice { range, between: ", ".to_owned(), names, each: 1 }];
    Some(Growing { what: "items of a List".to_owned(), version: seed.version, text: text.into(), splices })
}

/// A value on one line; `open` are those around it.
fn write_json(value: Value<'_>, open: &mut HashSet<u32>, out: &mut String) {
    match value.kind() {
        Kind::Sequence if open.insert(value.id()) => {
            for (number, item) in value.items().enumerate() {
                out.push_str(if number == 0 { "[" } else { ", " });
                write_json(item, open, out);
            }
            out.push_str(if value.items().len() == 0 { "[]" } else { "]" });
            open.remove(&value.id());
        }
        Kind::Mapping if open.insert(value.id()) => {
            out.push('{');
            for (number, entry) in value.entries().enumerate() {
                let comma = if number == 0 { "" } else { ", " };
                let _ = write!(out, "{comma}{}: ", serde_json::Value::from(entry.key));
                write_json(entry.value, open, out);
            }
            out.push('}');
            open.remove(&value.id());
        }
        Kind::String(text) => out.push_str(&serde_json::Value::from(text).to_string()),
        Kind::Null | Kind::Unknown | Kind::Sequence | Kind::Mapping => out.push_str("null"),
        Kind::Bool(_) | Kind::Number(_) => out.push_str(value.source()),
    }
}
