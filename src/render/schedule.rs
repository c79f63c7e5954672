//! `batchlint schedule`: one schedule in words, field by field, with its next runs and the clock changes ahead.

mod changes;
pub mod json;
#[cfg(feature = "cli")]
pub mod text;
