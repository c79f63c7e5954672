//! `batchlint diff`: what a change of manifests does.

pub mod json;
#[cfg(feature = "formats")]
pub mod markdown;
pub mod text;
mod words;
