//! What is known only when all files were read.

use std::collections::HashMap;
use std::sync::Arc;

use super::plan::{Plan, Planned};
use super::{Args, Status};
use crate::analysis::{Facts, analyse};
use crate::cli::bug;
use crate::config::Config;
use crate::diagnostic;
use crate::files::{self, Input, Size};
use crate::lint;
use crate::mend::ignores::Place;
use crate::project::{Project, Scope};
use crate::render::Writer;
use crate::rules;

/// By file, what other files have a say on in it and is shown: what is to be known before anything is written for it.
#[derive(Debug, Default)]
pub(super) struct Late(HashMap<Arc<str>, Vec<Place>>);

impl Late {
    /// Reads all files that there are.
    pub(super) fn of(args: &Args, plan: &Plan) -> Self {
        let mut project = Project::new();
        for Planned { input, config, .. } in &plan.inputs {
            facts(input, args.reading.max_file_size, config).into_iter().for_each(|facts| project.add(facts));
        }
        let mut late = Self::default();
        for one in bug::guard(|| project.findings(&plan.whole, plan.scope)).unwrap_or_default() {
            let finding = one.finding();
            let is_about_them = rules::find(finding.rule).is_some_and(|entry| entry.is_about_suppressions());
            if plan.whole.shows(finding.rule) && finding.suppressed.is_none() && !is_about_them {
                late.0.entry(Arc::clone(&one.at().file)).or_default().push((finding.rule, finding.span));
            }
        }
        late
    }

    /// What there is of a file.
    pub(super) fn in_file(&self, name: &str) -> &[Place] {
        self.0.get(name).map_or(&[], Vec::as_slice)
    }
}

/// What checks over all files need of a file; of what cannot be read is said elsewhere.
fn facts(input: &Result<Input, files::Error>, most: Size, config: &Config) -> Option<Facts> {
    // Standard input is there once.
    let input = input.as_ref().ok().filter(|input| !matches!(input, Input::Stdin(_)))?;
    let source = files::read(input, most).ok()?;
    bug::guard(|| lint::report(&analyse(source, config.settings()), config).1)
}

/// What is found over all files.
pub(super) fn find(project: &Project, config: &Config, scope: Scope, worst: &mut Status) -> Vec<diagnostic::Late> {
    bug::guard(|| project.findings(config, scope)).unwrap_or_else(|| {
        *worst = Status::Bug;
        Vec::new()
    })
}

/// Adds what is found over all files to what is printed.
pub(super) fn add(late: Vec<diagnostic::Late>, config: &Config, writer: &mut Writer<'_>) {
    let does_count = |late: &diagnostic::Late| late.finding().suppressed.is_none();
    let is_below = |late: &diagnostic::Late| does_count(late) && late.finding().severity < config.min_severity();
    let (below, late): (Vec<_>, Vec<_>) = late.into_iter().partition(is_below);
    let (shown, mut habits): (Vec<_>, Vec<_>) = late.into_iter().partition(|late| config.shows(late.finding().rule));
    habits.retain(does_count);
    writer.add_late(shown);
    writer.add_late_below(&below);
    writer.add_late_habits(&habits);
}
