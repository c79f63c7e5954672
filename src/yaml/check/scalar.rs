//! Scalars that are refused: what a tag demands and the text does not give, and numbers that JSON lacks.

use super::Checker;
use crate::yaml::document::{resolve_event, tag_class};
use crate::yaml::error::problem;
use crate::yaml::resolve::{Scalar, TagClass, binary};
use crate::yaml::tape::{DECODE, Event};

impl Checker<'_> {
    /// `.inf`, `-.inf` or `.nan`.
    pub(super) fn is_endless(&self, event: Event) -> bool {
        if !matches!(event.end.wrapping_sub(event.start), 4 | 5) {
            return false;
        }
        let text = &self.text.as_bytes()[event.start as usize..event.end as usize];
        let word = match text {
            [b'+' | b'-', word @ ..] if word.len() == 4 => word,
            word => word,
        };
        matches!(word, b".inf" | b".Inf" | b".INF") || matches!(text, b".nan" | b".NaN" | b".NAN")
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
