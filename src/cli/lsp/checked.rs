//! What was found in a text that is open.

use std::sync::Arc;

use crate::cli::surroundings;
use crate::config::Config;
use crate::lint::{Report, lint};
use crate::text::Source;

pub(super) struct Checked {
    pub(super) report: Report,
    pub(super) config: Arc<Config>,
}

impl Checked {
    pub(super) fn new(source: &Source, config: Arc<Config>) -> Self {
        Self { report: lint(source, &config), config }
    }

    /// That of a text that nothing is to be said of.
    pub(super) fn nothing() -> Self {
        Self::new(&Source::new("", ""), Arc::new(Config::at(surroundings::now())))
    }
}
