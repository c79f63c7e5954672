//! Why a CronJob never runs, in words.

use crate::analysis::CronJobFacts;
use crate::controller::{Never, Unmet};
use crate::rule::duration;
use crate::schedule::advise;
use crate::text::Message;

/// A phrase that follows the CronJob's name, if it never runs.
pub(super) fn words(cron_job: &CronJobFacts) -> Option<Message> {
    Some(match cron_job.never.as_ref()? {
        Never::FilledIn(text) => format!("has no schedule yet: something fills in `{text}`").into(),
        Never::NoSchedule => "has no schedule".into(),
        Never::Schedule(error) => {
            let advice = advise(&cron_job.schedule, error, cron_job.time_zone.as_deref());
            format!("has no schedule: {}", advice.message).into()
        }
        Never::TimeZone(error) => format!("has no time zone: {error}").into(),
        Never::Refused { field, message } => format!("is refused by the API server, for {field}: {message}").into(),
        Never::Undecided(undecided) => format!("has {}", undecided.words()).into(),
        Never::Suspended => "is suspended".into(),
        Never::Unmet(Unmet::Zero) => "has a starting deadline of 0 seconds, which no run meets".into(),
        Never::Unmet(Unmet::BelowEvery { deadline, every }) => {
            let (deadline, every) = (duration::in_words(*deadline), duration::in_words(*every));
            format!("has a starting deadline of {deadline}, which no run meets with {every} between two").into()
        }
    })
}
