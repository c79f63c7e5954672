//! A file's share of the output, made where the file is checked, and all shares put together in order.

use std::io;
use std::path::{Path, PathBuf};

use super::{Format, Status};
use crate::cli::complain;
use crate::config::Config;
use crate::files::{self, Input};
use crate::lint::lint;
use crate::render::{Checked, Look, Tally, Unread, concise, documents, full, json, lsp, summary, visible};

/// How shares are made.
pub(super) struct Printer {
    pub(super) config: Config,
    pub(super) format: Format,
    pub(super) verbose: bool,
    pub(super) quiet: bool,
    pub(super) look: Look,
    /// The current folder, absolute.
    pub(super) folder: PathBuf,
}

/// What there is to say of one file.
pub(super) struct Share {
    /// Findings for people, or the element of a list for programs.
    text: Vec<u8>,
    /// What was not checked.
    notes: Vec<u8>,
    json: json::Share,
    tally: Tally,
    unread: Option<Unread>,
    status: Status,
}

impl Share {
    fn of_nothing(status: Status) -> Self {
        let (text, notes, json, tally) = (Vec::new(), Vec::new(), json::Share::default(), Tally::default());
        Self { text, notes, json, tally, unread: None, status }
    }

    fn of_unread(unread: Unread, status: Status) -> Self {
        let tally = Tally { unread: 1, ..Tally::default() };
        Self { tally, unread: Some(unread), ..Self::of_nothing(status) }
    }

    /// The share of a file on which this program failed.
    pub(super) fn of_bug(input: &Result<Input, files::Error>) -> Self {
        let file = match input {
            Ok(Input::File(path)) => path.to_string_lossy().into_owned(),
            Ok(Input::Stdin(name)) => name.clone(),
            Err(error) => error.path.clone(),
        };
        Self::of_unread(
            Unread { file, why: "not checked to its end because of a bug in batchlint".to_owned() },
            Status::Bug,
        )
    }
}

/// Reads and checks a file, and prints what was found.
pub(super) fn of(input: &Result<Input, files::Error>, printer: &Printer) -> io::Result<Share> {
    let source = match input.as_ref().map_err(Clone::clone).and_then(files::read) {
        Ok(source) => source,
        Err(files::Error { path, why }) => return Ok(Share::of_unread(Unread { file: path, why }, Status::Failed)),
    };
    let mut report = lint(&source, &printer.config);
    if printer.format != Format::Json {
        report = report.said_once();
    }
    let checked = Checked { source: &source, report: &report };
    let mut share = Share { tally: Tally::of(&report), ..Share::of_nothing(Status::Clean) };
    match printer.format {
        Format::Full => full::write(checked, printer.look, &mut share.text)?,
        Format::Concise => concise::write(checked, &mut share.text)?,
        Format::Json => share.json = json::Share::of(checked),
        Format::Lsp => share.text = lsp::element(checked, &uri(input, printer)).into_bytes(),
    }
    if printer.verbose {
        documents::write(checked, &mut share.notes)?;
    }
    Ok(share)
}

/// Standard input under no name of its own is what editors call an untitled text.
fn uri(input: &Result<Input, files::Error>, printer: &Printer) -> String {
    match input {
        Ok(Input::File(path)) => lsp::file_uri(&printer.folder, path),
        Ok(Input::Stdin(name)) if name != super::STDIN => lsp::file_uri(&printer.folder, Path::new(name)),
        _ => "untitled:stdin".to_owned(),
    }
}

/// The shares of all files so far.
pub(super) struct Shares {
    /// Counts over all.
    pub(super) tally: Tally,
    /// The worst that happened beside findings.
    pub(super) worst: Status,
    elements: Vec<u8>,
    notes: Vec<u8>,
    json: json::Share,
    unread: Vec<Unread>,
}

impl Shares {
    pub(super) fn new() -> Self {
        Self {
            tally: Tally::default(),
            worst: Status::Clean,
            elements: Vec::new(),
            notes: Vec::new(),
            json: json::Share::default(),
            unread: Vec::new(),
        }
    }

    /// Adds the next file's share; what is for people is written at once, a list for programs only when it is whole.
    pub(super) fn add(&mut self, share: Share, printer: &Printer, out: &mut dyn io::Write) -> io::Result<()> {
        self.tally.add(share.tally);
        self.worst = self.worst.max(share.status);
        self.notes.extend(share.notes);
        if let Some(unread) = share.unread {
            // In order with the findings, where both go to one terminal.
            out.flush()?;
            complain(&format!("{}: {}", visible(&unread.file), visible(&unread.why)));
            self.unread.push(unread);
        }
        match printer.format {
            Format::Full | Format::Concise => out.write_all(&share.text)?,
            Format::Json => self.json.add(&share.json),
            Format::Lsp if share.text.is_empty() => {}
            Format::Lsp => {
                self.elements.extend_from_slice(if self.elements.is_empty() { b"\n " } else { b",\n " });
                self.elements.extend(share.text);
            }
        }
        Ok(())
    }

    /// Writes what comes after all findings.
    pub(super) fn finish(self, printer: &Printer, out: &mut dyn io::Write) -> io::Result<()> {
        match printer.format {
            Format::Full if !printer.quiet => {
                out.write_all(&self.notes)?;
                summary::write(&self.tally, printer.look, out)
            }
            // A line of output is a finding: what is not goes where it does not disturb a program that reads them.
            Format::Concise if !printer.quiet => {
                out.flush()?;
                let mut rest = self.notes;
                summary::write(&self.tally, Look { color: false, ..printer.look }, &mut rest)?;
                let _ = io::Write::write_all(&mut io::stderr(), &rest);
                Ok(())
            }
            Format::Full | Format::Concise => Ok(()),
            Format::Json => self.json.write(printer.config.settings().kubernetes, (&self.tally, &self.unread), out),
            Format::Lsp => {
                out.write_all(b"[")?;
                out.write_all(&self.elements)?;
                out.write_all(b"]\n")
            }
        }
    }
}
