//! What may be wrong with a patch beside what is in it.

/// How a patch does not do what its author means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// No object is what it is for.
    MatchesNothing,
    /// It adds a container, and is like one that is there.
    AddsContainer,
}
