//! What rules look at.

use std::cell::OnceCell;
use std::sync::Arc;

use super::script::Scripts;
use super::{Process, RunFile, Script, Settings, identity};
use crate::controller::{Outlook, Timetable};
use crate::diagnostic::Object;
use crate::k8s::objects::{CronJobSpec, Field, JobSpec, PodSpec};
use crate::k8s::{Locator, Manifest, Resource};
use crate::schedule::Seconds;
use crate::text::Span;

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
    pub containers: Vec<Process<'a>>,
    /// The scripts that shells read in the containers, once they are read.
    pub scripts: Vec<Script<'a>>,
    /// The files of ConfigMaps that the containers run, in order of place.
    pub files: Vec<RunFile<'a>>,
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
            containers: containers.map(|(_, container)| Process::of(container)).collect(),
            scripts: Vec::new(),
            files: Vec::new(),
            identity: OnceCell::new(),
        }
    }

    /// With the scripts in it.
    #[must_use]
    pub(crate) fn with_scripts(mut self, scripts: &'a Scripts<'a>) -> Self {
        self.scripts = scripts.read.iter().map(Script::of).collect();
        self.files.clone_from(&scripts.files);
        self.files.sort_by_key(|file| file.value.span());
        self
    }

    /// The file of a ConfigMap that has some bytes, where they are not the object's own.
    pub(crate) fn file_at(&self, span: Span) -> Option<&RunFile<'a>> {
        let behind = self.files.partition_point(|file| file.value.span().start <= span.start);
        let file = self.files.get(behind.checked_sub(1)?)?;
        let holds = |whole: Span| whole.contains(span);
        (holds(file.value.span()) && !holds(self.manifest.root.span())).then_some(file)
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
        self.containers.iter().try_fold(Seconds::new(0), |sum, container| Some(sum + container.argv.takes()?))
    }

    /// When a CronJob runs; `None` where Kubernetes does not understand its schedule.
    #[must_use]
    pub fn timetable(&self) -> Option<&Timetable<'a>> {
        self.outlook.as_ref()?.timetable.as_ref()
    }
}
