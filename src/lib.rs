//! batchlint reads Kubernetes Job and CronJob manifests and says what Kubernetes will make of them.
//!
//! The product is one function, [`lint::lint`]: text in, findings out. The floors, from the ground up; each names
//! only floors below it: [`text`] (bytes and places), [`diagnostic`] (findings), [`yaml`] (documents), [`k8s`] (the
//! API), [`rule`] and [`rules`] (the rulebook), [`config`] (settings), [`lint`] (the engine).

pub mod config;
pub mod diagnostic;
pub mod k8s;
pub mod lint;
pub mod rule;
pub mod rules;
pub mod text;
pub mod yaml;
