//! Changes of documents that stand elsewhere than they did.

use super::{Beside, Change, Place, Step};
use crate::yaml::Moved;

impl Change {
    /// The same change of a document that was moved.
    pub(crate) fn move_along(&mut self, moved: &Moved) {
        self.0.move_along(moved);
    }
}

impl Step {
    fn move_along(&mut self, moved: &Moved) {
        match self {
            Self::Remove(place) | Self::Rename(place, _) => place.move_along(moved),
            Self::Set(event, _) | Self::Splice(event, ..) => *event = moved.event(*event),
            Self::Insert { mapping, beside, .. } => {
                *mapping = moved.event(*mapping);
                match beside {
                    Beside::First => {}
                    Beside::Before(key) | Beside::Behind(key) => *key = moved.event(*key),
                }
            }
            Self::Move { from, goes, to, .. } => {
                from.move_along(moved);
                goes.move_along(moved);
                *to = moved.event(*to);
            }
            Self::Text(edits) => edits.iter_mut().for_each(|edit| edit.span = moved.span(edit.span)),
            Self::All(steps) => steps.iter_mut().for_each(|step| step.move_along(moved)),
        }
    }
}

impl Place {
    fn move_along(&mut self, moved: &Moved) {
        (self.mapping, self.key) = (moved.event(self.mapping), moved.event(self.key));
    }
}
