//! The rules of group `change`. Written by `cargo test --test rulebook`.

pub(super) mod comment_left_behind;
pub(super) mod job_template_changed;
pub(super) mod jobs_go_with_cron_job;
pub(super) mod run_starts_at_once;
pub(super) mod update_refused;
