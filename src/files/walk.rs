//! Walking a folder as git sees it.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{Sender, channel};

use ignore::{DirEntry, Walk, WalkBuilder};

use super::{Changes, Choice, Error, Find, Input, Name, has_manifest_name, ignored, kind, place_of, plain};

/// Adds the manifests below the folder, sorted by name, what has the name of one and is no file, and every folder that
/// could not be read.
pub(super) fn walk(root: &Path, changes: Option<&Arc<Changes>>, choice: &mut dyn Choice, found: &mut Vec<Find>) {
    let whole = place_of(root);
    if changes.is_some_and(|changes| changes.is_empty()) {
        return;
    }
    if let Some(trap) = whole.ancestors().find_map(ignored::trap_in) {
        return found.push(Find { what: Err(trap), place: whole, by: Name::Own });
    }
    // While one folder is open, musl keeps the memory that it reads the others into.
    let _open = root.read_dir();
    let (sender, traps) = channel();
    // A link may stand anywhere, and what it leads to may have changed; but of a folder that cannot be read nobody needs
    // to hear where nothing in it changed.
    let is_meant = |error: &Error| changes.is_none_or(|changes| changes.concern(&place_of(Path::new(&error.path))));
    let of_all = changes.map(|changes| (Arc::clone(changes), whole.clone()));
    for entry in entries(root, of_all, sender) {
        found.extend(traps.try_iter().filter(&is_meant).map(failed));
        match entry {
            Ok(entry) => {
                let is_named = has_manifest_name(entry.path()) || is_no_folder(&entry) && choice.includes(entry.path());
                found.extend(find(&entry, is_named, (root, &whole)));
            }
            Err(error) => found.extend(Some(described(root, &error)).filter(&is_meant).map(failed)),
        }
    }
    found.extend(traps.try_iter().filter(is_meant).map(failed));
}

/// Everything below the folder, of whose files those that did not change are left out where only changes are wanted; folders
/// that are traps are left out, and sent.
fn entries(root: &Path, changes: Option<(Arc<Changes>, PathBuf)>, traps: Sender<Error>) -> Walk {
    let from = root.to_owned();
    let is_changed = move |entry: &DirEntry| {
        let Some((changes, whole)) = &changes else { return true };
        let own = || entry.path().strip_prefix(&from).map(|below| whole.join(below));
        if !is_no_folder(entry) {
            return own().is_ok_and(|own| changes.may_stand_below(&own));
        }
        if entry.path_is_symlink() {
            return changes.have(entry.path());
        }
        changes.may_have(entry.file_name()) && own().is_ok_and(|own| changes.concern(&own))
    };
    let is_wanted = move |entry: &DirEntry| {
        if entry.file_name() == "node_modules" || !is_changed(entry) {
            return false;
        }
        let is_folder = entry.file_type().is_some_and(|kind| kind.is_dir());
        let trap = is_folder.then(|| ignored::trap_in(entry.path())).flatten();
        // Whoever asks for the entries takes them.
        trap.is_none_or(|trap| traps.send(trap).is_err())
    };
    walker(root)
        .filter_entry(is_wanted)
        // By name: in one folder paths differ in nothing else, and to take the names out of them costs more than the sort.
        .sort_by_file_path(|left, right| left.as_os_str().cmp(right.as_os_str()))
        .build()
}

fn walker(root: &Path) -> WalkBuilder {
    let mut walker = WalkBuilder::new(root);
    // A `.gitignore` means what it says outside a repository too: in an unpacked archive, a container.
    walker.require_git(false).ignore(false).git_global(ignored::may_be_everywhere());
    walker
}

/// Whether a walk of the folder comes to that file: it is there, and nothing leaves it out.
pub(super) fn comes_to(root: &Path, file: &Path) -> bool {
    let way = file.to_owned();
    let is_on_it = move |entry: &DirEntry| entry.file_name() != "node_modules" && way.starts_with(entry.path());
    walker(root).filter_entry(is_on_it).build().flatten().any(|entry| entry.path() == file && is_no_folder(&entry))
}

/// What an entry is that has a manifest's name: a file, a link to one (mounted ConfigMaps are links), or none of both; and
/// whatever its name, a link to a folder that is not walked.
fn find(entry: &DirEntry, is_named: bool, (root, whole): (&Path, &Path)) -> Option<Find> {
    let (path, kind) = (entry.path(), entry.file_type()?);
    let is_meant = is_named || kind.is_symlink() && leads_out(entry, whole);
    if kind.is_dir() || !is_meant {
        return None;
    }
    let own = || path.strip_prefix(root).map_or_else(|_| path.to_owned(), |below| whole.join(below));
    let file = |place: PathBuf, by| Find { what: Ok(Input::Found(plain(path))), place, by };
    let no_file = |what| Find { what: Err(Error::no_file(path, what)), place: own(), by: Name::Own };
    if kind.is_file() {
        return Some(file(own(), Name::Own));
    }
    if !kind.is_symlink() {
        return Some(no_file(kind::names(kind)[0]));
    }
    Some(match path.metadata() {
        Ok(end) if end.is_file() => file(place_of(path), Name::Link),
        Ok(end) => no_file(kind::names(end.file_type())[1]),
        Err(error) => match kind::of_broken_link(&error) {
            Some(what) => no_file(what),
            None => failed(Error::io(path, &error)),
        },
    })
}

fn is_no_folder(entry: &DirEntry) -> bool {
    entry.file_type().is_some_and(|kind| !kind.is_dir())
}

/// Whether a link leads to a folder that is not walked under its own name.
fn leads_out(link: &DirEntry, whole: &Path) -> bool {
    link.depth() > 0 && link.path().is_dir() && !place_of(link.path()).starts_with(whole)
}

fn failed(error: Error) -> Find {
    Find { place: PathBuf::from(&error.path), what: Err(error), by: Name::Own }
}

fn described(root: &Path, error: &ignore::Error) -> Error {
    let path = path_of(error).unwrap_or(root);
    match error.io_error() {
        Some(io) => Error::io(path, io),
        None => Error::new(path, error.to_string()),
    }
}

fn path_of(error: &ignore::Error) -> Option<&Path> {
    match error {
        ignore::Error::WithPath { path, .. } => Some(path),
        ignore::Error::WithDepth { err, .. } | ignore::Error::WithLineNumber { err, .. } => path_of(err),
        _ => None,
    }
}
