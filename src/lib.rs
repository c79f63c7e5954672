//! batchlint reads Kubernetes Job and CronJob manifests and says what Kubernetes will make of them.
//!
//! The floors, from the ground up; each names only floors below it:
//! [`text`] (bytes and places), [`schedule`] (when a CronJob runs).

pub mod schedule;
pub mod text;
