//! For how long the runs of a schedule come again at the same distances.

use std::ops::Range;

use super::enumerate;
use super::plan::Plan;
use super::runs::{Compiled, Schedule};
use super::search::INSTANTS;
use super::time::{Instant, Seconds};

/// A stretch of time in which no clock changes: whoever looks from an instant in it, and from another one a period later,
/// finds the next runs as far away.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recurrence {
    /// The distance after which the runs come again.
    pub period: Seconds,
    /// Where that holds, for the instants from which is looked as well as for the runs.
    pub within: Range<Instant>,
}

impl Schedule {
    /// The first stretch from an instant on in which the runs come again; `None` where none begins soon, and where a
    /// schedule of dates has none.
    #[must_use]
    pub fn recurrence(&self, from: Instant) -> Option<Recurrence> {
        match self.compiled() {
            Compiled::Every(every) => Some(Recurrence { period: every.distance, within: from..INSTANTS.end }),
            Compiled::Plan(plan) => {
                let period = period(plan)?;
                let within = enumerate::even_days(plan, self.table(), from)?;
                Some(Recurrence { period, within })
            }
        }
    }
}

/// After how long the local times that fit come again; `None` where dates decide.
fn period(plan: &Plan) -> Option<Seconds> {
    const EVERY_HOUR: u32 = (1 << 24) - 1;

    let weekdays = plan.weekdays()?;
    if weekdays != 0b111_1111 {
        return Some(Seconds::DAY * 7);
    }
    if plan.hours != EVERY_HOUR {
        return Some(Seconds::HOUR * i64::from(distance(plan.hours.into(), 24)));
    }
    Some(Seconds::MINUTE * i64::from(distance(plan.minutes, 60)))
}

/// The smallest distance by which bits can go round without a change.
fn distance(bits: u64, size: u32) -> u32 {
    let round = |by: u32| (bits << by | bits >> (size - by)) & ((1 << size) - 1);
    (1..size).find(|by| size.is_multiple_of(*by) && round(*by) == bits).unwrap_or(size)
}

#[cfg(test)]
mod tests {
    use super::{Instant, Schedule, Seconds};
    use crate::schedule::{Expression, Zone};

    const FIRST: Instant = Instant::from_unix(1_796_083_200);

    fn schedule(text: &str, zone: &str) -> Schedule {
        Schedule::new(&Expression::parse(text).expect("a schedule"), Zone::load(zone).expect("a zone"))
    }

    #[test]
    fn the_period_is_the_shortest() {
        let minutes = |text| schedule(text, "UTC").recurrence(FIRST).map(|found| found.period.get() / 60);
        assert_eq!(["* * * * *", "*/5 * * * *", "7 * * * *", "*/7 * * * *"].map(minutes), [1, 5, 60, 60].map(Some));
        assert_eq!(["0 */2 * * *", "0 1,13 * * *", "0 0-9 * * *"].map(minutes), [120, 720, 1_440].map(Some));
        assert_eq!(["*/5 * * * 1-5", "@weekly", "@every 90m"].map(minutes), [10_080, 10_080, 90].map(Some));
        assert_eq!(["0 0 1 * *", "0 0 * 2 *", "0 0 1 * 1", "0 0 1,*/2 * *"].map(minutes), [None; 4]);
    }

    #[test]
    fn wherever_one_looks_from_the_next_run_is_as_far_a_period_later() {
        let schedules = ["*/7 * * * *", "30 2 * * *", "0 */6 * * *", "0,50 1,2,3,23 * * 0,6", "0 0 * * *", "@every 7h"];
        let year = FIRST + Seconds::DAY * 366;
        for zone in ["UTC", "Europe/Berlin", "Australia/Lord_Howe", "Africa/Cairo", "Pacific/Chatham", "Asia/Gaza"] {
            for text in schedules {
                let (schedule, mut from, mut covered) = (schedule(text, zone), FIRST, Seconds::default());
                while from < year {
                    let Some(recurrence) = schedule.recurrence(from) else {
                        from = from + Seconds::DAY;
                        continue;
                    };
                    let within = recurrence.within.start..recurrence.within.end.min(year);
                    covered = covered + (within.end - within.start);
                    let mut at = within.start;
                    while at + recurrence.period < within.end {
                        let next = |at| schedule.next_after(at).expect("a run");
                        let (near, far) = (next(at), next(at + recurrence.period));
                        if far < within.end {
                            assert_eq!(far - near, recurrence.period, "{text} in {zone} from {at:?}");
                        }
                        at = at + Seconds::new(5_003);
                    }
                    from = within.end;
                }
                assert!(covered > Seconds::DAY * 180, "{text} in {zone}: {covered:?}");
            }
        }
    }
}
