//! From bytes to a field: the path of what stands at a place, and the whole of it.

use std::borrow::Cow;
use std::sync::{Mutex, PoisonError};

use crate::hash::HashMap;
use crate::k8s::schema::{Kind, Type};
use crate::sort;
use crate::text::Span;
use crate::yaml::{Value, ValueId};

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

/// The entries of a long mapping: keys, their bytes, and the values.
#[derive(Debug)]
struct Entries {
    /// Those that stand in it with key and value, in the order of their bytes.
    own: Vec<(Span, ValueId, Box<str>)>,
    /// What is merged in, and aliases.
    others: Vec<(Span, ValueId, Box<str>)>,
}

/// One level of the way from an object to a place.
struct Step<'a> {
    /// All of the entry, key and value, or of the item.
    whole: Span,
    /// Where the way goes on; an entry's key is its end.
    inside: Option<(Value<'a>, Option<Kind>)>,
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
            at = self.step(value, kind, span, &mut path).and_then(|step| step.inside);
        }
        path
    }

    /// The bytes of the innermost entry, key and value, or item that covers `span`. Where `field` is one that an object
    /// without a key of its own lacks, and `span` stands for that object, they are those of the object.
    #[must_use]
    pub fn owner_of(&self, span: Span, field: Option<&str>) -> Option<Span> {
        let mut owner = Some(self.root.span()).filter(|root| root.contains(span))?;
        let mut path = String::new();
        let mut at = Some((self.root, self.of.map(Kind::Object)));
        while let Some((value, kind)) = at {
            let Some(step) = self.step(value, kind, span, &mut path) else { break };
            if stands_for(span, value) && !field.is_none_or(|field| is_on_the_way(&path, field)) {
                break;
            }
            owner = step.whole;
            at = step.inside;
        }
        Some(owner)
    }

    /// Goes one level down, to the child that covers `span`, and adds that step to `path`.
    fn step(&self, value: Value<'a>, kind: Option<Kind>, span: Span, path: &mut String) -> Option<Step<'a>> {
        if let Some((key, key_span, value)) = self.entry_at(value, span) {
            let below = push_key(&key, kind, path);
            let inside = (!key_span.contains(span)).then_some((value, below));
            return Some(Step { whole: key_span.cover(value.place()), inside });
        }
        let (index, item) = self.item_at(value, span)?;
        path.push_str(&format!("[{index}]"));
        let below = if let Some(Kind::List(item)) = kind { Some(*item) } else { None };
        Some(Step { whole: item.place(), inside: Some((item, below)) })
    }

    /// The key, its bytes and the value of the entry that covers `span`.
    fn entry_at(&self, mapping: Value<'a>, span: Span) -> Option<(Cow<'a, str>, Span, Value<'a>)> {
        let covers = |key: Span, value: Value<'_>| key.contains(span) || value.span().contains(span);
        if mapping.entries().len() <= SHORT {
            let entry = mapping.entries().find(|entry| covers(entry.key_span, entry.value))?;
            return Some((Cow::Borrowed(entry.key), entry.key_span, entry.value));
        }
        let mut mappings = self.mappings.lock().unwrap_or_else(PoisonError::into_inner);
        let Entries { own, others } = mappings.entry(mapping.id()).or_insert_with(|| Entries::of(mapping));
        let behind = own.partition_point(|(key, ..)| key.start <= span.start);
        let mut among = own[..behind].last().into_iter().chain(others.iter());
        let (key_span, id, key) = among.find(|(key, id, _)| covers(*key, mapping.document().value(*id)))?;
        Some((Cow::Owned(key.to_string()), *key_span, mapping.document().value(*id)))
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
            entries.push((entry.key_span, entry.value.to_id(), entry.key.into()));
        }
        sort::by_key(&mut own, |(key, ..)| key.start);
        Self { own, others }
    }
}

/// Whether a place stands for an object: its first key does, or its kind.
fn stands_for(span: Span, object: Value<'_>) -> bool {
    let kind = || object.get("kind").map(|kind| kind.value.span());
    span.is_empty() || object.first_key() == Some(span) || kind() == Some(span)
}

/// Whether the way to `field` leads through `path`.
fn is_on_the_way(path: &str, field: &str) -> bool {
    field.strip_prefix(path).is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[']))
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
    use crate::text::Span;
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
        let alias = long.get("c").expect("it has one");
        let owner = locator.owner_of(alias.key_span, None).expect("it is in there");
        assert_eq!(&text[owner.range()], "c: *b");
    }

    #[test]
    fn the_owner_is_all_of_an_entry_or_item_and_the_object_that_lacks_a_field() {
        let list = "  list:\n  - name: a\n    image: bbb\n  - &x {name: c}\n  - *x\n";
        let text = &format!("kind: Job\nspec:\n{list}  words: [ddd, eee]\n  no:\n");
        let file = parse(text);
        let locator = Locator::new(file.documents.first().and_then(Document::root).expect("a mapping"), None);
        let owner = |place: &str, field: Option<&str>| {
            let start = text.find(place).expect("it is there") as u32;
            let owner = locator.owner_of(Span::new(start, start + place.len() as u32), field);
            owner.map(|owner| text[owner.range()].trim_end())
        };
        let item = Some("name: a\n    image: bbb");
        assert_eq!(owner("bbb", Some("spec.list[0].image")), Some("image: bbb"));
        assert_eq!(owner("name", Some("spec.list[0].name")), Some("name: a"));
        assert_eq!(owner("name", Some("spec.list[0].ports")), item);
        assert_eq!(owner("name", Some("spec.list[0]")), item);
        assert_eq!(owner("name", None), Some("name: a"));
        assert_eq!(owner("{name: c}", Some("spec.list[1]")), Some("{name: c}"));
        assert_eq!(owner("eee]", None), Some("words: [ddd, eee]"));
        assert_eq!(owner("ddd", Some("spec.words[0]")), Some("ddd"));
        assert_eq!(owner("words", Some("spec.words.more")), Some("words: [ddd, eee]"));
        assert_eq!(owner("no", Some("spec.no")), Some("no:"));
        assert_eq!(owner("Job", Some("kind")), Some("kind: Job"));
        assert_eq!(owner("Job", Some("metadata")), Some(text.trim_end()));
        assert_eq!(locator.owner_of(Span::new(0, 9_999), None), None);
    }
}
