//! The parts of a template, one after the other.

use super::call::halt;
use super::hole::NOTHING;
use super::{Engine, Frame, Halt, MOST_PRINTED, Run};
use crate::template::functions::{Call, print};
use crate::template::origin::SiteId;
use crate::template::syntax::{Action, Condition, Invocation, Node, Operand, Pipeline, Term};
use crate::template::text::Text;
use crate::template::value::{ITEM, Kind, Value};
use crate::text::Span;

/// How it goes on after a part.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Flow {
    Next,
    Break,
    Continue,
}

impl Engine {
    pub(super) fn walk<'t>(&mut self, frame: &mut Frame<'t>, dot: &Value, nodes: &'t [Node]) -> Run<Flow> {
        for node in nodes {
            self.step()?;
            let flow = match node {
                Node::Text(span) => {
                    let text = &self.bodies[frame.template.body_id.0 as usize].text;
                    frame.out.push_printed(text, span.range(), frame.trail);
                    Flow::Next
                }
                Node::Action(action) => self.action(frame, dot, action)?,
                Node::Condition(condition) => self.condition(frame, dot, condition)?,
                Node::Range(range) => self.range(frame, dot, range)?,
                Node::Template(invocation) => self.invoke(frame, dot, invocation)?,
                Node::Break => Flow::Break,
                Node::Continue => Flow::Continue,
            };
            if frame.out.len() > MOST_PRINTED {
                return Err(Halt::TooMuch);
            }
            if flow != Flow::Next {
                return Ok(flow);
            }
        }
        Ok(Flow::Next)
    }

    fn action<'t>(&mut self, frame: &mut Frame<'t>, dot: &Value, action: &'t Action) -> Run<Flow> {
        let site = self.open(frame, action.span);
        let value = self.pipeline(frame, dot, &action.pipeline)?;
        self.close(site);
        if action.pipeline.variables.is_empty() {
            let mut text = self.printed(&value, frame, action.pipeline.span)?;
            if frame.trail == SiteId::NONE {
                text = Self::nothing_marked(text);
            } else if self.is_tolerant()
                && matches!(text.as_str(), "" | "\"\"" | "''" | NOTHING)
                && names_value(&action.pipeline)
            {
                text = Value::hole();
            }
            frame.out.push_printed(&text, 0..text.as_str().len(), site);
        }
        Ok(Flow::Next)
    }

    /// A value as an action prints it.
    fn printed(&mut self, value: &Value, frame: &Frame<'_>, span: Span) -> Run<Text> {
        match &value.kind {
            Kind::Nil => Ok(Text::computed(NOTHING)),
            Kind::Text(text) => Ok(text.clone()),
            Kind::Unknown(_) => Ok(Value::hole()),
            _ => print(value, &mut Call { room: &mut self.room }).or_else(|stop| halt(frame, ("print", span), stop)),
        }
    }

    fn condition<'t>(&mut self, frame: &mut Frame<'t>, dot: &Value, condition: &'t Condition) -> Run<Flow> {
        let known = frame.variables.len();
        let site = self.open(frame, condition.span);
        let value = self.pipeline(frame, dot, &condition.pipeline)?;
        self.close(site);
        let holds = self.holds(frame, dot, condition, value.truth());
        let value = if holds && value.truth() == Some(false) { Value::unknown() } else { value };
        let (dot, side) = if holds {
            (if condition.moves_dot { &value } else { dot }, &condition.body)
        } else {
            (dot, &condition.otherwise)
        };
        let is_sure = value.truth().is_some() || holds || side.is_empty() || self.is_denied(condition);
        let is_sure = is_sure || self.makes_jobs(frame.template.body_id, frame.namespace, side);
        // Whether it stands there, nobody knows: nor what does.
        let before = (!is_sure).then(|| std::mem::take(&mut frame.out));
        self.unsure += u32::from(!is_sure);
        let flow = self.deeper(|engine| engine.walk(frame, dot, side));
        self.unsure -= u32::from(!is_sure);
        if let Some(before) = before {
            let printed = std::mem::replace(&mut frame.out, before).finish();
            frame.out.push_unknown(&printed, site);
        }
        frame.variables.truncate(known);
        flow
    }

    fn range<'t>(&mut self, frame: &mut Frame<'t>, dot: &Value, range: &'t Condition) -> Run<Flow> {
        let known = frame.variables.len();
        let site = self.open(frame, range.span);
        let value = self.pipeline(frame, dot, &range.pipeline)?;
        self.close(site);
        let items = match items(&value, range.pipeline.variables.len()) {
            Ok(items) => items,
            Err(_) if self.is_tolerant() => Vec::new(),
            Err(why) => {
                let written = self.printed(&value, frame, range.pipeline.span)?;
                return frame.error(range.pipeline.span, why.of(written.as_str()));
            }
        };
        let truth = if value.is_unknown() { value.truth() } else { Some(!items.is_empty()) };
        let flow = match (self.holds(frame, dot, range, truth), items.is_empty()) {
            (false, _) => self.deeper(|engine| engine.walk(frame, dot, &range.otherwise))?,
            (true, true) => {
                self.turns(frame, range, vec![(Value::unknown(), item_of(&value))])?;
                Flow::Next
            }
            (true, false) => {
                self.turns(frame, range, items)?;
                Flow::Next
            }
        };
        frame.variables.truncate(known);
        Ok(flow)
    }

    fn turns<'t>(&mut self, frame: &mut Frame<'t>, range: &'t Condition, items: Vec<(Value, Value)>) -> Run<()> {
        let inside = frame.variables.len();
        for (key, item) in items {
            self.step()?;
            bind(frame, range, key, &item);
            let flow = self.deeper(|engine| engine.walk(frame, &item, &range.body))?;
            frame.variables.truncate(inside);
            if flow == Flow::Break {
                break;
            }
        }
        Ok(())
    }

    fn invoke<'t>(&mut self, frame: &mut Frame<'t>, dot: &Value, invocation: &'t Invocation) -> Run<Flow> {
        let Some(template) = frame.namespace.find(&invocation.name) else {
            if self.lacks_charts || self.is_tolerant() {
                let site = self.open(frame, invocation.span);
                frame.out.push_printed(&Value::hole(), 0..1, site);
                return Ok(Flow::Next);
            }
            return frame.error(invocation.span, format!("template {:?} not defined", invocation.name));
        };
        let site = self.open(frame, invocation.span);
        let data = match &invocation.data {
            Some(pipeline) => self.pipeline(frame, dot, pipeline)?,
            None => Value::NIL,
        };
        self.close(site);
        let out = std::mem::take(&mut frame.out);
        frame.out = self.execute((template, frame.namespace), &data, site, out)?;
        Ok(Flow::Next)
    }
}

/// Whether a pipeline is the name of a value, and nothing more but how it is written.
fn names_value(pipeline: &Pipeline) -> bool {
    let Some((first, others)) = pipeline.commands.split_first() else { return false };
    let writes = |word: &Operand| matches!(&word.term, Term::Function(callee) if matches!(callee.name(), "quote" | "squote" | "toString" | "trim"));
    let is_name = matches!(first.operands.as_slice(), [Operand { term: Term::Field(_) | Term::Variable(..), .. }]);
    is_name && others.iter().all(|command| command.operands.len() == 1 && command.operands.iter().all(writes))
}

/// What a list that nobody knows has.
fn item_of(list: &Value) -> Value {
    match &list.kind {
        Kind::Unknown(unknown) => unknown.field(ITEM),
        _ => Value::unknown(),
    }
}

/// Why a `range` cannot go over a value.
enum NoRange {
    NoItems,
    NoKeys,
}

impl NoRange {
    fn of(&self, value: &str) -> String {
        match self {
            Self::NoItems => format!("range can't iterate over {value}"),
            Self::NoKeys => format!("can't use {value} to iterate over more than one variable"),
        }
    }
}

/// What a `range` goes over: keys and items.
fn items(value: &Value, variables: usize) -> Result<Vec<(Value, Value)>, NoRange> {
    let counted = |count: i64| (0..count.max(0)).map(|at| (Value::NIL, Value::int(at))).collect();
    match &value.kind {
        Kind::Nil | Kind::Unknown(_) => Ok(Vec::new()),
        Kind::List(list) => {
            Ok(list.iter().enumerate().map(|(at, item)| (Value::int(at as i64), item.clone())).collect())
        }
        Kind::Map(map) => Ok(map.entries().into_iter().map(|(key, item)| (Value::text(key), item)).collect()),
        Kind::Object(object) if object.is_files() => {
            Ok(object.fields.entries().into_iter().map(|(key, item)| (Value::text(key), item)).collect())
        }
        Kind::Int(_) | Kind::Int64(_) if variables > 1 => Err(NoRange::NoKeys),
        Kind::Int(count) | Kind::Int64(count) if *count <= 1_000_000 => Ok(counted(*count)),
        _ => Err(NoRange::NoItems),
    }
}

/// Sets the variables of a turn: of two, the first has the key.
fn bind(frame: &mut Frame<'_>, range: &Condition, key: Value, item: &Value) {
    let variables = &range.pipeline.variables;
    let values = match variables.len() {
        0 => return,
        1 => vec![item.clone()],
        _ => vec![key, item.clone()],
    };
    let known = frame.variables.len();
    for (at, (name, value)) in variables.iter().zip(values).enumerate() {
        if range.pipeline.assigns {
            frame.assign(*name, value);
        } else {
            frame.variables[known - variables.len() + at].1 = value;
        }
    }
}
