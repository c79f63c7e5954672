//! Scripts that a pod of one file runs and a ConfigMap of another one holds: the two are read as one text, as a cluster has
//! both, and what is found in the ConfigMap is told at its place.

use std::cell::LazyCell;
use std::path::Path;
use std::sync::Arc;

use super::{by_rules, fingerprints};
use crate::analysis::{Analysis, Facts, Referent, Runnable, Runner, analyse};
use crate::config::Config;
use crate::diagnostic::{Finding, Late, Place, Replacement, Resolved};
use crate::fix;
use crate::hash::{HashMap, HashSet};
use crate::project::Project;
use crate::rules;
use crate::text::{Excerpt, Lines, Location, Source, Span};

/// So many objects are read with one ConfigMap: what is found for one, others seldom add to.
const MOST_RUNNERS: usize = 16;
/// What stands between two objects of a text.
const BETWEEN: &str = "\n---\n";

/// What is found in scripts of ConfigMaps for pods of other files, each thing once.
pub(super) fn find(project: &Project, config: &Config) -> Vec<Late> {
    let runners = || project.files().flat_map(|facts| facts.scripts.runners.iter().map(move |runner| (facts, runner)));
    if runners().next().is_none() {
        return Vec::new();
    }
    let (maps, mut uses, mut said, mut found) = (Maps::of(project), HashMap::default(), HashSet::default(), Vec::new());
    for (facts, runner) in runners() {
        let mut held = maps.held(facts, runner);
        held.retain(|map| {
            let uses: &mut usize = uses.entry((map.text.file(), map.text.start())).or_default();
            *uses += 1;
            *uses <= MOST_RUNNERS
        });
        if held.is_empty() {
            continue;
        }
        let late = Together::of(runner, held).findings(config).into_iter();
        found.extend(late.filter(|late| {
            let (at, finding) = (late.at(), late.finding());
            said.insert((Arc::clone(&at.file), at.span(), finding.rule, finding.message.clone()))
        }));
    }
    found
}

/// The ConfigMaps of a run.
struct Maps<'p> {
    /// The files that have one of a namespace and name.
    files: HashMap<Name<'p>, Vec<&'p Facts>>,
}

type Name<'p> = (Option<&'p str>, &'p str);

impl<'p> Maps<'p> {
    fn of(project: &'p Project) -> Self {
        let mut files: HashMap<Name<'p>, Vec<&'p Facts>> = HashMap::default();
        for facts in project.files() {
            for map in facts.offers.iter().filter(|offer| offer.is == Referent::ConfigMap) {
                let with = files.entry((map.namespace.as_deref(), &map.name)).or_default();
                if with.last().is_none_or(|last| last.file != facts.file) {
                    with.push(facts);
                }
            }
        }
        Self { files }
    }

    /// Those that an object's pods mount, as far as it is certain which they are, and their own file does not have them.
    fn held(&self, facts: &Facts, runner: &Runner) -> Vec<&'p Runnable> {
        let held = runner.maps.iter().filter_map(|name| {
            let name = (runner.object.namespace.as_deref(), &**name);
            let file = one_for(self.files.get(&name)?, facts)?;
            // Of two of one name in a file the last is what applying the file leaves.
            file.scripts.runnable.iter().rfind(|map| known_by(map) == Some(name))
        });
        held.collect()
    }
}

fn known_by(map: &Runnable) -> Option<Name<'_>> {
    Some((map.object.namespace.as_deref(), map.object.name.as_deref()?))
}

/// The file whose ConfigMap is meant: the only one, or the only one in the folder of who mounts it. Others may be meant for
/// other clusters.
fn one_for<'p>(files: &[&'p Facts], facts: &Facts) -> Option<&'p Facts> {
    let folder = |facts: &Facts| Path::new(&*facts.file).parent().map(Path::to_owned);
    let own = folder(facts);
    let mut near = files.iter().filter(|file| folder(file) == own);
    let one = match (files, near.next(), near.next()) {
        ([one], ..) | (_, Some(one), None) => *one,
        _ => return None,
    };
    (one.file != facts.file).then_some(one)
}

/// An object and the ConfigMaps that its pods run something of, as one text.
struct Together<'t> {
    runner: &'t Runner,
    text: String,
    parts: Vec<Part<'t>>,
}

/// A part of the text, from a byte on.
struct Part<'t> {
    start: u32,
    excerpt: &'t Excerpt,
    lines: Lazy<'t>,
    /// The ConfigMap, if it is of another file.
    map: Option<&'t Runnable>,
}

type Lazy<'t> = LazyCell<Lines<'t>, Box<dyn FnOnce() -> Lines<'t> + 't>>;

impl<'t> Together<'t> {
    fn of(runner: &'t Runner, held: Vec<&'t Runnable>) -> Self {
        let mut all = Self { runner, text: String::new(), parts: Vec::new() };
        std::iter::once(&runner.text).chain(&runner.own).for_each(|own| all.add(own, None));
        held.into_iter().for_each(|map| all.add(&map.text, Some(map)));
        all
    }

    fn add(&mut self, excerpt: &'t Excerpt, map: Option<&'t Runnable>) {
        if !self.parts.is_empty() {
            self.text += BETWEEN;
        }
        let start = u32::try_from(self.text.len()).unwrap_or(u32::MAX);
        self.text += &excerpt.text();
        self.parts.push(Part { start, excerpt, lines: LazyCell::new(Box::new(|| excerpt.lines())), map });
    }

    fn findings(&self, config: &Config) -> Vec<Late> {
        let analysis = analyse(Source::new("", self.text.as_str()), config.settings());
        if analysis.file().documents.len() != self.parts.len() {
            return Vec::new();
        }
        let (report, _) = by_rules(&analysis, (config.selection(), config.most()), None);
        let group = |rule| rules::find(rule).filter(|entry| entry.looks_at_objects()).map(|entry| entry.group);
        let counted = report.habits.iter().filter_map(|one| Some((one.finding(group(one.rule)?), Vec::new())));
        let counted: Vec<_> = counted.collect();
        let mut found = report.findings;
        // What its file suppresses is asked there.
        found.extend(report.suppressed.into_iter().map(|finding| Finding { suppressed: None, ..finding }));
        found.retain(|finding| finding.concerns.is_some());
        self.told(found, &analysis)
            .into_iter()
            .chain(counted)
            .filter_map(|(one, fixes)| self.late(one, &fixes))
            .collect()
    }

    /// With fingerprints as they would have if all stood in one file, and fixes that hold.
    fn told(&self, mut found: Vec<Finding>, analysis: &Analysis) -> Vec<(Finding, Vec<Resolved>)> {
        fingerprints::mark(&mut found, analysis);
        let fixes = fix::resolve(analysis.file(), &found);
        found.into_iter().zip(fixes).collect()
    }

    /// A finding at its place, if that is in another file and not told there.
    fn late(&self, mut finding: Finding, fixes: &[Resolved]) -> Option<Late> {
        let map = self.part(finding.span).map?;
        let is_told = |key: &str| finding.field.as_deref().is_some_and(|field| field == format!("data[{key}]"));
        if map.run_here.iter().any(|key| is_told(key)) {
            return None;
        }
        let at = self.location(finding.span);
        finding.document = Some(map.document);
        finding.object = Some(Arc::new(map.object.clone()));
        finding.concerns = Some(Box::new((self.runner.document, Arc::new(self.runner.object.clone()))));
        for label in &mut finding.labels {
            if let Place::Here(span) = label.place {
                label.place = self.location(span).into();
            }
        }
        let fixes = fixes.iter().map(|fix| self.moved(fix, &at)).collect();
        Some(Late::new(at, finding, fixes))
    }

    /// A fix whose changes know their files; those that the place of the finding knows are its own.
    fn moved(&self, fix: &Resolved, at: &Location) -> Resolved {
        let changes =
            fix.edits.iter().map(|edit| Replacement { at: self.location(edit.span), text: edit.text.clone() });
        let is_here = |change: &Replacement| change.at.file == at.file && at.knows(change.at.span());
        let (here, elsewhere): (Vec<_>, Vec<_>) = changes.partition(is_here);
        let edits = here.iter().map(Replacement::edit).collect();
        Resolved { title: fix.title.clone(), safety: fix.safety, edits, elsewhere }
    }

    fn part(&self, span: Span) -> &Part<'t> {
        let behind = self.parts.partition_point(|part| part.start <= span.start);
        &self.parts[behind.saturating_sub(1)]
    }

    fn location(&self, span: Span) -> Location {
        let part = self.part(span);
        let within = Span::new(span.start - part.start, span.end - part.start);
        part.excerpt.location(&part.lines, within)
    }
}
