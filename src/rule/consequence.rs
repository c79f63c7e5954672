//! What rules of changes are about.

/// What a change of an object does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Consequence {
    /// The server refuses it.
    Refused,
    /// The server refuses it, since it is of the template of a Job.
    TemplateRefused,
    /// A run that is over starts at once.
    StartsAtOnce,
    /// What is said beside a schedule is of the one that was.
    CommentLeft,
    /// A CronJob is no more, and its Jobs go with it.
    JobsGo,
}
