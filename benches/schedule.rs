//! Schedules side by side with the crates `cron` and `croner`: one next run, a year of runs, and a fleet.

use std::str::FromStr;

use batchlint::schedule::{Expression, Instant, Schedule, Seconds, Zone};
use chrono::{DateTime, TimeZone, Utc};
use chrono_tz::Tz;
use divan::{Bencher, black_box};

fn main() {
    divan::main();
}

const SCHEDULES: [&str; 4] = ["* * * * *", "30 4 * * *", "0 9-17 * * MON-FRI", "0 0 29 2 *"];
/// 2027-01-15 08:00 UTC.
const START: Instant = Instant::from_unix(1_800_000_000);
const YEAR: Seconds = Seconds::new(365 * 86_400);

fn ours(text: &str, zone: &str) -> Schedule {
    Schedule::new(&Expression::parse(text).unwrap(), Zone::load(zone).unwrap())
}

fn croner(text: &str) -> croner::Cron {
    croner::Cron::from_str(text).unwrap()
}

fn cron(text: &str) -> cron::Schedule {
    cron::Schedule::from_str(&format!("0 {text}")).unwrap()
}

fn start(zone: Tz) -> DateTime<Tz> {
    zone.timestamp_opt(START.unix(), 0).unwrap()
}

/// Starts that differ, so that no branch is learnt by heart.
fn starts() -> impl Iterator<Item = Instant> {
    (0..).map(|turn: i64| START + Seconds::new(turn * 7_919 % (20 * 86_400))).cycle()
}

mod next_run {
    use super::*;

    #[divan::bench(args = SCHEDULES)]
    fn batchlint_utc(bencher: Bencher<'_, '_>, text: &str) {
        let (schedule, mut starts) = (ours(text, "UTC"), starts());
        bencher.with_inputs(|| starts.next().unwrap()).bench_local_values(|at| schedule.next_after(black_box(at)));
    }

    #[divan::bench(args = SCHEDULES)]
    fn batchlint_berlin(bencher: Bencher<'_, '_>, text: &str) {
        let (schedule, mut starts) = (ours(text, "Europe/Berlin"), starts());
        bencher.with_inputs(|| starts.next().unwrap()).bench_local_values(|at| schedule.next_after(black_box(at)));
    }

    #[divan::bench(args = SCHEDULES)]
    fn cron_utc(bencher: Bencher<'_, '_>, text: &str) {
        let schedule = cron(text);
        let from = Utc.timestamp_opt(START.unix(), 0).unwrap();
        bencher.bench_local(|| schedule.after(black_box(&from)).next());
    }

    #[divan::bench(args = SCHEDULES)]
    fn cron_berlin(bencher: Bencher<'_, '_>, text: &str) {
        let schedule = cron(text);
        let from = start(Tz::Europe__Berlin);
        bencher.bench_local(|| schedule.after(black_box(&from)).next());
    }

    #[divan::bench(args = SCHEDULES)]
    fn croner_utc(bencher: Bencher<'_, '_>, text: &str) {
        let schedule = croner(text);
        let from = Utc.timestamp_opt(START.unix(), 0).unwrap();
        bencher.bench_local(|| schedule.find_next_occurrence(black_box(&from), false));
    }

    #[divan::bench(args = SCHEDULES)]
    fn croner_berlin(bencher: Bencher<'_, '_>, text: &str) {
        let schedule = croner(text);
        let from = start(Tz::Europe__Berlin);
        bencher.bench_local(|| schedule.find_next_occurrence(black_box(&from), false));
    }
}

/// All runs of a year.
mod year {
    use super::*;

    #[divan::bench(args = &SCHEDULES[..3])]
    fn batchlint_utc(bencher: Bencher<'_, '_>, text: &str) {
        let (schedule, mut runs) = (ours(text, "UTC"), Vec::new());
        bencher.bench_local(|| {
            runs.clear();
            schedule.runs_between(START, START + YEAR, &mut runs);
            runs.len()
        });
    }

    #[divan::bench(args = &SCHEDULES[..3])]
    fn batchlint_berlin(bencher: Bencher<'_, '_>, text: &str) {
        let (schedule, mut runs) = (ours(text, "Europe/Berlin"), Vec::new());
        bencher.bench_local(|| {
            runs.clear();
            schedule.runs_between(START, START + YEAR, &mut runs);
            runs.len()
        });
    }

    #[divan::bench(args = &SCHEDULES[..3], sample_count = 10)]
    fn cron_utc(bencher: Bencher<'_, '_>, text: &str) {
        let (schedule, mut runs) = (cron(text), Vec::new());
        let (from, end) = (Utc.timestamp_opt(START.unix(), 0).unwrap(), (START + YEAR).unix());
        bencher.bench_local(|| {
            runs.clear();
            runs.extend(schedule.after(&from).map(|at| at.timestamp()).take_while(|&at| at < end));
            runs.len()
        });
    }

    #[divan::bench(args = &SCHEDULES[..3], sample_count = 10)]
    fn cron_berlin(bencher: Bencher<'_, '_>, text: &str) {
        let (schedule, mut runs) = (cron(text), Vec::new());
        let (from, end) = (start(Tz::Europe__Berlin), (START + YEAR).unix());
        bencher.bench_local(|| {
            runs.clear();
            runs.extend(schedule.after(&from).map(|at| at.timestamp()).take_while(|&at| at < end));
            runs.len()
        });
    }

    #[divan::bench(args = &SCHEDULES[..3], sample_count = 10)]
    fn croner_utc(bencher: Bencher<'_, '_>, text: &str) {
        let (schedule, mut runs) = (croner(text), Vec::new());
        let (from, end) = (Utc.timestamp_opt(START.unix(), 0).unwrap(), (START + YEAR).unix());
        bencher.bench_local(|| {
            runs.clear();
            runs.extend(schedule.iter_after(from).map(|at| at.timestamp()).take_while(|&at| at < end));
            runs.len()
        });
    }
}

/// 10,000 CronJobs: their texts read, their zones looked up and all their runs of a year listed.
mod fleet {
    use super::*;

    /// Schedules as people write them, over all zones.
    fn mixed() -> Vec<(String, &'static str)> {
        let names = Zone::names();
        let job = |turn: usize| {
            let (minute, hour) = (turn * 7 % 60, turn * 11 % 24);
            let text = match turn % 10 {
                0 => "*/15 * * * *".to_owned(),
                1 => format!("{minute} * * * *"),
                2 => format!("{minute} */6 * * *"),
                3 => format!("{minute} {hour} * * 1-5"),
                4 => format!("{minute} {hour} {} * *", turn % 28 + 1),
                5 => format!("{minute} {hour} * * {}", turn % 7),
                6 => "*/5 8-18 * * MON-FRI".to_owned(),
                7 => format!("{minute} {hour} 1,15 * 1"),
                _ => format!("{minute} {hour} * * *"),
            };
            (text, names[turn * 31 % names.len()])
        };
        (0..10_000).map(job).collect()
    }

    #[divan::bench(sample_count = 10)]
    fn a_year_of_10_000_mixed_cron_jobs(bencher: Bencher<'_, '_>) {
        let jobs = mixed();
        let mut runs = Vec::new();
        bencher.bench_local(|| {
            let mut total = 0;
            for (text, zone) in &jobs {
                runs.clear();
                ours(text, zone).runs_between(START, START + YEAR, &mut runs);
                total += runs.len();
            }
            total
        });
    }
}

/// Reading a schedule.
#[divan::bench(args = SCHEDULES)]
fn parse(text: &str) -> Option<Expression> {
    Expression::parse(black_box(text)).ok()
}
