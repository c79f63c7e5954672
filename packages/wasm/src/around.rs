//! What is around a file: the charts and kustomizations among the files.

use batchlint::analysis::Facts;
use batchlint::config::Config;
use batchlint::diagnostic::Safety;
use batchlint::lint::Report;
use batchlint::mend::Applied;
use batchlint::text::{Role, Source};

use crate::charts::{Chart, CheckedChart};
use crate::check::alone;
use crate::options::File;
use crate::overlays::Overlays;

pub(crate) struct Around {
    chart: Option<CheckedChart>,
    overlays: Overlays,
}

impl Around {
    pub(crate) fn of(files: &[File], config: &Config) -> Self {
        let chart = Chart::of(files).map(|chart| chart.checked(config));
        Self { chart, overlays: Overlays::of(files, config) }
    }

    pub(crate) fn source(&self, name: &str, text: &str) -> Source {
        let source = Source::new(name, text);
        let is_of_chart = self.chart.as_ref().is_some_and(|checked| checked.chart.describes_it(name));
        source.with_role(if is_of_chart { Role::OfChart } else { self.overlays.role(name) })
    }

    /// What is found in a file, and what is to be known of it beside the others.
    pub(crate) fn report(&self, source: &Source, config: &Config) -> (Report, Option<Facts>) {
        if let Some(report) = self.chart.as_ref().and_then(|chart| chart.of_template(source)) {
            return (report, None);
        }
        let (mut report, facts) = alone(source, config);
        self.chart.iter().for_each(|chart| chart.add_to(&mut report, source));
        self.overlays.add_to(&mut report, source);
        (report, Some(facts))
    }

    /// Whether what a file prints is checked in its place.
    pub(crate) fn is_template(&self, source: &Source) -> bool {
        self.chart.as_ref().is_some_and(|chart| chart.of_template(source).is_some())
    }

    /// The files of the chart that fixes of what it prints change, with what is mended in each.
    pub(crate) fn mended(&self, config: &Config, allowed: Safety) -> Vec<(Source, Vec<Applied>)> {
        self.chart.as_ref().map(|checked| checked.chart.mended(config, allowed)).unwrap_or_default()
    }
}
