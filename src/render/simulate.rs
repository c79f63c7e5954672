//! `batchlint simulate`: what comes of Jobs and CronJobs.

pub mod json;
mod names;
mod premises;
pub mod script;
#[cfg(feature = "cli")]
pub mod text;
mod unfit;
#[cfg(feature = "cli")]
mod words;
