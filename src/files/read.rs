//! Reading an input as a whole, up to a limit that is asked before and meanwhile, never afterwards.

#![expect(clippy::disallowed_methods, reason = "this is the floor that touches the disk")]

use std::fs::{self, File, OpenOptions};
use std::io::{self, BufRead as _, BufReader, Read};
use std::path::{Path, PathBuf};

use super::{Error, Input, Size, kind};
use crate::sort;
use crate::text::Source;

/// The most that spans can count, whatever people allow.
const SPANS: u64 = u32::MAX as u64;
/// The most of a line of standard input.
const LINE: u64 = 1 << 20;

/// Reads one input as a whole, of which no more than `most` is read.
///
/// # Errors
/// When it cannot be opened, is larger than that, or does not hold text.
pub fn read(input: &Input, most: Size) -> Result<Source, Error> {
    let bytes = read_bytes(input, most)?;
    Source::decode(input.name(), bytes).map_err(|error| Error::new(input.path(), error.to_string()))
}

/// Reads one input as a whole, whatever its bytes are, of which no more than `most` is read.
///
/// # Errors
/// When it cannot be opened, or is larger than that.
pub fn read_bytes(input: &Input, most: Size) -> Result<Vec<u8>, Error> {
    let bytes = match input {
        Input::Stdin(_) => up_to(most, 0, io::stdin().lock()),
        Input::Named(path) => open(path).and_then(|file| whole(file, most)),
        Input::Found(path) => {
            let file = open_at_once(path).map_err(|error| Error::io(path, &error))?;
            let kind = file.metadata().map_err(|error| Error::io(path, &error))?.file_type();
            if !kind.is_file() {
                return Err(Error::no_file(path, kind::names(kind)[0]));
            }
            whole(file, most)
        }
    };
    match bytes {
        Ok(Some(bytes)) => Ok(bytes),
        Ok(None) if most.0 > SPANS => Err(Error::new(input.path(), "larger than 4 GiB, the most that can be checked")),
        Ok(None) => Err(Error::new(input.path(), format!("larger than {most}; --max-file-size raises the limit"))),
        Err(error) => Err(Error::io(input.path(), &error)),
    }
}

/// The lines of standard input as they come; after one that cannot be read there are no more.
pub fn lines_of_stdin(name: &str) -> impl Iterator<Item = Result<String, Error>> {
    let mut input = io::stdin().lock();
    let mut number = 0;
    let mut is_over = false;
    std::iter::from_fn(move || {
        if is_over {
            return None;
        }
        number += 1;
        let mut line = Vec::new();
        let read = input.by_ref().take(LINE).read_until(b'\n', &mut line);
        is_over = read.is_err() || line.len() as u64 == LINE;
        let path = Path::new(name);
        match read {
            Ok(0) => None,
            Ok(_) if is_over => Some(Err(Error::new(path, format!("line {number} is longer than {}", Size(LINE))))),
            Ok(_) => {
                let text = String::from_utf8(line).map_err(|_| Error::new(path, format!("line {number} is not UTF-8")));
                Some(text.map(without_break))
            }
            Err(error) => Some(Err(Error::io(path, &error))),
        }
    })
}

/// What is named: a file, or in a folder those of a kind, in order of their names.
///
/// # Errors
/// When the folder cannot be read.
pub fn of_kind(path: &Path, extension: &str) -> Result<Vec<PathBuf>, Error> {
    if !path.is_dir() {
        return Ok(vec![path.to_owned()]);
    }
    let entries = fs::read_dir(path).and_then(Iterator::collect::<io::Result<Vec<_>>>);
    let entries = entries.map_err(|error| Error::io(path, &error))?;
    let mut files: Vec<PathBuf> = entries.into_iter().map(|entry| entry.path()).collect();
    files.retain(|file| file.extension().is_some_and(|own| own == extension));
    sort::ascending(&mut files);
    Ok(files)
}

/// The lines of a file that was named, however long they are.
#[derive(Debug)]
pub struct Lines {
    path: PathBuf,
    file: BufReader<File>,
}

/// Opens a file to be read line by line.
///
/// # Errors
/// When it cannot be opened.
pub fn lines(path: &Path) -> Result<Lines, Error> {
    let file = open(path).map_err(|error| Error::io(path, &error))?;
    Ok(Lines { path: path.to_owned(), file: BufReader::with_capacity(1 << 16, file) })
}

impl Iterator for Lines {
    type Item = Result<String, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        let mut line = String::new();
        match self.file.read_line(&mut line) {
            Ok(0) => None,
            Ok(_) => Some(Ok(without_break(line))),
            Err(error) => Some(Err(Error::io(&self.path, &error))),
        }
    }
}

fn without_break(mut line: String) -> String {
    if line.ends_with('\n') {
        line.pop();
        line.truncate(line.strip_suffix('\r').unwrap_or(&line).len());
    }
    line
}

/// A file that was named; a pipe may be one, and is waited for.
fn open(path: &Path) -> io::Result<File> {
    OpenOptions::new().read(true).open(path)
}

/// A file that was found. What it is was looked at, and may have changed: nothing is waited for.
#[cfg(unix)]
fn open_at_once(path: &Path) -> io::Result<File> {
    use std::os::unix::fs::OpenOptionsExt as _;
    OpenOptions::new().read(true).custom_flags(libc::O_NONBLOCK | libc::O_NOCTTY).open(path)
}

#[cfg(not(unix))]
fn open_at_once(path: &Path) -> io::Result<File> {
    open(path)
}

/// All of a file; `None` where that is more than the limit.
fn whole(file: File, most: Size) -> io::Result<Option<Vec<u8>>> {
    let metadata = file.metadata()?;
    if !metadata.is_file() {
        return up_to(most, 0, file);
    }
    if metadata.len() > most.0.min(SPANS) { Ok(None) } else { up_to(most, metadata.len(), file) }
}

/// All that there is to read, about `expected` bytes; `None` where that is more than the limit.
fn up_to(most: Size, expected: u64, from: impl Read) -> io::Result<Option<Vec<u8>>> {
    let most = most.0.min(SPANS);
    let mut bytes = Vec::new();
    bytes.try_reserve_exact(usize::try_from(expected.min(most)).unwrap_or(usize::MAX))?;
    from.take(most + 1).read_to_end(&mut bytes)?;
    Ok((bytes.len() as u64 <= most).then_some(bytes))
}
