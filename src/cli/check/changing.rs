//! `--since`: what the changes of objects do, of which the rules of group `change` speak.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::Args;
use crate::cli::configuration::{Configurations, Faults, whole};
use crate::config::Config;
use crate::files::Changes;
use crate::hash::HashSet;
use crate::text::Source;

/// What has changed beside what is checked.
pub(super) struct Changing {
    /// Files that are no more, as they were.
    pub(super) gone: Vec<(Source, Arc<Config>)>,
    /// Manifests that nobody asks for, where an object may have gone.
    pub(super) others: Vec<PathBuf>,
}

impl Args {
    /// What else changed, where some rule asks what changes do.
    pub(super) fn changing(
        &self,
        changes: &Changes,
        planned: &[&Path],
        configurations: &mut Configurations<'_>,
    ) -> Result<Changing, Faults> {
        let revision = self.since.as_deref().unwrap_or_default();
        let mut gone = Vec::new();
        for (path, source) in changes.gone(&self.paths).map_err(|why| vec![format!("--since {revision}: {why}")])? {
            let config = configurations.of_wanted(&path, false)?;
            gone.extend(config.map(|config| (source, config)));
        }
        let known: HashSet<PathBuf> = planned.iter().map(|path| whole(path)).collect();
        let others = changes.manifests().into_iter().filter(|path| !known.contains(path)).collect();
        Ok(Changing { gone, others })
    }
}
