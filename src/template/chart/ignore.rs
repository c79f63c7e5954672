//! `.helmignore`: what is no part of a chart.

use crate::hash::HashMap;
use crate::template::object::Glob;

/// What helm leaves out in any case.
const HIDDEN: &str = "templates/.?*";

/// The rules of a file, in order.
#[derive(Debug)]
pub(super) struct Ignored {
    rules: Vec<Rule>,
    /// Whether folders are left out that were asked for.
    folders: HashMap<Box<str>, bool>,
}

#[derive(Debug)]
struct Rule {
    pattern: Glob,
    negated: bool,
    /// It matches folders alone.
    folders: bool,
    /// It matches the whole path, not the name alone.
    whole: bool,
}

impl Ignored {
    pub(super) fn read(text: &str) -> Self {
        let lines =
            text.lines().chain([HIDDEN]).map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'));
        Self { rules: lines.map(Rule::read).collect(), folders: HashMap::default() }
    }

    /// Whether a file is left out, by itself or with a folder that it is in.
    pub(super) fn contains(&mut self, path: &str) -> bool {
        let folder = path.rfind('/').map(|end| &path[..end]);
        folder.is_some_and(|folder| self.has_folder(folder)) || self.leaves_out(path, false)
    }

    fn has_folder(&mut self, folder: &str) -> bool {
        if let Some(known) = self.folders.get(folder) {
            return *known;
        }
        let outer = folder.rfind('/').map(|end| &folder[..end]);
        let is_in = outer.is_some_and(|outer| self.has_folder(outer)) || self.leaves_out(folder, true);
        self.folders.insert(folder.into(), is_in);
        is_in
    }

    /// Helm's way: a rule that begins with `!` leaves out all that it does not fit.
    fn leaves_out(&self, path: &str, is_folder: bool) -> bool {
        self.rules.iter().any(|rule| {
            let fits = rule.fits(path);
            let may_fit = is_folder || !rule.folders;
            if rule.negated { !(may_fit && fits) } else { may_fit && fits }
        })
    }
}

impl Rule {
    fn read(line: &str) -> Self {
        let (negated, line) = line.strip_prefix('!').map_or((false, line), |rest| (true, rest));
        let (folders, line) = line.strip_suffix('/').map_or((false, line), |rest| (true, rest));
        let pattern = Glob::read(line.strip_prefix('/').unwrap_or(line));
        Self { pattern, negated, folders, whole: line.contains('/') }
    }

    fn fits(&self, path: &str) -> bool {
        let name = path.rsplit('/').next().unwrap_or(path);
        self.pattern.matches(if self.whole { path } else { name })
    }
}
