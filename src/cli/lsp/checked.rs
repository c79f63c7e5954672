//! What was found in a text.

use std::sync::Arc;

use super::workspace::{Known, Workspace};
use crate::analysis::{Analysis, CronJobFacts, Facts, Settings, analyse, names};
use crate::cli::configuration::{Faults, Named};
use crate::cli::surroundings;
use crate::config::Config;
use crate::diagnostic::{Finding, Suppression, SuppressionKind};
use crate::files::Size;
use crate::lint::{self, Memory, Report, of_one_file};
use crate::project::{Project, Scope};
use crate::text::Source;

pub(super) struct Checked {
    pub(super) analysis: Analysis,
    pub(super) report: Report,
    pub(super) config: Arc<Config>,
    /// The CronJobs that a chart prints and whose schedules are written here.
    pub(super) printed: Vec<CronJobFacts>,
    /// Whether what is found over all files was found in an earlier text, and is shown where it is now.
    pub(super) is_provisional: bool,
}

impl Checked {
    /// An open text by itself, with what was found in it before.
    pub(super) fn alone(source: Source, config: Arc<Config>, memory: &mut Memory) -> Self {
        let analysis = analyse(source, config.settings());
        let report = lint::again(&analysis, &config, memory);
        Self { analysis, report, config, printed: Vec::new(), is_provisional: false }
    }

    /// A text among the files of the workspace, which take it for that of its file where it is open, and something was found
    /// in it before.
    pub(super) fn among(
        source: Source,
        config: Arc<Config>,
        workspace: &mut Workspace,
        memory: Option<&mut Memory>,
    ) -> Self {
        let is_open = memory.is_some();
        let analysis = analyse(source, config.settings());
        let (report, mut facts) = lint::apart(&analysis, &config, memory);
        let conditional = std::mem::take(&mut facts.conditional);
        let alone = Facts { conditional, ..facts.clone() };
        if is_open {
            workspace.put_open(Known { facts, names: names(&analysis) }, analysis.source());
        }
        let found = workspace.found(analysis.source(), &alone.conditional);
        let (late, is_provisional) = found.unwrap_or_else(|| (by_itself(alone, &config), false));
        let report = lint::joined_with(report, late, &analysis, &config);
        Self { analysis, report, config, printed: Vec::new(), is_provisional }
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

/// What is found in a text for want of others.
fn by_itself(facts: Facts, config: &Config) -> Vec<Finding> {
    let mut project = Project::new();
    project.add(facts);
    lint::over_all(&project, config, Scope::Part).iter().map(of_one_file).collect()
}
