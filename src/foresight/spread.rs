//! The same work with fewer runs due in one minute.

use super::Forecast;
use crate::controller::Object;
use crate::hash::HashMap;
use crate::schedule::{self, Scheduled, Spread};

/// Fewer runs at once are no crowd, and `runs-start-together` does not speak of them.
const MANY: u32 = 4;

/// Spreads the schedules of CronJobs, which are told by the numbers of their forecasts.
pub(super) fn spread<'p>(forecasts: &[Forecast<'p>]) -> Option<Spread> {
    let from = forecasts.iter().map(|forecast| forecast.from).min()?;
    // An alias stands for a schedule that another CronJob has: neither moves alone.
    let minute = |forecast: &Forecast<'p>| forecast.plan.free_minute.as_ref().map(|at| (&*at.file, at.start.byte));
    let mut written = HashMap::<_, usize>::default();
    forecasts.iter().filter_map(minute).for_each(|at| *written.entry(at).or_default() += 1);
    let scheduled = forecasts.iter().enumerate().filter_map(|(number, forecast)| {
        let Object::CronJob(cron_job) = forecast.object else { return None };
        let zone = cron_job.schedule.as_ref().filter(|_| !cron_job.is_suspended)?.zone();
        let may_move = minute(forecast).is_some_and(|at| written.get(&at) == Some(&1));
        Some((number, Scheduled { schedule: &cron_job.written.0, zone, may_move, weight: 1 }))
    });
    let (numbers, scheduled): (Vec<usize>, Vec<Scheduled<'_>>) = scheduled.unzip();
    let mut spread = schedule::spread(&scheduled, from).filter(|spread| spread.before >= MANY)?;
    spread.moves.iter_mut().for_each(|one| one.number = numbers[one.number]);
    Some(spread)
}
