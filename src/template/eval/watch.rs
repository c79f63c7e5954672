//! Which branches of a template a rendering enters, and what would have to be given for the others.

use std::collections::BTreeSet;

use super::assume::{Assumption, Branch, Taken};
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
    /// Branches that no value opens, or none that may be another one, with their bytes.
    pub(crate) shut: Vec<(Branch, Span)>,
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
        Self { body, values, is_tolerant: false, taken, known, entered, open: Vec::new(), shut: Vec::new() }
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
        // Where nobody knows whether anything stands, its branches are for the rendering that knows.
        let is_idle = self.has_no_values && self.unsure > 0;
        let is_watched = |watch: &&mut Watch| watch.body == frame.template.body_id && !is_idle;
        let Some(watch) = self.watch.as_mut().filter(is_watched) else {
            return truth.unwrap_or(false);
        };
        let is_taken = |side| watch.taken.contains(&(start, side));
        let holds = match truth {
            _ if is_taken(true) => true,
            _ if is_taken(false) => false,
            truth => truth.unwrap_or(false),
        };
        let is_made_up = holds && truth == Some(false);
        // Of values that are all unknown, neither side is the one that is printed without them.
        let is_open = self.has_no_values && truth.is_none() && !is_taken(true) && !is_taken(false);
        let others: &[bool] = if is_open {
            &[true, false]
        } else {
            watch.entered.insert((start, holds));
            &[!holds]
        };
        for side in others {
            self.leave(frame, dot, condition, *side);
        }
        if is_made_up {
            self.give_in_place(frame, dot, condition);
        }
        holds
    }

    /// Whether somebody asks for what stands under `else`, where nobody knows any value.
    pub(super) fn is_denied(&self, condition: &Condition) -> bool {
        let watch = self.watch.as_ref().filter(|_| self.has_no_values);
        watch.is_some_and(|watch| watch.taken.contains(&(condition.span.start, false)))
    }

    /// Notes a side of a condition that is not entered, and what would have to be given for it.
    fn leave<'t>(&mut self, frame: &mut Frame<'t>, dot: &Value, condition: &'t Condition, side: bool) {
        let Some(watch) = &self.watch else { return };
        let branch = (condition.span.start, side);
        let nodes = if side { &condition.body } else { &condition.otherwise };
        let is_known = watch.known.contains(&branch) || watch.entered.contains(&branch);
        let is_open = !is_known && watch.open.iter().all(|open| open.branch != branch);
        let Some(extent) = extent(nodes).filter(|_| is_open) else { return };
        let mut assumptions = self.wishes(frame, dot, condition, side);
        if let Some(assumptions) = assumptions.as_mut().filter(|_| self.has_no_values && !side) {
            let (taken, asked) = (Taken::Branch(branch), condition.pipeline.span);
            assumptions.push(Assumption { path: Vec::new(), taken, asked });
        }
        let makes_jobs = self.makes_jobs(frame.template.body_id, frame.namespace, nodes);
        let open = assumptions.map(|assumptions| Open { branch, assumptions, extent, makes_jobs });
        if let Some(watch) = &mut self.watch {
            if open.is_none() {
                watch.shut.push((branch, extent));
            }
            watch.open.extend(open);
        }
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
