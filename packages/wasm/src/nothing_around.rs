//! What is around a file in the small module, which looks at each by itself.

use batchlint::analysis::Facts;
use batchlint::config::Config;
use batchlint::lint::Report;
use batchlint::text::Source;

use crate::check::alone;
use crate::options::File;

pub(crate) struct Around;

impl Around {
    pub(crate) fn of(_: &[File], _: &Config) -> Self {
        Self
    }

    pub(crate) fn source(&self, name: &str, text: &str) -> Source {
        Source::new(name, text)
    }

    pub(crate) fn report(&self, source: &Source, config: &Config) -> (Report, Option<Facts>) {
        let (report, facts) = alone(source, config);
        (report, Some(facts))
    }
}
