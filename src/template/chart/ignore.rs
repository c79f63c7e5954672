//! `.helmignore`: what is no part of a chart.

use crate::template::object::matches;

/// What helm leaves out in any case.
const HIDDEN: &str = "templates/.?*";

/// The rules of a file, in order.
#[derive(Debug)]
pub(super) struct Ignored {
    rules: Vec<Rule>,
}

#[derive(Debug)]
struct Rule {
    pattern: String,
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
        Self { rules: lines.map(Rule::read).collect() }
    }

    /// Whether a file is left out, by itself or with a folder that it is in.
    pub(super) fn contains(&self, path: &str) -> bool {
        let ends = path.match_indices('/').map(|(at, _)| at);
        ends.into_iter().any(|end| self.leaves_out(&path[..end], true)) || self.leaves_out(path, false)
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
        let pattern = line.strip_prefix('/').unwrap_or(line).to_owned();
        Self { pattern, negated, folders, whole: line.contains('/') }
    }

    fn fits(&self, path: &str) -> bool {
        let name = path.rsplit('/').next().unwrap_or(path);
        matches(&self.pattern, if self.whole { path } else { name })
    }
}
