//! Something that is assumed of Jobs, and who says so.

use crate::analysis::Trait;

/// Something that is assumed of Jobs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claim {
    /// The name of the object, with or without its namespace; `None`: of all.
    pub of: Option<String>,
    /// What is assumed.
    pub what: Trait,
    /// Who says so.
    pub source: Source,
}

/// Who says what to assume, the weakest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Source {
    /// The Jobs of the input.
    Learned,
    /// A comment in the manifest.
    Comment,
    /// An annotation on the object.
    Annotation,
    /// The configuration.
    Configuration,
    /// The command line.
    CommandLine,
}
