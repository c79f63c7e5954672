//! batchlint reads Kubernetes Job and CronJob manifests and says what Kubernetes will make of them.
//!
//! The floors, from the ground up; each names only floors below it:
//! [`text`] (bytes and places), [`diagnostic`] (findings), [`yaml`] (documents), [`k8s`] (the API).

pub mod diagnostic;
pub mod k8s;
pub mod text;
pub mod yaml;
