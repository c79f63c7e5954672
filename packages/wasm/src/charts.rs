//! A chart among the files: where there is a `Chart.yaml`, what lies beside it and below is one.

use std::path::Path;

use batchlint::Source;
use batchlint::config::Config;
use batchlint::lint::{self, ChartReport, Report};
use batchlint::template::{ChartFile, FileId};

use crate::options::File;

pub(crate) struct Chart {
    /// The folder, with the slash behind it.
    root: String,
    files: Vec<ChartFile>,
    report: ChartReport,
}

impl Chart {
    /// The outermost chart.
    pub(crate) fn of(files: &[File], config: &Config) -> Option<Self> {
        let roots = files.iter().filter_map(|file| file.name.strip_suffix("Chart.yaml"));
        let root =
            roots.filter(|root| root.is_empty() || root.ends_with('/')).min_by_key(|root| root.len())?.to_owned();
        let inside = |file: &File| {
            let path = file.name.strip_prefix(&root)?.to_owned();
            Some(ChartFile { path, source: Source::new(file.name.as_str(), file.text.as_str()) })
        };
        let mut files: Vec<ChartFile> = files.iter().filter_map(inside).collect();
        files.sort_by(|one, other| one.path.cmp(&other.path));
        let report = lint::chart(&files, config);
        Some(Self { root, files, report })
    }

    /// What there is to say of a template.
    pub(crate) fn of_template(&self, source: &Source) -> Option<Report> {
        let is_manifest = Path::new(source.name()).extension().is_some_and(|end| end == "yaml" || end == "yml");
        let mut report = self.report.of_template(self.file(source)?, is_manifest)?;
        lint::suppress_in_chart(&mut report, source);
        Some(report)
    }

    /// Adds what the chart shows of a file to what is found in its own text.
    pub(crate) fn add_to(&self, report: &mut Report, source: &Source) {
        if let Some(file) = self.file(source) {
            self.report.add_to(report, file);
            lint::suppress_in_chart(report, source);
        }
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

    fn file(&self, source: &Source) -> Option<FileId> {
        let path = source.name().strip_prefix(&self.root)?;
        self.files.binary_search_by(|file| (*file.path).cmp(path)).ok().map(FileId::at)
    }
}
