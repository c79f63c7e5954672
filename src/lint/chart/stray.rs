//! Templates that stand without their chart: what is found in them holds whatever their values are, and whatever the
//! templates print that others define.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::files::Files;
use super::moved::Mover;
use crate::analysis::{Analysis, Suppressions, analyse};
use crate::diagnostic::Finding;
use crate::k8s::Mentions;
use crate::lint::Report;
use crate::lint::engine::Engine;
use crate::rules::{self, Selection};
use crate::template::{self, ChartFile, FilePlace, Output, Release, Rendered};
use crate::text::{Role, Source, Span};
use crate::yaml::Document;

/// What is found in a text that is such a template; nothing, where it is none.
#[must_use]
pub(in crate::lint) fn in_stray_template(analysis: &Analysis, rules: &Selection) -> Option<Vec<Finding>> {
    let (source, templates) = (analysis.source(), templates(analysis));
    if templates.is_empty() {
        return None;
    }
    let release = Release::of(u32::from(analysis.settings().kubernetes.minor()));
    let mut rendered = template::render_alone(source, &release)?;
    rendered.look_further();
    let files = [file(source)];
    let mut search = Search { files: &Files::of(&files), rendered: &rendered, held: Held::default() };
    let outputs = rendered.outputs().chain(rendered.variants().map(|(output, _)| output));
    for output in outputs.filter(|output| !output.text.trim().is_empty()) {
        search.look_at(output, analysis, rules);
    }
    let mut suppressions = Suppressions::in_template(source.text());
    let of_template = |mut finding: Finding| {
        let at = templates.partition_point(|document| document.span.end < finding.span.end);
        let document = templates.get(at).filter(|document| document.span.contains(finding.span))?;
        finding.document = Some(document.index);
        finding.suppressed = suppressions.take(rules::find(finding.rule)?.names(), finding.span);
        Some(finding)
    };
    Some(search.held.certain(rendered.is_exhausted()).filter_map(of_template).collect())
}

/// The documents that are no YAML before somebody fills them in, and may be Jobs then.
fn templates(analysis: &Analysis) -> Vec<&Document> {
    let text = analysis.source().text();
    let mentions = Mentions::of(text);
    let is_template = |document: &&Document| {
        let is_gos = |place: Span| text.get(place.range()).is_some_and(|text| text.starts_with("{{"));
        document.placeholder().is_some_and(is_gos)
    };
    let is_whole = *analysis.source().role() == Role::Manifest;
    let documents = analysis.file().documents.iter().filter(|_| is_whole).filter(is_template);
    let templates: Vec<&Document> = documents.collect();
    if templates.iter().any(|document| mentions.are_in(document.span)) { templates } else { Vec::new() }
}

fn file(source: &Source) -> ChartFile {
    ChartFile { path: "templates/template.yaml".to_owned(), source: source.clone() }
}

/// What is looked through.
struct Search<'s> {
    files: &'s Files<'s>,
    rendered: &'s Rendered,
    held: Held,
}

/// A finding by its place, rule and words.
type Key = (FilePlace, &'static str, String);

/// What was found, printed with one or other values.
#[derive(Default)]
struct Held {
    /// What stands at a place is certain, whatever else does.
    at_places: BTreeMap<Key, Finding>,
    /// What rests on more than that, by the document in which it was found: with how many values.
    elsewhere: BTreeMap<(Key, FilePlace), (Finding, usize)>,
    /// With how many values documents are printed.
    documents: BTreeMap<FilePlace, usize>,
}

impl Search<'_> {
    fn look_at(&mut self, output: Output<'_>, analysis: &Analysis, rules: &Selection) {
        let mover = Mover { files: self.files, rendered: self.rendered, output, variant: None, assumed: &[] };
        let found = |role: Role| {
            let printed = analyse(output.source(output.name).with_role(role), analysis.settings());
            Engine::run(&printed, rules, None).finish().0
        };
        for (_, (key, finding)) in moved(mover, found(Role::Patch { kinds: Arc::default() })) {
            self.held.at_places.entry(key).or_insert(finding);
        }
        let report = found(Role::Manifest);
        let documents = report.documents.iter().rev();
        let starts: BTreeMap<usize, FilePlace> =
            documents.filter_map(|document| Some((document.document, mover.start_of(document.span)?))).collect();
        for start in starts.values().collect::<BTreeSet<_>>() {
            *self.held.documents.entry(*start).or_default() += 1;
        }
        let mut seen = BTreeSet::new();
        for (document, (key, finding)) in moved(mover, report) {
            let Some(start) = document.and_then(|document| starts.get(&document)) else { continue };
            if seen.insert((key.clone(), *start)) {
                self.held.elsewhere.entry((key, *start)).or_insert((finding, 0)).1 += 1;
            }
        }
    }
}

/// What was found in an output at the places where it is written, each with its document in the output.
fn moved(mover: Mover<'_, '_>, report: Report) -> impl Iterator<Item = (Option<usize>, (Key, Finding))> {
    let is_meant = move |finding: &Finding| finding.group != "suppression" && mover.is_certain(finding);
    report.findings.into_iter().filter(is_meant).map(move |finding| {
        let document = finding.document;
        let (file, finding) = mover.moved(finding);
        let key = ((file, finding.span), finding.rule, finding.message.to_string());
        (document, (key, Finding { template: None, ..finding }))
    })
}

impl Held {
    /// What is certain; of what rests on more than a place, if all values were `tried`, what is found with any.
    fn certain(self, tried: bool) -> impl Iterator<Item = Finding> {
        let Self { mut at_places, elsewhere, documents } = self;
        for ((key, start), (finding, count)) in elsewhere {
            if tried && documents.get(&start) == Some(&count) {
                at_places.entry(key).or_insert(finding);
            }
        }
        at_places.into_values()
    }
}
