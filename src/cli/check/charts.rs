//! The charts that files belong to: each is rendered once, by whoever comes first.

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use crate::config::Config;
use crate::files::{self, Input, Size};
use crate::lint::{self, ChartReport, Report};
use crate::template::{ChartFile, FileId};
use crate::text::Source;

/// Charts, as they become known.
pub(super) struct Charts {
    /// The most that is read of a file.
    most: Size,
    /// By their folders, and the configuration that they are checked with.
    known: Mutex<HashMap<(PathBuf, usize), Shared>>,
}

/// A chart that the first who asks for it renders.
type Shared = Arc<OnceLock<Chart>>;

struct Chart {
    files: Vec<ChartFile>,
    report: ChartReport,
}

impl Charts {
    pub(super) fn new(most: Size) -> Self {
        Self { most, known: Mutex::default() }
    }

    /// What there is to say of a file that is the template of a chart, and no manifest itself.
    pub(super) fn of_template(&self, input: &Input, source: &Source, config: &Arc<Config>) -> Option<Report> {
        let is_manifest = !files::is_template_of_chart(input.path());
        self.ask(input, source, config, |report, file| report.of_template(file, is_manifest))?
    }

    /// Adds what its chart shows of a file to what is found in its own text.
    pub(super) fn add_to(&self, report: &mut Report, input: &Input, source: &Source, config: &Arc<Config>) {
        self.ask(input, source, config, |chart, file| chart.add_to(report, file));
    }

    fn ask<T>(
        &self,
        input: &Input,
        source: &Source,
        config: &Arc<Config>,
        question: impl FnOnce(&ChartReport, FileId) -> T,
    ) -> Option<T> {
        if matches!(input, Input::Stdin(_)) {
            return None;
        }
        let (root, path) = files::chart_of(input.path())?;
        let key = (root.clone(), Arc::as_ptr(config) as usize);
        let chart = {
            let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
            Arc::clone(known.entry(key).or_default())
        };
        let chart = chart.get_or_init(|| {
            let files = files::files_of_chart(&root, self.most);
            let report = lint::chart(&files, config);
            Chart { files, report }
        });
        let at = chart.files.iter().position(|file| file.path == path)?;
        let is_same = chart.files[at].source.text() == source.text();
        is_same.then(|| question(&chart.report, FileId(u32::try_from(at).unwrap_or(u32::MAX))))
    }
}
