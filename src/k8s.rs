//! The Kubernetes API of Jobs and CronJobs: its shape by version, objects as typed views of documents, and what the
//! API server rejects.

mod apply;
pub mod defaulted;
pub mod format;
mod index;
mod locate;
mod manifest;
mod mentions;
pub mod objects;
mod part;
mod path;
mod problem;
pub mod schema;
mod spot;
mod stored;
pub mod validation;

pub use index::Index;
pub use locate::Locator;
pub(crate) use manifest::identity;
pub use manifest::{Classified, Manifest, NotChecked, Objects, Resource};
pub use mentions::Mentions;
pub use part::{Extent, is_directive};
pub use path::Path;
pub(crate) use path::steps;
pub use problem::{Aside, Problem, Reason, Stage, Topic, Wording};
pub use schema::Version;
pub use spot::Spot;
