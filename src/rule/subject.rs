//! What rules look at.

use super::{TimeZone, Timetable};
use crate::k8s::objects::{Container, CronJobSpec, JobSpec, PodSpec};
use crate::k8s::{Locator, Manifest};
use crate::schedule::Instant;

/// A Job or CronJob with the parts that rules look at, each found once.
#[derive(Debug)]
pub struct Subject<'a> {
    /// The object as a whole.
    pub manifest: Manifest<'a>,
    /// Tells Kubernetes' paths within it.
    pub locator: Locator<'a>,
    /// What a CronJob does.
    pub cron_job: Option<CronJobSpec<'a>>,
    /// A CronJob's time zone, where Kubernetes knows it.
    pub time_zone: Option<TimeZone<'a>>,
    /// When a CronJob runs, where Kubernetes understands its schedule.
    pub timetable: Option<Timetable<'a>>,
    /// What the Job does, or each Job that a CronJob makes.
    pub job: Option<JobSpec<'a>>,
    /// What its pods run.
    pub pod: Option<PodSpec<'a>>,
    /// The pods' init containers, then their containers.
    pub containers: Vec<Container<'a>>,
}

impl<'a> Subject<'a> {
    /// The parts of an object; `now` is where a CronJob's next runs begin.
    #[must_use]
    pub fn new(manifest: Manifest<'a>, now: Instant) -> Self {
        let cron_job = manifest.cron_job();
        let job = match cron_job {
            Some(spec) => spec.job_template().and_then(|template| Some(template.value.spec()?.value)),
            None => manifest.job(),
        };
        let time_zone = cron_job.and_then(TimeZone::read);
        let pod = job.and_then(|job| Some(job.template()?.value.spec()?.value));
        let lists = pod.map(|pod| [pod.init_containers(), pod.containers()]);
        let containers = lists.into_iter().flatten().flatten().flat_map(|list| list.value.iter());
        Self {
            manifest,
            locator: manifest.locator(),
            cron_job,
            time_zone,
            timetable: cron_job.and_then(|spec| Timetable::read(spec, time_zone, now)),
            job,
            pod,
            containers: containers.map(|(_, container)| container.value).collect(),
        }
    }
}
