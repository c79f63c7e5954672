//! What a configuration file gives to charts.

use super::{Reader, Value};
use crate::config::written::{Fault, Said};
use crate::template::{Misread, Notation, Setting};
use crate::text::Span;

impl Reader {
    /// What charts are given, as `helm --set` takes it.
    pub(super) fn settings(&mut self, value: &Value<'_>) -> Vec<Said<Setting>> {
        let mut settings = Vec::new();
        for Said { value, span } in self.texts("set", value) {
            match Setting::read(Notation::Plain, &value) {
                Ok(value) => settings.push(Said { value, span }),
                Err(Misread { at, message }) => {
                    // Behind the quote; in a text with escapes, about there.
                    let at = span.start + 1 + u32::try_from(at).unwrap_or(0);
                    self.faults.push(Fault { span: Span::empty(at.min(span.end)), message });
                }
            }
        }
        settings
    }
}
