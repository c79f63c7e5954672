//! Schedules around clock changes, and where to look for their runs from.

use batchlint::schedule::{Expression, Instant, LocalSecond, Schedule, Seconds, Transition, Zone};

/// What is asked: a chain of so many runs.
#[derive(Debug)]
pub(crate) struct Case {
    pub(crate) text: String,
    pub(crate) zone: &'static str,
    pub(crate) start: Instant,
    pub(crate) count: usize,
}

impl Case {
    pub(crate) fn schedule(&self) -> Schedule {
        let zone = Zone::load(self.zone).expect("one of the names");
        Schedule::new(&Expression::parse(&self.text).expect("made by the grammar"), zone)
    }
}

/// Seconds from a change to the start of a chain.
const STARTS: [i64; 14] = [
    -30 * 3_600,
    -1,
    1_799,
    -2_700,
    -7_201,
    0,
    -3_601,
    3_599,
    -1_800,
    899,
    5_400,
    -26 * 3_600 - 1_234,
    -3 * 86_400,
    7_199,
];
const COUNT: usize = 10;

/// For each change of a zone's clocks between 1970 and 2100 some of the schedules that a change may touch, other ones
/// each time. Two zones with the same clocks get different schedules.
pub(crate) fn around_every_change(
    name: &'static str,
    number: usize,
    each: usize,
    changes: &mut usize,
) -> impl Iterator<Item = Case> {
    let zone = Zone::load(name).expect("one of the names");
    let known = Instant::from_unix(0)..LocalSecond::new(47_482, 0).instant(0);
    let found: Vec<_> = zone.transitions(known).filter(|change| change.before != change.after).collect();
    *changes += found.len();
    found.into_iter().enumerate().flat_map(move |(turn, change)| {
        (0..each).map(move |index| {
            // Coprime to the number of schedules, so that all of them have their turn.
            let pick = (number * 31 + turn * each + index).wrapping_mul(389);
            let start = STARTS[(number + turn + index * 5) % STARTS.len()];
            Case { text: schedule(change, pick), zone: name, start: change.at + Seconds::new(start), count: COUNT }
        })
    })
}

/// One of some hundred schedules near a change.
fn schedule(change: Transition, pick: usize) -> String {
    let low = change.at.local(change.before.min(change.after));
    let hour = low.second_of_day() / 3_600;
    let near = |by: u32| ((hour + by) % 24).to_string();
    let hours = [
        near(0),
        near(1),
        near(23),
        near(2),
        format!("{},{}", near(0), near(1)),
        format!("{},{}", near(23), near(1)),
        "0".to_owned(),
        "1".to_owned(),
        "2".to_owned(),
        "3".to_owned(),
        "*/2".to_owned(),
    ];
    let minutes = ["0", "30", "45", "15", "59", "*/20", "0,30"];
    let date = |by: i64| LocalSecond::new(low.day() + by, 0).date();
    let (today, tomorrow, yesterday) = (date(0), date(1), date(-1));
    let days = [
        "* * *".to_owned(),
        format!("* * {}", today.weekday()),
        format!("* * {}", tomorrow.weekday()),
        format!("{} * *", today.day),
        format!("{} * *", tomorrow.day),
        format!("{} {} *", today.day, today.month),
        format!("{} * *", yesterday.day),
        format!("{} {}-12 {}", tomorrow.day, today.month, today.weekday()),
        format!("* {} *", tomorrow.month),
        "1 * *".to_owned(),
        format!("* * {}", yesterday.weekday()),
        "*/2 * 0".to_owned(),
        "28-31 * *".to_owned(),
    ];
    let (minute, pick) = (minutes[pick % minutes.len()], pick / minutes.len());
    let (hour, pick) = (&hours[pick % hours.len()], pick / hours.len());
    format!("{minute} {hour} {}", days[pick % days.len()])
}
