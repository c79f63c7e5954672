//! What everybody should ask of a Job or CronJob before anything is assumed of it, and what the simulation answers.

mod answer;
mod cron_job;
mod job;
mod reasons;
mod search;
mod trial;
mod window;

use std::ops::Range;

use super::{Plan, World};
use crate::controller::Object;
use crate::schedule::{Instant, Seconds};

pub use answer::{Answer, End, First, Way};

/// Questions and their answers.
#[derive(Debug)]
#[non_exhaustive]
pub struct Table {
    /// The stretch of time whose runs are counted.
    pub window: Range<Instant>,
    /// In the order in which people ask.
    pub rows: Vec<Row>,
}

/// A question and its answer.
#[derive(Debug)]
#[non_exhaustive]
pub struct Row {
    /// What is asked.
    pub question: Question,
    /// What comes of it.
    pub answer: Answer,
    /// The rule that says why, of those that find something in the object.
    pub rule: Option<&'static str>,
}

/// What may be with each run of a CronJob, or with a Job; of a Job, lengths are those of each of its pods.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Question {
    /// Its work ends, however long it takes.
    Ends,
    /// It takes so long at the most: the longest for which the answer is this one.
    TakesUpTo(Seconds),
    /// It takes so long.
    Takes(Seconds),
    /// It takes longer than that.
    TakesLonger(Seconds),
    /// Each of its attempts fails at once.
    Fails,
    /// Its first pod is evicted, as where a node is drained.
    Evicted,
    /// It starts, and never ends.
    Hangs,
    /// Its pods stay `Pending`.
    NeverStarts,
    /// One or the other: the answer is the same.
    Stuck,
    /// The controllers are away from the time of a run on, for so long at the most.
    AwayUpTo(Seconds),
    /// The controllers are away from the time of a run on, for so long.
    Away(Seconds),
    /// It stays suspended.
    Suspended,
    /// It is suspended no longer.
    Resumed,
}

impl Table {
    /// The table of an object, or `None` where it cannot be simulated.
    #[must_use]
    pub fn of(plan: &Plan, world: &World) -> Option<Self> {
        let mut table = match plan.object.as_ref().ok()? {
            Object::CronJob(cron_job) => cron_job::table(plan, cron_job, world),
            Object::Job(job) => job::table(plan, job, world),
        };
        for row in &mut table.rows {
            row.rule = reasons::of(row, &plan.rules);
        }
        Some(table)
    }
}

impl Row {
    fn new(question: Question, answer: Answer) -> Self {
        Self { question, answer, rule: None }
    }
}
