//! What rules look at.

use std::cell::OnceCell;
use std::sync::Arc;

use super::remarks::{Remark, at_head, remarks};
use super::script::Scripts;
use super::{Process, RunFile, Script, Settings, identity};
use crate::command::ends_well;
use crate::controller::{Outlook, Timetable};
use crate::diagnostic::Object;
use crate::hash::HashSet;
use crate::k8s::objects::{CronJobSpec, Field, JobSpec, PodSpec};
use crate::k8s::schema::nearest;
use crate::k8s::{Locator, Manifest, Resource};
use crate::schedule::Seconds;
use crate::sort;
use crate::text::Span;
use crate::yaml::Value;

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
    /// What people say of the schedule beside it, once that is read.
    pub remarks: Vec<Remark<'a>>,
    /// The scripts that shells read in the containers, once they are read.
    pub scripts: Vec<Script<'a>>,
    /// The files of ConfigMaps that the containers run, in order of place.
    pub files: Vec<RunFile<'a>>,
    written: OnceCell<Vec<&'static str>>,
    ends_well: OnceCell<bool>,
    identity: OnceCell<Arc<Object>>,
}

/// Bytes of texts that containers may have by aliases beyond those of the document.
const MORE: usize = 1 << 20;
/// Fields of which rules say that they are not set.
const SOUGHT: [&str; 4] = ["backoffLimit", "concurrencyPolicy", "timeZone", "ttlSecondsAfterFinished"];

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
        let containers = pod.into_iter().flat_map(|pod| pod.value.all_containers());
        Self {
            settings,
            manifest,
            locator: manifest.locator(),
            cron_job,
            outlook: cron_job.map(|spec| Outlook::of(spec.value, settings.now, settings.controller_zone)),
            job,
            pod,
            containers: within_reach(containers.map(Process::of)).collect(),
            remarks: Vec::new(),
            scripts: Vec::new(),
            files: Vec::new(),
            written: OnceCell::new(),
            ends_well: OnceCell::new(),
            identity: OnceCell::new(),
        }
    }

    /// With what is said of the schedule, which several rules compare with what it does: beside it, and at the head of the
    /// file.
    #[must_use]
    pub(crate) fn reading_remarks(mut self, head: Option<(Span, &'a str)>) -> Self {
        self.remarks = self.timetable().map_or_else(Vec::new, |timetable| {
            let mut all = remarks(self.manifest, timetable);
            all.extend(head.into_iter().flat_map(at_head));
            all
        });
        self
    }

    /// With the scripts in it.
    #[must_use]
    pub(crate) fn with_scripts(mut self, scripts: &'a Scripts<'a>) -> Self {
        self.scripts = scripts.read.iter().map(Script::of).collect();
        self.files.clone_from(&scripts.files);
        sort::by_key(&mut self.files, |file| file.value.span());
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

    /// Whether a field that rules call unset stands elsewhere, or with a slip, where it is not where it belongs:
    /// `unknown-field` tells of that, and that it is missing follows.
    #[must_use]
    pub fn has_elsewhere(&self, field: &str) -> bool {
        self.written.get_or_init(|| self.sought()).contains(&field)
    }

    /// Those of the fields that stand anywhere between the object and its containers.
    fn sought(&self) -> Vec<&'static str> {
        let template = self.cron_job.and_then(|spec| spec.value.job_template());
        let pod_template = self.job.and_then(|job| job.value.template());
        let levels = [
            Some(self.manifest.root),
            self.manifest.metadata().map(|metadata| metadata.raw()),
            self.cron_job.map(|spec| spec.value.raw()),
            template.map(|template| template.value.raw()),
            self.job.map(|job| job.value.raw()),
            pod_template.map(|template| template.value.raw()),
            self.pod.map(|pod| pod.value.raw()),
        ];
        let containers = self.containers.iter().map(|container| container.raw());
        let entries = levels.into_iter().flatten().chain(containers).flat_map(Value::entries);
        let written = entries.filter(|entry| !entry.value.is_null()).filter_map(|entry| {
            // Few keys begin like one of them, and are worth a closer look.
            let begins = |field: &&str| entry.key.get(..1).is_some_and(|first| first.eq_ignore_ascii_case(&field[..1]));
            let mut alike = SOUGHT.into_iter().filter(begins).peekable();
            alike.peek()?;
            nearest(entry.key, alike)
        });
        written.collect()
    }

    /// How long the containers of a run take at the most, one after the other, where that is plain of each.
    #[must_use]
    pub fn takes(&self) -> Option<Seconds> {
        self.containers.iter().try_fold(Seconds::new(0), |sum, container| Some(sum + container.argv.takes()?))
    }

    /// Whether nothing in a run fails, so that nothing is tried again: each container does no more than print something, or
    /// runs a script that ends well whatever fails in it.
    #[must_use]
    pub fn ends_well(&self) -> bool {
        *self.ends_well.get_or_init(|| {
            let scripts = self.scripts.iter().filter(|script| script.is_whole() && ends_well(script.read));
            let ends_well: HashSet<_> = scripts.map(|script| script.container.span).collect();
            let containers = self.containers.iter();
            containers.into_iter().all(|one| ends_well.contains(&one.field.span) || one.argv.ends_well())
        })
    }

    /// When a CronJob runs; `None` where Kubernetes does not understand its schedule.
    #[must_use]
    pub fn timetable(&self) -> Option<&Timetable<'a>> {
        self.outlook.as_ref()?.timetable.as_ref()
    }
}

/// The containers that are looked at: aliases can stand for far more text than anybody has written.
fn within_reach<'a>(processes: impl Iterator<Item = Process<'a>>) -> impl Iterator<Item = Process<'a>> {
    let mut read = 0;
    processes.take_while(move |process| {
        let document = process.raw().document();
        read += if document.has_aliases { process.size() } else { 0 };
        read <= document.span.len() as usize + MORE
    })
}
