//! `failed-history-without-logs`

use super::on_failure_loses_logs::{MANY, on_failure};
use crate::analysis::Subject;
use crate::diagnostic::Fix;
use crate::k8s::defaulted;
use crate::k8s::objects::{Field, JobSpec};
use crate::rule::{Check, Findings, Rule, Within, page};
use crate::text::Span;
use crate::yaml::Change;

pub(crate) static RULE: Rule = Rule::new(page!("run/failed-history-without-logs"), Check::Job(check));

/// pkg/apis/batch/v1/defaults.go, SetDefaults_CronJob
const FILLED_IN: i32 = 1;

fn check(spec: Within<'_, JobSpec<'_>>, findings: &mut Findings<'_>) {
    if spec.ttl_seconds_after_finished().is_some() {
        return;
    }
    let Some(Loss { policy, change, retries, history }) = loss(spec.object) else { return };

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

/// How the Jobs that a CronJob keeps lose their logs.
pub(super) struct Loss<'a> {
    policy: Span,
    /// What keeps the logs.
    pub(super) change: Option<Change>,
    retries: i32,
    history: Field<'a, i32>,
}

/// How the failed Jobs lose their logs, if no time to live takes the Jobs themselves.
pub(super) fn loss<'a>(object: &Subject<'a>) -> Option<Loss<'a>> {
    let (policy, change) = on_failure(object)?;
    let limit = object.job?.value.backoff_limit();
    let retries = limit.map_or(defaulted::Job::DEFAULT_BACKOFF_LIMIT, |limit| limit.value);
    let history = object.cron_job?.value.failed_jobs_history_limit().filter(|history| history.value > 0)?;
    // Where the server has written it, nobody has asked for it.
    let is_filled_in = history.value == FILLED_IN && object.manifest.root.get("status").is_some();
    let is_suspended = object.outlook.as_ref().is_some_and(|outlook| outlook.suspended);
    (!is_filled_in && !is_suspended && (2..MANY).contains(&retries)).then_some(Loss {
        policy,
        change,
        retries,
        history,
    })
}
