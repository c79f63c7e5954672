//! Reading, mending and checking one file, on any thread.

mod record;

use std::path::PathBuf;
use std::sync::Arc;

use super::Status;
use super::charts::{Charts, InChart};
use super::done::Mending;
use super::late::Late;
use super::mending::{self, Means};
use super::overlays::Overlays;
use super::plan::Planned;
use super::since::part;
use crate::analysis::{Facts, analyse};
use crate::cli::bug;
use crate::config::Config;
use crate::diagnostic::{Finding, Suppression};
use crate::files::{self, Before, Input, Size, Why};
use crate::lint::{self, Part, Report};
use crate::render::{Look, Printer, Share, Unread};
use crate::text::{Message, Role, Source, Span};
pub(super) use record::Record;

/// What every file is checked with.
#[derive(Clone, Copy)]
pub(super) struct Checker<'c> {
    /// The most that is read of one.
    pub(super) most: Size,
    pub(super) config: &'c Arc<Config>,
    /// What the file is by what others say.
    pub(super) role: &'c Role,
    pub(super) look: Look,
    pub(super) mending: Option<Mending>,
    /// What the file held before, where only what changed counts.
    pub(super) before: Option<&'c Before>,
    /// What is known of all files, where something is written.
    pub(super) late: &'c Late,
    /// The charts that some files belong to.
    pub(super) charts: &'c Charts,
    /// What is built of some files.
    pub(super) overlays: &'c Overlays,
}

/// A file that was checked, before it is printed.
pub(super) struct Seen {
    /// Its name.
    pub(super) name: String,
    /// What held for it.
    pub(super) config: Arc<Config>,
    what: What,
    facts: Option<Facts>,
    status: Status,
    mending: Option<mending::Outcome>,
}

/// What there is to print.
enum What {
    /// What was found, in the objects that count, where not all do.
    Found { source: Source, path: PathBuf, report: Box<Report>, part: Option<Part> },
    /// Why it was not read.
    Unread(Message),
    /// What it is, where it is no file.
    NoFile(&'static str),
}

/// A file that was checked, and printed.
pub(super) struct Checked {
    /// Its share of each format's output.
    pub(super) shares: Vec<Share>,
    /// What checks over all files need of it.
    pub(super) facts: Option<Facts>,
    /// The bytes that changed, where no others count.
    pub(super) changed: Option<Vec<Span>>,
    /// What happened to it beside findings.
    pub(super) status: Status,
    /// What became of it before it was checked.
    pub(super) mending: Option<mending::Outcome>,
}

impl Seen {
    /// A file that was not to be checked, at which others show something.
    pub(super) fn beside(
        planned: &Planned,
        (source, report): (Source, Report),
        mending: Option<(Mending, &Late, Look)>,
    ) -> Self {
        let name = source.name().to_owned();
        let mending = mending.map(|(mending, late, look)| mending.spare(false, (&source, &report), (late, look)));
        let (path, report) = (planned.path().to_owned(), Box::new(report));
        let status = mending.as_ref().map_or(Status::Clean, |outcome| outcome.status);
        let what = What::Found { source, path, report, part: None };
        Self { name, config: Arc::clone(&planned.config), what, facts: None, status, mending }
    }

    /// Whether it was read.
    pub(super) fn was_read(&self) -> bool {
        matches!(self.what, What::Found { .. })
    }

    /// Whether nothing in it was left out that is no YAML.
    pub(super) fn was_read_to_its_end(&self) -> bool {
        match &self.what {
            What::Found { report, .. } => report.file().documents.iter().all(|document| document.complete),
            _ => false,
        }
    }

    /// Takes findings out of the count that `why` has a reason for.
    pub(super) fn suppress(&mut self, why: impl FnMut(&Finding) -> Option<Arc<Suppression>>) {
        if let What::Found { report, .. } = &mut self.what {
            report.suppress(why);
        }
    }

    /// Prints what was found; a bug that shows in it is no reason to leave out the others.
    pub(super) fn printed(self, printers: &[Printer]) -> Checked {
        let Self { name, what, facts, status, mending, .. } = self;
        match bug::guard(|| what.printed(&name, printers)) {
            Some((shares, changed)) => Checked { shares, facts, changed, status, mending },
            None => {
                let share = Share::of_unread(Unread { file: name, why: BUG.into() });
                let shares = vec![share; printers.len()];
                Checked { shares, facts: None, changed: None, status: Status::Bug, mending }
            }
        }
    }
}

const BUG: &str = "not checked to its end because of a bug in batchlint";

impl What {
    fn printed(self, name: &str, printers: &[Printer]) -> (Vec<Share>, Option<Vec<Span>>) {
        match self {
            Self::Unread(why) => {
                let share = Share::of_unread(Unread { file: name.to_owned(), why });
                (vec![share; printers.len()], None)
            }
            Self::NoFile(what) => (printers.iter().map(|printer| printer.left_out(name, what)).collect(), None),
            Self::Found { source, path, mut report, part } => {
                let changed = part.map(|part| {
                    let spans = part.spans(&report);
                    report.keep(&part);
                    spans
                });
                // Most runs have one format, and print what was found without another copy of it.
                let (last, others) = printers.split_last().expect("a run has a format");
                let others = others.iter().map(|printer| printer.share(&source, (*report).clone(), &path));
                let mut shares: Vec<Share> = others.collect();
                shares.push(last.share(&source, *report, &path));
                (shares, changed)
            }
        }
    }
}

impl Checker<'_> {
    /// Reads and checks a file; a bug that shows in it is no reason to leave out the others.
    pub(super) fn check(self, input: &Result<Input, files::Error>) -> Seen {
        bug::guard(|| self.checked(input)).unwrap_or_else(|| {
            let name = match input {
                Ok(input) => input.name(),
                Err(error) => error.path.clone(),
            };
            self.unread(name, What::Unread(BUG.into()), Status::Bug)
        })
    }

    fn checked(self, input: &Result<Input, files::Error>) -> Seen {
        let read = |input| files::read(input, self.most).map(|source| (input, source.with_role(self.role.clone())));
        let read = input.as_ref().map_err(Clone::clone).and_then(read);
        match read {
            Ok((input, source)) => self.of_text(input, source),
            Err(files::Error { path, why: Why::Unreadable(why) }) => {
                self.unread(path, What::Unread(why), Status::Failed)
            }
            Err(files::Error { path, why: Why::NoFile(what) }) => self.unread(path, What::NoFile(what), Status::Clean),
        }
    }

    fn of_text(self, input: &Input, source: Source) -> Seen {
        let chart = self.charts.of(input, &source, self.config);
        if let Some(report) = chart.as_ref().and_then(|chart| chart.of_template(input, &source)) {
            let spare = |mending: Mending| mending.spare(is_stdin(input), (&source, &report), (self.late, self.look));
            let mending = self.mending.map(spare);
            let (path, report) = (input.path().to_owned(), Box::new(report));
            let what = What::Found { source, path, report, part: None };
            let facts = chart.as_ref().and_then(InChart::facts);
            let status = mending.as_ref().map_or(Status::Clean, |outcome| outcome.status);
            return Seen { status, mending, ..self.seen(input, what, facts) };
        }
        let (config, is_alone) = (self.config, is_stdin(input));
        let is_changed = self.late.charts.changed(source.name()).is_some();
        let own = self.mending.filter(|_| !is_changed);
        // What is mended is read once it is.
        let read = |source: Source| analyse(source, config.settings());
        let as_it_is = (own.is_none() || self.before.is_some()).then(|| read(source.clone()));
        let part = self.before.zip(as_it_is.as_ref()).map(|(before, now)| part(before, now, config));
        let means = Means { config, part, look: self.look, late: self.late, is_alone };
        let mut mending = own.map(|mending| mending.of(input, source.clone(), &means));
        let analysis = match (&mending, as_it_is) {
            (None, Some(as_it_is)) => as_it_is,
            (outcome, _) => read(outcome.as_ref().map_or(source, |outcome| outcome.source.clone())),
        };
        let (mut report, facts) = lint::report(&analysis, self.config);
        if let Some(chart) = &chart {
            chart.add_to(&mut report, analysis.source());
        }
        self.overlays.add_to(&mut report, analysis.source(), self.config);
        if is_alone {
            self.charts.take_stream(&mut report, analysis.source(), self.config);
        }
        if let (Some(how), Some(outcome)) = (self.mending, &mut mending) {
            outcome.complaints.extend(how.spared((analysis.source().name(), &report), 0));
        }
        if is_changed {
            let of_chart = |how: Mending| how.spare(false, (analysis.source(), &report), (self.late, self.look));
            mending = self.mending.map(of_chart);
        }
        let status = mending.as_ref().map_or(Status::Clean, |outcome| outcome.status);
        // What is printed needs the text alone.
        let (source, path, report) = (analysis.source().clone(), input.path().to_owned(), Box::new(report));
        let what = What::Found { source, path, report, part: means.part };
        Seen { status, mending, ..self.seen(input, what, Some(facts)) }
    }

    fn seen(self, input: &Input, what: What, facts: Option<Facts>) -> Seen {
        Seen { name: input.name(), config: Arc::clone(self.config), what, facts, status: Status::Clean, mending: None }
    }

    fn unread(self, name: String, what: What, status: Status) -> Seen {
        Seen { name, config: Arc::clone(self.config), what, facts: None, status, mending: None }
    }
}

fn is_stdin(input: &Input) -> bool {
    matches!(input, Input::Stdin(_))
}
