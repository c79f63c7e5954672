//! The program of this folder's `main.go`, asked about the cases of one zone.

use std::io::{self, BufRead, BufReader, BufWriter, Write};
use std::process::{Command, Stdio};

use batchlint::schedule::Instant;

use crate::cases::Case;

/// What Kubernetes answers.
pub(crate) struct Answer {
    pub(crate) runs: Vec<Instant>,
    pub(crate) ending: Ending,
}

/// How it goes on after the runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Ending {
    More,
    Never,
    /// The search does not end.
    Hang,
}

/// Asks about each case. The program ends where a search does not; then it is started again for the cases that are left.
pub(crate) fn ask(program: &str, cases: &[Case], mut answered: impl FnMut(&Case, &Answer)) -> io::Result<()> {
    let mut left = cases;
    while !left.is_empty() {
        let mut child = Command::new(program).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn()?;
        let (Some(input), Some(output)) = (child.stdin.take(), child.stdout.take()) else {
            return Err(io::Error::other("the oracle has no pipes"));
        };
        let asked = left;
        std::thread::scope(|scope| -> io::Result<()> {
            // Where the program has ended nobody reads the rest.
            scope.spawn(move || write(asked, &mut BufWriter::new(input)));
            for line in BufReader::new(output).lines() {
                let Some((case, rest)) = left.split_first() else {
                    return Err(io::Error::other("more answers than questions"));
                };
                answered(case, &read(&line?)?);
                left = rest;
            }
            Ok(())
        })?;
        child.wait()?;
        if left.len() == asked.len() {
            return Err(io::Error::other("the oracle gives no answer"));
        }
    }
    Ok(())
}

fn write(cases: &[Case], out: &mut impl Write) -> io::Result<()> {
    for Case { text, zone, start, count } in cases {
        writeln!(out, "{text}\t{zone}\t{}\t{count}", start.unix())?;
    }
    out.flush()
}

fn read(line: &str) -> io::Result<Answer> {
    let wrong = || io::Error::other(format!("not an answer: {line}"));
    let (runs, ending) = line.split_once('\t').ok_or_else(wrong)?;
    let ending = match ending {
        "more" => Ending::More,
        "never" => Ending::Never,
        "hang" => Ending::Hang,
        _ => return Err(wrong()),
    };
    let runs = runs.split(',').filter(|run| !run.is_empty());
    let runs = runs.map(|run| run.parse().map(Instant::from_unix).map_err(|_| wrong())).collect::<Result<_, _>>()?;
    Ok(Answer { runs, ending })
}
