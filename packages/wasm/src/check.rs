//! `check`: findings, as the command line prints them for programs.

use std::io;
use std::path::Path;

use batchlint::analysis::{Facts, analyse};
use batchlint::lint::{self, Report};
use batchlint::project::{Project, Scope};
use batchlint::render::{Format, Look, Printer};
#[cfg(feature = "full")]
use batchlint::text::Role;
use batchlint::{Config, Source};

#[cfg(feature = "full")]
use crate::charts::Chart;
use crate::options::{File, Options};

/// Nothing that is printed here depends on it.
pub(crate) const LOOK: Look = Look { width: 100, color: false, unicode: true };

pub(crate) fn check(files: &[File], options: &Options) -> Result<String, String> {
    let config = options.config()?;
    let mut printer = Printer::new(Format::Json, LOOK);
    printer.manner.kubernetes = config.settings().kubernetes;
    let (mut writer, mut project, charts) = (printer.writer(), Project::new(), Charts::of(files, &config));
    written(|out| {
        for File { name, text } in files {
            let source = charts.source(name, text);
            let (report, facts) = charts.report(&source, &config);
            facts.into_iter().for_each(|facts| project.add(facts));
            writer.add(printer.share(&source, report, Path::new(name)), out)?;
        }
        let scope = if options.whole { Scope::Whole } else { Scope::Part };
        writer.add_over_all(lint::over_all(&project, &config, scope), &config);
        writer.finish(out, &mut io::sink())
    })
}

/// The charts among the files; without the feature, there are none.
struct Charts(#[cfg(feature = "full")] Option<Chart>);

#[cfg(feature = "full")]
impl Charts {
    fn of(files: &[File], config: &Config) -> Self {
        Self(Chart::of(files, config))
    }

    fn source(&self, name: &str, text: &str) -> Source {
        let source = Source::new(name, text);
        let is_of_chart = self.0.as_ref().is_some_and(|chart| chart.describes_it(name));
        source.with_role(if is_of_chart { Role::OfChart } else { Role::Manifest })
    }

    fn report(&self, source: &Source, config: &Config) -> (Report, Option<Facts>) {
        if let Some(report) = self.0.as_ref().and_then(|chart| chart.of_template(source)) {
            return (report, None);
        }
        let (mut report, facts) = read(source, config);
        self.0.iter().for_each(|chart| chart.add_to(&mut report, source));
        (report, Some(facts))
    }
}

#[cfg(not(feature = "full"))]
impl Charts {
    fn of(_: &[File], _: &Config) -> Self {
        Self()
    }

    fn source(&self, name: &str, text: &str) -> Source {
        Source::new(name, text)
    }

    fn report(&self, source: &Source, config: &Config) -> (Report, Option<Facts>) {
        let (report, facts) = read(source, config);
        (report, Some(facts))
    }
}

fn read(source: &Source, config: &Config) -> (Report, Facts) {
    lint::report(&analyse(source.clone(), config.settings()), config)
}

/// What is written, as a text.
pub(crate) fn written(write: impl FnOnce(&mut dyn io::Write) -> io::Result<()>) -> Result<String, String> {
    let mut out = Vec::new();
    write(&mut out).map_err(|error| error.to_string())?;
    String::from_utf8(out).map_err(|error| error.to_string())
}
