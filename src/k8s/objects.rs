//! The API's objects as typed, lazy views of a document's values.
//!
//! A view never fails: a field whose value has another type than the API's reads as absent, and decoding reports it.

mod cron_job;
mod field;
mod job;
mod meta;
mod pod;

pub use cron_job::{CronJob, CronJobSpec, JobTemplateSpec};
pub use field::{Field, FromValue, IntOrString, List, Map};
pub use job::{Job, JobSpec};
pub use meta::ObjectMeta;
pub use pod::{Container, EnvVar, PodSpec, PodTemplateSpec};
