//! Scalars that are refused: what a tag demands and the text does not give, and numbers that JSON lacks.

use super::Checker;
use crate::yaml::document::{resolve_event, tag_class};
use crate::yaml::error::problem;
use crate::yaml::resolve::{Scalar, TagClass, binary, may_resolve, plain};
use crate::yaml::tape::{DECODE, NO_STRING, STRING};

impl Checker<'_> {
    /// Marks a plain scalar that is a string; a number that JSON lacks (`.inf`, `-.inf`, `.nan`) is kept in mind.
    #[inline]
    pub(super) fn check_plain(&mut self, at: usize) {
        let event = self.events[at];
        let is_string = !event.span().is_empty() && !may_resolve(self.text.as_bytes()[event.start as usize]);
        match if is_string { Scalar::String } else { plain(&self.text[event.span().range()]) } {
            Scalar::String => self.events[at].flags |= STRING,
            Scalar::Float(value) if !value.is_finite() => self.endless.push(at as u32),
            _ => self.events[at].flags |= NO_STRING,
        }
    }

    pub(super) fn check_tagged(&mut self, at: usize) {
        let Some(tag) = tag_class(self.events, at) else { return };
        if !self.events[at].is_scalar() {
            return;
        }
        let text = self.scalar_text(at).into_owned();
        let place = self.span(at);
        if tag == TagClass::Binary {
            if binary(&text).is_none() {
                self.fail(problem(place, "`!!binary` takes base64 with its padding, and this is none"));
            }
            self.events[at].flags |= DECODE;
            return;
        }
        match resolve_event(self.events, at, &text) {
            None => {
                self.fail(problem(place, format!("the tag before this value makes it {}, and it is none", tag.noun())))
            }
            Some(Scalar::Float(value)) if !value.is_finite() => self.endless.push(at as u32),
            Some(_) => {}
        }
    }
}
