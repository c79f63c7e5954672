//! Why a CronJob never runs, in words.

use crate::controller::{Never, Unmet};
use crate::rule::duration;

/// A phrase that follows the CronJob's name.
pub(super) fn words(never: &Never) -> String {
    match never {
        Never::NoSchedule => "has no schedule".to_owned(),
        Never::Schedule(error) => format!("has no schedule: {error}"),
        Never::TimeZone(error) => format!("has no time zone: {error}"),
        Never::Refused { field, message } => format!("is refused by the API server, for {field}: {message}"),
        Never::Suspended => "is suspended".to_owned(),
        Never::Unmet(Unmet::Zero) => "has a starting deadline of 0 seconds, which no run meets".to_owned(),
        Never::Unmet(Unmet::BelowEvery { deadline, every }) => {
            let (deadline, every) = (duration::in_words(*deadline), duration::in_words(*every));
            format!("has a starting deadline of {deadline}, which no run meets with {every} between two")
        }
    }
}
