//! `check`: findings, as the command line prints them for programs.

use std::io;
use std::path::Path;

use batchlint::Config;
use batchlint::analysis::{Facts, analyse};
use batchlint::lint::{self, Report};
use batchlint::project::{Project, Scope};
use batchlint::render::{Format, Look, Printer};
use batchlint::text::Source;

use crate::around::Around;
use crate::changing;
use crate::options::{File, Options};

/// Nothing that is printed here depends on it.
pub(crate) const LOOK: Look = Look { width: 100, color: false, unicode: true };

pub(crate) fn check(files: &[File], options: &Options) -> Result<String, String> {
    let config = options.config()?;
    let mut printer = Printer::new(Format::Json, LOOK);
    printer.manner.kubernetes = config.settings().kubernetes;
    let (mut writer, mut project, around) = (printer.writer(), Project::new(), Around::of(files, &config));
    written(|out| {
        for File { name, text } in files {
            let source = around.source(name, text);
            let (report, facts) = around.report(&source, &config);
            facts.into_iter().for_each(|facts| project.add(facts));
            writer.add(printer.share(&source, report, Path::new(name)), out)?;
        }
        let scope = if options.whole { Scope::Whole } else { Scope::Part };
        let mut late = lint::over_all(&project, &config, scope);
        late.append(&mut changing::found(files, options, &config));
        writer.add_over_all(late, &config);
        writer.finish(out, &mut io::sink())
    })
}

/// What is found in a text by itself.
pub(crate) fn alone(source: &Source, config: &Config) -> (Report, Facts) {
    lint::report(&analyse(source.clone(), config.settings()), config)
}

/// What is written, as a text.
pub(crate) fn written(write: impl FnOnce(&mut dyn io::Write) -> io::Result<()>) -> Result<String, String> {
    let mut out = Vec::new();
    write(&mut out).map_err(|error| error.to_string())?;
    String::from_utf8(out).map_err(|error| error.to_string())
}
