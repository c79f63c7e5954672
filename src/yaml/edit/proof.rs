//! No edit without proof: a document is read again with its changes, and must come to what was meant.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use super::facts::Facts;
use super::overlay::{Comparison, Overlay};
use super::plan::Plan;
use super::{Change, Step, round, text};
use crate::text::{Edit, Span, apply_edits};
use crate::yaml::reader::read_again;
use crate::yaml::{Document, File};

/// How often a document is read again, however many changes it has and however many of them fail. What is not proved
/// by then is not offered.
const MOST_READINGS: u32 = 32;

/// The edits of changes of a file, in the order of the changes; `None` where a change cannot be made.
///
/// Each change can be made alone. What is proved of one that names values: with its edits the document is read without
/// an error, has the values that it had but for what the change says, and has no key twice that it did not have twice
/// before. Changes that leave each other alone are proved together, by one reading of their document; where that fails,
/// by halves. For [`Change::text`] it is proved that the reader gets further: see there.
#[must_use]
pub fn resolve(file: &File, changes: &[&Change]) -> Vec<Option<Vec<Edit>>> {
    let mut first: HashMap<&Change, usize> = HashMap::new();
    let mut by_document: HashMap<Option<usize>, Vec<usize>> = HashMap::new();
    for (index, change) in changes.iter().enumerate() {
        if *first.entry(change).or_insert(index) == index {
            by_document.entry(document_of(file, &change.0)).or_default().push(index);
        }
    }
    let mut resolved = vec![None; changes.len()];
    for (document, indices) in by_document {
        let document = document.and_then(|index| file.documents.get(index));
        let steps: Vec<&Step> = indices.iter().map(|index| &changes[*index].0).collect();
        let edits = Prover { file, document, readings: MOST_READINGS }.prove(&steps);
        for (index, edits) in indices.into_iter().zip(edits) {
            resolved[index] = edits;
        }
    }
    for (index, change) in changes.iter().enumerate() {
        if first[change] != index {
            resolved[index] = resolved[first[change]].clone();
        }
    }
    resolved
}

/// The document that a change is of, as an index; none where it is of the file as a whole, or of none.
fn document_of(file: &File, step: &Step) -> Option<usize> {
    let of_event = |event: u32| {
        let index = file.documents.partition_point(|document| document.events.range().end <= event as usize);
        (index < file.documents.len()).then_some(index)
    };
    match step {
        Step::Remove(place) | Step::Rename(place, _) | Step::Move { from: place, .. } => of_event(place.key),
        Step::Set(at, _) | Step::Splice(at, ..) => of_event(*at),
        Step::Insert { mapping, .. } => of_event(*mapping),
        Step::Text(edits) => text::document_of(file, edits),
        Step::All(steps) => document_of(file, steps.first()?),
    }
}

/// Proves changes of one document, or of the file as a whole.
struct Prover<'f> {
    file: &'f File,
    document: Option<&'f Document>,
    /// How many readings are left.
    readings: u32,
}

impl Prover<'_> {
    fn prove(&mut self, steps: &[&Step]) -> Vec<Option<Vec<Edit>>> {
        let mut proved = vec![None; steps.len()];
        if let Some(facts) = self.document.and_then(Facts::of) {
            let plans: Vec<Option<Plan<'_>>> = steps.iter().map(|step| Plan::of(step, &facts)).collect();
            let planned = plans.iter().enumerate().filter(|(_, plan)| plan.is_some());
            let mut pending: Vec<usize> = planned.map(|(index, _)| index).collect();
            while !pending.is_empty() && self.readings > 0 {
                let (together, rest) = round::part(&plans, pending, &facts);
                self.halve(&together, &plans, &facts, &mut proved);
                pending = rest;
            }
        }
        for (step, proved) in steps.iter().zip(&mut proved) {
            if let Step::Text(edits) = step
                && self.readings > 0
            {
                self.readings -= 1;
                *proved = text::holds(self.file, self.document, edits).then(|| edits.clone());
            }
        }
        proved
    }

    /// Proves what leaves each other alone: all at once, or where that fails by halves.
    fn halve(
        &mut self,
        together: &[usize],
        plans: &[Option<Plan<'_>>],
        facts: &Facts<'_>,
        proved: &mut [Option<Vec<Edit>>],
    ) {
        let mut parts = vec![together];
        while let Some(part) = parts.pop() {
            let Some(left) = self.readings.checked_sub(1) else { return };
            self.readings = left;
            let made: Vec<&Plan<'_>> = part.iter().filter_map(|index| plans[*index].as_ref()).collect();
            if holds(&made, facts) {
                part.iter().zip(made).for_each(|(index, plan)| proved[*index] = Some(plan.edits.clone()));
            } else if part.len() > 1 {
                let (one, other) = part.split_at(part.len() / 2);
                parts.extend([other, one]);
            }
        }
    }
}

/// Whether a document comes to what was meant.
fn holds(plans: &[&Plan<'_>], facts: &Facts<'_>) -> bool {
    let document = facts.document;
    let edits = plans.iter().flat_map(|plan| &plan.edits);
    let Some(again) = with(document, edits) else { return false };
    let [new] = again.documents.as_slice() else { return false };
    let has_more = new.repeated.len() > document.repeated.len();
    if !again.errors.is_empty() || has_more || new.json != document.json || Facts::of(new).is_none() {
        return false;
    }
    let overlay = Overlay::of(plans.iter().flat_map(|plan| &plan.effects));
    let (Some(old), Some(new)) = (document.root(), new.root()) else { return false };
    Comparison { facts, overlay: &overlay, same: HashSet::new() }.holds(old, true, new)
}

/// A document read again with edits.
pub(super) fn with<'e>(document: &Document, edits: impl Iterator<Item = &'e Edit>) -> Option<File> {
    let base = document.span.start;
    let within = |span: Span| Some(Span::new(span.start.checked_sub(base)?, span.end.checked_sub(base)?));
    let moved: Option<Vec<Edit>> =
        edits.map(|edit| Some(Edit::replace(within(edit.span)?, edit.text.clone()))).collect();
    let text = apply_edits(document.slice(document.span), &moved?).ok()?;
    Some(read_again(document, &Arc::from(text)))
}
