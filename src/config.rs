//! The settings that change what is reported. Reading them from a command line or a file is for the callers.

use crate::k8s::Version;
use crate::schedule::Instant;

/// What to check against, and which rules to run.
#[derive(Debug, Clone)]
pub struct Config {
    /// The Kubernetes version whose API server is asked.
    pub kubernetes: Version,
    /// Names of rules or groups to run; empty means all.
    pub select: Vec<String>,
    /// Names of rules or groups to leave out; stronger than `select`.
    pub ignore: Vec<String>,
    /// Now: where dates in messages start from.
    pub now: Instant,
}

impl Config {
    /// Every rule, the newest Kubernetes, at the given time.
    #[must_use]
    pub const fn at(now: Instant) -> Self {
        Self { kubernetes: Version::NEWEST, select: Vec::new(), ignore: Vec::new(), now }
    }
}
