//! What stands before the first finding and behind the last one.

use std::io;

use crate::diagnostic::Severity;
use crate::render::output::{Manner, Remarks, Whole};
use crate::render::{BOLD, Tally, summary, wrap};

/// Writes what happens to the objects, where there are several and there is more than one thing to tell of them: one
/// speaks for itself.
pub(super) fn open(tally: &Tally, manner: &Manner, out: &mut dyn io::Write) -> io::Result<()> {
    if manner.remarks == Remarks::None || is_small(tally) {
        return Ok(());
    }
    let verdict = manner.look.paint(BOLD, &summary::verdict(tally));
    writeln!(out, "{}\n", wrap::wrapped(&verdict, manner.look, ["", ""]))
}

/// Writes what was not checked, the numbers, and what to do next; so many places were left out.
pub(super) fn close(whole: &Whole<'_>, left_out: usize, out: &mut dyn io::Write) -> io::Result<()> {
    let Whole { manner, tally, .. } = whole;
    if manner.remarks == Remarks::None {
        return Ok(());
    }
    out.write_all(whole.documents)?;
    summary::write(tally, manner.look, out)?;
    let mut next = Vec::new();
    if left_out > 0 && manner.remarks != Remarks::All {
        next.push("Every place: batchlint check -v, or --format concise");
    }
    if !is_small(tally) && tally.cron_jobs > 0 {
        next.push("When each CronJob runs: batchlint runs PATH");
    }
    for line in next {
        writeln!(out, "{}", wrap::wrapped(line, manner.look, ["", "  "]))?;
    }
    Ok(())
}

fn is_small(tally: &Tally) -> bool {
    tally.checked < 2 || tally.at_least(Severity::Advice) < 2
}
