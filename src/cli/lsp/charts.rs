//! The charts whose files are open: what their templates print is checked with all of their files as they are in the
//! editor, and is told of wherever it is written.

use std::cell::RefCell;
use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::sync::Arc;

use super::checked::Checked;
use super::document::Document;
use super::uris::path_of;
use crate::analysis::{CronJobFacts, Facts, Work, analyse};
use crate::cli::charts;
use crate::config::Config;
use crate::files::{self, ChartOnDisk, Size, whole};
use crate::hash::HashMap;
use crate::lint::{self, ChartReport};
use crate::template::{ChartFile, FileId};
use crate::text::Source;

/// Charts, as they become known.
#[derive(Default)]
pub(super) struct Charts {
    known: RefCell<HashMap<PathBuf, Rc<Chart>>>,
}

struct Chart {
    files: Vec<ChartFile>,
    report: ChartReport,
    /// The CronJobs that its templates print, with the places of their schedules.
    cron_jobs: Vec<CronJobFacts>,
}

impl Charts {
    /// Forgets the charts that a file is a part of, and says which of the open texts are, too.
    pub(super) fn touch(&self, path: &Path, documents: &HashMap<String, Document>) -> Vec<String> {
        let root = files::chart_of(path).map(|(root, _)| root);
        let mut known = self.known.borrow_mut();
        let is_part = |root_of: &PathBuf, chart: &Chart| Some(root_of) == root.as_ref() || chart.has(path);
        let roots: Vec<PathBuf> =
            known.iter().filter(|(root, chart)| is_part(root, chart)).map(|(root, _)| root.clone()).collect();
        let charts: Vec<Rc<Chart>> = roots.iter().filter_map(|root| known.remove(root)).collect();
        let is_meant = |document: &Document| {
            let other = path_of(&document.uri).filter(|other| other != path);
            other.is_some_and(|other| charts.iter().any(|chart| chart.has(&other)))
        };
        documents.iter().filter(|(_, document)| is_meant(document)).map(|(uri, _)| uri.clone()).collect()
    }

    /// Forgets all.
    pub(super) fn forget(&self) {
        self.known.borrow_mut().clear();
    }

    /// Adds to what was found in a text what its chart shows of it.
    pub(super) fn add_to(&self, checked: &mut Checked, path: &Path, documents: &HashMap<String, Document>) {
        let source = checked.analysis.source().clone();
        let Some((chart, file)) = self.of(path, &checked.config, documents) else { return };
        if chart.text(file) != source.text() {
            return;
        }
        let is_manifest = !files::is_template_of_chart(path);
        match chart.report.of_template(file, is_manifest) {
            Some(report) => checked.report = report,
            None => chart.report.add_to(&mut checked.report, file),
        }
        lint::suppress_in_chart(&mut checked.report, &source);
        let is_here = |cron_job: &&CronJobFacts| *cron_job.at.file == *source.name();
        checked.printed = chart.cron_jobs.iter().filter(is_here).cloned().collect();
    }

    /// The chart that a file is a part of, and which of its files that is; of what is given to charts, the first that is
    /// known and has it.
    fn of(
        &self,
        path: &Path,
        config: &Arc<Config>,
        documents: &HashMap<String, Document>,
    ) -> Option<(Rc<Chart>, FileId)> {
        let mut known = self.known.borrow_mut();
        let Some((root, inside)) = files::chart_of(path) else {
            return known.values().find_map(|chart| Some((Rc::clone(chart), chart.place_of(path)?)));
        };
        let chart = known.entry(root).or_insert_with_key(|root| Rc::new(Chart::read(root, config, documents)));
        Some((Rc::clone(chart), chart.file(&inside)?))
    }
}

impl Chart {
    fn read(root: &Path, config: &Arc<Config>, documents: &HashMap<String, Document>) -> Self {
        let mut on_disk = files::read_chart(root, config.chart_values(), Size::default());
        for document in documents.values() {
            stand_in(&mut on_disk, root, document);
        }
        let ChartOnDisk { files, sets } = &on_disk;
        let report = lint::chart_given(files, sets, config);
        let files = files.clone();
        let printed = charts::Chart::rendered(on_disk, config).map(|chart| cron_jobs(&chart, config));
        Self { files, report, cron_jobs: printed.unwrap_or_default() }
    }

    fn file(&self, inside: &str) -> Option<FileId> {
        let at = self.files.binary_search_by(|file| (*file.path).cmp(inside)).ok()?;
        Some(FileId::at(at))
    }

    fn text(&self, file: FileId) -> &str {
        self.files[file.index()].source.text()
    }

    fn has(&self, path: &Path) -> bool {
        self.place_of(path).is_some()
    }

    fn place_of(&self, path: &Path) -> Option<FileId> {
        let at = self.files.iter().position(|file| whole(Path::new(file.source.name())) == path)?;
        Some(FileId::at(at))
    }
}

/// Puts a text in the place of its file; one that was not saved yet is a file of the chart that it would be in.
fn stand_in(chart: &mut ChartOnDisk, root: &Path, document: &Document) {
    let Some(path) = path_of(&document.uri) else { return };
    let text = document.source.shared_text();
    if let Some(file) = chart.files.iter_mut().find(|file| whole(Path::new(file.source.name())) == path) {
        file.source = Source::new(file.source.shared_name(), text);
    } else if let Some((_, inside)) = files::chart_of(&path).filter(|(own, _)| own == root) {
        chart.stand_in(ChartFile { path: inside, source: Source::new(document.source.shared_name(), text) });
    }
}

fn cron_jobs(chart: &charts::Chart, config: &Config) -> Vec<CronJobFacts> {
    let mut cron_jobs = Vec::new();
    for printed in chart.all_printed() {
        let analysis = analyse(printed.source(), config.settings());
        for object in Facts::of(&analysis).moved(|at| printed.written(at), |at| printed.words(at)).objects {
            if let Work::CronJob(facts) = object.work {
                cron_jobs.push(*facts);
            }
        }
    }
    cron_jobs
}
