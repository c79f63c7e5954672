//! What of a text can be simulated, and why the rest cannot.

use std::rc::Rc;

use super::standing::{Learned, Standing};
use super::{Claim, Source, Volume, reasons};
use crate::analysis::{Analysis, Assumption, Certainty, Requests, Settings, filled_in, free_minute, identity};
use crate::config::Config;
use crate::controller::{CronJob, Delay, Job, Object, Outcome, Undecided};
use crate::diagnostic;
use crate::hash::HashMap;
use crate::k8s::objects::Each as _;
use crate::k8s::{Manifest, Resource};
use crate::lint;
use crate::schedule::{Expression, Schedule, Seconds, Zone};
use crate::text::{Lines, Location, Message, Span};

/// The exit code of a container that is killed.
pub(super) const KILLED: i32 = 137;

/// A Job or CronJob of a file.
#[derive(Debug)]
#[non_exhaustive]
pub struct Plan {
    /// What others know it by.
    pub identity: diagnostic::Object,
    /// The document, counted from 0 as kubectl counts.
    pub document: usize,
    /// Where it is: its kind.
    pub at: Location,
    /// What it asks of the controllers, or why nobody asks them.
    pub object: Result<Object, Unfit>,
    /// How long its pods may be active, which their kubelet sees to.
    pub pod_deadline: Option<Seconds>,
    /// What each of its pods requests.
    pub requests: Requests,
    /// The names of the claims that its pods mount, and those of them that one node or one pod can use at a time.
    pub claimed: Vec<String>,
    /// See [`mounted`](super::mounted).
    pub volumes: Vec<Rc<Volume>>,
    /// Where the minute of its schedule is, or the word that stands for all of it, if another minute would do as well.
    pub free_minute: Option<Location>,
    /// What its text says is to be assumed of it, and what its Jobs in the input tell.
    pub claims: Vec<Claim>,
    /// What its Jobs in the input tell, in figures.
    pub learned: Option<Learned>,
    /// Where it stands in a cluster.
    pub standing: Option<Standing>,
    /// The rules that find something in it, of those that tell why it does what it does.
    pub rules: Vec<&'static str>,
}

/// Why an object is not simulated.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Unfit {
    /// The API server refuses it, and says so of this field.
    Refused {
        /// The field as the server names it.
        field: String,
        /// What is wrong with it.
        message: Message,
    },
    /// Something fills in this text, and what it will be is not known before.
    FilledIn(String),
    /// When it runs is not known.
    Undecided(Box<Undecided>),
    /// It is not read to its end.
    Broken,
    /// It only claims to be a Job or CronJob.
    OtherKind,
    /// It wants so many pods at a time, more than [a cluster has room for](MOST_PODS).
    TooManyPods(i32),
}

/// Pods that [a cluster has room for](https://kubernetes.io/docs/setup/best-practices/cluster-large/).
pub const MOST_PODS: i32 = 150_000;

impl Plan {
    /// Moves it to where the text was written that it was read from; that is not to be changed by its bytes.
    pub fn move_to(&mut self, written: impl Fn(&Location) -> Location, words: impl Fn(&Location) -> Option<String>) {
        self.at = written(&self.at);
        self.free_minute = None;
        if let Err(Unfit::Undecided(undecided)) = &mut self.object {
            undecided.move_to(written, words);
        }
    }
}

/// The Jobs and CronJobs of a text, in order of place.
#[must_use]
pub fn plans(analysis: &Analysis, config: &Config) -> Vec<Plan> {
    let lines = Lines::new(analysis.source().text());
    let (mut found, mut said) = (found(analysis), said(analysis));
    let configured = config.assumptions().iter().map(|(of, what)| Claim {
        of: of.clone(),
        what: *what,
        source: Source::Configuration,
    });
    let plan = |manifest: Manifest<'_>| {
        let start = manifest.root.span().start;
        Plan {
            identity: identity(manifest),
            document: manifest.document.index,
            at: Location::new(analysis.source().shared_name(), &lines, manifest.place()),
            object: fitting(analysis, manifest),
            pod_deadline: pod_deadline(manifest),
            requests: requests(manifest),
            claimed: claimed(manifest),
            volumes: Vec::new(),
            free_minute: minute(manifest).map(|minute| Location::new(analysis.source().shared_name(), &lines, minute)),
            claims: said.remove(&start).into_iter().flatten().chain(configured.clone()).collect(),
            learned: None,
            standing: Standing::of(manifest),
            rules: found.remove(&start).unwrap_or_default(),
        }
    };
    analysis.wholes().map(plan).collect()
}

/// What comments and annotations say is to be assumed, by the first byte of the object.
fn said(analysis: &Analysis) -> HashMap<u32, Vec<Claim>> {
    let mut said: HashMap<u32, Vec<Claim>> = HashMap::default();
    for Assumption { what, object, is_annotation, .. } in analysis.suppressions().assumptions(analysis.manifests()) {
        let source = if is_annotation { Source::Annotation } else { Source::Comment };
        said.entry(object).or_default().push(Claim { of: None, what, source });
    }
    said
}

fn requests(manifest: Manifest<'_>) -> Requests {
    manifest.pod_spec().map_or_else(Requests::default, Requests::of)
}

fn claimed(manifest: Manifest<'_>) -> Vec<String> {
    let volumes = manifest.pod_spec().and_then(|pod| pod.volumes()).each();
    let names = volumes.filter_map(|(_, volume)| volume.value.persistent_volume_claim()?.value.claim_name());
    names.map(|name| name.value.to_owned()).collect()
}

fn minute(manifest: Manifest<'_>) -> Option<Span> {
    let schedule = manifest.cron_job()?.schedule()?;
    free_minute(manifest, schedule, &Expression::parse(schedule.value).ok()?)
}

fn pod_deadline(manifest: Manifest<'_>) -> Option<Seconds> {
    manifest.pod_spec()?.active_deadline_seconds().map(|deadline| Seconds::new(deadline.value))
}

/// The rules that find something and tell why, by the first byte of the object.
fn found(analysis: &Analysis) -> HashMap<u32, Vec<&'static str>> {
    let mut rules: HashMap<u32, Vec<&'static str>> = HashMap::default();
    let config = Config::new(*analysis.settings()).with_rules(&reasons::RULES, &[]);
    let findings = config.map_or_else(|_| Vec::new(), |config| lint::report(analysis, &config).0.findings);
    for finding in &findings {
        if let Some(object) = &finding.object {
            rules.entry(object.start).or_default().push(finding.rule);
        }
    }
    rules
}

impl Plan {
    /// The name as people know it: with its namespace, if it has one.
    #[must_use]
    pub fn label(&self) -> String {
        let name = self.identity.name.as_deref().unwrap_or("(no name)");
        self.identity.namespace.as_ref().map_or_else(|| name.to_owned(), |namespace| format!("{namespace}/{name}"))
    }

    /// Whether something is assumed of it.
    #[must_use]
    pub fn is_meant_by(&self, claim: &Claim) -> bool {
        claim.of.as_ref().is_none_or(|of| Some(of) == self.identity.name.as_ref() || *of == self.label())
    }

    /// What comes of a container in a pod that may be active only for so long: where it is restarted in place, the pod
    /// as a whole fails.
    pub(super) fn within_deadline(&self, outcome: Outcome) -> Outcome {
        let Some(most) = self.pod_deadline.map(Delay::from) else { return outcome };
        let is_longer = match outcome {
            Outcome::Exits { after, .. } | Outcome::Evicted { after, .. } => after > most,
            Outcome::Hangs => true,
            Outcome::NeverStarts => false,
        };
        let Ok(job) = self.object.as_ref().map(Object::job) else { return outcome };
        match (is_longer, job.pod.restarts_on_failure) {
            (false, _) => outcome,
            (true, true) => Outcome::Evicted { after: most, code: KILLED },
            (true, false) => Outcome::Exits { after: most, code: KILLED },
        }
    }
}

/// What an object asks of the controllers, or why nobody asks them.
pub(super) fn fitting(analysis: &Analysis, manifest: Manifest<'_>) -> Result<Object, Unfit> {
    manifest.indexed(|manifest| object(analysis, manifest))
}

fn object(analysis: &Analysis, manifest: Manifest<'_>) -> Result<Object, Unfit> {
    if analysis.certainty(manifest) != Certainty::Whole {
        return Err(Unfit::Broken);
    }
    let verdict = analysis.verdict(manifest);
    let mut filled = None;
    for cause in verdict.causes() {
        match filled_in(cause, manifest) {
            Some(text) => filled = filled.or(Some(text)),
            None => return Err(Unfit::Refused { field: cause.field.clone(), message: cause.message.clone() }),
        }
    }
    if let Some(text) = filled {
        return Err(Unfit::FilledIn(text.to_owned()));
    }
    if let Some(undecided) = analysis.undecided(manifest) {
        return Err(Unfit::Undecided(Box::new(undecided)));
    }
    let object = asked(manifest, analysis.settings()).ok_or(Unfit::OtherKind)?;
    match pods_at_a_time(&object) {
        pods if pods > MOST_PODS => Err(Unfit::TooManyPods(pods)),
        _ => Ok(object),
    }
}

/// How many pods of a Job there may be at a time.
pub(super) fn pods_at_a_time(object: &Object) -> i32 {
    let job = object.job();
    job.completions.map_or(job.parallelism, |completions| job.parallelism.min(completions))
}

/// What an object asks of the controllers, whatever the API server says of it.
pub(super) fn asked(manifest: Manifest<'_>, settings: &Settings) -> Option<Object> {
    let version = settings.kubernetes;
    match manifest.resource? {
        Resource::CronJob => {
            let cron_job = CronJob::of(manifest.cron_job()?, version);
            Some(Object::CronJob(in_zone(cron_job, settings.controller_zone)))
        }
        Resource::Job => Some(Object::Job(Job::of(manifest.job()?, version))),
    }
}

/// A schedule without a zone of its own is read in the controller's.
fn in_zone(cron_job: CronJob, controller: Option<Zone>) -> CronJob {
    let Some(zone) = controller.filter(|_| cron_job.written.1.is_none()) else { return cron_job };
    let schedule = Expression::parse(&cron_job.written.0).ok().map(|expression| Schedule::new(&expression, zone));
    CronJob { schedule, ..cron_job }
}

/// The same object, suspended or not.
pub(super) fn suspended(object: &Object, is_suspended: bool) -> Object {
    match object {
        Object::CronJob(cron_job) => Object::CronJob(CronJob { is_suspended, ..cron_job.clone() }),
        Object::Job(job) => Object::Job(Job { is_suspended, ..job.clone() }),
    }
}
