//! How much is read, as an argument.

use crate::files::Size;

/// What every command that reads files has in common.
#[derive(Debug, Clone, Copy, Default, clap::Args)]
pub(super) struct Reading {
    /// The most that is read of one file, or of standard input: 64MB, 64MiB, 500M, or a number of bytes
    #[arg(long, value_name = "SIZE", default_value_t)]
    pub(super) max_file_size: Size,
}
