//! How long a Job waits before it makes a pod in place of one that failed.
//!
//! pkg/controller/job/backoff_utils.go, as of v1.36.

use super::count;
use crate::controller::cluster::{BackOff, Pod};
use crate::controller::moment::{Delay, Moment};

const FIRST: Delay = Delay::from_seconds(10);
const LONGEST: Delay = Delay::from_seconds(600);

/// What is known after these pods ended: failures count from the last success.
pub(super) fn after(known: BackOff, succeeded: &[&Pod], failed: &[&Pod]) -> BackOff {
    let last_success = succeeded.iter().map(|pod| pod.finished()).max();
    let last_failure = |failed: &[&Pod]| failed.iter().map(|pod| pod.finished()).max();
    match last_success {
        None if failed.is_empty() => known,
        None => BackOff { failures: known.failures + count(failed.len()), last: last_failure(failed) },
        Some(success) => {
            let later: Vec<&Pod> = failed.iter().copied().filter(|pod| pod.finished() > success).collect();
            BackOff { failures: count(later.len()), last: last_failure(&later) }
        }
    }
}

/// How long to wait yet.
pub(super) fn left(back_off: BackOff, now: Moment) -> Delay {
    let (1.., Some(last)) = (back_off.failures, back_off.last) else { return Delay::default() };
    let mut wait = FIRST;
    for _ in 1..back_off.failures.min(8) {
        wait = wait.doubled(LONGEST);
    }
    (wait - (now - last)).max(Delay::default())
}
