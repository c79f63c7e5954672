//! `.a.b`, `$x.a`, `(…).a`: fields, one after the other.

use super::call::Arguments;
use super::{Engine, Frame, Run};
use crate::template::syntax::{Operand, Term};
use crate::template::value::{Kind, Value};

impl Engine {
    /// Fields of a value; the last one may be a method, which takes the arguments.
    pub(super) fn chain<'t>(
        &mut self,
        frame: &mut Frame<'t>,
        dot: &Value,
        operand: &'t Operand,
        arguments: Arguments<'t>,
    ) -> Run<Value> {
        let (start, fields) = match &operand.term {
            Term::Field(fields) => (dot.clone(), *fields),
            Term::Variable(name, fields) => (frame.variable(*name), *fields),
            Term::Chain(base, fields) => {
                if matches!(base.term, Term::Nil) {
                    return frame.error(operand.span, "indirection through explicit nil");
                }
                (self.operand(frame, dot, base)?, *fields)
            }
            _ => return self.operand(frame, dot, operand),
        };
        // A field of nothing is nothing, if nothing is where it starts.
        if start.is_nil() {
            return Ok(Value::NIL);
        }
        let mut names = frame.template.names(fields);
        let Some(mut last) = names.next() else { return Ok(start) };
        let mut value = start;
        let mut is_first = true;
        for next in names {
            let type_name = is_first.then(|| value.type_name());
            value = match field(&value, last, type_name) {
                Some(result) => result.or_else(|message| frame.error(operand.span, message))?,
                None => self.method(frame, dot, (&value, last, operand.span), (&[], None))?,
            };
            (last, is_first) = (next, false);
        }
        let has_arguments = !arguments.0.is_empty() || arguments.1.is_some();
        let type_name = is_first.then(|| value.type_name());
        let value = match field(&value, last, type_name) {
            Some(Ok(_)) if has_arguments => {
                return frame.error(operand.span, format!("{last} is not a method but has arguments"));
            }
            Some(result) => result.or_else(|message| frame.error(operand.span, message))?,
            None => self.method(frame, dot, (&value, last, operand.span), arguments)?,
        };
        self.read(&value);
        Ok(value)
    }
}

/// A field of a value; `None` where it is a method.
fn field(value: &Value, name: &str, type_name: Option<&str>) -> Option<Result<Value, String>> {
    let type_name = type_name.unwrap_or("interface {}");
    Some(match &value.kind {
        Kind::Nil => Err(format!("nil pointer evaluating interface {{}}.{name}")),
        Kind::Map(map) => Ok(map.get(name).unwrap_or(Value::NIL)),
        Kind::Unknown(unknown) => Ok(unknown.field(name)),
        Kind::Object(object) if object.has_method(name) => return None,
        Kind::Object(object) => match object.fields.get(name) {
            Some(value) => Ok(value),
            // They are a map of bytes: no bytes.
            None if object.is_files() => Ok(Value::list(Vec::new())),
            None => Err(format!("can't evaluate field {name} in type {}", object.type_name)),
        },
        _ => Err(format!("can't evaluate field {name} in type {type_name}")),
    })
}
