//! The controllers' simulation, compared with what Kubernetes' own controllers did on virtual time.
#![expect(
    clippy::disallowed_methods,
    clippy::print_stderr,
    reason = "reads the recordings beside the checkout, and says what is not compared"
)]

#[path = "simulation/job_runs.rs"]
mod job_runs;
#[path = "simulation/live.rs"]
mod live;
#[path = "simulation/missed.rs"]
mod missed;
#[path = "simulation/period.rs"]
mod period;
#[path = "simulation/recorded.rs"]
mod recorded;
#[path = "simulation/runs.rs"]
mod runs;
mod shared;
#[path = "simulation/syncs.rs"]
mod syncs;
#[path = "simulation/timeline.rs"]
mod timeline;
#[path = "simulation/values.rs"]
mod values;
