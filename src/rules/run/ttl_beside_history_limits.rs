//! `ttl-beside-history-limits`

use crate::diagnostic::Fix;
use crate::k8s::objects::CronJobSpec;
use crate::rule::{Check, Findings, Rule, duration};

pub(crate) static RULE: Rule =
    Rule::new(include_str!("../../../rules/run/ttl-beside-history-limits.md"), Check::CronJob(check));

fn check(spec: CronJobSpec<'_>, findings: &mut Findings<'_>) {
    let limits = [
        ("successfulJobsHistoryLimit", spec.successful_jobs_history_limit()),
        ("failedJobsHistoryLimit", spec.failed_jobs_history_limit()),
    ];
    // A limit of 0 keeps nothing that the time to live could take away.
    let kept = limits.iter().find_map(|(name, limit)| Some((*name, (*limit)?))).filter(|(_, limit)| limit.value > 0);
    let Some((name, limit)) = kept else { return };
    let Some(job) = spec.job_template().and_then(|template| template.value.spec()) else { return };
    let Some(ttl) = job.value.ttl_seconds_after_finished() else { return };

    let time = duration::in_words(i64::from(ttl.value));
    let count = limit.value;
    let report = findings
        .report(ttl.span, format!("a finished Job is gone after {time}, even one that `{name}: {count}` would keep"))
        .label(limit.span, "the other rule for finished Jobs")
        .help("leave the clean-up of a CronJob's Jobs to its history limits");
    let entry = job.value.raw().get("ttlSecondsAfterFinished");
    if let Some(edit) = entry.and_then(|entry| job.value.raw().remove(entry)) {
        report.fix(Fix::unsafe_("remove `ttlSecondsAfterFinished`", vec![edit]));
    }
}
