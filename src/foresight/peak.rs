//! The most that there is of something.

use crate::controller::Moment;

/// The most that there is of something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Peak {
    /// How much.
    pub most: i128,
    /// Since when, the first time.
    pub at: Moment,
}
