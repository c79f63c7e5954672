//! What a format has to say for itself, and what it is told.

use std::io;
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};

use super::file::Found;
use super::groups::Groups;
use super::ranked::Ranked;
use super::{Checked, Look, Tally, Unread, summary};
use crate::k8s::Version;

/// What is particular to one format. A [`Writer`](super::Writer) puts the pieces together.
pub(super) trait Output: Sync {
    /// The word for it.
    fn name(&self) -> &'static str;

    /// What it is good for, in a line.
    fn about(&self) -> &'static str;

    /// Whether it is for people.
    fn is_for_people(&self) -> bool {
        false
    }

    /// Whether a pipeline picks it out of a log, in which anything else may stand.
    fn is_for_logs(&self) -> bool {
        false
    }

    /// Whether fixes are shown, which have to be proved before.
    fn shows_fixes(&self) -> bool {
        false
    }

    /// Whether it has a place for findings alone: of those of a rule that are not shown, a finding tells. Other formats
    /// count them at their ends.
    fn only_lists(&self) -> bool {
        false
    }

    /// In what order findings are written.
    fn order(&self) -> Order {
        Order::AsFound
    }

    /// What stands before a piece: a finding, or what is said of a file's documents.
    fn before(&self, _is_first: bool) -> &'static [u8] {
        b""
    }

    /// Writes one finding; where those that say the same are told once, what stands below its headline.
    fn finding(&self, found: Found<'_>, manner: &Manner, out: &mut Vec<u8>) -> io::Result<()>;

    /// Writes what is said of a file's documents, which stands behind all findings.
    fn documents(&self, _checked: Checked<'_>, _manner: &Manner, _out: &mut Vec<u8>) -> io::Result<()> {
        Ok(())
    }

    /// Writes what stands before everything else.
    fn begin(&self, _manner: &Manner, _out: &mut dyn io::Write) -> io::Result<()> {
        Ok(())
    }

    /// Writes what stands behind all findings; `aside` reaches people where `out` is read by a program.
    fn end(&self, whole: &Whole<'_>, out: &mut dyn io::Write, aside: &mut dyn io::Write) -> io::Result<()>;
}

/// In what order a format has findings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Order {
    /// As they are found: those of a file at once.
    AsFound,
    /// All of a file together, also those that are known late: none is written before all are known.
    ByFile,
    /// Those that say the same are told once, the worst first: none is written before all are known.
    Alike,
    /// The worst first, of each severity no more than so many: none is written before all are known.
    WorstFirst(usize),
}

/// How a check is printed, whatever the format.
#[derive(Debug, Clone)]
pub struct Manner {
    /// How output for people looks.
    pub look: Look,
    /// What people are told beside findings.
    pub remarks: Remarks,
    /// The Kubernetes version that was asked.
    pub kubernetes: Version,
    /// How many findings of one rule in a document are shown, and ten times as many in a file; `None` for all of them.
    pub most: Option<NonZeroUsize>,
    /// Whether findings are shown that do not count.
    pub shows_suppressed: bool,
    /// Whether what was found is told by rule, and not finding by finding.
    pub statistics: bool,
    /// The folder, absolute, that relative paths are taken from.
    pub folder: PathBuf,
    /// The folder, absolute, that a format names files from which is read by what knows the whole repository.
    pub root: PathBuf,
}

impl Manner {
    /// How many findings of one rule in a document are shown where nothing else is said.
    pub const MOST: NonZeroUsize = NonZeroUsize::new(1000).expect("it is above 0");
    /// More places than a line holds.
    const PLACES: usize = 32;

    /// In this look, and the rest as usual.
    #[must_use]
    pub fn new(look: Look) -> Self {
        let (remarks, kubernetes) = (Remarks::default(), Version::default());
        let (most, folder, root) = (Some(Self::MOST), PathBuf::from("/"), PathBuf::from("/"));
        Self { look, remarks, kubernetes, most, shows_suppressed: false, statistics: false, folder, root }
    }

    /// How many places are kept of what is wrong in many: all of them, where they are listed.
    pub(super) fn places(&self) -> usize {
        if self.remarks == Remarks::All { usize::MAX } else { Self::PLACES }
    }
}

/// What people are told beside findings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Remarks {
    /// Nothing.
    None,
    /// What was checked and found, in numbers.
    #[default]
    Summary,
    /// Also each document that was not checked.
    All,
}

/// The findings of a file, in a format where they stand together.
pub(super) struct FileFindings {
    pub(super) name: Box<str>,
    pub(super) path: Box<Path>,
    pub(super) findings: Vec<u8>,
}

/// What stands behind all findings is made of this.
pub(super) struct Whole<'a> {
    pub(super) manner: &'a Manner,
    pub(super) tally: &'a Tally,
    pub(super) unread: &'a [Unread],
    /// What was said of the documents, file by file.
    pub(super) documents: &'a [u8],
    pub(super) files: &'a [FileFindings],
    /// What was found, where findings that say the same are told once.
    pub(super) groups: &'a Groups,
    /// What was found, where the worst is told first.
    pub(super) ranked: &'a Ranked,
}

impl Whole<'_> {
    /// Says what was not checked, and what was found, in numbers, to people where the output is read by a program.
    pub(super) fn sum_up(&self, aside: &mut dyn io::Write) {
        if self.manner.remarks == Remarks::None {
            return;
        }
        let mut last = self.documents.to_vec();
        summary::write(self.tally, Look { color: false, ..self.manner.look }, &mut last).expect("memory takes all");
        // Where nobody listens, nobody misses it.
        let _ = aside.write_all(&last);
    }

    /// The rules that something is told of, the worst first; behind them those of which nothing counts.
    pub(super) fn rules(&self) -> impl Iterator<Item = &'static str> {
        let counting: Vec<&'static str> = self.tally.rules.iter().map(|(_, rule)| *rule).collect();
        let shown = self.tally.suppressed_rules.iter().copied().filter(|_| self.manner.shows_suppressed);
        let others: Vec<&'static str> = shown.filter(|rule| !counting.contains(rule)).collect();
        counting.into_iter().chain(others)
    }
}
