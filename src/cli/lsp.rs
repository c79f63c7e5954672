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
mod wire;
mod wishes;
mod workspace;

use std::sync::mpsc;

use super::{Status, complain, configuration};
use server::{Heard, Server};
use wire::Wire;

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
    let (teller, heard) = mpsc::channel();
    let said = teller.clone();
    let (wire, voice) = Wire::start(move |message| {
        // Where nobody listens any more, nothing is missed.
        let _ = said.send(message.map_or(Heard::Gone, Heard::Said));
    });
    // What writes ends when nobody has anything to say any more.
    let is_announced = Server::start(voice, (teller, heard), &args.configuration).is_some_and(Server::serve);
    // The protocol's status for an end that was not announced.
    let status = if is_announced { Status::Clean } else { Status::Found };
    match wire.end() {
        Ok(()) => status,
        Err(error) => {
            complain(&format!("the editor is not understood: {error}"));
            Status::Failed
        }
    }
}
