//! `--since`: what the changes of objects do, of which the rules of group `change` speak.

use std::collections::HashSet;
use std::path::PathBuf;
use std::sync::Arc;

use super::Args;
use super::plan::{Plan, Planned};
use crate::analysis::{Analysis, analyse};
use crate::change::{Question, changes, findings};
use crate::cli::configuration::{Configurations, Faults, whole};
use crate::config::Config;
use crate::diagnostic::Late;
use crate::files::{self, Before, Changes, Input};
use crate::text::Source;

/// What has changed beside what is checked.
pub(super) struct Changing {
    /// Files that are no more, as they were.
    gone: Vec<(Source, Arc<Config>)>,
    /// Manifests that nobody asks for, where an object may have gone.
    others: Vec<PathBuf>,
}

impl Args {
    /// What else changed, where some rule asks what changes do.
    pub(super) fn changing(
        &self,
        changes: &Changes,
        planned: &[Planned],
        configurations: &mut Configurations<'_>,
    ) -> Result<Changing, Faults> {
        let revision = self.since.as_deref().unwrap_or_default();
        let mut gone = Vec::new();
        for (path, source) in changes.gone(&self.paths).map_err(|why| vec![format!("--since {revision}: {why}")])? {
            let config = configurations.of_wanted(&path, false)?;
            gone.extend(config.map(|config| (source, config)));
        }
        let known: HashSet<PathBuf> = planned.iter().map(|planned| whole(planned.path())).collect();
        let others = changes.manifests().into_iter().filter(|path| !known.contains(path)).collect();
        Ok(Changing { gone, others })
    }
}

/// What is found in changes, at places of what is checked, and of what is no more.
pub(super) fn found(args: &Args, plan: &Plan) -> Vec<Late> {
    let Some(changing) = &plan.changing else { return Vec::new() };
    let (most, settings) = (args.reading.max_file_size, plan.whole.settings());
    let (mut old, mut new): (Vec<Analysis>, Vec<Analysis>) = (Vec::new(), Vec::new());
    for Planned { input, config, role, before } in &plan.inputs {
        let Some(source) = input.as_ref().ok().and_then(|input| files::read(input, most).ok()) else { continue };
        if let Some(Before::Text(before)) = before {
            let before = Source::new(source.shared_name(), before.shared_text()).with_role(role.clone());
            old.push(analyse(before, config.settings()));
        }
        new.push(analyse(source.with_role(role.clone()), config.settings()));
    }
    old.extend(changing.gone.iter().map(|(source, config)| analyse(source.clone(), config.settings())));
    let mut places: HashSet<Arc<str>> = new.iter().map(|analysis| analysis.source().shared_name()).collect();
    places.extend(changing.gone.iter().map(|(source, _)| source.shared_name()));
    let others = changing.others.iter().filter_map(|path| files::read(&Input::Found(path.clone()), most).ok());
    new.extend(others.map(|source| analyse(source, settings)));
    // Which runs come and go, no rule asks.
    let question = Question { from: settings.now, until: settings.now, not_started: false, only_changed: true };
    let mut found = findings(&changes(&old, &new, &question), &plan.whole);
    found.retain(|late| places.contains(&late.at().file));
    found
}
