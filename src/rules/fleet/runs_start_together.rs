//! `runs-start-together`

use std::collections::BTreeMap;

use crate::k8s::objects::CronJobSpec;
use crate::k8s::{Classified, classify};
use crate::rule::{Check, Findings, Rule};
use crate::schedule::{FieldName, Schedule, Zone};
use crate::yaml::File;

pub(crate) static RULE: Rule =
    Rule::new(include_str!("../../../rules/fleet/runs-start-together.md"), Check::File(check));

/// So many in one minute are worth a word.
const MANY: usize = 4;
const WEEK: i64 = 7 * 86_400;

fn check(file: &File<'_>, findings: &mut Findings<'_>) {
    if file.documents.len() < MANY && !file.text.contains("List") {
        return;
    }
    let objects: Vec<Classified<'_>> = file.documents.iter().flat_map(classify).collect();
    let cron_jobs: Vec<(usize, CronJobSpec<'_>)> = objects
        .iter()
        .filter_map(|object| match object {
            Classified::Checked(manifest) => Some((manifest.document.index, manifest.cron_job()?)),
            Classified::NotChecked { .. } => None,
        })
        .collect();
    if cron_jobs.len() < MANY {
        return;
    }
    let now = findings.config().now;
    let mut starts: BTreeMap<i64, Vec<usize>> = BTreeMap::new();
    for (number, (_, spec)) in cron_jobs.iter().enumerate() {
        for run in runs_at_minute_zero(*spec, now) {
            starts.entry(run).or_default().push(number);
        }
    }
    let most = starts.values().map(Vec::len).max().unwrap_or(0);
    let Some((run, together)) = starts.into_iter().find(|(_, together)| together.len() == most && most >= MANY) else {
        return;
    };

    let (document, first) = cron_jobs[together[0]];
    let Some(schedule) = first.schedule() else { return };
    let local = Zone::utc().local(run);
    findings
        .report(
            schedule.span,
            format!(
                "{most} of the {} CronJobs in this file start in the same minute, next on {} at {} UTC",
                cron_jobs.len(),
                local.date.with_weekday(),
                local.clock()
            ),
        )
        .document(document)
        .help("give each a minute of its own, such as `7 * * * *` and `22 * * * *`");
}

/// The runs of the next week, where they are all at minute 0.
fn runs_at_minute_zero(spec: CronJobSpec<'_>, now: i64) -> Vec<i64> {
    let suspended = spec.suspend().is_some_and(|suspend| suspend.value);
    let Some(expression) = spec.expression().filter(|_| !suspended) else { return Vec::new() };
    let at_zero = expression.field(FieldName::Minute).is_some_and(|minute| minute.values == 1);
    let mut runs = Vec::new();
    if at_zero {
        Schedule::new(&expression, spec.zone()).runs_between(now, now + WEEK, &mut runs);
    }
    runs
}
