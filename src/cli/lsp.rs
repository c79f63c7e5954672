//! `batchlint lsp`

mod actions;
mod capabilities;
mod charts;
mod checked;
mod client;
mod commands;
mod completion;
mod diagnostics;
mod document;
mod fields;
mod hints;
mod hover;
mod lenses;
mod names;
mod outlook;
mod ranges;
mod server;
mod symbols;
mod texts;
mod uris;
mod wishes;
mod workspace;

use lsp_server::Connection;

use super::{Status, complain, configuration};
use server::Server;

/// Talk to an editor: the Language Server Protocol over standard input and output
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(flatten)]
    configuration: configuration::Arguments,

    /// The only way there is; editors say it out of habit
    #[arg(long, hide = true)]
    stdio: bool,
}

pub(super) fn run(args: &Args) -> Status {
    let (connection, threads) = Connection::stdio();
    let served = Server::start(&connection, &args.configuration).map(Server::serve);
    // What writes ends when nobody has anything to say any more.
    drop(connection);
    let status = match served {
        Ok(true) => Status::Clean,
        // The protocol's status for an end that was not announced.
        Ok(false) => Status::Found,
        Err(error) => {
            complain(&format!("the editor is gone: {error}"));
            Status::Found
        }
    };
    match threads.join() {
        Ok(()) => status,
        Err(error) => {
            complain(&format!("the editor is not understood: {error}"));
            Status::Failed
        }
    }
}
