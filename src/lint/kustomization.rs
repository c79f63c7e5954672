//! The rules, run over what kustomizations build; what they find, at the places that its author edits.

mod moved;
mod patches;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::settle::settle;
use super::{Report, lint, no_file};
use crate::config::Config;
use crate::diagnostic::{Finding, Label};
use crate::kustomize::build::{Built, Remark, Unbuilt};
use crate::kustomize::is_file_name;
use crate::text::{Lines, Location, Message, Role, Source, Span};
use moved::{Mover, join};

/// What a kustomization builds, checked.
#[derive(Debug)]
pub struct Build {
    config: Arc<Config>,
    sources: Vec<Source>,
    /// Of each file, what came of it, in order; none, where nothing could be built.
    covered: Option<Vec<Vec<Span>>>,
    found: Vec<Found>,
    patches: Vec<Remark>,
    /// Why it was not built.
    pub unbuilt: Option<String>,
}

/// A finding in what was built.
#[derive(Debug)]
struct Found {
    /// The file that it belongs to, by its number.
    file: u32,
    finding: Finding,
    /// All places that it comes from.
    parts: Vec<(u32, Span)>,
    /// Where what it is about comes into the kustomization.
    through: Option<Location>,
    is_suppressed: bool,
}

/// What is found in many kustomizations, file by file.
#[derive(Debug, Default)]
pub struct Builds {
    files: BTreeMap<Arc<str>, OfFile>,
}

/// What builds show of a file.
#[derive(Debug, Default)]
struct OfFile {
    source: Option<Source>,
    /// Whether a kustomization that takes it could not be built.
    is_open: bool,
    /// How many take it.
    builds: usize,
    covered: Vec<Span>,
    configs: Vec<Arc<Config>>,
    shown: BTreeMap<(Span, &'static str, String), Shown>,
    /// What is wrong with patches that stand there.
    patches: Vec<Finding>,
    /// Where a rule found something, be it told of here or elsewhere.
    confirmed: BTreeSet<(&'static str, Span)>,
    /// The rules that are suppressed in what is built of it.
    effective: BTreeSet<&'static str>,
}

/// A finding, and how many kustomizations have it.
#[derive(Debug)]
struct Shown {
    finding: Finding,
    through: Option<Location>,
    count: usize,
    /// The last of them, by its number.
    last: Option<usize>,
    is_suppressed: bool,
}

/// Checks what a kustomization builds.
#[must_use]
pub fn kustomization(made: Result<Built, Unbuilt>, config: &Arc<Config>) -> Build {
    let built = match made {
        Ok(built) => built,
        Err(Unbuilt { message, sources, patches }) => {
            let (config, found) = (Arc::clone(config), Vec::new());
            return Build { config, sources, covered: None, found, patches, unbuilt: Some(message) };
        }
    };
    let name = built.sources.first().map_or_else(|| Arc::from(""), Source::shared_name);
    let report = lint(&Source::new(name, built.text.as_str()), config);
    let mover = Mover::of(&built);
    let all = report.findings.into_iter().map(|finding| (finding, false));
    let all = all.chain(report.suppressed.into_iter().map(|finding| (finding, true)));
    let meant = all.filter(|(finding, _)| speaks_of_objects(finding) && finding.condition.is_none());
    let found = meant.filter_map(|(finding, is_suppressed)| mover.moved(finding, is_suppressed)).collect();
    let covered = Some(mover.covered());
    let Built { sources, patches, .. } = built;
    Build { config: Arc::clone(config), sources, covered, found, patches, unbuilt: None }
}

/// Whether a finding is about an object, and not about the text that it stands in or about the files around it.
fn speaks_of_objects(finding: &Finding) -> bool {
    !matches!(finding.group, "yaml" | "suppression" | "fleet" | "kustomize")
}

impl Builds {
    /// What several builds show together.
    #[must_use]
    pub fn of(builds: &[Build]) -> Self {
        let mut all = Self::default();
        for (number, build) in builds.iter().enumerate() {
            all.take(number, build);
        }
        all.files.values_mut().for_each(|of_file| join(&mut of_file.covered));
        patches::say(builds, |name, finding| all.files.entry(name).or_default().patches.push(finding));
        all
    }

    fn take(&mut self, number: usize, build: &Build) {
        for (file, source) in build.sources.iter().enumerate() {
            let of_file = self.files.entry(source.shared_name()).or_default();
            of_file.source.get_or_insert_with(|| source.clone());
            of_file.builds += 1;
            match &build.covered {
                Some(covered) => of_file.covered.extend(&covered[file]),
                None => of_file.is_open = true,
            }
            if !of_file.configs.iter().any(|known| Arc::ptr_eq(known, &build.config)) {
                of_file.configs.push(Arc::clone(&build.config));
            }
        }
        let name = |file: u32| build.sources.get(file as usize).map(Source::shared_name);
        for found in &build.found {
            let own = (found.file, found.finding.span);
            for (file, span) in found.parts.iter().copied().chain([own]) {
                let Some(of_file) = name(file).and_then(|name| self.files.get_mut(&name)) else { continue };
                of_file.confirmed.insert((found.finding.rule, span));
                if found.is_suppressed {
                    of_file.effective.insert(found.finding.rule);
                }
            }
            let of_file = name(found.file).and_then(|name| self.files.get_mut(&name));
            of_file.into_iter().for_each(|of_file| of_file.show(found, number));
        }
    }

    /// Adds what is built of a file to what is found in its own text, and takes out what does not hold for what is built.
    pub fn add_to(&self, report: &mut Report, source: &Source, config: &Arc<Config>) {
        let Some(of_file) = self.files.get(source.name()) else { return };
        if of_file.source.as_ref().is_some_and(|known| known.text() != source.text()) {
            return;
        }
        if !of_file.is_open && of_file.configs.iter().all(|known| Arc::ptr_eq(known, config)) {
            let spans: Vec<(usize, Span)> =
                report.file().documents.iter().map(|document| (document.index, document.span)).collect();
            let is_of_parts = matches!(source.role(), Role::Patch { .. }) || is_file_name(source.name());
            report.findings.retain(|finding| of_file.upholds(finding, &spans, is_of_parts));
        }
        of_file.add_to(report);
    }

    /// What is built of a file that is not asked for by itself: what the kustomizations of those files show.
    #[must_use]
    pub fn shown(&self, name: &str, kustomizations: &BTreeSet<Arc<str>>) -> Option<(Source, Report)> {
        let of_file = self.files.get(name)?;
        let source = of_file.source.clone()?;
        let mut report = Report::new(no_file(), Vec::new(), Vec::new());
        let is_asked =
            |shown: &&Shown| shown.through.as_ref().is_some_and(|through| kustomizations.contains(&through.file));
        for shown in of_file.shown.values().filter(is_asked) {
            let kept = if shown.is_suppressed { &mut report.suppressed } else { &mut report.findings };
            kept.push(shown.told(of_file.builds));
        }
        settle(&mut report.findings);
        settle(&mut report.suppressed);
        let is_something = !report.findings.is_empty() || !report.suppressed.is_empty();
        is_something.then_some((source, report))
    }
}

impl OfFile {
    fn show(&mut self, found: &Found, build: usize) {
        let Found { finding, through, is_suppressed, .. } = found;
        let key = (finding.span, finding.rule, finding.message.as_str().to_owned());
        let new = || {
            let (finding, through, is_suppressed) = (finding.clone(), through.clone(), *is_suppressed);
            Shown { finding, through, count: 0, last: None, is_suppressed }
        };
        let shown = self.shown.entry(key).or_insert_with(new);
        shown.count += usize::from(shown.last != Some(build));
        shown.last = Some(build);
    }

    /// Whether what is found in the text alone holds for what is built of it, too. Of an object, all that is not built is
    /// no matter any more; of a patch, only what came of it is known.
    fn upholds(&self, finding: &Finding, documents: &[(usize, Span)], is_of_parts: bool) -> bool {
        let Some(index) = finding.document.filter(|_| speaks_of_objects(finding)) else { return true };
        let Some((_, document)) = documents.iter().find(|(known, _)| *known == index) else { return true };
        let region = if is_of_parts { finding.span } else { *document };
        let next = self.covered.partition_point(|covered| covered.end <= region.start);
        let is_covered = self.covered.get(next).is_some_and(|covered| covered.start < region.end);
        !is_covered || self.confirms(finding)
    }

    fn confirms(&self, finding: &Finding) -> bool {
        let is_there = |span: &Span| span.meets(finding.span) || *span == finding.span;
        self.confirmed.iter().any(|(rule, span)| *rule == finding.rule && is_there(span))
    }

    fn add_to(&self, report: &mut Report) {
        for shown in self.shown.values() {
            let is_it = |finding: &&mut Finding| shown.is_what(finding);
            if let Some(known) = report.findings.iter_mut().chain(&mut report.suppressed).find(is_it) {
                // What is found in the text alone says so only where some kustomizations do not have it.
                if shown.count < self.builds && known.span == shown.finding.span {
                    known.labels.extend(shown.label(self.builds));
                }
                continue;
            }
            if shown.is_suppressed {
                report.suppressed.push(shown.told(self.builds));
            } else {
                report.findings.push(shown.told(self.builds));
            }
        }
        report.findings.retain(|finding| !self.effective.iter().any(|rule| is_without_effect(finding, rule)));
        report.findings.extend(self.patches.iter().cloned());
        settle(&mut report.findings);
        settle(&mut report.suppressed);
    }
}

impl Shown {
    /// Whether a finding in the text alone is this one.
    fn is_what(&self, finding: &Finding) -> bool {
        let own = &self.finding;
        own.rule == finding.rule && (own.span.meets(finding.span) || own.span == finding.span)
    }

    /// The finding, with the kustomization that has it.
    fn told(&self, builds: usize) -> Finding {
        let mut finding = self.finding.clone();
        finding.labels.extend(self.label(builds));
        finding
    }

    fn label(&self, builds: usize) -> Option<Label> {
        let message: Message = match self.count {
            count if count >= builds => "it is built through this".into(),
            1 => format!("it is built through this, of {builds} kustomizations that take it").into(),
            count => format!("it is built through this and {} more of {builds} kustomizations", count - 1).into(),
        };
        self.through.clone().map(|through| Label::new(through, message))
    }
}

/// Whether a finding says that a suppression of that rule has no effect.
fn is_without_effect(finding: &Finding, rule: &str) -> bool {
    finding.rule == "suppression-without-effect" && finding.message.as_str().contains(&format!("`{rule}`"))
}

/// A place in a file.
fn location(source: &Source, span: Span) -> Location {
    Location::new(source.shared_name(), &Lines::new(source.text()), span)
}
