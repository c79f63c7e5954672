use crate::k8s::{Problem, Stage};

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
