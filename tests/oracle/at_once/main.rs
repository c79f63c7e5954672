//! Changes of CronJobs after which Kubernetes' own controllers start a run at once, or do not, and where batchlint foretells
//! otherwise. `tests/oracle/README.md` says how to make the oracle.

#![expect(clippy::print_stdout, clippy::print_stderr, reason = "a program of its own")]

mod pairs;
#[path = "../search/random.rs"]
mod random;

use std::io::{self, Write};
use std::process::{Command, ExitCode, Stdio};

use batchlint::analysis::{Analysis, Settings, analyse};
use batchlint::change::{Happening, Question, What, changes};
use batchlint::schedule::Instant;
use batchlint::text::Source;
use serde_json::Value as Json;

use pairs::Pair;

const USAGE: &str = "usage: at_once ORACLE [PAIRS [SEED [NUMBER]]]";

fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1);
    let Some(program) = arguments.next() else {
        eprintln!("{USAGE}");
        return ExitCode::from(2);
    };
    let mut number = |by_default| arguments.next().map_or(Ok(by_default), |number| number.parse::<u64>());
    let (Ok(count), Ok(seed)) = (number(200), number(1)) else {
        eprintln!("{USAGE}");
        return ExitCode::from(2);
    };
    let only = arguments.next().and_then(|number| number.parse().ok());
    let (mut compared, mut starting, mut differing) = (0, 0, 0);
    for index in (0..count).filter(|index| only.is_none_or(|only: u64| only == *index)) {
        let pair = Pair::new(seed, index);
        let made = match ask(&program, &pair.scenario()) {
            Ok(made) => made,
            Err(error) => {
                eprintln!("at_once: {index}: {error}");
                return ExitCode::from(2);
            }
        };
        let (theirs, ours) = (at_once(&made, &pair), foretold(&pair, &made));
        compared += 1;
        starting += usize::from(!theirs.is_empty());
        if ours.as_ref() != Some(&theirs) {
            differing += 1;
            println!("{index} Kubernetes starts the runs of {theirs:?}, batchlint says {ours:?}\n{}", pair.scenario());
        }
    }
    println!("{compared} compared, of which {starting} start a run at once: {differing} differ");
    ExitCode::from(u8::from(differing > 0))
}

/// A Job that the controller made: when, and for when.
struct Made {
    at: i64,
    scheduled: i64,
}

fn ask(program: &str, scenario: &Json) -> io::Result<Vec<Made>> {
    let mut command = Command::new(program);
    command.args(["-test.run", "TestScenario"]).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
    let mut child = command.spawn()?;
    if let Some(mut input) = child.stdin.take() {
        input.write_all(scenario.to_string().as_bytes())?;
    }
    let output = child.wait_with_output()?.stdout;
    let wrong = || io::Error::other(format!("not an answer: {}", String::from_utf8_lossy(&output)));
    let line = output.split(|byte| *byte == b'\n').next().unwrap_or_default();
    let answer: Json = serde_json::from_slice(line).map_err(|_| wrong())?;
    let made = answer["events"].as_array().into_iter().flatten().filter(|event| event["what"] == "job-created");
    let made = made.map(|event| {
        let scheduled = event["detail"].as_str()?.parse::<jiff::Timestamp>().ok()?;
        Some(Made { at: event["at"].as_f64()?.floor() as i64, scheduled: scheduled.as_second() })
    });
    made.collect::<Option<_>>().ok_or_else(wrong)
}

/// When the runs were due that the change starts although they were over.
fn at_once(made: &[Made], pair: &Pair) -> Vec<i64> {
    let starts = made.iter().filter(|made| made.at >= pair.changed && made.scheduled < pair.changed);
    starts.filter(|made| made.at < pair.until()).map(|made| made.scheduled).collect()
}

/// The same as batchlint foretells it, by what the status told before; `None` where it sees no change. It looks further
/// ahead than the oracle goes.
fn foretold(pair: &Pair, made: &[Made]) -> Option<Vec<i64>> {
    let before = made.iter().filter(|made| made.at < pair.changed).map(|made| made.scheduled).max();
    let read = |name: &str, text: Json| -> [Analysis; 1] {
        [analyse(Source::new(name, text.to_string()), &Settings::at(Instant::from_unix(pair.changed)))]
    };
    let (old, new) = (read("old.json", pair.old(before)), read("new.json", pair.new_object()));
    let from = Instant::from_unix(pair.changed);
    let question = Question { from, until: from, not_started: false, only_changed: false };
    let [change] = &changes(&old, &new, &question)[..] else { return None };
    let is_seen = |one: &&Happening| one.at < Instant::from_unix(pair.until());
    let scheduled = |one: &Happening| match one.what {
        What::RunStarts { scheduled } => Some(scheduled.unix()).filter(|scheduled| *scheduled < pair.changed),
        _ => None,
    };
    Some(change.at_once.iter().filter(is_seen).filter_map(scheduled).collect())
}
