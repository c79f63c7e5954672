//! What Kubernetes' controllers do with an object: the one account that rules, `runs` and checks over many files ask.

mod outlook;
mod timetable;

pub use outlook::{Never, Outlook, Unmet};
pub use timetable::{TimeZone, Timetable, starts};
