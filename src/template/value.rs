//! Values of templates: what helm's engine passes around, with the places where they are written.

mod copy;
mod list;
mod log;
mod map;
mod parts;
mod watch;

pub(crate) use list::List;
pub(crate) use log::{Change, Keys, Log, Look, MapId, Mark, Seen, To};
pub(crate) use map::Map;

use std::rc::Rc;

use super::origin::{NodeId, Origin, Provenance, SiteId};
use super::text::Text;

/// A value.
#[derive(Debug, Clone)]
pub(crate) struct Value {
    pub(crate) kind: Kind,
    /// The node of a values file that it is, where it is one.
    pub(crate) node: Option<NodeId>,
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

/// What a list or map holds by its type in Go, which `typeOf` and error texts show.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
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
        Self::new(Kind::List(List::of(holds, items)))
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
            Kind::List(list) => match list.holds() {
                Holds::Anything | Holds::Chart => "[]interface {}",
                Holds::Texts => "[]string",
                Holds::Ints => "[]int",
                Holds::Lists => "[][]interface {}",
            },
            Kind::Map(map) => match map.holds() {
                Holds::Texts => "map[string]string",
                Holds::Chart => "chartutil.Values",
                _ => "map[string]interface {}",
            },
            Kind::Object(object) => object.type_name,
        }
    }
}
