//! From bytes to a field: the path of what stands at a place.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use crate::k8s::schema::{Kind, Type};
use crate::text::Span;
use crate::yaml::Value;

/// Lists of more items than this are searched by halves.
const SHORT: usize = 16;

/// Tells the paths of places in one object.
#[derive(Debug)]
pub struct Locator<'a> {
    root: Value<'a>,
    of: Option<&'static Type>,
    /// By their numbers, long lists that were asked for: the indexes and the numbers of their items, aliases left out.
    lists: Mutex<HashMap<u32, Vec<(usize, u32)>>>,
}

impl<'a> Locator<'a> {
    pub(super) fn new(root: Value<'a>, of: Option<&'static Type>) -> Self {
        Self { root, of, lists: Mutex::default() }
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
        let covers = |place: Span| place.contains(span);
        if let Some(entry) = value.entries().find(|entry| covers(entry.key_span) || covers(entry.value.span())) {
            let below = push_key(entry.key, kind, path);
            return (!covers(entry.key_span)).then_some((entry.value, below));
        }
        let (index, item) = self.item_at(value, span)?;
        path.push_str(&format!("[{index}]"));
        let below = if let Some(Kind::List(item)) = kind { Some(*item) } else { None };
        Some((item, below))
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
}
