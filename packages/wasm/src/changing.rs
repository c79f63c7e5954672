//! What a change of files does, as far as rules speak of it.

use batchlint::Source;
use batchlint::analysis::{Analysis, analyse};
use batchlint::change::{self, Question};
use batchlint::config::Config;
use batchlint::diagnostic::Late;

use crate::options::{File, Options};

/// What is found in the change from what the files were, where that is told; the small module looks at no changes.
pub(crate) fn found(files: &[File], options: &Options, config: &Config) -> Vec<Late> {
    if !cfg!(feature = "full") || options.before.is_empty() {
        return Vec::new();
    }
    let read = |files: &[File]| -> Vec<Analysis> {
        let source = |file: &File| Source::new(file.name.as_str(), file.text.as_str());
        files.iter().map(|file| analyse(source(file), config.settings())).collect()
    };
    let question = Question { from: options.now(), until: options.now(), not_started: false, only_changed: true };
    change::findings(&change::changes(&read(&options.before), &read(files), &question), config)
}
