//! What rules look at.

use std::cell::OnceCell;
use std::collections::HashSet;
use std::sync::Arc;

use super::remarks::{Remark, remarks};
use super::{Argv, Script, Settings, identity};
use crate::controller::{Outlook, Timetable};
use crate::diagnostic::Object;
use crate::k8s::objects::{Container, CronJobSpec, Field, JobSpec, PodSpec};
use crate::k8s::{Locator, Manifest, Resource};
use crate::schedule::Seconds;

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
    /// What a CronJob does.
    pub cron_job: Option<Field<'a, CronJobSpec<'a>>>,
    /// When a CronJob does it.
    pub outlook: Option<Outlook<'a>>,
    /// What the Job does, or each Job that a CronJob makes.
    pub job: Option<Field<'a, JobSpec<'a>>>,
    /// What its pods run.
    pub pod: Option<Field<'a, PodSpec<'a>>>,
    /// The pods' init containers, then their containers.
    pub containers: Vec<Field<'a, Container<'a>>>,
    /// What people say of the schedule beside it, once that is read.
    pub remarks: Vec<Remark<'a>>,
    /// The scripts that shells read in the containers, once they are read.
    pub scripts: Vec<Script<'a>>,
    identity: OnceCell<Arc<Object>>,
}

impl<'a> Subject<'a> {
    /// The parts of an object.
    #[must_use]
    pub fn new(manifest: Manifest<'a>, settings: &'a Settings) -> Self {
        let cron_job = manifest.cron_job_field();
        let job = match cron_job {
            Some(spec) => spec.value.job_template().and_then(|template| template.value.spec()),
            None => manifest.job_field(),
        };
        let pod = job.and_then(|job| job.value.template()?.value.spec());
        let lists = pod.map(|pod| [pod.value.init_containers(), pod.value.containers()]);
        let containers = lists.into_iter().flatten().flatten().flat_map(|list| list.value.iter());
        Self {
            settings,
            manifest,
            locator: manifest.locator(),
            cron_job,
            outlook: cron_job.map(|spec| Outlook::of(spec.value, settings.now, settings.controller_zone)),
            job,
            pod,
            containers: containers.map(|(_, container)| container).collect(),
            remarks: Vec::new(),
            scripts: Vec::new(),
            identity: OnceCell::new(),
        }
    }

    /// With what is said of the schedule, which several rules compare with what it does.
    #[must_use]
    pub(crate) fn reading_remarks(mut self) -> Self {
        self.remarks = self.timetable().map_or_else(Vec::new, |timetable| remarks(self.manifest, timetable));
        self
    }

    /// With the scripts in it, which takes longer than all else; without those of its document that were read `before`,
    /// where many aliases may stand for one.
    #[must_use]
    pub fn reading_scripts(mut self, before: &mut HashSet<u32>) -> Self {
        self.scripts = self.containers.iter().flat_map(|container| Script::all(*container, before)).collect();
        self
    }

    /// What others know it by, for any number of findings.
    pub(crate) fn identity(&self) -> Arc<Object> {
        Arc::clone(self.identity.get_or_init(|| Arc::new(identity(self.manifest))))
    }

    /// Whether it is one of those, or was plainly meant to be.
    #[must_use]
    pub fn is(&self, resource: Resource) -> bool {
        self.manifest.resource == Some(resource)
    }

    /// Whether nothing runs: the CronJob is suspended, or its Jobs are.
    #[must_use]
    pub fn is_suspended(&self) -> bool {
        self.outlook.as_ref().is_some_and(|outlook| outlook.suspended)
            || self.job.and_then(|job| job.value.suspend()).is_some_and(|suspend| suspend.value)
    }

    /// How long the containers of a run take at the most, one after the other, where that is plain of each.
    #[must_use]
    pub fn takes(&self) -> Option<Seconds> {
        self.containers
            .iter()
            .try_fold(Seconds::new(0), |sum, container| Some(sum + Argv::of(container.value).takes()?))
    }

    /// When a CronJob runs; `None` where Kubernetes does not understand its schedule.
    #[must_use]
    pub fn timetable(&self) -> Option<&Timetable<'a>> {
        self.outlook.as_ref()?.timetable.as_ref()
    }
}
