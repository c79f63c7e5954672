//! The models behind `runs` and `schedule`: what the terminal, a calendar and other programs are shown of what lies ahead.

mod row;
mod schedule;
mod together;

pub use row::{Row, Same, Window, rows, share};
pub use schedule::{Explained, TimeZone, explain};
pub use together::together;
