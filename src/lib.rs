//! batchlint reads Kubernetes Job and CronJob manifests and says what Kubernetes will make of them.
//!
//! The floors, from the ground up; each names only floors below it:
//! [`k8s`] (the API: its shape by version) · [`text`] (bytes and places).

pub mod k8s;
pub mod text;
