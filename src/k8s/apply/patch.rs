//! Does to a tree what a patch says.

use serde_json::Value as Json;

use super::order::{Keyed, interleave};
use super::{DELETE_TEXTS, DIRECTIVE, NotMerged, ORDER, Object, RETAIN, Shape, is_deletion};
use crate::k8s::schema::Version;

/// Merges a patch into something.
#[derive(Debug, Clone, Copy)]
pub(super) struct Patcher {
    pub(super) step: Step,
    /// Of the server, and of kubectl.
    pub(super) version: Version,
}

/// Into what.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Step {
    /// Into another patch: what it says is to be done stays to be done.
    Join,
    /// Into an object.
    Apply,
}

impl Patcher {
    pub(super) fn merge(self, into: &mut Object, mut patch: Object, shape: Shape) -> Result<(), NotMerged> {
        self.retain(into, &mut patch)?;
        self.ordered_lists(into, &mut patch, shape)?;
        for (name, value) in patch {
            match name.strip_prefix(DELETE_TEXTS) {
                Some(list) if self.step == Step::Apply => delete_texts(into, list, &value),
                _ => self.field(into, name, value, shape)?,
            }
        }
        Ok(())
    }

    fn retain(self, into: &mut Object, patch: &mut Object) -> Result<(), NotMerged> {
        let Some(kept) = patch.remove(RETAIN) else { return Ok(()) };
        if self.step == Step::Join {
            into.insert(RETAIN.to_owned(), kept);
            return Ok(());
        }
        let is_kept = |name: &String| kept.as_array().is_some_and(|kept| kept.iter().any(|one| one == name));
        if patch.iter().any(|(name, value)| !value.is_null() && !name.starts_with('$') && !is_kept(name)) {
            return Err(NotMerged::Repeated);
        }
        into.retain(|name, _| is_kept(name));
        Ok(())
    }

    /// The lists of which the patch says what order they are to have.
    fn ordered_lists(self, into: &mut Object, patch: &mut Object, shape: Shape) -> Result<(), NotMerged> {
        let names: Vec<String> = patch.keys().filter_map(|name| Some(name.strip_prefix(ORDER)?.to_owned())).collect();
        for name in names {
            let directive = format!("{ORDER}{name}");
            let Some(Json::Array(order)) = patch.remove(&directive) else { continue };
            if self.step == Step::Join {
                into.insert(directive, order.clone().into());
            }
            let keyed = shape.merging(&name).and_then(|merging| merging.key).map_or(Keyed::Whole, Keyed::By);
            let changes = patch.get(&name).and_then(Json::as_array).map_or(&[][..], |changes| changes);
            if !is_in_order(changes, &order, keyed) {
                return Err(NotMerged::Repeated);
            }
            let before = into.get(&name).and_then(Json::as_array).cloned();
            let items = match (before.clone(), patch.remove(&name)) {
                (None, None) => continue,
                (Some(before), None) => before,
                (None, Some(changes)) => list(self.taken(changes).unwrap_or_default()),
                (Some(before), Some(changes)) => self.items(before, list(changes), (shape.of_field(&name), keyed))?,
            };
            let items = interleave(items, (&order, before.as_deref().unwrap_or_default()), keyed)?;
            into.insert(name, items.into());
        }
        Ok(())
    }

    fn field(self, into: &mut Object, name: String, value: Json, shape: Shape) -> Result<(), NotMerged> {
        if value.is_null() {
            into.remove(&name);
            if self.step == Step::Apply {
                return Ok(());
            }
        }
        match (into.get_mut(&name), value) {
            (Some(Json::Object(before)), Json::Object(value)) => self.merge(before, value, shape.of_field(&name))?,
            (Some(Json::Array(before)), Json::Array(value)) => {
                *before = match shape.merging(&name) {
                    None => value,
                    Some(merging) => {
                        let keyed = merging.key.map_or(Keyed::Whole, Keyed::By);
                        self.items(std::mem::take(before), value, (shape.of_field(&name), keyed))?
                    }
                };
            }
            (_, value) => {
                let value = if self.step == Step::Apply { without_nulls(value) } else { value };
                into.remove(&name);
                into.extend(self.taken(value).map(|value| (name, value)));
            }
        }
        Ok(())
    }

    /// A value of which there is nothing yet, as it is taken over; until 1.27 with what only says what to do.
    fn taken(self, value: Json) -> Option<Json> {
        if self.version < Version::new(28) { Some(value) } else { without_directives(value) }
    }

    /// The items of a list after those of a patch have been put in, changed and taken out.
    fn items(
        self,
        before: Vec<Json>,
        patch: Vec<Json>,
        (shape, keyed): (Shape, Keyed),
    ) -> Result<Vec<Json>, NotMerged> {
        let (mut before, mut patch) = (before, patch);
        let Keyed::By(_) = keyed else {
            let mut all = before.clone();
            patch.iter().filter(|one| !before.contains(one)).for_each(|one| all.push(one.clone()));
            return interleave(all, (&patch, &before), keyed);
        };
        if self.step == Step::Apply {
            let (deletions, rest): (Vec<Json>, Vec<Json>) = patch.into_iter().partition(is_deletion);
            before.retain(|item| keyed.place(item, &deletions).is_none());
            patch = rest;
        }
        let mut all = before.clone();
        for item in &patch {
            let Json::Object(fields) = item else { return Err(NotMerged::Mixed) };
            let known = keyed.place(item, &all);
            match known.and_then(|place| all[place].as_object_mut()) {
                Some(known) => self.merge(known, fields.clone(), shape)?,
                None => all.push(item.clone()),
            }
        }
        interleave(all, (&patch, &before), keyed)
    }
}

/// Whether the items of a patch come in the order that it asks for, each once.
fn is_in_order(changes: &[Json], order: &[Json], keyed: Keyed) -> bool {
    let mut order = order.iter();
    let mut changes = changes.iter().filter(|item| !is_deletion(item));
    order.len() == 0 || changes.all(|item| order.any(|one| keyed.key(one) == keyed.key(item)))
}

fn list(value: Json) -> Vec<Json> {
    if let Json::Array(items) = value { items } else { Vec::new() }
}

fn delete_texts(into: &mut Object, name: &str, gone: &Json) {
    let gone = gone.as_array().map_or(&[][..], |gone| gone);
    if let Some(Json::Array(texts)) = into.get_mut(name) {
        texts.retain(|text| !gone.contains(text));
    }
}

/// A value as it comes into an object: what only says what to do is left out, and with it what is to go.
fn without_directives(value: Json) -> Option<Json> {
    match value {
        Json::Object(fields) if fields.contains_key(DIRECTIVE) => None,
        Json::Object(fields) => {
            let kept = fields.into_iter().filter_map(|(name, value)| Some((name, without_directives(value)?)));
            Some(Json::Object(kept.collect()))
        }
        Json::Array(items) => Some(Json::Array(items.into_iter().filter_map(without_directives).collect())),
        other => Some(other),
    }
}

fn without_nulls(value: Json) -> Json {
    match value {
        Json::Object(fields) => {
            let kept = fields.into_iter().filter(|(_, value)| !value.is_null());
            Json::Object(kept.map(|(name, value)| (name, without_nulls(value))).collect())
        }
        Json::Array(items) => Json::Array(items.into_iter().map(without_nulls).collect()),
        other => other,
    }
}
