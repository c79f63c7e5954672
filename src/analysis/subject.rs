//! What rules look at.

use super::Settings;
use crate::controller::Outlook;
use crate::k8s::objects::{Container, JobSpec, PodSpec};
use crate::k8s::{Locator, Manifest};

/// A Job or CronJob with the parts that rules look at, each found once.
#[derive(Debug)]
#[non_exhaustive]
pub struct Subject<'a> {
    /// What the analysis may know of the world.
    pub settings: &'a Settings,
    /// The object as a whole.
    pub manifest: Manifest<'a>,
    /// Tells Kubernetes' paths within it.
    pub locator: Locator<'a>,
    /// What a CronJob does, and when.
    pub outlook: Option<Outlook<'a>>,
    /// What the Job does, or each Job that a CronJob makes.
    pub job: Option<JobSpec<'a>>,
    /// What its pods run.
    pub pod: Option<PodSpec<'a>>,
    /// The pods' init containers, then their containers.
    pub containers: Vec<Container<'a>>,
}

impl<'a> Subject<'a> {
    /// The parts of an object.
    #[must_use]
    pub fn new(manifest: Manifest<'a>, settings: &'a Settings) -> Self {
        let cron_job = manifest.cron_job();
        let job = match cron_job {
            Some(spec) => spec.job_template().and_then(|template| Some(template.value.spec()?.value)),
            None => manifest.job(),
        };
        let pod = job.and_then(|job| Some(job.template()?.value.spec()?.value));
        let lists = pod.map(|pod| [pod.init_containers(), pod.containers()]);
        let containers = lists.into_iter().flatten().flatten().flat_map(|list| list.value.iter());
        Self {
            settings,
            manifest,
            locator: manifest.locator(),
            outlook: cron_job.map(|spec| Outlook::of(spec, settings.now)),
            job,
            pod,
            containers: containers.map(|(_, container)| container.value).collect(),
        }
    }
}
