//! `retries-beside-next-run`

use super::backoff_limit_high::waiting;
use super::runs_pile_up::is_bounded;
use crate::analysis::image;
use crate::controller::Timetable;
use crate::k8s::defaulted;
use crate::k8s::objects::{ConcurrencyPolicy, CronJobSpec, Field, JobSpec, RestartPolicy};
use crate::rule::{Check, Findings, Rule, Within, duration, page};
use crate::schedule::Seconds;

pub(crate) static RULE: Rule = Rule::new(page!("run/retries-beside-next-run"), Check::CronJob(check));

fn check(spec: Within<'_, CronJobSpec<'_>>, findings: &mut Findings<'_>) {
    let (policy, object) = (spec.concurrency_policy(), spec.object);
    let (Some(job), Some(timetable)) = (object.job, object.timetable()) else { return };
    if policy.is_some_and(|policy| policy.value != ConcurrencyPolicy::Allow)
        || object.is_suspended()
        || !is_bounded(job, object)
        || object.takes().is_some()
        || object.containers.iter().any(|container| image::is_made_up(**container))
    {
        return;
    }
    let Some(waits) = retries_take(job) else { return };
    let deadline = job.value.active_deadline_seconds().map(|deadline| Seconds::new(deadline.value));
    let length = deadline.map_or(waits, |deadline| waits.min(deadline));
    let at_once = runs_within(timetable, length);
    if at_once < 2 {
        return;
    }
    let at_once = counted(at_once, at_once);

    let retried = duration::in_words(length);
    let (place, by) = match job.value.backoff_limit() {
        Some(limit) => (limit.span, format!("{} retries", limit.value)),
        None => (job.key, "6 retries, where `backoffLimit` is not set".to_owned()),
    };
    findings
        .report(
            timetable.written.span,
            format!("work that fails is retried for {retried}, and later runs start beside it: {at_once} at once"),
        )
        .label(place, by)
        .help("with `concurrencyPolicy: Forbid` a run waits for the one before it; fewer retries end that sooner");
}

/// How long the waits between the attempts of a Job are together whose only pod is retried, before it has failed; `None`
/// where nothing is certain.
pub(super) fn retries_take(job: Field<'_, JobSpec<'_>>) -> Option<Seconds> {
    let pod = job.value.template()?.value.spec()?.value;
    let has_several =
        [job.value.completions(), job.value.parallelism()].into_iter().flatten().any(|count| count.value != 1);
    let is_kept = pod.restart_policy().is_some_and(|policy| policy.value == RestartPolicy::Never);
    if has_several || !is_kept || job.value.slots().pod_failure_policy().is_set() {
        return None;
    }
    let limit = job.value.backoff_limit().map_or(defaulted::Job::DEFAULT_BACKOFF_LIMIT, |limit| limit.value);
    Some(waiting(i64::from(limit), false))
}

/// A number of runs, among so many of the next ones, of which no more than some are looked at.
pub(super) fn counted(count: usize, among: usize) -> String {
    if among < Timetable::RUNS { count.to_string() } else { format!("{count} or more") }
}

/// The most of the next runs of which the last is due before the first is so old.
pub(super) fn runs_within(timetable: &Timetable<'_>, length: Seconds) -> usize {
    let runs = timetable.next_runs();
    let from = |first: usize| runs[first..].partition_point(|run| *run - runs[first] < length);
    (0..runs.len()).map(from).max().unwrap_or(0)
}
