//! Examples of several files, each as it is built of the others.

use std::sync::Arc;

use batchlint::config::Config;
use batchlint::kustomize::build::{InMemory, Written, build, joined};
use batchlint::lint::{self, Builds, Report, kustomization, lint};
use batchlint::template::{ChartFile, FileId};
use batchlint::text::{Role, Source};

/// What is found in an example, file by file; its lines stay where they are.
pub(crate) fn checked(name: &str, yaml: &str, config: &Config) -> Vec<(Source, Report)> {
    let files = files(yaml);
    let Some((last, _)) = files.last() else {
        let source = Source::new(name, yaml);
        return vec![(source.clone(), lint(&source, config))];
    };
    if let Some(root) = files.iter().find_map(|(name, _)| name.strip_suffix("Chart.yaml")) {
        return in_chart(root, &files, config);
    }
    let shown = InMemory::of(files.iter().map(|(name, text)| (name.as_str(), text.as_str())));
    let folder = joined("", last.rsplit_once('/').map_or("", |(folder, _)| folder));
    let config = Arc::new(config.clone());
    let builds = Builds::of(&[kustomization(build(&shown, &folder), &config)]);
    let report = |Written { source, .. }: &Written| {
        let mut report = lint(source, &config);
        builds.add_to(&mut report, source, &config);
        (source.clone(), report)
    };
    shown.iter().map(|(_, file)| report(file)).collect()
}

/// What is found in the files of a chart.
fn in_chart(root: &str, files: &[(String, String)], config: &Config) -> Vec<(Source, Report)> {
    let file = |(name, text): &(String, String)| {
        let path = name.strip_prefix(root).unwrap_or(name).to_owned();
        ChartFile { path, source: Source::new(name.as_str(), text.as_str()) }
    };
    let files: Vec<ChartFile> = files.iter().map(file).collect();
    let chart = lint::chart(&files, config);
    let report = |(at, file): (usize, &ChartFile)| {
        let id = FileId::at(at);
        let role = if file.is_template() { Role::Manifest } else { Role::OfChart };
        let report = chart.of_template(id, true).unwrap_or_else(|| {
            let mut report = lint::lint(&file.source.clone().with_role(role), config);
            chart.add_to(&mut report, id);
            report
        });
        (file.source.clone(), report)
    };
    files.iter().enumerate().map(report).collect()
}

/// The documents that are files, each with the lines that it has in the example.
fn files(yaml: &str) -> Vec<(String, String)> {
    let mut files: Vec<(String, String)> = Vec::new();
    for (number, line) in yaml.lines().enumerate() {
        if let Some(name) = line.strip_prefix("# file: ") {
            files.push((name.to_owned(), "\n".repeat(number)));
        }
        let own = if line == "---" { "" } else { line };
        files.last_mut().into_iter().for_each(|(_, text)| text.extend([own, "\n"]));
    }
    files
}
