//! Calls: the functions that need the engine itself, and all others.

use std::rc::Rc;

use super::hole::without_nothing;
use super::texts::NAME;
use super::{Engine, Frame, Halt, Run, Stopped};
use crate::template::functions::{self, Call, Function, Stop, Written};
use crate::template::syntax::{Callee, Operand, Term};
use crate::template::text::{Text, TextWriter};
use crate::template::value::{Kind, Value};
use crate::text::Span;

/// What a call is given: words, and what the command before made.
pub(super) type Arguments<'t> = (&'t [Operand], Option<Value>);

/// How often a template may include itself, as helm has it.
const MOST_INCLUDED: u32 = 1_000;

impl Engine {
    pub(super) fn function<'t>(
        &mut self,
        frame: &mut Frame<'t>,
        dot: &Value,
        (callee, span): (Callee, Span),
        arguments: Arguments<'t>,
    ) -> Run<Value> {
        match callee {
            Callee::And | Callee::Or => self.first_that_decides(frame, dot, (callee, span), arguments),
            Callee::Include | Callee::Tpl => {
                let values = self.arguments(frame, dot, arguments)?;
                self.rendered(frame, (callee, span), &values)
            }
            Callee::Other(function) if function.name == "fail" && self.is_tolerant() => Ok(Value::computed("")),
            Callee::Other(function) => self.other(frame, dot, (function, span), arguments),
        }
    }

    pub(super) fn arguments<'t>(
        &mut self,
        frame: &mut Frame<'t>,
        dot: &Value,
        (words, last): Arguments<'t>,
    ) -> Run<Vec<Value>> {
        let mut values = Vec::with_capacity(words.len() + 1);
        for word in words {
            values.push(self.operand(frame, dot, word)?);
        }
        values.extend(last);
        Ok(values)
    }

    /// `and`, `or`: no more is looked at than decides.
    fn first_that_decides<'t>(
        &mut self,
        frame: &mut Frame<'t>,
        dot: &Value,
        (callee, span): (Callee, Span),
        (words, last): Arguments<'t>,
    ) -> Run<Value> {
        if words.is_empty() && last.is_none() {
            let name = callee.name();
            return frame.error(span, format!("wrong number of args for {name}: want at least 1 got 0"));
        }
        let mut value = None;
        let mut open = None;
        let deciding = matches!(callee, Callee::Or);
        let mut decides = |given: Value| {
            match given.truth() {
                Some(truth) if truth == deciding => return Some(given),
                Some(_) => value = Some(given),
                None => open = Some(given),
            }
            None
        };
        for word in words {
            if let Some(decided) = decides(self.operand(frame, dot, word)?) {
                return Ok(decided);
            }
        }
        if let Some(decided) = last.and_then(&mut decides) {
            return Ok(decided);
        }
        Ok(open.or(value).unwrap_or(Value::NIL))
    }

    /// Any function but the engine's own.
    fn other<'t>(
        &mut self,
        frame: &mut Frame<'t>,
        dot: &Value,
        (function, span): (&'static Function, Span),
        (words, last): Arguments<'t>,
    ) -> Run<Value> {
        let name = function.name;
        let given = words.len() + usize::from(last.is_some());
        function.count(given).or_else(|stop| halt(frame, (name, span), stop))?;
        let mut values = self.lists.pop().unwrap_or_default();
        for word in words {
            let value = self.operand(frame, dot, word)?;
            let value = function.argument(values.len(), value, self.written(frame, word));
            values.push(value.or_else(|stop| halt(frame, (name, word.span), stop))?);
        }
        if let Some(last) = last {
            let value = function.argument(values.len(), last, Written::Value);
            values.push(value.or_else(|stop| halt(frame, (name, span), stop))?);
        }
        let made = self.called(frame, (function, span), &values);
        values.clear();
        self.lists.push(values);
        made
    }

    /// Calls the function of a name with arguments that were checked.
    pub(super) fn called_by_name(
        &mut self,
        frame: &Frame<'_>,
        (name, span): (&str, Span),
        values: &[Value],
    ) -> Run<Value> {
        match functions::find(name) {
            Some(function) => self.called(frame, (function, span), values),
            None => Ok(Value::unknown()),
        }
    }

    fn called(&mut self, frame: &Frame<'_>, (function, span): (&Function, Span), values: &[Value]) -> Run<Value> {
        let mut call = Call { room: &mut self.room };
        function.call(&mut call, values).or_else(|stop| halt(frame, (function.name, span), stop))
    }

    /// How an argument is written, which Go's messages depend on.
    fn written(&self, frame: &Frame<'_>, word: &Operand) -> Written<'_> {
        let text = &self.body(frame.template.body_id).text.as_str()[word.span.range()];
        match word.term {
            Term::Bool(_) | Term::Int(_) | Term::Float(_) | Term::Text(_) => Written::Literal(text),
            Term::Nil => Written::Nil,
            Term::Field(_) => Written::Field,
            Term::Variable(_, ref fields) if !fields.is_empty() => Written::Field,
            _ => Written::Value,
        }
    }

    /// `include`, and `tpl`: what another template prints.
    fn rendered(&mut self, frame: &Frame<'_>, (callee, span): (Callee, Span), values: &[Value]) -> Run<Value> {
        let is_include = matches!(callee, Callee::Include);
        let [text, data] = values else {
            let name = callee.name();
            return frame.error(span, format!("wrong number of args for {name}: want 2 got {}", values.len()));
        };
        let text = match &text.kind {
            Kind::Text(text) => text,
            Kind::Unknown(_) => return Ok(Value::unknown()),
            Kind::Nil => return frame.error(span, "invalid value; expected string"),
            _ => {
                return frame.error(span, format!("wrong type for value; expected string; got {}", text.type_name()));
            }
        };
        if is_include && self.lacks_charts && frame.namespace.find(text.as_str()).is_none() {
            return Ok(Value::unknown());
        }
        let printed = if is_include {
            self.include(frame, span, (text.as_str(), data))?
        } else {
            self.template_of(frame, span, (text, data))?
        };
        Ok(Value::text(printed))
    }

    fn include(&mut self, frame: &Frame<'_>, span: Span, (name, data): (&str, &Value)) -> Run<Text> {
        let Some(template) = frame.namespace.find(name) else {
            return frame.error(
                span,
                format!("error calling include: template: no template {name:?} associated with template \"gotpl\""),
            );
        };
        let key = self.known_by(frame, template, data);
        if let Some(text) = key.and_then(|key| self.again(frame, key)) {
            return Ok(text);
        }
        let count = self.included.entry(Rc::clone(&template.name)).or_default();
        if *count > MOST_INCLUDED {
            let nested = "error calling include: rendering template has a nested reference name";
            return frame.error(span, format!("{nested}: {name}: unable to execute template"));
        }
        *count += 1;
        let begun = key.map(|key| self.begin(key));
        let out = self.spare.pop().unwrap_or_default();
        let out = self.execute((template, frame.namespace), data, frame.site, out);
        if let Some(count) = self.included.get_mut(name) {
            *count -= 1;
        }
        let printed = out.map(|mut out| {
            let text = out.take();
            self.spare.push(out);
            text
        });
        if let Some(begun) = begun {
            self.end(frame, begun, (template, data), printed.as_ref().ok());
        }
        printed
    }

    /// What a text prints, taken as a template.
    fn template_of(&mut self, frame: &Frame<'_>, span: Span, (text, data): (&Text, &Value)) -> Run<Text> {
        if !text.as_str().contains("{{") {
            return Ok(without_nothing(text));
        }
        self.room = self.room.checked_sub(text.as_str().len() as u64 * 8).ok_or(Halt::TooMuch)?;
        let namespace = self.read_text(frame, span, text)?;
        let Some(template) = namespace.templates.get(NAME) else { return Ok(Text::default()) };
        let out = self.execute((template, &namespace), data, frame.site, TextWriter::default())?;
        Ok(without_nothing(&out.finish()))
    }
}

/// A call stops: in helm's words.
pub(super) fn halt<T>(frame: &Frame<'_>, (name, span): (&str, Span), stop: Stop) -> Run<T> {
    let (message, is_meant) = match stop {
        Stop::TooMuch => return Err(Halt::TooMuch),
        Stop::Misused(message) => (message, false),
        Stop::Refused(message) => (message, true),
        Stop::Failed(message) => (format!("error calling {name}: {message}"), false),
    };
    let body = frame.template.body_id;
    Err(Halt::Stopped(Box::new(Stopped { message, body, span, trail: frame.trail, is_meant })))
}
