//! When a schedule runs.

use crate::schedule::time::Seconds;
use crate::text::Span;

use super::field::Field;

/// When a schedule runs.
#[derive(Debug, Clone, PartialEq)]
pub enum Rhythm {
    /// At the times on which five fields agree: minute, hour, day of month, month, day of week.
    Fields(Box<[Field; 5]>),
    /// At a fixed distance from the last run.
    Every(Every),
}

/// A fixed distance between runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Every {
    /// The distance that Kubernetes keeps: at least a second.
    pub distance: Seconds,
    /// The distance as written, in nanoseconds: Kubernetes raises what is below a second to one, and cuts fractions.
    pub nanoseconds: i64,
    /// The bytes of the duration.
    pub span: Span,
}
