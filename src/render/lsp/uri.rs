//! Paths as `file:` URIs.

use std::fmt::Write as _;
use std::path::{Component, Path, Prefix};

/// The `file:` URI of a path, percent-encoded; a relative path is taken from `base`, which must be absolute.
///
/// `.` and `..` are resolved by the path's text alone: that is what editors do with the names they open.
pub(super) fn file_uri(base: &Path, path: &Path) -> String {
    let mut names: Vec<&[u8]> = Vec::new();
    let whole = base.join(path);
    let mut drive = None;
    for component in whole.components() {
        match component {
            Component::Normal(name) => names.push(name.as_encoded_bytes()),
            Component::ParentDir => drop(names.pop()),
            Component::Prefix(prefix) => drive = drive_of(prefix.kind()),
            Component::CurDir | Component::RootDir => {}
        }
    }
    let mut uri = String::from("file://");
    if let Some(letter) = drive {
        let _ = write!(uri, "/{letter}%3A");
    }
    for name in names {
        uri.push('/');
        encode(name, &mut uri);
    }
    uri
}

fn drive_of(prefix: Prefix<'_>) -> Option<char> {
    match prefix {
        Prefix::Disk(letter) | Prefix::VerbatimDisk(letter) => Some(char::from(letter.to_ascii_lowercase())),
        _ => None,
    }
}

/// Appends the bytes; all but RFC 3986's unreserved characters as `%` and two digits.
fn encode(name: &[u8], uri: &mut String) {
    for &byte in name {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            uri.push(char::from(byte));
        } else {
            let _ = write!(uri, "%{byte:02X}");
        }
    }
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn a_path_becomes_an_absolute_percent_encoded_uri() {
        let uri = |path: &str| file_uri(Path::new("/home/me"), Path::new(path));
        assert_eq!(uri("jobs/a b.yaml"), "file:///home/me/jobs/a%20b.yaml");
        assert_eq!(uri("./x/../é#?.yaml"), "file:///home/me/%C3%A9%23%3F.yaml");
        assert_eq!(uri("/etc/job.yaml"), "file:///etc/job.yaml");
    }

    #[test]
    fn a_drive_is_named_by_its_letter() {
        assert_eq!(drive_of(Prefix::Disk(b'C')), Some('c'));
        assert_eq!(drive_of(Prefix::VerbatimDisk(b'd')), Some('d'));
        assert_eq!(drive_of(Prefix::DeviceNS("COM1".as_ref())), None);
    }
}
