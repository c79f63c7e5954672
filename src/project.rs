//! Many files together: what is known of each, and what can be said only when all were read.

mod suppressing;

use std::cell::RefCell;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

use crate::analysis::Facts;
use crate::config::Config;
use crate::diagnostic::{Circumstance, Late};
use crate::rule::{Check, Fleet, FleetFindings};
use crate::sort;

/// How much of what belongs together was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub enum Scope {
    /// All of it: a folder, or what a program writes to standard input.
    Whole,
    /// A part: single files, those of a commit.
    Part,
}

/// What is known of the files of a run. It grows file by file, in any order; parts of it can be made apart and merged.
#[derive(Debug, Clone, Default)]
pub struct Project {
    files: BTreeMap<Arc<str>, Facts>,
}

impl Project {
    /// No file yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a file; what was known of one of the same name is forgotten.
    pub fn add(&mut self, facts: Facts) {
        if facts.is_empty() {
            self.files.remove(&facts.file);
        } else {
            self.files.insert(Arc::clone(&facts.file), facts);
        }
    }

    /// Forgets a file that is no more.
    pub fn remove(&mut self, name: &str) {
        self.files.remove(name);
    }

    /// What is known of a file.
    #[must_use]
    pub fn file(&self, name: &str) -> Option<&Facts> {
        self.files.get(name)
    }

    /// Adds all files of another project; of two of the same name the other's counts.
    pub fn merge(&mut self, other: Self) {
        self.files.extend(other.files);
    }

    /// What is known of each file, in order of their names.
    pub fn files(&self) -> impl Iterator<Item = &Facts> {
        self.files.values()
    }

    /// The findings over all files, and those of single files on which the others have a say, in order of place; those
    /// that do not count say so.
    #[must_use]
    pub fn findings(&self, config: &Config, scope: Scope) -> Vec<Late> {
        let files: Vec<&Facts> = self.files.values().collect();
        let mut found = self.decided(scope);
        for entry in config.selection().fleets.iter().copied() {
            if let Check::Fleet(check) = entry.rule.check {
                let mut findings = FleetFindings::new(entry, config.selection().limits());
                check(&Fleet { settings: config.settings(), files: &files }, &mut findings);
                found.extend(findings.into_late());
            }
        }
        suppressing::suppress(&mut found, &files, config, scope);
        let place = |late: &Late| (Arc::clone(&late.at().file), late.at().span(), late.finding().rule);
        sort::by_cached_key(&mut found, place);
        let weighed = |late: Late| match config.severity_of(late.finding().rule) {
            Some(severity) => late.with_severity(severity),
            None => late,
        };
        found.into_iter().map(weighed).collect()
    }

    /// The conditional findings that are to be said.
    fn decided(&self, scope: Scope) -> Vec<Late> {
        if self.files.values().all(|facts| facts.conditional.is_empty()) {
            return Vec::new();
        }
        let circumstances = Circumstances::of(self);
        let said = self.files.values().flat_map(|facts| &facts.conditional).filter(|(condition, late)| {
            let holds = (scope == Scope::Whole).then(|| circumstances.hold(condition.circumstance, &late.at().file));
            condition.decide(holds)
        });
        said.map(|(_, late)| late.clone()).collect()
    }
}

/// What the files of a run show together.
struct Circumstances<'p> {
    /// The folders of Flux Kustomizations, and the paths that they name.
    flux_folders: HashSet<&'p Path>,
    flux_paths: Vec<&'p Path>,
    /// Whether one of the paths leads to a folder, once it was asked.
    applied: RefCell<HashMap<PathBuf, bool>>,
    /// The files with CronJobs that set `timeZone`, up to two of them.
    with_time_zone: Vec<&'p str>,
    has_limit_range: bool,
}

impl<'p> Circumstances<'p> {
    fn of(project: &'p Project) -> Self {
        let mut found = Self {
            flux_folders: HashSet::new(),
            flux_paths: Vec::new(),
            applied: RefCell::default(),
            with_time_zone: Vec::new(),
            has_limit_range: project.files.values().any(|facts| facts.has_limit_range),
        };
        for facts in project.files.values() {
            if !facts.flux_paths.is_empty() {
                found.flux_folders.extend(Path::new(&*facts.file).parent());
                found.flux_paths.extend(facts.flux_paths.iter().map(|path| Path::new(&**path)));
            }
            let sets_zone = facts.cron_jobs().any(|(_, cron_job)| cron_job.time_zone.is_some());
            if sets_zone && found.with_time_zone.len() < 2 {
                found.with_time_zone.push(&facts.file);
            }
        }
        found
    }

    fn hold(&self, circumstance: Circumstance, file: &str) -> bool {
        match circumstance {
            Circumstance::AppliedByFlux => {
                let folder = Path::new(file).parent().unwrap_or(Path::new(""));
                let leads_there = || self.flux_paths.iter().any(|path| lies_below(folder, path));
                let mut applied = self.applied.borrow_mut();
                self.flux_folders.contains(folder) || *applied.entry(folder.to_owned()).or_insert_with(leads_there)
            }
            Circumstance::TimeZoneSetElsewhere => self.with_time_zone.iter().any(|other| *other != file),
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
