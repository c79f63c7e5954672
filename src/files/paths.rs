//! Paths by their names, wherever links lead.

use std::path::{Component, Path, PathBuf, absolute};

/// The path from the root on.
#[must_use]
pub fn whole(path: &Path) -> PathBuf {
    if path.is_absolute() && is_plain(path) {
        return path.to_owned();
    }
    let here = Path::new(".");
    normal(&absolute(if path.as_os_str().is_empty() { here } else { path }).unwrap_or_else(|_| path.to_owned()))
}

/// The path without `.` and `..`, as far as names tell.
#[must_use]
pub fn normal(path: &Path) -> PathBuf {
    if is_plain(path) {
        return path.to_owned();
    }
    let mut normal = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir => {
                normal.pop();
            }
            part => normal.push(part),
        }
    }
    normal
}

/// Whether every part of a path is a name, as in most.
fn is_plain(path: &Path) -> bool {
    let bytes = path.as_os_str().as_encoded_bytes();
    let names = bytes.strip_prefix(b"/").unwrap_or(bytes);
    cfg!(unix) && names.split(|byte| *byte == b'/').all(|name| !matches!(name, b"" | b"." | b".."))
}

/// A folder as the name of a file in it has it, or else as it is known from here.
pub(super) fn named_in(file: &Path, folder: &Path) -> PathBuf {
    let above = file.ancestors().skip(1).find(|above| whole(above) == folder);
    above.map_or_else(|| from_here(folder), Path::to_owned)
}

/// A path without ways up that lead down again.
pub(super) fn shortest(path: &Path) -> PathBuf {
    let goes_up = path.components().any(|part| part == Component::ParentDir);
    if goes_up { from_here(&whole(path)) } else { path.to_owned() }
}

pub(super) fn from_here(folder: &Path) -> PathBuf {
    let here = whole(Path::new(""));
    let ways = here.ancestors().enumerate();
    let mut down = ways.filter_map(|(up, above)| Some((up, folder.strip_prefix(above).ok()?)));
    let Some((up, down)) = down.next() else { return folder.to_owned() };
    std::iter::repeat_n(Path::new(".."), up).chain([down]).collect()
}

#[cfg(test)]
mod tests {
    use std::path::{Path, PathBuf};

    use super::{named_in, normal, shortest, whole};

    #[cfg(unix)]
    #[test]
    fn no_part_of_a_whole_path_is_anything_but_a_name() {
        for (path, same) in [
            ("/a/b.yaml", "/a/b.yaml"),
            ("/a/.b/..c", "/a/.b/..c"),
            ("/a/./b", "/a/b"),
            ("/a/../b", "/b"),
            ("/a/b/..", "/a"),
            ("/a//b/", "/a/b"),
            ("/", "/"),
        ] {
            assert_eq!(normal(Path::new(path)).as_os_str(), same);
            assert_eq!(whole(Path::new(path)).as_os_str(), same);
        }
        assert_eq!(normal(Path::new("a/../b")).as_os_str(), "b");
        assert_eq!(normal(Path::new("")).as_os_str(), "");
    }

    #[test]
    fn a_folder_is_named_as_its_files_are() {
        let here = whole(Path::new(""));
        let up = |count: usize| here.ancestors().nth(count).expect("tests run below the root").to_owned();
        let named = |file: &str, folder: PathBuf| named_in(Path::new(file), &folder);
        assert_eq!(named("a/templates/b.yaml", here.join("a")), Path::new("a"));
        assert_eq!(named("templates/b.yaml", here.clone()), Path::new(""));
        assert_eq!(named("b.yaml", up(1)), Path::new(".."));
        assert_eq!(named("../b.yaml", up(2)), Path::new("../.."));
        assert_eq!(named("../templates/b.yaml", up(1)), Path::new(".."));
        assert_eq!(named("b.yaml", here.join("a")), Path::new("a"));
        let own = here.file_name().expect("tests run below the root");
        assert_eq!(shortest(&Path::new("..").join(own).join("b.yaml")), Path::new("b.yaml"));
        assert_eq!(shortest(Path::new("../b.yaml")), Path::new("../b.yaml"));
        let file = here.join("a/b.yaml");
        assert_eq!(named_in(&file, &here), here);
    }
}
