//! CronJobs with the Jobs of theirs, and what these tell of the next ones.

use std::collections::BTreeMap;

use super::standing::{Learned, by_name};
use super::{Claim, Plan, Source};
use crate::analysis::{RunTime, Trait};
use crate::controller::Object;
use crate::hash::HashMap;
use crate::schedule::Seconds;
use crate::sort;

/// Gives CronJobs the Jobs of theirs that are among the objects, which are then no objects of their own.
#[must_use]
pub fn gathered(mut plans: Vec<Plan>) -> Vec<Plan> {
    let owners = owners(&plans);
    for (job, owner) in &owners {
        let job = &plans[*job];
        let (own, name) = (job.standing.as_ref().and_then(|standing| standing.job), job.identity.name.clone());
        if let (Some(own), Some(of_owner)) = (own, &mut plans[*owner].standing) {
            of_owner.active.retain(|active| Some(active) != name.as_ref());
            of_owner.jobs.push(own);
        }
    }
    for plan in plans.iter_mut().filter(|plan| matches!(plan.object, Ok(Object::CronJob(_)))) {
        if let Some(standing) = &mut plan.standing {
            // What is not among the objects is known by its name alone.
            let unseen = std::mem::take(&mut standing.active);
            standing.jobs.extend(unseen.iter().map(|name| by_name(name)));
            sort::by_key(&mut standing.jobs, |job| job.scheduled);
        }
        learn(plan);
    }
    let mut number = 0..;
    plans.retain(|_| number.next().is_some_and(|number| !owners.contains_key(&number)));
    plans
}

/// The Jobs that belong to a CronJob which is among the objects, and that, by their numbers.
fn owners(plans: &[Plan]) -> BTreeMap<usize, usize> {
    let mut cron_jobs = HashMap::default();
    for (number, plan) in plans.iter().enumerate().filter(|(_, plan)| matches!(plan.object, Ok(Object::CronJob(_)))) {
        cron_jobs.entry((&plan.identity.namespace, plan.identity.name.as_ref())).or_insert(number);
    }
    let owner = |(number, plan): (usize, &Plan)| {
        let name = plan.standing.as_ref()?.owner.as_ref()?;
        Some((number, *cron_jobs.get(&(&plan.identity.namespace, Some(name)))?))
    };
    plans.iter().enumerate().filter_map(owner).collect()
}

/// How long the Jobs that are complete took is how long the next ones take, where each has one pod.
fn learn(plan: &mut Plan) {
    let (Ok(Object::CronJob(cron_job)), Some(standing)) = (&plan.object, &plan.standing) else { return };
    let ended = || standing.jobs.iter().filter(|job| job.ended.is_some());
    if ended().next().is_none() {
        return;
    }
    let count = |jobs: usize| u32::try_from(jobs).unwrap_or(u32::MAX);
    let failed = ended().filter(|job| matches!(job.ended, Some((_, false)))).count();
    plan.learned = Some(Learned { ended: count(ended().count()), failed: count(failed) });
    let took = ended().filter_map(|job| match (job.started, job.ended) {
        (Some(started), Some((ended, true))) => Some((ended.instant() - started.instant()).max(Seconds::new(1))),
        _ => None,
    });
    let took: Vec<Seconds> = took.collect();
    if let (Some(&least), Some(&most)) = (took.iter().min(), took.iter().max())
        && cron_job.job.parallelism <= 1
        && cron_job.job.completions.is_none_or(|completions| completions <= 1)
    {
        plan.claims.push(Claim { of: None, what: Trait::Takes(RunTime { least, most }), source: Source::Learned });
    }
}
