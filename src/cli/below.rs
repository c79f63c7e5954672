//! All manifests below the paths of a command, each read as its configuration says.

use std::path::PathBuf;
use std::sync::Arc;

use super::charts::{Charts, Printed};
use super::configuration::{self, Configurations, Faults};
use super::overlays::Overlays;
use super::reading::Reading;
use super::zone::zone;
use super::{Status, complain_of};
use crate::analysis::{Analysis, Facts, Settings, analyse};
use crate::config::{Config, Layer, Said};
use crate::files::{self, Input, Patches};
use crate::k8s::Version;
use crate::kustomize::build::Built;
use crate::render::STDIN;
use crate::schedule::{Instant, Zone};
use crate::text::{Location, Source, Span};

/// What there is to read, and what the command line says of it.
#[derive(Debug, clap::Args)]
pub(super) struct Below {
    /// Files, pipes, folders, or `-` for standard input, as for `check`
    #[arg(value_name = "PATH", default_value = ".")]
    paths: Vec<PathBuf>,

    #[command(flatten)]
    pub(super) reading: Reading,

    /// The zone of the CronJob controller, in which schedules without `timeZone` are read; else UTC is assumed
    #[arg(long, value_name = "ZONE", value_parser = zone)]
    controller_time_zone: Option<Zone>,

    /// The Kubernetes version whose API server is asked, the newest without it: what it refuses never runs
    #[arg(long, value_name = "VERSION")]
    kubernetes_version: Option<Version>,

    #[command(flatten)]
    configuration: configuration::Arguments,

    #[command(flatten)]
    values: configuration::Values,
}

/// A text that was read: a file's, what a template of a chart prints, or what a kustomization builds.
pub(super) struct Read<'r> {
    pub(super) analysis: &'r Analysis,
    pub(super) config: &'r Config,
    home: Home<'r>,
}

/// Where a text that was read is written.
#[derive(Clone, Copy)]
enum Home<'r> {
    /// In a file, of which kustomizations build these stretches.
    File(&'r [Span]),
    /// In the files of a chart.
    Chart(Printed<'r>),
    /// In those that a kustomization is made of.
    Kustomization(&'r Built),
}

impl Read<'_> {
    /// Where something of it is written.
    pub(super) fn written(&self, at: &Location) -> Location {
        match self.home {
            Home::File(_) => at.clone(),
            Home::Chart(printed) => printed.written(at),
            Home::Kustomization(built) => built.location(at.span()).unwrap_or_else(|| at.clone()),
        }
    }

    /// What stands where something of it is written that is not known before.
    pub(super) fn words(&self, at: &Location) -> Option<String> {
        match self.home {
            Home::Chart(printed) => printed.words(at),
            Home::File(_) | Home::Kustomization(_) => None,
        }
    }

    /// All that is known of it, at the places where it is written.
    pub(super) fn facts(&self) -> Facts {
        let mut facts = Facts::of(self.analysis);
        if !self.is_own() {
            return facts.moved(|at| self.written(at), |at| self.words(at));
        }
        facts.objects.retain(|object| !self.is_built(object.document));
        facts
    }

    /// Whether a kustomization builds something of a document: that is what there is of it.
    pub(super) fn is_built(&self, document: usize) -> bool {
        let Home::File(covered) = self.home else { return false };
        let span = self.analysis.file().documents.get(document).map(|document| document.span);
        span.is_some_and(|span| covered.iter().any(|covered| covered.meets(span)))
    }

    /// Whether it is a file's own text.
    pub(super) const fn is_own(&self) -> bool {
        matches!(self.home, Home::File(_))
    }
}

impl Below {
    /// What lies below a path, with what charts are given, and in which zone the controller is.
    pub(super) fn of(path: PathBuf, values: configuration::Values, controller_time_zone: Option<Zone>) -> Self {
        let (reading, configuration) = (Reading::default(), configuration::Arguments::default());
        Self { paths: vec![path], reading, controller_time_zone, kubernetes_version: None, configuration, values }
    }

    /// Reads one text after the other, as at an instant; what cannot be read is complained about.
    pub(super) fn each(&self, now: Instant, mut take: impl FnMut(&Read<'_>)) -> Result<Status, Faults> {
        let layer = Layer {
            kubernetes_version: self.kubernetes_version.map(Said::aside),
            controller_time_zone: self.controller_time_zone.map(Said::aside),
            ..Layer::default()
        };
        let layer = self.values.add_to(layer);
        let mut configurations = Configurations::new(&self.configuration, Settings::at(now), layer)?;
        configurations.reads_charts = true;
        let mut status = Status::Clean;
        let (inputs, most) = (configurations.find(&self.paths, STDIN, None)?, self.reading.max_file_size);
        let patches = Patches::around(inputs.iter().flatten().map(Input::path), most);
        let mut charts = Charts::new(most);
        let overlays = Overlays::around(inputs.iter().flatten(), &patches, most);
        for input in inputs {
            let input = match input {
                Ok(input) => input,
                Err(error) => {
                    status = status.max(complain_of(&error));
                    continue;
                }
            };
            let Some(config) = configurations.of_wanted(input.path(), input.is_named())? else { continue };
            if let Some((chart, file)) = charts.of(&input, &config) {
                for printed in chart.printed(file) {
                    let analysis = analyse(printed.source(), config.settings());
                    take(&Read { analysis: &analysis, config: &config, home: Home::Chart(printed) });
                }
                continue;
            }
            match files::read(&input, most) {
                Ok(source) => {
                    let source = source.with_role(patches.role(input.path()));
                    let analysis = analyse(source, config.settings());
                    let home = Home::File(overlays.covered(input.path()));
                    take(&Read { analysis: &analysis, config: &config, home });
                }
                Err(error) => status = status.max(complain_of(&error)),
            }
        }
        for (folder, built) in overlays.built() {
            let config = configurations.of(&folder.join("kustomization.yaml"))?;
            let name = built.sources.first().map_or_else(|| Arc::from(""), Source::shared_name);
            let analysis = analyse(Source::new(name, built.text.as_str()), config.settings());
            take(&Read { analysis: &analysis, config: &config, home: Home::Kustomization(built) });
        }
        Ok(status)
    }

    /// What is said of the clusters, for a text that is in no file.
    pub(super) fn settings(&self, now: Instant) -> Settings {
        let settings = Settings::at(now).with_controller_zone(self.controller_time_zone);
        settings.with_kubernetes(self.kubernetes_version.unwrap_or(settings.kubernetes))
    }
}
