//! No edit without proof: a document is read again with its changes, and must come to what was meant.

use std::collections::BTreeMap;

use super::again::{growth, with};
use super::overlay::{Comparison, Overlay};
use super::plan::Plan;
use super::structure::Structure;
use super::{Change, Step, round, text};
use crate::hash::{HashMap, HashSet};
use crate::text::Edit;
use crate::yaml::{Document, File};

/// How often a document is read again at the least, however many changes it has and however many of them fail. What is
/// not proved by then is not offered.
const MOST_READINGS: u32 = 32;
/// The small documents of a file may be read again until so many bytes were read, the first ones first.
const MOST_BYTES: u32 = 1 << 22;

/// A document that is larger is not read again at all: it would be in memory twice, and no person edits it.
const MOST_LENGTH: u32 = 1 << 26;

/// The edits of changes of a file, in the order of the changes; `None` where a change cannot be made.
///
/// Each change can be made alone. What is proved of one that names values: with its edits the document is read without
/// an error, has the values that it had but for what the change says, and has no key twice that it did not have twice
/// before. Changes that leave each other alone are proved together, by one reading of their document; where that fails,
/// by halves. Changes that do not leave each other alone are proved in turns, so whoever makes several of them has to
/// ask for those together. For [`Change::text`] it is proved that the reader gets further: see there.
#[must_use]
pub fn resolve(file: &File, changes: &[&Change]) -> Vec<Option<Vec<Edit>>> {
    let mut first: HashMap<&Change, usize> = HashMap::default();
    let mut by_document: BTreeMap<Option<usize>, Vec<usize>> = BTreeMap::new();
    let mut spare = MOST_BYTES;
    for (index, change) in changes.iter().enumerate() {
        if *first.entry(change).or_insert(index) == index {
            by_document.entry(document_of(file, &change.0)).or_default().push(index);
        }
    }
    let mut resolved = vec![None; changes.len()];
    for (document, indices) in by_document {
        let document = document.and_then(|index| file.documents.get(index));
        let steps: Vec<&Step> = indices.iter().map(|index| &changes[*index].0).collect();
        let edits = Prover::new(file, document, &mut spare).prove(&steps);
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
    /// How many bytes may be read by further ones.
    spare: &'f mut u32,
}

impl<'f> Prover<'f> {
    fn new(file: &'f File, document: Option<&'f Document>, spare: &'f mut u32) -> Self {
        let length = document.map_or(file.text.len() as u32, |document| document.span.len());
        let readings = if length > MOST_LENGTH { 0 } else { MOST_READINGS };
        Self { file, document, readings, spare }
    }

    /// Whether there is one more reading.
    fn may_read(&mut self) -> bool {
        let length = self.document.map_or(u32::MAX, |document| document.span.len().max(1));
        match (self.readings.checked_sub(1), self.spare.checked_sub(length)) {
            (Some(left), _) => self.readings = left,
            (None, Some(left)) => *self.spare = left,
            (None, None) => return false,
        }
        true
    }

    /// Where the errors of the document are.
    fn errors(&self) -> Vec<u32> {
        let document = self.document.filter(|document| !document.complete).into_iter();
        document.flat_map(|document| self.file.errors_of(document)).map(|error| error.span.start).collect()
    }

    fn prove<'c>(&mut self, steps: &[&'c Step]) -> Vec<Option<Vec<Edit>>>
    where
        'f: 'c,
    {
        let mut proved = vec![None; steps.len()];
        if self.readings > 0
            && let Some(structure) = self.document.and_then(Structure::of)
        {
            let old = Old { errors: self.errors(), structure };
            let structure = &old.structure;
            let is_whole = structure.document.complete;
            let end = old.errors.first().copied().unwrap_or_default();
            let is_certain = |plan: &Plan<'_>| is_whole || plan.is_certain_before(end, structure);
            let plan = |step: &&'c Step| Plan::of(step, structure).filter(is_certain);
            let plans: Vec<Option<Plan<'_>>> = steps.iter().map(plan).collect();
            let planned = plans.iter().enumerate().filter(|(_, plan)| plan.is_some());
            let mut pending: Vec<usize> = planned.map(|(index, _)| index).collect();
            while !pending.is_empty() {
                let (together, rest) = round::part(&plans, pending, structure);
                if together.is_empty() || !self.halve(&together, &plans, &old, &mut proved) {
                    break;
                }
                pending = rest;
            }
        }
        for (step, proved) in steps.iter().zip(&mut proved) {
            if let Step::Text(edits) = step
                && self.may_read()
            {
                *proved = text::holds(self.file, self.document, edits).then(|| edits.clone());
            }
        }
        proved
    }

    /// Proves what leaves each other alone: all at once, or where that fails by halves. Whether readings were left.
    fn halve(
        &mut self,
        together: &[usize],
        plans: &[Option<Plan<'_>>],
        old: &Old<'_>,
        proved: &mut [Option<Vec<Edit>>],
    ) -> bool {
        let mut parts = vec![together];
        while let Some(part) = parts.pop() {
            if !self.may_read() {
                return false;
            }
            let made: Vec<&Plan<'_>> = part.iter().filter_map(|index| plans[*index].as_ref()).collect();
            if holds(&made, old) {
                part.iter().zip(made).for_each(|(index, plan)| proved[*index] = Some(plan.edits.clone()));
            } else if part.len() > 1 {
                let (one, other) = part.split_at(part.len() / 2);
                parts.extend([other, one]);
            }
        }
        true
    }
}

/// A document before it is changed.
struct Old<'a> {
    structure: Structure<'a>,
    /// Where its errors are, if it ends early.
    errors: Vec<u32>,
}

/// Whether a document comes to what was meant: it has the errors that it had, and no others.
fn holds(plans: &[&Plan<'_>], Old { structure, errors }: &Old<'_>) -> bool {
    let document = structure.document;
    let edits = || plans.iter().flat_map(|plan| &plan.edits);
    let Some(again) = with(document, edits()) else { return false };
    let [new] = again.documents.as_slice() else { return false };
    let moved = growth(edits()) - i64::from(document.span.start);
    let has_same_errors = again.errors.len() == errors.len()
        && again.errors.iter().zip(errors).all(|(new, old)| i64::from(new.span.start) == i64::from(*old) + moved);
    let has_more = new.repeated.len() > document.repeated.len();
    if !has_same_errors || has_more || new.json != document.json || Structure::of(new).is_none() {
        return false;
    }
    let overlay = Overlay::of(plans.iter().flat_map(|plan| &plan.effects));
    let (Some(old), Some(new)) = (document.root(), new.root()) else { return false };
    Comparison { structure, overlay: &overlay, same: HashSet::default() }.holds(old, true, new)
}

#[cfg(test)]
mod tests {
    use super::{MOST_READINGS, Prover};
    use crate::yaml::{Change, Document, New, Value, parse};

    /// How many of the changes hold, and how often the document was read for that.
    fn proved(text: &str, changes: impl Fn(Value<'_>) -> Vec<Change>) -> (usize, u32) {
        let file = parse(text);
        let document = file.documents.first();
        let changes = document.and_then(Document::root).map(changes).expect("a document");
        let mut spare = 0;
        let mut prover = Prover::new(&file, document, &mut spare);
        let most = prover.readings;
        let edits = prover.prove(&changes.iter().map(|change| &change.0).collect::<Vec<_>>());
        (edits.iter().flatten().count(), most - prover.readings)
    }

    #[test]
    fn many_changes_of_one_document_are_proved_by_as_many_readings_as_few() {
        let text = |count: usize| "- {a: 1, b: 2, c: 3, d: 4, e: 5}\n".repeat(count);
        let changes = |root: Value<'_>| {
            let keys =
                |item: Value<'_>| ["a", "b", "c", "d"].map(|key| item.remove(item.get(key).expect("it has one")));
            root.items().flat_map(keys).collect()
        };
        for count in [1, 800] {
            let (holding, readings) = proved(&text(count), changes);
            assert!(holding == 4 * count && readings <= 2, "{count} items: {holding} hold, {readings} readings");
        }
    }

    #[test]
    fn however_many_fail_a_document_is_read_a_bounded_number_of_times() {
        // Behind a comment a plain scalar may not go on in the next line.
        let text: String = (0..20_000).map(|index| format!("k{index}:\n  a\n  b # c\n")).collect();
        let changes = |root: Value<'_>| root.entries().map(|entry| entry.value.splice(0..1, "x # y")).collect();
        let (_, readings) = proved(&text, changes);
        assert!(readings <= MOST_READINGS, "{readings}");
    }

    #[test]
    fn values_before_an_error_can_be_changed() {
        let changes = |root: Value<'_>| {
            let entry = |key| root.get(key).expect("it is there");
            vec![entry("a").value.set(New::Plain("2")), entry("m").value.set(New::Plain("2")), root.remove(entry("b"))]
        };
        // The third would be sound if nothing followed; nobody knows who needs the anchor.
        assert_eq!(proved("a: 1\nm: &x 1\nb: 1\nc: \"x\n", changes).0, 1);
        assert_eq!(proved("a: 1\nm: &x 1\nb: 1\nc: \"x\"\n", changes).0, 3);
    }
}
