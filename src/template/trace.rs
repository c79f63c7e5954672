//! What tells an output from all others: its bytes, and where they are written.

use super::eval::Site;
use super::origin::{BodyId, Provenance, SiteId};
use super::place::Places;
use super::text::Text;
use super::{Output, Rendered};
use crate::hash::{HashMap, sum};

/// A sum over an output and the places of its bytes: of two renderings of the same files, outputs that have the same one
/// show the same at the same places.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Trace(u64);

/// Works out the traces of one rendering.
pub struct Tracer<'t> {
    rendered: &'t Rendered,
    places: Places<'t>,
    sites: HashMap<SiteId, u64>,
    bodies: HashMap<BodyId, u64>,
}

impl<'t> Tracer<'t> {
    pub(super) fn new(rendered: &'t Rendered) -> Self {
        Self { rendered, places: rendered.places(), sites: HashMap::default(), bodies: HashMap::default() }
    }

    /// That of what a template printed, with what nobody knows of it.
    pub fn trace(&mut self, output: Output<'_>) -> Option<Trace> {
        let text = self.rendered.text(output)?;
        Some(Trace(sum((self.text(text), output.unknown))))
    }

    fn text(&mut self, text: &Text) -> u64 {
        let runs = text.runs().map(|(bytes, origin)| (bytes.start, self.source(origin.source), self.site(origin.site)));
        let runs: Vec<(usize, u64, u64)> = runs.collect();
        sum((text.as_str(), runs))
    }

    fn source(&mut self, source: Provenance) -> u64 {
        let nodes = self.places.nodes;
        match source {
            Provenance::Computed => 0,
            Provenance::Hole => 1,
            Provenance::Template { file, at } => sum((2, file, at)),
            Provenance::Literal { body, span, skip } => sum((3, self.body(body), span, skip)),
            Provenance::Key { node, skip } => sum((4, nodes.file(node), nodes.node(node).key, skip)),
            Provenance::Value { node, skip } => sum((5, nodes.file(node), nodes.span(node), skip)),
        }
    }

    /// An action, and those that led to it.
    fn site(&mut self, site: SiteId) -> u64 {
        if let Some(known) = self.sites.get(&site) {
            return *known;
        }
        let (way, at) = self.places.engine.way_up(site, |site| self.sites.contains_key(&site));
        let mut known = self.sites.get(&at).copied().unwrap_or_default();
        for site in way.into_iter().rev() {
            let Site { body, span, .. } = self.places.engine.site(site);
            known = sum((known, self.body(body), span));
            self.sites.insert(site, known);
        }
        known
    }

    /// A text of a template: of a file, where it starts says it.
    fn body(&mut self, body: BodyId) -> u64 {
        if let Some(known) = self.bodies.get(&body) {
            return *known;
        }
        let engine = self.places.engine;
        let text = &engine.body(body).text;
        let known = match text.runs().next() {
            Some((_, first)) if engine.is_file(body) => self.source(first.source),
            _ => self.text(text),
        };
        self.bodies.insert(body, known);
        known
    }
}
