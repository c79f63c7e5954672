//! Values of templates: what helm's engine passes around, with the places where they are written.

use std::cell::{Ref, RefCell};
use std::collections::BTreeMap;
use std::rc::Rc;

use super::origin::{NodeId, Origin, Provenance, SiteId};
use super::reads::{Log, MapId, Watched};
use super::text::Text;

/// A value.
#[derive(Debug, Clone)]
pub(crate) struct Value {
    pub(crate) kind: Kind,
    /// The node of a values file that it is, where it is one.
    pub(crate) node: Option<NodeId>,
}

/// What a list has, and a map. Values may be as deep in each other as a template has made them: they go one after the
/// other, not each within the one around it.
#[derive(Debug, Default)]
struct Items(Vec<Value>);

#[derive(Debug, Default)]
struct Entries {
    own: BTreeMap<Text, Value>,
    /// The map that this one is a copy of, until somebody asks for an entry.
    copies: Option<Map>,
    /// Who is told of what is looked at and changed.
    watched: Option<Watched>,
}

impl Drop for Items {
    fn drop(&mut self) {
        if self.0.iter().any(Value::has_values) {
            dismantle(std::mem::take(&mut self.0));
        }
    }
}

impl Drop for Entries {
    fn drop(&mut self) {
        if self.own.values().any(Value::has_values) {
            dismantle(std::mem::take(&mut self.own).into_values().collect());
        }
    }
}

fn dismantle(mut values: Vec<Value>) {
    while let Some(value) = values.pop() {
        match value.kind {
            Kind::List(list) => {
                values
                    .extend(Rc::try_unwrap(list.items).into_iter().flat_map(|mut items| std::mem::take(&mut items.0)));
            }
            Kind::Map(map) => {
                let entries = Rc::try_unwrap(map.entries).ok();
                values.extend(
                    entries.into_iter().flat_map(|entries| std::mem::take(&mut entries.into_inner().own).into_values()),
                );
            }
            _ => {}
        }
    }
}

/// What a value is to Go.
#[derive(Debug, Clone)]
pub(crate) enum Kind {
    /// Nothing: `nil`, and a key that is not there.
    Nil,
    Bool(bool),
    /// Go's `int`: an integer literal, `int`, `len`.
    Int(i64),
    /// Go's `int64`: what Sprig's arithmetic gives.
    Int64(i64),
    /// Go's `float64`: every number of a values file.
    Float(f64),
    Text(Text),
    List(List),
    Map(Map),
    /// A struct of Go's, or something with methods.
    Object(Rc<Object>),
    /// Nobody knows it.
    Unknown(Unknown),
}

/// A list; as in Go, who adds to one makes another.
#[derive(Debug, Clone, Default)]
pub(crate) struct List {
    items: Rc<Items>,
    holds: Holds,
}

/// A map; as in Go, all who have it see the changes of it. Its keys know where they are written.
#[derive(Debug, Clone, Default)]
pub(crate) struct Map {
    entries: Rc<RefCell<Entries>>,
    holds: Holds,
}

/// What a list or map holds by its type in Go, which `typeOf` and error texts show.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Holds {
    #[default]
    Anything,
    Texts,
    Ints,
    Lists,
    /// A chart's values: `.Values`, which has a type of its own.
    Chart,
}

/// A struct of Go's: `.Chart`, `.Capabilities`, a semantic version.
#[derive(Debug)]
pub(crate) struct Object {
    /// Go's name of its type.
    pub(crate) type_name: &'static str,
    /// What can be read of it by name; of files, their names and texts.
    pub(crate) fields: Map,
    /// As `%v` prints it.
    pub(crate) printed: Text,
}

/// What is not known of a value that is not known.
#[derive(Debug, Clone, Default)]
pub(crate) struct Unknown {
    /// Whether it is taken to be there and true.
    pub(crate) holds: Option<bool>,
    /// What is assumed of its fields, and of an item of it, by [`ITEM`]; of what nobody can give, none is.
    pub(crate) fields: Option<Map>,
}

/// The name of an unknown list's item among what is assumed of the list.
pub(crate) const ITEM: &str = "[]";

impl Unknown {
    /// What is taken to be there, and may be anything.
    pub(crate) fn given() -> Self {
        Self::of(Map::default())
    }

    /// The same, of whose fields this is assumed.
    pub(crate) fn of(fields: Map) -> Self {
        Self { holds: Some(true), fields: Some(fields) }
    }

    /// A field of it.
    pub(crate) fn field(&self, name: &str) -> Value {
        let known = self.fields.as_ref().and_then(|fields| fields.get(name));
        known.unwrap_or_else(|| {
            let field =
                Value::new(Kind::Unknown(Self { holds: None, fields: self.fields.as_ref().map(|_| Map::default()) }));
            if let Some(fields) = &self.fields {
                fields.insert(Text::computed(name), field.clone());
            }
            field
        })
    }
}

impl Value {
    pub(crate) const NIL: Self = Self { kind: Kind::Nil, node: None };

    pub(crate) fn new(kind: Kind) -> Self {
        Self { kind, node: None }
    }

    pub(crate) fn bool(value: bool) -> Self {
        Self::new(Kind::Bool(value))
    }

    pub(crate) fn int(value: i64) -> Self {
        Self::new(Kind::Int(value))
    }

    pub(crate) fn int64(value: i64) -> Self {
        Self::new(Kind::Int64(value))
    }

    pub(crate) fn float(value: f64) -> Self {
        Self::new(Kind::Float(value))
    }

    pub(crate) fn text(text: Text) -> Self {
        Self::new(Kind::Text(text))
    }

    /// A string that a function made.
    pub(crate) fn computed(string: &str) -> Self {
        Self::text(Text::computed(string))
    }

    pub(crate) fn list(items: Vec<Self>) -> Self {
        Self::list_of(Holds::Anything, items)
    }

    pub(crate) fn list_of(holds: Holds, items: Vec<Self>) -> Self {
        Self::new(Kind::List(List { items: Rc::new(Items(items)), holds }))
    }

    pub(crate) fn map(map: Map) -> Self {
        Self::new(Kind::Map(map))
    }

    /// A struct of Go's, or something with methods.
    pub(crate) fn object(type_name: &'static str, fields: Map) -> Self {
        Self::printed(type_name, fields, "")
    }

    /// The same, with what `%v` prints of it.
    pub(crate) fn printed(type_name: &'static str, fields: Map, printed: &str) -> Self {
        Self::new(Kind::Object(Rc::new(Object { type_name, fields, printed: Text::computed(printed) })))
    }

    pub(crate) fn as_text(&self) -> Option<&Text> {
        match &self.kind {
            Kind::Text(text) => Some(text),
            _ => None,
        }
    }

    pub(crate) fn as_map(&self) -> Option<&Map> {
        match &self.kind {
            Kind::Map(map) => Some(map),
            _ => None,
        }
    }

    pub(crate) fn unknown() -> Self {
        Self::new(Kind::Unknown(Unknown::default()))
    }

    pub(crate) fn is_nil(&self) -> bool {
        matches!(self.kind, Kind::Nil)
    }

    /// Whether it is made of values.
    const fn has_values(&self) -> bool {
        matches!(self.kind, Kind::List(_) | Kind::Map(_))
    }

    pub(crate) fn is_unknown(&self) -> bool {
        matches!(self.kind, Kind::Unknown(_))
    }

    /// Go's truth: whether it is anything but its type's zero, or empty. `None` of what nobody knows.
    pub(crate) fn truth(&self) -> Option<bool> {
        Some(match &self.kind {
            Kind::Nil => false,
            Kind::Bool(value) => *value,
            Kind::Int(value) | Kind::Int64(value) => *value != 0,
            Kind::Float(value) => *value != 0.0,
            Kind::Text(text) if text.is_hole() => return None,
            Kind::Text(text) => !text.as_str().is_empty(),
            Kind::List(list) => !list.is_empty(),
            Kind::Map(map) => !map.is_empty(),
            Kind::Object(_) => true,
            Kind::Unknown(unknown) => return unknown.holds,
        })
    }

    /// The origin of what this value prints.
    pub(crate) fn origin(&self) -> Origin {
        self.node
            .map_or(Origin::COMPUTED, |node| Origin { source: Provenance::Value { node, skip: 0 }, site: SiteId::NONE })
    }

    /// Go's name of its type, as error texts and `typeOf` have it.
    pub(crate) fn type_name(&self) -> &'static str {
        match &self.kind {
            Kind::Nil => "<nil>",
            Kind::Bool(_) => "bool",
            Kind::Int(_) => "int",
            Kind::Int64(_) => "int64",
            Kind::Float(_) => "float64",
            Kind::Text(_) | Kind::Unknown(_) => "string",
            Kind::List(list) => match list.holds {
                Holds::Anything | Holds::Chart => "[]interface {}",
                Holds::Texts => "[]string",
                Holds::Ints => "[]int",
                Holds::Lists => "[][]interface {}",
            },
            Kind::Map(map) => match map.holds {
                Holds::Texts => "map[string]string",
                Holds::Chart => "chartutil.Values",
                _ => "map[string]interface {}",
            },
            Kind::Object(object) => object.type_name,
        }
    }

    /// Has the maps in it watched.
    fn watch(&self, log: &Rc<Log>) {
        match &self.kind {
            Kind::Map(map) => map.watch(log),
            Kind::List(list) => list.iter().for_each(|item| item.watch(log)),
            _ => {}
        }
    }

    /// The same, with maps and lists of its own.
    pub(crate) fn deep_copy(&self) -> Self {
        self.copied(&Map::deep_copy)
    }

    /// The same of a value that nobody changes any more: what nobody looks at is not copied.
    pub(crate) fn lazy_copy(&self) -> Self {
        self.copied(&Map::lazy_copy)
    }

    fn copied(&self, copy: &dyn Fn(&Map) -> Map) -> Self {
        let kind = match &self.kind {
            Kind::List(list) if list.iter().any(|item| item.has_values() || item.is_unknown()) => {
                let items = list.iter().map(|item| item.copied(copy)).collect();
                Kind::List(List { items: Rc::new(Items(items)), holds: list.holds })
            }
            Kind::Map(map) => Kind::Map(copy(map)),
            Kind::Unknown(Unknown { holds, fields: Some(fields) }) => {
                Kind::Unknown(Unknown { holds: *holds, fields: Some(copy(fields)) })
            }
            kind => kind.clone(),
        };
        Self { kind, node: self.node }
    }
}

impl List {
    pub(crate) fn len(&self) -> usize {
        self.items.0.len()
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.items.0.is_empty()
    }

    pub(crate) fn iter(&self) -> std::slice::Iter<'_, Value> {
        self.items.0.iter()
    }

    pub(crate) const fn holds(&self) -> Holds {
        self.holds
    }

    pub(crate) fn as_slice(&self) -> &[Value] {
        &self.items.0
    }
}

impl Map {
    pub(crate) fn len(&self) -> usize {
        let entries = self.entries.borrow();
        entries.watched.iter().for_each(Watched::read_all);
        entries.copies.as_ref().map_or(entries.own.len(), Self::len)
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.len() == 0
    }

    pub(crate) fn get(&self, key: &str) -> Option<Value> {
        self.made();
        let entries = self.entries.borrow();
        entries.watched.iter().for_each(|watched| watched.read(key));
        entries.own.get(key).cloned()
    }

    /// Sets a key, wherever this map is seen.
    pub(crate) fn insert(&self, key: Text, value: Value) {
        self.made();
        let entries = &mut *self.entries.borrow_mut();
        entries.watched.iter().for_each(Watched::change);
        entries.own.remove(key.as_str());
        entries.own.insert(key, value);
    }

    pub(crate) fn remove(&self, key: &str) -> Option<Value> {
        self.made();
        let entries = &mut *self.entries.borrow_mut();
        entries.watched.iter().for_each(Watched::change);
        entries.own.remove(key)
    }

    /// The same map, as one of that type.
    pub(crate) fn holding(self, holds: Holds) -> Self {
        Self { holds, ..self }
    }

    pub(crate) const fn holds(&self) -> Holds {
        self.holds
    }

    /// Its entries as they are now, sorted by key.
    pub(crate) fn entries(&self) -> Vec<(Text, Value)> {
        self.borrow().iter().map(|(key, value)| (key.clone(), value.clone())).collect()
    }

    fn deep_copy(&self) -> Self {
        let entries = self.borrow().iter().map(|(key, value)| (key.clone(), value.deep_copy())).collect();
        Self { holds: self.holds, ..Self::of(entries) }
    }

    /// A copy of a map that nobody changes any more, made as far as it is looked at.
    pub(crate) fn lazy_copy(&self) -> Self {
        let entries = Entries { own: BTreeMap::new(), copies: Some(self.clone()), watched: None };
        Self { entries: Rc::new(RefCell::new(entries)), holds: self.holds }
    }

    /// Takes the entries of the map that this one is a copy of; those that have entries are copies, too.
    fn made(&self) {
        if self.entries.borrow().copies.is_none() {
            return;
        }
        let entries = &mut *self.entries.borrow_mut();
        if let Some(map) = entries.copies.take() {
            entries.own = map.unwatched().iter().map(|(key, value)| (key.clone(), value.lazy_copy())).collect();
        }
    }

    /// Whether it has its entries, and is no copy that nobody has looked into.
    pub(crate) fn is_made(&self) -> bool {
        self.entries.borrow().copies.is_none()
    }

    /// Has it watched, and the maps in it, but for those that are already.
    pub(crate) fn watch(&self, log: &Rc<Log>) {
        if self.watched().is_none() {
            self.entries.borrow_mut().watched = Some(log.watch());
            self.unwatched().values().for_each(|value| value.watch(log));
        }
    }

    /// By whom it is watched.
    pub(crate) fn watched(&self) -> Option<MapId> {
        self.entries.borrow().watched.as_ref().map(|watched| watched.map)
    }

    /// Whether both are one map, and not two that are equal.
    pub(crate) fn is(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.entries, &other.entries)
    }

    /// Its entries to look at; nobody may change the map meanwhile.
    pub(crate) fn borrow(&self) -> Ref<'_, BTreeMap<Text, Value>> {
        self.entries.borrow().watched.iter().for_each(Watched::read_all);
        self.unwatched()
    }

    /// The same, without a word to who watches it.
    pub(crate) fn unwatched(&self) -> Ref<'_, BTreeMap<Text, Value>> {
        self.made();
        Ref::map(self.entries.borrow(), |entries| &entries.own)
    }
}

impl FromIterator<(Text, Value)> for Map {
    fn from_iter<T: IntoIterator<Item = (Text, Value)>>(entries: T) -> Self {
        Self::of(entries.into_iter().collect())
    }
}

impl Map {
    // A list first: a tree is made of it in one place, whatever they come from.
    fn of(entries: Vec<(Text, Value)>) -> Self {
        let entries = Entries { own: entries.into_iter().collect(), copies: None, watched: None };
        Self { entries: Rc::new(RefCell::new(entries)), holds: Holds::default() }
    }
}
