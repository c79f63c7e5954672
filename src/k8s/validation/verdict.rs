//! The answer as a whole, and what of its problems comes to nothing beside others.
//!
//! k8s.io/apimachinery/pkg/api/validate/errors.go, FilterCoveredHandwrittenErrors;
//! k8s.io/apimachinery/pkg/util/validation/field/errors.go, Filter, ToAggregate, as of v1.37.

use std::collections::HashSet;

use crate::k8s::{Problem, Stage, Topic, Wording};
use crate::text::Span;

/// The API server's answer to one object.
#[derive(Debug, Clone)]
pub struct Verdict {
    problems: Vec<Problem>,
}

impl Verdict {
    /// An answer of these problems, in the order of the checks.
    #[must_use]
    pub fn new(problems: Vec<Problem>) -> Self {
        Self { problems }
    }

    /// Everything to say about the object: reasons to reject it, of every stage, and warnings.
    #[must_use]
    pub fn problems(&self) -> &[Problem] {
        &self.problems
    }

    /// The same, to keep.
    #[must_use]
    pub fn into_problems(self) -> Vec<Problem> {
        self.problems
    }

    /// The stage that the server stops at; `None` where it accepts the object.
    #[must_use]
    pub fn failing_stage(&self) -> Option<Stage> {
        self.problems.iter().filter(|problem| problem.rejects()).map(|problem| problem.stage).min()
    }

    /// Whether the server accepts the object.
    #[must_use]
    pub fn accepted(&self) -> bool {
        self.failing_stage().is_none()
    }

    /// What the server names: the problems of the stage that it stops at.
    pub fn causes(&self) -> impl Iterator<Item = &Problem> {
        let stage = self.failing_stage();
        self.problems.iter().filter(move |problem| problem.rejects() && Some(problem.stage) == stage)
    }
}

/// Leaves one of the causes that the server has the same words for, as servers do since 1.37.
pub(super) fn drop_repetitions(problems: &mut Vec<Problem>) {
    if problems.len() > 1 {
        let mut said = HashSet::new();
        problems.retain(|one| {
            let alone = one.reason.is_none() || one.wording == Wording::Own;
            alone || said.insert((one.reason, one.field.clone(), one.wording.clone()))
        });
    }
}

/// Drops what only follows from values of a wrong type, misspelled and misplaced fields: what validation
/// finds in the place of a value that was not read is no news.
pub(super) fn drop_followers(problems: &mut Vec<Problem>) {
    let unread: Vec<String> = problems.iter().filter_map(unread_field).collect();
    if !unread.is_empty() {
        problems.retain(|problem| {
            let found = problem.stage == Stage::Validation && problem.topic != Topic::DroppedField;
            !(found && unread.iter().any(|field| concerns(&problem.field, field)))
        });
    }
}

/// Drops warnings about what is rejected anyway: the server sends them with objects that it accepts.
pub(super) fn drop_idle_warnings(problems: &mut Vec<Problem>) {
    if problems.iter().any(|problem| problem.topic == Topic::ServerWarning) {
        let rejected: HashSet<Span> = problems.iter().filter(|one| one.rejects()).map(|one| one.span).collect();
        problems.retain(|one| one.topic != Topic::ServerWarning || !rejected.contains(&one.span));
    }
}

/// The field whose value validation did not see.
fn unread_field(problem: &Problem) -> Option<String> {
    match problem.topic {
        Topic::WrongType => Some(problem.field.clone()),
        Topic::UnknownField => problem.meant.clone(),
        _ => None,
    }
}

/// Whether a problem of `field` can come of `unread`: of the field itself, of what it holds, or of what holds it.
fn concerns(field: &str, unread: &str) -> bool {
    let within = |inner: &str, outer: &str| {
        inner.strip_prefix(outer).is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[']))
    };
    within(field, unread) || unread.rsplit_once(['.', '[']).is_some_and(|(owner, _)| field == owner)
}
