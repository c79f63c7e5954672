//! `batchlint read [PATH…]`

use std::io;
use std::path::PathBuf;

use clap::ValueEnum;

use super::reading::Reading;
use super::{Status, complain_of};
use crate::files::{self, Input};
use crate::render::read::{json, yaml as people};
use crate::render::{Look, STDIN};
use crate::text::Lines;
use crate::yaml::{self, SyntaxError};

/// Show what Kubernetes reads, document by document, after its YAML rules
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Args {
    /// Files, pipes, folders, or `-` for standard input, as for `check`
    #[arg(value_name = "PATH", default_value = ".")]
    paths: Vec<PathBuf>,

    #[command(flatten)]
    reading: Reading,

    /// Who reads
    #[arg(long = "as", value_enum, default_value_t)]
    reader: Reader,

    /// A repeated key is an error, as it is to the server's strict validation
    #[arg(long)]
    strict: bool,

    /// How to print the documents
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

const EXAMPLES: &str = "\
Examples:
  batchlint read job.yaml                  did `on` become true, and 0644 420?
  batchlint read - --format json           one line a document, for programs

Exit status: 0, or 1 where something cannot be read as YAML, or 2 where a file
cannot be read at all";

/// Whose rules split a text into documents.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
enum Reader {
    /// kubectl: every document, empty ones skipped
    #[default]
    Kubectl,
    /// The API server: the whole text as one body, of which it reads the first document
    Server,
}

/// How documents are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
enum Format {
    /// YAML, with notes beside what was read otherwise than written
    #[default]
    Yaml,
    /// JSON, a line a document
    Json,
}

pub(super) fn run(args: &Args, look: Look, out: &mut dyn io::Write) -> io::Result<Status> {
    let inputs = files::find(&args.paths, STDIN, None, &mut ());
    let mut worst = Status::Clean;
    for input in inputs {
        let read = input.and_then(|input| Ok((files::read_bytes(&input, args.reading.max_file_size)?, input)));
        let status = match read {
            Ok((bytes, input)) => one(&input, &bytes, (args, look), out)?,
            Err(error) => complain_of(&error),
        };
        worst = worst.max(status);
    }
    Ok(worst)
}

fn one(input: &Input, bytes: &[u8], (args, look): (&Args, Look), out: &mut dyn io::Write) -> io::Result<Status> {
    let results = documents(bytes, args);
    let text = yaml::read::text(bytes);
    let name = input.name();
    let failed = results.iter().find_map(|result| result.as_ref().err());
    match args.format {
        Format::Json => json::write(&results, text.as_str(), &name, out)?,
        Format::Yaml => {
            let file = match args.reader {
                Reader::Kubectl => text.as_kubectl(),
                Reader::Server => text.as_server(),
            };
            if failed.is_none() || !file.documents.iter().any(yaml::read::is_too_much) {
                people::write(&file, &name, look, out)?;
            }
            // Of a repeated key, and of bytes that kubectl breaks, the file itself does not tell.
            if let Some(error) = failed.filter(|error| !file.errors.contains(error)) {
                people::write_error(error, &Lines::new(text.as_str()), (&name, look), out)?;
            }
        }
    }
    Ok(if failed.is_some() { Status::Found } else { Status::Clean })
}

fn documents(bytes: &[u8], args: &Args) -> Vec<Result<String, SyntaxError>> {
    match args.reader {
        Reader::Server => vec![yaml::read::server(bytes, args.strict)],
        Reader::Kubectl if args.strict => yaml::read::kubectl_strict(bytes),
        Reader::Kubectl => yaml::read::kubectl(bytes),
    }
}
