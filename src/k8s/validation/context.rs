use crate::k8s::{Path, Problem, Reason};
use crate::text::Span;

/// What a validation knows, and where it reports.
#[derive(Debug)]
pub struct Context {
    problems: Vec<Problem>,
}

impl Context {
    /// Nothing reported yet.
    #[must_use]
    pub fn new() -> Self {
        Self { problems: Vec::new() }
    }

    /// Reports a problem of the stage `validation`; what comes back takes help, labels and fixes.
    pub fn report(&mut self, reason: Reason, path: &Path<'_>, span: Span, message: impl Into<String>) -> &mut Problem {
        self.add(Problem::new(reason, path, span, message))
    }

    /// Adds a problem as it is.
    pub fn add(&mut self, problem: Problem) -> &mut Problem {
        self.problems.push(problem);
        self.problems.last_mut().expect("one was pushed")
    }

    /// All problems, in the order of the checks.
    #[must_use]
    pub fn into_problems(self) -> Vec<Problem> {
        self.problems
    }
}

impl Default for Context {
    fn default() -> Self {
        Self::new()
    }
}
