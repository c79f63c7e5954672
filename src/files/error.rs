//! What is wrong with a path.

use std::io;
use std::path::Path;

use super::plain;
use crate::text::Message;

/// A path that is not read, and why: a fact about the world, not about a manifest.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Error {
    /// The path as the user gave it, or as it was found below that.
    pub path: String,
    /// Why.
    pub why: Why,
}

/// Why a path is not read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Why {
    /// It cannot be, in words that follow the path.
    Unreadable(Message),
    /// It was found in a folder under a manifest's name, and is no file: what it is.
    NoFile(&'static str),
}

impl Error {
    pub(super) fn new(path: &Path, why: impl Into<Message>) -> Self {
        Self { path: name(path), why: Why::Unreadable(why.into()) }
    }

    pub(super) fn io(path: &Path, error: &io::Error) -> Self {
        Self::new(path, words(error))
    }

    pub(super) fn no_file(path: &Path, what: &'static str) -> Self {
        Self { path: name(path), why: Why::NoFile(what) }
    }
}

impl std::fmt::Display for Error {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match &self.why {
            Why::Unreadable(why) => write!(out, "{}: {why}", self.path),
            Why::NoFile(what) => write!(out, "{}: not read: {what}", self.path),
        }
    }
}

impl std::error::Error for Error {}

/// The path as text: bytes that are none are written as escapes, so that two paths have two names.
pub(super) fn name(path: &Path) -> String {
    let path = plain(path);
    let mut name = String::new();
    for chunk in path.as_os_str().as_encoded_bytes().utf8_chunks() {
        name.push_str(chunk.valid());
        name.extend(chunk.invalid().iter().map(|byte| format!("\\x{byte:02x}")));
    }
    name
}

/// The operating system's reason without its number.
pub(super) fn words(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "no such file or folder".to_owned(),
        io::ErrorKind::PermissionDenied => "no permission to read it".to_owned(),
        io::ErrorKind::IsADirectory => "a folder, not a file".to_owned(),
        io::ErrorKind::OutOfMemory => "there is not enough memory for it".to_owned(),
        _ => {
            let text = error.to_string();
            text.split(" (os error").next().unwrap_or(&text).to_lowercase()
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io;

    use super::words;

    #[test]
    fn reasons_are_words_for_people() {
        let reason = |kind: io::ErrorKind| words(&io::Error::from(kind));
        assert_eq!(reason(io::ErrorKind::NotFound), "no such file or folder");
        assert_eq!(reason(io::ErrorKind::PermissionDenied), "no permission to read it");
        assert_eq!(reason(io::ErrorKind::IsADirectory), "a folder, not a file");
        assert_eq!(reason(io::ErrorKind::OutOfMemory), "there is not enough memory for it");
        assert_eq!(words(&io::Error::other("Device Gone (os error 6)")), "device gone");
    }
}
