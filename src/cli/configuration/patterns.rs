//! Names of files, as lines of a `.gitignore` write them.

use std::path::{Path, PathBuf};

use ignore::Match;
use ignore::gitignore::{Gitignore, GitignoreBuilder};

use crate::config::{Fault, Said};

/// Names of files below a folder.
pub(super) struct Patterns {
    folder: PathBuf,
    patterns: Gitignore,
}

/// Why no path matches a pattern.
fn never_matches(pattern: &str) -> Option<&'static str> {
    let own = pattern.strip_prefix('!').unwrap_or(pattern);
    match own {
        "" => Some("it is empty"),
        "/" | "." | "./" => Some("write `*` for all of them"),
        _ if pattern.starts_with('#') => Some("it is a comment, as in a .gitignore"),
        _ if own.starts_with("./") => Some("leave out the `./` in front; `/name` is the one in this folder"),
        _ if own.split('/').any(|part| part == "..") => Some("patterns do not lead out of their folder"),
        _ => None,
    }
}

impl Patterns {
    /// Patterns that lie upon no others: one that takes a file back takes it back from one before it.
    pub(super) fn alone(folder: &Path, patterns: &[Said<String>]) -> Result<Self, Vec<Fault>> {
        let first = patterns.iter().take_while(|pattern| pattern.value.starts_with('!'));
        let nothing = |pattern: &Said<String>| {
            let why = "no pattern before it names a file that it could take back";
            Fault::new(pattern.span, format!("`{}` does nothing: {why}", pattern.value))
        };
        let faults: Vec<Fault> = first.map(nothing).collect();
        if faults.is_empty() { Self::new(folder, patterns) } else { Err(faults) }
    }

    /// Patterns that lie upon others.
    pub(super) fn new(folder: &Path, patterns: &[Said<String>]) -> Result<Self, Vec<Fault>> {
        let mut builder = GitignoreBuilder::new(folder);
        let mut faults = Vec::new();
        for pattern in patterns {
            if let Some(why) = never_matches(&pattern.value) {
                faults.push(Fault::new(pattern.span, format!("`{}` names no file: {why}", pattern.value)));
            } else if let Err(error) = builder.add_line(None, &pattern.value) {
                faults.push(Fault::new(pattern.span, format!("no pattern of files: {error}")));
            }
        }
        match builder.build() {
            Ok(patterns) if faults.is_empty() => Ok(Self { folder: folder.to_owned(), patterns }),
            _ => Err(faults),
        }
    }

    pub(super) fn name(&self, path: &Path) -> bool {
        self.say(path).unwrap_or(false)
    }

    /// Whether they name a file, or take it back; nothing, where they do neither.
    fn say(&self, path: &Path) -> Option<bool> {
        let below = path.strip_prefix(&self.folder).ok()?;
        match self.patterns.matched_path_or_any_parents(below, false) {
            Match::None => None,
            Match::Ignore(_) => Some(true),
            Match::Whitelist(_) => Some(false),
        }
    }
}

/// Whether a file is named by patterns that are laid upon each other, of which the first ones are the strongest.
pub(super) fn name<'p>(mut patterns: impl Iterator<Item = &'p Patterns>, path: &Path) -> bool {
    patterns.find_map(|patterns| patterns.say(path)).unwrap_or(false)
}
