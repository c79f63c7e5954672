//! Reading and checking one file, on any thread.

use super::Status;
use crate::cli::bug;
use crate::config::Config;
use crate::files::{self, Input};
use crate::lint::lint;
use crate::render::{Printer, Share, Unread};

/// A file's share of the output, and what happened to it beside findings.
pub(super) type Checked = (Share, Status);

/// Reads and checks a file, and prints what was found; a bug that shows in it is no reason to leave out the others.
pub(super) fn of(input: &Result<Input, files::Error>, config: &Config, printer: &Printer) -> Checked {
    bug::guard(|| checked(input, config, printer)).unwrap_or_else(|| {
        let file = match input {
            Ok(input) => input.path().to_string_lossy().into_owned(),
            Err(error) => error.path.clone(),
        };
        let why = "not checked to its end because of a bug in batchlint".to_owned();
        (Share::of_unread(Unread { file, why }), Status::Bug)
    })
}

fn checked(input: &Result<Input, files::Error>, config: &Config, printer: &Printer) -> Checked {
    let read = input.as_ref().map_err(Clone::clone).and_then(|input| Ok((files::read(input)?, input.path())));
    match read {
        Ok((source, path)) => (printer.share(&source, lint(&source, config), path), Status::Clean),
        Err(files::Error { path, why }) => (Share::of_unread(Unread { file: path, why }), Status::Failed),
    }
}
