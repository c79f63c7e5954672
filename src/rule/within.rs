//! What rules look at, with what is around it.

use std::ops::Deref;

use crate::analysis::Subject;
use crate::k8s::objects::Field;
use crate::text::Span;

/// A part of a Job or CronJob, within the object that it is a part of. It reads as the part itself.
#[derive(Debug)]
pub struct Within<'a, T> {
    part: &'a T,
    /// The key of the part, or the first one in an item of a list: the place that stands for what the part lacks.
    pub key: Span,
    /// The object.
    pub object: &'a Subject<'a>,
}

impl<T> Clone for Within<'_, T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Within<'_, T> {}

impl<T> Deref for Within<'_, T> {
    type Target = T;

    fn deref(&self) -> &T {
        self.part
    }
}

impl<'a, T> Within<'a, T> {
    pub(crate) fn new(part: &'a T, key: Span, object: &'a Subject<'a>) -> Self {
        Self { part, key, object }
    }

    /// What a field of the object holds.
    pub(crate) fn field(field: &'a Field<'a, T>, object: &'a Subject<'a>) -> Self {
        Self::new(&field.value, field.start(), object)
    }
}
