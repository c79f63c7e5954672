//! Files that a run writes its findings into.

#![expect(clippy::disallowed_methods, reason = "this is the floor that touches the disk")]

use std::fs::{self, File, OpenOptions};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

use super::error::{self, Error};
use super::write::new_beside;

/// A file that is written bit by bit.
#[derive(Debug)]
pub struct Output {
    /// What people know it by.
    path: PathBuf,
    way: Way,
}

#[derive(Debug)]
enum Way {
    /// A new file, which takes the place of what has that name when it is whole.
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
        Ok(Self { path: path.to_owned(), way: Way::Whole(BufWriter::new(new), real) })
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
        Ok(Self { path: path.to_owned(), way: Way::There(BufWriter::new(file)) })
    }

    /// Ends it: from now on, all of it is there.
    ///
    /// # Errors
    /// When it cannot be written; what was there before is there still.
    pub fn finish(self) -> io::Result<()> {
        let done = match self.way {
            Way::Whole(new, real) => {
                let new = new.into_inner().map_err(io::IntoInnerError::into_error);
                new.and_then(|new| new.persist(real).map(drop).map_err(|error| error.error))
            }
            Way::There(mut file) => file.flush(),
        };
        done.map_err(|error| of_file(&self.path, &error))
    }

    fn writer(&mut self) -> &mut dyn Write {
        match &mut self.way {
            Way::Whole(new, _) => new,
            Way::There(file) => file,
        }
    }
}

impl Write for Output {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.writer().write(bytes).map_err(|error| of_file(&self.path, &error))
    }

    fn flush(&mut self) -> io::Result<()> {
        self.writer().flush().map_err(|error| of_file(&self.path, &error))
    }
}

/// The error of one of several outputs, with its name.
fn of_file(path: &Path, error: &io::Error) -> io::Error {
    io::Error::new(error.kind(), format!("{}: {}", path.display(), error::words(error)))
}
