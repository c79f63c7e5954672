//! What templates printed that were included: where nothing that they look at is different, they print it again, with
//! actions of its own as if they were run.

use std::cell::OnceCell;
use std::hash::Hasher as _;
use std::ops::Range;
use std::rc::Rc;

use super::{Body, Engine, Frame, Namespace, Site};
use crate::hash::HashMap;
use crate::template::origin::{BodyId, NodeId, Origin, Provenance, SiteId};
use crate::template::syntax::Template;
use crate::template::text::Text;
use crate::template::value::{Change, Kind, Map, MapId, Mark, Seen, To, Value};

/// How much is kept, in bytes that were printed and as much for each look.
const MOST_KEPT: usize = 32 << 20;
/// How many parts a value may have by which what was printed is known.
const MOST_PARTS: usize = 200;

/// What is known of templates that were run.
#[derive(Debug, Default)]
pub(super) struct Memo {
    /// The namespace that all templates see but those of a `tpl`; nothing, where nothing is kept.
    namespace: Option<Rc<Namespace>>,
    known: HashMap<Key, Rc<Kept>>,
    size: usize,
}

/// A template and what it is given: their sum, by the template's place in memory, which what is kept has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Key {
    template: *const Template,
    given: u64,
    is_tolerant: bool,
    /// Whether it saw nothing that was changed; else it is the last time that is kept.
    is_first: bool,
}

/// What a template printed.
#[derive(Debug)]
struct Kept {
    /// Kept so that no other template takes its place.
    _template: Rc<Template>,
    text: Text,
    /// The action that included it.
    parent: SiteId,
    made: Made,
    /// What it looked at, and what it changed.
    seen: Box<[Seen]>,
    changes: Box<[Change]>,
    /// The files that were run in it whose branches may be [watched](super::Watch).
    files: Box<[BodyId]>,
    steps: u32,
    room: u64,
    /// How deep templates were in each other in it.
    depth: u32,
    /// Made when it is wanted for the first time.
    again: OnceCell<Again>,
}

/// What was made meanwhile, by where it stands in the engine's tables.
#[derive(Debug, Clone)]
struct Made {
    sites: Range<usize>,
    reads: Range<usize>,
    bodies: Range<usize>,
}

/// What a template printed, for any action that includes it: sites, reads and bodies are counted from its own first on.
#[derive(Debug)]
struct Again {
    text: Text,
    sites: Vec<Site>,
    reads: Vec<NodeId>,
    bodies: Vec<Body>,
    changes: Vec<(Text, To)>,
}

/// A number that is counted so has this bit; of a site, the action that includes is all of them.
const OWN: u32 = 1 << 31;
const INCLUDING: SiteId = SiteId(u32::MAX);

/// Where the engine stands when a template begins.
pub(super) struct Begun {
    key: Key,
    at: [usize; 4],
    mark: Mark,
    steps: u32,
    room: u64,
    deepest: u32,
}

impl Engine {
    /// Keeps from here on what templates print that see these.
    pub(crate) fn remembers(&mut self, namespace: &Rc<Namespace>) {
        self.memo.namespace = (!self.has_no_values).then(|| Rc::clone(namespace));
    }

    /// By what it is known what a template prints that is included with this, where it may be.
    pub(super) fn known_by(&self, frame: &Frame<'_>, template: &Rc<Template>, data: &Value) -> Option<Key> {
        self.memo.namespace.as_ref().filter(|namespace| Rc::ptr_eq(namespace, frame.namespace))?;
        let mut given = crate::hash::summing();
        data.identify(&mut given, MOST_PARTS)?;
        let is_tolerant = self.is_tolerant();
        Some(Key { template: Rc::as_ptr(template), given: given.finish(), is_tolerant, is_first: true })
    }

    /// What a template printed that is known by this, where it prints it again; what it changes is changed.
    pub(super) fn again(&mut self, frame: &Frame<'_>, key: Key) -> Option<Text> {
        let states = [true, false].map(|is_first| self.memo.known.get(&Key { is_first, ..key }));
        let kept = states.into_iter().flatten().find(|kept| self.log.is_as_seen(&kept.seen)).map(Rc::clone)?;
        let watched = self.watch.as_ref().map(|watch| watch.body);
        let (steps, room) = (self.steps.checked_sub(kept.steps)?, self.room.checked_sub(kept.room)?);
        let fits = self.depth + kept.depth <= super::DEEPEST;
        if !fits || watched.is_some_and(|body| kept.files.contains(&body)) {
            return None;
        }
        let changed: Option<Vec<Map>> = kept.changes.iter().map(|change| self.map(change.map)).collect();
        let changed = changed?;
        (self.steps, self.room) = (steps, room);
        self.deepest = self.deepest.max(self.depth + kept.depth);
        self.log.repeat(&kept.seen);
        self.ran.extend(&kept.files);
        if kept.parent == frame.site && kept.changes.is_empty() {
            self.reads.extend_from_within(kept.made.reads.clone());
            return Some(kept.text.clone());
        }
        Some(self.put_again(kept.again.get_or_init(|| kept.again(self)), frame.site, &changed))
    }

    /// The map of that number, if it is where it was.
    fn map(&self, map: MapId) -> Option<Map> {
        let found = match map.is_all_of().filter(|chart| *chart < self.seen.len()) {
            Some(chart) => self.seen.get(chart)?.clone(),
            None => {
                let (around, name) = self.log.home(map)?;
                let around = self.map(around)?;
                around.unwatched().get(name.as_str())?.as_map()?.clone()
            }
        };
        (found.watched() == Some(map)).then_some(found)
    }

    /// Takes in what was printed before, for an action that includes it now.
    fn put_again(&mut self, again: &Again, parent: SiteId, changed_maps: &[Map]) -> Text {
        let (sites, reads, bodies) = (self.sites.len() as u32, self.reads.len() as u32, self.bodies.len() as u32);
        let body = |body: BodyId| if body.0 & OWN == 0 { body } else { BodyId(bodies + (body.0 & !OWN)) };
        let site = |site: SiteId| match site {
            INCLUDING => parent,
            SiteId(own) if own & OWN != 0 => SiteId(sites + (own & !OWN)),
            site => site,
        };
        self.reads.extend(&again.reads);
        self.sites.extend(again.sites.iter().map(|one| Site {
            parent: site(one.parent),
            body: body(one.body),
            reads: (reads + one.reads.0, reads + one.reads.1),
            ..*one
        }));
        let text = |text: &Text| text.with_origins(|origin| changed(origin, site, body));
        self.bodies.extend(again.bodies.iter().map(|one| Body { name: Rc::clone(&one.name), text: text(&one.text) }));
        for (map, (name, to)) in changed_maps.iter().zip(&again.changes) {
            match to {
                To::Alone(value) => map.insert(text(name), with_text(value, text)),
                To::Nothing | To::Shared => drop(map.remove(name.as_str())),
            }
        }
        text(&again.text)
    }

    /// A template begins that is known by this.
    pub(super) fn begin(&mut self, key: Key) -> Begun {
        let at = [self.sites.len(), self.reads.len(), self.bodies.len(), self.ran.len()];
        let deepest = std::mem::replace(&mut self.deepest, self.depth);
        let (steps, room) = (self.steps, self.room);
        Begun { key, at, mark: self.log.mark(), steps, room, deepest }
    }

    /// It ends: what it printed is kept, if it was, and nothing else decides that than what it was given and what it looked
    /// at, which is as it is in any rendering.
    pub(super) fn end(&mut self, frame: &Frame<'_>, begun: Begun, of: (&Rc<Template>, &Value), printed: Option<&Text>) {
        let Begun { key, at: [sites, reads, bodies, ran], mark, steps, room, deepest } = begun;
        let (looks, changes) = self.log.go_on(mark);
        let depth = self.deepest - self.depth;
        self.deepest = self.deepest.max(deepest);
        let (template, data) = of;
        let is_watched = self.watch.as_ref().is_some_and(|watch| self.ran[ran..].contains(&watch.body));
        let changes = self.log.changes(changes);
        let can_change = changes.iter().all(|change| !matches!(change.to, To::Shared));
        // What it was given may be changed, too.
        let is_as_given = || self.known_by(frame, template, data) == Some(key);
        let Some(text) = printed.filter(|_| !is_watched && can_change && is_as_given()) else { return };
        let Some(seen) = self.log.seen(looks, &changes) else { return };
        // What is assumed of what nobody knows may be more each time.
        let is_first = self.log.saw_no_changes(&seen);
        if key.is_tolerant && !is_first {
            return;
        }
        self.memo.size += text.as_str().len() + seen.len() * size_of::<Seen>();
        if self.memo.size > MOST_KEPT {
            self.memo.size = 0;
            self.memo.known.clear();
        }
        let kept = Kept {
            _template: Rc::clone(template),
            text: text.clone(),
            parent: frame.site,
            made: Made {
                sites: sites..self.sites.len(),
                reads: reads..self.reads.len(),
                bodies: bodies..self.bodies.len(),
            },
            seen,
            changes,
            files: self.ran[ran..].into(),
            steps: steps - self.steps,
            room: room - self.room,
            depth,
            again: OnceCell::new(),
        };
        self.memo.known.insert(Key { is_first, ..key }, Rc::new(kept));
    }
}

impl Kept {
    /// What it printed, with those of its actions that the text knows of.
    fn again(&self, engine: &Engine) -> Again {
        let Made { sites, reads, bodies } = &self.made;
        let mut wanted = vec![false; sites.len()];
        let mut want = |text: &Text| {
            for (_, origin) in text.runs() {
                let mut at = origin.site;
                while sites.contains(&(at.0 as usize))
                    && !std::mem::replace(&mut wanted[at.0 as usize - sites.start], true)
                {
                    at = engine.site(at).parent;
                }
            }
        };
        want(&self.text);
        for change in &self.changes {
            want(&change.name);
            if let To::Alone(Value { kind: Kind::Text(text), .. }) = &change.to {
                want(text);
            }
        }
        engine.bodies[bodies.clone()].iter().for_each(|body| want(&body.text));
        let mut count = 0;
        let numbers: Vec<u32> = wanted.iter().map(|wanted| count_up(&mut count, *wanted)).collect();
        let site = |site: SiteId| match site {
            site if site == self.parent => INCLUDING,
            site if sites.contains(&(site.0 as usize)) => SiteId(OWN | numbers[site.0 as usize - sites.start]),
            site => site,
        };
        let body = |body: BodyId| match body {
            BodyId(own) if bodies.contains(&(own as usize)) => BodyId(OWN | (own - bodies.start as u32)),
            body => body,
        };
        let text = |text: &Text| text.with_origins(|origin| changed(origin, site, body));
        let own = engine.sites[sites.clone()].iter().zip(&wanted).filter(|(_, wanted)| **wanted);
        let own = own.map(|(one, _)| {
            let (from, to) = one.reads;
            let first = reads.start as u32;
            Site { parent: site(one.parent), body: body(one.body), reads: (from - first, to - first), ..*one }
        });
        let other = |change: &Change| match &change.to {
            To::Alone(value) => (text(&change.name), To::Alone(with_text(value, text))),
            to => (text(&change.name), to.clone()),
        };
        Again {
            text: text(&self.text),
            changes: self.changes.iter().map(other).collect(),
            sites: own.collect(),
            reads: engine.reads[reads.clone()].to_vec(),
            bodies: engine.bodies[bodies.clone()]
                .iter()
                .map(|one| Body { name: Rc::clone(&one.name), text: text(&one.text) })
                .collect(),
        }
    }
}

/// A value whose text is another one, where it is a text.
fn with_text(value: &Value, other: impl Fn(&Text) -> Text) -> Value {
    match &value.kind {
        Kind::Text(text) => Value { kind: Kind::Text(other(text)), node: value.node },
        _ => value.clone(),
    }
}

fn count_up(count: &mut u32, counts: bool) -> u32 {
    let number = *count;
    *count += u32::from(counts);
    number
}

/// An origin with other numbers.
fn changed(origin: Origin, site: impl Fn(SiteId) -> SiteId, body: impl Fn(BodyId) -> BodyId) -> Origin {
    let source = match origin.source {
        Provenance::Literal { body: written, span, skip } => Provenance::Literal { body: body(written), span, skip },
        source => source,
    };
    Origin { source, site: site(origin.site) }
}
