//! `batchlint runs`: the runs ahead of many CronJobs, as a picture, a list, JSON or a calendar.

pub mod ics;
pub mod json;
pub mod list;
mod never;
pub mod timeline;
