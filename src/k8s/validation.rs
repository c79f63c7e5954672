//! What the API server answers to the creation of a Job or CronJob: every stage at once, each problem with its place.
//!
//! One file an API object; each mirrors what Kubernetes checks, in its order.

mod context;

pub use context::Context;

use crate::k8s::{Problem, Version};
use crate::yaml::Value;

/// Everything that an API server of that version answers to the creation of this object.
#[must_use]
pub fn check(_object: Value<'_>, _version: Version) -> Vec<Problem> {
    Vec::new()
}
