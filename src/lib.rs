//! batchlint reads Kubernetes Job and CronJob manifests and says what Kubernetes will make of them.
//!
//! The product is one function, [`lint()`]: text in, findings out.
//!
//! ```
//! use batchlint::schedule::Instant;
//! use batchlint::{Config, Severity, Source, lint};
//!
//! let manifest = "apiVersion: batch/v1
//! kind: Job
//! metadata:
//!   name: report
//! spec:
//!   backoffLimit: -1
//!   template:
//!     spec:
//!       restartPolicy: Never
//!       containers:
//!         - name: report
//!           image: registry.example.com/report:1.4.2
//! ";
//! let report = lint(&Source::new("job.yaml", manifest), &Config::at(Instant::from_unix(1_795_219_200)));
//! let rejected: Vec<&str> = report
//!     .findings
//!     .iter()
//!     .filter(|finding| finding.severity == Severity::Error)
//!     .map(|finding| finding.field.as_deref().unwrap_or_default())
//!     .collect();
//! assert_eq!(rejected, ["spec.backoffLimit"]);
//! ```
//!
//! Who has many questions about one text reads it once, by [`analysis::analyse`]; what can be said only of many files
//! together is a [`project::Project`]'s to say. Without the feature `cli` there is no terminal, no disk and no thread.
//!
//! The floors, from the ground up; each names only floors below it:
//!
//! | floor | what is there |
//! |---|---|
//! | [`hash`], [`sort`] | maps and sets whose keys are hashed quickly; one sort for whatever there is to sort |
//! | [`text`] | bytes and places |
//! | [`yaml`] | documents, and changes of them |
//! | [`diagnostic`] | findings |
//! | [`schedule`], [`command`] | when a CronJob runs; what a container does |
//! | [`template`] | what helm prints, and where each byte of it is written |
//! | [`k8s`] | the API |
//! | [`kustomize`] | what kustomizations say of patches, and what they build |
//! | [`controller`] | what the controllers make of it |
//! | [`analysis`] | one text, read, and the objects in it |
//! | [`rule`] | what a rule is |
//! | [`rules`] | the rulebook |
//! | [`config`] | what a run is told, and which rules it wants |
//! | [`project`], [`fix`] | many files together; what findings offer, as edits that hold |
//! | [`mod@lint`] | the engine |
//! | [`agenda`], [`change`], [`foresight`], [`mend`] | what lies ahead, for `runs` and `schedule`; what a change does; what comes of it, for `simulate`; fixes applied |
//! | [`files`], [`render`] | the disk; output |
//! | [`cli`] | the command line |

pub mod agenda;
pub mod analysis;
pub mod change;
#[cfg(feature = "cli")]
#[doc(hidden)]
pub mod cli;
pub mod command;
pub mod config;
pub mod controller;
pub mod diagnostic;
#[cfg(feature = "cli")]
pub mod files;
pub mod fix;
pub mod foresight;
pub mod hash;
pub mod k8s;
pub mod kustomize;
pub mod lint;
pub mod mend;
pub mod project;
pub mod render;
pub mod rule;
pub mod rules;
pub mod schedule;
pub mod sort;
#[cfg(feature = "templates")]
pub mod template;
pub mod text;
pub mod yaml;

pub use config::Config;
pub use diagnostic::{Finding, Fix, Severity};
pub use lint::{Report, lint};
pub use text::Source;
