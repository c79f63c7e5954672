//! `failed-history-without-logs`

use super::on_failure_loses_logs::on_failure;
use crate::diagnostic::Fix;
use crate::k8s::defaulted;
use crate::k8s::objects::JobSpec;
use crate::rule::{Check, Findings, Rule, Within};

pub(crate) static RULE: Rule =
    Rule::new(include_str!("../../../rules/run/failed-history-without-logs.md"), Check::Job(check));

/// Whoever allows so many retries does not expect the last one to fail.
const MANY: i32 = 20;

fn check(spec: Within<'_, JobSpec<'_>>, findings: &mut Findings<'_>) {
    let Some((policy, change)) = on_failure(spec) else { return };
    let retries = spec.backoff_limit().map_or(defaulted::Job::DEFAULT_BACKOFF_LIMIT, |limit| limit.value);
    let history = spec.object.cron_job.and_then(|cron_job| cron_job.value.failed_jobs_history_limit());
    let is_gone_by_time = spec.ttl_seconds_after_finished().is_some();
    if is_gone_by_time || spec.object.outlook.as_ref().is_some_and(|outlook| outlook.suspended) {
        return;
    }
    let Some(history) = history.filter(|history| history.value > 0 && (2..MANY).contains(&retries)) else { return };

    let kept = match history.value {
        1 => "the failed Job that is kept has no log".to_owned(),
        count => format!("the {count} failed Jobs that are kept have no log"),
    };
    findings
        .report(policy, format!("{kept}: at failure number {retries} the pod is deleted, and its logs with it"))
        .label(history.span, "kept to see why they failed")
        .help("with `Never` each retry is a pod of its own, and those that failed stay as long as their Job")
        .fix(change.map(|change| Fix::unsafe_("retry in new pods: `Never`", change)));
}
