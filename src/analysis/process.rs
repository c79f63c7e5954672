//! A container with what it runs.

use std::ops::Deref;

use super::Argv;
use crate::k8s::objects::{Container, Each, Field};
use crate::yaml::Value;

/// A container with the command line that it runs, which many want to know. It reads as the container.
#[derive(Debug, Clone)]
pub struct Process<'a> {
    /// The container where it is written.
    pub field: Field<'a, Container<'a>>,
    /// What it runs.
    pub argv: Argv<'a>,
}

impl<'a> Process<'a> {
    pub(super) fn of(field: Field<'a, Container<'a>>) -> Self {
        Self { field, argv: Argv::of(field.value) }
    }

    /// Bytes of its command line and of its variables.
    pub(super) fn size(&self) -> usize {
        let variables = self.env().each().filter_map(|(_, variable)| Some(variable.value.value()?.raw));
        let texts = self.argv.words().iter().copied().chain(variables);
        texts.filter_map(Value::as_str).map(str::len).sum()
    }
}

impl<'a> Deref for Process<'a> {
    type Target = Container<'a>;

    fn deref(&self) -> &Container<'a> {
        &self.field.value
    }
}
