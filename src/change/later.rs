//! What a change of a CronJob comes to with its next run.

use super::runs::{States, starts_none};
use super::{Happening, Question};
use crate::controller::{Concurrency, CronJob};
use crate::k8s::{Manifest, Version};
use crate::schedule::{Instant, Schedule};

/// Something that is other from some run on.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Later {
    /// The field that is another one, as Kubernetes names it.
    pub field: &'static str,
    /// The first run that it holds for; `None` where nobody knows when that is.
    pub run: Option<Instant>,
    /// What is other: a sentence.
    pub message: String,
}

/// What does not hold before the next run, which one of the happenings may be.
pub(super) fn of(states: &States, at_once: &[Happening], question: &Question) -> Vec<Later> {
    let Some([before, after]) = states.cron_jobs(Version::NEWEST) else { return Vec::new() };
    let run = at_once.iter().find_map(Happening::run).or_else(|| next(&after, question.from));
    let [was, is] = states.each(job_template);
    let template = "Jobs are made of the new template, and those that are there keep theirs";
    let template = (was != is).then_some(("spec.jobTemplate", template));
    let policy = (before.concurrency != after.concurrency).then(|| ("spec.concurrencyPolicy", policy(&after)));
    let later = |(field, message): (&'static str, &str)| Later { field, run, message: message.to_owned() };
    template.into_iter().chain(policy).map(later).collect()
}

/// The next run, where that is certain: `@every` counts from what the controller did last.
fn next(cron_job: &CronJob, from: Instant) -> Option<Instant> {
    let is_certain = |schedule: &&Schedule| !starts_none(cron_job) && schedule.every().is_none();
    let schedule = cron_job.schedule.as_ref().filter(is_certain)?;
    schedule.next_after(from)
}

/// As it is written: the JSON that it stands in has one spelling for a value.
fn job_template(manifest: Manifest<'_>) -> Option<String> {
    let template = manifest.root.get("spec")?.value.get("jobTemplate")?;
    Some(manifest.root.document().slice(template.value.span()).to_owned())
}

const fn policy(cron_job: &CronJob) -> &'static str {
    match cron_job.concurrency {
        Concurrency::Allow => "a run starts whether or not the one before still runs",
        Concurrency::Forbid => "a run that is due while the one before still runs waits for its end",
        Concurrency::Replace => "a run that is due while the one before still runs stops that one",
    }
}
