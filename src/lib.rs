//! batchlint reads Kubernetes Job and CronJob manifests and says what Kubernetes will make of them.
//!
//! The product is one function, [`lint::lint`]: text in, findings out. The floors, from the ground up; each names
//! only floors below it:
//!
//! | floor | what is there |
//! |---|---|
//! | [`text`] | bytes and places |
//! | [`yaml`] | documents, and changes of them |
//! | [`diagnostic`] | findings |
//! | [`schedule`] | when a CronJob runs |
//! | [`k8s`] | the API |
//! | [`controller`] | what the controllers make of it |
//! | [`analysis`] | one text, read, and the objects in it |
//! | [`rule`] | what a rule is |
//! | [`rules`] | the rulebook |
//! | [`config`] | what a run is told, and which rules it wants |
//! | [`project`], [`fix`] | many files together; what findings offer, as edits that hold |
//! | [`lint`] | the engine |
//! | [`agenda`] | what lies ahead, for `runs` and `schedule` |
//! | [`files`], [`render`] | the disk; output |
//! | [`cli`] | the command line |

pub mod agenda;
pub mod analysis;
pub mod cli;
pub mod config;
pub mod controller;
pub mod diagnostic;
pub mod files;
pub mod fix;
pub mod k8s;
pub mod lint;
pub mod project;
pub mod render;
pub mod rule;
pub mod rules;
pub mod schedule;
pub mod text;
pub mod yaml;
