//! What every check is given: the version of the server, and where problems go.

use std::panic::Location;

use crate::k8s::schema::{Gate, Version};
use crate::k8s::{Extent, Path, Problem, Reason, Stage, Topic};
use crate::text::{Message, Span};

/// What a validation knows, and where it reports. Reporting is marked as rare, so that it stands aside in the code that
/// runs for every object.
#[derive(Debug)]
pub struct Context {
    version: Version,
    /// Of values of a wrong type only where they are is asked.
    knows_types: bool,
    /// How much of the object is known.
    extent: Extent,
    /// What is changed, where it is not created.
    existing: Option<Existing>,
    problems: Vec<Problem>,
    /// What there is very much of; `None` where all of it is told.
    crowd: Option<Crowd>,
}

/// Of checks that find very much, how much.
#[derive(Debug, Default)]
struct Crowd {
    /// Few checks find much: they are sooner compared than hashed.
    found: Vec<(&'static Location<'static>, usize)>,
    /// Whether something was not read: then the names of fields say what follows from that.
    has_unread: Option<bool>,
}

impl Crowd {
    /// How many a check has found so far.
    fn of(&self, check: &'static Location<'static>) -> Option<usize> {
        self.found.iter().find(|(of, _)| is_same(of, check)).map(|(_, count)| *count)
    }

    /// Counts another of them; how many there are then.
    fn add(&mut self, check: &'static Location<'static>) -> usize {
        match self.found.iter_mut().find(|(of, _)| is_same(of, check)) {
            Some((_, count)) => {
                *count += 1;
                *count
            }
            None => {
                self.found.push((check, 1));
                1
            }
        }
    }
}

/// Whether two places in the code are one, which mostly are one value, too.
fn is_same(one: &'static Location<'static>, other: &'static Location<'static>) -> bool {
    std::ptr::eq(one, other) || one == other
}

/// Problems of an object before those that one check finds are looked at for how many they are, and how many of them are
/// told then.
const MANY: usize = 1 << 16;
const TOLD: usize = 1 << 12;

/// What is known of an object that is changed: a server takes some of what it took before.
#[derive(Debug, Clone)]
pub(super) struct Existing {
    /// Its unique identifier.
    pub(super) uid: String,
    /// Whether its schedule names a time zone, which a new one may not.
    pub(super) has_zone_prefix: bool,
    /// Whether its time zone stays.
    pub(super) keeps_zone: bool,
    /// Whether its pods have the labels that came with 1.27.
    pub(super) has_prefixed_labels: bool,
    /// Whether its pods say how volumes get their labels of SELinux: then they may say it either way.
    pub(super) has_linux_policy: bool,
    /// Whether the server looks at all of it as at a new one, too.
    pub(super) is_looked_at_anew: bool,
}

impl Context {
    /// Nothing reported yet, for a server of this version.
    #[must_use]
    pub fn new(version: Version) -> Self {
        Self { version, knows_types: false, extent: Extent::Whole, existing: None, problems: Vec::new(), crowd: None }
    }

    /// The same for who knows what is wrong with the types.
    pub(super) fn knowing_types(version: Version) -> Self {
        Self { knows_types: true, ..Self::new(version) }
    }

    /// The same for who counts most problems only, where a check finds very many: what those say takes no room.
    pub(super) fn counting(version: Version) -> Self {
        Self { crowd: Some(Crowd::default()), ..Self::new(version) }
    }

    /// The same for an object that is known so far.
    pub(super) fn within(self, extent: Extent) -> Self {
        Self { extent, ..self }
    }

    /// Whether the object is a patch's: not all of it is known, and what merges it has keys of its own.
    pub(super) fn is_of_part(&self) -> bool {
        self.extent == Extent::Part
    }

    /// Nothing reported yet of what is made of an object.
    pub(super) fn changing(existing: Existing, version: Version) -> Self {
        Self { existing: Some(existing), ..Self::new(version) }
    }

    /// The object that is changed, where none is created.
    pub(super) fn existing(&self) -> Option<&Existing> {
        self.existing.as_ref()
    }

    /// Whether nobody asks what is wrong with the type of a value.
    pub(super) fn knows_types(&self) -> bool {
        self.knows_types
    }

    /// The server's version.
    #[must_use]
    pub fn version(&self) -> Version {
        self.version
    }

    /// Whether the server's version has the feature on by default.
    #[must_use]
    pub fn enables(&self, gate: Gate) -> bool {
        gate.is_on(self.version)
    }

    /// Whether the server is of Kubernetes 1.`minor` or newer: for what its code does since then, whichever gates are on.
    #[must_use]
    pub fn since(&self, minor: u8) -> bool {
        self.version >= Version::new(minor)
    }

    /// Reports a problem of the stage `validation`; what comes back takes help, labels and fixes. A message that is given
    /// as its parts, with `format_args!`, is put together only where it is told.
    #[cold]
    #[track_caller]
    pub fn report(&mut self, reason: Reason, path: &Path<'_>, span: Span, message: impl Into<Message>) -> &mut Problem {
        if self.is_told_enough(Location::caller()) {
            let known = if self.has_unread() { path } else { &Path::Root };
            return self.push(Problem::new(reason, known, span, Message::default()).speaking_of(path));
        }
        self.push(Problem::new(reason, path, span, message))
    }

    /// Reports a problem of the stages before validation, as [`Self::report`] does one of that.
    #[cold]
    #[track_caller]
    pub(super) fn report_before_validation(
        &mut self,
        (topic, stage): (Topic, Stage),
        path: &Path<'_>,
        span: Span,
        message: impl Into<Message>,
    ) -> &mut Problem {
        if self.is_told_enough(Location::caller()) {
            // Of what was not read, the field says what follows from that.
            let known = if topic == Topic::WrongType { path } else { &Path::Root };
            let problem = Problem::before_validation(topic, stage, known, span, Message::default());
            return self.push(problem.speaking_of(path));
        }
        self.push(Problem::before_validation(topic, stage, path, span, message))
    }

    /// Reports what the server accepts with a warning.
    #[cold]
    #[track_caller]
    pub fn warn(&mut self, path: &Path<'_>, span: Span, message: impl Into<Message>) -> &mut Problem {
        let topic = Topic::ServerWarning;
        self.add(Problem::before_validation(topic, Stage::Validation, path, span, message.into()))
    }

    /// Adds a problem as it is.
    #[cold]
    pub fn add(&mut self, problem: Problem) -> &mut Problem {
        self.count_last();
        self.push(problem)
    }

    fn push(&mut self, problem: Problem) -> &mut Problem {
        if self.problems.is_empty() {
            self.problems.reserve(FEW);
        }
        self.problems.push(problem);
        self.problems.last_mut().expect("one was pushed")
    }

    /// Whether a check has said as much as is told: of what it reports now, only where it is.
    fn is_told_enough(&mut self, check: &'static Location<'static>) -> bool {
        self.count_last();
        self.crowd.as_ref().and_then(|crowd| crowd.of(check)).is_some_and(|count| count >= TOLD)
    }

    /// Forgets what the last problem says, if its check has said as much as is told. No check adds to it any more.
    fn count_last(&mut self) {
        if self.problems.len() <= MANY {
            return;
        }
        let (Some(crowd), Some(last)) = (&mut self.crowd, self.problems.last_mut()) else { return };
        if crowd.add(last.check) <= TOLD || last.is_warning() {
            return;
        }
        last.leave_unsaid();
        // All that was not read is known by then.
        let is_known = last.stage == Stage::Validation;
        if is_known && !self.has_unread() {
            self.problems.last_mut().into_iter().for_each(|last| last.field = String::new());
        }
    }

    /// Whether something was not read, which is known when validation begins.
    fn has_unread(&mut self) -> bool {
        let has_unread = || self.problems.iter().any(|one| one.unread_field().is_some());
        self.crowd.as_mut().is_none_or(|crowd| *crowd.has_unread.get_or_insert_with(has_unread))
    }

    /// How many problems were reported so far.
    #[must_use]
    pub fn count(&self) -> usize {
        self.problems.len()
    }

    /// Whether nothing that was reported so far makes the server reject the object.
    #[must_use]
    pub fn accepts(&self) -> bool {
        !self.problems.iter().any(Problem::rejects)
    }

    /// What was reported so far, to be said more exactly.
    pub(super) fn problems_mut(&mut self) -> &mut [Problem] {
        &mut self.problems
    }

    /// All problems, in the order of the checks.
    #[must_use]
    pub fn into_problems(self) -> Vec<Problem> {
        self.problems
    }
}

/// Of an object that has one problem, there is room for so many before they move.
const FEW: usize = 6;
