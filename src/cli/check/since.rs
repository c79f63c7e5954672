//! `--since`: what of the files and of their findings changed.

use std::path::Path;
use std::sync::Arc;

use super::Args;
use super::plan::{Plan, Planned};
use crate::analysis::{Analysis, analyse};
use crate::change::{Question, changes, findings};
use crate::cli::configuration::Faults;
use crate::config::Config;
use crate::diagnostic::{Late, Place};
use crate::files::{self, Before, Changes, Input};
use crate::hash::{HashMap, HashSet};
use crate::lint::Part;
use crate::text::{Location, Source, Span};

impl Args {
    /// What changed since the revision that was asked for, if one was.
    pub(super) fn changes(&self) -> Result<Option<Arc<Changes>>, Faults> {
        let Some(revision) = &self.since else { return Ok(None) };
        let changes = match self.reads_stdin() {
            true => Err("git knows nothing of standard input: give it files and folders".to_owned()),
            false => files::changes(&self.paths, revision),
        };
        changes.map(Some).map_err(|why| vec![format!("--since {revision}: {why}")])
    }

    /// Adds to files what they held before.
    pub(super) fn compare(&self, planned: &mut [Planned], changes: &Changes) -> Result<(), Faults> {
        let paths: Vec<&Path> = planned.iter().map(Planned::path).collect();
        let revision = self.since.as_deref().unwrap_or_default();
        let before = changes.before(&paths).map_err(|why| vec![format!("--since {revision}: {why}")])?;
        planned.iter_mut().zip(before).for_each(|(planned, before)| planned.before = before);
        Ok(())
    }
}

/// The objects of a text that are not as they were before.
pub(super) fn part(before: &Before, now: &Analysis, config: &Config) -> Part {
    match before {
        Before::Nothing => Part::ALL,
        Before::Text(before) => {
            let before = before.clone().with_role(now.source().role().clone());
            Part::changed(&analyse(before, config.settings()), now)
        }
    }
}

/// What is found in changes, at places of what is checked, and of what is no more.
pub(super) fn found_in_changes(args: &Args, plan: &Plan) -> Vec<Late> {
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

/// The bytes that changed, by file, as far as files were checked.
#[derive(Debug, Default)]
pub(super) struct Changed {
    files: HashMap<Arc<str>, Vec<Span>>,
}

impl Changed {
    pub(super) fn add(&mut self, file: Arc<str>, spans: Vec<Span>) {
        self.files.insert(file, spans);
    }

    /// Whether a finding is about something that changed, here or in another file that it points to.
    pub(super) fn concern(&self, late: &Late) -> bool {
        let labels = late.finding().labels.iter();
        let places = labels.map(|label| match &label.place {
            Place::Here(span) => self.covers(&late.at().file, *span),
            Place::Elsewhere(location) => self.has(location),
        });
        self.has(late.at()) || places.into_iter().any(|is_changed| is_changed)
    }

    fn has(&self, location: &Location) -> bool {
        self.covers(&location.file, location.span())
    }

    fn covers(&self, file: &str, span: Span) -> bool {
        self.files.get(file).is_some_and(|spans| spans.iter().any(|changed| changed.contains(span)))
    }
}
