//! What one text is: its documents, the objects in them, and where those have their fields. It owns all of that, so that
//! findings, outlooks, what an editor shows, and comparisons of two texts can ask it, at any time and on any thread.

mod argv;
mod assumption;
mod certainty;
mod config_maps;
mod exported;
mod facts;
mod filled_in;
pub mod image;
mod known_keys;
mod manager;
mod minute;
mod mounts;
mod names;
mod outcome;
mod owners;
mod patches;
mod process;
mod remarks;
mod rendered;
#[cfg(test)]
mod sample;
mod script;
mod scripts;
mod sidecars;
mod stream;
mod subject;
mod suppressions;
mod unknown;

use std::sync::Arc;

use crate::diagnostic::Object;
use crate::k8s::validation::{self, Verdict};
use crate::k8s::{Classified, Extent, Manifest, Objects, Resource, Version};
use crate::kustomize;
use crate::schedule::{Instant, Zone};
use crate::text::{Role, Source, Span};
use crate::yaml::{self, Document};

pub use argv::Argv;
pub use assumption::{RunTime, Trait};
use certainty::Broken;
pub use certainty::Certainty;
pub use exported::{Exported, ServerSet};
#[cfg(feature = "lsp")]
pub(crate) use facts::offers;
pub use facts::{
    Amount, CronJobFacts, Facts, JobFacts, KeyReference, ObjectFacts, Offer, Reference, Referent, Requests, Runnable,
    Runner, ScriptFacts, Suppressing, Want, Work, references,
};
pub(crate) use facts::{Breadth, Collector, OfObject};
pub use filled_in::filled_in;
pub use known_keys::{Carried, Carrier, Home, Homes, KnownKey, UnreadKey, ValueForm, known_key, unread_key};
pub(crate) use manager::replaced;
pub use manager::{Managed, Manager};
pub(crate) use minute::free_minute;
pub use mounts::{Mounted, Mounts};
pub use names::{Named, Naming, Scope, named_by, names};
pub use outcome::{Outcome, Unchecked};
pub use owners::Owners;
pub(crate) use patches::Embedded;
pub use process::Process;
pub use remarks::Remark;
pub use script::{RunFile, Script};
pub(crate) use scripts::ScriptReader;
pub use sidecars::sidecar;
pub use stream::{Other, Stream};
pub use subject::Subject;
pub use suppressions::{Assumption, Suppressions};
pub(crate) use suppressions::{Form, Name, Written, for_people};

/// What an analysis, and a rule, may know of the world.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[non_exhaustive]
pub struct Settings {
    /// The Kubernetes version whose API server is asked.
    pub kubernetes: Version,
    /// Now: where dates in messages start from.
    pub now: Instant,
    /// The zone of the clusters' CronJob controller, by which schedules without `timeZone` run, where it was told; else
    /// UTC is taken, the zone of the official image.
    pub controller_zone: Option<Zone>,
}

impl Settings {
    /// The newest Kubernetes, at the given time.
    #[must_use]
    pub const fn at(now: Instant) -> Self {
        Self { kubernetes: Version::NEWEST, now, controller_zone: None }
    }

    /// The same for another version of Kubernetes.
    #[must_use]
    pub const fn with_kubernetes(self, kubernetes: Version) -> Self {
        Self { kubernetes, ..self }
    }

    /// The same for a controller in another zone.
    #[must_use]
    pub const fn with_controller_zone(self, zone: Option<Zone>) -> Self {
        Self { controller_zone: zone, ..self }
    }
}

/// One text, read.
#[derive(Debug)]
pub struct Analysis {
    source: Source,
    settings: Settings,
    file: Arc<yaml::File>,
    /// Those of each document.
    objects: Vec<Objects>,
    /// The documents that end early, in order.
    broken: Vec<Broken>,
    /// What stands in it as a text of its own.
    patches: Vec<Embedded>,
    /// Whether only its objects were written by somebody, and not the text around them.
    is_made_up: bool,
}

/// Reads a text and finds the objects in it. It never fails: what could not be read is part of the answer.
#[must_use]
pub fn analyse(source: Source, settings: &Settings) -> Analysis {
    let file = read(&source);
    let objects_of = |document| match source.role() {
        Role::OfChart => Objects::of_none(document),
        Role::Manifest if kustomize::is_patch(document) => Objects::of_patch(document, None),
        Role::Manifest => Objects::of(document),
        Role::Patch { kinds } => Objects::of_patch(document, kustomize::aim(kinds, document.root())),
    };
    let objects = file.documents.iter().map(objects_of).collect();
    let (broken, patches) = (Broken::all(&file), patches::of(&source, &file, settings));
    Analysis { source, settings: *settings, file: Arc::new(file), objects, broken, patches, is_made_up: false }
}

/// Reads a text as Kubernetes does, but for what a renderer writes around the manifests.
pub(crate) fn read(source: &Source) -> yaml::File {
    yaml::parse_with_unknown(&rendered::text(source), source.unknown())
}

impl Analysis {
    /// The text.
    #[must_use]
    pub fn source(&self) -> &Source {
        &self.source
    }

    /// What it was analysed for.
    #[must_use]
    pub fn settings(&self) -> &Settings {
        &self.settings
    }

    /// The text as Kubernetes reads it.
    #[must_use]
    pub fn file(&self) -> &yaml::File {
        &self.file
    }

    /// The text as Kubernetes reads it, to keep.
    #[must_use]
    pub fn shared_file(&self) -> Arc<yaml::File> {
        Arc::clone(&self.file)
    }

    /// The patches that stand in it as texts of their own, in order of place.
    pub(crate) fn patches(&self) -> &[Embedded] {
        &self.patches
    }

    /// Whether only its objects were written by somebody, and not the text around them.
    pub(crate) fn is_made_up(&self) -> bool {
        self.is_made_up
    }

    /// Those of the [`manifests`](Self::manifests) that are objects by themselves, and no patches of others.
    pub fn wholes(&self) -> impl Iterator<Item = Manifest<'_>> {
        self.manifests().filter(|manifest| manifest.extent == Extent::Whole)
    }

    /// The Jobs and CronJobs, in order of place; of a document that ends early, as far as it was read; of a patch, as far as
    /// that goes.
    pub fn manifests(&self) -> impl Iterator<Item = Manifest<'_>> {
        self.documents().flat_map(|(document, objects)| objects.manifests(document))
    }

    /// The comments at the head of the text, where they may be about its only CronJob: with their bytes.
    pub(crate) fn head(&self) -> Option<(Span, &str)> {
        let text = self.source.text();
        let start = text
            .find('#')
            .filter(|start| text[..*start].trim_matches(['-', '\u{feff}', '\n', '\r', ' ']).is_empty())?;
        let mut cron_jobs = self.manifests().filter(|manifest| manifest.resource == Some(Resource::CronJob));
        let (Some(_), None) = (cron_jobs.next(), cron_jobs.next()) else { return None };
        let mut lines = text[start..].split_inclusive('\n');
        let is_head = |line: &&str| line.starts_with('#') || line.trim_matches(['-', '\n', '\r', ' ']).is_empty();
        let end = start + lines.by_ref().take_while(is_head).map(str::len).sum::<usize>();
        Some((Span::new(start as u32, end as u32), &text[start..end]))
    }

    /// The ConfigMaps, in order of place, but for those in documents that end early.
    pub(crate) fn config_maps(&self) -> impl Iterator<Item = Manifest<'_>> {
        self.objects_to_speak_of().filter(|manifest| manifest.kind() == Some("ConfigMap"))
    }

    /// The objects that something can be found in, in order of place: the Jobs and CronJobs, and the ConfigMaps that may
    /// hold their scripts.
    fn objects_to_speak_of(&self) -> impl Iterator<Item = Manifest<'_>> {
        let all = self.documents().flat_map(|(document, objects)| objects.iter(document));
        all.filter_map(|object| match object {
            Classified::Checked(manifest) => Some(manifest),
            Classified::NotChecked { root, kind: Some("ConfigMap"), .. } => {
                let manifest = Manifest::other(root);
                let is_whole = self.broken_document(manifest.document).is_none();
                (is_whole && manifest.api_version() == Some("v1")).then_some(manifest)
            }
            Classified::NotChecked { .. } => None,
        })
    }

    /// Every document with its objects.
    pub(crate) fn documents(&self) -> impl Iterator<Item = (&Document, &Objects)> {
        self.file.documents.iter().zip(&self.objects)
    }

    /// What the API server answers to the creation of an object, whatever stands where nobody knows it; only what the
    /// object's [`Certainty`] covers is certain.
    #[must_use]
    pub fn verdict(&self, manifest: Manifest<'_>) -> Verdict {
        self.known(manifest, validation::check(manifest, self.settings.kubernetes))
    }

    /// The same for who counts most problems only, where there are very many of a kind: those say nothing.
    pub(crate) fn verdict_counting(&self, manifest: Manifest<'_>) -> Verdict {
        self.known(manifest, validation::check_counting(manifest, self.settings.kubernetes))
    }

    /// What of an answer is so whatever stands where nobody knows it.
    fn known(&self, manifest: Manifest<'_>, verdict: Verdict) -> Verdict {
        if !self.file.has_unknown(manifest.document.index) {
            return verdict;
        }
        let mut problems = verdict.into_problems();
        problems.retain(|problem| !unknown::decides(manifest.root, problem));
        Verdict::new(problems)
    }

    /// How much of an object there is to speak of.
    #[must_use]
    pub fn certainty(&self, manifest: Manifest<'_>) -> Certainty {
        self.broken_document(manifest.document).map_or(Certainty::Whole, |broken| broken.certainty(manifest))
    }

    /// What its comments and annotations suppress.
    #[must_use]
    pub fn suppressions(&self) -> Suppressions {
        Suppressions::of(&self.file, self.objects_to_speak_of())
    }

    /// What became of every object.
    #[must_use]
    pub fn outcomes(&self) -> Vec<Outcome> {
        outcome::of(self)
    }

    /// Tells of its findings what each is about.
    #[must_use]
    pub fn owners(&self) -> Owners<'_> {
        Owners::new(self.objects_to_speak_of())
    }

    fn broken_document(&self, document: &Document) -> Option<&Broken> {
        let at = self.broken.binary_search_by_key(&document.index, |broken| broken.document).ok()?;
        self.broken.get(at)
    }
}

/// Kubernetes' names are no longer than this, in letters.
const LONGEST_NAME: usize = 253;

/// What others know an object by: of what is longer than a name can be, the start. Every finding has it with it, and there
/// can be as many as the name is long.
pub(crate) fn identity(manifest: Manifest<'_>) -> Object {
    Object {
        api_version: manifest.api_version().map(start),
        kind: manifest.kind().map(start),
        namespace: manifest.namespace().map(start),
        name: manifest.name().map(start),
        source: rendered::source(manifest).as_deref().map(start),
        start: manifest.root.span().start,
    }
}

fn start(text: &str) -> String {
    if text.len() <= LONGEST_NAME {
        return text.to_owned();
    }
    let end = text.char_indices().nth(LONGEST_NAME).map_or(text.len(), |(end, _)| end);
    text[..end].to_owned()
}

#[cfg(test)]
mod tests {
    use super::{Analysis, Settings, analyse};
    use crate::schedule::Instant;
    use crate::text::Source;

    #[test]
    fn an_analysis_is_a_value_of_its_own() {
        fn is_free<T: Send + Sync + 'static>() {}
        is_free::<Analysis>();
        let text = "apiVersion: batch/v1\nkind: Job\nmetadata: {name: a}\n".to_owned();
        let analysis = analyse(Source::new("a.yaml", text), &Settings::at(Instant::from_unix(0)));
        let names = std::thread::spawn(move || {
            analysis.manifests().filter_map(|manifest| manifest.name().map(str::to_owned)).collect::<Vec<_>>()
        });
        assert_eq!(names.join().expect("it does not panic"), ["a"]);
    }
}
