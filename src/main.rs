//! The command `batchlint`.

use std::process::ExitCode;

/// The static program's memory, where each thread has its own: for the lock of musl's, threads wait longer than they work.
#[cfg(all(target_os = "linux", target_env = "musl"))]
#[global_allocator]
static MEMORY: rusty_alloc_api::RustyAlloc = rusty_alloc_api::RustyAlloc;

fn main() -> ExitCode {
    batchlint::cli::run(std::env::args_os())
}
