//! What the API server answers to the creation of a Job or CronJob: every stage at once, each problem with its place.
//!
//! One file an API object; each mirrors what Kubernetes checks, in its order.

mod context;

pub use context::Context;
