//! What a part of a run is written as: a line that says which part it is, and one for each file.

use std::ffi::OsString;
use std::num::NonZeroU32;

use super::share::Record;
use crate::config::Config;
use crate::project::Scope;
use crate::schedule::Instant;

/// What stands in the first line: which part this is, and of what.
#[derive(Debug, serde::Serialize, serde::Deserialize)]
pub(super) struct Head {
    /// The version that wrote it, the only one that reads it.
    pub(super) batchlint: String,
    pub(super) shard: NonZeroU32,
    pub(super) of: NonZeroU32,
    /// How many files this part has, and all parts together.
    pub(super) files: usize,
    pub(super) all: usize,
    /// The same in all parts of one run, and in no others.
    pub(super) run: String,
    pub(super) now: Instant,
    pub(super) paths: Vec<OsString>,
    pub(super) scope: Scope,
    pub(super) excluded: usize,
    /// Where the baseline is, and where it is named.
    pub(super) baseline: Option<(OsString, String)>,
    pub(super) max_findings: usize,
    /// What held for all files together, then what held for each.
    pub(super) configs: Vec<Config>,
}

/// What stands in every other line.
#[derive(serde::Serialize, serde::Deserialize)]
pub(super) struct Entry {
    /// The file's place among all.
    pub(super) at: usize,
    /// Which configuration held.
    pub(super) config: usize,
    pub(super) file: Record,
}

/// What stands before a line's place among all, so that it is known before the rest is read.
pub(super) const AT: &str = "{\"at\":";
