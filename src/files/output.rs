//! Files that a run writes its findings into.

#![expect(clippy::disallowed_methods, reason = "this is the floor that touches the disk")]

use std::fs::{self, File, OpenOptions};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

use super::Error;
use super::write::new_beside;

/// A file that is written bit by bit.
#[derive(Debug)]
pub struct Output(Way);

#[derive(Debug)]
enum Way {
    /// A new file, which takes the place of what has its name when it is whole.
    Whole(BufWriter<NamedTempFile>, PathBuf),
    /// What was there stays: a pipe, a device, a file that others write to.
    There(BufWriter<File>),
}

impl Output {
    /// Takes the place of what the file holds once all is written; what is no file is written to as it is.
    ///
    /// # Errors
    /// When it cannot be written there.
    pub fn create(path: &Path) -> Result<Self, Error> {
        let is_there = fs::metadata(path);
        if is_there.as_ref().is_ok_and(|found| !found.is_file()) {
            return Self::open(path, OpenOptions::new().write(true));
        }
        // The file behind a link is the one that changes.
        let real = is_there.and_then(|_| fs::canonicalize(path)).unwrap_or_else(|_| path.to_owned());
        let new = new_beside(&real).map_err(|error| Error::io(path, &error))?;
        Ok(Self(Way::Whole(BufWriter::new(new), real)))
    }

    /// Goes on behind what the file holds.
    ///
    /// # Errors
    /// When it cannot be written there.
    pub fn append(path: &Path) -> Result<Self, Error> {
        Self::open(path, OpenOptions::new().append(true).create(true))
    }

    fn open(path: &Path, how: &OpenOptions) -> Result<Self, Error> {
        let file = how.open(path).map_err(|error| Error::io(path, &error))?;
        Ok(Self(Way::There(BufWriter::new(file))))
    }

    /// Ends it: from now on, all of it is there.
    ///
    /// # Errors
    /// When it cannot be written; what was there before is there still.
    pub fn finish(self) -> io::Result<()> {
        match self.0 {
            Way::Whole(mut new, path) => {
                new.flush()?;
                let new = new.into_inner().map_err(io::IntoInnerError::into_error)?;
                new.persist(path).map(drop).map_err(|error| error.error)
            }
            Way::There(mut file) => file.flush(),
        }
    }
}

impl Write for Output {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match &mut self.0 {
            Way::Whole(new, _) => new.write(bytes),
            Way::There(file) => file.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match &mut self.0 {
            Way::Whole(new, _) => new.flush(),
            Way::There(file) => file.flush(),
        }
    }
}
