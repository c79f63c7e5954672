//! The rules that say why a Job or CronJob does what it does.

/// The rules that say why, those first that say most.
pub(super) const RULES: [&str; 20] = [
    "schedule-never-fires",
    "starting-deadline-never-met",
    "replaced-within-minutes",
    "replaced-before-failed",
    "forbid-without-deadline",
    "replace-without-deadline",
    "runs-pile-up",
    "deadline-on-pod",
    "retries-beside-next-run",
    "deadline-beyond-next-run",
    "retries-beyond-deadline",
    "on-failure-without-retries",
    "backoff-limit-high",
    "failed-jobs-not-kept",
    "failed-history-without-logs",
    "ttl-runs-again",
    "concurrency-policy-unset",
    "on-failure-loses-logs",
    "backoff-limit-unset",
    "ttl-unset",
];
