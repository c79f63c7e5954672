//! The scripts that shells read in a container.

use std::cell::RefCell;
use std::collections::HashSet;
use std::rc::Rc;

use super::Argv;
use crate::command::{self, Operand, Place, Text};
use crate::k8s::objects::{Container, Each, Field};
use crate::text::Span;
use crate::yaml::{Places, Value};

/// A script with the place where it is written.
#[derive(Debug)]
pub struct Script<'a> {
    /// The script.
    pub read: command::Script<'a>,
    /// The string that holds it.
    pub value: Value<'a>,
    /// The container that runs it.
    pub container: Field<'a, Container<'a>>,
    places: Rc<RefCell<Places>>,
}

impl<'a> Script<'a> {
    /// Those of a container: the one that its command line gives a shell, and those that are given to others within; none
    /// where that was read before, by another name.
    #[must_use]
    pub(super) fn all(container: Field<'a, Container<'a>>, before: &mut HashSet<u32>) -> Vec<Self> {
        let argv = Argv::of(container.value);
        let Some(start) = argv.shell() else { return Vec::new() };
        let Operand::Script(at) = start.operand else { return Vec::new() };
        let Some((value, text)) = argv.words().get(at).and_then(|value| Some((*value, value.as_str()?))) else {
            return Vec::new();
        };
        if value.document().has_aliases && !before.insert(value.id()) {
            return Vec::new();
        }
        let set: HashSet<&str> =
            container.value.env().each().filter_map(|(_, variable)| Some(variable.value.name()?.value)).collect();
        let text = Text::expanded(text, |name| set.contains(name));
        let Some(read) = command::Script::read(text, &start) else { return Vec::new() };
        let inner = read.inner();
        let places = Rc::new(RefCell::default());
        let whole = |read| Self { read, value, container, places: Rc::clone(&places) };
        std::iter::once(read).chain(inner).map(whole).collect()
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
