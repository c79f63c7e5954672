//! Objects that run files of ConfigMaps which stand in other files, and ConfigMaps whose files others may run: as they are
//! written, to be read together.

use super::{Breadth, Collector, Offer, Referent};
use crate::analysis::script::Scripts;
use crate::analysis::{Subject, identity};
use crate::diagnostic::Object;
use crate::hash::HashSet;
use crate::k8s::Manifest;
use crate::k8s::objects::{Each as _, PodSpec};
use crate::kustomize;
use crate::sort;
use crate::text::{Excerpt, Lines, Role};

/// What has to be read together with other files to know what is run.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[non_exhaustive]
pub struct ScriptFacts {
    /// Jobs and CronJobs that run files of ConfigMaps which the file does not have.
    pub runners: Vec<Runner>,
    /// ConfigMaps that may hold such files.
    pub runnable: Vec<Runnable>,
}

/// An object that runs files which its own text does not have.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[non_exhaustive]
pub struct Runner {
    /// Its document.
    pub document: usize,
    /// What others know it by.
    pub object: Object,
    /// How it is written.
    pub text: Excerpt,
    /// The ConfigMaps of its own file that it runs something of.
    pub own: Vec<Excerpt>,
    /// The names of all ConfigMaps that its pods mount.
    pub maps: Vec<Box<str>>,
}

/// A ConfigMap that may hold scripts.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[non_exhaustive]
pub struct Runnable {
    /// Its document.
    pub document: usize,
    /// What others know it by.
    pub object: Object,
    /// How it is written.
    pub text: Excerpt,
    /// The keys of texts that are run by objects of its own file, where what is found in them is told.
    pub run_here: Vec<Box<str>>,
}

/// Of more objects in a file, and of more text, nothing is kept.
const MOST_RUNNERS: usize = 100;
const MOST_TEXT: usize = 1 << 20;
/// Names of files that no shell reads.
const DATA: [&str; 16] = [
    ".cfg",
    ".conf",
    ".crt",
    ".css",
    ".html",
    ".ini",
    ".js",
    ".json",
    ".pem",
    ".properties",
    ".py",
    ".sql",
    ".toml",
    ".xml",
    ".yaml",
    ".yml",
];

impl ScriptFacts {
    /// Whether there is nothing to be read.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.runners.is_empty() && self.runnable.is_empty()
    }
}

/// What is kept of a text.
#[derive(Debug, Default)]
pub(super) struct Kept {
    runners: Vec<Runner>,
    /// By the first bytes of ConfigMaps, the keys of texts in them that are run here.
    run_here: HashSet<(u32, Box<str>)>,
    bytes: usize,
}

impl Collector<'_> {
    /// Adds what an object runs of ConfigMaps.
    pub(crate) fn add_scripts(&mut self, subject: &Subject<'_>, scripts: &Scripts<'_>) {
        let files = scripts.files.iter();
        self.kept.run_here.extend(files.map(|file| (file.map.root.span().start, file.key.into())));
        if scripts.runs_others && self.kept.runners.len() < MOST_RUNNERS {
            let runner = self.runner(subject, scripts);
            self.kept.runners.extend(runner);
        }
    }

    /// What objects of the text run of others, and what others may run of it, which offers all that.
    pub(super) fn take_scripts(&mut self, offers: &[Offer]) -> ScriptFacts {
        let runners = std::mem::take(&mut self.kept.runners);
        let analysis = self.analysis;
        let has_maps = self.breadth == Breadth::CronJobs
            && *analysis.source().role() == Role::Manifest
            && offers.iter().any(|offer| offer.is == Referent::ConfigMap);
        let maps = has_maps.then(|| analysis.config_maps()).into_iter().flatten();
        let whole = maps.filter(|map| !kustomize::is_patch(map.document));
        ScriptFacts { runners, runnable: whole.filter_map(|map| self.runnable(map)).collect() }
    }

    fn runner(&mut self, subject: &Subject<'_>, scripts: &Scripts<'_>) -> Option<Runner> {
        let maps = names(subject.pod?.value);
        if maps.is_empty() {
            return None;
        }
        let (document, object) = (subject.manifest.document.index, identity(subject.manifest));
        let text = self.excerpt(subject.manifest)?;
        let mut starts = HashSet::default();
        let own = scripts.files.iter().filter(|file| starts.insert(file.map.root.span().start));
        let own = own.map(|file| self.excerpt(file.map)).collect::<Option<_>>()?;
        Some(Runner { document, object, text, own, maps })
    }

    fn runnable(&mut self, map: Manifest<'_>) -> Option<Runnable> {
        map.metadata()?.name()?;
        let texts = || map.root.get("data").into_iter().flat_map(|data| data.value.entries());
        if !texts().any(|text| may_be_run(text.key) && text.value.as_str().is_some()) {
            return None;
        }
        let start = map.root.span().start;
        let is_run = |key: &str| self.kept.run_here.contains(&(start, key.into()));
        let run_here = texts().map(|text| text.key).filter(|key| is_run(key)).map(Box::from).collect();
        let (document, object, text) = (map.document.index, identity(map), self.excerpt(map)?);
        Some(Runnable { document, object, text, run_here })
    }

    /// An object as it is written, where it can be read alone.
    fn excerpt(&mut self, manifest: Manifest<'_>) -> Option<Excerpt> {
        let span = manifest.root.span();
        let bytes = self.kept.bytes + span.len() as usize;
        if manifest.document.has_aliases || bytes > MOST_TEXT {
            return None;
        }
        self.kept.bytes = bytes;
        let source = self.analysis.source();
        let lines = self.lines.get_or_insert_with(|| Lines::new(source.text()));
        Excerpt::of(source.shared_name(), lines, span)
    }
}

fn may_be_run(key: &str) -> bool {
    !DATA.iter().any(|end| key.ends_with(end))
}

/// Whether texts of ConfigMaps are files of its pod: only then it can run some.
pub(super) fn runs_files(subject: &Subject<'_>) -> bool {
    subject.pod.is_some_and(|pod| !names(pod.value).is_empty())
}

/// The names of ConfigMaps whose texts are files of a pod.
fn names(pod: PodSpec<'_>) -> Vec<Box<str>> {
    let mut names = Vec::new();
    for (_, volume) in pod.volumes().each() {
        let sources = volume.value.projected().and_then(|projected| projected.value.sources());
        let projected = sources.each().filter_map(|(_, source)| source.value.config_map());
        let all = volume.value.config_map().into_iter().chain(projected);
        names.extend(all.filter_map(|map| Some(Box::from(map.value.name()?.value))));
    }
    sort::ascending(&mut names);
    names.dedup();
    names
}
