//! What charts are given on the command line, and whether what they are given can be read.

use std::path::PathBuf;

use super::Faults;
use crate::config::{ChartValues, Layer, Said};
use crate::files::{self, Input, Size};
use crate::template::{Misread, Notation, Setting};
use crate::yaml;

/// Values for charts, as helm takes them.
#[derive(Debug, Clone, Default, clap::Args)]
pub(in crate::cli) struct Values {
    /// A file of values that charts are rendered with, as by helm; a later one is stronger. What is wrong in it is found
    /// there
    #[arg(long, value_name = "FILE", help_heading = "Charts")]
    values: Vec<PathBuf>,

    /// Values on top of those, as by helm: image.tag=1.2, days={1,2}, old=null
    #[arg(long, value_name = "NAME=VALUE,…", value_parser = plain, help_heading = "Charts")]
    set: Vec<Setting>,

    /// The same with texts
    #[arg(long, value_name = "NAME=TEXT,…", value_parser = text, help_heading = "Charts")]
    set_string: Vec<Setting>,

    /// The same with JSON
    #[arg(long, value_name = "NAME=JSON,…", value_parser = json, help_heading = "Charts")]
    set_json: Vec<Setting>,
}

impl Values {
    /// Adds what they say to what the command line says.
    pub(in crate::cli) fn add_to(&self, layer: Layer) -> Layer {
        let file = |path: &PathBuf| Said::aside(path.to_string_lossy().into_owned());
        // Helm's order, whatever the order of the arguments.
        let settings =
            [&self.set_json, &self.set, &self.set_string].into_iter().flatten().cloned().map(Said::aside).collect();
        Layer { values: self.values.iter().map(file).collect(), settings, ..layer }
    }
}

fn plain(text: &str) -> Result<Setting, String> {
    setting(Notation::Plain, text)
}

fn text(text: &str) -> Result<Setting, String> {
    setting(Notation::Text, text)
}

fn json(text: &str) -> Result<Setting, String> {
    setting(Notation::Json, text)
}

fn setting(notation: Notation, text: &str) -> Result<Setting, String> {
    Setting::read(notation, text).map_err(|Misread { at, message }| {
        let column = text.get(..at).map_or(0, |before| before.chars().count()) + 1;
        format!("at column {column}: {message}")
    })
}

/// Why files of values cannot be taken.
pub(super) fn faults(values: &ChartValues) -> Faults {
    values.files.iter().filter_map(|path| fault(path)).collect()
}

fn fault(path: &str) -> Option<String> {
    let source = match files::read(&Input::Named(PathBuf::from(path)), Size::default()) {
        Ok(source) => source,
        Err(error) => return Some(error.to_string()),
    };
    let read = yaml::parse_as_server(&source.shared_text());
    let root = read.documents.first().and_then(yaml::Document::root);
    let is_table = read.errors.is_empty() && root.is_none_or(|root| root.is_mapping());
    (!is_table).then(|| format!("{path}: helm takes a YAML mapping for values, and this is none"))
}
