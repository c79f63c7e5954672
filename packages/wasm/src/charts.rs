//! A chart among the files: where there is a `Chart.yaml`, what lies beside it and below is one.

use std::path::Path;

use batchlint::Source;
use batchlint::analysis::Settings;
use batchlint::config::Config;
use batchlint::diagnostic::Safety;
use batchlint::lint::{self, ChartReport, Report};
use batchlint::mend::{Applied, ChartMending, MendedChart, mend_chart};
use batchlint::template::{ChartFile, FileId, Given, Output, Release, Rendered, name_of_chart, render_given};

use crate::options::File;

pub(crate) struct Chart {
    /// The folder, with the slash behind it.
    root: String,
    files: Vec<ChartFile>,
}

/// A chart, and what is found in it.
pub(crate) struct CheckedChart {
    pub(crate) chart: Chart,
    report: ChartReport,
}

impl Chart {
    /// The outermost chart.
    pub(crate) fn of(files: &[File]) -> Option<Self> {
        let roots = files.iter().filter_map(|file| file.name.strip_suffix("Chart.yaml"));
        let root =
            roots.filter(|root| root.is_empty() || root.ends_with('/')).min_by_key(|root| root.len())?.to_owned();
        let inside = |file: &File| {
            let path = file.name.strip_prefix(&root)?.to_owned();
            Some(ChartFile { path, source: Source::new(file.name.as_str(), file.text.as_str()) })
        };
        let mut files: Vec<ChartFile> = files.iter().filter_map(inside).collect();
        files.sort_by(|one, other| one.path.cmp(&other.path));
        Some(Self { root, files })
    }

    pub(crate) fn checked(self, config: &Config) -> CheckedChart {
        CheckedChart { report: lint::chart(&self.files, config), chart: self }
    }

    /// What its templates print with its own values, as far as helm gets.
    pub(crate) fn printed(&self, settings: &Settings) -> Vec<Source> {
        let mut release = Release::of(u32::from(settings.kubernetes.minor()));
        release.name = name_of_chart(&self.files).unwrap_or(release.name);
        let rendered = render_given(&self.files, &Given::default(), &release);
        let name = |output: &Output<'_>| self.files[output.file.index()].source.shared_name();
        let sources = |rendered: Rendered| rendered.outputs().map(|output| output.source(name(&output))).collect();
        rendered.map(sources).unwrap_or_default()
    }

    /// Whether it has this file.
    pub(crate) fn has(&self, name: &str) -> bool {
        name.starts_with(&self.root)
    }

    /// Whether it says something of the chart and its values, and is no manifest.
    pub(crate) fn describes_it(&self, name: &str) -> bool {
        let Some(path) = name.strip_prefix(&self.root) else { return false };
        let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
        // A chart's tests have values of their own.
        let folder = if folder == "ci" { "" } else { folder.strip_suffix("/ci").unwrap_or(folder) };
        let is_chart = |folder: &str| {
            let path = if folder.is_empty() { "Chart.yaml".to_owned() } else { format!("{folder}/Chart.yaml") };
            self.files.iter().any(|file| file.path == path)
        };
        let is_named = name.contains("values") || matches!(name, "Chart.yaml" | "requirements.yaml");
        is_named && is_chart(folder)
    }

    /// The files that fixes of what it prints change, with what is mended in each.
    pub(crate) fn mended(&self, config: &Config, allowed: Safety) -> Vec<(Source, Vec<Applied>)> {
        let given = Given::default();
        let how = ChartMending { given: &given, config, allowed, is_asked: &|_| true, may_change: &|_| true };
        let MendedChart { files, applied, .. } = mend_chart(&self.files, how);
        let changed = self.files.iter().zip(files).enumerate();
        let changed = changed.filter(|(_, (before, after))| before.source.text() != after.source.text());
        let of_file = |at: usize| applied.iter().filter(move |(file, _)| file.index() == at);
        changed
            .map(|(at, (_, after))| (after.source, of_file(at).map(|(_, applied)| applied.clone()).collect()))
            .collect()
    }

    fn file(&self, source: &Source) -> Option<FileId> {
        let path = source.name().strip_prefix(&self.root)?;
        self.files.binary_search_by(|file| (*file.path).cmp(path)).ok().map(FileId::at)
    }
}

impl CheckedChart {
    /// What there is to say of a template.
    pub(crate) fn of_template(&self, source: &Source) -> Option<Report> {
        let is_manifest = Path::new(source.name()).extension().is_some_and(|end| end == "yaml" || end == "yml");
        let mut report = self.report.of_template(self.chart.file(source)?, is_manifest)?;
        lint::suppress_in_chart(&mut report, source);
        Some(report)
    }

    /// Adds what the chart shows of a file to what is found in its own text.
    pub(crate) fn add_to(&self, report: &mut Report, source: &Source) {
        if let Some(file) = self.chart.file(source) {
            self.report.add_to(report, file);
            lint::suppress_in_chart(report, source);
        }
    }
}
