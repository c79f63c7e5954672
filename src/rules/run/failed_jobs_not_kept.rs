//! `failed-jobs-not-kept`

use crate::analysis::{Managed, Subject};
use crate::diagnostic::Fix;
use crate::k8s::objects::JobSpec;
use crate::rule::{Check, Findings, Rule, Within, page};
use crate::yaml::New;

pub(crate) static RULE: Rule = Rule::new(page!("run/failed-jobs-not-kept"), Check::Job(check));

fn check(spec: Within<'_, JobSpec<'_>>, findings: &mut Findings<'_>) {
    if spec.object.takes().is_some() || spec.object.is_suspended() {
        return;
    }
    let cron_job = spec.object.cron_job.map(|cron_job| cron_job.value);
    let limit = cron_job.and_then(|cron_job| Some((cron_job, cron_job.failed_jobs_history_limit()?)));
    if let Some((cron_job, limit)) = limit.filter(|(_, limit)| limit.value == 0) {
        let removal = cron_job.slots().failed_jobs_history_limit().remove();
        findings
            .report(
                limit.span,
                "a Job that fails is deleted at once, its pods and their logs with it: no trace is left",
            )
            .help("without `failedJobsHistoryLimit` the last one that failed is kept")
            .fix(removal.map(|removal| Fix::unsafe_("keep the last Job that failed", removal)));
        return;
    }
    let Some(ttl) = spec.ttl_seconds_after_finished().filter(|ttl| ttl.value == 0) else { return };
    if is_cleaned_up_otherwise(spec.object) {
        return;
    }
    findings
        .report(
            ttl.span,
            "a finished Job is deleted at once, its pods and their logs with it: of one that fails no trace is left",
        )
        .help("a day, 86400, is time enough to read the logs")
        .fix(Fix::unsafe_("keep finished Jobs for a day", ttl.raw.set(New::Plain("86400"))));
}

/// Whether more than the time to live decides when a Job goes: the history limits of its CronJob, or of a Job of its own who
/// manages it, as a hook or to make it again.
pub(super) fn is_cleaned_up_otherwise(object: &Subject<'_>) -> bool {
    let Some(spec) = object.cron_job.map(|spec| spec.value) else { return Managed::of(object.manifest).is_some() };
    let limits = [spec.successful_jobs_history_limit(), spec.failed_jobs_history_limit()];
    limits.into_iter().flatten().any(|limit| limit.value > 0)
}
