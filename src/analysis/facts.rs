//! What outlives a text: as much of it as checks over all files and lists of runs need. It is small and owned, so that
//! those of 100,000 files fit in memory; it names its file, so that no order matters and others can be merged in.

use std::sync::Arc;

use super::{Analysis, Subject, identity};
use crate::controller::Never;
use crate::diagnostic::{Condition, Late, Object};
use crate::k8s::defaulted;
use crate::k8s::objects::ConcurrencyPolicy;
use crate::k8s::{Classified, Resource};
use crate::schedule::{Expression, Schedule, Seconds, Zone};
use crate::text::{Lines, Location, Span};
use crate::yaml::Value;

/// What a file's objects are, do and offer to others.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Facts {
    /// The file's name.
    pub file: Arc<str>,
    /// Its objects, in order of place.
    pub objects: Vec<ObjectFacts>,
    /// Findings that other files may confirm or silence.
    pub conditional: Vec<(Condition, Late)>,
}

/// What an object is and does.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct ObjectFacts {
    /// The document, counted from 0 as kubectl counts.
    pub document: usize,
    /// What others know it by.
    pub identity: Object,
    /// What kind of work it is, if it is any.
    pub work: Work,
}

/// The work of an object.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub enum Work {
    /// Runs of Jobs.
    CronJob(Box<CronJobFacts>),
    /// Pods that end.
    Job(JobFacts),
    /// Flux applies the files below a path, `spec.path` of its Kustomization.
    Flux(Box<str>),
    /// None of these.
    Other,
}

/// When a CronJob runs, and what each run is.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct CronJobFacts {
    /// Where its schedule is, or else its kind.
    pub at: Location,
    /// `spec.schedule` as read; empty where there is none.
    pub schedule: Box<str>,
    /// `spec.timeZone`, if there is one.
    pub time_zone: Option<Box<str>>,
    /// Why it never runs, if it does not.
    pub never: Option<Never>,
    /// What becomes of a run at whose time an earlier one goes on; `None` for a text that the server refuses.
    pub concurrency_policy: Option<ConcurrencyPolicy<'static>>,
    /// How late a run may start, if there is a limit.
    pub starting_deadline: Option<Seconds>,
    /// What each run is.
    pub job: JobFacts,
}

/// What a Job does, as far as numbers tell.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct JobFacts {
    /// How many pods run at a time.
    pub parallelism: i32,
    /// How many pods have to succeed, where it is a number.
    pub completions: Option<i32>,
    /// How many retries there are.
    pub backoff_limit: i32,
    /// How long the Job may take, if there is a limit.
    pub active_deadline: Option<Seconds>,
    /// How long after its end it is deleted, if it is.
    pub ttl: Option<Seconds>,
}

impl Facts {
    /// Those of a text in which every CronJob is asked about; [`lint`](crate::lint) collects them on its way.
    #[must_use]
    pub fn of(analysis: &Analysis) -> Self {
        let mut collector = Collector::new(analysis);
        for manifest in analysis.manifests() {
            let subject = Subject::new(manifest, analysis.settings());
            let certainty = analysis.certainty(manifest);
            let refusal = Never::refused(&analysis.verdict(manifest), |problem| certainty.covers(problem));
            collector.add(&subject, refusal);
        }
        collector.finish()
    }

    /// The CronJobs, each with its object.
    pub fn cron_jobs(&self) -> impl Iterator<Item = (&ObjectFacts, &CronJobFacts)> {
        self.objects.iter().filter_map(|object| match &object.work {
            Work::CronJob(facts) => Some((object, &**facts)),
            _ => None,
        })
    }
}

impl CronJobFacts {
    /// The schedule in its zone; `None` where it never runs.
    #[must_use]
    pub fn timetable(&self) -> Option<Schedule> {
        if self.never.is_some() {
            return None;
        }
        let zone = self.time_zone.as_deref().map_or(Some(Zone::utc()), |name| Zone::load(name).ok())?;
        Some(Schedule::new(&self.expression()?, zone))
    }

    /// The schedule as Kubernetes understands it, if it does.
    #[must_use]
    pub fn expression(&self) -> Option<Expression> {
        Expression::parse(&self.schedule).ok()
    }
}

/// Collects facts in the order of the objects.
#[derive(Debug)]
pub(crate) struct Collector<'a> {
    analysis: &'a Analysis,
    /// Only made where a place is asked for.
    lines: Option<Lines<'a>>,
    work: Vec<ObjectFacts>,
    conditional: Vec<(Condition, Late)>,
}

impl<'a> Collector<'a> {
    pub(crate) fn new(analysis: &'a Analysis) -> Self {
        Self { analysis, lines: None, work: Vec::new(), conditional: Vec::new() }
    }

    /// Adds a Job or CronJob; `refusal` is why the server does not take it.
    pub(crate) fn add(&mut self, subject: &Subject<'_>, refusal: Option<Never>) {
        let manifest = subject.manifest;
        let work = match manifest.resource {
            Some(Resource::CronJob) => self.cron_job(subject, refusal).map_or(Work::Other, Work::CronJob),
            Some(Resource::Job) => Work::Job(job(subject)),
            None => Work::Other,
        };
        self.work.push(ObjectFacts { document: manifest.document.index, identity: identity(manifest), work });
    }

    /// Adds a finding on which other files have a say.
    pub(crate) fn add_conditional(&mut self, condition: Condition, late: Late) {
        self.conditional.push((condition, late));
    }

    /// The place of some bytes, with its line.
    pub(crate) fn location(&mut self, span: Span) -> Location {
        let source = self.analysis.source();
        let lines = self.lines.get_or_insert_with(|| Lines::new(source.text()));
        Location::new(source.shared_name(), lines, span)
    }

    pub(crate) fn finish(self) -> Facts {
        let others = self
            .analysis
            .documents()
            .flat_map(|(document, objects)| objects.iter(document).filter_map(|object| other(document.index, object)));
        let mut objects: Vec<ObjectFacts> = self.work.into_iter().chain(others).collect();
        objects.sort_by_key(|object| object.document);
        Facts { file: self.analysis.source().shared_name(), objects, conditional: self.conditional }
    }

    fn cron_job(&mut self, subject: &Subject<'_>, refusal: Option<Never>) -> Option<Box<CronJobFacts>> {
        let outlook = subject.outlook.as_ref()?;
        let spec = outlook.spec;
        let (schedule, zone) = (spec.schedule(), spec.time_zone());
        let policy = match defaulted::CronJob::of(spec).concurrency_policy {
            ConcurrencyPolicy::Allow => Some(ConcurrencyPolicy::Allow),
            ConcurrencyPolicy::Forbid => Some(ConcurrencyPolicy::Forbid),
            ConcurrencyPolicy::Replace => Some(ConcurrencyPolicy::Replace),
            ConcurrencyPolicy::Other(_) => None,
        };
        Some(Box::new(CronJobFacts {
            at: self.location(schedule.map_or(subject.manifest.place(), |schedule| schedule.span)),
            schedule: schedule.map_or("", |schedule| schedule.value).into(),
            time_zone: zone.map(|zone| zone.value.into()),
            never: outlook.never(refusal),
            concurrency_policy: policy,
            starting_deadline: spec.starting_deadline_seconds().map(|deadline| Seconds::new(deadline.value)),
            job: job(subject),
        }))
    }
}

fn job(subject: &Subject<'_>) -> JobFacts {
    let Some(spec) = subject.job.map(|job| job.value) else { return JobFacts::default() };
    let job = defaulted::Job::of(spec, subject.settings.kubernetes);
    JobFacts {
        parallelism: job.parallelism(),
        completions: job.completions,
        backoff_limit: job.backoff_limit(),
        active_deadline: spec.active_deadline_seconds().map(|deadline| Seconds::new(deadline.value)),
        ttl: spec.ttl_seconds_after_finished().map(|ttl| Seconds::new(i64::from(ttl.value))),
    }
}

/// An object that is none of ours: its name may be what one of ours refers to.
fn other(document: usize, object: Classified<'_>) -> Option<ObjectFacts> {
    let Classified::NotChecked { root, kind: Some(kind), .. } = object else { return None };
    let text = |object: Value<'_>, key: &str| object.get(key).and_then(|entry| entry.value.as_str().map(str::to_owned));
    let within = |key| root.get(key).map(|entry| entry.value);
    let metadata = within("metadata");
    let api_version = text(root, "apiVersion").unwrap_or_default();
    let is_flux = kind == "Kustomization" && api_version.starts_with("kustomize.toolkit.fluxcd.io/");
    let path = || within("spec").and_then(|spec| text(spec, "path")).unwrap_or_else(|| ".".to_owned());
    let work = if is_flux { Work::Flux(path().into()) } else { Work::Other };
    let identity = Object {
        api_version,
        kind: kind.to_owned(),
        namespace: metadata.and_then(|metadata| text(metadata, "namespace")),
        name: metadata.and_then(|metadata| text(metadata, "name")),
    };
    Some(ObjectFacts { document, identity, work })
}
