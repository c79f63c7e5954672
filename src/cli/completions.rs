//! `batchlint completions SHELL`

use std::io;

use clap::CommandFactory as _;
use clap_complete::Shell;

use super::{Cli, Status};

/// Print a shell's completions for batchlint
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  batchlint completions bash \\
    > ~/.local/share/bash-completion/completions/batchlint
  batchlint completions zsh > ~/.zfunc/_batchlint
  batchlint completions fish > ~/.config/fish/completions/batchlint.fish")]
pub(super) struct Args {
    /// The shell
    shell: Shell,
}

pub(super) fn run(args: &Args, out: &mut dyn io::Write) -> io::Result<Status> {
    // The generator panics where its writer fails; a vector does not.
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Cli::command(), "batchlint", &mut script);
    out.write_all(&script)?;
    Ok(Status::Clean)
}
