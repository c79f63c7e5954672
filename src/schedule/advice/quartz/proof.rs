//! A second reader of schedules with seconds: the crate `cron`, which follows Quartz.

use std::ops::Range;
use std::str::FromStr as _;

use cron::{Schedule, TimeUnitSpec};

use crate::schedule::calendar::{DAY, Date};
use crate::schedule::expression::Expression;
use crate::schedule::plan::Plan;

/// Two whole years, the first of which has a 29 February. The crate's own calendar ends with 2100.
const YEARS: Range<i32> = 2028..2030;

/// Whether `cron` runs `with_seconds`, seven fields, when Kubernetes runs `five`, over two years in UTC.
///
/// Both choose a time of day apart from the day: so the runs are the same if the times are, and the days.
pub(super) fn runs_alike(with_seconds: &str, five: &Expression) -> bool {
    let (Ok(theirs), Some(ours)) = (Schedule::from_str(with_seconds), Plan::new(five)) else { return false };
    let first = |year| Date { year, month: 1, day: 1 }.to_days();
    !ours.is_empty()
        && have_same_times(&theirs, &ours)
        && (first(YEARS.start)..first(YEARS.end)).all(|day| agree_on(day, &theirs, &ours))
}

fn have_same_times(theirs: &Schedule, ours: &Plan) -> bool {
    values(theirs.seconds()) == 1
        && values(theirs.minutes()) == ours.minutes
        && values(theirs.hours()) == u64::from(ours.hours)
}

/// A bit for each value.
fn values(unit: &impl TimeUnitSpec) -> u64 {
    unit.iter().fold(0, |bits, value| bits | 1 << value)
}

/// Whether both run on a day, which counts from 1970-01-01, or neither does.
fn agree_on(day: i64, theirs: &Schedule, ours: &Plan) -> bool {
    let date = Date::from_days(day);
    let first_time = chrono::DateTime::from_timestamp(day * DAY + ours.first_time().get(), 0);
    first_time.is_some_and(|time| theirs.includes(time)) == ours.fits(date, date.weekday())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schedule::runs::Schedule as Ours;
    use crate::schedule::{Instant, Zone};

    /// Run by run, which takes longer.
    fn runs_singly_alike(with_seconds: &str, five: &Expression) -> bool {
        let first = |year| Instant::from_unix(Date { year, month: 1, day: 1 }.to_days() * DAY);
        let (start, end) = (first(YEARS.start), first(YEARS.end));
        let before = chrono::DateTime::from_timestamp(start.unix() - 1, 0).expect("in range");
        let theirs = Schedule::from_str(with_seconds).expect("known to cron");
        let theirs = theirs.after(&before).map(|run| run.timestamp()).take_while(|run| *run < end.unix());
        let ours = Ours::new(five, Zone::utc());
        let ours = ours.runs_after(Instant::from_unix(start.unix() - 1)).take_while(|run| *run < end);
        theirs.eq(ours.map(Instant::unix))
    }

    #[test]
    fn the_short_proof_and_the_long_one_agree() {
        let cases = [
            ("0 0 12 * * ? *", "0 12 * * *", true),
            ("0 0/15 9-17 ? * MON-FRI *", "*/15 9-17 * * MON-FRI", true),
            ("0 30 10 ? * 2-6 *", "30 10 * * 1-5", true),
            ("0 30 10 ? * 2-6 *", "30 10 * * 2-6", false),
            ("0 0 0 1-7 * MON *", "0 0 1-7 * MON", false),
            ("0 0 0 29 2 ? *", "0 0 29 2 *", true),
            ("0 0 0 29 2 ? *", "0 0 28,29 2 *", false),
            ("5 0 0 * * ? *", "0 0 * * *", false),
            ("0 0 0 1 1 ? 2028", "0 0 1 1 *", false),
            ("0 0 6 */2 * ? *", "0 6 */2 * *", true),
            ("0 0 6 ? * */2 *", "0 6 * * */2", true),
            ("0 0 6,18 ? 1/3 * *", "0 6,18 * 1/3 *", true),
        ];
        for (with_seconds, five, alike) in cases {
            let five = Expression::parse(five).expect("accepted");
            assert_eq!(runs_alike(with_seconds, &five), alike, "{with_seconds}");
            assert_eq!(runs_singly_alike(with_seconds, &five), alike, "{with_seconds}");
        }
    }
}
