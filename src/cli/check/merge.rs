//! `batchlint merge PART…`

mod shards;

use std::io;
use std::path::PathBuf;

use clap::{Args as _, Command, FromArgMatches as _};

use super::telling::Telling;
use super::{Status, print, refused};
use crate::render::Look;
pub(super) use shards::{Line, Shards};

/// Print what the parts of a run found (check --shard), as one run over all files would have
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Each part says what it was told, so nothing of that is to be said again. All parts have to be there, written by this
very version; paths in them start from this folder.

Examples:
  batchlint check deploy/ --shard 1/2 --output part-1.jsonl
  batchlint check deploy/ --shard 2/2 --output part-2.jsonl
  batchlint merge part-*.jsonl --format full --format sarif=batchlint.sarif")]
pub(in crate::cli) struct Args {
    /// What `batchlint check --shard` wrote, in any order; of a folder, its files named *.jsonl
    #[arg(value_name = "PART", required = true)]
    parts: Vec<PathBuf>,

    #[command(flatten)]
    telling: Telling,
}

pub(in crate::cli) fn run(args: &Args, look: Look, out: &mut dyn io::Write) -> io::Result<Status> {
    let (shards, plan) = match Shards::open(&args.parts) {
        Ok(opened) => opened,
        Err(why) => return Ok(refused(&[why])),
    };
    let mut check = unasked();
    check.paths = shards.paths();
    check.max_findings = shards.max_findings();
    check.telling = args.telling.clone();
    match check.contradiction() {
        Some(why) => Ok(refused(&[why])),
        None => print(&check, (plan, Some(shards)), look, out),
    }
}

/// A check of which nothing is said.
fn unasked() -> super::Args {
    let matches = super::Args::augment_args(Command::new("check")).get_matches_from([""; 0]);
    super::Args::from_arg_matches(&matches).expect("all arguments have their defaults")
}
