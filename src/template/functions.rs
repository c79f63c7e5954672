//! The functions that templates call: text/template's, Sprig's and helm's, one family a file.

mod arguments;
mod decode;
mod digest;
mod encode;
mod format;
mod lists;
mod logic;
mod maps;
mod number;
mod path;
mod printing;
mod regex;
mod same;
mod semver;
mod text;
mod types;
mod unknown;

use std::fmt;
use std::sync::LazyLock;

pub(crate) use arguments::{Arguments, Takes, Written};
pub(crate) use digest::{base64, sha256};
pub(crate) use format::print;

use super::value::{Kind, Value};
use crate::hash::HashMap;

/// A function that templates call.
pub(crate) struct Function {
    pub(crate) name: &'static str,
    takes: &'static [Takes],
    rest: Option<Takes>,
    takes_unknown: bool,
    keeps_holes: bool,
    answer: Answer,
}

type Answer = fn(&mut Call<'_>, &Arguments<'_>) -> Result<Value, Stop>;

impl Function {
    const fn new(name: &'static str, takes: &'static [Takes], answer: Answer) -> Self {
        Self { name, takes, rest: None, takes_unknown: false, keeps_holes: false, answer }
    }

    /// It takes any number more of these.
    const fn rest(mut self, takes: Takes) -> Self {
        self.rest = Some(takes);
        self
    }

    /// It wants to see unknown arguments (`default`, `dict`, `list`); all others are unknown with one of theirs.
    const fn takes_unknown(mut self) -> Self {
        self.takes_unknown = true;
        self
    }

    /// It carries strings on piece by piece, so that what nobody knows of one stays in its place; of all others, the
    /// answer is unknown.
    const fn keeps_holes(mut self) -> Self {
        self.keeps_holes = true;
        self
    }

    /// Go's first check, before it looks at any argument: whether there are as many as the function takes.
    pub(crate) fn count(&self, given: usize) -> Result<(), Stop> {
        let wanted = self.takes.len();
        let (name, fits, at_least) = match self.rest {
            Some(_) => (self.name, given >= wanted, "at least "),
            None => (self.name, given == wanted, ""),
        };
        if fits {
            return Ok(());
        }
        Err(Stop::Misused(format!("wrong number of args for {name}: want {at_least}{wanted} got {given}")))
    }

    /// Go's second check, argument by argument: the argument as the function takes it. The error is Go's, about the
    /// node of that argument.
    pub(crate) fn argument(&self, at: usize, value: Value, written: Written<'_>) -> Result<Value, Stop> {
        let takes = self.takes.get(at).copied().or(self.rest).unwrap_or(Takes::Any);
        takes.check(value, written).map_err(Stop::Misused)
    }

    /// Calls it with arguments that were checked.
    pub(crate) fn call(&self, call: &mut Call<'_>, arguments: &[Value]) -> Result<Value, Stop> {
        let is_open = |value: &Value| match &value.kind {
            Kind::Unknown(_) => !self.takes_unknown,
            Kind::Text(text) => !self.takes_unknown && !self.keeps_holes && text.has_hole(),
            _ => false,
        };
        if arguments.iter().any(is_open) {
            return Ok(Value::unknown());
        }
        (self.answer)(call, &Arguments::new(arguments))
    }
}

impl fmt::Debug for Function {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.name.fmt(f)
    }
}

/// What a call may use.
pub(crate) struct Call<'a> {
    /// How many bytes and items all calls may still make.
    pub(crate) room: &'a mut u64,
}

impl Call<'_> {
    /// Takes room for that many bytes, before they are made; an item that is looked at takes as long as a few of them.
    pub(crate) fn spend(&mut self, amount: usize) -> Result<(), Stop> {
        *self.room = self.room.checked_sub(amount as u64).ok_or(Stop::TooMuch)?;
        Ok(())
    }
}

/// Why a call does not answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Stop {
    /// The function's own error: helm says `error calling NAME: …` before it.
    Failed(String),
    /// `fail` and `required`: helm says nothing but this text and the place.
    Refused(String),
    /// Go's error about the arguments, as it is: `wrong number of args for trunc: want 2 got 1`.
    Misused(String),
    /// More than anybody has room for.
    TooMuch,
}

impl Stop {
    fn failed(message: impl Into<String>) -> Self {
        Self::Failed(message.into())
    }
}

const FAMILIES: &[&[Function]] = &[
    printing::FUNCTIONS,
    text::FUNCTIONS,
    text::CASING,
    text::WORDS,
    lists::FUNCTIONS,
    lists::CHANGE,
    maps::FUNCTIONS,
    number::FUNCTIONS,
    number::FLOATS,
    logic::FUNCTIONS,
    logic::COMPARISONS,
    types::FUNCTIONS,
    encode::FUNCTIONS,
    decode::FUNCTIONS,
    digest::FUNCTIONS,
    regex::FUNCTIONS,
    semver::FUNCTIONS,
    path::FUNCTIONS,
    unknown::FUNCTIONS,
];

/// The function of that name. There is none for `include`, `tpl`, `template`, `and` and `or`, which the evaluator has.
pub(crate) fn find(name: &str) -> Option<&'static Function> {
    static INDEX: LazyLock<HashMap<&str, &Function>> =
        LazyLock::new(|| FAMILIES.iter().copied().flatten().map(|function| (function.name, function)).collect());
    INDEX.get(name).copied()
}
