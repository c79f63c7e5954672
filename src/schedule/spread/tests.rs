//! Schedules of many kinds, spread.

use super::{Scheduled, Spread, spread};
use crate::schedule::{Expression, Instant, Schedule, Seconds, Zone};

/// 2026-12-01T00:00Z, a Tuesday.
const FROM: Instant = Instant::from_unix(1_796_083_200);
const WEEKS: Seconds = Seconds::new(35 * 86_400);

fn scheduled<'a>(schedules: &[&'a str]) -> Vec<Scheduled<'a>> {
    let scheduled = |schedule: &&'a str| Scheduled { schedule, zone: Zone::utc(), may_move: true, weight: 1 };
    schedules.iter().map(scheduled).collect()
}

/// The most before and after, and what is moved to which schedule.
type Moved = (u32, u32, Vec<(usize, String)>);

fn moved(schedules: &[&str]) -> Option<Moved> {
    let Spread { before, after, moves } = spread(&scheduled(schedules), FROM)?;
    Some((before, after, moves.into_iter().map(|one| (one.number, one.schedule)).collect()))
}

#[test]
fn who_runs_together_is_parted_by_as_few_minutes_as_do() {
    let to = |number: usize, schedule: &str| (number, schedule.to_owned());
    assert_eq!(moved(&["0 * * * *", "0 * * * *"]), Some((2, 1, vec![to(1, "1 * * * *")])));
    // The one that runs each hour makes way, and those that run once a day stay.
    let one_for_all = ["0 * * * *", "0 0 * * *", "0 1 * * *", "0 2 * * *"];
    assert_eq!(moved(&one_for_all), Some((2, 1, vec![to(0, "1 * * * *")])));
    assert_eq!(moved(&["30 4 * * 1", "29 4 * * *", "30 4 * * *"]), Some((2, 1, vec![to(0, "31 4 * * 1")])));
    assert_eq!(moved(&["30 4 * * *", "31 4 * * *", "30 4 * * *"]), Some((2, 1, vec![to(2, "29 4 * * *")])));
    let words = vec![to(0, "2 0 * * *"), to(2, "1 * * * *")];
    assert_eq!(moved(&["@daily", "@hourly", "@hourly"]), Some((3, 1, words)));
    let weighty = [("0 3 * * *", 5), ("0 3 * * *", 1)];
    let weighty = weighty.map(|(schedule, weight)| Scheduled { weight, ..scheduled(&[schedule])[0] });
    let spread = spread(&weighty, FROM).expect("they run together");
    assert_eq!((spread.before, spread.after), (6, 5));
}

#[test]
fn who_chose_a_minute_or_shares_none_stays() {
    for schedules in [
        &["0 * * * *"][..],
        &["7 * * * *", "7 * * * *"],
        &["*/5 * * * *", "*/5 * * * *"],
        &["0 3 * * *", "0 4 * * *", "30 3 * * *"],
        &["0,30 * * * *", "0,30 * * * *"],
        &["0-0 * * * *", "+0 * * * *", "0/60 * * * *", "0 * * * ?", "TZ=UTC 0 * * * *"],
        &["@every 1h", "@every 1h"],
        // Every minute has as much, or another one has more.
        &["* * * * *", "* * * * *", "7 * * * *", "7 * * * *", "7 * * * *", "0 * * * *"],
        &["0 0 30 2 *", "0 0 30 2 *"],
        &["0 24 * * *", "0 24 * * *"],
    ] {
        assert_eq!(moved(schedules), None, "{schedules:?}");
    }
    let mut held = scheduled(&["0 * * * *", "0 * * * *"]);
    held[1].may_move = false;
    assert_eq!(spread(&held, FROM).map(|spread| spread.moves[0].number), Some(0));
    held[0].may_move = false;
    assert_eq!(spread(&held, FROM), None);
}

#[test]
fn minutes_that_are_full_already_are_passed_over() {
    let mut schedules = vec!["*/2 * * * *"; 6];
    schedules.extend(["0 * * * *"; 3]);
    let schedule = |minute: u8| format!("{minute} * * * *");
    let moves = (6..9).zip([1, 3, 5]).map(|(number, minute)| (number, schedule(minute))).collect();
    assert_eq!(moved(&schedules), Some((9, 6, moves)));
    let (before, after, moves) = moved(&vec!["0 * * * *"; 150]).expect("they run together");
    assert_eq!((before, after, moves.len()), (150, 3, 147));
}

/// The same numbers each time.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, most: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) % most as u64) as usize
    }

    fn one_of<T: Copy>(&mut self, all: &[T]) -> T {
        all[self.below(all.len())]
    }
}

struct Fleet {
    schedules: Vec<(String, Zone, bool, u32)>,
}

impl Fleet {
    fn random(numbers: &mut Numbers) -> Self {
        let count = 1 + numbers.below(60);
        let zones = ["UTC", "UTC", "Europe/Berlin", "Asia/Kolkata", "America/St_Johns"];
        let schedule = |numbers: &mut Numbers| {
            let word = numbers.one_of(&["@hourly", "@daily", "@weekly", "@monthly", "@midnight"]);
            let minute = numbers.one_of(&["0", "0", "0", "15", "30", "45", "00", "7", "1", "*/5", "*/30", "0,30", "*"]);
            let hour = numbers.one_of(&["*", "*", "0", "3", "*/6", "9-17", "1,13", "23"]);
            let days = numbers.one_of(&["* * *", "* * *", "* * 1-5", "1 * *", "31 * *", "* 12 *", "1 * 0", "* * 0"]);
            if numbers.below(8) == 0 { word.to_owned() } else { format!("{minute} {hour} {days}") }
        };
        let one = |_| {
            let zone = Zone::load(numbers.one_of(&zones)).expect("a zone");
            (schedule(numbers), zone, numbers.below(6) > 0, numbers.one_of(&[1, 1, 1, 2, 5]))
        };
        Self { schedules: (0..count).map(one).collect() }
    }

    fn spread(&self) -> Option<Spread> {
        let all = self.schedules.iter().map(|one| {
            let &(ref schedule, zone, may_move, weight) = one;
            Scheduled { schedule, zone, may_move, weight }
        });
        spread(&Vec::from_iter(all), FROM)
    }

    fn moved(&self, spread: &Spread) -> Self {
        let mut schedules = self.schedules.clone();
        for one in &spread.moves {
            let (schedule, ..) = &mut schedules[one.number];
            let mut written = schedule.clone();
            written.replace_range(one.place.clone(), &one.text);
            assert_eq!(written, one.schedule);
            *schedule = written;
        }
        Self { schedules }
    }

    fn runs(&self, number: usize) -> Vec<Instant> {
        let (schedule, zone, ..) = &self.schedules[number];
        let schedule = Schedule::new(&Expression::parse(schedule).expect("a schedule"), *zone);
        let mut runs = Vec::new();
        // An hour from either end, over which a run may be moved.
        schedule.runs_between(FROM + Seconds::HOUR, FROM + WEEKS - Seconds::HOUR, &mut runs);
        runs
    }

    /// The most that starts in one minute.
    fn most(&self) -> u32 {
        let mut starts = vec![0; WEEKS.get() as usize / 60];
        for number in 0..self.schedules.len() {
            for run in self.runs(number) {
                starts[(run - FROM).get() as usize / 60] += self.schedules[number].3;
            }
        }
        starts.into_iter().max().unwrap_or(0)
    }
}

#[test]
fn a_spread_brings_the_peak_down_and_is_at_rest() {
    let (mut numbers, mut spreads) = (Numbers(1), 0);
    for _ in 0..60 {
        let fleet = Fleet::random(&mut numbers);
        let Some(spread) = fleet.spread() else { continue };
        let moved = fleet.moved(&spread);
        assert!(spread.after < spread.before, "{:?}", fleet.schedules);
        let [before, after] = [&fleet, &moved].map(Fleet::most);
        assert!(after <= spread.after && before <= spread.before, "{before} to {after}, said: {spread:?}");
        assert!(after <= before, "{:?}", fleet.schedules);
        assert_eq!(moved.spread(), None, "{:?}", moved.schedules);
        spreads += 1;
    }
    assert!(spreads > 20, "{spreads} were spread");
}

#[test]
fn what_is_moved_keeps_its_days_its_hours_and_its_gaps() {
    let (mut numbers, mut moves) = (Numbers(2), 0);
    for _ in 0..40 {
        let fleet = Fleet::random(&mut numbers);
        let Some(spread) = fleet.spread() else { continue };
        let moved = fleet.moved(&spread);
        for one in &spread.moves {
            let [before, after] =
                [&fleet, &moved].map(|fleet| Expression::parse(&fleet.schedules[one.number].0).expect("a schedule"));
            let values =
                |expression: &Expression| expression.fields().expect("it has five").clone().map(|field| field.values);
            let [[from, rest @ ..], [to, rest_then @ ..]] = [values(&before), values(&after)];
            assert_eq!((rest, from, to), (rest_then, 1 << one.minutes[0], 1 << one.minutes[1]));
            assert!(one.minutes[0] % 15 == 0 && fleet.schedules[one.number].2, "{one:?}");
            let by = i64::from(one.minutes[1]) - i64::from(one.minutes[0]);
            let runs = fleet.runs(one.number).into_iter().map(|run| run + Seconds::MINUTE * by);
            let ends = [FROM + Seconds::HOUR * 2, FROM + WEEKS - Seconds::HOUR * 2];
            let inside = |run: &Instant| (ends[0]..ends[1]).contains(run);
            let runs: Vec<Instant> = runs.filter(inside).collect();
            let runs_then: Vec<Instant> = moved.runs(one.number).into_iter().filter(inside).collect();
            assert_eq!(runs, runs_then, "{one:?}");
            moves += 1;
        }
    }
    assert!(moves > 100, "{moves} were moved");
}

#[test]
fn no_other_minutes_bring_more_down() {
    // All ways to place three schedules in the first minutes of an hour.
    let rhythms = ["* * * *", "0 * * *", "*/2 * * *", "3 * * 1", "9-17 * * *", "3,4 * * *", "* * * 6"];
    let mut numbers = Numbers(3);
    for _ in 0..15 {
        let mut three: Vec<String> = (0..3).map(|_| format!("0 {}", numbers.one_of(&rhythms))).collect();
        three.extend((0..numbers.below(3)).map(|_| "1 * * * *".to_owned()));
        let fleet = Fleet { schedules: three.iter().map(|one| (one.clone(), Zone::utc(), true, 1)).collect() };
        let mut best = (u32::MAX, u32::MAX);
        for minutes in 0..64_u32 {
            let minutes = [minutes % 4, minutes / 4 % 4, minutes / 16];
            let mut schedules = fleet.schedules.clone();
            for (schedule, minute) in schedules.iter_mut().zip(minutes) {
                schedule.0.replace_range(0..1, &minute.to_string());
            }
            best = best.min((Fleet { schedules }.most(), minutes.iter().sum()));
        }
        let spread = fleet.spread();
        let after = spread.as_ref().map_or_else(|| fleet.most(), |spread| spread.after);
        assert_eq!(after, best.0, "{three:?}: {spread:?}");
        // Where more stays in another minute, what moves does not fill others as high.
        let is_led_by_others = fleet.schedules.len() > 4;
        let distance = spread.map_or(0, |spread| spread.moves.iter().map(|one| u32::from(one.minutes[1])).sum());
        assert!(is_led_by_others || distance <= best.1 + 1, "{three:?}: {distance}, and {} would do", best.1);
    }
}
