//! `--fix` and `--diff` in charts: what becomes of their files before anything is checked.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::Status;
use super::done::Sum;
use super::plan::Plan;
use crate::config::Config;
use crate::diagnostic::Safety;
use crate::files::{self, Input, Replacement, Size};
use crate::hash::{HashMap, HashSet};
use crate::mend::{ChartMending, mend_chart};
use crate::template::ChartFile;
use crate::text::Source;

/// What becomes of the files of charts.
#[derive(Debug, Default)]
pub(super) struct ChartFixes {
    changed: HashMap<PathBuf, Changed>,
    pub(super) sum: Sum,
    pub(super) complaints: Vec<String>,
    pub(super) status: Status,
}

/// A file that changes.
#[derive(Debug)]
pub(super) struct Changed {
    pub(super) before: Source,
    pub(super) after: Source,
    /// How many findings in it are mended.
    pub(super) count: usize,
}

impl ChartFixes {
    /// Mends the charts that are looked at.
    pub(super) fn of(plan: &Plan, allowed: Safety, most: Size) -> Self {
        let mut fixes = Self::default();
        let mut roots: BTreeMap<PathBuf, (&Arc<Config>, HashSet<PathBuf>)> = BTreeMap::new();
        for planned in &plan.inputs {
            let is_file = !matches!(planned.input, Ok(Input::Stdin(_)));
            if let Some((root, _)) = files::chart_of(planned.path()).filter(|_| is_file) {
                let (_, asked) = roots.entry(root).or_insert_with(|| (&planned.config, HashSet::default()));
                asked.insert(files::whole(planned.path()));
            }
        }
        for (root, (config, asked)) in roots {
            fixes.mend(&root, &asked, (config, allowed, most));
        }
        fixes
    }

    fn mend(&mut self, root: &Path, asked: &HashSet<PathBuf>, (config, allowed, most): (&Config, Safety, Size)) {
        let chart = files::read_chart(root, config.chart_values(), most);
        let Some(given) = chart.sets.first() else { return };
        let whole = files::whole(root);
        // What other charts share with it, or is given to others, too, is nobody's to change for this one.
        let place = |file: &ChartFile| files::whole(Path::new(file.source.name()));
        let may_change = |file: &ChartFile| !file.path.starts_with('/') && place(file).starts_with(&whole);
        let is_asked = |file: &ChartFile| asked.contains(&place(file));
        let how = ChartMending { given, config, allowed, is_asked: &is_asked, may_change: &may_change };
        let mended = mend_chart(&chart.files, how);
        for (id, (before, after)) in chart.files.into_iter().zip(mended.files).enumerate() {
            if before.source.text() == after.source.text() {
                continue;
            }
            let applied = mended.applied.iter().filter(|(file, _)| file.index() == id);
            let rules: Vec<_> = applied.map(|(_, applied)| (applied.rule, 1)).collect();
            let count = rules.len();
            self.sum.add(&Sum::of(1, rules, 0));
            let path = files::whole(Path::new(before.source.name()));
            self.changed.insert(path, Changed { before: before.source, after: after.source, count });
        }
    }

    /// Writes all files, or none.
    pub(super) fn write(&mut self) {
        let all = self.changed.values().map(|changed| Replacement {
            path: Path::new(changed.before.name()),
            before: changed.before.text().as_bytes(),
            after: changed.after.text().as_bytes(),
        });
        if let Err(error) = files::replace_all(all) {
            self.complaints.push(error.to_string());
            self.status = Status::Failed;
            self.sum = Sum::default();
        }
        self.changed.clear();
    }

    /// What would become of a file.
    pub(super) fn changed(&self, name: &str) -> Option<&Changed> {
        if self.changed.is_empty() { None } else { self.changed.get(&files::whole(Path::new(name))) }
    }
}
