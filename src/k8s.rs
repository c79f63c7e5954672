//! The Kubernetes API of Jobs and CronJobs: objects as typed views of documents, and what the API server rejects.

pub mod format;
pub mod objects;
mod path;
mod problem;
pub mod schema;
pub mod validation;

pub use path::Path;
pub use problem::{Problem, Reason, Stage, Topic};
