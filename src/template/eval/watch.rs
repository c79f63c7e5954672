//! Which branches of a template a rendering enters, and what would have to be given for the others.

use std::collections::BTreeSet;

use super::assume::{Assumption, Branch};
use super::{Engine, Frame, Halt, Run};
use crate::template::origin::BodyId;
use crate::template::syntax::{Condition, Node};
use crate::template::value::{Map, Value};
use crate::text::Span;

/// What is looked for in a rendering of one template.
#[derive(Debug)]
pub(crate) struct Watch {
    /// The text of the template.
    pub(crate) body: BodyId,
    /// The values, in which paths are told.
    pub(crate) values: Map,
    /// Whether it goes on where helm stops.
    pub(crate) is_tolerant: bool,
    /// Branches that are entered although nobody knows, or somebody asks in another way, whether they hold.
    pub(crate) taken: BTreeSet<Branch>,
    /// Branches that were entered before, of which nobody needs to know what they take.
    pub(crate) known: BTreeSet<Branch>,
    pub(crate) entered: BTreeSet<Branch>,
    pub(crate) open: Vec<Open>,
}

/// A branch that was not entered.
#[derive(Debug, Clone)]
pub(crate) struct Open {
    pub(crate) branch: Branch,
    /// What would have to be given.
    pub(crate) assumptions: Vec<Assumption>,
    /// The bytes of what is in it.
    pub(crate) extent: Span,
    /// Whether a Job is made in it.
    pub(crate) makes_jobs: bool,
}

impl Watch {
    pub(crate) fn new(body: BodyId, values: Map) -> Self {
        let (taken, known, entered) = (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
        Self { body, values, is_tolerant: false, taken, known, entered, open: Vec::new() }
    }
}

impl Engine {
    pub(super) fn is_tolerant(&self) -> bool {
        self.watch.as_ref().is_some_and(|watch| watch.is_tolerant)
    }

    /// What helm stops at is not known, where it is to go on.
    pub(super) fn tolerated(&self, made: Run<Value>) -> Run<Value> {
        match made {
            Err(Halt::Stopped(_)) if self.is_tolerant() => Ok(Value::unknown()),
            made => made,
        }
    }

    /// Whether what stands under a condition is printed.
    pub(super) fn holds<'t>(
        &mut self,
        frame: &mut Frame<'t>,
        dot: &Value,
        condition: &'t Condition,
        truth: Option<bool>,
    ) -> bool {
        let start = condition.span.start;
        let Some(watch) = self.watch.as_mut().filter(|watch| watch.body == frame.template.body_id) else {
            return truth.unwrap_or(false);
        };
        let is_taken = |side| watch.taken.contains(&(start, side));
        let holds = match truth {
            _ if is_taken(true) => true,
            _ if is_taken(false) => false,
            truth => truth.unwrap_or(false),
        };
        let is_made_up = holds && truth == Some(false);
        watch.entered.insert((start, holds));
        let other = (start, !holds);
        let nodes = if holds { &condition.otherwise } else { &condition.body };
        let is_known = watch.known.contains(&other) || watch.entered.contains(&other);
        let is_open = !is_known && watch.open.iter().all(|open| open.branch != other);
        if let Some(extent) = extent(nodes).filter(|_| is_open) {
            let assumptions = self.wishes(frame, dot, condition, !holds);
            let makes_jobs = self.makes_jobs(frame.template.body_id, frame.namespace, nodes);
            let open = assumptions.map(|assumptions| Open { branch: other, assumptions, extent, makes_jobs });
            if let Some(watch) = &mut self.watch {
                watch.open.extend(open);
            }
        }
        if is_made_up {
            self.give_in_place(frame, dot, condition);
        }
        holds
    }
}

/// The bytes from the first of some nodes to the last.
fn extent(nodes: &[Node]) -> Option<Span> {
    let mut open: Vec<&Node> = nodes.iter().collect();
    let mut whole: Option<Span> = None;
    while let Some(node) = open.pop() {
        let span = match node {
            Node::Text(span) => *span,
            Node::Action(action) => action.span,
            Node::Template(invocation) => invocation.span,
            Node::Condition(condition) | Node::Range(condition) => {
                open.extend(condition.body.iter().chain(&condition.otherwise));
                condition.span
            }
            Node::Break | Node::Continue => continue,
        };
        whole = Some(whole.map_or(span, |whole| whole.cover(span)));
    }
    whole
}
