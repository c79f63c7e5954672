//! What is asked of a CronJob.

use std::ops::Range;

use super::answer::{is_lost, is_spoilt};
use super::search::{beyond, longest};
use super::trial::{self, Circumstances, Trial};
use super::window::window;
use super::{Answer, Question, Row, Table};
use crate::controller::{Attempt, Concurrency, CronJob, Moment, Object, Outcome, starts};
use crate::foresight::plan::suspended;
use crate::foresight::summary::seconds;
use crate::foresight::{Plan, Summary, World};
use crate::schedule::{INSTANTS, Instant, Schedule, Seconds};

/// How long the controllers are away in the question about that: an upgrade that goes wrong takes as long.
const AWAY: Seconds = Seconds::new(2 * 3_600);
/// Where a run may take so long, nobody asks what comes of a longer one.
const LONG: Seconds = Seconds::new(7 * 86_400);
/// What ends or fails at once takes so long.
const AT_ONCE: Seconds = Seconds::new(1);

pub(super) fn table(plan: &Plan, cron_job: &CronJob, world: &World) -> Table {
    let Some(schedule) = &cron_job.schedule else { return Table { window: world.from..world.from, rows: Vec::new() } };
    let window = window(schedule, world.from, world.length);
    let settling = schedule.runs_after(window.end).nth(1).map_or(Seconds::DAY, |run| run - window.end);
    let object = Object::CronJob(CronJob { is_suspended: false, ..cron_job.clone() });
    let due = due(schedule, &window);
    let trial = Trial { plan, object: &object, window: window.clone(), due: &due, settling: settling + Seconds::HOUR };
    let asked = Asked { cron_job, schedule, trial };
    let rows = if cron_job.is_suspended { asked.suspended() } else { asked.rows() };
    Table { window, rows }
}

/// The runs after the start, up to the end.
fn due(schedule: &Schedule, window: &Range<Instant>) -> Vec<Instant> {
    starts(schedule.runs_after(window.start).take_while(|run| *run <= window.end)).collect()
}

struct Asked<'a> {
    cron_job: &'a CronJob,
    schedule: &'a Schedule,
    trial: Trial<'a>,
}

impl Asked<'_> {
    fn rows(&self) -> Vec<Row> {
        let at_once = self.takes(AT_ONCE);
        if at_once.summary.started == 0 {
            return vec![Row::new(Question::Ends, at_once)];
        }
        let mut rows = self.lengths();
        let attempts = |outcome: fn(Attempt) -> Outcome| self.trial.runs(outcome);
        rows.push(Row::new(Question::Fails, attempts(trial::fails)));
        let evicted = attempts(trial::evicted);
        if evicted.summary.failed > 0 {
            rows.push(Row::new(Question::Evicted, evicted));
        }
        rows.extend(trial::stuck(attempts(|_| Outcome::Hangs), attempts(|_| Outcome::NeverStarts)));
        rows.extend(self.away());
        rows
    }

    fn takes(&self, length: Seconds) -> Answer {
        self.trial.takes(length, Circumstances::default())
    }

    /// The same, but for what comes after what is of interest.
    fn takes_unless(&self, length: Seconds, has_enough: fn(&Summary) -> bool) -> Answer {
        self.trial.takes(length, Circumstances { has_enough: Some(has_enough), ..Circumstances::default() })
    }

    /// How long runs may take, and what comes of it where they take longer.
    fn lengths(&self) -> Vec<Row> {
        let most = (self.trial.window.end - self.trial.window.start).max(self.trial.settling);
        let up_to = |length| Row::new(Question::TakesUpTo(length), self.takes(length));
        let Some(well) = longest(most, |length| self.takes_unless(length, is_spoilt).is_well()) else {
            return self.longer(AT_ONCE, most);
        };
        if well == most {
            return vec![Row::new(Question::Ends, self.takes(well))];
        }
        let mut rows = vec![up_to(well)];
        if well < LONG {
            // Only runs that wait for each other can be late. What is kept however long it takes has no limit to tell of.
            let may_wait = self.cron_job.concurrency == Concurrency::Forbid;
            let kept = may_wait.then(|| longest(most, |length| self.stays_kept(length))).flatten();
            let kept = kept.filter(|kept| (well + AT_ONCE..most).contains(kept));
            rows.extend(kept.map(up_to));
            rows.extend(self.longer(kept.unwrap_or(well), most));
        }
        rows
    }

    /// What comes of it where runs take longer than that.
    fn longer(&self, last: Seconds, most: Seconds) -> Vec<Row> {
        let mut rows = Vec::new();
        let deadline = self.cron_job.job.active_deadline.map(seconds).filter(|deadline| *deadline < most);
        let example = beyond(last);
        if deadline.is_none_or(|deadline| example < deadline) {
            rows.push(Row::new(Question::Takes(example), self.takes(example)));
        }
        if let Some(deadline) = deadline {
            let longer = self.takes(deadline.max(last) + AT_ONCE);
            rows.push(Row::new(Question::TakesLonger(deadline), longer));
        }
        rows
    }

    /// Whether every run is started where they take so long, and would be after the window, too: none comes later there,
    /// as it would where each comes later than the one before.
    fn stays_kept(&self, length: Seconds) -> bool {
        let within = self.takes_unless(length, is_lost);
        let window = &self.trial.window;
        let window = window.start..window.end.saturating_add((window.end - window.start) * 2).min(INSTANTS.end);
        // How many are due makes no difference to how late they are.
        let beyond = || Trial { window, due: &[], ..self.trial.clone() }.takes(length, Circumstances::default());
        within.is_kept() && beyond().summary.longest_lateness == within.summary.longest_lateness
    }

    /// The controllers are away when a run is due.
    fn away(&self) -> Vec<Row> {
        let due = self.trial.due;
        let Some(at) = due.get(1).or(due.first()).copied() else { return Vec::new() };
        let answer = |start: Instant, length: Seconds| {
            let outage = Moment::of(start)..Moment::of(start.saturating_add(length).min(INSTANTS.end));
            self.trial.takes(AT_ONCE, Circumstances { outages: vec![outage], ..Circumstances::default() })
        };
        // Neither begins nor ends when a run is due.
        let gap = self.schedule.next_after(at).map_or(AWAY, |next| next - at).min(AWAY);
        let before = Seconds::new(-gap.get() / 2);
        let mut rows = Vec::new();
        let is_short = |deadline: &Seconds| *deadline < AWAY;
        if self.cron_job.starting_deadline.filter(is_short).is_some()
            && let Some(longest) = longest(AWAY, |length| answer(at, length).summary.left_out == 0)
            && longest < AWAY
        {
            rows.push(Row::new(Question::AwayUpTo(longest), answer(at, longest)));
        }
        rows.push(Row::new(Question::Away(AWAY), answer(at.saturating_add(before), AWAY)));
        rows
    }

    /// It is suspended: what comes of that, and of its end between two runs.
    fn suspended(&self) -> Vec<Row> {
        let start = Moment::of(self.trial.window.start);
        let object = suspended(self.trial.object, true);
        let takes = |changes| self.trial.takes(AT_ONCE, Circumstances { changes, ..Circumstances::default() });
        let mut rows = vec![Row::new(Question::Suspended, takes(vec![(start, object.clone())]))];
        if let [_, run, next, ..] = self.trial.due {
            let resumed = run.saturating_add(Seconds::new((*next - *run).get() / 2));
            let changes = vec![(start, object), (Moment::of(resumed), self.trial.object.clone())];
            rows.push(Row::new(Question::Resumed, takes(changes)));
        }
        rows
    }
}
