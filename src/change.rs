//! What a change of manifests does, object by object: what the server answers when `kubectl apply` is told of it, which runs
//! come and go, what happens at once, what holds from the next run on, and what stays although the file changed.

mod at_once;
mod findings;
mod later;
mod matched;
mod remarks;
mod runs;
mod standing;
mod way_out;

use crate::analysis::{Analysis, Certainty, Managed, Manager, filled_in, identity, replaced};
use crate::diagnostic::Object;
use crate::k8s::validation::update;
use crate::k8s::{Manifest, Problem, Resource};
use crate::schedule::Instant;
use crate::text::{Lines, Location, Message, Span};
use matched::{Met, Pairing, pairs};

pub use at_once::{Happening, What};
pub use findings::findings;
pub use later::Later;
pub use runs::Runs;

/// What is asked of a change.
#[derive(Debug, Clone, Copy)]
pub struct Question {
    /// When it is applied.
    pub from: Instant,
    /// How far runs are compared.
    pub until: Instant,
    /// Whether Jobs whose status is not told have not started.
    pub not_started: bool,
    /// Whether objects that are written as they were are left out.
    pub only_changed: bool,
}

/// What is known of the change of one object.
#[derive(Debug)]
#[non_exhaustive]
pub struct Change {
    /// What it is.
    pub object: Object,
    /// The document that it stands in, or stood.
    pub document: usize,
    /// Where its name stands now, or did.
    pub name: Location,
    /// Where it was.
    pub old: Option<Location>,
    /// Where it is now.
    pub new: Option<Location>,
    /// The name that it had, where it has another one now, so that it is another object.
    pub renamed_from: Option<String>,
    /// Whether the server takes it.
    pub accepted: bool,
    /// Whether its generation rises; a new object is one that was not there.
    pub changed: bool,
    /// What the server refuses it for.
    pub causes: Vec<Cause>,
    /// Which runs come and go; of a Job there are none.
    pub runs: Option<Runs>,
    /// What the controllers do as soon as they see it.
    pub at_once: Vec<Happening>,
    /// What does not hold before the next run of a CronJob.
    pub later: Vec<Later>,
    /// What stays as it was.
    pub kept: Vec<Kept>,
    /// What leads to what the file says, where the server refuses to go there.
    pub way_out: Vec<String>,
    /// What is said beside a schedule although it is of the one that was.
    pub stale: Option<Stale>,
    /// Whether all of it is known, before and now, and whoever applies it changes what there is: hooks are made anew, and
    /// Jobs with a time to live may be gone by then.
    pub is_plain: bool,
    /// The first field of the spec that decides on when runs start and is another now, with its place in the new file, or
    /// that of the schedule.
    pub decides: Option<(&'static str, Location)>,
}

/// A comment that a change has left behind.
#[derive(Debug)]
#[non_exhaustive]
pub struct Stale {
    /// What it is of, and what the schedule is now.
    pub message: Message,
    /// Where it stands.
    pub at: Location,
    /// Where the schedule does.
    pub schedule: Location,
}

/// Why the server refuses a change.
#[derive(Debug)]
#[non_exhaustive]
pub struct Cause {
    /// Kubernetes' type of cause.
    pub reason: Option<&'static str>,
    /// The field as the server names it.
    pub field: String,
    /// What is wrong.
    pub message: Message,
    /// Where the new file says so.
    pub at: Location,
    /// Whether it is the change that is refused: a new object would be taken with it.
    pub is_of_change: bool,
}

/// A field that has a value because of what the file said before.
#[derive(Debug)]
#[non_exhaustive]
pub struct Kept {
    /// As Kubernetes names it.
    pub field: String,
    /// What it stays at, as JSON.
    pub value: Option<String>,
    /// What it would be in a new object.
    pub anew: Option<String>,
    /// Where the new file says something of it, or of what it belongs to.
    pub at: Location,
}

/// What becomes of the objects of some files that others take the place of, in the order of these.
#[must_use]
pub fn changes(old: &[Analysis], new: &[Analysis], question: &Question) -> Vec<Change> {
    let (old_lines, new_lines) = (lines(old), lines(new));
    let Pairing { pairs, gone } = pairs((old, &old_lines), (new, &new_lines));
    let of_pair = |(side, met): (Side<'_>, Met<'_>)| match met {
        Met::Same(before) if question.only_changed && before.text() == side.text() => None,
        Met::Same(before) => side.update(before, question),
        Met::Renamed(was) => Some(side.create(Some(was), question)),
        Met::Nothing => Some(side.create(None, question)),
    };
    let mut changes: Vec<Change> = pairs.into_iter().filter_map(of_pair).collect();
    changes.extend(gone.into_iter().map(|gone| gone.removed(question)));
    changes
}

fn lines(all: &[Analysis]) -> Vec<Lines<'_>> {
    all.iter().map(|one| Lines::new(one.source().text())).collect()
}

/// An object of one of the two.
#[derive(Debug, Clone, Copy)]
struct Side<'a> {
    analysis: &'a Analysis,
    lines: &'a Lines<'a>,
    /// What is said at the head of the file about its only CronJob.
    head: Option<(Span, &'a str)>,
    manifest: Manifest<'a>,
}

impl<'a> Side<'a> {
    fn text(&self) -> &'a str {
        self.analysis.source().slice(self.manifest.root.span())
    }

    fn location(&self, span: Span) -> Location {
        Location::new(self.analysis.source().shared_name(), self.lines, span)
    }

    fn whole(&self) -> Location {
        self.location(self.manifest.root.span())
    }

    fn spec(&self) -> Option<&'a str> {
        self.manifest.root.get("spec").map(|spec| self.analysis.source().slice(spec.value.span()))
    }

    fn nothing(&self) -> Change {
        let name = self.manifest.metadata().and_then(|metadata| metadata.name());
        Change {
            object: identity(self.manifest),
            document: self.manifest.document.index,
            name: self.location(name.map_or(self.manifest.place(), |name| name.span)),
            old: None,
            new: Some(self.whole()),
            renamed_from: None,
            accepted: true,
            changed: true,
            causes: Vec::new(),
            runs: None,
            at_once: Vec::new(),
            later: Vec::new(),
            kept: Vec::new(),
            way_out: Vec::new(),
            stale: None,
            is_plain: self.is_whole() && !self.is_made_anew(),
            decides: None,
        }
    }

    fn is_whole(&self) -> bool {
        self.analysis.certainty(self.manifest) == Certainty::Whole
    }

    /// Whether whoever applies it deletes what there is, or time does.
    fn is_made_anew(&self) -> bool {
        let is_replaced = self.manifest.metadata().is_some_and(replaced);
        let has_ttl = self.manifest.job().is_some_and(|job| job.slots().ttl_seconds_after_finished().is_set());
        is_replaced || has_ttl || Managed::of(self.manifest).is_some_and(|managed| managed.as_hook)
    }

    /// What the server refuses; of a new object, for `known` causes.
    fn causes<'p>(&self, problems: impl Iterator<Item = &'p Problem>, known: &[&Problem]) -> Vec<Cause> {
        let is_known = |problem: &Problem| known.iter().any(|known| known.field == problem.field);
        let cause = |problem: &Problem| Cause {
            reason: problem.reason.map(|reason| reason.name()),
            field: problem.field.clone(),
            message: problem.message.clone(),
            at: self.location(problem.span),
            is_of_change: !is_known(problem) && filled_in(problem, self.manifest).is_none(),
        };
        problems.map(cause).collect()
    }

    fn create(self, was: Option<Side<'_>>, question: &Question) -> Change {
        let verdict = self.analysis.verdict(self.manifest);
        let accepted = verdict.accepted();
        let runs = runs::of((None, accepted.then_some(self.manifest)), question, self.analysis.settings());
        Change {
            old: was.map(|was| was.whole()),
            renamed_from: was.and_then(|was| was.manifest.name().map(str::to_owned)),
            accepted,
            changed: accepted,
            causes: self.causes(verdict.causes(), &verdict.causes().collect::<Vec<_>>()),
            runs,
            ..self.nothing()
        }
    }

    fn removed(self, question: &Question) -> Change {
        let runs = runs::of((Some(self.manifest), None), question, self.analysis.settings());
        Change { old: Some(self.whole()), new: None, runs, ..self.nothing() }
    }

    fn update(self, before: Side<'_>, question: &Question) -> Option<Change> {
        let settings = self.analysis.settings();
        let standing = standing::of(before.manifest, question.not_started);
        let update = update(before.manifest, self.manifest, standing, settings.kubernetes)?;
        let accepted = update.accepted();
        let anew = (!accepted).then(|| self.analysis.verdict(self.manifest));
        let known: Vec<&Problem> = anew.iter().flat_map(|verdict| verdict.causes()).collect();
        let causes = self.causes(update.problems.iter(), &known);
        let mut way_out = Vec::new();
        if !accepted && self.manifest.resource == Some(Resource::Job) && known.is_empty() {
            way_out = way_out::of(&identity(self.manifest), Managed::of(self.manifest), self.analysis.source().name());
        }
        let states = runs::States::of(&update);
        let runs = if accepted { states.runs(question, settings) } else { None };
        let at_once = if accepted { at_once::of(&states, before.manifest, standing, question) } else { Vec::new() };
        let later = if accepted { later::of(&states, &at_once, question) } else { Vec::new() };
        let kept = update.kept.into_iter().map(|kept| Kept {
            field: kept.field,
            value: kept.value,
            anew: kept.anew,
            at: self.location(kept.span),
        });
        Some(Change {
            old: Some(before.whole()),
            accepted,
            changed: update.changed,
            causes,
            runs,
            at_once,
            later,
            kept: kept.collect(),
            way_out,
            stale: remarks::stale(before, self),
            is_plain: [before, self].iter().all(|side| side.is_whole() && !side.is_made_anew()),
            decides: self.decides(before),
            ..self.nothing()
        })
    }

    /// Where the first field stands, or else the schedule, that decides on when runs start and is not as it was.
    fn decides(self, before: Side<'_>) -> Option<(&'static str, Location)> {
        let name = DECIDING.into_iter().find(|name| before.written(name) != self.written(name))?;
        let spec = self.manifest.root.get("spec")?.value;
        let entry = spec.get(name).or_else(|| spec.get("schedule"))?;
        Some((name, self.location(entry.value.span())))
    }

    /// A field of the spec, as it is written.
    fn written(&self, name: &str) -> Option<&'a str> {
        let entry = self.manifest.root.get("spec")?.value.get(name)?;
        Some(self.analysis.source().slice(entry.value.span()))
    }
}

/// What decides on when the runs of a CronJob start.
const DECIDING: [&str; 4] = ["suspend", "schedule", "timeZone", "startingDeadlineSeconds"];

/// Who manages an object, in words.
const fn manager(by: Manager) -> &'static str {
    match by {
        Manager::Helm => "Helm",
        Manager::ArgoCd => "Argo CD",
        Manager::Flux => "Flux",
        Manager::Owner => "another object",
    }
}
