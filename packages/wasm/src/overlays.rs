//! Kustomizations among the files: what they build is checked in the place of what it is built of.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use batchlint::Source;
use batchlint::config::Config;
use batchlint::kustomize::build::{Built, InMemory, Unbuilt, build, joined};
use batchlint::kustomize::{Kustomization, is_file_name};
use batchlint::lint::{Builds, Report, kustomization};
use batchlint::text::Role;

use crate::options::File;

/// What kustomizations build of files, checked.
pub(crate) struct Overlays {
    config: Arc<Config>,
    builds: Builds,
    kustomizations: Kustomizations,
}

/// What kustomizations say of files.
struct Kustomizations {
    files: InMemory,
    /// By their places, the files that are patches, with the kinds that targets name.
    patches: BTreeMap<String, BTreeSet<Box<str>>>,
    /// The folders that no other takes.
    roots: Vec<String>,
}

/// What kustomizations build of files.
pub(crate) fn built(files: &[File]) -> Vec<Built> {
    Kustomizations::of(files).built().filter_map(Result::ok).collect()
}

impl Kustomizations {
    fn of(files: &[File]) -> Self {
        let files = InMemory::of(files.iter().map(|file| (file.name.as_str(), file.text.as_str())));
        let (mut patches, mut taken) = (BTreeMap::<String, BTreeSet<Box<str>>>::new(), BTreeSet::new());
        let mut folders = BTreeSet::new();
        for (place, file) in files.iter() {
            let folder = folder_of(place);
            folders.extend(is_file_name(place).then(|| folder.to_owned()));
            let documents = file.yaml.documents.iter();
            for named in documents.filter_map(|document| Kustomization::of(document, file.source.name())) {
                taken.extend(named.resources.iter().map(|path| joined(folder, path)));
                for (path, kinds) in named.patch_files() {
                    patches.entry(joined(folder, path)).or_default().extend(kinds);
                }
            }
        }
        // What is taken as it is, too, is an object.
        patches.retain(|place, _| !taken.contains(place));
        let roots = folders.into_iter().filter(|folder| !taken.contains(folder)).collect();
        Self { files, patches, roots }
    }

    fn built(&self) -> impl Iterator<Item = Result<Built, Unbuilt>> {
        self.roots.iter().map(|folder| build(&self.files, folder))
    }
}

impl Overlays {
    pub(crate) fn of(files: &[File], config: &Config) -> Self {
        let (kustomizations, config) = (Kustomizations::of(files), Arc::new(config.clone()));
        let builds: Vec<_> = kustomizations.built().map(|built| kustomization(built, &config)).collect();
        Self { builds: Builds::of(&builds), config, kustomizations }
    }

    /// What a file is by what kustomizations say.
    pub(crate) fn role(&self, name: &str) -> Role {
        let kinds = self.kustomizations.patches.get(&joined("", name));
        kinds.map_or(Role::Manifest, |kinds| Role::Patch { kinds: kinds.iter().cloned().collect() })
    }

    /// Adds what is built of a file to what is found in its own text.
    pub(crate) fn add_to(&self, report: &mut Report, source: &Source) {
        self.builds.add_to(report, source, &self.config);
    }
}

fn folder_of(place: &str) -> &str {
    place.rsplit_once('/').map_or("", |(folder, _)| folder)
}
