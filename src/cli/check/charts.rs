//! The charts that files belong to: each is rendered once, by whoever comes first.

use std::collections::{BTreeSet, HashMap};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use crate::config::Config;
use crate::diagnostic::{Finding, Place};
use crate::files::{self, Input, Size};
use crate::lint::{self, ChartReport, Report};
use crate::template::{ChartFile, FileId};
use crate::text::Source;
use crate::yaml;

/// Charts, as they become known.
pub(super) struct Charts {
    /// The most that is read of a file.
    most: Size,
    known: Mutex<HashMap<Key, Shared>>,
}

/// A chart's folder, the configuration that it is checked with, and whether standard input stands in for a file of it.
#[derive(PartialEq, Eq, Hash)]
struct Key {
    root: PathBuf,
    config: usize,
    has_stdin: bool,
}

/// A chart that the first who asks for it renders.
type Shared = Arc<OnceLock<Chart>>;

/// A file of a chart.
pub(super) struct InChart {
    chart: Shared,
    file: FileId,
}

struct Chart {
    files: Vec<ChartFile>,
    report: ChartReport,
    /// The files that were asked for.
    asked: Mutex<BTreeSet<FileId>>,
}

impl Charts {
    pub(super) fn new(most: Size) -> Self {
        Self { most, known: Mutex::default() }
    }

    /// The chart that a file belongs to, whose text is the same there.
    pub(super) fn of(&self, input: &Input, source: &Source, config: &Arc<Config>) -> Option<InChart> {
        let (root, path) = files::chart_of(input.path())?;
        let has_stdin = matches!(input, Input::Stdin(_));
        let key = Key { root: root.clone(), config: Arc::as_ptr(config) as usize, has_stdin };
        let shared = {
            let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
            Arc::clone(known.entry(key).or_default())
        };
        let chart = shared.get_or_init(|| {
            let mut files = files::files_of_chart(&root, self.most);
            if has_stdin {
                stand_in(&mut files, ChartFile { path: path.clone(), source: source.clone() });
            }
            let report = lint::chart(&files, config);
            Chart { files, report, asked: Mutex::default() }
        });
        let at = chart.at(&path)?;
        if chart.files[at].source.text() != source.text() {
            return None;
        }
        let file = FileId(u32::try_from(at).unwrap_or(u32::MAX));
        chart.asked().insert(file);
        Some(InChart { chart: shared, file })
    }

    /// What the files that were asked for show of one that was not.
    pub(super) fn elsewhere(&self, path: &Path) -> Option<(Source, Report)> {
        let (root, inside) = files::chart_of(path)?;
        let known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        let charts = known.iter().filter(|(key, _)| key.root == root).filter_map(|(_, chart)| chart.get());
        charts.filter_map(|chart| chart.elsewhere(&inside)).reduce(|(source, all), (_, more)| {
            let findings = all.findings.into_iter().chain(more.findings).collect();
            (source, Report::new(Arc::new(yaml::parse("")), findings, Vec::new()))
        })
    }
}

impl InChart {
    /// What there is to say of it if it is a template, and no manifest itself.
    pub(super) fn of_template(&self, input: &Input, source: &Source) -> Option<Report> {
        let is_manifest = !files::is_template_of_chart(input.path());
        let mut report = self.chart.get()?.report.of_template(self.file, is_manifest)?;
        lint::suppress_in_chart(&mut report, source);
        Some(report)
    }

    /// Adds what the chart shows of it to what is found in its own text, unless that was changed meanwhile.
    pub(super) fn add_to(&self, report: &mut Report, source: &Source) {
        let Some(chart) = self.chart.get() else { return };
        if chart.files[self.file.0 as usize].source.text() == source.text() {
            chart.report.add_to(report, self.file);
            lint::suppress_in_chart(report, source);
        }
    }
}

/// Puts a file in the place of the one of the same path.
fn stand_in(files: &mut Vec<ChartFile>, file: ChartFile) {
    match files.binary_search_by(|one| one.path.cmp(&file.path)) {
        Ok(at) => files[at] = file,
        Err(at) => files.insert(at, file),
    }
}

impl Chart {
    fn at(&self, path: &str) -> Option<usize> {
        self.files.binary_search_by(|file| (*file.path).cmp(path)).ok()
    }

    fn asked(&self) -> std::sync::MutexGuard<'_, BTreeSet<FileId>> {
        self.asked.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn elsewhere(&self, path: &str) -> Option<(Source, Report)> {
        let (at, asked) = (self.at(path)?, self.asked());
        let file = FileId(u32::try_from(at).unwrap_or(u32::MAX));
        if asked.contains(&file) {
            return None;
        }
        let names: Vec<&str> = asked.iter().filter_map(|file| self.files.get(file.0 as usize)).map(name).collect();
        let mut report = self.report.shown(file, |finding| is_shown_by(finding, &names));
        lint::suppress_in_chart(&mut report, &self.files[at].source);
        let is_something = !report.findings.is_empty() || !report.suppressed.is_empty();
        is_something.then(|| (self.files[at].source.clone(), report))
    }
}

fn name(file: &ChartFile) -> &str {
    file.source.name()
}

/// Whether one of these files printed what a finding is about, or leads there.
fn is_shown_by(finding: &Finding, names: &[&str]) -> bool {
    let mut ways = finding.labels.iter().filter_map(|label| match &label.place {
        Place::Elsewhere(location) => Some(&*location.file),
        Place::Here(_) => None,
    });
    match &finding.template {
        Some(template) => names.contains(&&*template.file),
        None => ways.any(|file| names.contains(&file)),
    }
}
