//! What an object asks of the controllers: its effective spec, without the text that it came from.

mod policy;

use std::rc::Rc;

pub use policy::{ExitCodes, FailureAction, FailureRule, FailureWhen, SuccessRule};

use super::moment::Delay;
use crate::k8s::defaulted;
use crate::k8s::objects::{self, ConcurrencyPolicy, Each, PodReplacementPolicy, RestartPolicy};
use crate::k8s::schema::Version;
use crate::schedule::{Expression, Schedule, Seconds, Zone};

/// What is simulated.
#[derive(Debug, Clone)]
pub enum Object {
    /// A CronJob.
    CronJob(CronJob),
    /// A Job of its own.
    Job(Job),
}

impl Object {
    /// What its Jobs ask for.
    #[must_use]
    pub fn job(&self) -> &Job {
        match self {
            Self::CronJob(cron_job) => &cron_job.job,
            Self::Job(job) => job,
        }
    }
}

/// What a CronJob asks for.
#[derive(Debug, Clone)]
pub struct CronJob {
    /// When it runs; `None` where Kubernetes does not understand its schedule, or does not know its time zone.
    pub schedule: Option<Schedule>,
    /// Schedule and time zone as written: a change of these is not acted upon at once.
    pub written: (String, Option<String>),
    /// How late a run may start.
    pub starting_deadline: Option<Seconds>,
    /// What happens to a run while one is active.
    pub concurrency: Concurrency,
    /// Whether no runs are started.
    pub is_suspended: bool,
    /// How many Jobs that succeeded are kept.
    pub successful_jobs_history_limit: i32,
    /// How many Jobs that failed are kept.
    pub failed_jobs_history_limit: i32,
    /// The Jobs that it makes.
    pub job: Rc<Job>,
}

/// What happens to a run while one is active.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Concurrency {
    /// It starts beside it.
    Allow,
    /// It waits, and is left out where the next one is due before.
    Forbid,
    /// It takes its place.
    Replace,
}

/// What a Job asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Job {
    /// How many pods may run at a time.
    pub parallelism: i32,
    /// How many must succeed; `None`: any one.
    pub completions: Option<i32>,
    /// Whether its pods have indexes.
    pub is_indexed: bool,
    /// How many pods may fail.
    pub backoff_limit: i32,
    /// How many pods of an index may fail, where they are counted for each.
    pub backoff_limit_per_index: Option<i32>,
    /// How many indexes may fail.
    pub max_failed_indexes: Option<i32>,
    /// How long it may be active.
    pub active_deadline: Option<Delay>,
    /// How long it is kept after its end.
    pub ttl_after_finished: Option<Delay>,
    /// Whether no pods are made.
    pub is_suspended: bool,
    /// Whether another controller has it, so that Kubernetes' own leaves it alone.
    pub is_managed_elsewhere: bool,
    /// Whether a pod is replaced only when it has failed, not as soon as it is told to stop.
    pub replaces_only_failed: bool,
    /// What a failed pod means; `None` without a policy.
    pub failure_rules: Option<Vec<FailureRule>>,
    /// When it has succeeded before all its indexes have.
    pub success_rules: Vec<SuccessRule>,
    /// Its pods.
    pub pod: Pod,
}

/// What a Job's pods ask for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pod {
    /// Whether a container that failed is restarted in place: `restartPolicy: OnFailure`.
    pub restarts_on_failure: bool,
    /// How long its containers have to stop, in whole seconds.
    pub grace_period: Seconds,
}

impl CronJob {
    /// What a CronJob asks for that a server of this version keeps.
    #[must_use]
    pub fn of(spec: objects::CronJobSpec<'_>, version: Version) -> Self {
        let kept = defaulted::CronJob::of(spec);
        let template = spec.job_template().and_then(|template| template.value.spec());
        let job = template.map_or_else(objects::JobSpec::absent, |job| job.value);
        Self {
            schedule: schedule(spec),
            written: (text(spec.schedule()).unwrap_or_default(), text(spec.time_zone())),
            starting_deadline: spec.starting_deadline_seconds().map(|deadline| Seconds::new(deadline.value)),
            concurrency: match kept.concurrency_policy {
                ConcurrencyPolicy::Forbid => Concurrency::Forbid,
                ConcurrencyPolicy::Replace => Concurrency::Replace,
                _ => Concurrency::Allow,
            },
            is_suspended: kept.is_suspended,
            successful_jobs_history_limit: kept.successful_jobs_history_limit,
            failed_jobs_history_limit: kept.failed_jobs_history_limit,
            job: Rc::new(Job::of(job, version)),
        }
    }
}

fn text(field: Option<objects::Field<'_, &str>>) -> Option<String> {
    field.map(|field| field.value.to_owned())
}

fn schedule(spec: objects::CronJobSpec<'_>) -> Option<Schedule> {
    let expression = Expression::parse(spec.schedule()?.value).ok()?;
    let zone = spec.time_zone().map_or_else(|| Ok(Zone::utc()), |zone| Zone::load(zone.value));
    Some(Schedule::new(&expression, zone.ok()?))
}

impl Job {
    /// What a Job asks for that a server of this version keeps.
    #[must_use]
    pub fn of(spec: objects::JobSpec<'_>, version: Version) -> Self {
        let kept = defaulted::Job::of(spec, version);
        let pod = spec.template().and_then(|template| template.value.spec());
        let pod = pod.map_or_else(objects::PodSpec::absent, |pod| pod.value);
        let container = pod.containers().each().next().and_then(|(_, container)| container.value.name());
        let container = container.map_or("", |name| name.value);
        Self {
            parallelism: kept.parallelism(),
            completions: kept.completions,
            is_indexed: kept.is_indexed(),
            backoff_limit: kept.backoff_limit(),
            backoff_limit_per_index: kept.backoff_limit_per_index.map(|limit| limit.value),
            max_failed_indexes: kept.max_failed_indexes.map(|limit| limit.value),
            active_deadline: spec.active_deadline_seconds().map(|deadline| Delay::from_seconds(deadline.value)),
            ttl_after_finished: spec.ttl_seconds_after_finished().map(|ttl| Delay::from_seconds(ttl.value.into())),
            is_suspended: kept.is_suspended(),
            is_managed_elsewhere: kept.managed_by.is_some_and(|by| by.value != "kubernetes.io/job-controller"),
            replaces_only_failed: kept.pod_failure_policy.is_some()
                || kept.replacement() == PodReplacementPolicy::Failed,
            failure_rules: kept.pod_failure_policy.map(|policy| policy::failure_rules(policy.value, container, &kept)),
            success_rules: kept.success_policy.map_or_else(Vec::new, |policy| policy::success_rules(policy.value)),
            pod: Pod::of(&defaulted::Pod::of(pod, version)),
        }
    }
}

impl Pod {
    fn of(pod: &defaulted::Pod<'_>) -> Self {
        Self {
            restarts_on_failure: pod.restart_policy == RestartPolicy::OnFailure,
            grace_period: Seconds::new(pod.grace_period),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::policy::{FailureAction, FailureRule};
    use super::{Job, objects};
    use crate::k8s::objects::FromNode;
    use crate::k8s::schema::Version;
    use crate::yaml::{Document, parse};

    /// A server of 1.28 knows the action, but not the limit that it is about, and leaves out such rules.
    #[test]
    fn what_a_server_drops_is_not_asked_for() {
        let codes = |code: u8| format!("onExitCodes: {{operator: In, values: [{code}]}}");
        let rules = format!(
            "[{{action: FailIndex, {}}}, {{action: Ignore, {}}}, {{action: FailJob, {}}}]",
            codes(1),
            codes(2),
            codes(3)
        );
        let text = format!("{{backoffLimitPerIndex: 1, podFailurePolicy: {{rules: {rules}}}}}");
        let file = parse(&text);
        let root = file.documents.first().and_then(Document::root);
        let spec = root.and_then(|root| objects::JobSpec::from_node(root.into())).expect("a spec");
        let kept = |minor: u8| {
            let job = Job::of(spec, Version::new(minor));
            let actions = |rules: Vec<FailureRule>| rules.into_iter().map(|rule| rule.action).collect::<Vec<_>>();
            (job.backoff_limit_per_index, job.failure_rules.map(actions))
        };
        use FailureAction::{FailIndex, FailJob, Ignore};
        assert_eq!(kept(28), (None, Some(vec![Ignore, FailJob])));
        assert_eq!(kept(29), (Some(1), Some(vec![FailIndex, Ignore, FailJob])));
    }
}
