//! What is known only when all files were read.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::chart_fixes::ChartFixes;
use super::done::{Mending, Sum, Work, refusal};
use super::plan::{Plan, Planned};
use super::since::{Changed, part};
use super::{Args, Status};
use crate::analysis::{Facts, analyse};
use crate::cli::bug;
use crate::config::Config;
use crate::diagnostic;
use crate::files::{self, Input, Replacement, Size};
use crate::hash::HashMap;
use crate::lint;
use crate::mend::ignores::Place;
use crate::mend::{self, Together, Wanted, together};
use crate::project::{Project, Scope};
use crate::rules;
use crate::text::{Source, Span};

/// What is to be known of all files before anything is written.
#[derive(Debug, Default)]
pub(super) struct Late {
    /// By file, what other files have a say on in it and is shown: to be suppressed.
    places: HashMap<Arc<str>, Vec<Place>>,
    /// By file, what fixes that go over several files make of it.
    mended: BTreeMap<Arc<str>, mend::Changed>,
    /// What fixes make of the files of charts.
    pub(super) charts: ChartFixes,
    /// What was done beside what is done file by file.
    pub(super) sum: Sum,
    /// What is to be said.
    pub(super) complaints: Vec<String>,
    pub(super) status: Status,
}

impl Late {
    /// Applies the fixes that go over several files, or finds what is to be suppressed; `each` is what was read of every
    /// file.
    pub(super) fn of(args: &Args, plan: &Plan, mending: Mending, each: Vec<Option<Read>>) -> Self {
        let (mut project, mut changed) = (Project::new(), Changed::default());
        for Read { facts, changed: spans } in each.into_iter().flatten() {
            spans.into_iter().for_each(|spans| changed.add(Arc::clone(&facts.file), spans));
            project.add(facts);
        }
        let scope = plan.scope;
        let late = bug::guard(|| match mending.work {
            Work::Ignore => Self::to_suppress(&project, &plan.whole, scope),
            Work::Fix(allowed) => {
                let counts = |late: &diagnostic::Late| args.since.is_none() || changed.concern(late);
                let wanted = Wanted { config: &plan.whole, scope, allowed, counts: &counts };
                Self::mended(&mut project, wanted, plan, args.reading.max_file_size)
            }
        });
        let mut late = late.unwrap_or_else(|| Self { status: Status::Bug, ..Self::default() });
        if let (Work::Fix(allowed), None) = (mending.work, &args.since) {
            match bug::guard(|| ChartFixes::of(plan, allowed, args.reading.max_file_size)) {
                Some(fixes) => late.charts = fixes,
                None => late.status = Status::Bug,
            }
        }
        if !mending.is_shown {
            late.write(plan);
            late.charts.write();
        }
        late.sum.add(&late.charts.sum);
        late.complaints.append(&mut late.charts.complaints);
        late.status = late.status.max(late.charts.status);
        late
    }

    fn to_suppress(project: &Project, config: &Config, scope: Scope) -> Self {
        let mut late = Self::default();
        for one in lint::over_all(project, config, scope) {
            let finding = one.finding();
            let is_about_them = rules::find(finding.rule).is_some_and(|entry| entry.is_about_suppressions());
            if config.shows(finding.rule) && finding.suppressed.is_none() && !is_about_them {
                late.places.entry(Arc::clone(&one.at().file)).or_default().push((finding.rule, finding.span));
            }
        }
        late
    }

    fn mended(project: &mut Project, wanted: Wanted<'_>, plan: &Plan, most: Size) -> Self {
        let inputs: HashMap<String, &Planned> =
            plan.inputs.iter().filter_map(|planned| Some((planned.input.as_ref().ok()?.name(), planned))).collect();
        let read = |name: &str| {
            let Planned { input, config, role, .. } = inputs.get(name)?;
            let source = files::read(input.as_ref().ok()?, most).ok()?;
            Some((source.with_role(role.clone()), Arc::clone(config)))
        };
        match together(project, wanted, read) {
            Ok(Together { files, applied, refused, forbidden, .. }) => {
                let complaints = refused.iter().map(|one| refusal(&one.file, &one.what, one.why.as_ref())).collect();
                Self {
                    mended: files,
                    complaints,
                    sum: Sum::of(0, applied.into_iter().map(|rule| (rule, 1)), forbidden),
                    ..Self::default()
                }
            }
            Err(why) => Self { complaints: vec![format!("not fixed over several files: {why}")], ..Self::default() },
        }
    }

    /// Writes what was mended in several files: in all of them, or in none.
    fn write(&mut self, plan: &Plan) {
        let planned = plan.inputs.iter().filter_map(|planned| planned.input.as_ref().ok());
        let changed = planned.filter_map(|input| Some((input, self.mended.get(&*input.name())?)));
        let all = changed.map(|(input, changed)| {
            let [before, after] = [&changed.before, &changed.after].map(|text| text.text().as_bytes());
            Replacement { path: input.path(), before, after }
        });
        if let Err(error) = files::replace_all(all) {
            self.complaints.push(error.to_string());
            self.status = Status::Failed;
            self.mended.clear();
            self.sum = Sum::default();
        }
    }

    /// What there is of a file to be suppressed.
    pub(super) fn in_file(&self, name: &str) -> &[Place] {
        self.places.get(name).map_or(&[], Vec::as_slice)
    }

    /// What became of a file by fixes that go over several.
    pub(super) fn changed(&self, name: &str) -> Option<&mend::Changed> {
        self.mended.get(name)
    }
}

/// What checks over all files need of one.
pub(super) struct Read {
    facts: Facts,
    /// The bytes that changed, where no others count.
    changed: Option<Vec<Span>>,
}

/// Reads a file for that; of what cannot be read is said elsewhere.
pub(super) fn read(planned: &Planned, most: Size) -> Option<Read> {
    let Planned { input, config, role, before } = planned;
    // Standard input is there once.
    let input = input.as_ref().ok().filter(|input| !matches!(input, Input::Stdin(_)))?;
    let source: Source = files::read(input, most).ok()?.with_role(role.clone());
    bug::guard(|| {
        let analysis = analyse(source, config.settings());
        let (report, facts) = lint::report(&analysis, config);
        let changed = before.as_ref().map(|before| part(before, &analysis, config).spans(&report));
        Read { facts, changed }
    })
}

/// What is found over all files.
pub(super) fn find(project: &Project, config: &Config, scope: Scope, worst: &mut Status) -> Vec<diagnostic::Late> {
    bug::guard(|| lint::over_all(project, config, scope)).unwrap_or_else(|| {
        *worst = Status::Bug;
        Vec::new()
    })
}
