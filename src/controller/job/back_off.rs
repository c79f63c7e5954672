//! How long a Job waits before it makes a pod in place of one that failed.
//!
//! pkg/controller/job/backoff_utils.go, as of v1.36.

use crate::controller::census::Ends;
use crate::controller::cluster::BackOff;
use crate::controller::moment::{Delay, Moment};

const FIRST: Delay = Delay::from_seconds(10);
const LONGEST: Delay = Delay::from_seconds(600);

/// What is known after these pods ended: failures count from the last success.
pub(super) fn after(known: BackOff, succeeded: &Ends, failed: &Ends) -> BackOff {
    match succeeded.last() {
        None if failed.count() == 0 => known,
        None => BackOff { failures: known.failures + failed.count(), last: failed.last() },
        Some(success) => {
            BackOff { failures: failed.after(success), last: failed.last().filter(|failure| *failure > success) }
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
