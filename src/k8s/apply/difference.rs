//! What is to be done to one tree so that it becomes another.

use std::mem::discriminant;

use serde_json::{Value as Json, json};

use super::order::{Keyed, sorted_by_text, to_order};
use super::{DELETE_TEXTS, DIRECTIVE, NotMerged, ORDER, Object, RETAIN, Shape, key_of};
use crate::k8s::schema::Merging;

/// Finds what differs.
#[derive(Debug, Clone, Copy)]
pub(super) struct Differ {
    pub(super) keeps: Kept,
}

/// What of a difference is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kept {
    /// What is new or other.
    Changes,
    /// What is gone.
    Deletions,
}

impl Differ {
    pub(super) fn objects(self, from: &Object, to: &Object, shape: Shape) -> Result<Object, NotMerged> {
        let mut patch = Object::new();
        for (name, value) in to {
            match from.get(name) {
                None => self.set(&mut patch, name, value),
                Some(before) => self.field(&mut patch, name, (before, value), shape)?,
            }
        }
        if self.keeps == Kept::Deletions {
            let gone = from.keys().filter(|name| !to.contains_key(*name));
            patch.extend(gone.map(|name| (name.clone(), Json::Null)));
        }
        Ok(patch)
    }

    fn set(self, patch: &mut Object, name: &str, value: &Json) {
        if self.keeps == Kept::Changes {
            patch.insert(name.to_owned(), value.clone());
        }
    }

    fn field(
        self,
        patch: &mut Object,
        name: &str,
        (before, value): (&Json, &Json),
        shape: Shape,
    ) -> Result<(), NotMerged> {
        match (before, value) {
            (Json::Object(before), Json::Object(value)) => {
                let inner = self.objects(before, value, shape.of_field(name))?;
                if !inner.is_empty() {
                    patch.insert(name.to_owned(), inner.into());
                }
            }
            (Json::Array(before), Json::Array(value)) => match shape.merging(name) {
                Some(merging) => return self.list(patch, name, (before, value), (shape, merging)),
                None if before != value => self.set(patch, name, &Json::from(value.clone())),
                None => {}
            },
            _ if before != value => self.set(patch, name, value),
            _ => {}
        }
        Ok(())
    }

    fn list(
        self,
        patch: &mut Object,
        name: &str,
        (before, value): (&[Json], &[Json]),
        (shape, merging): (Shape, Merging),
    ) -> Result<(), NotMerged> {
        if before.is_empty() {
            if !value.is_empty() {
                self.set(patch, name, &value.into());
            }
            return Ok(());
        }
        are_of_one_kind(before.iter().chain(value))?;
        let Some(key) = merging.key else {
            self.texts(patch, name, before, value);
            return Ok(());
        };
        let (mut changes, deletions) = self.items((before, value), shape.of_field(name), (key, merging))?;
        to_order(&mut changes, value, Keyed::By(key));
        changes.extend(deletions);
        let same_order = before.len() == value.len()
            && before.iter().zip(value).all(|(one, other)| key_of(one, key).ok() == key_of(other, key).ok());
        if !changes.is_empty() || self.keeps == Kept::Changes && !same_order {
            let order: Result<Vec<Json>, _> =
                value.iter().map(|item| key_of(item, key).map(|value| json!({ key: value }))).collect();
            patch.extend(
                Some(order?).filter(|order| !order.is_empty()).map(|order| (format!("{ORDER}{name}"), order.into())),
            );
        }
        if !changes.is_empty() {
            patch.insert(name.to_owned(), changes.into());
        }
        Ok(())
    }

    /// The items that are new or other, and what says which are gone.
    fn items(
        self,
        (before, value): (&[Json], &[Json]),
        shape: Shape,
        (key, merging): (&'static str, Merging),
    ) -> Result<(Vec<Json>, Vec<Json>), NotMerged> {
        let (mut changes, mut deletions) = (Vec::new(), Vec::new());
        let (before, value) = (sorted_by_text(before, key)?, sorted_by_text(value, key)?);
        let (mut before, mut value) = (before.into_iter().peekable(), value.into_iter().peekable());
        loop {
            match (before.peek(), value.peek()) {
                (None, None) => return Ok((changes, deletions)),
                (Some((one, item)), Some((other, now))) if one == other => {
                    let (item, now) = (object(item)?, object(now)?);
                    let mut inner = self.objects(item, now, shape)?;
                    if merging.replaces_fields {
                        retain(&mut inner, item, now);
                    }
                    if !inner.is_empty() {
                        inner.insert(key.to_owned(), now.get(key).cloned().unwrap_or_default());
                        changes.push(inner.into());
                    }
                    before.next();
                    value.next();
                }
                (Some((one, item)), other) if other.is_none_or(|(other, _)| one < other) => {
                    if self.keeps == Kept::Deletions {
                        deletions.push(json!({ key: key_of(item, key)?, DIRECTIVE: "delete" }));
                    }
                    before.next();
                }
                (_, now) => {
                    changes.extend(now.filter(|_| self.keeps == Kept::Changes).map(|(_, now)| (*now).clone()));
                    value.next();
                }
            }
        }
    }

    /// Of a list of texts, which are put in and which are taken out.
    fn texts(self, patch: &mut Object, name: &str, before: &[Json], value: &[Json]) {
        let only = |these: &[Json], those: &[Json]| -> Vec<Json> {
            these.iter().filter(|one| !those.contains(one)).cloned().collect()
        };
        let (added, gone) = (only(value, before), only(before, value));
        let (part, name_of_part) = match self.keeps {
            Kept::Changes => (added, name.to_owned()),
            Kept::Deletions => (gone, format!("{DELETE_TEXTS}{name}")),
        };
        if !part.is_empty() {
            patch.insert(name_of_part, part.into());
        }
        let differs = before != value;
        if differs
            && !value.is_empty()
            && (self.keeps == Kept::Changes || patch.contains_key(&format!("{DELETE_TEXTS}{name}")))
        {
            patch.insert(format!("{ORDER}{name}"), value.into());
        }
    }
}

/// Lists that are merged have items of one kind, which are neither lists nor nothing: sliceElementType.
fn are_of_one_kind<'j>(mut items: impl Iterator<Item = &'j Json>) -> Result<(), NotMerged> {
    let kind = |item: &Json| (discriminant(item), item.is_f64());
    let Some(first) = items.next() else { return Ok(()) };
    let has_kind = !first.is_array() && !first.is_null();
    if has_kind && items.all(|item| kind(item) == kind(first)) { Ok(()) } else { Err(NotMerged::Mixed) }
}

fn object(item: &Json) -> Result<&Object, NotMerged> {
    item.as_object().ok_or(NotMerged::Mixed)
}

/// Says which fields stay, where one has changed or gone.
fn retain(patch: &mut Object, before: &Object, value: &Object) {
    let kept: Vec<Json> =
        value.iter().filter(|(_, value)| !value.is_null()).map(|(name, _)| name.clone().into()).collect();
    let loses = || before.iter().any(|(name, before)| !before.is_null() && !value.contains_key(name));
    if !kept.is_empty() && (!patch.is_empty() || loses()) {
        patch.insert(RETAIN.to_owned(), kept.into());
    }
}
