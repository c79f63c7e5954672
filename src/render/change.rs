//! `batchlint diff`: what a change of manifests does.

pub mod json;
pub mod markdown;
pub mod text;
mod words;
