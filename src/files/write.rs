//! Replacing what a file holds: by the whole new text or not at all, whatever happens meanwhile.

#![expect(clippy::disallowed_methods, reason = "this is the floor that touches the disk")]

use std::fs::{self, File, Metadata, OpenOptions};
use std::io::{self, Read as _, Write as _};
use std::path::{Path, PathBuf};

use tempfile::{NamedTempFile, TempPath};

use super::{Error, Why};

/// Replaces `before`, which the file holds, by `after`. The file behind a link is the one that changes; its mode and its
/// owner stay.
///
/// # Errors
/// When the file cannot be written, is one of several names of its text, holds something else by now, or when its owner
/// could not be kept. It is as it was then.
pub fn replace(path: &Path, before: &[u8], after: &[u8]) -> Result<(), Error> {
    Prepared::of(Replacement { path, before, after })?.take_effect()
}

/// What a file holds, and what it is to hold.
#[derive(Debug, Clone, Copy)]
pub struct Replacement<'r> {
    /// The file.
    pub path: &'r Path,
    /// What it holds.
    pub before: &'r [u8],
    /// What it is to hold.
    pub after: &'r [u8],
}

/// Replaces what several files hold: as [`replace`] does it, and not one of them where one cannot be.
///
/// # Errors
/// When one of them cannot be replaced; if others were by then, it names them.
pub fn replace_all<'r>(all: impl IntoIterator<Item = Replacement<'r>>) -> Result<(), Error> {
    let prepared: Vec<Prepared<'r>> = all.into_iter().map(Prepared::of).collect::<Result<_, _>>()?;
    prepared.iter().try_for_each(Prepared::is_as_before)?;
    let mut done: Vec<String> = Vec::new();
    for one in prepared {
        let path = one.path;
        one.take_effect().map_err(|error| behind(&done, error))?;
        done.push(format!("`{}`", path.display()));
    }
    Ok(())
}

/// An error, and what was done before it came.
fn behind(done: &[String], error: Error) -> Error {
    match error.why {
        Why::Unreadable(why) if !done.is_empty() => {
            let why = format!("{why}; changed already, by the same fixes: {}", done.join(", "));
            Error { path: error.path, why: Why::Unreadable(why.into()) }
        }
        _ => error,
    }
}

/// A file whose new text lies beside it, and is safe.
struct Prepared<'r> {
    path: &'r Path,
    before: &'r [u8],
    real: PathBuf,
    /// Closed, since there may be more of them than can be open.
    new: TempPath,
}

impl<'r> Prepared<'r> {
    fn of(Replacement { path, before, after }: Replacement<'r>) -> Result<Self, Error> {
        let failed = |why: &'static str| Error::new(path, why);
        let broken = |error: io::Error| broken(path, &error);
        let (real, metadata) = target(path)?;
        // Replacing it asks for leave to write in its folder; to write the file itself is another.
        OpenOptions::new().write(true).open(&real).map_err(broken)?;
        let mut new = tempfile::Builder::new().prefix(".batchlint-").tempfile_in(folder(&real)).map_err(broken)?;
        new.write_all(after).map_err(broken)?;
        keep_owner(new.as_file(), &metadata).map_err(|_| failed("not changed: its owner could not be kept"))?;
        new.as_file().set_permissions(metadata.permissions()).map_err(broken)?;
        new.as_file().sync_all().map_err(broken)?;
        Ok(Self { path, before, real, new: new.into_temp_path() })
    }

    fn is_as_before(&self) -> Result<(), Error> {
        let now = fs::read(&self.real).map_err(|error| broken(self.path, &error))?;
        let changed = || Error::new(self.path, "not changed: somebody else changed it meanwhile");
        if now == self.before { Ok(()) } else { Err(changed()) }
    }

    fn take_effect(self) -> Result<(), Error> {
        self.is_as_before()?;
        self.new.persist(&self.real).map_err(|error| broken(self.path, &error.error))?;
        // The name is safe when its folder is written; where that cannot be asked for, the system does it in time.
        let _ = File::open(folder(&self.real)).and_then(|folder| folder.sync_all());
        Ok(())
    }
}

fn folder(path: &Path) -> &Path {
    path.parent().unwrap_or(Path::new("."))
}

/// Writes a text into a file, be it there or not; one that holds what is not to be lost stays.
///
/// # Errors
/// When it cannot be written. What was there is there still.
pub fn write(path: &Path, text: &[u8], is_to_be_lost: impl FnOnce(&[u8]) -> bool) -> Result<(), Error> {
    if let Err(error) = fs::metadata(path) {
        return match error.kind() {
            io::ErrorKind::NotFound => create(path, text).map_err(|error| broken(path, &error)),
            _ => Err(broken(path, &error)),
        };
    }
    // What is no file may have no end.
    target(path)?;
    let before = fs::read(path).map_err(|error| broken(path, &error))?;
    if !is_to_be_lost(&before) {
        return Err(Error::new(path, "not changed: it holds something else"));
    }
    replace(path, &before, text)
}

fn create(path: &Path, text: &[u8]) -> io::Result<()> {
    let mut new = new_beside(path)?;
    new.write_all(text)?;
    new.as_file().sync_all()?;
    new.persist_noclobber(path).map(drop).map_err(|error| error.error)
}

/// A new file in the same folder, which is to take that name.
pub(super) fn new_beside(path: &Path) -> io::Result<NamedTempFile> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    as_usual(tempfile::Builder::new().prefix(".batchlint-")).tempfile_in(folder)
}

/// With the mode that new files have, and not one that keeps others from reading it.
#[cfg(unix)]
fn as_usual<'b>(new: &'b mut tempfile::Builder<'static, 'static>) -> &'b mut tempfile::Builder<'static, 'static> {
    use std::os::unix::fs::PermissionsExt as _;
    new.permissions(fs::Permissions::from_mode(0o666))
}

#[cfg(not(unix))]
fn as_usual<'b>(new: &'b mut tempfile::Builder<'static, 'static>) -> &'b mut tempfile::Builder<'static, 'static> {
    new
}

/// Why a file could not be replaced, as far as can be told before.
#[must_use]
pub fn irreplaceable(path: &Path) -> Option<Error> {
    target(path).err()
}

/// The file that a path leads to, if it is one that can be replaced.
fn target(path: &Path) -> Result<(PathBuf, Metadata), Error> {
    let broken = |error: io::Error| broken(path, &error);
    let failed = |why: &'static str| Error::new(path, why);
    if path.starts_with("/dev") || path.starts_with("/proc") {
        return Err(failed("not changed: what the shell handed over is no place to write to"));
    }
    let metadata = fs::metadata(path).map_err(broken)?;
    refusal(&metadata).map_or(Ok(()), |why| Err(failed(why)))?;
    let real = fs::canonicalize(path).map_err(broken)?;
    let mut start = [0; 2];
    let is_wide = File::open(&real).and_then(|mut file| file.read_exact(&mut start)).is_ok()
        && matches!(start, [0xff, 0xfe] | [0xfe, 0xff]);
    if is_wide { Err(failed("not changed: UTF-16; save it as UTF-8 first")) } else { Ok((real, metadata)) }
}

fn broken(path: &Path, error: &io::Error) -> Error {
    match error.kind() {
        io::ErrorKind::PermissionDenied => Error::new(path, "not changed: no permission to write it, or in its folder"),
        _ => Error::new(path, format!("not changed: {}", super::error::words(error))),
    }
}

/// Why a file is not replaced.
fn refusal(metadata: &Metadata) -> Option<&'static str> {
    if !metadata.is_file() {
        return Some("not changed: no file");
    }
    if metadata.permissions().readonly() {
        return Some("not changed: the file is read-only");
    }
    (links(metadata) > 1).then_some("not changed: the file has other names (hard links), which would keep the old text")
}

#[cfg(unix)]
fn links(metadata: &Metadata) -> u64 {
    use std::os::unix::fs::MetadataExt as _;
    metadata.nlink()
}

#[cfg(not(unix))]
fn links(_: &Metadata) -> u64 {
    1
}

#[cfg(unix)]
fn keep_owner(new: &File, old: &Metadata) -> io::Result<()> {
    use std::os::unix::fs::{MetadataExt as _, fchown};
    let own = new.metadata()?;
    let other = |own: u32, old: u32| (own != old).then_some(old);
    match (other(own.uid(), old.uid()), other(own.gid(), old.gid())) {
        (None, None) => Ok(()),
        (owner, group) => fchown(new, owner, group),
    }
}

#[cfg(not(unix))]
fn keep_owner(_: &File, _: &Metadata) -> io::Result<()> {
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::PathBuf;

    use super::{Replacement, replace, replace_all};

    struct Folder(tempfile::TempDir);

    impl Folder {
        fn with(text: &str) -> (Self, PathBuf) {
            let folder = tempfile::tempdir().expect("there is room");
            let path = folder.path().join("job.yaml");
            fs::write(&path, text).expect("it can be written");
            (Self(folder), path)
        }

        fn names(&self) -> Vec<String> {
            let entries = fs::read_dir(self.0.path()).expect("it is a folder");
            let mut names: Vec<String> = entries
                .map(|entry| entry.expect("it can be read").file_name().to_string_lossy().into_owned())
                .collect();
            names.sort();
            names
        }
    }

    #[test]
    fn the_text_changes_and_nothing_else_is_left() {
        let (folder, path) = Folder::with("a");
        replace(&path, b"a", b"b").expect("it can be replaced");
        assert_eq!(fs::read(&path).expect("it is there"), b"b");
        assert_eq!(folder.names(), ["job.yaml"]);
    }

    #[test]
    fn what_somebody_else_wrote_meanwhile_stays() {
        let (folder, path) = Folder::with("c");
        let error = replace(&path, b"a", b"b").expect_err("it was changed");
        assert!(error.to_string().ends_with("somebody else changed it meanwhile"), "{error}");
        assert_eq!(fs::read(&path).expect("it is there"), b"c");
        assert_eq!(folder.names(), ["job.yaml"]);
    }

    #[test]
    fn several_change_together_or_not_at_all() {
        let (folder, first) = Folder::with("a");
        let second = folder.0.path().join("other.yaml");
        fs::write(&second, "c").expect("it can be written");
        let replacement = |path, before| Replacement { path, before, after: b"b" };
        replace_all([replacement(&first, b"a"), replacement(&second, b"another")]).expect_err("the second is another");
        assert_eq!(fs::read(&first).expect("it is there"), b"a");
        replace_all([replacement(&first, b"a"), replacement(&second, b"c")]).expect("they are as they were");
        assert_eq!([&first, &second].map(|path| fs::read(path).expect("it is there")), [b"b", b"b"]);
        assert_eq!(folder.names(), ["job.yaml", "other.yaml"]);
    }

    #[test]
    fn what_changed_before_another_could_not_is_named() {
        let (folder, path) = Folder::with("a");
        let once = Replacement { path: &path, before: b"a", after: b"b" };
        let error = replace_all([once, once]).expect_err("it is another by then").to_string();
        assert!(error.contains("somebody else changed it meanwhile; changed already, by the same fixes: `"), "{error}");
        assert_eq!(
            (fs::read(&path).expect("it is there"), folder.names()),
            (b"b".to_vec(), vec!["job.yaml".to_owned()])
        );
    }

    #[cfg(unix)]
    #[test]
    fn a_link_stays_one_and_the_mode_stays() {
        use std::os::unix::fs::{PermissionsExt as _, symlink};
        let (folder, path) = Folder::with("a");
        fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).expect("it can be set");
        let link = folder.0.path().join("link.yaml");
        symlink("job.yaml", &link).expect("it can be made");
        replace(&link, b"a", b"b").expect("it can be replaced");
        assert!(fs::symlink_metadata(&link).expect("it is there").is_symlink());
        assert_eq!(fs::read(&path).expect("it is there"), b"b");
        assert_eq!(fs::metadata(&path).expect("it is there").permissions().mode() & 0o777, 0o640);
    }

    #[cfg(unix)]
    #[test]
    fn hard_links_and_read_only_files_are_refused() {
        use std::os::unix::fs::PermissionsExt as _;
        let (folder, path) = Folder::with("a");
        fs::hard_link(&path, folder.0.path().join("other.yaml")).expect("it can be made");
        let error = replace(&path, b"a", b"b").expect_err("there are two names").to_string();
        assert!(error.contains("hard links"), "{error}");
        fs::remove_file(folder.0.path().join("other.yaml")).expect("it is there");
        fs::set_permissions(&path, fs::Permissions::from_mode(0o444)).expect("it can be set");
        let error = replace(&path, b"a", b"b").expect_err("it is read-only").to_string();
        assert!(error.contains("read-only"), "{error}");
        assert_eq!(fs::read(&path).expect("it is there"), b"a");
    }
}
