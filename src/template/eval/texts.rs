//! Texts that come again: what `tpl` is given is read once, and files are written as a configuration once.

use std::hash::Hasher as _;
use std::rc::Rc;

use super::{Body, Engine, Frame, Halt, Namespace, Run};
use crate::hash::HashMap;
use crate::template::origin::BodyId;
use crate::template::parse::parse;
use crate::template::text::Text;
use crate::template::value::Value;
use crate::text::Span;

/// How many bytes are kept of each kind.
const MOST_KEPT: usize = 1 << 20;
/// How many files a configuration may have that is kept.
const MOST_FILES: usize = 1_000;
/// Go's name of what `tpl` is given.
pub(super) const NAME: &str = "gotpl";

/// What was made of texts, by their sums.
#[derive(Debug, Default)]
pub(super) struct Texts {
    read: HashMap<u64, Rc<Namespace>>,
    read_size: usize,
    written: HashMap<u64, Written>,
    written_size: usize,
}

/// A configuration, and the room that it took.
#[derive(Debug)]
struct Written {
    value: Value,
    room: u64,
}

impl Engine {
    /// The templates that a text makes which `tpl` is given, and those that are there already.
    pub(super) fn read_text(&mut self, frame: &Frame<'_>, span: Span, text: &Text) -> Run<Rc<Namespace>> {
        let mut sum = crate::hash::summing();
        text.identify(&mut sum);
        let sum = sum.finish();
        let known = self.texts.read.get(&sum);
        // What it adds its own to may be something else each time.
        let is_outer =
            |known: &&Rc<Namespace>| known.outer.as_ref().is_some_and(|outer| Rc::ptr_eq(outer, frame.namespace));
        if let Some(known) = known.filter(is_outer) {
            return Ok(Rc::clone(known));
        }
        let body = BodyId(self.bodies.len() as u32);
        let templates = match parse(NAME, body, text.shared()) {
            Ok(templates) => templates,
            Err(error) => {
                return frame.error(span, format!("error calling tpl: cannot parse template: {}", error.message));
            }
        };
        self.bodies.push(Body { name: Rc::from(NAME), text: text.clone() });
        let mut namespace = Namespace { outer: Some(Rc::clone(frame.namespace)), ..Namespace::default() };
        namespace.add(&templates, text.as_str());
        let namespace = Rc::new(namespace);
        self.texts.read_size += text.as_str().len();
        if self.texts.read_size <= MOST_KEPT {
            self.texts.read.insert(sum, Rc::clone(&namespace));
        }
        Ok(namespace)
    }

    /// What is written of files, which is always the same.
    pub(super) fn written_once(&mut self, files: &Value, write: impl FnOnce(&mut Self) -> Run<Value>) -> Run<Value> {
        let mut sum = crate::hash::summing();
        let sum = files.identify(&mut sum, MOST_FILES).map(|_| sum.finish());
        if let Some(Written { value, room }) = sum.and_then(|sum| self.texts.written.get(&sum)) {
            self.room = self.room.checked_sub(*room).ok_or(Halt::TooMuch)?;
            return Ok(value.clone());
        }
        let room = self.room;
        let value = write(self)?;
        self.texts.written_size += value.as_text().map_or(0, |text| text.as_str().len());
        if let Some(sum) = sum.filter(|_| self.texts.written_size <= MOST_KEPT) {
            let room = room - self.room;
            self.texts.written.insert(sum, Written { value: value.clone(), room });
        }
        Ok(value)
    }
}
