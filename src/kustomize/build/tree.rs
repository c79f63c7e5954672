//! Objects as trees whose nodes know where they are written.

use std::rc::Rc;

use crate::text::{Origins, Span};

/// Where something is written: a stretch of a text, by the text's number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct At {
    pub(super) unit: u32,
    pub(super) span: Span,
}

/// A value, with the comments that stand with it.
#[derive(Debug, Clone)]
pub(super) struct Node {
    pub(super) value: Value,
    pub(super) at: At,
    /// The lines of comments above its key or its dash.
    pub(super) above: Option<At>,
    /// The comment on its line.
    pub(super) beside: Option<At>,
}

#[derive(Debug, Clone)]
pub(super) enum Value {
    Map(Vec<Entry>),
    List(Vec<Node>),
    Scalar(Scalar),
}

#[derive(Debug, Clone)]
pub(super) struct Entry {
    pub(super) key: Rc<str>,
    pub(super) at: At,
    pub(super) node: Node,
}

#[derive(Debug, Clone)]
pub(super) struct Scalar {
    /// The text of a string; of others, how they are written.
    pub(super) text: Rc<str>,
    pub(super) kind: Kind,
    pub(super) form: Form,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Null,
    Bool,
    Number,
    String,
}

/// How a scalar is written down again.
#[derive(Debug, Clone)]
pub(super) enum Form {
    /// As it is where it stands, on one line; its text from that byte on, where nothing in it is escaped.
    Line(Option<u32>),
    /// As it is where it stands, a line each below a header.
    Block,
    /// Between quotes, with the origins of its text.
    Quoted(Rc<Origins>),
}

/// A text that is put together, with the origin of each byte; its sources are texts by their numbers.
#[derive(Debug, Default)]
pub(super) struct Words {
    text: String,
    origins: Origins,
}

impl Words {
    /// Adds a stretch of a scalar's text.
    pub(super) fn push(&mut self, node: &Node, range: std::ops::Range<usize>) {
        let Value::Scalar(scalar) = &node.value else { return };
        let Some(text) = scalar.text.get(range.clone()) else { return };
        self.text.push_str(text);
        let span = Span::new(range.start as u32, range.end as u32);
        match &scalar.form {
            Form::Quoted(origins) => self.origins.follow(origins, span),
            Form::Line(Some(start)) => {
                self.origins.turn_to(node.at.unit);
                self.origins.copy(Span::new(start + span.start, start + span.end));
            }
            Form::Line(None) | Form::Block => {
                self.origins.turn_to(node.at.unit);
                self.origins.stand_for(node.at.span, span.len());
            }
        }
    }

    /// Adds all of a scalar's text.
    pub(super) fn push_all(&mut self, node: &Node) {
        self.push(node, 0..node.text().len());
    }

    /// Adds what stands for something.
    pub(super) fn stand_for(&mut self, text: &str, at: At) {
        self.text.push_str(text);
        self.origins.turn_to(at.unit);
        self.origins.stand_for(at.span, text.len() as u32);
    }

    /// As a string; all of it was written for the sake of `at`.
    pub(super) fn string(self, at: At) -> Node {
        let scalar =
            Scalar { text: Rc::from(self.text), kind: Kind::String, form: Form::Quoted(Rc::new(self.origins)) };
        Node::of(Value::Scalar(scalar), at)
    }
}

impl Node {
    pub(super) fn of(value: Value, at: At) -> Self {
        Self { value, at, above: None, beside: None }
    }

    /// A string that stands for something.
    pub(super) fn standing_for(text: &str, at: At) -> Self {
        let mut words = Words::default();
        words.stand_for(text, at);
        words.string(at)
    }

    /// The same scalar as a string.
    pub(super) fn to_string_node(&self) -> Self {
        let mut words = Words::default();
        words.push_all(self);
        words.string(self.at)
    }

    /// The text of a scalar.
    pub(super) fn text(&self) -> &str {
        match &self.value {
            Value::Scalar(scalar) => &scalar.text,
            _ => "",
        }
    }

    /// The string, if it is one.
    pub(super) fn as_str(&self) -> Option<&str> {
        match &self.value {
            Value::Scalar(scalar) if scalar.kind == Kind::String => Some(&scalar.text),
            _ => None,
        }
    }

    pub(super) fn is_null(&self) -> bool {
        matches!(&self.value, Value::Scalar(scalar) if scalar.kind == Kind::Null)
    }

    pub(super) fn is_true(&self) -> bool {
        matches!(&self.value, Value::Scalar(scalar) if scalar.kind == Kind::Bool && &*scalar.text == "true")
    }

    pub(super) fn is_map(&self) -> bool {
        matches!(self.value, Value::Map(_))
    }

    pub(super) fn entries(&self) -> &[Entry] {
        match &self.value {
            Value::Map(entries) => entries,
            _ => &[],
        }
    }

    pub(super) fn items(&self) -> &[Node] {
        match &self.value {
            Value::List(items) => items,
            _ => &[],
        }
    }

    pub(super) fn get(&self, key: &str) -> Option<&Node> {
        self.entries().iter().find(|entry| &*entry.key == key).map(|entry| &entry.node)
    }

    pub(super) fn get_mut(&mut self, key: &str) -> Option<&mut Node> {
        match &mut self.value {
            Value::Map(entries) => entries.iter_mut().find(|entry| &*entry.key == key).map(|entry| &mut entry.node),
            _ => None,
        }
    }

    /// The text of a field that is a string.
    pub(super) fn str(&self, key: &str) -> Option<&str> {
        self.get(key)?.as_str()
    }

    /// The value at the end of some keys.
    pub(super) fn at_path(&self, path: &[&str]) -> Option<&Node> {
        path.iter().try_fold(self, |node, key| node.get(key))
    }

    pub(super) fn at_path_mut(&mut self, path: &[&str]) -> Option<&mut Node> {
        path.iter().try_fold(self, |node, key| node.get_mut(key))
    }

    /// The value at the end of some keys; what is not there is made, for the sake of `at`. None, where something else
    /// stands in the way.
    pub(super) fn make_path(&mut self, path: &[&str], at: At) -> Option<&mut Node> {
        path.iter().try_fold(self, |node, key| {
            if node.get(key).is_none_or(Node::is_null) {
                node.set(key, at, Node::of(Value::Map(Vec::new()), at));
            }
            node.get_mut(key)
        })
    }

    /// Gives a field a value; where it is not there yet, its key stands for `at`.
    pub(super) fn set(&mut self, key: &str, at: At, node: Node) {
        let Value::Map(entries) = &mut self.value else { return };
        match entries.iter_mut().find(|entry| &*entry.key == key) {
            Some(entry) => entry.node = node,
            None => entries.push(Entry { key: Rc::from(key), at, node }),
        }
    }

    pub(super) fn remove(&mut self, key: &str) -> Option<Entry> {
        let Value::Map(entries) = &mut self.value else { return None };
        let at = entries.iter().position(|entry| &*entry.key == key)?;
        Some(entries.remove(at))
    }
}
