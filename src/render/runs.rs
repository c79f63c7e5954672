//! `batchlint runs`: the runs ahead of many CronJobs, as a picture, a list, JSON or a calendar.

#[cfg(feature = "cli")]
pub mod html;
#[cfg(feature = "cli")]
pub mod ics;
pub mod json;
#[cfg(feature = "cli")]
pub mod list;
#[cfg(feature = "cli")]
mod many;
mod never;
#[cfg(feature = "cli")]
pub mod timeline;
