//! The runs of many CronJobs in a stretch of time.

use crate::analysis::{CronJobFacts, ObjectFacts};
use crate::controller::starts;
use crate::hash::HashMap;
use crate::project::Project;
use crate::schedule::{Ending, Instant, Schedule, Seconds, describe};
use crate::sort;

/// The stretch of time that is shown: `from < run < until`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Window {
    /// Runs come strictly after it.
    pub from: Instant,
    /// Runs come strictly before it.
    pub until: Instant,
}

/// A CronJob of a file with its runs in the window.
#[derive(Debug)]
#[non_exhaustive]
pub struct Row<'p> {
    /// What it is.
    pub object: &'p ObjectFacts,
    /// What it does.
    pub cron_job: &'p CronJobFacts,
    /// Its schedule, unless it never runs.
    pub schedule: Option<Schedule>,
    /// How many runs the window has.
    pub total: usize,
    /// The first of them; how many is the caller's choice.
    pub runs: Vec<Instant>,
    /// Why there are no runs after the last one, if there are none.
    pub ending: Option<Ending>,
    /// The rows of the same namespace and name, where there are others: in one cluster they are one object.
    pub same: Option<Same>,
}

/// Rows of one namespace and name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Same {
    /// How many there are.
    pub count: usize,
    /// The first of them.
    pub first: usize,
    /// The last of them, which is what counts where all are applied in this order.
    pub last: usize,
}

/// A row for each CronJob of a project, with at most so many runs.
#[must_use]
pub fn rows(project: &Project, window: Window, most: usize) -> Vec<Row<'_>> {
    let cron_jobs = project.files().flat_map(|facts| facts.cron_jobs());
    let mut rows: Vec<Row<'_>> = cron_jobs.map(|(object, cron_job)| row(object, cron_job, window, most)).collect();
    let mut named: HashMap<_, Same> = HashMap::default();
    for (number, row) in rows.iter().enumerate() {
        if let Some(name) = row.object.known_by() {
            let same = named.entry(name).or_insert(Same { count: 0, first: number, last: number });
            (same.count, same.last) = (same.count + 1, number);
        }
    }
    for row in &mut rows {
        let same = row.object.known_by().and_then(|name| named.get(&name).copied());
        row.same = same.filter(|same| same.count > 1);
    }
    rows
}

/// How many runs each CronJob of a project can have so that all have no more than `most` together: those with fewer
/// leave room to the others, and each has one.
#[must_use]
pub fn share(project: &Project, window: Window, most: usize) -> usize {
    let schedules = project.files().flat_map(|facts| facts.cron_jobs()).filter_map(|(_, job)| job.timetable());
    let minutes = (window.until - window.from).get().max(0) / Seconds::MINUTE.get() + 1;
    let starts = |schedule: Schedule| schedule.count_between(window.from, window.until).min(minutes as u64);
    let mut totals: Vec<u64> = schedules.map(starts).collect();
    sort::ascending(&mut totals);
    let mut left = most as u64;
    for (index, total) in totals.iter().enumerate() {
        let each = left / (totals.len() - index) as u64;
        if *total > each {
            return usize::try_from(each).unwrap_or(usize::MAX).max(1);
        }
        left -= total;
    }
    usize::MAX
}

fn row<'p>(object: &'p ObjectFacts, cron_job: &'p CronJobFacts, window: Window, most: usize) -> Row<'p> {
    let schedule = cron_job.timetable();
    let mut runs = Vec::new();
    let ending = schedule.as_ref().and_then(|schedule| schedule.runs_between(window.from, window.until, &mut runs));
    if cron_job.expression().is_some_and(|expression| expression.every().is_some()) {
        runs = starts(runs).collect();
    }
    let total = runs.len();
    runs.truncate(most);
    runs.shrink_to_fit();
    Row { object, cron_job, schedule, total, runs, ending, same: None }
}

impl Row<'_> {
    /// The name as people know it: with its namespace, if it has one.
    #[must_use]
    pub fn label(&self) -> String {
        let identity = &self.object.identity;
        let name = identity.name.as_deref().unwrap_or("(no name)");
        identity.namespace.as_ref().map_or_else(|| name.to_owned(), |namespace| format!("{namespace}/{name}"))
    }

    /// The schedule in words; `None` where it never runs.
    #[must_use]
    pub fn words(&self) -> Option<String> {
        let expression = self.cron_job.expression().filter(|_| self.schedule.is_some())?;
        let told = self.cron_job.controller_zone.map(|zone| zone.name());
        Some(describe(&expression, self.cron_job.time_zone.as_deref().or(told)))
    }

    /// All of its runs in the window that start a Job, of which the row may list only the first.
    #[must_use]
    pub fn starts(&self, window: Window) -> Vec<Instant> {
        let mut runs = Vec::new();
        if let Some(schedule) = &self.schedule {
            schedule.runs_between(window.from, window.until, &mut runs);
        }
        starts(runs).collect()
    }

    /// The distance between its runs, where they are counted from its creation (`@every`), which no manifest tells.
    #[must_use]
    pub fn counts_from_creation(&self) -> Option<Seconds> {
        self.schedule.as_ref()?;
        Some(self.cron_job.expression()?.every()?.distance)
    }

    /// Where its schedule is: the file, and the line counted from 1.
    #[must_use]
    pub fn place(&self) -> (&str, u32) {
        (&self.cron_job.at.file, self.cron_job.at.start.line)
    }
}
