//! The ways out of a run: one for each format.

use std::io::{self, ErrorKind, Write};

use super::formats::{Target, To};
use crate::config::Config;
use crate::diagnostic::Late;
use crate::files::{self, Output};
use crate::render::{Printer, Share, Tally, Writer};

/// The ways out, the first of which counts and speaks to people.
pub(super) struct Outlets<'r>(Vec<Outlet<'r>>);

struct Outlet<'r> {
    writer: Writer<'r>,
    way: Way,
}

enum Way {
    /// Where findings go.
    Findings,
    /// A file of its own.
    File(Output),
    /// To nobody, who did not ask for it either.
    Nowhere,
}

impl<'r> Outlets<'r> {
    /// One for each printer, which goes where its target says.
    pub(super) fn open(printers: &'r [Printer], targets: &[Target]) -> Result<Self, files::Error> {
        let outlet = |(printer, target): (&'r Printer, &Target)| {
            let way = match &target.to {
                To::Findings => Way::Findings,
                To::File(path) => Way::File(Output::create(path)?),
                To::EndOf(path) => Output::append(path).map_or(Way::Nowhere, Way::File),
            };
            Ok(Outlet { writer: printer.writer(), way })
        };
        printers.iter().zip(targets).map(outlet).collect::<Result<_, _>>().map(Self)
    }

    /// Counts over all that was added.
    pub(super) fn tally(&self) -> &Tally {
        self.0[0].writer.tally()
    }

    /// Adds the shares of the next file, one for each printer.
    pub(super) fn add(&mut self, shares: Vec<Share>, out: &mut dyn io::Write) -> io::Result<()> {
        for (Outlet { writer, way }, share) in self.0.iter_mut().zip(shares) {
            match way {
                Way::Findings => writer.add(share, out)?,
                Way::File(file) => writer.add(share, file)?,
                Way::Nowhere => {}
            }
        }
        Ok(())
    }

    /// Adds what is found over all files.
    pub(super) fn add_late(&mut self, found: Vec<Late>, config: &Config) {
        let [first, others @ ..] = self.0.as_mut_slice() else { return };
        for outlet in others {
            outlet.writer.add_over_all(found.clone(), config);
        }
        first.writer.add_over_all(found, config);
    }

    /// Writes what comes after the findings of all files; what is for people is said once.
    pub(super) fn finish(self, out: &mut dyn io::Write, aside: &mut dyn io::Write) -> io::Result<()> {
        for (index, Outlet { writer, way }) in self.0.into_iter().enumerate() {
            let mut nobody = io::sink();
            let aside: &mut dyn io::Write = if index == 0 { &mut *aside } else { &mut nobody };
            match way {
                Way::Findings => writer.finish(out, aside)?,
                Way::File(mut file) => {
                    writer.finish(&mut file, aside)?;
                    file.finish()?;
                }
                Way::Nowhere => {}
            }
        }
        Ok(())
    }
}

/// Standard output: where there are files beside it, they are written to their ends also when its reader goes.
pub(super) struct Beside<'w> {
    out: &'w mut dyn Write,
    has_files: bool,
    has_reader: bool,
}

impl<'w> Beside<'w> {
    pub(super) fn new(out: &'w mut dyn Write, has_files: bool) -> Self {
        Self { out, has_files, has_reader: true }
    }

    fn write_with<T>(&mut self, otherwise: T, write: impl FnOnce(&mut dyn Write) -> io::Result<T>) -> io::Result<T> {
        if !self.has_reader {
            return Ok(otherwise);
        }
        match write(self.out) {
            Err(error) if self.has_files && error.kind() == ErrorKind::BrokenPipe => {
                self.has_reader = false;
                Ok(otherwise)
            }
            done => done,
        }
    }
}

impl Write for Beside<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.write_with(bytes.len(), |out| out.write(bytes))
    }

    fn flush(&mut self) -> io::Result<()> {
        self.write_with((), |out| out.flush())
    }
}

#[cfg(test)]
mod tests {
    use std::io::{self, ErrorKind, Write};

    use super::Beside;

    struct Broken(ErrorKind);

    impl Write for Broken {
        fn write(&mut self, _: &[u8]) -> io::Result<usize> {
            Err(self.0.into())
        }

        fn flush(&mut self) -> io::Result<()> {
            Err(self.0.into())
        }
    }

    #[test]
    fn a_reader_who_goes_ends_nothing_where_there_are_files_and_a_full_disk_does() {
        let (mut gone, mut full) = (Broken(ErrorKind::BrokenPipe), Broken(ErrorKind::StorageFull));
        let mut out = Beside::new(&mut gone, true);
        assert!(out.write_all(b"text").and_then(|()| out.flush()).is_ok());
        assert!(Beside::new(&mut gone, false).write_all(b"text").is_err());
        assert!(Beside::new(&mut full, true).write_all(b"text").is_err());
    }
}
