//! What files show together, on which findings of single ones may rest.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

use crate::analysis::Facts;
use crate::diagnostic::Circumstance;
use crate::hash::HashMap;

/// What the files of a run show together.
#[derive(Debug)]
pub(crate) struct Circumstances {
    /// The folders of Flux Kustomizations, and the paths that they name.
    flux_folders: BTreeSet<PathBuf>,
    flux_paths: BTreeSet<PathBuf>,
    /// Whether one of the paths leads to a folder, once it was asked.
    applied: RefCell<HashMap<PathBuf, bool>>,
    /// The files with CronJobs that set `timeZone`, up to two of them.
    with_time_zone: Vec<Arc<str>>,
    has_limit_range: bool,
}

impl Circumstances {
    pub(super) fn of<'f>(files: impl Iterator<Item = &'f Facts>) -> Self {
        let mut found = Self {
            flux_folders: BTreeSet::new(),
            flux_paths: BTreeSet::new(),
            applied: RefCell::default(),
            with_time_zone: Vec::new(),
            has_limit_range: false,
        };
        for facts in files {
            if !facts.flux_paths.is_empty() {
                found.flux_folders.extend(Path::new(&*facts.file).parent().map(Path::to_owned));
                found.flux_paths.extend(facts.flux_paths.iter().map(|path| Path::new(&**path).to_owned()));
            }
            let sets_zone = || facts.cron_jobs().any(|(_, cron_job)| cron_job.time_zone.is_some());
            if found.with_time_zone.len() < 2 && sets_zone() {
                found.with_time_zone.push(Arc::clone(&facts.file));
            }
            found.has_limit_range |= facts.has_limit_range;
        }
        found
    }

    /// Whether others hold in the same places, so that the same is said of every file.
    #[cfg(feature = "lsp")]
    pub(crate) fn hold_as(&self, other: &Self) -> bool {
        let zone = |all: &Self| if all.with_time_zone.len() < 2 { all.with_time_zone.first().cloned() } else { None };
        let zones = |all: &Self| (all.with_time_zone.len(), zone(all));
        (&self.flux_folders, &self.flux_paths, self.has_limit_range, zones(self))
            == (&other.flux_folders, &other.flux_paths, other.has_limit_range, zones(other))
    }

    pub(super) fn hold(&self, circumstance: Circumstance, file: &str) -> bool {
        match circumstance {
            Circumstance::AppliedByFlux => {
                let folder = Path::new(file).parent().unwrap_or(Path::new(""));
                let leads_there = || self.flux_paths.iter().any(|path| lies_below(folder, path));
                let mut applied = self.applied.borrow_mut();
                self.flux_folders.contains(folder) || *applied.entry(folder.to_owned()).or_insert_with(leads_there)
            }
            Circumstance::TimeZoneSetElsewhere => self.with_time_zone.iter().any(|other| **other != *file),
            Circumstance::LimitRange => self.has_limit_range,
        }
    }
}

/// Whether a folder is that path of a repository, or below it: where the repository starts, no name tells.
fn lies_below(folder: &Path, path: &Path) -> bool {
    let names = |path: &Path| -> Vec<_> {
        let names = path.components().filter(|part| matches!(part, Component::Normal(_)));
        names.map(|part| part.as_os_str().to_owned()).collect()
    };
    let (folder, path) = (names(folder), names(path));
    !path.is_empty() && folder.windows(path.len()).any(|part| part == path)
}
