//! The program of `tests/oracle/verdict`, asked about many cases.

use std::io::{self, BufRead, BufReader, BufWriter, Write};
use std::process::{Command, Stdio};

use serde_json::{Value as Json, json};

use crate::cases::Case;

/// Asks the program about each case, and hands each answer (the case's line with `server`) on as it comes.
pub(crate) fn ask(
    program: &str,
    cases: impl Iterator<Item = Case> + Send,
    mut answered: impl FnMut(&Json),
) -> io::Result<()> {
    let mut child = Command::new(program).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn()?;
    let (Some(input), Some(output)) = (child.stdin.take(), child.stdout.take()) else {
        return Err(io::Error::other("the oracle has no pipes"));
    };
    std::thread::scope(|scope| {
        let asking = scope.spawn(move || {
            let mut input = BufWriter::new(input);
            write(cases, &mut input)
        });
        for line in BufReader::new(output).lines() {
            answered(&serde_json::from_str(&line?)?);
        }
        asking.join().unwrap_or_else(|_| Err(io::Error::other("making cases panicked")))
    })?;
    if child.wait()?.success() { Ok(()) } else { Err(io::Error::other("the oracle failed")) }
}

/// Writes cases as the oracle reads them.
pub(crate) fn write(cases: impl Iterator<Item = Case>, out: &mut impl Write) -> io::Result<()> {
    for case in cases {
        let line = json!({ "id": case.id, "changes": case.changes, "yaml": case.yaml });
        writeln!(out, "{line}")?;
    }
    out.flush()
}
