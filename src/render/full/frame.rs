//! What stands before the first finding and behind the last one.

use std::io;

use crate::analysis::Unchecked;
use crate::diagnostic::Severity;
use crate::render::harm::Harm;
use crate::render::output::{Manner, Remarks, Whole};
use crate::render::summary::{self, Left, count};
use crate::render::{BOLD, Tally, unchecked, wrap};
use crate::text::grouped;

/// Writes what happens to the objects, where there are several and there is more than one thing to tell of them: one
/// speaks for itself.
pub(super) fn open(tally: &Tally, manner: &Manner, out: &mut dyn io::Write) -> io::Result<()> {
    if manner.remarks == Remarks::None || is_small(tally) {
        return Ok(());
    }
    let Some(verdict) = verdict(tally) else { return Ok(()) };
    writeln!(out, "{}\n", wrap::wrapped(&manner.look.paint(BOLD, &verdict), manner.look, ["", ""]))
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
        next.push("Every place: batchlint check -v, or --format concise".to_owned());
    }
    let fixable = whole.groups.in_order().iter().map(|group| group.fixable).sum();
    if fixable > 0 {
        next.push(format!(
            "{}: batchlint check --fix PATH, or --diff to look first",
            count(fixable, "is fixable", "are fixable")
        ));
    }
    if !is_small(tally) && tally.cron_jobs > 0 {
        next.push("When each CronJob runs: batchlint runs PATH".to_owned());
    }
    for line in next {
        writeln!(out, "{}", wrap::wrapped(&line, manner.look, ["", "  "]))?;
    }
    Ok(())
}

/// What happens to the objects that were checked: what people want to know first. Of what happens to none nothing is
/// said, since nobody may have looked for it.
fn verdict(tally: &Tally) -> Option<String> {
    let &Tally { checked, cron_jobs, jobs, holding, .. } = tally;
    let objects = match checked {
        _ if checked == cron_jobs => count(checked, "CronJob", "CronJobs"),
        _ if checked == jobs => count(checked, "Job", "Jobs"),
        _ => format!("{} Jobs and CronJobs", grouped(checked as i64)),
    };
    let mut said = Vec::new();
    for (harm, one, many) in [
        (Harm::Rejected, "would be rejected", "would be rejected"),
        (Harm::Otherwise, "does other than it says", "do other than they say"),
        (Harm::Later, "could stop, pile up or lose what it keeps", "could stop, pile up or lose what they keep"),
    ] {
        let objects = tally.harms.objects(harm);
        let least = if tally.harms.are_at_least() && objects < checked { "at least " } else { "" };
        said.extend((objects > 0).then(|| format!("{least}{}", count(objects, one, many))));
    }
    let not_yaml = Left::Other(unchecked::group(&Unchecked::NotYaml { line: None }));
    let not_yaml = tally.not_checked.get(&not_yaml).copied().unwrap_or(0);
    let mut said = Vec::from_iter((!said.is_empty()).then(|| said.join(", ")));
    said.extend((not_yaml > 0).then(|| format!("{} not YAML", count(not_yaml, "document is", "documents are"))));
    let verdict = || format!("{objects} in {}: {}.", count(holding, "file", "files"), said.join("; "));
    (!said.is_empty()).then(verdict)
}

fn is_small(tally: &Tally) -> bool {
    tally.checked < 2 || tally.at_least(Severity::Advice) < 2
}
