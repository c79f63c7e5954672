//! The controllers, the kubelet and the object on one clock.

use std::ops::Range;
use std::rc::Rc;

use crate::sort;

use super::assumptions::{Assumptions, Work};
use super::cluster::{Cluster, CronJob, Timer};
use super::event::{Deletion, Event, What};
use super::live::{self, Live};
use super::moment::Moment;
use super::period::{self, Period};
use super::spec::Object;
use super::watcher::Watcher;
use super::{cron_job, job, kubelet, ttl, untold};

/// What is simulated, and for how long.
#[derive(Debug, Clone)]
pub struct Scenario<'a> {
    /// The object.
    pub object: Object,
    /// How it begins.
    pub beginning: Beginning,
    /// What happens from then on is not told.
    pub until: Moment,
    /// What no manifest tells.
    pub assumptions: Assumptions<'a>,
    /// When the controllers are away, in order.
    pub outages: Vec<Range<Moment>>,
    /// What the object is changed to, in order of time.
    pub changes: Vec<(Moment, Object)>,
}

/// How a simulation begins.
#[derive(Debug, Clone)]
pub enum Beginning {
    /// The object is created, at a whole second.
    Created(Moment),
    /// The object is there.
    Live(Live),
}

impl Beginning {
    /// When it begins.
    pub(crate) fn at(&self) -> Moment {
        match self {
            Self::Created(at) => *at,
            Self::Live(live) => live.at,
        }
    }
}

/// Tells a visitor all that happens, in order of time.
///
/// ```
/// use batchlint::controller::{
///     Assumptions, Beginning, CronJob, Delay, JobEnd, JobEvent, Moment, Object, Scenario, What, Work, simulate,
/// };
/// use batchlint::k8s::objects::{self, FromNode};
/// use batchlint::k8s::schema::Version;
/// use batchlint::schedule::Instant;
///
/// let file = batchlint::yaml::parse("spec: {schedule: '0 * * * *', concurrencyPolicy: Forbid}");
/// let root = file.documents[0].root().expect("a document");
/// let spec = objects::CronJob::from_node(root.into()).and_then(|object| object.spec()).expect("a spec");
/// let noon = Moment::of(Instant::from_unix(1_796_126_400));
/// let scenario = Scenario {
///     object: Object::CronJob(CronJob::of(spec.value, Version::NEWEST)),
///     beginning: Beginning::Created(noon),
///     until: noon + Delay::from_seconds(6 * 3_600),
///     assumptions: Assumptions {
///         work: Work::Jobs(&|_| JobEnd { after: Delay::from_seconds(90 * 60), fails: false }),
///         latency: Delay::default(),
///         repeats: Some(1),
///     },
///     outages: Vec::new(),
///     changes: Vec::new(),
/// };
/// let mut minutes = Vec::new();
/// simulate(&scenario, &mut |event| {
///     if let What::Job(_, JobEvent::Created) = event.what {
///         minutes.push((event.at - noon).micros() / 60_000_000);
///     }
/// });
/// // The run of 14:00 starts half an hour late, and that of 15:00 finds it active.
/// assert_eq!(minutes, [60, 150, 240, 330]);
/// ```
pub fn simulate(scenario: &Scenario<'_>, visit: &mut dyn FnMut(Event)) {
    watch(scenario, &mut |event: Event| visit(event));
}

/// Tells a watcher what happens, in order of time: of what comes again and again, if it wants so, how often it does.
pub fn watch(scenario: &Scenario<'_>, watcher: &mut dyn Watcher) {
    let mut cluster = Cluster::new(scenario.beginning.at(), &scenario.assumptions, watcher);
    cluster.changes_to_come = scenario.changes.len();
    let mut steps = steps(scenario).into_iter().peekable();
    let mut period = Period::default();
    while !cluster.watcher().has_enough() {
        let step = steps.peek().map(|(at, _)| *at);
        let next = step.into_iter().chain(cluster.next_timer()).chain(next_look(&cluster)).min();
        let Some(next) = next.filter(|next| *next < scenario.until) else { break };
        cluster.now = next.max(cluster.now);
        if period::is_look(&cluster, next) && step.is_none_or(|step| next < step) {
            period.at_look(&mut cluster, step.map_or(scenario.until, |step| step.min(scenario.until)));
        }
        let is_due = next_look(&cluster).is_some_and(|at| at <= cluster.now);
        // A Job that ends just when a controller looks is seen as it is; a pod, as it was.
        if matches!(cluster.assumptions.work, Work::Jobs(_)) || is_due && pods_come_before(&mut cluster) {
            fire_once(&mut cluster);
        }
        if is_due {
            look(&mut cluster);
        }
        while let Some((_, step)) = steps.next_if(|(at, _)| *at <= cluster.now) {
            period.forget(&mut cluster);
            step.take(&mut cluster);
        }
        while fire_once(&mut cluster) {}
        look(&mut cluster);
    }
}

/// Whether what comes by itself now does so before a controller looks, as the watcher will have it.
fn pods_come_before(cluster: &mut Cluster<'_>) -> bool {
    let now = cluster.now;
    cluster.next_timer().is_some_and(|at| at <= now) && cluster.watcher().comes_before_look(now)
}

/// What happens to the object and its controllers from outside.
enum Step<'a> {
    ControllersStop,
    ControllersStart,
    Begin(&'a Object, &'a Beginning),
    Change(&'a Object),
}

fn steps<'a>(scenario: &'a Scenario<'_>) -> Vec<(Moment, Step<'a>)> {
    let mut steps = vec![(scenario.beginning.at(), Step::Begin(&scenario.object, &scenario.beginning))];
    for outage in &scenario.outages {
        steps.push((outage.start, Step::ControllersStop));
        steps.push((outage.end, Step::ControllersStart));
    }
    steps.extend(scenario.changes.iter().map(|(at, object)| (*at, Step::Change(object))));
    sort::by_key(&mut steps, |(at, _)| *at);
    steps
}

impl Step<'_> {
    fn take(self, cluster: &mut Cluster<'_>) {
        match self {
            Self::ControllersStop => cluster.stop_controllers(),
            Self::ControllersStart => cluster.start_controllers(),
            Self::Begin(object, Beginning::Created(_)) => create(cluster, object.clone()),
            Self::Begin(object, Beginning::Live(live)) => live::begin(cluster, object.clone(), live),
            Self::Change(object) => {
                cluster.changes_to_come -= 1;
                change(cluster, object.clone());
            }
        }
    }
}

fn create(cluster: &mut Cluster<'_>, object: Object) {
    cluster.start_controllers();
    match object {
        Object::CronJob(spec) => {
            let created = cluster.now.instant();
            cluster.cron_job = Some(CronJob::of(Rc::new(spec), created));
            cluster.wake_cron_job();
        }
        Object::Job(spec) => {
            cluster.create_job(Rc::new(spec), None);
        }
    }
}

fn change(cluster: &mut Cluster<'_>, object: Object) {
    match object {
        Object::CronJob(spec) => {
            if cluster.cron_job.is_some() {
                cluster.tell(What::Changed);
                cron_job::edit(cluster, spec);
            }
        }
        Object::Job(spec) => {
            if cluster.jobs.get(&0).is_some_and(|job| !job.is_gone) {
                cluster.tell(What::Changed);
                cluster.edit_job(0, Rc::new(spec));
            }
        }
    }
}

/// Lets happen what comes by itself now, but not what that brings about at once; whether there was anything.
fn fire_once(cluster: &mut Cluster<'_>) -> bool {
    let timers: Vec<Timer> = std::iter::from_fn(|| cluster.take_timer()).collect();
    for timer in &timers {
        match *timer {
            Timer::Start(job, pod) => kubelet::start(cluster, job, pod),
            Timer::End(job, pod) => kubelet::end(cluster, job, pod),
            Timer::Stopped(job, pod) => kubelet::stopped(cluster, job, pod),
            Timer::JobEnds(job) => untold::end(cluster, job),
            Timer::JobExpires(job) => cluster.delete_job_after_pods(job, Deletion::Expired),
        }
    }
    !timers.is_empty()
}

/// When a controller is to look next.
fn next_look(cluster: &Cluster<'_>) -> Option<Moment> {
    let controllers = cluster.controllers.as_ref()?;
    let orphans = (!controllers.orphans.is_empty()).then_some(cluster.now);
    let queues = [controllers.jobs.next(), controllers.cron_job.next(), controllers.ttl.next(), orphans];
    queues.into_iter().flatten().min()
}

/// The controllers look at what is on their queues now.
fn look(cluster: &mut Cluster<'_>) {
    let now = cluster.now;
    while let Some(controllers) = &mut cluster.controllers {
        if let Some((number, pod)) = controllers.orphans.pop_first() {
            cluster.release_pod(number, pod);
        } else if let Some((number, _)) = controllers.ttl.take(now) {
            ttl::sync(cluster, number);
        } else if let Some(((), seen)) = controllers.cron_job.take(now) {
            cron_job::sync(cluster, seen);
        } else if let Some((number, _)) = controllers.jobs.take(now) {
            job::sync(cluster, number);
        } else {
            return;
        }
    }
}
