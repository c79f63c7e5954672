//! Names that the editor gives to files.

use std::path::{Path, PathBuf};

use crate::cli::surroundings;
use crate::render::file_uri;

/// The file that a URI names; one of another scheme is a text without a file.
pub(super) fn path_of(uri: &str) -> Option<PathBuf> {
    let encoded = uri.strip_prefix("file://")?;
    // A host is that of this machine.
    let encoded = &encoded[encoded.find('/')?..];
    let mut bytes = Vec::with_capacity(encoded.len());
    let mut rest = encoded.bytes();
    while let Some(byte) = rest.next() {
        let digits = || {
            let mut ahead = rest.clone();
            let digit = |byte: Option<u8>| char::from(byte?).to_digit(16);
            Some((digit(ahead.next())? * 16 + digit(ahead.next())?) as u8)
        };
        match (byte, digits()) {
            (b'%', Some(decoded)) => {
                bytes.push(decoded);
                rest.nth(1);
            }
            _ => bytes.push(byte),
        }
    }
    Some(native(&String::from_utf8_lossy(&bytes)))
}

/// The URI of a file.
pub(super) fn uri_of(name: &str) -> String {
    file_uri(&surroundings::current_folder(), Path::new(name))
}

/// `/c:/jobs` is `c:/jobs` where disks have letters.
fn native(path: &str) -> PathBuf {
    let is_drive = cfg!(windows) && path.as_bytes().get(2) == Some(&b':');
    Path::new(if is_drive { &path[1..] } else { path }).to_owned()
}

#[cfg(test)]
mod tests {
    use super::path_of;

    #[test]
    fn a_file_is_found_by_its_uri() {
        let path = |uri: &str| path_of(uri).map(|path| path.to_string_lossy().into_owned());
        assert_eq!(path("file:///jobs/a%20b%C3%A9.yaml").as_deref(), Some("/jobs/a bé.yaml"));
        assert_eq!(path("file://localhost/a%2").as_deref(), Some("/a%2"));
        assert_eq!(path("untitled:Untitled-1"), None);
        assert_eq!(path("file://"), None);
    }
}
