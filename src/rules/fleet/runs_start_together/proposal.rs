//! Minutes by which fewer start together.

use std::collections::HashMap;

use crate::analysis::{CronJobFacts, ObjectFacts};
use crate::diagnostic::Replacement;
use crate::schedule::{Instant, Move, Scheduled, Spread, spread};

/// Minutes by which fewer of them start together, told by their places among the CronJobs: what [`CronJobFacts::free_minute`]
/// has there gives way to the text of its move. One object in several files moves in all of them.
pub(super) fn proposal<'a>(
    cron_jobs: &[(&'a ObjectFacts, &'a CronJobFacts)],
    objects: &[usize],
    now: Instant,
) -> Option<Spread> {
    let (mut known, mut places) = (HashMap::new(), Vec::<Vec<usize>>::new());
    let mut scheduled = Vec::new();
    // An alias stands for a schedule that another CronJob has: neither moves alone.
    let minute = |cron_job: &'a CronJobFacts| Some((&*cron_job.at.file, cron_job.free_minute?.start));
    let mut written = HashMap::<_, usize>::new();
    cron_jobs.iter().filter_map(|&(_, cron_job)| minute(cron_job)).for_each(|at| *written.entry(at).or_default() += 1);
    for (place, &(_, cron_job)) in cron_jobs.iter().enumerate() {
        let Some(zone) = cron_job.timetable().map(|timetable| timetable.zone()) else { continue };
        let schedule = &*cron_job.schedule;
        let one = *known.entry((objects[place], schedule, zone.name())).or_insert(scheduled.len());
        if one == scheduled.len() {
            scheduled.push(Scheduled { schedule, zone, may_move: true, weight: 1 });
            places.push(Vec::new());
        }
        scheduled[one].may_move &= minute(cron_job).is_some_and(|at| written.get(&at) == Some(&1));
        places[one].push(place);
    }
    let mut spread = spread(&scheduled, now)?;
    let of_each = |one: Move| places[one.number].iter().map(move |place| Move { number: *place, ..one.clone() });
    spread.moves = spread.moves.into_iter().flat_map(of_each).collect();
    spread.moves.sort_by_key(|one| one.number);
    Some(spread)
}

/// The moves as changes of the files, if all can be made.
pub(super) fn changes(cron_jobs: &[(&ObjectFacts, &CronJobFacts)], moves: &[Move]) -> Option<Vec<Replacement>> {
    let change = |one: &Move| {
        let CronJobFacts { at, free_minute, .. } = cron_jobs[one.number].1;
        let minute = free_minute.as_ref()?;
        let [start, end] = [minute.start, minute.end].map(|byte| byte.checked_sub(at.start.byte));
        Some(Replacement { at: at.part(start? as usize..end? as usize)?, text: one.text.clone() })
    };
    moves.iter().map(change).collect()
}
