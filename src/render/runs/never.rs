//! Why a CronJob never runs, in words.

use crate::controller::{Never, Unmet};
use crate::rule::duration;
use crate::text::Message;

/// A phrase that follows the CronJob's name.
pub(super) fn words(never: &Never) -> Message {
    match never {
        Never::NoSchedule => "has no schedule".into(),
        Never::Schedule(error) => format!("has no schedule: {error}").into(),
        Never::TimeZone(error) => format!("has no time zone: {error}").into(),
        Never::Refused { field, message } => format!("is refused by the API server, for {field}: {message}").into(),
        Never::Suspended => "is suspended".into(),
        Never::Unmet(Unmet::Zero) => "has a starting deadline of 0 seconds, which no run meets".into(),
        Never::Unmet(Unmet::BelowEvery { deadline, every }) => {
            let (deadline, every) = (duration::in_words(*deadline), duration::in_words(*every));
            format!("has a starting deadline of {deadline}, which no run meets with {every} between two").into()
        }
    }
}
