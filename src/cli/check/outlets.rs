//! The ways out of a run: one for each format.

use std::io;

use super::formats::{Target, To};
use super::late;
use crate::config::Config;
use crate::diagnostic::Late;
use crate::files::{self, Output};
use crate::render::{Printer, Share, Tally, Writer};

/// The ways out, the first of which counts and speaks to people.
pub(super) struct Outlets<'r>(Vec<Outlet<'r>>);

struct Outlet<'r> {
    writer: Writer<'r>,
    /// Its file, where it has one of its own.
    file: Option<Output>,
}

impl<'r> Outlets<'r> {
    /// One for each printer, which goes where its target says.
    pub(super) fn open(printers: &'r [Printer], targets: &[Target]) -> Result<Self, files::Error> {
        let outlet = |(printer, target): (&'r Printer, &Target)| {
            let file = match &target.to {
                To::Findings => None,
                To::File(path) => Some(Output::create(path)?),
                To::EndOf(path) => Some(Output::append(path)?),
            };
            Ok(Outlet { writer: printer.writer(), file })
        };
        printers.iter().zip(targets).map(outlet).collect::<Result<_, _>>().map(Self)
    }

    /// Counts over all that was added.
    pub(super) fn tally(&self) -> &Tally {
        self.0[0].writer.tally()
    }

    /// Adds the shares of the next file, one for each printer.
    pub(super) fn add(&mut self, shares: Vec<Share>, out: &mut dyn io::Write) -> io::Result<()> {
        for (outlet, share) in self.0.iter_mut().zip(shares) {
            match &mut outlet.file {
                Some(file) => outlet.writer.add(share, file)?,
                None => outlet.writer.add(share, out)?,
            }
        }
        Ok(())
    }

    /// Adds what is found over all files.
    pub(super) fn add_late(&mut self, found: &[Late], config: &Config) {
        for outlet in &mut self.0 {
            late::add(found.to_vec(), config, &mut outlet.writer);
        }
    }

    /// Writes what comes after the findings of all files; what is for people is said once.
    pub(super) fn finish(self, out: &mut dyn io::Write, aside: &mut dyn io::Write) -> io::Result<()> {
        for (index, Outlet { writer, file }) in self.0.into_iter().enumerate() {
            let mut nobody = io::sink();
            let aside: &mut dyn io::Write = if index == 0 { &mut *aside } else { &mut nobody };
            match file {
                Some(mut file) => {
                    writer.finish(&mut file, aside)?;
                    file.finish()?;
                }
                None => writer.finish(out, aside)?,
            }
        }
        Ok(())
    }
}
