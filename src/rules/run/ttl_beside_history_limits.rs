//! `ttl-beside-history-limits`

use super::failed_history_without_logs::{Loss, loss};
use crate::controller::Timetable;
use crate::diagnostic::Fix;
use crate::k8s::objects::CronJobSpec;
use crate::rule::{Check, Findings, Rule, Within, duration, page};
use crate::schedule::Seconds;
use crate::yaml::Change;

pub(crate) static RULE: Rule = Rule::new(page!("run/ttl-beside-history-limits"), Check::CronJob(check));

const BOTH: &str = "remove `ttlSecondsAfterFinished`, and retry in new pods: `Never`";

fn check(spec: Within<'_, CronJobSpec<'_>>, findings: &mut Findings<'_>) {
    let limits = [
        ("successfulJobsHistoryLimit", spec.successful_jobs_history_limit()),
        ("failedJobsHistoryLimit", spec.failed_jobs_history_limit()),
    ];
    // A limit of 0 keeps nothing that the time to live could take away.
    let kept = limits.into_iter().filter_map(|(name, limit)| Some((name, limit?))).max_by_key(|(_, limit)| limit.value);
    let Some((name, limit)) = kept.filter(|(_, limit)| limit.value > 0) else { return };
    let Some(job) = spec.object.job.map(|job| job.value) else { return };
    let Some(ttl) = job.ttl_seconds_after_finished().filter(|_| !spec.object.is_suspended()) else { return };

    let gap = spec.object.timetable().and_then(Timetable::shortest_gap).unwrap_or_default();
    let alive_for = Seconds::new(i64::from(ttl.value));
    if alive_for >= gap {
        return; // Some are kept, and how many may well be meant by both together.
    }

    let (time, count) = (duration::in_words(alive_for), limit.value);
    let message = format!("a finished Job is gone after {time}, before the next run: `{name}: {count}` keeps none");
    let removal = job.slots().ttl_seconds_after_finished().remove();
    let finding = findings.report(ttl.span, message).label(limit.span, "the other rule for finished Jobs");
    match loss(spec.object) {
        None => finding
            .help("leave the clean-up of a CronJob's Jobs to its history limits")
            .fix(removal.map(|removal| Fix::unsafe_("remove `ttlSecondsAfterFinished`", removal))),
        // Without it the Jobs would stay, and the next finding would be that their logs do not.
        Some(Loss { change, .. }) => finding
            .help("leave the clean-up of a CronJob's Jobs to its history limits, and let `Never` keep their logs")
            .fix(removal.zip(change).map(|both| Fix::unsafe_(BOTH, Change::all(<[_; 2]>::from(both))))),
    };
}
