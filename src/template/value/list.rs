//! Lists.

use std::rc::Rc;

use super::parts::dismantle;
use super::{Holds, Value};

#[derive(Debug, Default)]
struct Items(Vec<Value>);

impl Drop for Items {
    fn drop(&mut self) {
        if self.0.iter().any(Value::has_values) {
            dismantle(std::mem::take(&mut self.0));
        }
    }
}

/// A list; as in Go, who adds to one makes another.
#[derive(Debug, Clone, Default)]
pub(crate) struct List {
    items: Rc<Items>,
    holds: Holds,
}

impl List {
    /// Its items, if nobody else has it.
    pub(super) fn into_own(self) -> Vec<Value> {
        Rc::try_unwrap(self.items).map_or_else(|_| Vec::new(), |mut items| std::mem::take(&mut items.0))
    }

    pub(super) fn of(holds: Holds, items: Vec<Value>) -> Self {
        Self { items: Rc::new(Items(items)), holds }
    }

    pub(crate) fn len(&self) -> usize {
        self.items.0.len()
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.items.0.is_empty()
    }

    pub(crate) fn iter(&self) -> std::slice::Iter<'_, Value> {
        self.items.0.iter()
    }

    pub(crate) const fn holds(&self) -> Holds {
        self.holds
    }

    pub(crate) fn as_slice(&self) -> &[Value] {
        &self.items.0
    }
}
