//! `ttl-beside-history-limits`

use crate::controller::Timetable;
use crate::diagnostic::Fix;
use crate::k8s::objects::CronJobSpec;
use crate::rule::{Check, Findings, Rule, Within, duration};
use crate::schedule::Seconds;

pub(crate) static RULE: Rule =
    Rule::new(include_str!("../../../rules/run/ttl-beside-history-limits.md"), Check::CronJob(check));

fn check(spec: Within<'_, CronJobSpec<'_>>, findings: &mut Findings<'_>) {
    let limits = [
        ("successfulJobsHistoryLimit", spec.successful_jobs_history_limit()),
        ("failedJobsHistoryLimit", spec.failed_jobs_history_limit()),
    ];
    // A limit of 0 keeps nothing that the time to live could take away.
    let kept = limits.into_iter().filter_map(|(name, limit)| Some((name, limit?))).max_by_key(|(_, limit)| limit.value);
    let Some((name, limit)) = kept.filter(|(_, limit)| limit.value > 0) else { return };
    let Some(job) = spec.object.job.map(|job| job.value) else { return };
    let Some(ttl) = job.ttl_seconds_after_finished() else { return };

    let gap = spec.object.timetable().and_then(Timetable::shortest_gap).unwrap_or_default();
    let kept_for = gap.saturating_mul(i64::from(limit.value));
    let alive_for = Seconds::new(i64::from(ttl.value));
    if gap > Seconds::default() && alive_for >= kept_for {
        return; // The history limits delete first; the time to live only matters when runs stop.
    }

    let (time, count) = (duration::in_words(alive_for), limit.value);
    let message = if alive_for < gap {
        format!("a finished Job is gone after {time}, before the next run: `{name}: {count}` keeps none")
    } else {
        format!("a finished Job is gone after {time}, even one that `{name}: {count}` would keep")
    };
    let removal = job.slots().ttl_seconds_after_finished().remove();
    findings
        .report(ttl.span, message)
        .label(limit.span, "the other rule for finished Jobs")
        .help("leave the clean-up of a CronJob's Jobs to its history limits")
        .fix(removal.map(|removal| Fix::unsafe_("remove `ttlSecondsAfterFinished`", removal)));
}
