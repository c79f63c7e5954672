//! What stands where a file could.

use std::fs::FileType;
use std::io;

/// What a path leads to that is no file: what it is itself, and as the end of a link.
pub(super) fn names(kind: FileType) -> [&'static str; 2] {
    if kind.is_dir() { ["a folder", "a link to a folder"] } else { special(kind) }
}

/// What a link is that leads to nothing; `None` where nobody may say so.
pub(super) fn of_broken_link(error: &io::Error) -> Option<&'static str> {
    match error.kind() {
        io::ErrorKind::NotFound => Some("a link that leads nowhere"),
        _ if is_loop(error) => Some("a link that leads back to itself"),
        _ => None,
    }
}

#[cfg(unix)]
fn is_loop(error: &io::Error) -> bool {
    error.raw_os_error() == Some(libc::ELOOP)
}

#[cfg(not(unix))]
fn is_loop(_: &io::Error) -> bool {
    false
}

#[cfg(unix)]
fn special(kind: FileType) -> [&'static str; 2] {
    use std::os::unix::fs::FileTypeExt as _;
    if kind.is_fifo() {
        ["a pipe", "a link to a pipe"]
    } else if kind.is_socket() {
        ["a socket", "a link to a socket"]
    } else {
        ["a device", "a link to a device"]
    }
}

#[cfg(not(unix))]
fn special(_: FileType) -> [&'static str; 2] {
    ["no file", "a link to something that is no file"]
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn a_link_is_broken_only_where_the_system_says_so() {
        let said = |error: io::Error| of_broken_link(&error);
        assert_eq!(said(io::ErrorKind::NotFound.into()), Some("a link that leads nowhere"));
        assert_eq!(said(io::Error::from_raw_os_error(libc::ELOOP)), Some("a link that leads back to itself"));
        assert_eq!(said(io::ErrorKind::PermissionDenied.into()), None);
    }
}
