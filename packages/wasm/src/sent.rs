//! What reaches Kubernetes of files.

use batchlint::Source;
use batchlint::analysis::Settings;

use crate::charts::Chart;
use crate::options::File;
use crate::overlays;

/// What the templates of a chart print, what kustomizations build, and what else there is as it stands.
pub(crate) fn sent(files: &[File], settings: &Settings) -> Vec<Source> {
    let chart = Chart::of(files);
    let built = overlays::built(files);
    let is_taken = |name: &str| {
        chart.as_ref().is_some_and(|chart| chart.has(name))
            || built.iter().any(|built| built.sources.iter().any(|source| source.name() == name))
    };
    let rest = files.iter().filter(|file| !is_taken(&file.name));
    let rest = rest.map(|file| Source::new(file.name.as_str(), file.text.as_str()));
    let named = |source: &Source| source.shared_name();
    let overlays =
        built.iter().filter_map(|built| Some(Source::new(built.sources.first().map(named)?, built.text.as_str())));
    chart.iter().flat_map(|chart| chart.printed(settings)).chain(overlays).chain(rest).collect()
}
