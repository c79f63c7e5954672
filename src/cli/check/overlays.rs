//! What the kustomizations around the files build, checked before any file is told of.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::config::Config;
use crate::files::Texts;
use crate::kustomize::build;
use crate::kustomize::is_file_name;
use crate::lint::{self, Build, Builds, Report};
use crate::text::Source;

/// A folder to build.
pub(super) struct Overlay {
    pub(super) folder: PathBuf,
    pub(super) config: Arc<Config>,
}

/// What builds show.
#[derive(Default)]
pub(super) struct Overlays {
    builds: Builds,
    /// The kustomizations that were asked for.
    asked: BTreeSet<Arc<str>>,
    /// Why some were not built, each with its folder.
    pub(super) unbuilt: Vec<(String, String)>,
}

impl Overlay {
    /// Builds and checks it.
    pub(super) fn check(&self, texts: &Texts) -> Build {
        let folder = self.folder.to_string_lossy();
        lint::kustomization(build::build(texts, &folder), &self.config)
    }
}

impl Overlays {
    /// What builds show together, those of some folders in their order.
    pub(super) fn of<'i>(
        overlays: &[Overlay],
        builds: &[Build],
        texts: &Texts,
        inputs: impl Iterator<Item = &'i Path>,
    ) -> Self {
        let asked = inputs.filter(|path| path.to_str().is_some_and(is_file_name));
        let asked = asked.map(|path| Arc::from(path.display().to_string())).collect();
        let unbuilt = overlays
            .iter()
            .zip(builds)
            .filter_map(|(overlay, build)| Some((texts.name(&overlay.folder), build.unbuilt.clone()?)));
        Self { builds: Builds::of(builds), asked, unbuilt: unbuilt.collect() }
    }

    /// Adds what is built of a file to what is found in its own text.
    pub(super) fn add_to(&self, report: &mut Report, source: &Source, config: &Arc<Config>) {
        self.builds.add_to(report, source, config);
    }

    /// What the kustomizations that were asked for show of a file that was not.
    pub(super) fn elsewhere(&self, path: &Path) -> Option<(Source, Report)> {
        self.builds.shown(&path.display().to_string(), &self.asked)
    }
}
