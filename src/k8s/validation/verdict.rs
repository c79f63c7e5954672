//! The answer as a whole, and what of its problems comes to nothing beside others.
//!
//! k8s.io/apimachinery/pkg/api/validate/errors.go, FilterCoveredHandwrittenErrors;
//! k8s.io/apimachinery/pkg/util/validation/field/errors.go, Filter, ToAggregate, as of v1.37.

use std::collections::HashSet;
use std::hash::{Hash, Hasher};

use super::steps::{START, Steps};
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
    let is_alone = |one: &Problem| one.reason.is_none() || one.wording == Wording::Own;
    if problems.iter().filter(|one| !is_alone(one)).nth(1).is_none() {
        return;
    }
    // Most objects have few, which are sooner compared than hashed.
    let has_few = problems.len() <= FEW;
    let mut said = HashSet::with_capacity(if has_few { 0 } else { problems.len() });
    let is_said = |(at, one)| {
        let before = || problems[..at].iter().any(|before| Worded(before) == Worded(one));
        !is_alone(one) && if has_few { before() } else { !said.insert(Worded(one)) }
    };
    let said: Vec<bool> = problems.iter().enumerate().map(is_said).collect();
    let mut said = said.into_iter();
    problems.retain(|_| said.next() != Some(true));
}

const FEW: usize = 8;

/// A cause as far as the server's words for it go.
struct Worded<'p>(&'p Problem);

impl PartialEq for Worded<'_> {
    fn eq(&self, other: &Self) -> bool {
        let (one, other) = (self.0, other.0);
        (one.reason, &one.field, &one.wording) == (other.reason, &other.field, &other.wording)
    }
}

impl Eq for Worded<'_> {}

impl Hash for Worded<'_> {
    /// Few causes are of one field.
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.0.field.hash(state);
    }
}

/// Drops what only follows from values of a wrong type, misspelled and misplaced fields: what validation
/// finds in the place of a value that was not read is no news.
pub(super) fn drop_followers(problems: &mut Vec<Problem>) {
    let unread: Vec<String> = problems.iter().filter_map(unread_field).map(str::to_owned).collect();
    if !unread.is_empty() {
        let unread = Unread::of(&unread);
        problems.retain(|problem| {
            let found = problem.stage == Stage::Validation && problem.topic != Topic::DroppedField;
            let is_unread =
                || unread.concerns(&problem.field) || problem.sought_in.is_some_and(|list| unread.has_list(list));
            !(found && is_unread())
        });
    }
}

/// Drops warnings about what is rejected anyway: the server sends them with objects that it accepts.
pub(super) fn drop_idle_warnings(problems: &mut Vec<Problem>) {
    if problems.iter().any(Problem::is_warning) {
        let rejected: HashSet<Span> = problems.iter().filter(|one| one.rejects()).map(|one| one.span).collect();
        problems.retain(|one| !one.is_warning() || !rejected.contains(&one.span));
    }
}

/// The field whose value validation did not see.
fn unread_field(problem: &Problem) -> Option<&str> {
    match problem.topic {
        Topic::WrongType => Some(&problem.field),
        Topic::UnknownField => problem.meant.as_deref(),
        _ => None,
    }
}

/// Fields that were not read: they and the problems can both be many.
#[derive(Debug, Default)]
struct Unread<'f> {
    steps: Steps<'f>,
    /// Where the steps to them end.
    fields: HashSet<usize>,
    /// What holds them.
    owners: HashSet<&'f str>,
    /// The names that they end with.
    names: HashSet<&'f str>,
}

impl<'f> Unread<'f> {
    fn of(fields: &'f [String]) -> Self {
        let mut tree = Self::default();
        for field in fields {
            let at = steps(field).fold(START, |at, step| tree.steps.enter(at, step));
            tree.fields.insert(at);
            let Some((owner, name)) = field.rsplit_once(['.', '[']) else { continue };
            tree.names.insert(name);
            tree.owners.insert(owner);
            // Of some items the server names the list.
            tree.owners.extend(owner.strip_suffix(']').and_then(|item| item.rsplit_once('[')).map(|(list, _)| list));
        }
        tree
    }

    /// Whether a list of this name was not read.
    fn has_list(&self, name: &str) -> bool {
        self.names.contains(name)
    }

    /// Whether a problem of `field` can come of one of them: of the field itself, of what it holds, or of what holds it.
    fn concerns(&self, field: &str) -> bool {
        let mut way = steps(field).scan(START, |at, step| {
            *at = self.steps.get(*at, step)?;
            Some(*at)
        });
        self.owners.contains(field) || way.any(|at| self.fields.contains(&at))
    }
}

/// A field's path, cut before each `.` and `[`.
fn steps(field: &str) -> impl Iterator<Item = &str> {
    let mut rest = Some(field);
    std::iter::from_fn(move || {
        let path = rest?;
        let first = path.chars().next().map_or(0, char::len_utf8);
        let end = path[first..].find(['.', '[']).map(|at| first + at);
        rest = end.map(|end| &path[end..]);
        Some(end.map_or(path, |end| &path[..end]))
    })
}

#[cfg(test)]
mod tests {
    use super::Unread;

    #[test]
    fn what_was_not_read_concerns_what_it_holds_and_what_holds_it() {
        let unread = ["spec.template", "metadata.labels[a.b]", "spec.list[3]"].map(str::to_owned);
        let unread = Unread::of(&unread);
        for field in
            ["spec.template", "spec.template.spec.x", "spec.template[0]", "spec", "metadata.labels[a", "spec.list"]
        {
            assert!(unread.concerns(field), "{field}");
        }
        for field in ["spec.templates", "spec.list[30]", "spec.list[4]", "metadata", "metadata.labels[a.c]", "", "x"] {
            assert!(!unread.concerns(field), "{field}");
        }
    }
}
