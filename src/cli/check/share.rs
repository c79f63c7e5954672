//! Reading and checking one file, on any thread.

use super::Status;
use crate::analysis::{Facts, analyse};
use crate::cli::bug;
use crate::config::Config;
use crate::files::{self, Input, Size, Why};
use crate::lint;
use crate::render::{Printer, Share, Unread};
use crate::text::Message;

/// A file that was checked.
pub(super) struct Checked {
    /// Its share of the output.
    pub(super) share: Share,
    /// What checks over all files need of it.
    pub(super) facts: Option<Facts>,
    /// What happened to it beside findings.
    pub(super) status: Status,
}

impl Checked {
    fn unread(file: String, why: Message, status: Status) -> Self {
        Self { share: Share::of_unread(Unread { file, why }), facts: None, status }
    }
}

/// Reads and checks a file, and prints what was found; a bug that shows in it is no reason to leave out the others.
pub(super) fn of(input: &Result<Input, files::Error>, most: Size, config: &Config, printer: &Printer) -> Checked {
    bug::guard(|| checked(input, most, config, printer)).unwrap_or_else(|| {
        let file = match input {
            Ok(input) => input.name(),
            Err(error) => error.path.clone(),
        };
        let why = "not checked to its end because of a bug in batchlint".into();
        Checked::unread(file, why, Status::Bug)
    })
}

fn checked(input: &Result<Input, files::Error>, most: Size, config: &Config, printer: &Printer) -> Checked {
    let read = input.as_ref().map_err(Clone::clone).and_then(|input| Ok((files::read(input, most)?, input.path())));
    match read {
        Ok((source, path)) => {
            let analysis = analyse(source, config.settings());
            let (report, facts) = lint::report(&analysis, config);
            let source = analysis.source().clone();
            // What is printed needs the text alone.
            drop(analysis);
            let share = printer.share(&source, report, path);
            Checked { share, facts: Some(facts), status: Status::Clean }
        }
        Err(files::Error { path, why: Why::Unreadable(why) }) => Checked::unread(path, why, Status::Failed),
        Err(files::Error { path, why: Why::NoFile(what) }) => {
            Checked { share: printer.left_out(&path, what), facts: None, status: Status::Clean }
        }
    }
}
