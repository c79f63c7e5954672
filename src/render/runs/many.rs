//! Where there are many CronJobs: people are shown and told of the first ones, programs of all.

use std::io;

use crate::render::{DIM, Look};

/// CronJobs that people are shown, or told of one by one.
pub(super) const SHOWN: usize = 1000;

/// Says how many more there are.
pub(super) fn write_more(more: usize, look: Look, out: &mut dyn io::Write) -> io::Result<()> {
    match more {
        0 => Ok(()),
        1 => writeln!(out, "{}", look.paint(DIM, "and one more CronJob: --format json has all")),
        more => writeln!(out, "{}", look.paint(DIM, &format!("and {more} more CronJobs: --format json has all"))),
    }
}
