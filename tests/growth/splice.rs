//! Changes of a text that make it long: a part of it that stands there again and again.

use std::fmt::Write as _;
use std::ops::Range;

use batchlint::text::Span;
use batchlint::yaml::{Entry, Kind, Style, Value};

/// A part of a text to be repeated.
#[derive(Debug, Clone)]
pub(crate) struct Splice {
    pub(crate) range: Range<usize>,
    /// What stands between two copies.
    pub(crate) between: String,
    /// What is different in every copy; without any, all are alike.
    pub(crate) names: Vec<Name>,
    /// So many copies have the same names.
    pub(crate) each: usize,
}

/// Where a copy gets a name of its own.
#[derive(Debug, Clone)]
pub(crate) struct Name {
    /// In the text.
    range: Range<usize>,
    is_number: bool,
}

/// Fields by which items of a list are told from each other.
const IDENTIFYING: [&str; 13] = [
    "name",
    "key",
    "mountPath",
    "devicePath",
    "path",
    "topologyKey",
    "containerPort",
    "hostPort",
    "ip",
    "resourceName",
    "maxSkew",
    "keyType",
    "generateName",
];

/// One level of the way from a document's root to a place in it.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Rung<'a> {
    Entry(Value<'a>, Entry<'a>),
    Item(Value<'a>, Value<'a>),
}

/// The way from a value to a place, the outermost level first.
pub(crate) fn way(root: Value<'_>, place: Span) -> Vec<Rung<'_>> {
    let (mut way, mut at) = (Vec::new(), root);
    loop {
        let entry = at.entries().find(|entry| entry.key_span.contains(place) || entry.value.place().contains(place));
        let item = at.items().find(|item| item.place().contains(place));
        at = match (entry, item) {
            (Some(entry), _) if at.is_mapping() => {
                way.push(Rung::Entry(at, entry));
                if entry.key_span.contains(place) {
                    return way;
                }
                entry.value
            }
            (_, Some(item)) if at.is_sequence() => {
                way.push(Rung::Item(at, item));
                item
            }
            _ => return way,
        };
    }
}

/// The lists and maps of a value, at any depth, that do not hold `place`.
pub(crate) fn others(root: Value<'_>, place: Span) -> Vec<Rung<'_>> {
    let mut found = Vec::new();
    let mut open = vec![root];
    while let Some(value) = open.pop() {
        open.extend(value.items().filter(|_| value.is_sequence()));
        if value.is_mapping() {
            open.extend(value.entries().map(|entry| entry.value));
        }
        if !value.place().contains(place) && value.is_sequence() {
            found.extend(value.items().next().map(|item| Rung::Item(value, item)));
        }
    }
    found
}

impl Rung<'_> {
    /// Repeats this entry or item; each copy under a name of its own, if it is to be `distinct` and has one.
    pub(crate) fn repeated(self, text: &str, distinct: bool) -> Option<Splice> {
        let (holder, start, end) = match self {
            Self::Entry(mapping, entry) => {
                (mapping, entry.key_span.start, entry.key_span.cover(entry.value.place()).end)
            }
            Self::Item(list, item) if list.style() == Style::Flow => (list, item.place().start, item.place().end),
            Self::Item(list, item) => {
                let dash = text[..item.place().start as usize].rfind('-')?;
                (list, u32::try_from(dash).ok()?, item.place().end)
            }
        };
        let (start, mut end) = (start as usize, end as usize);
        let mut between = ", ".to_owned();
        if holder.style() != Style::Flow {
            end += text[end..].find('\n').unwrap_or(text.len() - end);
            let line = text[..start].rfind('\n').map_or(0, |at| at + 1);
            between = format!("\n{}", " ".repeat(start - line));
        }
        let names = if distinct { self.names() } else { Vec::new() };
        (names.is_empty() != distinct).then_some(Splice { range: start..end, between, names, each: 1 })
    }

    fn names(self) -> Vec<Name> {
        match self {
            Self::Entry(_, entry) => {
                vec![Name { range: inside(entry.key_span, entry.value.document().text()), is_number: false }]
            }
            Self::Item(_, item) if item.is_mapping() => {
                let told = item.entries().filter(|entry| IDENTIFYING.contains(&entry.key));
                told.filter_map(|entry| Name::of(entry.value)).collect()
            }
            Self::Item(_, item) => Name::of(item).into_iter().collect(),
        }
    }
}

impl Name {
    /// Whether it stands in a part of the text.
    pub(crate) fn is_within(&self, part: &Range<usize>) -> bool {
        part.start <= self.range.start && self.range.end <= part.end
    }

    /// The name itself, to be made longer.
    pub(crate) fn lengthened(&self) -> Splice {
        Splice { range: self.range.clone(), between: String::new(), names: Vec::new(), each: 1 }
    }

    /// A scalar that can be another one in every copy.
    pub(crate) fn of(value: Value<'_>) -> Option<Self> {
        let is_number = matches!(value.kind(), Kind::Number(_));
        let is_short = !matches!(value.style(), Style::Literal | Style::Folded);
        let is_name = (is_number || value.is_string()) && is_short && value.place() == value.span();
        is_name.then(|| Self { range: inside(value.span(), value.document().text()), is_number })
    }
}

/// The bytes within the quotes.
fn inside(span: Span, text: &str) -> Range<usize> {
    let range = span.range();
    let quoted = range.len() > 1 && text[range.clone()].starts_with(['"', '\'']);
    if quoted { range.start + 1..range.end - 1 } else { range }
}

/// The text with each of the parts `count` times.
pub(crate) fn repeat(text: &str, splices: &[Splice], count: usize) -> String {
    let mut ordered: Vec<&Splice> = splices.iter().collect();
    ordered.sort_by_key(|splice| splice.range.start);
    let (mut long, mut done) = (String::new(), 0);
    for splice in ordered {
        long.push_str(&text[done..splice.range.start]);
        for number in 0..count {
            if number > 0 {
                long.push_str(&splice.between);
            }
            copy(text, splice, number / splice.each, &mut long);
        }
        done = splice.range.end;
    }
    long.push_str(&text[done..]);
    long
}

fn copy(text: &str, splice: &Splice, number: usize, long: &mut String) {
    let mut done = splice.range.start;
    for name in splice.names.iter().filter(|_| number > 0) {
        long.push_str(&text[done..name.range.start]);
        if !name.is_number {
            long.push_str(&text[name.range.clone()]);
        }
        let _ = write!(long, "{}", if name.is_number { 1 + number % 60_000 } else { number });
        done = name.range.end;
    }
    long.push_str(&text[done..splice.range.end]);
}
