//! What a change comes to: its edits, and what the document is to be with them. Nothing is read for it but the document
//! that is there, and what cannot be done to that alone is refused.

use std::ops::Range;

use super::entry::{insertion_before, insertion_behind, insertion_into_nothing, movement, removal};
use super::scalar::{Manner, Meaning, Scalar, escaped, needs_escape};
use super::structure::Structure;
use super::{Beside, Place, Step};
use crate::text::Edit;
use crate::yaml::Style;
use crate::yaml::tape::{Event, EventKind, FLOW, TAGGED};

/// A change as edits and as what they mean.
#[derive(Debug, Default)]
pub(super) struct Plan<'c> {
    pub(super) edits: Vec<Edit>,
    pub(super) effects: Vec<Effect<'c>>,
}

/// One thing that is to be different.
#[derive(Debug, Clone)]
pub(super) enum Effect<'c> {
    /// The entry of that key is not there.
    Gone(Place),
    /// The key has another name.
    Named(Place, &'c str),
    /// Another scalar stands there.
    Set(u32, Meaning<'c>),
    /// Another text stands in the place of a part of the string there.
    Spliced(u32, Range<usize>, &'c str),
    /// The mapping has another key.
    New { mapping: u32, key: &'c str, value: Content<'c> },
}

/// What a new key has.
#[derive(Debug, Clone)]
pub(super) enum Content<'c> {
    Scalar(Meaning<'c>),
    /// The value of the key at an event.
    Moved(u32),
    /// The entry of the key at an event, below further keys, if there are any.
    Below(&'c [String], u32),
}

impl<'c> Plan<'c> {
    /// The plan of a change; `None` where the document does not let it be made, whatever else happens.
    pub(super) fn of(step: &'c Step, structure: &Structure<'c>) -> Option<Self> {
        match step {
            Step::Remove(place) => remove(*place, structure),
            Step::Rename(place, name) => rename(*place, name, structure),
            Step::Set(at, scalar) => set(*at, scalar, structure),
            Step::Splice(at, part, text) => splice(*at, part, text, structure),
            Step::Insert { mapping, beside, key, new } => insert((*mapping, *beside), key, new, structure),
            Step::Move { from, goes, to, through } => move_to((*from, *goes), *to, through, structure),
            // Alone it is another matter: it says nothing of values.
            Step::Text(_) => None,
            Step::All(steps) => {
                let plans: Option<Vec<Self>> = steps.iter().map(|step| Self::of(step, structure)).collect();
                Some(plans?.into_iter().fold(Self::default(), |mut all, plan| {
                    all.edits.extend(plan.edits);
                    all.effects.extend(plan.effects);
                    all
                }))
            }
        }
    }

    /// Whether it only puts other text into values that stand before a byte and have no anchor: in a document that ends
    /// there, nobody knows what the rest has and refers to.
    pub(super) fn is_certain_before(&self, end: u32, structure: &Structure<'_>) -> bool {
        let has_no_anchor = |at: u32| !structure.events[..at as usize].last().is_some_and(|event| event.is_property());
        self.edits.iter().all(|edit| edit.span.end <= end)
            && self.effects.iter().all(|effect| match effect {
                Effect::Set(at, _) | Effect::Spliced(at, ..) => has_no_anchor(*at),
                Effect::Gone(_) | Effect::Named(..) | Effect::New { .. } => false,
            })
    }

    fn new(edit: Edit, effect: Effect<'c>) -> Self {
        Self { edits: vec![edit], effects: vec![effect] }
    }
}

fn remove<'c>(place: Place, structure: &Structure<'c>) -> Option<Plan<'c>> {
    is_free_to_go(place, structure).then_some(())?;
    Some(Plan::new(removal(structure, place.mapping, place.key)?, Effect::Gone(place)))
}

/// Whether an entry can leave its mapping: it is not the only one, and nothing outside of it needs an anchor of its.
fn is_free_to_go(place: Place, structure: &Structure<'_>) -> bool {
    is_changeable(place, structure)
        && structure.events[place.mapping as usize].end > 2
        && !structure.is_named_from_outside(place.key, structure.behind(place.key))
}

/// Whether an entry is written in its mapping, which is seen nowhere else.
fn is_changeable(Place { mapping, key }: Place, structure: &Structure<'_>) -> bool {
    structure.is_own_key(key, mapping) && !structure.is_shared(key)
}

fn rename<'c>(place: Place, name: &'c str, structure: &Structure<'c>) -> Option<Plan<'c>> {
    if !is_changeable(place, structure) || structure.has(place.mapping, name) {
        return None;
    }
    let written = Manner::of(structure, place.key, true).spell_string(name).into_owned();
    Some(Plan::new(Edit::replace(structure.events[place.key as usize].span(), written), Effect::Named(place, name)))
}

/// The event of a scalar that is written there, without a tag that says what it is, and seen nowhere else.
fn own_scalar(at: u32, structure: &Structure<'_>) -> Option<Event> {
    structure.event(at).filter(|event| event.is_scalar() && !event.is(TAGGED) && !structure.is_shared(at))
}

fn set<'c>(at: u32, scalar: &'c Scalar, structure: &Structure<'c>) -> Option<Plan<'c>> {
    own_scalar(at, structure)?;
    respelled(at, scalar.meaning()?, &Manner::of(structure, at, false).spell(scalar), structure)
}

/// Puts another scalar in the place of a whole one.
fn respelled<'c>(at: u32, meaning: Meaning<'c>, written: &str, structure: &Structure<'c>) -> Option<Plan<'c>> {
    let span = own_scalar(at, structure)?.span();
    let text = if span.is_empty() {
        let before = structure.document.text()[..span.start as usize].trim_end();
        let has_property = structure.events[..at as usize].last().is_some_and(|event| event.is_property());
        // A key among brackets need not have a colon.
        (has_property || before.ends_with([':', '-'])).then(|| format!(" {written}"))?
    } else {
        written.to_owned()
    };
    Some(Plan::new(Edit::replace(span, text), Effect::Set(at, meaning)))
}

fn splice<'c>(at: u32, part: &Range<usize>, text: &'c str, structure: &Structure<'c>) -> Option<Plan<'c>> {
    let event = own_scalar(at, structure)?;
    let (value, manner) = (structure.value(at), Manner::of(structure, at, false));
    let before = value.as_str()?;
    before.get(part.clone())?;
    let meant = || [&before[..part.start], text, &before[part.end..]].concat();
    let span = structure.span_within(at, part.clone());
    let written = match manner.style {
        Style::DoubleQuoted => Some(escaped(text)),
        _ if text.contains(needs_escape) => None,
        Style::SingleQuoted => Some(text.replace('\'', "''")),
        Style::Plain => {
            let (start, end) = ((span.start - event.start) as usize, (span.end - event.start) as usize);
            let mut source = value.source().to_owned();
            source.replace_range(start..end, text);
            manner.reads_plain(&source, &meant()).then(|| text.to_owned())
        }
        _ => Some(text.to_owned()),
    };
    match written {
        Some(written) => Some(Plan::new(Edit::replace(span, written), Effect::Spliced(at, part.clone(), text))),
        None => {
            let meant = meant();
            let written = manner.spell_string(&meant).into_owned();
            respelled(at, Meaning::String(meant.into()), &written, structure)
        }
    }
}

fn insert<'c>(
    (mapping, beside): (u32, Beside),
    key: &'c str,
    new: &'c Scalar,
    structure: &Structure<'c>,
) -> Option<Plan<'c>> {
    let event = structure.event(mapping).filter(|event| event.kind == EventKind::MappingStart)?;
    if structure.is_shared(mapping) || structure.has(mapping, key) {
        return None;
    }
    let sibling = match beside {
        Beside::First => structure.first_key(mapping),
        Beside::Before(sibling) | Beside::Behind(sibling) => Some(sibling),
    };
    if sibling.is_some_and(|sibling| structure.parent(sibling) != mapping) {
        return None;
    }
    // JSON stays JSON.
    let quoted =
        sibling.map_or(structure.document.json, |key| structure.events[key as usize].kind == EventKind::DoubleQuoted);
    let in_flow = event.is(FLOW);
    let style = if in_flow && quoted { Style::DoubleQuoted } else { Style::Plain };
    let manner = Manner { style, in_flow, is_key: false, written: "", indentation: 0 };
    let line = format!("{}: {}", Manner { is_key: true, ..manner }.spell_string(key), manner.spell(new));
    let edit = match (beside, sibling) {
        (_, None) => insertion_into_nothing(structure, mapping, &line)?,
        (Beside::Behind(_), Some(sibling)) => insertion_behind(structure, sibling, &line)?,
        (_, Some(sibling)) => insertion_before(structure, sibling, &line)?,
    };
    let value = Content::Scalar(new.meaning()?);
    Some(Plan::new(edit, Effect::New { mapping, key, value }))
}

fn move_to<'c>(
    (from, goes): (Place, Place),
    to: u32,
    through: &'c [String],
    structure: &Structure<'c>,
) -> Option<Plan<'c>> {
    let is_block = |mapping: u32| {
        structure.event(mapping).is_some_and(|event| event.kind == EventKind::MappingStart && !event.is(FLOW))
    };
    let within = from.mapping == to;
    let is_free = if within { is_changeable(from, structure) } else { is_free_to_go(goes, structure) };
    if !is_free
        || !is_changeable(from, structure)
        || !is_block(from.mapping)
        || !is_block(to)
        || structure.is_shared(to)
    {
        return None;
    }
    let (key, value) = match through.split_first() {
        Some((first, below)) => (first.as_str(), Content::Below(below, from.key)),
        None => (structure.name_of(from.key), Content::Moved(from.key)),
    };
    let into_itself = (goes.key..structure.behind(goes.key)).contains(&to) || within && through.is_empty();
    if into_itself || structure.has(to, key) {
        return None;
    }
    let edits = movement(structure, (from, goes), to, through)?;
    Some(Plan { edits, effects: vec![Effect::Gone(goes), Effect::New { mapping: to, key, value }] })
}
