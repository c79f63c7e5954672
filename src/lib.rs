//! batchlint reads Kubernetes Job and CronJob manifests and says what Kubernetes will make of them.
//!
//! The product is one function, [`lint::lint`]: text in, findings out. The floors, from the ground up; each names
//! only floors below it: [`text`] (bytes and places), [`yaml`] (documents and changes of them), [`diagnostic`] (findings),
//! [`schedule`] (when a CronJob runs), [`k8s`] (the API), [`rule`] and [`rules`] (the rulebook), [`config`] (settings),
//! [`fix`] (fixes as edits), [`lint`] and [`upcoming`] (the engine), [`render`] (output) and [`files`] (the disk),
//! [`cli`] (the command line).

pub mod cli;
pub mod config;
pub mod diagnostic;
pub mod files;
pub mod fix;
pub mod k8s;
pub mod lint;
pub mod render;
pub mod rule;
pub mod rules;
pub mod schedule;
pub mod text;
pub mod upcoming;
pub mod yaml;
