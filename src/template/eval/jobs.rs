//! Which parts of templates make Jobs, as far as their text says it.

use std::rc::Rc;

use super::{Engine, Namespace};
use crate::hash::HashSet;
use crate::template::origin::BodyId;
use crate::template::syntax::{Callee, Node, Pipeline, Term};

impl Engine {
    /// Whether nodes print a Job, as far as their text says it, or the templates that they include.
    pub(crate) fn makes_jobs(&self, body: BodyId, namespace: &Rc<Namespace>, nodes: &[Node]) -> bool {
        let mut seen = HashSet::default();
        let mut open: Vec<(BodyId, &Node)> = nodes.iter().map(|node| (body, node)).collect();
        while let Some((body, node)) = open.pop() {
            match node {
                Node::Text(span) => {
                    if says_job(&self.body(body).text.as_str()[span.range()]) {
                        return true;
                    }
                }
                Node::Condition(condition) | Node::Range(condition) => {
                    open.extend(condition.body.iter().chain(&condition.otherwise).map(|node| (body, node)));
                }
                Node::Action(action) => {
                    for name in included(&action.pipeline) {
                        if let Some(template) = namespace.find(name).filter(|_| seen.insert(name)) {
                            open.extend(template.body.iter().map(|node| (template.body_id, node)));
                        }
                    }
                }
                Node::Template(invocation) => {
                    if let Some(template) = namespace.find(&invocation.name).filter(|_| seen.insert(&invocation.name)) {
                        open.extend(template.body.iter().map(|node| (template.body_id, node)));
                    }
                }
                Node::Break | Node::Continue => {}
            }
        }
        false
    }
}

/// The templates that are included by their names.
fn included(pipeline: &Pipeline) -> impl Iterator<Item = &str> {
    pipeline.commands.iter().filter_map(|command| match command.operands.as_slice() {
        [first, second, ..] if matches!(first.term, Term::Function(Callee::Include)) => match &second.term {
            Term::Text(name) => Some(name.as_str()),
            _ => None,
        },
        _ => None,
    })
}

/// Whether a text says that it is a Job or CronJob.
fn says_job(text: &str) -> bool {
    const KEY: &str = "kind:";
    let mut kinds = memchr::memmem::find_iter(text.as_bytes(), KEY).map(|at| &text[at + KEY.len()..]);
    kinds.any(|kind| {
        let kind = kind.trim_start_matches([' ', '"', '\'']);
        kind.starts_with("Job") || kind.starts_with("CronJob")
    })
}
