//! `time-zone-unlike-others`

use std::collections::BTreeMap;
use std::path::Path;

use crate::analysis::{CronJobFacts, ObjectFacts};
use crate::rule::{Check, Fleet, FleetFindings, Rule, controller_clock, page};

pub(crate) static RULE: Rule = Rule::new(page!("fleet/time-zone-unlike-others"), Check::Fleet(check));

type CronJob<'a> = (&'a ObjectFacts, &'a CronJobFacts);

fn check(fleet: &Fleet<'_>, findings: &mut FleetFindings<'_>) {
    let mut folders: BTreeMap<Option<&Path>, Vec<CronJob<'_>>> = BTreeMap::new();
    for cron_job in fleet.running() {
        folders.entry(Path::new(&*cron_job.1.at.file).parent()).or_default().push(cron_job);
    }
    folders.values().for_each(|cron_jobs| check_folder(cron_jobs, fleet, findings));
}

/// Those of one folder are one team's: where all that set a zone set the same one, and they are not fewer than those that
/// name an hour without, these were forgotten.
fn check_folder(cron_jobs: &[CronJob<'_>], fleet: &Fleet<'_>, findings: &mut FleetFindings<'_>) {
    let (set, unset): (Vec<CronJob<'_>>, Vec<CronJob<'_>>) =
        cron_jobs.iter().partition(|(_, cron_job)| cron_job.time_zone.is_some());
    let unset: Vec<CronJob<'_>> = unset.into_iter().filter(|(_, cron_job)| names_an_hour(cron_job)).collect();
    let Some(&(first, sibling)) = set.first() else { return };
    let Some(zone) = sibling.time_zone.as_deref().filter(|zone| !matches!(*zone, "UTC" | "Etc/UTC")) else { return };
    let told = fleet.settings.controller_zone;
    if told.is_some_and(|told| told.name() == zone) {
        return;
    }
    let is_same = set.iter().all(|(_, cron_job)| cron_job.time_zone == sibling.time_zone);
    if !is_same || unset.len() > set.len() {
        return;
    }

    let clock = controller_clock(told);
    let name = first.identity.name.as_deref().unwrap_or("this one");
    for (object, cron_job) in unset {
        findings
            .report(
                &cron_job.at,
                object,
                format!("the hour is that of {clock}, and not that of the CronJobs beside it"),
            )
            .field("spec.schedule")
            .label(sibling.at.clone(), format!("{name} runs by the clock of {zone}"))
            .help(format!("write `timeZone: {zone}` here too, or `timeZone: Etc/UTC` if UTC is meant"));
    }
}

fn names_an_hour(cron_job: &CronJobFacts) -> bool {
    let expression = cron_job.expression().filter(|_| !cron_job.says_utc);
    expression.is_some_and(|expression| expression.location().is_none() && expression.named_hours().is_some())
}
