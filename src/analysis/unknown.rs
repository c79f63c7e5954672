//! What nobody knows of an object: what the server says of it may not hold, and when it runs may not be told.

use super::Analysis;
use crate::controller::{Undecided, Unsaid};
use crate::diagnostic::Basis;
use crate::k8s::objects::CronJobSpec;
use crate::k8s::{Manifest, Problem, Resource, steps};
use crate::text::{Lines, Location};
use crate::yaml::Value;

/// Whether a problem of an object may not be one, by what nobody knows of it: of what rests on one place, that decides.
pub(super) fn decides(root: Value<'_>, problem: &Problem) -> bool {
    if problem.holds_of_part() {
        return false;
    }
    let rests_on_relation = problem.topic.rests_on() == Basis::Relation;
    let mut at = root;
    for step in steps(&problem.field) {
        if at.is_unknown() || is_sought_in(at, problem) {
            return true;
        }
        let next = match step.parse::<usize>() {
            Ok(index) if at.is_sequence() => at.items().nth(index),
            _ => at.get(step).map(|entry| entry.value),
        };
        match next {
            Some(next) if next.is_unknown() => return true,
            Some(_) if rests_on_relation && is_partly_unknown(at) => return true,
            Some(next) => at = next,
            None => return at.is_open() || rests_on_relation && is_partly_unknown(at),
        }
    }
    at.is_unknown() || at.is_open()
}

/// Whether the list that has nothing of a name may have it.
fn is_sought_in(mapping: Value<'_>, problem: &Problem) -> bool {
    let Some(list) = problem.aside().sought_in.filter(|_| mapping.is_mapping()) else { return false };
    mapping.get(list).is_some_and(|list| list.value.is_open() || list.value.items().any(is_partly_unknown))
}

/// Whether nobody knows a value, or one that stands in it, or what else does.
fn is_partly_unknown(value: Value<'_>) -> bool {
    value.is_unknown()
        || value.is_open()
        || value.items().any(Value::is_unknown)
        || value.entries().any(|entry| entry.value.is_unknown())
}

impl Analysis {
    /// What decides when a CronJob runs, where nobody knows that.
    pub(crate) fn undecided(&self, manifest: Manifest<'_>) -> Option<Undecided> {
        if manifest.resource != Some(Resource::CronJob) || !self.file.has_unknown(manifest.document.index) {
            return None;
        }
        let spec = manifest.root.get("spec");
        let is_unknown = || spec.map_or(manifest.root.is_open(), |spec| spec.value.is_unknown());
        let unsaid = match manifest.cron_job() {
            Some(spec) => unsaid(spec)?,
            None => Some(Unsaid::Schedule).filter(|_| is_unknown())?,
        };
        let mut holes = match spec.and_then(|spec| spec.value.get(unsaid.field())) {
            Some(field) => self.file.unknown_behind(field),
            None => match spec {
                Some(spec) if spec.value.is_unknown() => self.file.unknown_behind(spec),
                Some(spec) => self.file.unknown_entries(spec),
                None => Vec::new(),
            },
        };
        holes.truncate(1);
        let lines = || Lines::new(self.source.text());
        let at = holes.pop().map(|hole| Location::new(self.source.shared_name(), &lines(), hole));
        Some(Undecided::new(unsaid, at))
    }
}

/// What nobody knows of when a CronJob runs.
fn unsaid(spec: CronJobSpec<'_>) -> Option<Unsaid> {
    let slots = spec.slots();
    if spec.schedule().is_none() && slots.schedule().is_unknown() {
        return Some(Unsaid::Schedule);
    }
    slots.time_zone().entry().filter(|zone| zone.value.is_unknown()).map(|_| Unsaid::TimeZone)
}
