//! `failed-job-gone-soon`

use super::failed_jobs_not_kept::is_cleaned_up_otherwise;
use crate::k8s::objects::JobSpec;
use crate::rule::{Check, Findings, Parameter, Rule, Within, duration, page};
use crate::schedule::Seconds;

pub(crate) static RULE: Rule = Rule::new(page!("run/failed-job-gone-soon"), Check::Job(check)).with(&[SOON]);

/// Who is woken looks within that.
const SOON: Parameter = Parameter::length("soon", "a time to live that nothing is said of", 3_600, (60, 30 * 86_400));

fn check(spec: Within<'_, JobSpec<'_>>, findings: &mut Findings<'_>) {
    let Some(ttl) = spec.ttl_seconds_after_finished().filter(|ttl| ttl.value > 0) else { return };
    let cron_job = spec.object.cron_job.map(|cron_job| cron_job.value);
    let keeps_none = cron_job.and_then(|spec| spec.failed_jobs_history_limit()).is_some_and(|limit| limit.value == 0);
    if keeps_none || is_cleaned_up_otherwise(spec.object) {
        return;
    }
    let length = Seconds::new(i64::from(ttl.value));
    if spec.object.takes().is_some() || spec.object.is_suspended() || length >= Seconds::new(findings.limit(&SOON)) {
        return;
    }

    findings
        .report(
            ttl.span,
            format!("a Job that fails is gone after {}, its pods and their logs with it", duration::in_words(length)),
        )
        .help("a day, 86400, is time enough to read the logs");
}
