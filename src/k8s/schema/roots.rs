//! The kinds of the group `batch`: those that are served, and those that once were.

use super::nearest::nearest;
use super::table::{CRON_JOB, CRON_JOB_LIST, JOB, JOB_LIST};
use super::types::Type;
use super::version::Version;

/// The one version of the API group `batch` that is served.
pub const API_VERSION: &str = "batch/v1";

/// The kinds of [`API_VERSION`].
pub const KINDS: [&str; 4] = ["CronJob", "CronJobList", "Job", "JobList"];

/// A version of the API group `batch` that is no longer served.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Removal {
    /// As in the manifest, `batch/v1beta1`.
    pub api_version: &'static str,
    /// The first Kubernetes release without it.
    pub removed_in: Version,
    kinds: &'static [&'static str],
}

static REMOVALS: [Removal; 2] = [
    Removal {
        api_version: "batch/v1beta1",
        removed_in: Version::new(25),
        kinds: &["CronJob", "CronJobList", "JobTemplate"],
    },
    Removal {
        api_version: "batch/v2alpha1",
        removed_in: Version::new(21),
        kinds: &["CronJob", "CronJobList", "JobTemplate", "ScheduledJob", "ScheduledJobList"],
    },
];

/// The type of a document, if Kubernetes serves it in the API group `batch`. Exact spelling only.
#[must_use]
pub fn root(api_version: &str, kind: &str) -> Option<&'static Type> {
    if api_version != API_VERSION {
        return None;
    }
    [&CRON_JOB, &CRON_JOB_LIST, &JOB, &JOB_LIST].into_iter().find(|root| root.name() == kind)
}

/// The removal that took this kind of document out of Kubernetes, before any version batchlint answers for.
#[must_use]
pub fn removal(api_version: &str, kind: &str) -> Option<&'static Removal> {
    REMOVALS.iter().find(|removal| removal.api_version == api_version && removal.kinds.contains(&kind))
}

/// The kind of [`API_VERSION`] that was most likely meant by `kind`: `CronJob` by `cronjob`, `Job` by `Jobs`.
#[must_use]
pub fn nearest_kind(kind: &str) -> Option<&'static str> {
    KINDS.into_iter().find(|known| *known == kind).or_else(|| nearest(kind, KINDS))
}
