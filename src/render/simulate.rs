//! `batchlint simulate`: what comes of Jobs and CronJobs.

mod answers;
#[cfg(feature = "cli")]
pub mod html;
pub mod json;
#[cfg(feature = "cli")]
mod lines;
mod names;
#[cfg(feature = "cli")]
mod picture;
mod premises;
pub mod script;
#[cfg(feature = "cli")]
mod table;
#[cfg(feature = "cli")]
pub mod text;
#[cfg(feature = "cli")]
mod together;
mod unfit;
#[cfg(feature = "cli")]
mod words;
