//! Where objects stand in a cluster, as `kubectl get cronjobs,jobs -o yaml` tells, and what the Jobs of a CronJob tell of
//! the next ones.

use crate::controller::{Live, LiveJob, Moment, Object};
use crate::k8s::Manifest;
use crate::k8s::format::instant;
use crate::schedule::Instant;
use crate::yaml::{Kind, Value};

/// Where an object stands.
#[derive(Debug, Clone)]
pub struct Standing {
    /// When it was created.
    created: Instant,
    /// A CronJob's last run.
    last_schedule: Option<Instant>,
    /// Of a CronJob, the names of the Jobs that it takes for active.
    pub(super) active: Vec<String>,
    /// The CronJob that a Job belongs to.
    pub(super) owner: Option<String>,
    /// Where a Job stands itself.
    pub(super) job: Option<LiveJob>,
    /// The Jobs of a CronJob.
    pub(super) jobs: Vec<LiveJob>,
}

/// What the Jobs of a CronJob tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Learned {
    /// How many of them have ended.
    pub ended: u32,
    /// How many of these have failed.
    pub failed: u32,
}

/// The annotation that tells which run a Job is for.
const SCHEDULED: &str = "batch.kubernetes.io/cronjob-scheduled-timestamp";

impl Standing {
    /// Where an object stands; `None` of one that is in no cluster.
    pub(super) fn of(manifest: Manifest<'_>) -> Option<Self> {
        let metadata = manifest.root.get("metadata")?.value;
        let created = time(metadata, "creationTimestamp")?;
        let status = manifest.root.get("status").map(|status| status.value);
        let owner = manifest.metadata()?.owner_references().and_then(|owners| {
            let mut owners = owners.value.iter().map(|(_, owner)| owner.value);
            let owner = owners.find(|owner| owner.kind().is_some_and(|kind| kind.value == "CronJob"))?;
            Some(owner.name()?.value.to_owned())
        });
        let active = status.and_then(|status| status.get("active"));
        let names = active.into_iter().flat_map(|active| active.value.items());
        let names = names.filter_map(|item| Some(item.get("name")?.value.as_str()?.to_owned()));
        Some(Self {
            created,
            last_schedule: status.and_then(|status| time(status, "lastScheduleTime")),
            active: names.collect(),
            owner,
            job: status.map(|status| job(manifest, status)),
            jobs: Vec::new(),
        })
    }

    /// The state that a simulation begins with, where it is the past of that instant.
    pub(super) fn live(&self, object: &Object, from: Instant) -> Option<Live> {
        let is_past = self.created <= from && self.last_schedule.is_none_or(|last| last <= from);
        let jobs = match object {
            Object::CronJob(_) => self.jobs.clone(),
            Object::Job(_) => self.job.into_iter().collect(),
        };
        let live = Live { at: Moment::of(from), created: self.created, last_schedule: self.last_schedule, jobs };
        is_past.then_some(live)
    }
}

fn job(manifest: Manifest<'_>, status: Value<'_>) -> LiveJob {
    let annotations = manifest.metadata().and_then(|metadata| metadata.annotations());
    let told = annotations.and_then(|annotations| instant(annotations.value.get(SCHEDULED)?.value));
    let count = |name: &str| {
        let count = status.get(name).map(|count| count.value.kind());
        let count = if let Some(Kind::Number(number)) = count { number.as_i64() } else { None };
        count.and_then(|count| i32::try_from(count).ok()).unwrap_or(0).max(0)
    };
    LiveJob {
        scheduled: told.or_else(|| minute(manifest.name()?)),
        started: time(status, "startTime").map(Moment::of),
        active: count("active"),
        succeeded: count("succeeded"),
        failed: count("failed"),
        ended: ended(status),
    }
}

/// When a Job ended, and whether it is complete.
fn ended(status: Value<'_>) -> Option<(Moment, bool)> {
    let conditions = status.get("conditions")?.value;
    let holds = |condition: &Value<'_>| condition.get("status").is_some_and(|is| is.value.as_str() == Some("True"));
    conditions.items().filter(holds).find_map(|condition| {
        let is_complete = match condition.get("type")?.value.as_str()? {
            "Complete" => true,
            "Failed" => false,
            _ => return None,
        };
        let at = time(status, "completionTime").or_else(|| time(condition, "lastTransitionTime"))?;
        Some((Moment::of(at), is_complete))
    })
}

/// A Job that is active, and has its run in its name.
pub(super) fn by_name(name: &str) -> LiveJob {
    let scheduled = minute(name);
    LiveJob { scheduled, started: scheduled.map(Moment::of), active: 1, succeeded: 0, failed: 0, ended: None }
}

/// The run that a name ends in: minutes since 1970.
fn minute(name: &str) -> Option<Instant> {
    let minutes: i64 = name.rsplit_once('-')?.1.parse().ok()?;
    (0..1_000_000_000).contains(&minutes).then(|| Instant::from_unix(minutes * 60))
}

fn time(value: Value<'_>, name: &str) -> Option<Instant> {
    instant(value.get(name)?.value.as_str()?)
}
