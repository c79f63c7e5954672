//! The answer as a whole, and what of its problems comes to nothing beside others.
//!
//! k8s.io/apimachinery/pkg/api/validate/errors.go, FilterCoveredHandwrittenErrors;
//! k8s.io/apimachinery/pkg/util/validation/field/errors.go, Filter, ToAggregate, as of v1.37.

use std::hash::{Hash, Hasher};

use super::steps::{START, Steps};
use crate::hash::{HashMap, HashSet};
use crate::k8s::{Problem, Reason, Stage, Topic, Wording};
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

/// What is refused of a field that is absent or empty only follows from that.
pub(super) fn follow_absence(problems: &mut [Problem]) {
    let is_absent = |one: &&Problem| one.reason == Some(Reason::Required) && !one.is_unsaid();
    let is_other = |one: &Problem| one.reason.is_some_and(|reason| reason != Reason::Required) && one.echo_of.is_none();
    if !problems.iter().any(is_other) {
        return;
    }
    let absent: HashMap<&str, Span> = problems.iter().filter(is_absent).map(|one| (&*one.field, one.span)).collect();
    if absent.is_empty() {
        return;
    }
    let follows = |one: &Problem| absent.get(&*one.field).copied().filter(|span| is_other(one) && *span == one.span);
    let followed: Vec<Option<Span>> = problems.iter().map(follows).collect();
    for (problem, span) in problems.iter_mut().zip(followed) {
        problem.echoes(span);
    }
}

/// Leaves one of the causes that the server has the same words for, as servers do since 1.37.
pub(super) fn drop_repetitions(problems: &mut Vec<Problem>) {
    let is_alone = |one: &Problem| one.reason.is_none() || one.wording == Wording::Own || one.is_unsaid();
    let candidates = problems.iter().filter(|one| !is_alone(one)).count();
    if candidates < 2 {
        return;
    }
    // Most objects have few, which are sooner compared than hashed.
    let has_few = problems.len() <= FEW;
    let mut said = HashSet::with_capacity_and_hasher(if has_few { 0 } else { candidates }, Default::default());
    let is_said = |(at, one)| {
        let before = || problems[..at].iter().any(|before| Cause(before) == Cause(one));
        !is_alone(one) && if has_few { before() } else { !said.insert(Cause(one)) }
    };
    let said: Vec<bool> = problems.iter().enumerate().map(is_said).collect();
    let mut said = said.into_iter();
    problems.retain(|_| said.next() != Some(true));
}

const FEW: usize = 8;

/// A cause as far as the server's words for it go.
struct Cause<'p>(&'p Problem);

impl Cause<'_> {
    fn words(&self) -> (Option<Reason>, &str, &Wording) {
        (self.0.reason, &self.0.field, &self.0.wording)
    }
}

impl PartialEq for Cause<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.words() == other.words()
    }
}

impl Eq for Cause<'_> {}

impl Hash for Cause<'_> {
    /// Of all three: of one field, as labels are, there can be many.
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.words().hash(state);
    }
}

/// Drops what only follows from values of a wrong type, misspelled and misplaced fields: what validation
/// finds in the place of a value that was not read is no news.
pub(super) fn drop_followers(problems: &mut Vec<Problem>) {
    let unread = || problems.iter().filter_map(Problem::unread_field);
    let may_follow = |one: &Problem| one.stage == Stage::Validation && one.topic != Topic::DroppedField;
    if unread().next().is_none() || !problems.iter().any(may_follow) {
        return;
    }
    let mut followers = Followers::default();
    problems.iter().filter(|one| may_follow(one)).for_each(|one| followers.enter(&one.field));
    unread().for_each(|field| followers.mark(field));
    if problems.iter().any(|one| one.aside().sought_in.is_some()) {
        followers.unread_names = unread().filter_map(last_name).collect();
    }
    let follows = |one: &Problem| {
        followers.has(&one.field) || one.aside().sought_in.is_some_and(|list| followers.unread_names.contains(list))
    };
    let follows: Vec<bool> = problems.iter().map(|one| may_follow(one) && follows(one)).collect();
    let mut follows = follows.into_iter();
    problems.retain(|_| follows.next() != Some(true));
}

/// Drops warnings about what is rejected anyway: the server sends them with objects that it accepts.
pub(super) fn drop_idle_warnings(problems: &mut Vec<Problem>) {
    if problems.iter().any(Problem::is_warning) {
        let rejected: HashSet<Span> = problems.iter().filter(|one| one.rejects()).map(|one| one.span).collect();
        problems.retain(|one| !one.is_warning() || !rejected.contains(&one.span));
    }
}

/// What a path ends with.
fn last_name(field: &str) -> Option<&str> {
    field.rsplit_once(['.', '[']).map(|(_, name)| name)
}

/// Fields that validation speaks of, and which of them follow from some that were not read: both can be many.
#[derive(Debug, Default)]
struct Followers<'f> {
    steps: Steps<'f>,
    /// Where the steps to a field end that was not read.
    unread: HashSet<usize>,
    /// Where those to what holds one end.
    owners: HashSet<usize>,
    /// The names that those end with that were not read.
    unread_names: HashSet<&'f str>,
}

impl<'f> Followers<'f> {
    fn enter(&mut self, field: &'f str) {
        steps(field).fold(START, |at, step| self.steps.enter(at, step));
    }

    /// Notes a field that was not read, as far as validation speaks of what it holds or of what holds it.
    fn mark(&mut self, field: &'f str) {
        let last = steps(field).count() - 1;
        let mut at = START;
        for (number, step) in steps(field).enumerate() {
            // Of some items the server names the list.
            let is_list_of_owner = number + 1 == last && step.starts_with('[');
            if number == last || is_list_of_owner {
                self.owners.insert(at);
            }
            let Some(next) = self.steps.get(at, step) else { return };
            at = next;
        }
        self.unread.insert(at);
    }

    /// Whether a problem of `field` can come of one that was not read: of the field itself, of what it holds, or of what
    /// holds it.
    fn has(&self, field: &str) -> bool {
        let mut end = START;
        let mut way = steps(field).scan(START, |at, step| {
            *at = self.steps.get(*at, step)?;
            Some(*at)
        });
        way.any(|at| {
            end = at;
            self.unread.contains(&at)
        }) || self.owners.contains(&end)
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
    use super::Followers;

    #[test]
    fn what_was_not_read_concerns_what_it_holds_and_what_holds_it() {
        let concerned =
            ["spec.template", "spec.template.spec.x", "spec.template[0]", "spec", "metadata.labels[a", "spec.list"];
        let others = ["spec.templates", "spec.list[30]", "spec.list[4]", "metadata", "metadata.labels[a.c]", "", "x"];
        let mut followers = Followers::default();
        concerned.iter().chain(&others).for_each(|field| followers.enter(field));
        ["spec.template", "metadata.labels[a.b]", "spec.list[3]"].iter().for_each(|field| followers.mark(field));
        assert_eq!(concerned.map(|field| followers.has(field)), [true; 6]);
        assert_eq!(others.map(|field| followers.has(field)), [false; 7]);
    }
}
