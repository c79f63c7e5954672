//! The runs of schedules around every clock change of every zone, compared with Kubernetes' own search.
//! `tests/oracle/README.md` says how to make the oracle.

#![expect(clippy::print_stdout, clippy::print_stderr, reason = "a program of its own")]

mod cases;
mod oracle;

use std::process::ExitCode;

use batchlint::schedule::{Ending, Instant, NextRun, Schedule, Seconds, Zone};

use cases::Case;
use oracle::Answer;

const USAGE: &str = "usage: schedules ORACLE [SCHEDULES A CHANGE [ZONE]]";
/// Answers that are compared with the iterator's and with those in bulk; the ones that follow show what goes round.
const JUDGED: usize = 6;
/// Differences that are shown.
const SHOWN: usize = 40;

fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1);
    let Some(program) = arguments.next() else {
        eprintln!("{USAGE}");
        return ExitCode::from(2);
    };
    let each = arguments.next().map_or(Some(8), |each| each.parse().ok());
    let Some(each) = each else {
        eprintln!("{USAGE}");
        return ExitCode::from(2);
    };
    let only = arguments.next();
    let mut count = Count::default();
    for (number, name) in Zone::names().iter().enumerate() {
        if only.as_deref().is_some_and(|only| only != *name) {
            continue;
        }
        let cases: Vec<Case> = cases::around_every_change(name, number, each, &mut count.changes).collect();
        if let Err(error) = oracle::ask(&program, &cases, |case, answer| count.compare(case, answer)) {
            eprintln!("schedules: {name}: {error}");
            return ExitCode::from(2);
        }
    }
    println!("{count:#?}");
    if count.differences == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// What was compared.
#[derive(Debug, Default)]
struct Count {
    changes: usize,
    chains: usize,
    runs: usize,
    /// Runs that are not after the instant from which they were looked for.
    not_after: usize,
    /// Chains that go round.
    stuck: usize,
    hanging: usize,
    never: usize,
    differences: usize,
}

impl Count {
    fn compare(&mut self, case: &Case, answer: &Answer) {
        self.chains += 1;
        self.runs += answer.runs.len();
        self.hanging += usize::from(answer.ending == oracle::Ending::Hang);
        self.never += usize::from(answer.ending == oracle::Ending::Never);
        let starts = std::iter::once(&case.start).chain(&answer.runs);
        self.not_after += starts.zip(&answer.runs).filter(|(start, run)| run <= start).count();
        let schedule = case.schedule();
        let found = [chain(&schedule, case, answer), iterator(&schedule, case, answer), bulk(&schedule, case, answer)];
        self.stuck += usize::from(round(case, answer).is_some());
        for what in found.into_iter().filter_map(Result::err) {
            self.differences += 1;
            if self.differences <= SHOWN {
                println!("{case:?}\n  Kubernetes {:?} {:?}\n  {what}", answer.runs, answer.ending);
            }
        }
    }
}

/// How many answers there are before the first that steps back to where the search comes back from: from there on it
/// goes round.
fn round(case: &Case, answer: &Answer) -> Option<usize> {
    let runs = &answer.runs;
    (0..runs.len()).find(|&at| {
        let last = if at == 0 { case.start } else { runs[at - 1] };
        runs[at] <= last && runs[at..].contains(&last)
    })
}

/// Single searches, each from the answer before.
fn chain(schedule: &Schedule, case: &Case, answer: &Answer) -> Result<(), String> {
    let (mut at, mut found) = (case.start, Vec::new());
    let ending = loop {
        if found.len() == case.count {
            break oracle::Ending::More;
        }
        match schedule.next_run(at) {
            NextRun::At(run) => {
                at = run;
                found.push(run);
            }
            NextRun::Never => break oracle::Ending::Never,
            NextRun::Endless => break oracle::Ending::Hang,
        }
    };
    // What Kubernetes found before it hung is not told.
    let same = ending == answer.ending && (ending == oracle::Ending::Hang || found == answer.runs);
    if same { Ok(()) } else { Err(format!("next_run   {found:?} {ending:?}")) }
}

/// The iterator, which ends where the answers go round.
fn iterator(schedule: &Schedule, case: &Case, answer: &Answer) -> Result<(), String> {
    let mut runs = schedule.runs_after(case.start);
    let found: Vec<Instant> = runs.by_ref().take(JUDGED).collect();
    let round = round(case, answer);
    let wanted = &answer.runs[..round.unwrap_or(answer.runs.len()).min(JUDGED)];
    let ending = if found.len() < JUDGED { runs.ending() } else { None };
    let is_stuck = matches!(ending, Some(Ending::Stuck { at }) if answer.runs.get(found.len()) == Some(&at));
    let same = match answer.ending {
        oracle::Ending::Hang => ending == Some(Ending::Endless),
        _ if round.is_some_and(|round| round < JUDGED) => found == wanted && is_stuck,
        oracle::Ending::Never if answer.runs.len() < JUDGED => found == wanted && ending == Some(Ending::Exhausted),
        _ => found == wanted && ending.is_none(),
    };
    if same { Ok(()) } else { Err(format!("runs_after {found:?} {ending:?}")) }
}

/// All runs at once.
fn bulk(schedule: &Schedule, case: &Case, answer: &Answer) -> Result<(), String> {
    if answer.ending == oracle::Ending::Hang {
        return Ok(());
    }
    let wanted = &answer.runs[..round(case, answer).unwrap_or(answer.runs.len()).min(JUDGED)];
    let end = wanted.iter().copied().max().unwrap_or(case.start) + Seconds::new(1);
    let mut found = Vec::new();
    schedule.runs_between(case.start, end, &mut found);
    let wanted: Vec<Instant> = wanted.iter().copied().filter(|run| *run > case.start).collect();
    let count = schedule.count_between(case.start, end);
    if found == wanted && count == wanted.len() as u64 {
        Ok(())
    } else {
        Err(format!("runs_between {found:?} (count {count})"))
    }
}
