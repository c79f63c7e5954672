//! The rules of group `run`. Written by `cargo test --test rulebook`.

pub(super) mod backoff_limit_high;
pub(super) mod backoff_limit_unset;
pub(super) mod completion_index_unset;
pub(super) mod completions_on_work_queue;
pub(super) mod concurrency_policy_unset;
pub(super) mod failed_history_without_logs;
pub(super) mod failure_rule_hidden;
pub(super) mod forbid_without_deadline;
pub(super) mod job_refused_when_made;
pub(super) mod on_failure_loses_logs;
pub(super) mod on_failure_without_retries;
pub(super) mod replace_without_deadline;
pub(super) mod replaced_before_failed;
pub(super) mod replaced_within_minutes;
pub(super) mod retries_beyond_deadline;
pub(super) mod runs_pile_up;
pub(super) mod sidecar_never_ends;
pub(super) mod sleep_as_schedule;
pub(super) mod starting_deadline_never_met;
pub(super) mod ttl_beside_history_limits;
pub(super) mod ttl_breaks_hook;
pub(super) mod ttl_runs_again;
pub(super) mod ttl_unset;
