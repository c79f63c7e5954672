//! `runs-start-together`

use crate::analysis::{CronJobFacts, ObjectFacts};
use crate::rule::{Check, Fleet, FleetFindings, Rule};
use crate::schedule::{FieldName, Instant, Seconds, Zone};

pub(crate) static RULE: Rule =
    Rule::new(include_str!("../../../rules/fleet/runs-start-together.md"), Check::Fleet(check));

/// So many in one minute are worth a word.
const MANY: usize = 4;
/// So many of the others are shown.
const SHOWN: usize = 3;
const WEEK: Seconds = Seconds::new(7 * 86_400);

fn check(fleet: &Fleet<'_>, findings: &mut FleetFindings) {
    let cron_jobs = fleet.cron_jobs();
    if cron_jobs.len() < MANY {
        return;
    }
    let now = fleet.settings.now;
    let mut starts: Vec<(Instant, usize)> = Vec::new();
    for (number, (_, cron_job)) in cron_jobs.iter().enumerate() {
        starts.extend(runs_at_minute_zero(cron_job, now).into_iter().map(|run| (run, number)));
    }
    starts.sort();
    let together = || starts.chunk_by(|left, right| left.0 == right.0);
    let most = together().map(<[_]>::len).max().unwrap_or(0);
    let Some([first, others @ ..]) = together().find(|starts| starts.len() == most && most >= MANY) else { return };

    let (run, (object, cron_job)) = (first.0, cron_jobs[first.1]);
    let (local, count) = (Zone::utc().local(run), cron_jobs.len());
    let (day, clock) = (local.date.with_weekday(), local.clock());
    let message = format!("{most} of {count} CronJobs start in the same minute, next on {day} at {clock} UTC");
    let mut report = findings
        .report(&cron_job.at, object, message)
        .field("spec.schedule")
        .help("give each a minute of its own, such as `7 * * * *` and `22 * * * *`");
    let left = others.len().saturating_sub(SHOWN);
    for (index, (_, number)) in others.iter().take(SHOWN).enumerate() {
        let words = name(cron_jobs[*number].0);
        let rest = if index + 1 == SHOWN && left > 0 { format!(", and {left} more") } else { String::new() };
        report = report.label(cron_jobs[*number].1.at.clone(), format!("{words} starts then, too{rest}"));
    }
}

fn name(object: &ObjectFacts) -> &str {
    object.identity.name.as_deref().unwrap_or("this one")
}

/// The runs of the next week, where they are all at minute 0.
fn runs_at_minute_zero(cron_job: &CronJobFacts, now: Instant) -> Vec<Instant> {
    let mut runs = Vec::new();
    let minutes = cron_job.expression().and_then(|expression| Some(expression.field(FieldName::Minute)?.values));
    if minutes == Some(1)
        && let Some(timetable) = cron_job.timetable()
    {
        timetable.runs_between(now, now + WEEK, &mut runs);
    }
    runs
}
