//! The charts that files belong to: each is rendered once, by whoever comes first.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use crate::analysis::Facts;
use crate::config::Config;
use crate::diagnostic::{Finding, Place};
use crate::files::{self, ChartOnDisk, Input, Size};
use crate::hash::HashMap;
use crate::lint::{self, ChartReport, Report};
use crate::rule::Entry;
use crate::rules;
use crate::sort;
use crate::template::{ChartFile, FileId};
use crate::text::{Lines, Source};
use crate::yaml;

/// Charts, as they become known.
pub(super) struct Charts {
    /// The most that is read of a file.
    most: Size,
    known: Mutex<HashMap<Key, Shared>>,
    beside: Mutex<Beside>,
    /// The chart that standard input may be printed of, and what is found in that.
    stream: Option<PathBuf>,
    streamed: OnceLock<(Chart, Vec<String>)>,
}

/// A chart's folder, the configuration that it is checked with, and whether standard input stands in for a file of it.
#[derive(PartialEq, Eq, Hash)]
struct Key {
    root: PathBuf,
    config: usize,
    has_stdin: bool,
}

/// A file that stands elsewhere, in each chart that it is a part of.
type Beside = HashMap<PathBuf, Vec<(Shared, FileId)>>;

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
    /// No charts yet, and the folder of the one that standard input may be printed of.
    pub(super) fn new(most: Size, stream: Option<PathBuf>) -> Self {
        Self { most, known: Mutex::default(), beside: Mutex::default(), stream, streamed: OnceLock::new() }
    }

    /// Moves what is found in standard input to the chart that it was printed of.
    pub(super) fn take_stream(&self, report: &mut Report, source: &Source, config: &Config) {
        let Some(root) = &self.stream else { return };
        let ChartOnDisk { files, sets } = files::read_chart(root, config.chart_values(), self.most);
        let given = sets.into_iter().next().unwrap_or_default();
        let (report, others) = lint::of_stream(report, source, (&files, &given), config);
        self.streamed.get_or_init(|| (Chart { files, report, asked: Mutex::default() }, others));
    }

    /// The templates that print something else than standard input has of them.
    pub(super) fn otherwise(&self) -> &[String] {
        self.streamed.get().map_or(&[], |(_, others)| others)
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
            let mut on_disk = files::read_chart(&root, config.chart_values(), self.most);
            if has_stdin {
                on_disk.stand_in(ChartFile { path: path.clone(), source: source.clone() });
            }
            let ChartOnDisk { files, sets } = on_disk;
            let report = lint::chart_given(&files, &sets, config);
            self.note(&shared, &root, &files);
            Chart { files, report, asked: Mutex::default() }
        });
        let at = chart.at(&path)?;
        if chart.files[at].source.text() != source.text() {
            return None;
        }
        let file = FileId::at(at);
        chart.asked().insert(file);
        Some(InChart { chart: shared, file })
    }

    /// Notes which files of a chart are not known by their folders.
    fn note(&self, shared: &Shared, root: &Path, files: &[ChartFile]) {
        let root = files::whole(root);
        let places = files.iter().map(|file| (file, files::whole(Path::new(file.source.name())))).enumerate();
        let is_elsewhere = |file: &ChartFile, place: &Path| !place.starts_with(&root) || file.path.starts_with("ci/");
        let elsewhere: Vec<_> = places.filter(|(_, (file, place))| is_elsewhere(file, place)).collect();
        if elsewhere.is_empty() {
            return;
        }
        let mut beside = self.beside.lock().unwrap_or_else(PoisonError::into_inner);
        for (at, (_, place)) in elsewhere {
            let file = FileId::at(at);
            beside.entry(place).or_default().push((Arc::clone(shared), file));
        }
    }

    /// What the files that were asked for show of one that was not, and what other charts show of any.
    pub(super) fn elsewhere(&self, path: &Path) -> Option<(Source, Report)> {
        let own = files::chart_of(path).map(|(root, inside)| (self.of_root(&root), inside));
        let (charts, inside) = own.unwrap_or_default();
        let charts: Vec<&Chart> = charts.iter().filter_map(|chart| chart.get()).collect();
        let beside = self.beside.lock().unwrap_or_else(PoisonError::into_inner);
        let others = beside.get(&files::whole(path)).into_iter().flatten();
        let others = others.filter_map(|(chart, file)| Some((chart.get()?, *file)));
        let shown = others.filter_map(|(chart, file)| {
            let (source, mut report) = chart.elsewhere(file)?;
            // What its own chart shows, too, is said there.
            let is_known = |finding: &Finding| charts.iter().any(|own| own.says(&inside, finding));
            report.findings.retain(|finding| !is_known(finding));
            report.suppressed.retain(|finding| !is_known(finding));
            Some((source, report))
        });
        let own = charts.iter().filter_map(|chart| chart.elsewhere(chart.file(&inside)?));
        let streamed = self.streamed.get().and_then(|(chart, _)| chart.elsewhere_of_stream(path));
        let all = own.chain(shown).chain(streamed).reduce(|(source, all), (_, more)| {
            let suppressed = all.suppressed.into_iter().chain(more.suppressed).collect();
            let findings = all.findings.into_iter().chain(more.findings).collect();
            let mut report = Report::new(Arc::new(yaml::parse("")), findings, Vec::new());
            report.suppressed = suppressed;
            (source, report)
        });
        all.filter(|(_, report)| !report.findings.is_empty() || !report.suppressed.is_empty())
    }

    /// How often each template of a chart was rendered, and which of its branches never were; in order of their names.
    pub(super) fn tried(&self) -> Vec<String> {
        let known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        let charts = known.values().filter_map(|chart| chart.get());
        let mut lines: Vec<String> = charts.flat_map(Chart::tried).collect();
        sort::ascending(&mut lines);
        lines
    }

    fn of_root(&self, root: &Path) -> Vec<Shared> {
        let known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        known.iter().filter(|(key, _)| key.root == root).map(|(_, chart)| Arc::clone(chart)).collect()
    }
}

impl InChart {
    /// What there is to say of it if it is a template, and no manifest itself.
    pub(super) fn of_template(&self, input: &Input, source: &Source) -> Option<Report> {
        let is_manifest = !files::is_template_of_chart(input.path());
        let mut report = self.chart.get()?.report.of_template(self.file, is_manifest)?;
        lint::suppress_in_chart(&mut report, source);
        leave_to_all(&mut report);
        Some(report)
    }

    /// What checks over all files need of what the template prints.
    pub(super) fn facts(&self) -> Option<Facts> {
        self.chart.get()?.report.facts(self.file).cloned()
    }

    /// Adds what the chart shows of it to what is found in its own text, unless that was changed meanwhile.
    pub(super) fn add_to(&self, report: &mut Report, source: &Source) {
        let Some(chart) = self.chart.get() else { return };
        if chart.files[self.file.index()].source.text() == source.text() {
            chart.report.add_to(report, self.file);
            lint::suppress_in_chart(report, source);
            leave_to_all(report);
        }
    }
}

/// Takes out what is found over all files: it is found with the others.
fn leave_to_all(report: &mut Report) {
    let is_meant = |finding: &Finding| {
        let is_over_all = rules::find(finding.rule).is_some_and(Entry::is_over_all_files);
        finding.template.is_none() || !is_over_all
    };
    report.findings.retain(is_meant);
    report.suppressed.retain(is_meant);
}

impl Chart {
    fn at(&self, path: &str) -> Option<usize> {
        self.files.binary_search_by(|file| (*file.path).cmp(path)).ok()
    }

    /// How often its templates were rendered.
    fn tried(&self) -> impl Iterator<Item = String> {
        self.report.tried().iter().filter_map(|tried| {
            let source = &self.files.get(tried.file.index())?.source;
            let given = if tried.given {
                "with the values that are given"
            } else {
                "with nothing to show for the values that are given"
            };
            let mut line = format!("{}: rendered {given}", source.name());
            let others = [(tried.on, "for what those leave out"), (tried.assumed, "for branches")];
            for (count, why) in others.into_iter().filter(|(count, _)| *count > 0) {
                line += &format!(", {} {why}", times(count));
            }
            let lines = Lines::new(source.text());
            let own = tried.left.iter().filter(|(file, _)| *file == tried.file);
            let mut left: Vec<u32> = own.map(|(_, span)| lines.position(span.start).line).collect();
            sort::ascending(&mut left);
            left.dedup();
            if !left.is_empty() {
                let left: Vec<String> = left.iter().map(u32::to_string).collect();
                line += &format!("; not entered: line{} {}", if left.len() == 1 { "" } else { "s" }, left.join(", "));
            }
            Some(line)
        })
    }

    fn asked(&self) -> std::sync::MutexGuard<'_, BTreeSet<FileId>> {
        self.asked.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn file(&self, path: &str) -> Option<FileId> {
        Some(FileId::at(self.at(path)?))
    }

    /// Whether it shows the same of a file of that path.
    fn says(&self, path: &str, finding: &Finding) -> bool {
        let is_same =
            |own: &Finding| (own.rule, own.span, &own.message) == (finding.rule, finding.span, &finding.message);
        self.file(path).is_some_and(|file| !self.report.shown(file, is_same).findings.is_empty())
    }

    /// What standard input shows of a file.
    fn elsewhere_of_stream(&self, path: &Path) -> Option<(Source, Report)> {
        let is_it = |file: &ChartFile| files::whole(Path::new(file.source.name())) == files::whole(path);
        let at = self.files.iter().position(is_it)?;
        let mut report = self.report.shown(FileId::at(at), |_| true);
        lint::suppress_in_chart(&mut report, &self.files[at].source);
        Some((self.files[at].source.clone(), report))
    }

    fn elsewhere(&self, file: FileId) -> Option<(Source, Report)> {
        let (at, asked) = (file.index(), self.asked());
        if asked.contains(&file) {
            return None;
        }
        let names: Vec<&str> = asked.iter().filter_map(|file| self.files.get(file.index())).map(name).collect();
        let mut report = self.report.shown(file, |finding| is_shown_by(finding, &names));
        lint::suppress_in_chart(&mut report, &self.files[at].source);
        leave_to_all(&mut report);
        Some((self.files[at].source.clone(), report))
    }
}

fn times(count: usize) -> String {
    match count {
        1 => "once".to_owned(),
        2 => "twice".to_owned(),
        count => format!("{count} times"),
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
