//! Why an object is not simulated, in words.

use crate::foresight::{MOST_PODS, Unfit};
use crate::text::grouped;

/// A phrase that follows the object's name.
pub(super) fn words(why: &Unfit) -> String {
    match why {
        Unfit::Refused { field, message } => format!("is refused by the API server, for {field}: {message}"),
        Unfit::Undecided(undecided) => format!("has {}", undecided.words()),
        Unfit::FilledIn(text) => format!("is not ready: something fills in `{text}`"),
        Unfit::Broken => "cannot be read to its end".to_owned(),
        Unfit::OtherKind => "is no Job or CronJob of batch/v1".to_owned(),
        Unfit::TooManyPods(pods) => {
            let [pods, most] = [*pods, MOST_PODS].map(|count| grouped(count.into()));
            format!("wants {pods} pods at a time, and a cluster has room for {most}")
        }
    }
}
