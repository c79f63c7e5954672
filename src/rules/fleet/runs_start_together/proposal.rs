//! Minutes by which fewer start together.

use crate::analysis::{CronJobFacts, ObjectFacts};
use crate::diagnostic::Replacement;
use crate::hash::{HashMap, HashSet};
use crate::schedule::{Instant, Move, Scheduled, Spread, spread};
use crate::sort;

/// Minutes by which fewer of those that start together do, told by their places among the CronJobs: what
/// [`CronJobFacts::free_minute`] has there gives way to the text of its move. One object in several files moves in all of
/// them.
pub(super) fn proposal(
    cron_jobs: &[(&ObjectFacts, &CronJobFacts)],
    objects: &[usize],
    together: &HashSet<usize>,
    now: Instant,
) -> Option<Spread> {
    // Where more of the others start in some minute, they are left out of account.
    let spread = |is_alone| Candidates::of(cron_jobs, objects, together, is_alone).spread(now);
    let (mut spread, places) = spread(false).or_else(|| spread(true))?;
    let of_each = |one: Move| places[one.number].iter().map(move |place| Move { number: *place, ..one.clone() });
    spread.moves = spread.moves.into_iter().flat_map(of_each).collect();
    sort::by_key(&mut spread.moves, |one| one.number);
    Some(spread)
}

/// Schedules, each with the places of the CronJobs that have it.
struct Candidates<'a> {
    scheduled: Vec<Scheduled<'a>>,
    places: Vec<Vec<usize>>,
}

impl<'a> Candidates<'a> {
    /// Those of all, of which some objects may move; or of these alone.
    fn of(
        cron_jobs: &[(&ObjectFacts, &'a CronJobFacts)],
        objects: &[usize],
        together: &HashSet<usize>,
        is_alone: bool,
    ) -> Self {
        let (mut known, mut found) = (HashMap::default(), Self { scheduled: Vec::new(), places: Vec::new() });
        // An alias stands for a schedule that another CronJob has: neither moves alone.
        let minute = |cron_job: &'a CronJobFacts| Some((&*cron_job.at.file, cron_job.free_minute?.start));
        let mut written = HashMap::<_, usize>::default();
        let minutes = cron_jobs.iter().filter_map(|&(_, cron_job)| minute(cron_job));
        minutes.for_each(|at| *written.entry(at).or_default() += 1);
        for (place, &(_, cron_job)) in cron_jobs.iter().enumerate() {
            let is_one = together.contains(&objects[place]);
            let zone = cron_job.timetable().map(|timetable| timetable.zone());
            let Some(zone) = zone.filter(|_| is_one || !is_alone) else { continue };
            let schedule = &*cron_job.schedule;
            let one = *known.entry((objects[place], schedule, zone.name())).or_insert(found.scheduled.len());
            if one == found.scheduled.len() {
                found.scheduled.push(Scheduled { schedule, zone, may_move: is_one, weight: 1 });
                found.places.push(Vec::new());
            }
            found.scheduled[one].may_move &= minute(cron_job).is_some_and(|at| written.get(&at) == Some(&1));
            found.places[one].push(place);
        }
        found
    }

    fn spread(self, now: Instant) -> Option<(Spread, Vec<Vec<usize>>)> {
        Some((spread(&self.scheduled, now)?, self.places))
    }
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
