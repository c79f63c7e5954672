//! Which runs come and go.

use std::collections::BTreeSet;

use super::Question;
use crate::analysis::Settings;
use crate::controller::{CronJob, Outlook, Unmet, starts};
use crate::k8s::validation::Update;
use crate::k8s::{Index, Manifest, Version};
use crate::schedule::{Instant, Schedule, Zone};
use crate::yaml::{self, Document};

/// Runs that are compared at the most.
const MOST: usize = 20_000;

/// The runs of a CronJob before and after a change.
#[derive(Debug)]
#[non_exhaustive]
pub struct Runs {
    /// Those that are no more.
    pub gone: Vec<Instant>,
    /// Those that were not there.
    pub new: Vec<Instant>,
    /// How many stay.
    pub kept: usize,
    /// How far they were compared.
    pub until: Instant,
    /// The zone on whose clock it ran, or does now.
    pub old_zone: Option<Zone>,
    /// The zone on whose clock it runs now, or did.
    pub zone: Option<Zone>,
}

/// An object as a server keeps it, before and after.
pub(super) struct States {
    before: yaml::File,
    after: yaml::File,
}

impl States {
    pub(super) fn of(update: &Update) -> Self {
        Self { before: yaml::parse(&update.before), after: yaml::parse(&update.after) }
    }

    pub(super) fn runs(&self, question: &Question, settings: &Settings) -> Option<Runs> {
        with(&self.before, |before| with(&self.after, |after| of((before, after), question, settings)))
    }

    /// What the two ask of the CronJob controller, if it is one.
    pub(super) fn cron_jobs(&self, version: Version) -> Option<[CronJob; 2]> {
        let ask = |file: &yaml::File| with(file, |manifest| Some(CronJob::of(manifest?.cron_job()?, version)));
        Some([ask(&self.before)?, ask(&self.after)?])
    }

    /// Asks something of the two.
    pub(super) fn each<T>(&self, ask: impl Fn(Manifest<'_>) -> Option<T>) -> [Option<T>; 2] {
        [&self.before, &self.after].map(|file| with(file, |manifest| ask(manifest?)))
    }
}

/// Whether a CronJob starts no run as long as it stays as it is.
pub(super) fn starts_none(cron_job: &CronJob) -> bool {
    let every = cron_job.schedule.as_ref().and_then(Schedule::every);
    cron_job.is_suspended || cron_job.starting_deadline.is_some_and(|deadline| Unmet::of(deadline, every).is_some())
}

fn with<T>(file: &yaml::File, ask: impl FnOnce(Option<Manifest<'_>>) -> T) -> T {
    let root = file.documents.first().and_then(Document::root);
    let index = root.map(Index::of_object).unwrap_or_default();
    ask(root.map(|root| Manifest::at(root, &index)))
}

/// The runs of what there was and what there is; `None` of Jobs.
pub(super) fn of(
    (before, after): (Option<Manifest<'_>>, Option<Manifest<'_>>),
    question: &Question,
    settings: &Settings,
) -> Option<Runs> {
    let outlook = |manifest: Option<Manifest<'_>>| {
        manifest.and_then(Manifest::cron_job).map(|spec| {
            let outlook = Outlook::of(spec, question.from, settings.controller_zone);
            let zone = outlook.timetable.as_ref().map(|timetable| timetable.zone());
            (listed(&outlook, question), zone)
        })
    };
    let (before, after) = (outlook(before), outlook(after));
    if before.is_none() && after.is_none() {
        return None;
    }
    let [old_zone, zone] = [&before, &after].map(|side| side.as_ref().and_then(|(_, zone)| *zone));
    let (old_zone, zone) = (old_zone.or(zone), zone.or(old_zone));
    let [before, after] = [before, after].map(|side| side.map(|(runs, _)| runs).unwrap_or_default());
    Some(Runs {
        gone: before.difference(&after).copied().collect(),
        new: after.difference(&before).copied().collect(),
        kept: before.intersection(&after).count(),
        until: question.until,
        old_zone,
        zone,
    })
}

fn listed(outlook: &Outlook<'_>, question: &Question) -> BTreeSet<Instant> {
    if outlook.suspended || outlook.unmet.is_some() {
        return BTreeSet::new();
    }
    let Some(timetable) = &outlook.timetable else { return BTreeSet::new() };
    let runs = timetable.schedule().runs_after(question.from).take_while(|run| *run < question.until);
    starts(runs).take(MOST).collect()
}
