//! `batchlint simulate`: what comes of Jobs and CronJobs.

mod names;
pub mod script;
