//! The command `batchlint`.

use std::process::ExitCode;

fn main() -> ExitCode {
    batchlint::cli::run(std::env::args_os())
}
