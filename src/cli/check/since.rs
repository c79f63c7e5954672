//! `--since`: what of the files and of their findings changed.

use std::collections::HashMap;
use std::path::Path;
use std::sync::Arc;

use super::Args;
use super::plan::Planned;
use crate::analysis::{Analysis, analyse};
use crate::cli::configuration::Faults;
use crate::config::Config;
use crate::diagnostic::{Late, Place};
use crate::files::{self, Before, Changes};
use crate::lint::Part;
use crate::text::{Location, Span};

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
