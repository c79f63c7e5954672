//! The settings that change what is reported. Reading them from a command line or a file is for the callers.

use crate::k8s::Version;

/// What to check against, and which rules to run.
#[derive(Debug, Clone)]
pub struct Config {
    /// The Kubernetes version whose API server is asked.
    pub kubernetes: Version,
    /// Names of rules or groups to run; empty means all.
    pub select: Vec<String>,
    /// Names of rules or groups to leave out; stronger than `select`.
    pub ignore: Vec<String>,
    /// Now, in seconds since 1970 in UTC: where dates in messages start from.
    pub now: i64,
}

impl Config {
    /// Every rule, the newest Kubernetes, at the given time (seconds since 1970 in UTC).
    #[must_use]
    pub const fn at(now: i64) -> Self {
        Self { kubernetes: Version::NEWEST, select: Vec::new(), ignore: Vec::new(), now }
    }
}
