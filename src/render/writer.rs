//! The one way out of a check. A [`Printer`] makes the share of each file in the output, on any thread; a [`Writer`]
//! takes the shares in order, then what is known only when all files were read, and finishes.

use std::cell::LazyCell;
use std::io;
use std::num::NonZeroUsize;
use std::ops::Range;
use std::path::Path;
use std::sync::Arc;

use super::file::{File, Found};
use super::groups::Groups;
use super::output::{FileFindings, Manner, Order, Output, Whole};
use super::ranked::Ranked;
use super::{Checked, Format, Habits, Harms, Look, Tally, Unread};
use crate::analysis::{Outcome, Unchecked};
use crate::config::Config;
use crate::diagnostic::{Finding, Late, Resolved};
use crate::hash::HashMap;
use crate::lint::{Limit, Report};
use crate::sort;
use crate::text::{Source, Span};
use crate::yaml;

/// Bytes of a file whose findings are printed ahead. Those of a larger one, all printed, may take more room than it.
const LARGE: usize = 1 << 24;
/// Findings of a large file that are printed at a time.
const PIECE: usize = 4096;

/// Prints a check.
#[derive(Debug, Clone)]
pub struct Printer {
    /// The format.
    pub format: Format,
    /// How it is printed, whatever the format.
    pub manner: Manner,
}

/// What there is to say of one file.
#[derive(Debug, Clone, Default)]
pub struct Share {
    findings: Vec<u8>,
    /// The findings of a large file, to be printed when it is their turn.
    to_print: Option<Sheet>,
    /// The findings, where those that say the same are told once.
    groups: Groups,
    /// The findings, where the worst is told first.
    ranked: Ranked,
    documents: Vec<u8>,
    tally: Tally,
    unread: Option<Unread>,
    /// The file, where its findings stand together.
    of: Option<(Box<str>, Box<Path>)>,
}

/// The findings of a file before they are printed.
#[derive(Debug, Clone)]
struct Sheet {
    source: Source,
    path: Box<Path>,
    findings: Vec<Finding>,
    /// Those of each finding, where they are shown.
    fixes: Vec<Vec<Resolved>>,
}

impl Sheet {
    fn file(&self) -> File<'_> {
        File::new(&self.source, &self.path)
    }

    fn found<'s>(&'s self, index: usize, file: &'s File<'s>) -> Found<'s> {
        let fixes = self.fixes.get(index).map_or(&[][..], Vec::as_slice);
        Found { finding: &self.findings[index], fixes, file }
    }
}

impl Printer {
    /// Prints in this format and this look; the rest is as usual.
    #[must_use]
    pub fn new(format: Format, look: Look) -> Self {
        Self { format, manner: Manner::new(look) }
    }

    fn output(&self) -> &'static dyn Output {
        let statistics = if self.manner.statistics { self.format.statistics() } else { None };
        statistics.unwrap_or_else(|| self.format.output())
    }

    /// In what order the format has findings. Without the feature `formats` there is but one.
    fn order(&self) -> Order {
        if cfg!(feature = "formats") { self.output().order() } else { Order::AsFound }
    }

    /// The share of a file that was checked; `path` is its name as the operating system has it.
    #[must_use]
    pub fn share(&self, source: &Source, mut report: Report, path: &Path) -> Share {
        let output = self.output();
        let mut share = Share { tally: Tally::of(&report), ..Share::default() };
        if self.manner.statistics {
            let fixes = report.fixes();
            let found = report.findings.iter().zip(&fixes);
            found.for_each(|(finding, fixes)| share.tally.counts.add(finding, fixes));
            // Nothing else of them is told.
            report.findings.clear();
        }
        // Its lines are counted once, and only where somebody asks for a place.
        let file = LazyCell::new(|| File::new(source, path));
        if !report.habits.is_empty() {
            share.tally.habits = Habits::of(&file, &report.habits);
        }
        share.tally.harms = Harms::of(source.name(), &report);
        let mut limit = Limit::new(self.manner.most, |finding| finding);
        let findings = std::mem::take(&mut report.findings).into_iter();
        report.findings = findings.filter_map(|finding| limit.keep(finding, ())).collect();
        let rests = limit.into_rests().into_iter().chain(std::mem::take(&mut report.rests));
        let order = self.order();
        let mut fixes = match (output.shows_fixes(), order == Order::Alike) {
            (true, _) => report.fixes(),
            // Of a group it is said whether they mend it.
            (false, true) => report.safe_fixes(),
            (false, false) => Vec::new(),
        };
        let mut report = report.without_file();
        if self.manner.shows_suppressed {
            show_suppressed(&mut report, &mut fixes, self.manner.most);
        }
        for rest in rests.filter(|rest| rest.first.suppressed.is_none()) {
            share.tally.leave_out(rest.first.rule, rest.count());
            report.findings.extend(output.only_lists().then(|| stand_in(&rest.first, rest.count())));
        }
        let checked = Checked { source, report: &report };
        output.documents(checked, &self.manner, &mut share.documents).expect("memory takes all");
        share.of = (order == Order::ByFile).then(|| (source.name().into(), path.into()));
        let sheet = Sheet { source: source.clone(), path: path.into(), findings: report.findings, fixes };
        if sheet.findings.is_empty() {
            return share;
        }
        match order {
            Order::Alike => share.groups = self.grouped(&sheet, &file),
            Order::WorstFirst(most) => share.ranked = self.ranked(&sheet, &file, most),
            Order::AsFound if source.text().len() > LARGE => share.to_print = Some(sheet),
            Order::AsFound | Order::ByFile => share.findings = self.print(&sheet, 0..sheet.findings.len(), &file),
        }
        share
    }

    /// The findings of a file, those that say the same together.
    fn grouped(&self, sheet: &Sheet, file: &File<'_>) -> Groups {
        let mut groups = Groups::default();
        let name: Arc<str> = file.name.into();
        for index in 0..sheet.findings.len() {
            self.add_to(&mut groups, sheet.found(index, file), &name);
        }
        groups
    }

    fn add_to(&self, groups: &mut Groups, found: Found<'_>, file: &Arc<str>) {
        groups.add(found, file, self.manner.places(), || self.drawn(found));
    }

    /// The findings of a file, the worst first.
    fn ranked(&self, sheet: &Sheet, file: &File<'_>, most: usize) -> Ranked {
        let mut ranked = Ranked::default();
        for index in 0..sheet.findings.len() {
            self.rank(&mut ranked, sheet.found(index, file), most);
        }
        ranked
    }

    fn rank(&self, ranked: &mut Ranked, found: Found<'_>, most: usize) {
        ranked.add(found.finding, most, || self.drawn(found));
    }

    /// A finding by itself.
    fn drawn(&self, found: Found<'_>) -> Vec<u8> {
        let mut drawn = Vec::new();
        self.output().finding(found, &self.manner, &mut drawn).expect("memory takes all");
        drawn
    }

    /// Some of the findings of a file.
    fn print(&self, sheet: &Sheet, which: Range<usize>, file: &File<'_>) -> Vec<u8> {
        let mut out = Vec::new();
        for index in which {
            push(self.output(), sheet.found(index, file), &self.manner, &mut out);
        }
        out
    }

    /// The share of what has a file's name and is none, but `what`: it counts as a document that was not checked.
    #[must_use]
    pub fn left_out(&self, name: &str, what: &'static str) -> Share {
        let source = Source::new(name, "");
        let outcome = Outcome::new(0, Span::empty(0), Some(Unchecked::NoFile { what }));
        let report = Report::new(Arc::new(yaml::parse("")), Vec::new(), vec![outcome]);
        let share = self.share(&source, report, Path::new(name));
        Share { tally: Tally { files: 0, ..share.tally }, of: None, ..share }
    }

    /// The writer that puts the shares together.
    #[must_use]
    pub fn writer(&self) -> Writer<'_> {
        Writer {
            printer: self,
            output: self.output(),
            tally: Tally::default(),
            unread: Vec::new(),
            late: Vec::new(),
            has_begun: false,
            has_findings: false,
            documents: Vec::new(),
            files: Vec::new(),
            groups: Groups::default(),
            ranked: Ranked::default(),
        }
    }
}

/// Puts findings that do not count among those that do, in order of place; nobody is offered to mend them.
fn show_suppressed(report: &mut Report, fixes: &mut Vec<Vec<Resolved>>, most: Option<NonZeroUsize>) {
    let mut limit = Limit::new(most, |finding| finding);
    let suppressed = std::mem::take(&mut report.suppressed).into_iter();
    report.findings.extend(suppressed.filter_map(|finding| limit.keep(finding, ())));
    fixes.resize(report.findings.len(), Vec::new());
    let findings = std::mem::take(&mut report.findings).into_iter();
    let mut both: Vec<(Finding, Vec<Resolved>)> = findings.zip(std::mem::take(fixes)).collect();
    sort::by_key(&mut both, |(finding, _)| (finding.span, finding.rule));
    (report.findings, *fixes) = both.into_iter().unzip();
}

/// The finding that stands for so many of a rule that are not shown, of which this is the first.
fn stand_in(first: &Finding, count: usize) -> Finding {
    let message = format!("from here on, {count} more of this rule: they are not shown");
    let mut more = Finding::new(first.rule, first.group, first.severity, first.span, message);
    // Every document has its own. Which object the first was in is not known of what was only counted.
    more.document = first.document;
    more.fingerprint = Some(more.fingerprint_at("more", first.document.unwrap_or_default()));
    more
}

/// Adds a finding to those that stand in one piece.
fn push(output: &dyn Output, found: Found<'_>, manner: &Manner, out: &mut Vec<u8>) {
    if !out.is_empty() {
        out.extend_from_slice(output.before(false));
    }
    output.finding(found, manner, out).expect("memory takes all");
}

impl Share {
    /// The share of a file that could not be read.
    #[must_use]
    pub fn of_unread(unread: Unread) -> Self {
        let tally = Tally { unread: 1, ..Tally::default() };
        Self { tally, unread: Some(unread), ..Self::default() }
    }

    /// Why the file could not be read, if it could not.
    #[must_use]
    pub const fn unread(&self) -> Option<&Unread> {
        self.unread.as_ref()
    }
}

/// Puts the shares of files together.
#[expect(missing_debug_implementations, reason = "a format is code, and has nothing to show")]
pub struct Writer<'p> {
    printer: &'p Printer,
    output: &'static dyn Output,
    tally: Tally,
    unread: Vec<Unread>,
    late: Vec<Late>,
    has_begun: bool,
    has_findings: bool,
    documents: Vec<u8>,
    files: Vec<FileFindings>,
    groups: Groups,
    ranked: Ranked,
}

impl<'p> Writer<'p> {
    /// What makes the shares.
    #[must_use]
    pub const fn printer(&self) -> &'p Printer {
        self.printer
    }

    /// Counts over all that was added.
    #[must_use]
    pub const fn tally(&self) -> &Tally {
        &self.tally
    }

    /// Adds the next file's share: its findings are written at once, unless the format wants all of a file together, or
    /// all that say the same.
    ///
    /// # Errors
    /// When `out` cannot be written to.
    pub fn add(&mut self, share: Share, out: &mut dyn io::Write) -> io::Result<()> {
        self.tally.add(share.tally);
        self.unread.extend(share.unread);
        piece(self.output, &share.documents, &mut self.documents);
        self.groups.append(share.groups, self.printer.manner.places());
        if let Order::WorstFirst(most) = self.printer.order() {
            self.ranked.append(share.ranked, most);
        }
        let mut findings = share.findings;
        if let Some((name, path)) = share.of {
            findings.shrink_to_fit();
            self.files.push(FileFindings { name, path, findings });
            return Ok(());
        }
        self.findings(&findings, out)?;
        let Some(sheet) = share.to_print else { return Ok(()) };
        let (file, count) = (sheet.file(), sheet.findings.len());
        for start in (0..count).step_by(PIECE) {
            self.findings(&self.printer.print(&sheet, start..count.min(start + PIECE), &file), out)?;
        }
        Ok(())
    }

    /// Adds what is found over all files, as far as it is wanted; the rest is counted.
    pub fn add_over_all(&mut self, late: Vec<Late>, config: &Config) {
        let does_count = |late: &Late| late.finding().suppressed.is_none();
        let is_below = |late: &Late| does_count(late) && late.finding().severity < config.min_severity();
        let (below, late): (Vec<_>, Vec<_>) = late.into_iter().partition(is_below);
        let (shown, mut habits): (Vec<_>, Vec<_>) =
            late.into_iter().partition(|late| config.shows(late.finding().rule));
        habits.retain(does_count);
        self.add_late(shown);
        self.add_late_below(&below);
        self.add_late_habits(&habits);
    }

    /// Adds findings that are known only when all files were read; they come after those of all files, or stand with
    /// their file's where the format wants that.
    pub fn add_late(&mut self, late: Vec<Late>) {
        self.tally.add(Tally::of_findings(late.iter().map(Late::finding)));
        let does_count = |late: &&Late| late.finding().suppressed.is_none();
        late.iter().filter(does_count).for_each(|late| self.tally.harms.add_late(late));
        if self.printer.manner.statistics {
            late.iter().filter(does_count).for_each(|late| self.tally.counts.add(late.finding(), late.fixes()));
            return;
        }
        let shows_suppressed = self.printer.manner.shows_suppressed;
        let late = late.into_iter().filter(|late| shows_suppressed || late.finding().suppressed.is_none());
        let mut limit = Limit::new(self.printer.manner.most, Late::finding);
        for late in late {
            let file = Arc::clone(&late.at().file);
            self.late.extend(limit.keep(late, file));
        }
        for rest in limit.into_rests() {
            let (finding, count) = (rest.first.finding(), rest.count());
            self.tally.leave_out(finding.rule, count);
            if self.output.only_lists() {
                self.late.push(Late::new(rest.first.at().clone(), stand_in(finding, count), Vec::new()));
            }
        }
    }

    /// Counts findings that are known only when all files were read, and are less severe than is wanted.
    fn add_late_below(&mut self, late: &[Late]) {
        late.iter().for_each(|late| self.tally.leave_out_below(late.finding().rule, 1));
    }

    /// Counts findings that are known only when all files were read, and are not shown.
    fn add_late_habits(&mut self, late: &[Late]) {
        late.iter().for_each(|late| self.tally.habits.add_late(late));
    }

    /// Writes what comes after the findings of all files. `aside` takes what is for people where `out` is for
    /// programs; whether it reaches them is nobody's concern.
    ///
    /// # Errors
    /// When `out` cannot be written to.
    pub fn finish(mut self, out: &mut dyn io::Write, aside: &mut dyn io::Write) -> io::Result<()> {
        let late = std::mem::take(&mut self.late);
        self.late(&late, out)?;
        self.begin(out)?;
        let Self { printer, tally, unread, documents, files, groups, ranked, .. } = &self;
        let manner = &printer.manner;
        self.output.end(&Whole { manner, tally, unread, documents, files, groups, ranked }, out, aside)
    }

    /// Puts late findings where the format has them.
    fn late(&mut self, late: &[Late], out: &mut dyn io::Write) -> io::Result<()> {
        let order = self.printer.order();
        if order == Order::ByFile {
            self.merge(late);
            return Ok(());
        }
        let mut findings = Vec::new();
        for late in late {
            let file = File::of_late(late, None);
            let found = Found::of_late(late, &file);
            match order {
                Order::Alike => self.printer.add_to(&mut self.groups, found, &late.at().file),
                Order::WorstFirst(most) => self.printer.rank(&mut self.ranked, found, most),
                Order::AsFound | Order::ByFile => push(self.output, found, &self.printer.manner, &mut findings),
            }
        }
        self.findings(&findings, out)
    }

    fn begin(&mut self, out: &mut dyn io::Write) -> io::Result<()> {
        if std::mem::replace(&mut self.has_begun, true) { Ok(()) } else { self.output.begin(&self.printer.manner, out) }
    }

    fn findings(&mut self, findings: &[u8], out: &mut dyn io::Write) -> io::Result<()> {
        if findings.is_empty() {
            return Ok(());
        }
        self.begin(out)?;
        let is_first = !std::mem::replace(&mut self.has_findings, true);
        out.write_all(self.output.before(is_first))?;
        out.write_all(findings)
    }

    /// Adds each late finding to those of its file.
    fn merge(&mut self, late: &[Late]) {
        let mut places: HashMap<Box<str>, usize> =
            self.files.iter().enumerate().map(|(at, file)| (file.name.clone(), at)).collect();
        for late in late {
            let name: Box<str> = (*late.at().file).into();
            let at = *places.entry(name.clone()).or_insert_with(|| {
                let path = Path::new(&*name).into();
                self.files.push(FileFindings { name, path, findings: Vec::new() });
                self.files.len() - 1
            });
            let FileFindings { path, findings, .. } = &mut self.files[at];
            let file = File::of_late(late, Some(path));
            push(self.output, Found::of_late(late, &file), &self.printer.manner, findings);
        }
    }
}

/// Appends a piece to others of its kind.
fn piece(output: &dyn Output, piece: &[u8], all: &mut Vec<u8>) {
    if !piece.is_empty() {
        all.extend_from_slice(output.before(all.is_empty()));
        all.extend_from_slice(piece);
    }
}
