//! What there is to check, and what holds for each of it.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::{Args, Product};
use crate::analysis::Settings;
use crate::cli::configuration::{Configurations, Faults, whole};
use crate::cli::surroundings;
use crate::config::Config;
use crate::files::{self, Before, Input};
use crate::render::STDIN;

/// What there is to check.
pub(super) struct Plan {
    pub(super) inputs: Vec<Planned>,
    /// How many were left out.
    pub(super) excluded: usize,
    /// What holds for findings over all files.
    pub(super) whole: Arc<Config>,
    /// The file that knows what was there before, from the root on.
    pub(super) baseline: Option<PathBuf>,
}

pub(super) struct Planned {
    pub(super) input: Result<Input, files::Error>,
    pub(super) config: Arc<Config>,
    /// What it held before, where only what changed counts.
    pub(super) before: Option<Before>,
}

impl Args {
    /// What there is to check, each with its configuration; and the one that holds for all of it together.
    pub(super) fn plan(&self) -> Result<Plan, Faults> {
        let settings = Settings::at(surroundings::now());
        let mut configurations = Configurations::new(&self.configuration, settings, self.layer())?;
        let changes = self.changes(&mut configurations)?;
        let first = self.paths.first().map_or(Path::new(""), PathBuf::as_path);
        let first = if first.as_os_str() == "-" { Path::new("") } else { first };
        let baseline = match self.baseline.named() {
            Some(named) => Some(whole(named)),
            None => configurations.baseline(first)?,
        };
        // What did not change, or is known, is left out before anything is counted.
        let is_all = changes.is_none() && baseline.is_none();
        configurations.most = self.most().filter(|_| is_all);
        let of_all = configurations.of_all(first)?;
        let (mut inputs, mut excluded) = (Vec::new(), 0);
        for input in configurations.find(&self.paths, &self.stdin_filename, changes.as_ref())? {
            let path = input.as_ref().map_or_else(|error| Path::new(&error.path), Input::path);
            let is_named = !matches!(input, Ok(Input::Found(_)) | Err(_));
            if !is_named && baseline.as_deref().is_some_and(|baseline| baseline == whole(path)) {
                continue;
            }
            // A text that has no name, or is to come out again, is wanted, whatever it stands in for.
            let is_wanted =
                path.as_os_str() == STDIN || matches!(input, Ok(Input::Stdin(_))) && self.product() == Product::Text;
            let config =
                if is_wanted { Some(configurations.of(path)?) } else { configurations.of_wanted(path, is_named)? };
            match config {
                Some(config) => {
                    let before = changes.as_ref().and_then(|changes| changes.before(path));
                    inputs.push(Planned { input, config, before });
                }
                None => excluded += 1,
            }
        }
        Ok(Plan { inputs, excluded, whole: of_all, baseline })
    }
}
