//! Reading the files of the workspace, beside the conversation with the editor.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use rayon::prelude::*;

use crate::analysis::{Facts, Naming, Settings, analyse, names};
use crate::cli::bug;
use crate::cli::configuration::{Arguments, Configurations, Faults};
use crate::cli::surroundings;
use crate::config::{Config, Layer};
use crate::files::{self, Input, Size};
use crate::lint;
use crate::render::STDIN;

/// Files that are told of at once.
const BATCH: usize = 256;

/// What is known of a file.
pub(in crate::cli::lsp) struct Known {
    pub(in crate::cli::lsp) facts: Facts,
    pub(in crate::cli::lsp) names: Vec<Naming>,
}

/// What there is to read, and how.
pub(in crate::cli::lsp) struct Reading {
    pub(in crate::cli::lsp) folders: Vec<PathBuf>,
    pub(in crate::cli::lsp) arguments: Arguments,
    pub(in crate::cli::lsp) layer: Layer,
}

impl Reading {
    /// Reads all files, tells of them in parts for as long as somebody listens, and says what holds for all of them.
    pub(in crate::cli::lsp) fn read(self, tell: impl Fn(Vec<Known>) -> bool) -> Result<Arc<Config>, Faults> {
        let settings = Settings::at(surroundings::this_hour());
        let mut configurations = Configurations::new(&self.arguments, settings, self.layer)?;
        let mut planned = Vec::new();
        for input in configurations.find(&self.folders, STDIN, None)?.into_iter().flatten() {
            if let Some(config) = configurations.of_wanted(input.path(), false)? {
                planned.push((input, config));
            }
        }
        for batch in planned.chunks(BATCH) {
            let read = batch.par_iter().filter_map(|(input, config)| known(input, config)).collect();
            if !tell(read) {
                break;
            }
        }
        configurations.of_all(self.folders.first().map_or(Path::new(""), PathBuf::as_path))
    }
}

/// Reads a file; of what cannot be read, and of bugs, the check tells.
pub(in crate::cli::lsp) fn known(input: &Input, config: &Config) -> Option<Known> {
    let source = files::read(input, Size::default()).ok()?;
    // What has no kind is no object, and a folder is full of such files.
    let is_some = ["kind", "batchlint"].iter().any(|word| source.text().contains(word));
    let source = if is_some { source } else { source.with_text(String::new()) };
    bug::guard(|| {
        let analysis = analyse(source, config.settings());
        Known { facts: lint::facts(&analysis, config), names: names(&analysis) }
    })
}
