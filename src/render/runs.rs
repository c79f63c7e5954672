//! `batchlint runs`: the runs ahead of many CronJobs, as a picture, a list, JSON or a calendar.

pub mod ics;
pub mod json;
pub mod list;
pub mod timeline;

use crate::schedule::{Ending, Instant};
use crate::upcoming::Upcoming;

/// The stretch of time that is shown: `from < run < until`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Window {
    /// Runs come strictly after it.
    pub from: Instant,
    /// Runs come strictly before it.
    pub until: Instant,
}

/// A CronJob of a file with its runs in the window.
#[derive(Debug, Clone)]
pub struct Row {
    /// The file's name.
    pub file: String,
    /// The line of the schedule, counted from 1.
    pub line: u32,
    /// The CronJob.
    pub cron_job: Upcoming,
    /// How many runs the window has.
    pub total: usize,
    /// The first of them; how many is the caller's choice.
    pub runs: Vec<Instant>,
    /// How many runs each column of the picture has.
    pub columns: Vec<u32>,
    /// Why there are no runs after the last one, if there are none.
    pub ending: Option<Ending>,
}

impl Row {
    /// The name as people know it: with its namespace, if it has one.
    #[must_use]
    pub fn label(&self) -> String {
        let name = if self.cron_job.name.is_empty() { "(no name)" } else { &self.cron_job.name };
        self.cron_job.namespace.as_ref().map_or_else(|| name.to_owned(), |namespace| format!("{namespace}/{name}"))
    }
}
