//! `batchlint read`: what Kubernetes makes of a text, document by document.

pub mod json;
pub mod yaml;
