//! The formats that are asked for and where each goes, and those that a pipeline is given unasked.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};

use clap::builder::{EnumValueParser, PossibleValue, TypedValueParser};
use clap::error::ErrorKind;
use clap::{Arg, Command, Error, ValueEnum};

use super::{Args, Product};
use crate::cli::configuration::whole;
use crate::cli::surroundings::{self, Pipeline};
use crate::render::Format;

/// A format as it is asked for: `sarif`, or `sarif=out.sarif`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Asked {
    pub(super) format: Format,
    file: Option<PathBuf>,
}

/// A format and where it goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Target {
    pub(super) format: Format,
    pub(super) to: To,
}

/// Where a format goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum To {
    /// Where findings go: to standard output, and beside a mended text to standard error.
    Findings,
    /// Into a file, in place of what it holds.
    File(PathBuf),
    /// To the end of a file, if it can be written: nobody asked for it.
    EndOf(PathBuf),
}

/// Reads a format with or without its file.
#[derive(Debug, Clone, Copy)]
pub(super) struct AskedParser;

impl TypedValueParser for AskedParser {
    type Value = Asked;

    fn parse_ref(&self, command: &Command, arg: Option<&Arg>, value: &OsStr) -> Result<Self::Value, Error> {
        // Another name than the one that is meant would be written to.
        let text = value.to_str().ok_or_else(|| Error::new(ErrorKind::InvalidUtf8).with_cmd(command))?;
        let (name, file) = match text.split_once('=') {
            Some((_, "")) => return Err(no_file(command, text)),
            Some((name, file)) => (name, Some(PathBuf::from(file))),
            None => (text, None),
        };
        let format = EnumValueParser::new().parse_ref(command, arg, OsStr::new(name))?;
        Ok(Asked { format, file })
    }

    fn possible_values(&self) -> Option<Box<dyn Iterator<Item = PossibleValue> + '_>> {
        Some(Box::new(Format::ALL.iter().filter_map(ValueEnum::to_possible_value)))
    }
}

fn no_file(command: &Command, text: &str) -> Error {
    command.clone().error(ErrorKind::InvalidValue, format!("`--format {text}` names no file"))
}

impl Args {
    /// The format that findings are printed in where others may go elsewhere.
    pub(super) fn main_format(&self) -> Format {
        let main =
            self.telling.format.iter().find(|asked| asked.file.is_none()).or_else(|| self.telling.format.first());
        main.map_or_else(Format::default, |asked| asked.format)
    }

    /// The formats that are wanted; the first decides what else is said.
    pub(super) fn targets(&self) -> Vec<Target> {
        let mut output = self.telling.output.as_ref();
        let mut target = |asked: &Asked| {
            let file = asked.file.as_ref().or_else(|| output.take());
            Target { format: asked.format, to: file.map_or(To::Findings, |file| To::File(file.clone())) }
        };
        if !self.telling.format.is_empty() {
            let mut targets: Vec<Target> = Vec::new();
            for target in self.telling.format.iter().map(target) {
                // Who says it twice means it once.
                if !targets.contains(&target) {
                    targets.push(target);
                }
            }
            return targets;
        }
        let mut targets = vec![target(&Asked { format: Format::default(), file: None })];
        if self.product() == Product::Findings && !self.statistics {
            targets.extend(surroundings::pipeline().map(unasked).unwrap_or_default());
        }
        targets
    }

    /// The files that are to hold findings, from the root on.
    pub(super) fn outputs(&self) -> Vec<PathBuf> {
        self.targets().iter().filter_map(|target| target.to.file()).map(whole).collect()
    }

    /// Why the formats cannot all be had.
    pub(super) fn clash(&self) -> Option<String> {
        let targets = self.targets();
        let is_alone = |target: &&Target| target.to == To::Findings && !target.format.is_for_logs();
        if let [_, second, ..] = targets.iter().filter(is_alone).collect::<Vec<_>>().as_slice() {
            let name = second.format.name();
            return Some(format!("standard output takes one format: give the others a file, `--format {name}=FILE`"));
        }
        let (format, output) = (&self.telling.format, &self.telling.output);
        if output.is_some() && format.iter().all(|asked| asked.file.is_some()) && !format.is_empty() {
            return Some("--output names a file for a format that has one: leave one of them out".into());
        }
        let files: Vec<&Path> = targets.iter().filter_map(|target| target.to.file()).collect();
        if let (Product::Differences, Some(file)) = (self.product(), files.first()) {
            return Some(format!("--diff prints what would change, and no findings: {} stays empty", file.display()));
        }
        let twice = files.iter().enumerate().find(|(at, file)| files[..*at].iter().any(|other| is_same(other, file)));
        if let Some((_, file)) = twice {
            return Some(format!("{} cannot hold two formats", file.display()));
        }
        let without = targets.iter().find(|target| self.statistics && !target.format.has_statistics());
        without.map(|target| {
            let name = target.format.name();
            format!("--statistics is a table, or an object with --format json: {name} has no place for it")
        })
    }
}

/// Whether two names are one file's, as far as names tell.
fn is_same(one: &Path, other: &Path) -> bool {
    whole(one) == whole(other)
}

impl To {
    pub(super) fn file(&self) -> Option<&Path> {
        match self {
            Self::Findings => None,
            Self::File(file) | Self::EndOf(file) => Some(file),
        }
    }
}

/// What a pipeline shows beside its log.
fn unasked(pipeline: Pipeline) -> Vec<Target> {
    let to_log = |format| Target { format, to: To::Findings };
    match pipeline {
        Pipeline::GitHub { summary } => {
            let summary = summary.map(|file| Target { format: Format::Markdown, to: To::EndOf(file) });
            std::iter::once(to_log(Format::GitHub)).chain(summary).collect()
        }
        Pipeline::Azure => vec![to_log(Format::Azure)],
        Pipeline::TeamCity => vec![to_log(Format::TeamCity)],
    }
}

impl ValueEnum for Format {
    fn value_variants<'a>() -> &'a [Self] {
        Self::ALL
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(PossibleValue::new(self.name()).help(self.about()))
    }
}
