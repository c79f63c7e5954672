//! The API's shape: which fields each type of a Job or CronJob has, of what kind, in which Kubernetes versions.
//!
//! The table is generated from the schemas that the releases publish (`tests/oracle/schema.py`); what the schemas leave
//! vague is as in the Go types that the API server decodes into. Beside it stands what the schemas say of each field.

mod absent;
mod documentation;
mod gated;
mod gates;
mod merging;
mod nearest;
mod numbers;
mod order;
mod places;
mod roots;
#[rustfmt::skip]
mod table;
mod types;
mod version;
mod words;

pub(crate) use absent::tells_empty;
pub use documentation::Documentation;
pub use gated::gate_of;
pub use gates::Gate;
pub(crate) use merging::{Merging, merging};
pub use nearest::{Candidates, nearest};
pub use places::{Place, places};
pub use roots::{API_VERSION, KINDS, Removal, nearest_kind, removal, root};
pub(crate) use types::NEVER;
pub use types::{Field, Kind, Type, number_of};
pub use version::{Version, VersionError};

/// The type of a Job; a CronJob has the same fields at its top.
pub(crate) const fn job() -> &'static Type {
    &table::JOB
}

/// Every type, in the order of their names.
pub fn types() -> impl Iterator<Item = &'static Type> {
    table::TYPES.iter().copied()
}

/// The type of this name, such as `PodSpec`.
#[must_use]
pub fn type_named(name: &str) -> Option<&'static Type> {
    let index = table::TYPES.binary_search_by_key(&name, |one| one.name).ok()?;
    table::TYPES.get(index).copied()
}

#[cfg(test)]
mod tests;
