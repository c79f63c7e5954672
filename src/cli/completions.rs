//! `batchlint completions SHELL`

use std::io;

use clap::{CommandFactory as _, ValueEnum};
use clap_complete::{Generator, Shell};
use clap_complete_nushell::Nushell;

use super::{Cli, Status};

/// Print a shell's completions for batchlint
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  batchlint completions bash \\
    > ~/.local/share/bash-completion/completions/batchlint
  batchlint completions zsh > ~/.zfunc/_batchlint
  batchlint completions fish > ~/.config/fish/completions/batchlint.fish
  batchlint completions nushell | save ~/.config/nushell/batchlint.nu")]
pub(super) struct Args {
    /// The shell
    #[arg(value_name = "SHELL")]
    shell: Name,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Name {
    Bash,
    Elvish,
    Fish,
    Nushell,
    #[value(name = "powershell")]
    PowerShell,
    Zsh,
}

pub(super) fn run(args: &Args, out: &mut dyn io::Write) -> io::Result<Status> {
    let script = match args.shell {
        Name::Bash => script(Shell::Bash),
        Name::Elvish => script(Shell::Elvish),
        Name::Fish => with_literal_values(&script(Shell::Fish)),
        Name::Nushell => script(Nushell),
        Name::PowerShell => script(Shell::PowerShell),
        Name::Zsh => script(Shell::Zsh),
    };
    out.write_all(&script)?;
    Ok(Status::Clean)
}

/// The values of an argument stand in double quotes, where fish would fill in what follows a `$`: ours are text.
fn with_literal_values(script: &[u8]) -> Vec<u8> {
    const VALUES: &str = " -a \"";
    let script = String::from_utf8_lossy(script);
    let mut parts = script.split(VALUES);
    let mut literal = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let is_end = |at: &usize| !part[..*at].ends_with('\\');
        let end = part.match_indices('"').map(|(at, _)| at).find(is_end).unwrap_or(part.len());
        let (values, rest) = part.split_at(end);
        literal.extend([VALUES, &values.replace('$', "\\$"), rest]);
    }
    literal.into_bytes()
}

fn script(shell: impl Generator) -> Vec<u8> {
    // The generator panics where its writer fails; a vector does not.
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Cli::command(), "batchlint", &mut script);
    script
}
