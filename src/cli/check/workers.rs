//! Checking many files at once, and in their order.

use rayon::prelude::*;

use super::Args;
use super::baseline::Before;
use super::charts::Charts;
use super::done::Mending;
use super::late::{self, Late};
use super::merge::Line;
use super::overlays::{Overlay, Overlays};
use super::plan::{Plan, Planned};
use super::share::{Checked, Checker, Seen};
use crate::cli::progress::Progress;
use crate::files::Size;
use crate::render::Printer;

/// What checks files, on every core or on this one.
pub(super) struct Workers<'w> {
    printers: &'w [Printer],
    /// The most that is read of a file.
    most: Size,
    mending: Option<Mending>,
    /// What is known of all files, where something is written.
    pub(super) late: Late,
    /// The charts that some of them belong to.
    pub(super) charts: Charts,
    /// What is built of some of them.
    pub(super) overlays: Overlays,
    progress: Progress,
    has_threads: bool,
}

impl<'w> Workers<'w> {
    pub(super) fn start(args: &Args, plan: &Plan, printers: &'w [Printer]) -> Self {
        let mut workers = Self::for_many(args, plan.inputs.len(), printers);
        if !plan.overlays.is_empty() {
            let all = plan.overlays.iter().collect();
            let builds = workers.progress.during(|| workers.each(all, |overlay: &Overlay| overlay.check(&plan.texts)));
            plan.texts.forget();
            let inputs = plan.inputs.iter().map(Planned::path);
            workers.overlays = Overlays::of(&plan.overlays, &builds, &plan.texts, inputs);
        }
        let Some(mending) = workers.mending else { return workers };
        let late = workers.progress.during(|| {
            let each = workers.each(plan.inputs.iter().collect(), |planned| late::read(planned, workers.most));
            Late::of(args, plan, mending, each)
        });
        Self { late, ..workers }
    }

    /// Those for so many files.
    pub(super) fn for_many(args: &Args, count: usize, printers: &'w [Printer]) -> Self {
        let (most, mending, late) = (args.reading.max_file_size, args.mending(), Late::default());
        let progress = Progress::start(count, args.shows_progress());
        // Starting the threads takes longer than checking a few files.
        let has_threads = count >= 4 && start_threads();
        let (charts, overlays) = (Charts::new(most, args.chart_of_stream()), Overlays::default());
        Self { printers, most, mending, late, charts, overlays, progress, has_threads }
    }

    /// Checks some files and prints each by itself, without what the baseline knows.
    pub(super) fn check(&self, batch: &[Planned], baseline: Option<&mut Before>) -> Vec<Checked> {
        self.print(batch.iter().collect(), |planned| self.see(planned), baseline)
    }

    /// Prints what the charts of those that were checked show in some others, likewise.
    pub(super) fn check_beside(&self, beside: &[Planned], baseline: Option<&mut Before>) -> Vec<Checked> {
        let seen = |planned: &Planned| {
            let shown = self.charts.elsewhere(planned.path());
            let shown = shown.or_else(|| self.overlays.elsewhere(planned.path()))?;
            let look = self.printers[0].manner.look;
            Some(Seen::beside(planned, shown, self.mending.map(|mending| (mending, &self.late, look))))
        };
        self.print(beside.iter().filter_map(seen).collect(), |seen| seen, baseline)
    }

    /// Prints what others have seen, likewise.
    pub(super) fn retell(&self, batch: Vec<Line>, baseline: Option<&mut Before>) -> Vec<Checked> {
        let seen = |line: Line| {
            let seen = line.seen();
            self.progress.step();
            seen
        };
        self.print(batch, seen, baseline)
    }

    fn print<T: Send>(
        &self,
        batch: Vec<T>,
        see: impl Fn(T) -> Seen + Sync + Send,
        baseline: Option<&mut Before>,
    ) -> Vec<Checked> {
        self.progress.during(|| match baseline {
            None => self.each(batch, |one| see(one).printed(self.printers)),
            Some(baseline) => {
                let mut seen = self.each(batch, see);
                baseline.suppress(&mut seen);
                self.each(seen, |seen| seen.printed(self.printers))
            }
        })
    }

    /// Checks some files, and hands on what was seen.
    pub(super) fn hand_on<R: Send>(&self, batch: &[Planned], does: impl Fn(Seen) -> R + Sync + Send) -> Vec<R> {
        self.progress.during(|| self.each(batch.iter().collect(), |planned| does(self.see(planned))))
    }

    fn see(&self, planned: &Planned) -> Seen {
        let (look, before) = (self.printers[0].manner.look, planned.before.as_ref());
        let Self { most, mending, late, charts, overlays, .. } = self;
        let Planned { config, role, .. } = planned;
        let checker = Checker { most: *most, config, role, look, mending: *mending, late, charts, overlays, before };
        let seen = checker.check(&planned.input);
        self.progress.step();
        seen
    }

    /// Does the same with each, and keeps the order.
    fn each<T: Send, R: Send>(&self, all: Vec<T>, does: impl Fn(T) -> R + Sync + Send) -> Vec<R> {
        match self.has_threads {
            true => all.into_par_iter().map(does).collect(),
            false => all.into_iter().map(does).collect(),
        }
    }
}

/// Starts a thread for each core; where the system gives none, this one does all the work.
fn start_threads() -> bool {
    rayon::ThreadPoolBuilder::new().build_global().is_ok()
}
