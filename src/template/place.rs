//! What was printed, and the places that its author edits.

use std::ops::Range;

use super::chart::Nodes;
use super::eval::Engine;
use super::origin::{BodyId, FileId, NodeId, Provenance, SiteId};
use super::text::Text;
use crate::hash::HashMap;
use crate::text::Span;

/// Values of an action that are told of at the most.
const MOST_READ: usize = 4;

/// Bytes of a file of the chart.
pub type FilePlace = (FileId, Span);

/// Where a stretch of what was printed is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Placed {
    /// What to edit.
    pub at: FilePlace,
    /// What led there, the nearest first.
    pub related: Vec<(FilePlace, Role)>,
    /// The actions that included its template, outermost first.
    pub via: Vec<FilePlace>,
}

/// What a related place is to a place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Role {
    /// The action that prints a value.
    Prints,
    /// The value that an action prints.
    Value,
    /// The outermost action that includes the template.
    Includes,
    /// A value that went in, by its path.
    Reads(String),
}

/// Translates.
pub(crate) struct Places<'p> {
    pub(crate) engine: &'p Engine,
    pub(crate) nodes: &'p Nodes,
}

/// Bytes of one kind.
#[derive(Clone)]
pub(super) struct Part {
    pub(super) kind: Kind,
    /// Where the bytes themselves are written, where they are.
    pub(super) own: Option<FilePlace>,
    site: SiteId,
    /// Whether it is nothing but quotes and blanks.
    is_frame: bool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Template,
    Value(NodeId),
    Literal,
    Made,
}

impl Places<'_> {
    /// Where a stretch of a text is written.
    pub(crate) fn place(&self, text: &Text, range: Range<usize>) -> Option<Placed> {
        let parts = self.parts(text, range);
        let first = parts.first()?;
        let via = self.chain(first.site);
        let via = if first.kind == Kind::Template { via } else { via[..via.len().saturating_sub(1)].to_vec() };
        if let Some(at) = one_place(&parts) {
            let mut related = Vec::new();
            if let (Kind::Value(_) | Kind::Literal, Some(action)) = (first.kind, self.site(first.site)) {
                related.push((action, Role::Prints));
            }
            if let (Kind::Template, Some(outermost)) = (first.kind, via.first()) {
                related.push((*outermost, Role::Includes));
            }
            return Some(Placed { at, related, via });
        }
        let at = self.common(&parts)?;
        Some(Placed { at, related: self.read(&parts, at), via })
    }

    /// For each part of a stretch, the place that stands for it in the template that was run: its text, or an action of it.
    pub(crate) fn outermost(&self, text: &Text, range: Range<usize>) -> Vec<FilePlace> {
        self.parts(text, range).iter().filter_map(|part| self.levels(part).first().copied()).collect()
    }

    /// Where bytes of a body are written.
    pub(crate) fn within(&self, body: BodyId, span: Span) -> Option<FilePlace> {
        let text = &self.engine.body(body).text;
        let parts = self.parts(text, span.range());
        one_place(&parts).or_else(|| self.common(&parts))
    }

    /// The actions that led to a site and the site itself, outermost first.
    pub(crate) fn chain(&self, site: SiteId) -> Vec<FilePlace> {
        let (way, _) = self.engine.way_up(site, |_| false);
        way.into_iter().rev().filter_map(|site| self.site(site)).collect()
    }

    fn site(&self, site: SiteId) -> Option<FilePlace> {
        if site == SiteId::NONE {
            return None;
        }
        let site = self.engine.site(site);
        self.within(site.body, site.span)
    }

    fn parts(&self, text: &Text, range: Range<usize>) -> Vec<Part> {
        unframed(self.all_parts(text, range))
    }

    /// All parts of a stretch, quotes that were put around it and all.
    pub(super) fn exact(&self, text: &Text, span: Span) -> Vec<Part> {
        self.all_parts(text, span.range())
    }

    fn all_parts(&self, text: &Text, range: Range<usize>) -> Vec<Part> {
        let mut parts = Vec::new();
        let range = whole_characters(text.as_str(), range);
        let is_empty = range.is_empty();
        for (bytes, origin) in text.runs_at(range.start).take_while(|(bytes, _)| bytes.start <= range.end) {
            let is_meant = if is_empty {
                bytes.contains(&range.start) || bytes.end == range.start && bytes.end == text.as_str().len()
            } else {
                bytes.start < range.end && range.start < bytes.end
            };
            if !is_meant {
                continue;
            }
            let (start, end) = (bytes.start.max(range.start), bytes.end.min(range.end).max(range.start));
            let words = &text.as_str()[start..end];
            let origin = origin.skip((start - bytes.start) as u32);
            let (kind, own) = self.written(origin.source, words);
            let is_frame = words.chars().all(|char| matches!(char, '"' | '\'' | ' ' | '\n'));
            parts.push(Part { kind, own, site: origin.site, is_frame });
        }
        parts
    }

    /// Where words of that provenance are written.
    fn written(&self, source: Provenance, words: &str) -> (Kind, Option<FilePlace>) {
        let length = words.len() as u32;
        match source {
            Provenance::Template { file, at } => (Kind::Template, Some((file, Span::new(at, at + length)))),
            Provenance::Key { node, skip } => {
                (Kind::Value(node), Some((self.nodes.file(node), self.nodes.key_within(node, skip, words))))
            }
            Provenance::Value { node, skip } => {
                (Kind::Value(node), Some((self.nodes.file(node), self.nodes.span_within(node, skip, words))))
            }
            Provenance::Literal { body, span, skip } => {
                let text = self.engine.body(body).text.as_str();
                let start = span.start + 1 + skip;
                let exact = Span::new(start, start + length);
                let is_exact = exact.end < span.end && text.get(exact.range()) == Some(words);
                (Kind::Literal, self.within(body, if is_exact { exact } else { span }))
            }
            Provenance::Computed | Provenance::Hole => (Kind::Made, None),
        }
    }

    /// The smallest stretch of one file that has them all: actions stand for what they print.
    fn common(&self, parts: &[Part]) -> Option<FilePlace> {
        let (first, others) = parts.split_first()?;
        let first = self.levels(first);
        // A document has many parts, which few actions print: what is deeper than the first part is never common.
        let mut uppermost = Uppermost { places: self, most: first.len(), known: HashMap::default() };
        let others: Vec<Vec<FilePlace>> = others.iter().map(|part| uppermost.levels(part)).collect();
        let deepest = (0..first.len()).rev().find(|level| {
            others.iter().all(|other| {
                other.get(*level).is_some_and(|place| place.0 == first[*level].0) && other[..*level] == first[..*level]
            })
        })?;
        let file = first[deepest].0;
        let others = others.iter().map(|levels| levels[deepest].1);
        Some((file, others.fold(first[deepest].1, Span::cover)))
    }

    /// Where a part stands, seen from each template on the way to it.
    fn levels(&self, part: &Part) -> Vec<FilePlace> {
        let mut levels = self.chain(part.site);
        if part.kind == Kind::Template {
            levels.extend(part.own);
        }
        levels
    }

    /// The values that went into what was computed, and those that stand in the parts themselves.
    fn read(&self, parts: &[Part], at: FilePlace) -> Vec<(FilePlace, Role)> {
        let mut related: Vec<(FilePlace, Role)> = Vec::new();
        let mut add = |node: NodeId, place: FilePlace| {
            if place != at && related.len() < MOST_READ && related.iter().all(|(known, _)| *known != place) {
                related.push((place, Role::Reads(self.nodes.path(node))));
            }
        };
        for part in parts {
            if let (Kind::Value(node), Some(place)) = (part.kind, part.own) {
                add(node, place);
            }
            if part.kind == Kind::Made && part.site != SiteId::NONE {
                for node in self.engine.reads(part.site) {
                    if self.nodes.is_scalar(*node) {
                        add(*node, (self.nodes.file(*node), self.nodes.span(*node)));
                    }
                }
            }
        }
        related
    }
}

/// The uppermost levels of parts: of each action on the way they are found once.
struct Uppermost<'u, 'p> {
    places: &'u Places<'p>,
    most: usize,
    known: HashMap<SiteId, Vec<FilePlace>>,
}

impl Uppermost<'_, '_> {
    /// The first of the [levels](Places::levels) of a part.
    fn levels(&mut self, part: &Part) -> Vec<FilePlace> {
        let mut levels = self.chain(part.site);
        if part.kind == Kind::Template && levels.len() < self.most {
            levels.extend(part.own);
        }
        levels
    }

    fn chain(&mut self, site: SiteId) -> Vec<FilePlace> {
        let (way, at) = self.places.engine.way_up(site, |site| self.known.contains_key(&site));
        let mut levels = self.known.get(&at).cloned().unwrap_or_default();
        for site in way.into_iter().rev() {
            if levels.len() < self.most {
                levels.extend(self.places.site(site));
            }
            self.known.insert(site, levels.clone());
        }
        levels
    }
}

fn whole_characters(text: &str, Range { start, end }: Range<usize>) -> Range<usize> {
    let start = (0..=start.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
    let end = (end.min(text.len())..=text.len()).find(|at| text.is_char_boundary(*at)).unwrap_or(text.len());
    start..end.max(start)
}

/// Without the quotes that a function put around something.
fn unframed(mut parts: Vec<Part>) -> Vec<Part> {
    let is_frame = |part: &Part| part.kind == Kind::Made && part.is_frame;
    while parts.len() > 1 && parts.last().is_some_and(is_frame) {
        parts.pop();
    }
    let lead = parts.iter().take_while(|part| is_frame(part)).count().min(parts.len().saturating_sub(1));
    parts.drain(..lead);
    parts
}

/// The one stretch of a file that parts of one kind are.
fn one_place(parts: &[Part]) -> Option<FilePlace> {
    let (first, others) = parts.split_first()?;
    let (file, mut span) = first.own?;
    for part in others {
        let (other, place) = part.own?;
        if part.kind != first.kind || other != file || part.site != first.site {
            return None;
        }
        span = span.cover(place);
    }
    Some((file, span))
}
