//! Paths as programs want them: as `file:` URIs, or from the root of a repository on.

use std::fmt::Write as _;
use std::path::{Component, Path, Prefix};

use super::STDIN;
use super::output::Manner;

/// The `file:` URI of a path, percent-encoded; a relative path is taken from `base`, which must be absolute.
pub(crate) fn file_uri(base: &Path, path: &Path) -> String {
    let whole = base.join(path);
    let Names { drive, names } = Names::of(&whole);
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

/// The path from the root of the repository on, with `/` between its names; of a file outside of it the whole path, and
/// of standard input its name.
pub(super) fn from_root(path: &Path, manner: &Manner) -> String {
    if path.as_os_str() == STDIN {
        return STDIN.to_owned();
    }
    let whole = manner.folder.join(path);
    let text = |names: &[&[u8]]| names.iter().map(|name| String::from_utf8_lossy(name)).collect::<Vec<_>>().join("/");
    let Names { drive, names } = match below(&whole, manner) {
        Ok(names) => return text(&names),
        Err(outside) => outside,
    };
    drive.map_or(String::new(), |letter| format!("{letter}:")) + "/" + &text(&names)
}

/// The same as a URI: of a file below the root a relative reference, percent-encoded.
pub(super) fn uri_from_root(path: &Path, manner: &Manner) -> String {
    let whole = manner.folder.join(path);
    let names = match below(&whole, manner) {
        _ if path.as_os_str() == STDIN => vec![STDIN.as_bytes()],
        Ok(names) => names,
        Err(_) => return file_uri(&manner.folder, path),
    };
    let mut uri = String::new();
    for name in names {
        if !uri.is_empty() {
            uri.push('/');
        }
        encode(name, &mut uri);
    }
    uri
}

/// The names from the root of the repository on; all there are, where that is not above.
fn below<'p>(whole: &'p Path, manner: &'p Manner) -> Result<Vec<&'p [u8]>, Names<'p>> {
    let (file, root) = (Names::of(whole), Names::of(&manner.root));
    match file.names.strip_prefix(root.names.as_slice()) {
        Some(names) if file.drive == root.drive => Ok(names.to_vec()),
        _ => Err(file),
    }
}

/// The names of an absolute path.
struct Names<'p> {
    drive: Option<char>,
    names: Vec<&'p [u8]>,
}

impl<'p> Names<'p> {
    /// `.` and `..` are resolved by the path's text alone: that is what editors do with the names they open.
    fn of(whole: &'p Path) -> Self {
        let mut all = Self { drive: None, names: Vec::new() };
        for component in whole.components() {
            match component {
                Component::Normal(name) => all.names.push(name.as_encoded_bytes()),
                Component::ParentDir => drop(all.names.pop()),
                Component::Prefix(prefix) => all.drive = drive_of(prefix.kind()),
                Component::CurDir | Component::RootDir => {}
            }
        }
        all
    }
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
    use crate::render::Look;

    #[test]
    fn a_path_becomes_an_absolute_percent_encoded_uri() {
        let uri = |path: &str| file_uri(Path::new("/home/me"), Path::new(path));
        assert_eq!(uri("jobs/a b.yaml"), "file:///home/me/jobs/a%20b.yaml");
        assert_eq!(uri("./x/../é#?.yaml"), "file:///home/me/%C3%A9%23%3F.yaml");
        assert_eq!(uri("/etc/job.yaml"), "file:///etc/job.yaml");
    }

    #[test]
    fn a_path_is_named_from_the_root_on() {
        let look = Look { width: 80, color: false, unicode: true };
        let manner = Manner { folder: "/repo/jobs".into(), root: "/repo".into(), ..Manner::new(look) };
        let both = |path: &str| [from_root(Path::new(path), &manner), uri_from_root(Path::new(path), &manner)];
        assert_eq!(both("./a b.yaml"), ["jobs/a b.yaml", "jobs/a%20b.yaml"]);
        assert_eq!(both("../a:b.yaml"), ["a:b.yaml", "a%3Ab.yaml"]);
        assert_eq!(both("/etc/é.yaml"), ["/etc/é.yaml", "file:///etc/%C3%A9.yaml"]);
        assert_eq!(both(STDIN), ["<stdin>", "%3Cstdin%3E"]);
    }

    #[test]
    fn a_drive_is_named_by_its_letter() {
        assert_eq!(drive_of(Prefix::Disk(b'C')), Some('c'));
        assert_eq!(drive_of(Prefix::VerbatimDisk(b'd')), Some('d'));
        assert_eq!(drive_of(Prefix::DeviceNS("COM1".as_ref())), None);
    }
}
