//! Reading, mending and checking one file, on any thread.

use super::Status;
use super::mending::{self, Means, Mending};
use crate::analysis::{Facts, analyse};
use crate::cli::bug;
use crate::config::Config;
use crate::files::{self, Before, Input, Size, Why};
use crate::lint::{self, Part};
use crate::render::{Printer, Share, Unread};
use crate::text::{Message, Source, Span};

/// What every file is checked with.
#[derive(Clone, Copy)]
pub(super) struct Checker<'c> {
    /// The most that is read of one.
    pub(super) most: Size,
    pub(super) config: &'c Config,
    pub(super) printer: &'c Printer,
    pub(super) mending: Option<Mending>,
    /// What the file held before, where only what changed counts.
    pub(super) before: Option<&'c Before>,
}

/// A file that was checked.
pub(super) struct Checked {
    /// Its share of the output.
    pub(super) share: Share,
    /// What checks over all files need of it.
    pub(super) facts: Option<Facts>,
    /// The bytes that changed, where no others count.
    pub(super) changed: Option<Vec<Span>>,
    /// What happened to it beside findings.
    pub(super) status: Status,
    /// What became of it before it was checked.
    pub(super) mending: Option<mending::Outcome>,
}

impl Checked {
    fn unread(file: String, why: Message, status: Status) -> Self {
        Self { share: Share::of_unread(Unread { file, why }), facts: None, changed: None, status, mending: None }
    }
}

impl Checker<'_> {
    /// Reads and checks a file, and prints what was found; a bug that shows in it is no reason to leave out the others.
    pub(super) fn check(self, input: &Result<Input, files::Error>) -> Checked {
        bug::guard(|| self.checked(input)).unwrap_or_else(|| {
            let file = match input {
                Ok(input) => input.name(),
                Err(error) => error.path.clone(),
            };
            let why = "not checked to its end because of a bug in batchlint".into();
            Checked::unread(file, why, Status::Bug)
        })
    }

    fn checked(self, input: &Result<Input, files::Error>) -> Checked {
        let read = input.as_ref().map_err(Clone::clone).and_then(|input| Ok((input, files::read(input, self.most)?)));
        match read {
            Ok((input, source)) => self.of_text(input, source),
            Err(files::Error { path, why: Why::Unreadable(why) }) => Checked::unread(path, why, Status::Failed),
            Err(files::Error { path, why: Why::NoFile(what) }) => {
                let share = self.printer.left_out(&path, what);
                Checked { share, facts: None, changed: None, status: Status::Clean, mending: None }
            }
        }
    }

    fn of_text(self, input: &Input, source: Source) -> Checked {
        let means = Means { config: self.config, part: self.part(&source), look: self.printer.manner.look };
        let mending = self.mending.map(|mending| mending.of(input, source.clone(), &means));
        let source = mending.as_ref().map_or(source, |outcome| outcome.source.clone());
        let status = mending.as_ref().map_or(Status::Clean, |outcome| outcome.status);
        let analysis = analyse(source, self.config.settings());
        let (mut report, facts) = lint::report(&analysis, self.config);
        let changed = means.part.map(|part| {
            let spans = part.spans(&report);
            report.keep(&part);
            spans
        });
        let source = analysis.source().clone();
        // What is printed needs the text alone.
        drop(analysis);
        let share = self.printer.share(&source, report, input.path());
        Checked { share, facts: Some(facts), changed, status, mending }
    }

    /// The objects that count, where not all do.
    fn part(self, source: &Source) -> Option<Part> {
        let analysis = |source: &Source| analyse(source.clone(), self.config.settings());
        Some(match self.before? {
            Before::Nothing => Part::ALL,
            Before::Text(before) => Part::changed(&analysis(before), &analysis(source)),
        })
    }
}
