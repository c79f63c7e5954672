//! The Kubernetes API of Jobs and CronJobs: objects as typed views of documents, and what the API server rejects.

mod manifest;
pub mod objects;
mod path;
mod problem;
pub mod schema;
pub mod validation;

pub use manifest::{Classified, Manifest, NotChecked, Resource, classify};
pub use path::Path;
pub use problem::{Problem, Reason, Stage, Topic};
