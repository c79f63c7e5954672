//! From bytes to a field: the path of what stands at a place.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use crate::k8s::schema::{Kind, Type};
use crate::text::Span;
use crate::yaml::Value;

/// Lists of more items and mappings of more entries than this are searched by halves.
const SHORT: usize = 16;

/// Tells the paths of places in one object.
#[derive(Debug)]
pub struct Locator<'a> {
    root: Value<'a>,
    of: Option<&'static Type>,
    /// By their numbers, long lists that were asked for: the indexes and the numbers of their items, aliases left out.
    lists: Mutex<HashMap<u32, Vec<(usize, u32)>>>,
    /// The same of long mappings.
    mappings: Mutex<HashMap<u32, Entries>>,
}

/// The entries of a long mapping: keys, their bytes, and the numbers of the values.
#[derive(Debug)]
struct Entries {
    /// Those that stand in it with key and value, in the order of their bytes.
    own: Vec<(Span, u32, Box<str>)>,
    /// What is merged in, and aliases.
    others: Vec<(Span, u32, Box<str>)>,
}

impl<'a> Locator<'a> {
    pub(super) fn new(root: Value<'a>, of: Option<&'static Type>) -> Self {
        Self { root, of, lists: Mutex::default(), mappings: Mutex::default() }
    }

    /// Kubernetes' path of the innermost key or value that covers `span`; empty for the object itself.
    #[must_use]
    pub fn path_to(&self, span: Span) -> String {
        let mut path = String::new();
        let mut at = Some((self.root, self.of.map(Kind::Object)));
        while let Some((value, kind)) = at {
            at = self.step(value, kind, span, &mut path);
        }
        path
    }

    /// Goes one level down, to the child that covers `span`, and adds that step to `path`.
    fn step(
        &self,
        value: Value<'a>,
        kind: Option<Kind>,
        span: Span,
        path: &mut String,
    ) -> Option<(Value<'a>, Option<Kind>)> {
        if let Some((key, key_span, value)) = self.entry_at(value, span) {
            let below = push_key(&key, kind, path);
            return (!key_span.contains(span)).then_some((value, below));
        }
        let (index, item) = self.item_at(value, span)?;
        path.push_str(&format!("[{index}]"));
        let below = if let Some(Kind::List(item)) = kind { Some(*item) } else { None };
        Some((item, below))
    }

    /// The key, its bytes and the value of the entry that covers `span`.
    fn entry_at(&self, mapping: Value<'a>, span: Span) -> Option<(Cow<'a, str>, Span, Value<'a>)> {
        let covers = |key: Span, value: Value<'_>| key.contains(span) || value.span().contains(span);
        if mapping.entries().nth(SHORT).is_none() {
            let entry = mapping.entries().find(|entry| covers(entry.key_span, entry.value))?;
            return Some((Cow::Borrowed(entry.key), entry.key_span, entry.value));
        }
        let mut mappings = self.mappings.lock().unwrap_or_else(PoisonError::into_inner);
        let Entries { own, others } = mappings.entry(mapping.id()).or_insert_with(|| Entries::of(mapping));
        let behind = own.partition_point(|(key, ..)| key.start <= span.start);
        let mut among = own[..behind].last().into_iter().chain(others.iter());
        let (key_span, id, key) = among.find(|(key, id, _)| covers(*key, mapping.of_id(*id)))?;
        Some((Cow::Owned(key.to_string()), *key_span, mapping.of_id(*id)))
    }

    fn item_at(&self, list: Value<'a>, span: Span) -> Option<(usize, Value<'a>)> {
        let among_all = || list.items().enumerate().find(|(_, item)| item.span().contains(span));
        if list.items().len() <= SHORT {
            return among_all();
        }
        let mut lists = self.lists.lock().unwrap_or_else(PoisonError::into_inner);
        let items = lists.entry(list.id()).or_insert_with(|| {
            let own = list.items().enumerate().filter(|(_, item)| item.span() == item.place());
            own.map(|(index, item)| (index, item.id())).collect()
        });
        let item = |id: u32| list.of_id(id);
        let behind = items.partition_point(|(_, id)| item(*id).span().start <= span.start);
        let last = items[..behind].last().map(|(index, id)| (*index, item(*id)));
        last.filter(|(_, item)| item.span().contains(span)).or_else(among_all)
    }
}

impl Entries {
    fn of(mapping: Value<'_>) -> Self {
        let (mut own, mut others) = (Vec::new(), Vec::new());
        for entry in mapping.entries() {
            let is_own = mapping.span().contains(entry.key_span) && entry.value.span() == entry.value.place();
            let entries = if is_own { &mut own } else { &mut others };
            entries.push((entry.key_span, entry.value.id(), entry.key.into()));
        }
        own.sort_unstable_by_key(|(key, ..)| key.start);
        Self { own, others }
    }
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

#[cfg(test)]
mod tests {
    use super::{Locator, SHORT};
    use crate::yaml::{Document, parse};

    #[test]
    fn items_of_long_lists_are_found_by_halves_and_aliases_by_their_anchors() {
        let items: String = (0..SHORT * 3).map(|index| format!("- {{name: a{index}}}\n")).collect();
        let text = format!("outside: &o {{name: o}}\nlist:\n- &first {{name: first}}\n- *first\n- *o\n{items}");
        let file = parse(&text);
        let root = file.documents.first().and_then(Document::root).expect("a mapping");
        let locator = Locator::new(root, None);
        let list = root.get("list").expect("it has one").value;
        for (index, item) in list.items().enumerate() {
            let expected = match index {
                1 => "list[0].name".to_owned(),
                2 => "outside.name".to_owned(),
                _ => format!("list[{index}].name"),
            };
            let name = item.get("name").expect("it has one").value;
            assert_eq!(locator.path_to(name.span()), expected);
            assert_eq!(locator.path_to(item.span()), expected.strip_suffix(".name").expect("a name"));
        }
        assert_eq!(locator.path_to(list.span()), "list");
    }

    #[test]
    fn entries_of_long_mappings_are_found_by_halves_and_aliases_by_their_anchors() {
        let entries: String = (0..SHORT * 3).map(|index| format!("  a{index}: {{name: {index}}}\n")).collect();
        let text = format!("m: &m {{x: {{name: x}}}}\nlong:\n  b: &b {{name: b}}\n  c: *b\n{entries}  <<: *m\n");
        let file = parse(&text);
        let root = file.documents.first().and_then(Document::root).expect("a mapping");
        let locator = Locator::new(root, None);
        let long = root.get("long").expect("it has one").value;
        for entry in long.entries() {
            let expected = match entry.key {
                "c" => "long.b".to_owned(),
                "x" => "m.x".to_owned(),
                key => format!("long.{key}"),
            };
            let name = entry.value.get("name").expect("it has one").value;
            assert_eq!(locator.path_to(name.span()), format!("{expected}.name"));
            let of_key = if entry.key == "c" { "long.c".to_owned() } else { expected };
            assert_eq!(locator.path_to(entry.key_span), of_key);
        }
    }
}
