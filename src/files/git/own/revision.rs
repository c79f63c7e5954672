//! The commit that changes since a revision start from.

use std::path::{Path, PathBuf};

use super::store::Store;
use super::{Name, exists, hex, name_of, text, text_of_some};

/// First parents of HEAD among which a revision is looked for.
const LONGEST: usize = 64;

/// The tree of the newest commit that HEAD and a revision have in common, where the revision is one of HEAD's first parents:
/// `HEAD~2`, or what a branch or tag names.
pub(super) fn tree_of_base((git, packed): (&Path, &str), store: &Store, revision: &str) -> Option<Name> {
    let cut = text_of_some(&git.join("shallow"))?;
    let references = References { git, packed };
    let mut commit = references.head()?;
    let goal = match (generations(revision), name_of(revision)) {
        (Some(generations), _) => Goal::Generations(generations),
        (None, Some(commit)) => Goal::Commit(commit),
        (None, None) => Goal::Commit(references.named(revision)?),
    };
    for passed in 0..=LONGEST {
        let text = String::from_utf8_lossy(&store.of_kind(&commit, "commit")?).into_owned();
        let mut lines = text.lines();
        let tree = lines.next()?.strip_prefix("tree ")?;
        if goal == Goal::Generations(passed) || goal == Goal::Commit(commit) {
            return name_of(tree);
        }
        // A shallow clone ends here, whatever the commit says.
        if cut.contains(&hex(&commit)) {
            return None;
        }
        commit = name_of(lines.next()?.strip_prefix("parent ")?)?;
    }
    None
}

#[derive(PartialEq, Eq)]
enum Goal {
    Generations(usize),
    Commit(Name),
}

/// How far before HEAD `HEAD~2`, `HEAD^` and the like are.
fn generations(revision: &str) -> Option<usize> {
    let rest = revision.strip_prefix("HEAD").or_else(|| revision.strip_prefix('@'))?;
    match rest {
        "" => Some(0),
        "~" | "^" | "^1" => Some(1),
        _ => {
            let digits = rest.strip_prefix('~').filter(|rest| rest.bytes().all(|byte| byte.is_ascii_digit()))?;
            digits.parse().ok()
        }
    }
}

/// What names commits.
struct References<'g> {
    git: &'g Path,
    packed: &'g str,
}

impl References<'_> {
    fn head(&self) -> Option<Name> {
        let head = text(&self.git.join("HEAD"))?;
        match head.trim_end().strip_prefix("ref: ") {
            None => name_of(head.trim_end()),
            Some(branch) if branch.starts_with("refs/") && is_plain(branch) => self.reference(branch),
            Some(_) => None,
        }
    }

    /// What one name stands for, if nothing else has it.
    fn named(&self, name: &str) -> Option<Name> {
        let elsewhere = [name.to_owned(), format!("refs/{name}"), format!("refs/remotes/{name}/HEAD")];
        if !is_plain(name)
            || elsewhere.iter().any(|place| exists(&self.git.join(place)) || self.packed(place).is_some())
        {
            return None;
        }
        let places = ["refs/tags/", "refs/heads/", "refs/remotes/"].map(|folder| format!("{folder}{name}"));
        let mut places = places.iter().filter(|place| self.file(place).is_some() || self.packed(place).is_some());
        places.next().filter(|_| places.next().is_none()).and_then(|place| self.reference(place))
    }

    /// What a whole name stands for, that of no other name.
    fn reference(&self, name: &str) -> Option<Name> {
        match self.file(name) {
            Some(file) => name_of(text(&file)?.trim_end()),
            None => name_of(self.packed(name)?),
        }
    }

    fn file(&self, name: &str) -> Option<PathBuf> {
        Some(self.git.join(name)).filter(|place| exists(place) && !place.is_dir())
    }

    fn packed(&self, name: &str) -> Option<&str> {
        let mut lines = self.packed.lines().filter_map(|line| line.split_once(' '));
        lines.find(|(_, packed)| *packed == name).map(|(commit, _)| commit)
    }
}

/// Whether a name is one of a reference that nothing else can be meant by.
fn is_plain(name: &str) -> bool {
    let is_usual = |character: char| character.is_ascii_alphanumeric() || "/-_.".contains(character);
    let parts = || name.split('/');
    name.chars().all(is_usual)
        && parts().all(|part| !part.is_empty() && !part.starts_with(['.', '-']) && !part.ends_with('.'))
        && !name.contains("..")
        // Digits may be the beginning of a commit's name.
        && !name.chars().all(|character| character.is_ascii_hexdigit())
}
