//! What a function takes, and what Go says of an argument that it does not.

use crate::template::text::Text;
use crate::template::value::{Holds, Kind, Map, Value};

/// The type of a parameter, as Go's declaration has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Takes {
    Any,
    Text,
    Bool,
    Int,
    Float,
    List,
    Map,
}

/// How an argument is written, for Go checks each in its own way.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Written<'a> {
    /// A number, a string, `true` or `false`, with its own words.
    Literal(&'a str),
    /// The word `nil`.
    Nil,
    /// It comes through a pipe, from a variable or out of parentheses.
    Value,
    /// A field: `.Values.name`. Go knows that nothing is there, and what could be.
    Field,
}

impl Takes {
    const fn type_name(self) -> &'static str {
        match self {
            Self::Any => "interface {}",
            Self::Text => "string",
            Self::Bool => "bool",
            Self::Int => "int",
            Self::Float => "float64",
            Self::List => "[]interface {}",
            Self::Map => "map[string]interface {}",
        }
    }

    /// The argument as a parameter of this type takes it.
    pub(super) fn check(self, value: Value, written: Written<'_>) -> Result<Value, String> {
        let name = self.type_name();
        match (self, &value.kind, written) {
            (Self::Any, ..)
            | (_, Kind::Unknown(_), _)
            | (Self::Text, Kind::Text(_), _)
            | (Self::Bool, Kind::Bool(_), _)
            | (Self::Int, Kind::Int(_), _)
            | (Self::Float, Kind::Float(_), _) => Ok(value),
            (Self::List, Kind::List(list), _) if list.holds() == Holds::Anything => Ok(value),
            (Self::Map, Kind::Map(map), _) if map.holds() != Holds::Texts => Ok(value),
            (_, _, Written::Literal(words)) => self.literal(&value, words),
            (Self::List | Self::Map, Kind::Nil, Written::Nil | Written::Value) => Ok(value),
            (_, Kind::Nil, Written::Nil) => Err(format!("cannot assign nil to {name}")),
            (_, Kind::Nil, Written::Field) => Err(format!("wrong type for value; expected {name}; got interface {{}}")),
            (_, Kind::Nil, Written::Value) => Err(format!("invalid value; expected {name}")),
            _ => Err(format!("wrong type for value; expected {name}; got {}", value.type_name())),
        }
    }

    /// A literal of another type: a number takes the form that is asked for, where it has one.
    fn literal(self, value: &Value, words: &str) -> Result<Value, String> {
        match (self, &value.kind) {
            (Self::Int, Kind::Float(float)) if float.fract() == 0.0 && float.abs() < 9e18 => {
                Ok(Value::int(*float as i64))
            }
            (Self::Float, Kind::Int(int)) => Ok(Value::float(*int as f64)),
            (Self::Int, _) => Err(format!("expected integer; found {words}")),
            (Self::Float, _) => Err(format!("expected float; found {words}")),
            (Self::Text | Self::Bool, _) => Err(format!("expected {}; found {words}", self.type_name())),
            _ => Err(format!("can't handle {words} for arg of type {}", self.type_name())),
        }
    }
}

/// The arguments of a call, after the check: each has the type that its parameter takes, or is nil or unknown.
pub(crate) struct Arguments<'a>(&'a [Value]);

impl<'a> Arguments<'a> {
    pub(super) const fn new(values: &'a [Value]) -> Self {
        Self(values)
    }

    pub(super) fn all(&self) -> &'a [Value] {
        self.0
    }

    pub(super) fn from(&self, at: usize) -> &'a [Value] {
        self.0.get(at..).unwrap_or_default()
    }

    pub(super) fn value(&self, at: usize) -> &'a Value {
        self.0.get(at).unwrap_or(&Value::NIL)
    }

    pub(super) fn text(&self, at: usize) -> Text {
        match &self.value(at).kind {
            Kind::Text(text) => text.clone(),
            Kind::Unknown(_) => Value::hole(),
            _ => Text::default(),
        }
    }

    pub(super) fn int(&self, at: usize) -> i64 {
        match self.value(at).kind {
            Kind::Int(int) => int,
            _ => 0,
        }
    }

    pub(super) fn float(&self, at: usize) -> Option<f64> {
        match self.value(at).kind {
            Kind::Float(float) => Some(float),
            _ => None,
        }
    }

    pub(super) fn is_true(&self, at: usize) -> bool {
        matches!(self.value(at).kind, Kind::Bool(true))
    }

    /// The map; of nil, one without keys.
    pub(super) fn map(&self, at: usize) -> Map {
        match &self.value(at).kind {
            Kind::Map(map) => map.clone(),
            _ => Map::default(),
        }
    }
}
