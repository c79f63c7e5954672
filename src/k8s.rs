//! The Kubernetes API as batchlint knows it.

pub mod schema;
