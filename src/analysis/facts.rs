//! What outlives a text: as much of it as checks over all files and lists of runs need. It is small and owned, so that
//! those of 100,000 files fit in memory; it names its file, so that no order matters and others can be merged in.

mod mentions;
mod of_object;
mod references;
mod requests;
mod scripts;

use std::sync::Arc;

pub(crate) use of_object::OfObject;
pub use references::{KeyReference, Reference, Referent, references};
pub use requests::{Amount, Requests};
use scripts::runs_files;
pub use scripts::{Runnable, Runner, ScriptFacts};

use super::filled_in::{self, filled_in};
use super::{Analysis, Certainty, ScriptReader, Subject, Suppressions, free_minute, identity};
use crate::controller::{Never, Timetable, Unsaid};
use crate::diagnostic::{Condition, Late, Object};
use crate::hash::HashMap;
use crate::k8s::defaulted;
use crate::k8s::objects::{ConcurrencyPolicy, CronJobSpec, Field};
use crate::k8s::{Classified, Problem, Resource};
use crate::schedule::{Expression, Schedule, Seconds, Zone};
use crate::text::{Lines, Location, Span};
use crate::yaml::Value;

/// What a file's objects are, do and offer to others.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[non_exhaustive]
pub struct Facts {
    /// The file's name.
    pub file: Arc<str>,
    /// Its Jobs and CronJobs, in order of place.
    pub objects: Vec<ObjectFacts>,
    /// Its other objects, as far as a Job may refer to them.
    pub offers: Vec<Offer>,
    /// What its Jobs and CronJobs refer to and it does not have itself, up to as many as people read.
    pub wants: Vec<Want>,
    /// Names that objects of other kinds have, give to what they make, or know others by, up to as many as people write.
    pub mentions: Vec<Box<str>>,
    /// The paths whose files Flux applies: `spec.path` of its Kustomizations.
    pub flux_paths: Vec<Box<str>>,
    /// Whether one of its objects is a LimitRange, which fills in what containers do not say.
    pub has_limit_range: bool,
    /// What has to be read together with other files to know what is run.
    pub scripts: ScriptFacts,
    /// Findings that other files may confirm or silence.
    pub conditional: Vec<(Condition, Late)>,
    /// What its comments and annotations suppress, if there is something.
    pub suppressing: Option<Box<Suppressing>>,
}

/// What a file suppresses of the findings over all files.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[non_exhaustive]
pub struct Suppressing {
    /// The suppressions.
    pub suppressions: Suppressions,
    /// The names that may have an effect on such findings alone, by the numbers of suppression and name, and where.
    pub(crate) undecided: Vec<(usize, usize, Location)>,
}

/// What an object is and does.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[non_exhaustive]
pub struct ObjectFacts {
    /// The document, counted from 0 as kubectl counts.
    pub document: usize,
    /// What others know it by.
    pub identity: Object,
    /// Whether the name is its own, and not what the server makes one from.
    pub is_named: bool,
    /// What work it is.
    pub work: Work,
}

/// The work of an object.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[non_exhaustive]
pub enum Work {
    /// Runs of Jobs.
    CronJob(Box<CronJobFacts>),
    /// Pods that end.
    Job(Box<JobFacts>),
    /// None that can be told: it only claims to be one of the two.
    Unknown,
}

/// An object that others can refer to.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[non_exhaustive]
pub struct Offer {
    /// What it is.
    pub is: Referent,
    /// `metadata.namespace`, if there is one.
    pub namespace: Option<Box<str>>,
    /// `metadata.name`.
    pub name: Box<str>,
    /// The keys of a ConfigMap or Secret.
    pub keys: Vec<Box<str>>,
}

/// Something that pods need, and that their own file does not have.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[non_exhaustive]
pub struct Want {
    /// The document of the Job or CronJob.
    pub document: usize,
    /// What others know that by.
    pub by: Object,
    /// What is wanted.
    pub is: Referent,
    /// Its name.
    pub name: Box<str>,
    /// The key, where the file has the object and not the key.
    pub key: Option<Box<str>>,
    /// Where the name, or the key, is written.
    pub at: Location,
    /// Whatever else of the kind the pods refer to.
    pub beside: Vec<Box<str>>,
}

/// When a CronJob runs, and what each run is.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[non_exhaustive]
pub struct CronJobFacts {
    /// Where its schedule is, or what decides that; or else its kind.
    pub at: Location,
    /// `spec.schedule` as read; empty where there is none.
    pub schedule: Box<str>,
    /// The bytes of its minute in the file, or of the word that stands for all of it, if another minute would do as well.
    pub free_minute: Option<Span>,
    /// `spec.timeZone`, if there is one.
    pub time_zone: Option<Box<str>>,
    /// The controller's zone, where it was told and the schedule runs by it.
    pub controller_zone: Option<Zone>,
    /// Whether a comment at the schedule says that its hours are those of UTC.
    pub says_utc: bool,
    /// Why it never runs, if it does not.
    pub never: Option<Never>,
    /// What becomes of a run at whose time an earlier one goes on; `None` for a text that the server refuses.
    #[serde(with = "policies")]
    pub concurrency_policy: Option<ConcurrencyPolicy<'static>>,
    /// How late a run may start, if there is a limit.
    pub starting_deadline: Option<Seconds>,
    /// What each run is.
    pub job: JobFacts,
}

/// What a Job does, as far as numbers and names tell.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
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
    /// What each of its pods requests.
    pub requests: Requests,
    /// What its pods refer to.
    pub refers: Vec<Reference>,
}

impl ObjectFacts {
    /// Namespace and name, by which two objects of a kind are one in a cluster; `None` where the server makes a new name
    /// for each.
    #[must_use]
    pub fn known_by(&self) -> Option<(Option<&str>, &str)> {
        let name = self.identity.name.as_deref().filter(|_| self.is_named)?;
        Some((self.identity.namespace.as_deref(), name))
    }
}

impl Facts {
    /// All that is known of a text. [`lint::report`](crate::lint::report) collects on its way as much as rules ask for:
    /// the CronJobs, without what their pods request and refer to.
    #[must_use]
    pub fn of(analysis: &Analysis) -> Self {
        Self::as_far_as(analysis, Breadth::Everything)
    }

    /// As much of it as is asked for, without what rules find.
    pub(crate) fn as_far_as(analysis: &Analysis, breadth: Breadth) -> Self {
        let mut collector = Collector::new(analysis, breadth);
        let mut scripts = ScriptReader::new(analysis);
        for manifest in analysis.wholes() {
            manifest.indexed(|manifest| {
                let certainty = analysis.certainty(manifest);
                let is_asked = breadth == Breadth::Everything || manifest.resource == Some(Resource::CronJob);
                let verdict = (is_asked && certainty != Certainty::Nothing).then(|| analysis.verdict(manifest));
                let is_judged = |problem: &Problem| certainty.covers(problem) && filled_in(problem, manifest).is_none();
                let refusal = verdict.and_then(|verdict| Never::refused(&verdict, is_judged));
                let subject = Subject::new(manifest, analysis.settings());
                let of_object = collector.of(&subject, refusal);
                collector.add(of_object);
                if breadth == Breadth::CronJobs && certainty == Certainty::Whole && runs_files(&subject) {
                    let read = scripts.read(&subject);
                    collector.add_scripts(&subject, &read);
                }
            });
        }
        collector.finish()
    }

    /// The same of a text that was made of others, at the places where those were written, in the words of `words` where it
    /// has some for what is not known. What goes by bytes of the file is left out.
    #[must_use]
    pub fn moved(
        mut self,
        written: impl Fn(&Location) -> Location,
        words: impl Fn(&Location) -> Option<String>,
    ) -> Self {
        for object in &mut self.objects {
            if let Work::CronJob(cron_job) = &mut object.work {
                cron_job.at = written(&cron_job.at);
                cron_job.free_minute = None;
                if let Some(Never::Undecided(undecided)) = &mut cron_job.never {
                    undecided.move_to(&written, &words);
                }
            }
        }
        self.wants.iter_mut().for_each(|want| want.at = written(&want.at));
        Self { conditional: Vec::new(), suppressing: None, ..self }
    }

    /// Whether there is nothing that a check over all files could ask.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        let Self { objects, offers, wants, mentions, flux_paths, has_limit_range, conditional, suppressing, .. } = self;
        let has_objects = !(objects.is_empty() && offers.is_empty() && wants.is_empty() && flux_paths.is_empty());
        let is_silent = !has_limit_range && mentions.is_empty() && conditional.is_empty() && suppressing.is_none();
        !has_objects && is_silent && self.scripts.is_empty()
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
        let of_controller = || Some(self.controller_zone.unwrap_or_else(Zone::utc));
        let zone = self.time_zone.as_deref().map_or_else(of_controller, |name| Zone::load(name).ok())?;
        Some(Schedule::new(&self.expression()?, zone))
    }

    /// The schedule as Kubernetes understands it, if it does.
    #[must_use]
    pub fn expression(&self) -> Option<Expression> {
        Expression::parse(&self.schedule).ok()
    }
}

/// How much is collected.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Breadth {
    /// What rules over all files ask for: when CronJobs run.
    CronJobs,
    /// All that there is.
    Everything,
}

/// Collects facts in the order of the objects.
#[derive(Debug)]
pub(crate) struct Collector<'a> {
    analysis: &'a Analysis,
    breadth: Breadth,
    /// Only made where a place is asked for.
    lines: Option<Lines<'a>>,
    work: Vec<ObjectFacts>,
    needs: Vec<(usize, Object, Vec<Reference>)>,
    kept: scripts::Kept,
    conditional: Vec<(Condition, Late)>,
    suppressing: Option<Box<Suppressing>>,
}

/// Of more objects in a file, and more of what they want, nothing is kept.
const MOST_NEEDS: usize = 1000;
const MOST_WANTS: usize = 100;

impl<'a> Collector<'a> {
    pub(crate) fn new(analysis: &'a Analysis, breadth: Breadth) -> Self {
        Self {
            analysis,
            breadth,
            lines: None,
            work: Vec::new(),
            needs: Vec::new(),
            kept: scripts::Kept::default(),
            conditional: Vec::new(),
            suppressing: None,
        }
    }

    /// What a Job or CronJob adds; `refusal` is why the server does not take it.
    pub(crate) fn of(&mut self, subject: &Subject<'_>, refusal: Option<Never>) -> OfObject {
        let manifest = subject.manifest;
        let work = match manifest.resource {
            Some(Resource::CronJob) => Some(Work::CronJob(Box::new(self.cron_job(subject, refusal)))),
            _ if self.breadth == Breadth::CronJobs => None,
            Some(Resource::Job) => Some(Work::Job(Box::new(self.job(subject)))),
            None => Some(Work::Unknown),
        };
        let is_named = manifest.metadata().is_some_and(|metadata| metadata.name().is_some());
        let (document, identity) = (manifest.document.index, identity(manifest));
        let refers = subject.pod.map_or_else(Vec::new, |pod| references(pod.value));
        OfObject { document, identity, is_named, refers, work }
    }

    /// Adds it.
    pub(crate) fn add(&mut self, OfObject { document, identity, is_named, refers, work }: OfObject) {
        if !refers.is_empty() && self.needs.len() < MOST_NEEDS {
            self.needs.push((document, identity.clone(), refers));
        }
        self.work.extend(work.map(|work| ObjectFacts { document, identity, is_named, work }));
    }

    /// Adds a finding on which other files have a say.
    pub(crate) fn add_conditional(&mut self, condition: Condition, late: Late) {
        self.conditional.push((condition, late));
    }

    /// Keeps suppressions, and which of their names may have an effect on findings over all files alone.
    pub(crate) fn keep_suppressions(&mut self, suppressions: Suppressions, undecided: Vec<(usize, usize)>) {
        let located = |(written, name): (usize, usize)| {
            let at = self.location(suppressions.all[written].names[name].span);
            (written, name, at)
        };
        let undecided = undecided.into_iter().map(located).collect();
        self.suppressing = Some(Box::new(Suppressing { suppressions, undecided }));
    }

    /// The place of some bytes, with its line.
    pub(crate) fn location(&mut self, span: Span) -> Location {
        let source = self.analysis.source();
        let lines = self.lines.get_or_insert_with(|| Lines::new(source.text()));
        Location::new(source.shared_name(), lines, span)
    }

    pub(crate) fn finish(mut self) -> Facts {
        let (mut offers, mut flux_paths, mut mentions, mut looked) = (Vec::new(), Vec::new(), Vec::new(), 0);
        let mut has_limit_range = false;
        for (document, objects) in self.analysis.documents() {
            for object in objects.iter(document) {
                if let Classified::NotChecked { root, kind: Some(kind), .. } = object {
                    match offer(root, kind) {
                        Some(offer) => offers.push(offer),
                        // An alias stands for what was looked through before it.
                        None if root.span().start < looked => {}
                        None => {
                            mentions::collect(root, &mut mentions);
                            looked = root.span().end;
                        }
                    }
                    flux_paths.extend(flux_path(root, kind));
                    has_limit_range |= kind == LIMIT_RANGE;
                }
            }
        }
        let mentions = mentions::distinct(mentions);
        self.work.shrink_to_fit();
        offers.shrink_to_fit();
        let wants = self.wants(&offers);
        let scripts = self.take_scripts(&offers);
        let file = self.analysis.source().shared_name();
        let Self { work: objects, conditional, suppressing, .. } = self;
        Facts { file, objects, offers, wants, mentions, flux_paths, has_limit_range, scripts, conditional, suppressing }
    }

    /// What pods need and none of these is.
    fn wants(&mut self, offers: &[Offer]) -> Vec<Want> {
        let known: HashMap<_, &Offer> =
            offers.iter().map(|one| ((one.is, one.namespace.as_deref(), &*one.name), one)).collect();
        let mut wants = Vec::new();
        for (document, by, references) in std::mem::take(&mut self.needs) {
            for reference in &references {
                let offer = known.get(&(reference.to, by.namespace.as_deref(), &*reference.name));
                let keys = reference.keys.iter().filter(|key| offer.is_some_and(|one| !one.keys.contains(&key.key)));
                let lacking = keys.map(|key| (Some(key.key.clone()), key.span));
                let name = (offer.is_none() && !reference.is_optional).then_some((None, reference.span));
                for (key, span) in name.into_iter().chain(lacking) {
                    if wants.len() == MOST_WANTS {
                        return wants;
                    }
                    let of_kind = references.iter().filter(|one| one.to == reference.to && one.name != reference.name);
                    wants.push(Want {
                        document,
                        by: by.clone(),
                        is: reference.to,
                        name: reference.name.clone(),
                        key,
                        at: self.location(span),
                        beside: of_kind.map(|one| one.name.clone()).collect(),
                    });
                }
            }
        }
        wants
    }

    fn cron_job(&mut self, subject: &Subject<'_>, refusal: Option<Never>) -> CronJobFacts {
        let spec = subject.cron_job.map_or_else(CronJobSpec::absent, |spec| spec.value);
        let (schedule, zone) = (spec.schedule(), spec.time_zone());
        let never = match &subject.outlook {
            Some(outlook) => outlook.never(refusal),
            None => refusal.or(Some(Never::NoSchedule)),
        };
        let never = never.map(|never| filled_in::or_filled_in(never, subject));
        let undecided =
            matches!(never, None | Some(Never::NoSchedule)).then(|| self.analysis.undecided(subject.manifest));
        let undecided = undecided.flatten();
        let place = undecided.as_ref().filter(|one| one.unsaid == Unsaid::Schedule).and_then(|one| one.at.clone());
        let never = undecided.map(|undecided| Never::Undecided(Box::new(undecided))).or(never);
        let free_minute = subject
            .timetable()
            .and_then(|timetable| free_minute(subject.manifest, timetable.written, &timetable.expression));
        CronJobFacts {
            at: place
                .unwrap_or_else(|| self.location(schedule.map_or(subject.manifest.place(), |schedule| schedule.span))),
            schedule: schedule.map_or("", |schedule| schedule.value).into(),
            free_minute,
            time_zone: zone.map(|zone| zone.value.into()),
            controller_zone: subject.timetable().and_then(Timetable::told_zone),
            says_utc: schedule.is_some_and(says_utc),
            never,
            concurrency_policy: policy(defaulted::CronJob::of(spec).concurrency_policy),
            starting_deadline: spec.starting_deadline_seconds().map(|deadline| Seconds::new(deadline.value)),
            job: self.job(subject),
        }
    }

    fn job(&self, subject: &Subject<'_>) -> JobFacts {
        let Some(spec) = subject.job.map(|job| job.value) else { return JobFacts::default() };
        let job = defaulted::Job::of(spec, subject.settings.kubernetes);
        let pod = subject.pod.map(|pod| pod.value).filter(|_| self.breadth == Breadth::Everything);
        JobFacts {
            parallelism: job.parallelism(),
            completions: job.completions,
            backoff_limit: job.backoff_limit(),
            active_deadline: spec.active_deadline_seconds().map(|deadline| Seconds::new(deadline.value)),
            ttl: spec.ttl_seconds_after_finished().map(|ttl| Seconds::new(i64::from(ttl.value))),
            requests: pod.map_or(Requests::default(), Requests::of),
            refers: pod.map_or_else(Vec::new, references),
        }
    }
}

fn says_utc(schedule: Field<'_, &str>) -> bool {
    let comments = [schedule.raw.comment_beside(), schedule.raw.comments_above(schedule.key)];
    comments.into_iter().flatten().any(|(_, comment)| comment.contains("UTC"))
}

/// Policies written down: by their words, since a text that is none of them is not kept.
mod policies {
    use serde::{Deserialize as _, Deserializer, Serialize as _, Serializer};

    use crate::k8s::objects::ConcurrencyPolicy;

    type Policy = ConcurrencyPolicy<'static>;

    pub(super) fn serialize<S: Serializer>(policy: &Option<Policy>, to: S) -> Result<S::Ok, S::Error> {
        policy.map(Policy::as_str).serialize(to)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Policy>, D::Error> {
        let word = Option::<String>::deserialize(from)?;
        Ok(word.and_then(|word| super::policy(word.as_str().into())))
    }
}

/// A policy without the text of one that the server refuses.
fn policy(policy: ConcurrencyPolicy<'_>) -> Option<ConcurrencyPolicy<'static>> {
    match policy {
        ConcurrencyPolicy::Allow => Some(ConcurrencyPolicy::Allow),
        ConcurrencyPolicy::Forbid => Some(ConcurrencyPolicy::Forbid),
        ConcurrencyPolicy::Replace => Some(ConcurrencyPolicy::Replace),
        ConcurrencyPolicy::Other(_) => None,
    }
}

/// What the objects of a text offer to others.
#[cfg(feature = "lsp")]
pub(crate) fn offers(analysis: &Analysis) -> impl Iterator<Item = Offer> {
    analysis.documents().flat_map(|(document, objects)| objects.iter(document)).filter_map(|object| match object {
        Classified::NotChecked { root, kind: Some(kind), .. } => offer(root, kind),
        _ => None,
    })
}

/// What an object that is none of ours offers to those that are.
fn offer(root: Value<'_>, kind: &str) -> Option<Offer> {
    let is = Referent::ALL.into_iter().find(|referent| referent.kind() == kind)?;
    let metadata = root.get("metadata").filter(|_| text(root, "apiVersion") == Some("v1"))?.value;
    let maps = ["data", "binaryData", "stringData"].into_iter().filter_map(|map| root.get(map));
    let has_keys = matches!(is, Referent::ConfigMap | Referent::Secret);
    let keys = maps.filter(|_| has_keys).flat_map(|map| map.value.entries()).map(|entry| entry.key.into());
    let namespace = text(metadata, "namespace").map(Into::into);
    Some(Offer { is, namespace, name: text(metadata, "name")?.into(), keys: keys.collect() })
}

/// The kind of objects that fill in what containers do not request.
const LIMIT_RANGE: &str = "LimitRange";

fn flux_path(root: Value<'_>, kind: &str) -> Option<Box<str>> {
    let group = "kustomize.toolkit.fluxcd.io/";
    let is_flux = kind == "Kustomization" && text(root, "apiVersion").is_some_and(|version| version.starts_with(group));
    let path = || root.get("spec").and_then(|spec| text(spec.value, "path"));
    is_flux.then(|| path().unwrap_or(".").into())
}

fn text<'a>(object: Value<'a>, key: &str) -> Option<&'a str> {
    object.get(key)?.value.as_str()
}
