//! The disk: finding manifests below the paths a user names, and reading them. No other module opens a file.

mod walk;

use std::collections::HashSet;
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};

use crate::text::{Message, Source};

/// Something to read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Input {
    /// Standard input, with the name that findings carry.
    Stdin(String),
    /// A file.
    File(PathBuf),
}

/// A path that cannot be read, and why: a fact about the world, not about a manifest.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Error {
    /// The path as the user gave it, or as it was found below that.
    pub path: String,
    /// Why, in words that follow the path.
    pub why: Message,
}

impl Error {
    fn new(path: &Path, why: impl Into<Message>) -> Self {
        Self { path: name(path), why: why.into() }
    }

    fn io(path: &Path, error: &io::Error) -> Self {
        Self::new(path, words(error))
    }
}

impl std::fmt::Display for Error {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "{}: {}", self.path, self.why)
    }
}

impl std::error::Error for Error {}

/// Everything the paths stand for, in their order, the files of a folder sorted by name; each once.
///
/// A file that is named is taken whatever it is called; in folders, `*.yaml`, `*.yml` and `*.json` are, except where
/// git ignores them, and except in hidden folders and `node_modules`.
#[must_use]
pub fn find(paths: &[PathBuf], stdin: &str) -> Vec<Result<Input, Error>> {
    let mut found = Vec::new();
    for path in paths {
        if path.as_os_str() == "-" {
            found.push(Ok(Input::Stdin(stdin.to_owned())));
        } else if is_folder(path) {
            walk::walk(path, &mut found);
        } else {
            found.push(Ok(Input::File(plain(path))));
        }
    }
    // What comes by standard input under a file's name stands in for the file, as an editor means it.
    let is_read = found.iter().any(|input| matches!(input, Ok(Input::Stdin(_))));
    found.retain(|input| !is_read || !matches!(input, Ok(Input::File(path)) if name(path) == stdin));
    let mut seen = HashSet::new();
    found.retain(|input| match input {
        Ok(Input::File(path)) => seen.insert(path.clone()),
        Ok(Input::Stdin(_)) => seen.insert(PathBuf::from("-")),
        Err(_) => true,
    });
    found
}

/// Whether a path is a folder, so that what lies below it is meant as a whole.
#[must_use]
pub fn is_folder(path: &Path) -> bool {
    path.is_dir()
}

/// Reads one input as a whole.
///
/// # Errors
/// When it cannot be opened, or does not hold text.
pub fn read(input: &Input) -> Result<Source, Error> {
    let bytes = read_bytes(input)?;
    Source::decode(input.name(), bytes).map_err(|error| Error::new(input.path(), error.to_string()))
}

/// Reads one input as a whole, whatever its bytes are.
///
/// # Errors
/// When it cannot be opened.
pub fn read_bytes(input: &Input) -> Result<Vec<u8>, Error> {
    let bytes = match input {
        Input::Stdin(_) => {
            let mut bytes = Vec::new();
            io::stdin().lock().read_to_end(&mut bytes).map(|_| bytes)
        }
        Input::File(path) => read_file(path),
    };
    bytes.map_err(|error| Error::io(input.path(), &error))
}

impl Input {
    /// The name that findings carry.
    #[must_use]
    pub fn name(&self) -> String {
        name(self.path())
    }

    /// The name as the operating system has it.
    #[must_use]
    pub fn path(&self) -> &Path {
        match self {
            Self::Stdin(name) => Path::new(name),
            Self::File(path) => path,
        }
    }
}

#[expect(clippy::disallowed_methods, reason = "this is the floor that touches the disk")]
fn read_file(path: &Path) -> io::Result<Vec<u8>> {
    std::fs::read(path)
}

/// The path without a leading `./`, so that one file has one name.
fn plain(path: &Path) -> PathBuf {
    path.strip_prefix(".").map_or_else(|_| path.to_owned(), Path::to_owned)
}

fn name(path: &Path) -> String {
    plain(path).to_string_lossy().into_owned()
}

/// The operating system's reason without its number.
fn words(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "no such file or folder".to_owned(),
        io::ErrorKind::PermissionDenied => "no permission to read it".to_owned(),
        io::ErrorKind::IsADirectory => "a folder, not a file".to_owned(),
        _ => {
            let text = error.to_string();
            text.split(" (os error").next().unwrap_or(&text).to_lowercase()
        }
    }
}
