//! Scenarios of Jobs and CronJobs with their pods, told by Kubernetes' own controllers and by batchlint, and where the
//! two differ. `tests/oracle/README.md` says how to make the oracle.

#![expect(clippy::print_stdout, clippy::print_stderr, reason = "a program of its own")]

mod cases;
mod oracle;
mod order;
#[path = "../search/random.rs"]
mod random;
#[path = "../../simulation/timeline.rs"]
mod timeline;
#[path = "../../simulation/values.rs"]
mod values;

use std::io;
use std::process::ExitCode;

use serde_json::Value as Json;

use cases::SHAPES;
use values::difference;

const USAGE: &str = "usage: runs ORACLE [CASES OF EACH SHAPE [SEED [ID]]]";
/// How often Kubernetes is asked about what differs: of things that happen at once it takes now the one, now the other
/// first.
const ASKED: usize = 8;
fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1);
    let Some(program) = arguments.next() else {
        eprintln!("{USAGE}");
        return ExitCode::from(2);
    };
    if !std::path::Path::new(&program).exists() {
        eprintln!("SKIPPED: {program} is not there; tests/oracle/README.md says how to make it");
        return ExitCode::SUCCESS;
    }
    let mut number = |by_default| arguments.next().map_or(Ok(by_default), |number| number.parse::<u64>());
    let (Ok(each), Ok(seed)) = (number(100), number(1)) else {
        eprintln!("{USAGE}");
        return ExitCode::from(2);
    };
    let only = arguments.next();
    let mut count = Count::default();
    for number in 0..each {
        for shape in &SHAPES {
            let scenario = cases::scenario(shape, seed, number);
            if only.as_ref().is_some_and(|only| scenario["id"] != **only) {
                continue;
            }
            if only.is_some() {
                println!("{scenario}");
            }
            if let Err(error) = count.compare(&program, &scenario) {
                eprintln!("runs: {}: {error}", scenario["id"]);
                return ExitCode::from(2);
            }
        }
    }
    println!("{count:#?}");
    if count.differing.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// What was compared.
#[derive(Debug, Default)]
struct Count {
    scenarios: usize,
    events: usize,
    /// Scenarios in which a name comes twice.
    ambiguous: usize,
    /// Scenarios that Kubernetes told otherwise when it was asked again: once as batchlint does.
    tossed: usize,
    /// Those that it told as batchlint does where what happens at the same moment does so in another order.
    reordered: Vec<String>,
    /// Those that it told in several ways, and in no answer as batchlint does.
    unsettled: Vec<String>,
    /// Those that it tells in one way, and batchlint in another.
    differing: Vec<String>,
}

impl Count {
    fn compare(&mut self, program: &str, scenario: &Json) -> io::Result<()> {
        let answer = oracle::ask(program, scenario)?;
        self.scenarios += 1;
        if oracle::is_ambiguous(&answer) {
            self.ambiguous += 1;
            return Ok(());
        }
        let simulated = timeline::simulated(scenario);
        let mut answers = vec![timeline::recorded(&answer)];
        self.events += answers[0].len();
        while !answers.contains(&simulated) && answers.len() < ASKED {
            answers.push(timeline::recorded(&oracle::ask(program, scenario)?));
        }
        if answers.contains(&simulated) {
            self.tossed += usize::from(answers.len() > 1);
            return Ok(());
        }
        let id = scenario["id"].as_str().unwrap_or_default().to_owned();
        if order::explains(scenario, &answers) {
            self.reordered.push(id);
            return Ok(());
        }
        let is_settled = answers.iter().all(|answer| *answer == answers[0]);
        let alike = |answer: &Vec<String>| simulated.iter().zip(answer).take_while(|(one, other)| one == other).count();
        let nearest = answers.iter().max_by_key(|answer| alike(answer)).unwrap_or(&simulated);
        let difference = difference(&simulated, nearest).unwrap_or_default();
        let of = if is_settled { &mut self.differing } else { &mut self.unsettled };
        println!("{id} {difference}\n{scenario}\n");
        of.push(id);
        Ok(())
    }
}
