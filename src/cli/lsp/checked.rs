//! What was found in a text.

use std::sync::Arc;

use super::workspace::{Known, Workspace};
use crate::analysis::{Analysis, CronJobFacts, Settings, analyse, names};
use crate::cli::configuration::{Faults, Named};
use crate::cli::surroundings;
use crate::config::Config;
use crate::diagnostic::{Late, Suppression, SuppressionKind};
use crate::files::Size;
use crate::lint::{self, Report};
use crate::text::Source;

pub(super) struct Checked {
    pub(super) analysis: Analysis,
    pub(super) report: Report,
    pub(super) config: Arc<Config>,
    /// The CronJobs that a chart prints and whose schedules are written here.
    pub(super) printed: Vec<CronJobFacts>,
}

impl Checked {
    /// A text by itself.
    pub(super) fn alone(source: Source, config: Arc<Config>) -> Self {
        let analysis = analyse(source, config.settings());
        let report = lint::alone(&analysis, &config);
        Self { analysis, report, config, printed: Vec::new() }
    }

    /// A text among the files of the workspace, which take it for that of its file.
    pub(super) fn among(source: Source, config: Arc<Config>, workspace: &mut Workspace) -> Self {
        let analysis = analyse(source, config.settings());
        let (report, facts) = lint::apart(&analysis, &config);
        workspace.put(Known { facts, names: names(&analysis) });
        let report = lint::joined(report, workspace.late_in(analysis.source().name(), &config), &analysis, &config);
        Self { analysis, report, config, printed: Vec::new() }
    }

    /// The text of a file of the workspace, of which this is found over all of them.
    pub(super) fn with(late: &[Late], source: Source, config: Arc<Config>) -> Self {
        let analysis = analyse(source, config.settings());
        let (report, _) = lint::apart(&analysis, &config);
        let report = lint::joined(report, late, &analysis, &config);
        Self { analysis, report, config, printed: Vec::new() }
    }

    /// Takes out of the count what a baseline knows: what this text had, then what files had that are gone.
    pub(super) fn suppress(&mut self, named: &Named) -> Result<(), Faults> {
        let (mut baseline, _) = named.read(Size::default())?;
        let why = Suppression::new(SuppressionKind::External, "in the baseline");
        let name = named.name_of(self.analysis.source().name());
        for has_moved in [false, true] {
            self.report.suppress(|finding| {
                let is_meant = |old: &str| if has_moved { named.is_gone(old) } else { old == name };
                baseline.take(finding.fingerprint?, is_meant).then(|| Arc::clone(&why))
            });
        }
        Ok(())
    }

    /// What it is looked at with at this moment, which may be long after it was checked.
    pub(super) fn settings_now(&self) -> Settings {
        Settings { now: surroundings::now(), ..*self.config.settings() }
    }
}
