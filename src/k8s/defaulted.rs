//! Objects as the server keeps them: with what it fills in where a manifest is silent, and without what its version
//! drops.
//!
//! Nothing here is checked: what the server refuses is filled in around, and comes back as it is written.

mod cron_job;
mod job;
mod pod;

pub use cron_job::CronJob;
pub use job::Job;
pub use pod::Pod;
