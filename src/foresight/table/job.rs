//! What is asked of a Job of its own.

use super::search::longest;
use super::trial::{self, Trial};
use super::{Answer, Question, Row, Table};
use crate::controller::{Attempt, Delay, Job, Object, Outcome};
use crate::foresight::summary::seconds;
use crate::foresight::{Plan, Premises, World};
use crate::schedule::{INSTANTS, Seconds};

/// How long it is watched, its own limits apart.
const MONTH: Seconds = Seconds::new(30 * 86_400);

pub(super) fn table(plan: &Plan, job: &Job, world: &World) -> Table {
    let limits = [job.active_deadline, job.ttl_after_finished].into_iter().flatten();
    let limits = limits.fold(Seconds::default(), |sum, limit| sum + seconds(limit).min(Seconds::DAY * 3_650));
    let until = world.from.saturating_add(world.length.unwrap_or(MONTH + limits)).min(INSTANTS.end);
    let object = Object::Job(job.clone());
    let window = world.from..until;
    let trial = Trial { plan, object: &object, window: window.clone(), due: &[], settling: Seconds::default() };
    Table { window, rows: rows(&trial, job) }
}

fn rows(trial: &Trial<'_>, job: &Job) -> Vec<Row> {
    if job.is_suspended {
        return vec![Row::new(Question::Suspended, trial.runs(|_| Outcome::Hangs))];
    }
    let takes = |length: Seconds| {
        let after = Delay::from(length);
        trial.runs(move |_| Outcome::Exits { after, code: 0 })
    };
    let mut rows = lengths(job, takes);
    let attempts = |outcome: fn(Attempt) -> Outcome| trial.runs(outcome);
    rows.push(Row::new(Question::Fails, attempts(trial::fails)));
    let evicted = attempts(trial::evicted);
    if evicted.summary.failed > 0 {
        rows.push(Row::new(Question::Evicted, evicted));
    }
    rows.extend(trial::stuck(attempts(|_| Outcome::Hangs), attempts(|_| Outcome::NeverStarts)));
    rows
}

/// How long its pods may take.
fn lengths(job: &Job, takes: impl Fn(Seconds) -> Answer) -> Vec<Row> {
    let at_once = || Row::new(Question::Ends, takes(Premises::RUN_TIME));
    let Some(deadline) = job.active_deadline.map(seconds) else { return vec![at_once()] };
    match longest(deadline, |length| takes(length).summary.complete > 0) {
        None => vec![at_once()],
        Some(length) => vec![
            Row::new(Question::TakesUpTo(length), takes(length)),
            Row::new(Question::TakesLonger(length), takes(length + Premises::RUN_TIME)),
        ],
    }
}
