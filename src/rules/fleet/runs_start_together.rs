//! `runs-start-together`

use crate::analysis::Subject;
use crate::k8s::objects::CronJobSpec;
use crate::rule::{Check, Findings, Rule};
use crate::schedule::{FieldName, Instant, Seconds, Zone};

pub(crate) static RULE: Rule =
    Rule::new(include_str!("../../../rules/fleet/runs-start-together.md"), Check::Fleet(check));

/// So many in one minute are worth a word.
const MANY: usize = 4;
const WEEK: Seconds = Seconds::new(7 * 86_400);

fn check(subjects: &[Subject<'_>], findings: &mut Findings<'_>) {
    let cron_jobs: Vec<(&Subject<'_>, CronJobSpec<'_>)> =
        subjects.iter().filter_map(|subject| Some((subject, subject.outlook.as_ref()?.spec))).collect();
    if cron_jobs.len() < MANY {
        return;
    }
    let now = cron_jobs[0].0.settings.now;
    let mut starts: Vec<(Instant, usize)> = Vec::new();
    for (number, (subject, _)) in cron_jobs.iter().enumerate() {
        starts.extend(runs_at_minute_zero(subject, now).into_iter().map(|run| (run, number)));
    }
    starts.sort();
    let together = || starts.chunk_by(|left, right| left.0 == right.0);
    let most = together().map(<[_]>::len).max().unwrap_or(0);
    if most < MANY {
        return;
    }
    let Some(&(run, number)) = together().find(|starts| starts.len() == most).and_then(<[_]>::first) else { return };

    let (subject, first) = cron_jobs[number];
    let Some(schedule) = first.schedule() else { return };
    let local = Zone::utc().local(run);
    findings
        .report(
            schedule.span,
            format!(
                "{most} of the {} CronJobs in this file start in the same minute, next on {} at {} UTC",
                cron_jobs.len(),
                local.date.with_weekday(),
                local.clock()
            ),
        )
        .document(subject.manifest.document.index)
        .help("give each a minute of its own, such as `7 * * * *` and `22 * * * *`");
}

/// The runs of the next week, where they are all at minute 0.
fn runs_at_minute_zero(subject: &Subject<'_>, now: Instant) -> Vec<Instant> {
    let outlook = subject.outlook.as_ref().filter(|outlook| outlook.never().is_none());
    let Some(timetable) = outlook.and_then(|outlook| outlook.timetable.as_ref()) else { return Vec::new() };
    let at_zero = timetable.expression.field(FieldName::Minute).is_some_and(|minute| minute.values == 1);
    let mut runs = Vec::new();
    if at_zero {
        timetable.schedule().runs_between(now, now + WEEK, &mut runs);
    }
    runs
}
