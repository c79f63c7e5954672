//! Pipelines, commands and their words.

use super::{Engine, Frame, Run};
use crate::template::syntax::{Command, Operand, Pipeline, Term};
use crate::template::value::Value;
use crate::text::Span;

impl Engine {
    pub(super) fn pipeline<'t>(&mut self, frame: &mut Frame<'t>, dot: &Value, pipeline: &'t Pipeline) -> Run<Value> {
        let mut last = None;
        for command in &pipeline.commands {
            let made = self.command(frame, dot, command, last);
            last = Some(self.tolerated(made)?);
        }
        let value = last.unwrap_or(Value::NIL);
        for name in &pipeline.variables {
            if pipeline.assigns {
                frame.assign(*name, value.clone());
            } else {
                frame.variables.push((frame.template.words(*name), value.clone()));
            }
        }
        Ok(value)
    }

    /// A command; `last` is what the one before made, its last argument.
    pub(super) fn command<'t>(
        &mut self,
        frame: &mut Frame<'t>,
        dot: &Value,
        command: &'t Command,
        last: Option<Value>,
    ) -> Run<Value> {
        self.step()?;
        let Some((first, rest)) = command.operands.split_first() else { return Ok(Value::NIL) };
        match &first.term {
            Term::Function(callee) => return self.function(frame, dot, (*callee, first.span), (rest, last)),
            Term::Field(_) | Term::Chain(..) => return self.chain(frame, dot, first, (rest, last)),
            Term::Variable(_, fields) if !fields.is_empty() => return self.chain(frame, dot, first, (rest, last)),
            Term::Nil => return frame.error(first.span, "nil is not a command"),
            _ => {}
        }
        if !rest.is_empty() || last.is_some() {
            let word = &self.body(frame.template.body_id).text.as_str()[first.span.range()];
            return frame.error(first.span, format!("can't give argument to non-function {word}"));
        }
        self.operand(frame, dot, first)
    }

    /// A word that is an argument.
    pub(super) fn operand<'t>(&mut self, frame: &mut Frame<'t>, dot: &Value, operand: &'t Operand) -> Run<Value> {
        Ok(match &operand.term {
            Term::Bool(value) => Value::bool(*value),
            Term::Nil => Value::NIL,
            Term::Dot => {
                self.read(dot);
                dot.clone()
            }
            Term::Int(value) => Value::int(*value),
            Term::Float(value) => Value::float(*value),
            Term::Text(text) => Value::text(text.clone()),
            Term::Variable(name, fields) if fields.is_empty() => {
                let value = frame.variable(*name);
                self.read(&value);
                value
            }
            Term::Field(_) | Term::Variable(..) | Term::Chain(..) => {
                let value = self.chain(frame, dot, operand, (&[], None));
                return self.tolerated(value);
            }
            Term::Function(callee) => {
                let value = self.function(frame, dot, (*callee, operand.span), (&[], None));
                return self.tolerated(value);
            }
            Term::Pipeline(pipeline) => return self.deeper(|engine| engine.pipeline(frame, dot, pipeline)),
        })
    }

    /// Notes that a value was read.
    pub(super) fn read(&mut self, value: &Value) {
        if let Some(node) = value.node {
            self.reads.push(node);
        }
    }
}

impl Frame<'_> {
    /// The value of a variable; the parser has seen that it is there.
    pub(super) fn variable(&self, name: Span) -> Value {
        let name = self.template.words(name);
        let found = self.variables.iter().rev().find(|(known, _)| *known == name);
        found.map_or(Value::NIL, |(_, value)| value.clone())
    }

    pub(super) fn assign(&mut self, name: Span, value: Value) {
        let name = self.template.words(name);
        if let Some((_, old)) = self.variables.iter_mut().rev().find(|(known, _)| *known == name) {
            *old = value;
        }
    }
}
