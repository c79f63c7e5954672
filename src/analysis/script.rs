//! The scripts that shells read in a container.

use std::cell::RefCell;
use std::rc::Rc;

use crate::command::{self, Flow, Place};
use crate::k8s::Manifest;
use crate::k8s::objects::{Container, Field};
use crate::text::Span;
use crate::yaml::{Places, Value};

/// A script with the place where it is written, and what comes of the failures in it.
#[derive(Debug)]
pub struct Script<'a> {
    /// The script.
    pub read: &'a command::Script<'a>,
    /// Who looks at how its commands end.
    pub flow: Flow<'a>,
    /// The string that holds it.
    pub value: Value<'a>,
    /// The container that runs it.
    pub container: Field<'a, Container<'a>>,
    places: Rc<RefCell<Places>>,
}

/// A script as it was read, which all that is said of it points into.
#[derive(Debug)]
pub(super) struct Read<'a> {
    pub(super) script: command::Script<'a>,
    pub(super) value: Value<'a>,
    pub(super) container: Field<'a, Container<'a>>,
    places: Rc<RefCell<Places>>,
}

/// All scripts of an object, as they were read.
#[derive(Debug, Default)]
pub(crate) struct Scripts<'a> {
    pub(super) read: Vec<Read<'a>>,
    pub(super) files: Vec<RunFile<'a>>,
    /// Whether files were sought in volumes, which ConfigMaps of the text may fill.
    pub(super) seeks_files: bool,
    /// Whether files are run that may be in ConfigMaps of other texts.
    pub(super) runs_others: bool,
}

/// A file of a ConfigMap that a container runs.
#[derive(Debug, Clone, Copy)]
pub struct RunFile<'a> {
    /// The ConfigMap.
    pub map: Manifest<'a>,
    /// The key of the file in there.
    pub key: &'a str,
    /// Its text.
    pub value: Value<'a>,
    /// The container that runs it.
    pub container: Field<'a, Container<'a>>,
    /// Where it does.
    pub run: Span,
}

impl Scripts<'_> {
    /// Whether they are what they are whatever stands around the object.
    pub(crate) fn stand_alone(&self) -> bool {
        !self.seeks_files
    }
}

impl<'a> Script<'a> {
    pub(super) fn of(read: &'a Read<'a>) -> Self {
        let Read { script, value, container, places } = read;
        Self { read: script, flow: Flow::of(script), value: *value, container: *container, places: Rc::clone(places) }
    }

    /// Where a part of it is written.
    #[must_use]
    pub fn span(&self, place: Place) -> Span {
        self.places.borrow_mut().span(self.value, self.read.text.written_at(place))
    }

    /// Whether it is how the container ends: no other script starts it.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        self.read.depth == 0
    }
}

impl<'a> Read<'a> {
    /// Where a part of it is written.
    pub(super) fn span(&self, place: Place) -> Span {
        self.places.borrow_mut().span(self.value, self.script.text.written_at(place))
    }

    /// A script that is written in a value, and those that shells read within it.
    pub(super) fn with_inner(
        script: command::Script<'a>,
        value: Value<'a>,
        container: Field<'a, Container<'a>>,
    ) -> impl Iterator<Item = Self> {
        let inner = script.inner();
        let places = Rc::new(RefCell::default());
        let whole = move |script| Self { script, value, container, places: Rc::clone(&places) };
        std::iter::once(script).chain(inner).map(whole)
    }
}
