//! Whether a text reads otherwise only where it was edited.

use std::collections::HashMap;

use batchlint::text::{Edit, Span};
use batchlint::yaml::{File, Kind, Value};

/// Values that are looked at; aliases can stand for any number.
const MOST: usize = 100_000;

/// Where the bytes of a text are after its edits.
pub(crate) struct Moved<'e> {
    /// In order of place.
    edits: Vec<&'e Edit>,
}

impl<'e> Moved<'e> {
    pub(crate) fn new(edits: &'e [Edit]) -> Self {
        let mut edits: Vec<&Edit> = edits.iter().collect();
        edits.sort();
        edits.dedup();
        Self { edits }
    }

    /// Where it is, unless an edit touches it.
    pub(crate) fn to(&self, span: Span) -> Option<Span> {
        let touches = |edit: &&&Edit| edit.span.start <= span.end && span.start <= edit.span.end;
        if self.edits.iter().any(|edit| touches(&edit)) {
            return None;
        }
        let before = self.edits.iter().filter(|edit| edit.span.end <= span.start);
        let gain: i64 = before.map(|edit| edit.text.len() as i64 - i64::from(edit.span.len())).sum();
        let at = |byte: u32| u32::try_from(i64::from(byte) + gain).unwrap_or(u32::MAX);
        Some(Span::new(at(span.start), at(span.end)))
    }

    /// The bytes that the edits wrote, in the new text; of a removal, the place where something was.
    fn written(&self) -> Vec<Span> {
        let mut gain = 0_i64;
        let written = self.edits.iter().map(|edit| {
            let start = u32::try_from(i64::from(edit.span.start) + gain).unwrap_or(u32::MAX);
            gain += edit.text.len() as i64 - i64::from(edit.span.len());
            Span::new(start, start + edit.text.len() as u32)
        });
        written.collect()
    }
}

/// The keys on the way to a value, with their places; of an item, none.
type Way = Vec<(String, Span)>;

/// A scalar, or a collection without anything in it.
struct Leaf {
    /// Its bytes, and its key's where it has one.
    zone: Span,
    way: Way,
    value: String,
}

/// What is read otherwise at a place that no edit touches.
pub(crate) fn reads_otherwise(old: &File, new: &File, moved: &Moved<'_>) -> Option<String> {
    let (old, new) = (leaves(old)?, leaves(new)?);
    let mut at: HashMap<Span, Vec<&Leaf>> = HashMap::new();
    new.iter().for_each(|leaf| at.entry(leaf.zone).or_default().push(leaf));
    let mut images: HashMap<Span, usize> = HashMap::new();
    for leaf in &old {
        let Some(zone) = moved.to(leaf.zone) else { continue };
        *images.entry(zone).or_default() += 1;
        let is_same = |other: &&&Leaf| other.value == leaf.value && is_same_way(leaf, other, moved);
        if !at.get(&zone).into_iter().flatten().any(|other| is_same(&other)) {
            return Some("what no edit touches reads otherwise".to_owned());
        }
    }
    let written = moved.written();
    let is_written =
        |leaf: &Leaf| written.iter().any(|span| span.start <= leaf.zone.end && leaf.zone.start <= span.end);
    let is_new = new.iter().any(|leaf| !is_written(leaf) && !images.contains_key(&leaf.zone));
    is_new.then(|| "something new is read where no edit is".to_owned())
}

/// Whether the same keys lead to it, but for those that were edited.
fn is_same_way(old: &Leaf, new: &Leaf, moved: &Moved<'_>) -> bool {
    let kept: Vec<&str> =
        old.way.iter().filter(|(_, span)| moved.to(*span).is_some()).map(|(key, _)| key.as_str()).collect();
    let mut keys = new.way.iter().map(|(key, _)| key.as_str());
    kept.iter().all(|key| keys.any(|other| other == *key))
}

/// All leaves of a file; `None` where there are too many.
fn leaves(file: &File) -> Option<Vec<Leaf>> {
    let mut leaves = Vec::new();
    for document in &file.documents {
        let mut open: Vec<(Value<'_>, Option<Span>, Way)> =
            document.root().into_iter().map(|root| (root, None, Way::new())).collect();
        while let Some((value, key, way)) = open.pop() {
            if leaves.len() + open.len() > MOST {
                return None;
            }
            let before = open.len();
            for entry in value.entries() {
                let mut way = way.clone();
                way.push((entry.key.to_owned(), entry.key_span));
                open.push((entry.value, Some(entry.key_span), way));
            }
            open.extend(value.items().map(|item| (item, None, way.clone())));
            if open.len() == before {
                let zone = key.map_or(value.place(), |key| key.cover(value.place()));
                leaves.push(Leaf { zone, way, value: read(value) });
            }
        }
    }
    Some(leaves)
}

fn read(value: Value<'_>) -> String {
    match value.kind() {
        Kind::Null | Kind::Unknown => "null".to_owned(),
        Kind::Bool(value) => value.to_string(),
        Kind::Number(number) => format!("{number:?}"),
        Kind::String(text) => format!("{text:?}"),
        Kind::Sequence => "[]".to_owned(),
        Kind::Mapping => "{}".to_owned(),
    }
}
