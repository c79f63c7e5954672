//! A run: what it adds up, file by file, and what it says in the end.

use std::io;
use std::sync::Arc;
use std::thread;

use super::baseline::Before;
use super::done::Sum;
use super::formats::Target;
use super::late;
use super::merge::Shards;
use super::outlets::Outlets;
use super::plan::Plan;
use super::share::Checked;
use super::since::{Changed, found_in_changes};
use super::workers::Workers;
use super::{Args, Product, Status};
use crate::cli::{bug, complain};
use crate::diagnostic::Late;
use crate::files;
use crate::project::Project;
use crate::render::{Printer, Share, Unread};
use crate::rule::Entry;
use crate::rules;

/// Files that are checked before the first of them is printed: enough for every core, few enough to see something
/// soon.
const BATCH: usize = 512;

/// What a run adds up.
pub(super) struct Run<'r> {
    args: &'r Args,
    plan: &'r Plan,
    product: Product,
    printers: &'r [Printer],
    outlets: Outlets<'r>,
    project: Project,
    changed: Changed,
    mended: Sum,
    /// The worst that happened beside findings.
    worst: Status,
}

impl<'r> Run<'r> {
    pub(super) fn new(
        args: &'r Args,
        plan: &'r Plan,
        printers: &'r [Printer],
        targets: &[Target],
    ) -> Result<Self, files::Error> {
        let (project, changed, mended) = (Project::new(), Changed::default(), Sum::default());
        let (product, outlets, worst) = (args.product(), Outlets::open(printers, targets)?, Status::Clean);
        Ok(Self { args, plan, product, printers, outlets, project, changed, mended, worst })
    }

    /// Checks the files in parallel and prints them in order, then what all of them say together.
    pub(super) fn check(&mut self, mut baseline: Option<Before>, out: &mut dyn io::Write) -> io::Result<()> {
        self.plan.nothing(self.args).iter().for_each(|why| complain(why));
        let workers = Workers::start(self.args, self.plan, self.printers);
        self.take_note_of(&workers.late);
        for (folder, why) in workers.overlays.unbuilt.iter().filter(|_| self.args.telling.verbose) {
            complain(&format!("{folder}: its kustomization is not built, and its files are checked one by one: {why}"));
        }
        let (args, plan) = (self.args, self.plan);
        let look_for_changes = || bug::guard(|| found_in_changes(args, plan));
        thread::scope(|scope| {
            // What changes do takes as long as what is in the files. What is mended is looked at as it is then.
            let is_apart = plan.changing.is_some() && args.mending().is_none();
            let apart = is_apart.then(|| thread::Builder::new().spawn_scoped(scope, look_for_changes).ok()).flatten();
            self.check_files(&workers, baseline.as_mut(), out)?;
            if self.product != Product::Differences {
                let changes = apart.map_or_else(look_for_changes, |apart| apart.join().ok().flatten());
                self.add_late(baseline, changes);
            }
            self.say_what_was_mended();
            Ok(())
        })
    }

    fn check_files(
        &mut self,
        workers: &Workers<'_>,
        mut baseline: Option<&mut Before>,
        out: &mut dyn io::Write,
    ) -> io::Result<()> {
        // What a baseline has of one file may have moved to any other.
        let at_once = if baseline.is_some() { self.plan.inputs.len().max(1) } else { BATCH };
        for batch in self.plan.inputs.chunks(at_once) {
            for checked in workers.check(batch, baseline.as_deref_mut()) {
                self.add(checked, out)?;
            }
            out.flush()?;
        }
        for template in workers.charts.otherwise().iter().filter(|_| self.args.chart.is_some()) {
            let why =
                "the chart prints something else with the values given, and what is found stays in standard input";
            complain(&format!("{template}: {why}"));
        }
        if self.args.telling.verbose {
            workers.charts.tried().iter().for_each(|line| complain(line));
        }
        for checked in workers.check_beside(&self.plan.beside, baseline) {
            self.add(checked, out)?;
        }
        Ok(())
    }

    /// What was written before anything was checked.
    fn take_note_of(&mut self, late: &late::Late) {
        late.complaints.iter().for_each(|complaint| complain(complaint));
        self.worst = self.worst.max(late.status);
        self.mended.add(&late.sum);
    }

    /// Does the same with files that others have checked.
    pub(super) fn retell(
        &mut self,
        mut shards: Shards,
        mut baseline: Option<Before>,
        out: &mut dyn io::Write,
    ) -> io::Result<()> {
        if shards.all() == 0 {
            self.plan.nothing(self.args).iter().for_each(|why| complain(why));
        }
        let workers = Workers::for_many(self.args, shards.all(), self.printers);
        let at_once = if baseline.is_some() { shards.all().max(1) } else { BATCH };
        loop {
            let batch = shards.take(at_once);
            if batch.is_empty() {
                break;
            }
            for checked in workers.retell(batch, baseline.as_mut()) {
                self.add(checked, out)?;
            }
            out.flush()?;
        }
        self.add_late(baseline, Some(Vec::new()));
        Ok(())
    }

    fn add(&mut self, checked: Checked, out: &mut dyn io::Write) -> io::Result<()> {
        let Checked { shares, facts, changed, status, mending } = checked;
        self.worst = self.worst.max(status);
        if let Some(facts) = facts {
            changed.into_iter().for_each(|spans| self.changed.add(Arc::clone(&facts.file), spans));
            self.project.add(facts);
        }
        if let Some(Unread { file, why }) = shares.first().and_then(Share::unread) {
            // In order with the findings, where both go to one terminal.
            out.flush()?;
            complain(&format!("{file}: {why}"));
        }
        if let Some(outcome) = mending {
            out.write_all(outcome.text.as_bytes())?;
            outcome.complaints.iter().for_each(|complaint| complain(complaint));
            self.mended.add(&outcome.done);
        }
        match self.product {
            Product::Findings => self.outlets.add(shares, out),
            Product::Differences => Ok(()),
            Product::Text => self.outlets.add(shares, &mut io::stderr()),
        }
    }

    /// Adds what is found over all files, of what is new and what changed; `None` where a bug kept changes from being known.
    fn add_late(&mut self, baseline: Option<Before>, changes: Option<Vec<Late>>) {
        let (config, scope) = (&self.plan.whole, self.plan.scope);
        self.worst = self.worst.max(if changes.is_none() { Status::Bug } else { Status::Clean });
        self.project.tell(changes.unwrap_or_default());
        let mut late = late::find(&self.project, config, scope, &mut self.worst);
        if let Some(mut baseline) = baseline {
            late = baseline.suppress_late(late, config);
            if let Err(error) = baseline.finish(config, self.args.telling.quiet) {
                complain(&error.to_string());
                self.worst = self.worst.max(Status::Failed);
            }
        }
        let concerns = |late: &Late| is_of_change(late) || self.changed.concern(late);
        late.retain(|late| self.args.since.is_none() || concerns(late));
        self.outlets.add_late(late, config);
    }

    fn say_what_was_mended(&self) {
        // Among findings for programs no sentence may stand.
        let is_program = self.product == Product::Text && !self.args.main_format().is_for_people();
        if let Some(mending) = self.args.mending().filter(|_| !self.args.telling.quiet && !is_program) {
            self.mended.say(mending);
        }
    }

    /// What the program answers for what was seen until now.
    pub(super) fn status(&self) -> Status {
        let fail_on = self.args.telling.fail_on.unwrap_or_default();
        let found = if fail_on.reached_by(self.outlets.tally()) { Status::Found } else { Status::Clean };
        found.max(self.worst)
    }

    /// Prints what comes after the findings of all files.
    pub(super) fn finish(self, out: &mut dyn io::Write) -> io::Result<()> {
        match self.product {
            Product::Findings => self.outlets.finish(out, &mut io::stderr()),
            Product::Differences => Ok(()),
            Product::Text => self.outlets.finish(&mut io::stderr(), &mut io::sink()),
        }
    }
}

/// Whether a finding is about a change itself, wherever that is told.
fn is_of_change(late: &Late) -> bool {
    rules::find(late.finding().rule).is_some_and(Entry::is_about_changes)
}
