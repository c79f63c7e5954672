//! What a template says, as a tree: text/template's language, with the place of everything.

use std::rc::Rc;

use super::functions::{self, Function};
use super::origin::BodyId;
use super::text::Text;
use crate::text::Span;

/// A file, or what a `define` or `block` in it names.
#[derive(Debug)]
pub(crate) struct Template {
    pub(crate) name: Rc<str>,
    /// The text that it is written in.
    pub(crate) body_id: BodyId,
    /// What that says, where the words of the tree stand.
    pub(crate) text: Rc<str>,
    pub(crate) body: Vec<Node>,
}

impl Template {
    /// Words of its text.
    pub(crate) fn words(&self, span: Span) -> &str {
        &self.text[span.range()]
    }

    /// Names of fields, one after the other.
    pub(crate) fn names(&self, fields: Fields) -> impl Iterator<Item = &str> {
        self.words(fields.0).split('.').skip(1)
    }
}

/// Fields, as they are written: `.a.b`; of none, nothing.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Fields(pub(crate) Span);

impl Fields {
    pub(crate) const NONE: Self = Self(Span::empty(0));

    pub(crate) const fn is_empty(self) -> bool {
        self.0.start == self.0.end
    }
}

/// A part of a template.
#[derive(Debug)]
pub(crate) enum Node {
    /// Text to be printed, as trimming left it.
    Text(Span),
    /// An action that prints, or sets variables.
    Action(Action),
    /// `if` and `with`: its pipeline decides.
    Condition(Condition),
    /// `range`
    Range(Condition),
    /// `template`, and a `block` where it stands.
    Template(Invocation),
    /// `break`
    Break,
    /// `continue`
    Continue,
}

/// `{{ … }}`
#[derive(Debug)]
pub(crate) struct Action {
    /// Its bytes, from brace to brace.
    pub(crate) span: Span,
    pub(crate) pipeline: Pipeline,
}

/// A control structure with two branches.
#[derive(Debug)]
pub(crate) struct Condition {
    /// Its first action, from brace to brace.
    pub(crate) span: Span,
    pub(crate) pipeline: Pipeline,
    /// Whether dot becomes the pipeline's value.
    pub(crate) moves_dot: bool,
    pub(crate) body: Vec<Node>,
    pub(crate) otherwise: Vec<Node>,
}

/// `{{ template "name" pipeline }}`
#[derive(Debug)]
pub(crate) struct Invocation {
    /// The action's bytes, from brace to brace.
    pub(crate) span: Span,
    pub(crate) name: String,
    pub(crate) data: Option<Pipeline>,
}

/// Commands, each given what the one before made.
#[derive(Debug)]
pub(crate) struct Pipeline {
    pub(crate) span: Span,
    /// The variables that take its value.
    pub(crate) variables: Vec<Span>,
    /// Whether they are there already (`=`).
    pub(crate) assigns: bool,
    pub(crate) commands: Vec<Command>,
}

/// A word and its arguments.
#[derive(Debug)]
pub(crate) struct Command {
    pub(crate) operands: Vec<Operand>,
}

/// One word of a command.
#[derive(Debug)]
pub(crate) struct Operand {
    pub(crate) span: Span,
    pub(crate) term: Term,
}

/// What a word is.
#[derive(Debug)]
pub(crate) enum Term {
    Bool(bool),
    Nil,
    Dot,
    Int(i64),
    Float(f64),
    /// A string, unquoted: a literal, as it is each time.
    Text(Text),
    /// `.a.b`
    Field(Fields),
    /// `$x.a.b`: the variable with its `$`, and fields of it.
    Variable(Span, Fields),
    /// `(…).a.b`
    Chain(Box<Operand>, Fields),
    Function(Callee),
    /// `(…)`
    Pipeline(Box<Pipeline>),
}

/// What a word calls, found when it is read and not whenever it is called.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Callee {
    /// `and`, `or`: no more is looked at than decides.
    And,
    Or,
    /// `include`, `tpl`: what other templates print.
    Include,
    Tpl,
    /// All others.
    Other(&'static Function),
}

impl Callee {
    /// What helm calls by that name.
    pub(crate) fn named(name: &str) -> Option<Self> {
        Some(match name {
            "and" => Self::And,
            "or" => Self::Or,
            "include" => Self::Include,
            "tpl" => Self::Tpl,
            _ => Self::Other(functions::find(name)?),
        })
    }

    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::And => "and",
            Self::Or => "or",
            Self::Include => "include",
            Self::Tpl => "tpl",
            Self::Other(function) => function.name,
        }
    }
}
