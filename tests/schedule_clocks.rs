//! What clock changes do to runs, in zones that have kinds of their own.

use batchlint::schedule::{
    ClockChange, Date, Expression, Instant, LocalSecond, Seconds, WallTime, Zone, clock_changes,
};

fn new_year(year: i32) -> Instant {
    LocalSecond::from(Date { year, month: 1, day: 1 }).instant(0)
}

fn changes(schedule: &str, zone: &str) -> Vec<ClockChange> {
    let expression = Expression::parse(schedule).expect("accepted");
    clock_changes(&expression, Zone::load(zone).expect("a zone"), new_year(2027)..new_year(2028))
}

fn wall((year, month, day): (i32, u8, u8), (hour, minute): (u16, u16)) -> WallTime {
    WallTime { date: Date { year, month, day }, minute: hour * 60 + minute }
}

#[test]
fn a_run_in_the_gap_is_skipped_and_one_in_the_overlap_doubled() {
    let [spring, autumn] = &changes("30 2 * * *", "Europe/Berlin")[..] else { panic!("two changes") };
    assert_eq!(spring.skipped, [wall((2027, 3, 28), (2, 30))]);
    assert_eq!(autumn.doubled.len(), 1);
    assert_eq!(autumn.doubled[0].0, wall((2027, 10, 31), (2, 30)));
    assert_eq!(autumn.doubled[0].1[1] - autumn.doubled[0].1[0], Seconds::HOUR);
    assert!(!spring.steady && !autumn.steady);
    assert_eq!(changes("30 4 * * *", "Europe/Berlin"), []);
}

#[test]
fn runs_of_every_hour_stay_steady() {
    for schedule in ["0 * * * *", "*/10 * * * *"] {
        assert!(changes(schedule, "Europe/Berlin").iter().all(|change| change.steady), "{schedule}");
    }
}

#[test]
fn a_gap_at_midnight_loses_the_day_east_of_greenwich() {
    let cairo = &changes("0 9 * * 5", "Africa/Cairo")[0];
    assert_eq!(cairo.lost, [wall((2027, 4, 30), (9, 0))]);
    // West of it the day before runs again.
    let santiago = changes("0 9 * * 6", "America/Santiago");
    let stray: Vec<_> = santiago.iter().flat_map(|change| &change.stray).map(|(wall, _)| *wall).collect();
    assert_eq!(stray, [wall((2027, 9, 5), (9, 0))]);
}

#[test]
fn half_an_hours_shift_loses_runs_and_a_run_of_the_next_week() {
    let [back, forward] = &changes("0 9 * * *", "Australia/Lord_Howe")[..] else { panic!("two changes") };
    assert_eq!(back.lost, [wall((2027, 4, 4), (9, 0))]);
    assert_eq!(forward.lost, [wall((2027, 10, 3), (9, 0))]);
    assert_eq!(changes("30 9 * * *", "Australia/Lord_Howe"), []);
    assert_eq!(changes("0 0 * * 0", "Australia/Lord_Howe")[0].lost, [wall((2027, 4, 11), (0, 0))]);
}

#[test]
fn chatham_stands_still() {
    let changes = changes("45 3 * * *", "Pacific/Chatham");
    assert!(changes.iter().any(|change| change.stuck.is_some()), "{changes:?}");
}
