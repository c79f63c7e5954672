//! Which changes can be tried together: those that leave each other alone.

use std::collections::BTreeSet;

use super::plan::{Effect, Plan};
use super::structure::Structure;
use crate::hash::{HashMap, HashSet};

/// Changes that are tried together, and what they take.
#[derive(Default)]
struct Round<'p> {
    spans: BTreeSet<(u32, u32)>,
    names: HashSet<(u32, &'p str)>,
    /// How many keys leave each mapping.
    gone: HashMap<u32, u32>,
}

/// Parts changes into those that can be made together, the earlier ones first, and the rest.
pub(super) fn part<'p>(
    plans: &'p [Option<Plan<'_>>],
    pending: Vec<usize>,
    structure: &Structure<'_>,
) -> (Vec<usize>, Vec<usize>) {
    let mut round = Round::<'p>::default();
    pending.into_iter().partition(|index| {
        let Some(plan) = &plans[*index] else { return false };
        let fits = round.has_room(plan, structure);
        if fits {
            round.take(plan);
        }
        fits
    })
}

impl<'p> Round<'p> {
    fn has_room(&self, plan: &Plan<'_>, structure: &Structure<'_>) -> bool {
        plan.edits.iter().all(|edit| self.is_untouched(edit.span.start, edit.span.end))
            && plan.effects.iter().all(|effect| match effect {
                Effect::New { mapping, key, .. } => !self.names.contains(&(*mapping, *key)),
                Effect::Named(place, name) => !self.names.contains(&(place.mapping, *name)),
                // The last key stays: without it there is no mapping.
                Effect::Gone(place) => {
                    let gone = self.gone.get(&place.mapping).copied().unwrap_or_default();
                    (gone + 1) * 2 < structure.events[place.mapping as usize].end || is_replaced(plan, place.mapping)
                }
                Effect::Set(..) | Effect::Spliced(..) => true,
            })
    }

    /// Whether no edit that was taken shares a byte with these.
    fn is_untouched(&self, start: u32, end: u32) -> bool {
        self.spans.range(..(end, 0)).next_back().is_none_or(|(_, taken)| *taken <= start)
    }

    fn take(&mut self, plan: &'p Plan<'_>) {
        self.spans.extend(plan.edits.iter().map(|edit| (edit.span.start, edit.span.end)));
        for effect in &plan.effects {
            match effect {
                Effect::New { mapping, key, .. } => drop(self.names.insert((*mapping, *key))),
                Effect::Named(place, name) => drop(self.names.insert((place.mapping, *name))),
                Effect::Gone(place) => *self.gone.entry(place.mapping).or_default() += 1,
                Effect::Set(..) | Effect::Spliced(..) => {}
            }
        }
    }
}

/// Whether a plan puts another key into the mapping that it takes one out of.
fn is_replaced(plan: &Plan<'_>, from: u32) -> bool {
    plan.effects.iter().any(|effect| matches!(effect, Effect::New { mapping, .. } if *mapping == from))
}
