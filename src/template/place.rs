//! What was printed, and the places that its author edits.

use std::ops::Range;
use std::rc::Rc;

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
#[derive(Clone, Copy)]
pub(super) struct Part<'t> {
    pub(super) kind: Kind,
    source: Provenance,
    words: &'t str,
    site: SiteId,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Template,
    Value(NodeId),
    Literal,
    Made,
}

impl Kind {
    const fn of(source: Provenance) -> Self {
        match source {
            Provenance::Template { .. } => Self::Template,
            Provenance::Key { node, .. } | Provenance::Value { node, .. } => Self::Value(node),
            Provenance::Literal { .. } => Self::Literal,
            Provenance::Computed | Provenance::Hole => Self::Made,
        }
    }
}

impl Places<'_> {
    /// Where a stretch of a text is written.
    pub(crate) fn place(&self, text: &Text, range: Range<usize>) -> Option<Placed> {
        let parts = self.parts(text, range);
        let first = parts.first()?;
        let via = self.chain(first.site);
        let via = if first.kind == Kind::Template { via } else { via[..via.len().saturating_sub(1)].to_vec() };
        if let Some(at) = self.one_place(&parts) {
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

    /// The same without what led there.
    pub(crate) fn at(&self, text: &Text, range: Range<usize>) -> Option<FilePlace> {
        self.of(&self.parts(text, range))
    }

    /// For each part of a stretch, the place that stands for it in the template that was run: its text, or an action of it.
    pub(crate) fn outermost(&self, text: &Text, range: Range<usize>) -> Vec<FilePlace> {
        self.parts(text, range).iter().filter_map(|part| self.levels(part).first().copied()).collect()
    }

    /// Where bytes of a body are written.
    pub(crate) fn within(&self, body: BodyId, span: Span) -> Option<FilePlace> {
        let text = &self.engine.body(body).text;
        self.at(text, span.range())
    }

    fn of(&self, parts: &[Part<'_>]) -> Option<FilePlace> {
        self.one_place(parts).or_else(|| self.common(parts))
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

    fn parts<'t>(&self, text: &'t Text, range: Range<usize>) -> Vec<Part<'t>> {
        unframed(all_parts(text, range))
    }

    /// All parts of a stretch, quotes that were put around it and all.
    pub(super) fn exact<'t>(&self, text: &'t Text, span: Span) -> Vec<Part<'t>> {
        all_parts(text, span.range())
    }

    /// Where the bytes of a part themselves are written, where they are.
    pub(super) fn own(&self, part: &Part<'_>) -> Option<FilePlace> {
        let words = part.words;
        let length = words.len() as u32;
        match part.source {
            Provenance::Template { file, at } => Some((file, Span::new(at, at + length))),
            Provenance::Key { node, skip } => Some((self.nodes.file(node), self.nodes.key_within(node, skip, words))),
            Provenance::Value { node, skip } => {
                Some((self.nodes.file(node), self.nodes.span_within(node, skip, words)))
            }
            Provenance::Literal { body, span, skip } => {
                let text = self.engine.body(body).text.as_str();
                let start = span.start + 1 + skip;
                let exact = Span::new(start, start + length);
                let is_exact = exact.end < span.end && text.get(exact.range()) == Some(words);
                self.within(body, if is_exact { exact } else { span })
            }
            Provenance::Computed | Provenance::Hole => None,
        }
    }

    /// The one stretch of a file that parts of one kind are.
    fn one_place(&self, parts: &[Part<'_>]) -> Option<FilePlace> {
        let (first, others) = parts.split_first()?;
        if others.iter().any(|part| part.kind != first.kind || part.site != first.site) {
            return None;
        }
        let (file, mut span) = self.own(first)?;
        for part in others {
            let (_, place) = self.own(part).filter(|(other, _)| *other == file)?;
            span = span.cover(place);
        }
        Some((file, span))
    }

    /// The smallest stretch of one file that has them all: actions stand for what they print.
    fn common(&self, parts: &[Part<'_>]) -> Option<FilePlace> {
        let (first, others) = parts.split_first()?;
        let first = self.levels(first);
        // A document has many parts, which few actions print: what is deeper than the first part is never common.
        let mut uppermost = Uppermost { places: self, most: first.len(), known: HashMap::default() };
        let mut levels: Vec<Levels> = Vec::new();
        let mut last = None;
        for part in others {
            // What one action prints stands where that does.
            if last != Some(part.site) || part.kind == Kind::Template {
                levels.push(uppermost.levels(part));
            }
            last = (part.kind != Kind::Template).then_some(part.site);
        }
        let deepest = (0..first.len()).rev().find(|level| levels.iter().all(|other| other.meet(&first, *level)))?;
        let (file, whole) = first[deepest];
        let others = levels.iter().filter_map(|other| other.get(deepest));
        Some((file, others.fold(whole, |whole, (_, span)| whole.cover(span))))
    }

    /// Where a part stands, seen from each template on the way to it.
    fn levels(&self, part: &Part<'_>) -> Vec<FilePlace> {
        let mut levels = self.chain(part.site);
        if part.kind == Kind::Template {
            levels.extend(self.own(part));
        }
        levels
    }

    /// The values that went into what was computed, and those that stand in the parts themselves.
    fn read(&self, parts: &[Part<'_>], at: FilePlace) -> Vec<(FilePlace, Role)> {
        let mut related: Vec<(FilePlace, Role)> = Vec::new();
        let add = |related: &mut Vec<(FilePlace, Role)>, node: NodeId, place: FilePlace| {
            if place != at && related.len() < MOST_READ && related.iter().all(|(known, _)| *known != place) {
                related.push((place, Role::Reads(self.nodes.path(node))));
            }
        };
        for part in parts {
            if related.len() == MOST_READ {
                break;
            }
            if let (Kind::Value(node), Some(place)) = (part.kind, self.own(part)) {
                add(&mut related, node, place);
            }
            if part.kind == Kind::Made && part.site != SiteId::NONE {
                for node in self.engine.reads(part.site) {
                    if self.nodes.is_scalar(*node) {
                        add(&mut related, *node, (self.nodes.file(*node), self.nodes.span(*node)));
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
    known: HashMap<SiteId, Rc<[FilePlace]>>,
}

/// The first of the [levels](Places::levels) of a part.
struct Levels {
    chain: Rc<[FilePlace]>,
    /// Of text of a template, the text, where it is among the first.
    own: Option<FilePlace>,
}

impl Levels {
    fn get(&self, level: usize) -> Option<FilePlace> {
        self.chain.get(level).copied().or_else(|| self.own.filter(|_| level == self.chain.len()))
    }

    /// Whether a level is there in the same file, and all above are the same.
    fn meet(&self, others: &[FilePlace], level: usize) -> bool {
        self.get(level).is_some_and(|place| place.0 == others[level].0)
            && (0..level).all(|above| self.get(above) == Some(others[above]))
    }
}

impl Uppermost<'_, '_> {
    fn levels(&mut self, part: &Part<'_>) -> Levels {
        let chain = self.chain(part.site);
        let is_meant = part.kind == Kind::Template && chain.len() < self.most;
        let own = if is_meant { self.places.own(part) } else { None };
        Levels { chain, own }
    }

    fn chain(&mut self, site: SiteId) -> Rc<[FilePlace]> {
        let (way, at) = self.places.engine.way_up(site, |site| self.known.contains_key(&site));
        let mut levels = self.known.get(&at).cloned().unwrap_or_default();
        for site in way.into_iter().rev() {
            if levels.len() < self.most
                && let Some(place) = self.places.site(site)
            {
                levels = levels.iter().copied().chain([place]).collect();
            }
            self.known.insert(site, Rc::clone(&levels));
        }
        levels
    }
}

/// The parts of a stretch of a text, quotes that were put around it and all.
fn all_parts(text: &Text, range: Range<usize>) -> Vec<Part<'_>> {
    let range = whole_characters(text.as_str(), range);
    let is_empty = range.is_empty();
    let is_meant = |bytes: &Range<usize>| {
        if is_empty {
            bytes.contains(&range.start) || bytes.end == range.start && bytes.end == text.as_str().len()
        } else {
            bytes.start < range.end && range.start < bytes.end
        }
    };
    let runs = text.runs_at(range.start).take_while(|(bytes, _)| bytes.start <= range.end);
    let parts = runs.filter(|(bytes, _)| is_meant(bytes)).map(|(bytes, origin)| {
        let (start, end) = (bytes.start.max(range.start), bytes.end.min(range.end).max(range.start));
        let source = origin.skip((start - bytes.start) as u32).source;
        Part { kind: Kind::of(source), source, words: &text.as_str()[start..end], site: origin.site }
    });
    parts.collect()
}

fn whole_characters(text: &str, Range { start, end }: Range<usize>) -> Range<usize> {
    let start = (0..=start.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
    let end = (end.min(text.len())..=text.len()).find(|at| text.is_char_boundary(*at)).unwrap_or(text.len());
    start..end.max(start)
}

/// Without the quotes that a function put around something.
fn unframed(mut parts: Vec<Part<'_>>) -> Vec<Part<'_>> {
    let is_quote = |char| matches!(char, '"' | '\'' | ' ' | '\n');
    let is_frame = |part: &Part<'_>| part.kind == Kind::Made && part.words.chars().all(is_quote);
    while parts.len() > 1 && parts.last().is_some_and(is_frame) {
        parts.pop();
    }
    let lead = parts.iter().take_while(|part| is_frame(part)).count().min(parts.len().saturating_sub(1));
    parts.drain(..lead);
    parts
}
