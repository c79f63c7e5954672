//! Mending a chart: an edit of what a template prints becomes one of the template, or of a scalar of its values, and holds
//! if the chart, rendered again, prints just that, and has no error that it did not have.

use super::Applied;
use crate::config::Config;
use crate::diagnostic::{Resolved, Safety};
use crate::hash::HashSet;
use crate::lint::{Fixable, PrintedChart, printed_chart};
use crate::template::{ChartFile, FileId, Given, Readings};
use crate::text::{Edit, apply_edits};

/// Fixes of a chart that are applied at the most.
const MOST: usize = 200;
/// Renderings that are spent on telling the fixes that hold from those that do not.
const RENDERINGS: usize = 400;

/// A chart that was mended as far as its fixes go.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct MendedChart {
    /// Its files as they are now.
    pub files: Vec<ChartFile>,
    /// What was mended, and in which file.
    pub applied: Vec<(FileId, Applied)>,
}

/// How a chart is to be mended.
#[derive(Clone, Copy)]
pub struct ChartMending<'m> {
    /// What it is given.
    pub given: &'m Given,
    /// What holds for it.
    pub config: &'m Config,
    /// The fixes that are allowed.
    pub allowed: Safety,
    /// The templates that are asked for: what others print is left alone.
    pub is_asked: &'m dyn Fn(&ChartFile) -> bool,
    /// Which of its files may change.
    pub may_change: &'m dyn Fn(&ChartFile) -> bool,
}

/// Applies the fixes that are allowed and hold.
#[must_use]
pub fn mend_chart(files: &[ChartFile], how: ChartMending<'_>) -> MendedChart {
    let mut mender = Mender { how, readings: Readings::default(), refused: HashSet::default(), renderings: RENDERINGS };
    let mut mended = MendedChart { files: files.to_vec(), applied: Vec::new() };
    let mut now = printed_chart(files, how.given, how.config, &mut mender.readings);
    while let Some(chart) = now.take().filter(|_| mended.applied.len() < MOST) {
        let Some((next, files, what)) = mender.step(&chart, &mended.files) else { break };
        mended.files = files;
        mended.applied.push(what);
        now = Some(next);
    }
    mended
}

struct Mender<'m> {
    how: ChartMending<'m>,
    readings: Readings,
    /// What did not hold: the output, the place there, and what it would have done.
    refused: HashSet<(usize, u32, String)>,
    renderings: usize,
}

type Step = (PrintedChart, Vec<ChartFile>, (FileId, Applied));

impl Mender<'_> {
    /// The first fix that holds, and the chart with it.
    fn step(&mut self, chart: &PrintedChart, files: &[ChartFile]) -> Option<Step> {
        let how = self.how;
        let outputs: Vec<FileId> = chart.rendered.outputs().map(|output| output.file).collect();
        let is_asked = |fixable: &&Fixable| (how.is_asked)(&files[outputs[fixable.output].index()]);
        for fixable in chart.fixable.iter().filter(is_asked) {
            let Fixable { output, finding, at, fixes } = fixable;
            for fix in fixes.iter().filter(|fix| how.allowed.allows(fix.safety)) {
                let key = (*output, finding.span.start, format!("{}: {}", finding.rule, fix.title));
                if self.renderings == 0 || !self.refused.insert(key) {
                    continue;
                }
                self.renderings -= 1;
                if let Some((next, files)) = self.with(chart, files, (*output, fix)) {
                    let (message, title) = (finding.message.clone(), fix.title.clone());
                    return Some((next, files, (at.0, Applied { rule: finding.rule, message, title })));
                }
            }
        }
        None
    }

    /// The chart with a fix of an output, if it does there what it is to do, and nothing elsewhere.
    fn with(
        &mut self,
        chart: &PrintedChart,
        files: &[ChartFile],
        (number, fix): (usize, &Resolved),
    ) -> Option<(PrintedChart, Vec<ChartFile>)> {
        let output = chart.rendered.outputs().nth(number)?;
        let wanted = apply_edits(output.text, &fix.edits).ok().filter(|_| fix.elsewhere.is_empty())?;
        let edits: Option<Vec<(FileId, Edit)>> =
            fix.edits.iter().map(|edit| chart.rendered.rewritten(output, edit)).collect();
        let files = edited(files, &edits?, self.how.may_change)?;
        let next = printed_chart(&files, self.how.given, self.how.config, &mut self.readings)?;
        let mut meant: Vec<&str> = chart.rendered.outputs().map(|output| output.text).collect();
        meant[number] = &wanted;
        let is_as_meant = next.rendered.outputs().map(|output| output.text).eq(meant);
        (is_as_meant && has_no_more(&chart.errors, &next.errors)).then_some((next, files))
    }
}

/// The files with edits of those that may change.
fn edited(
    files: &[ChartFile],
    edits: &[(FileId, Edit)],
    may_change: impl Fn(&ChartFile) -> bool,
) -> Option<Vec<ChartFile>> {
    let mut files = files.to_vec();
    let changed: HashSet<FileId> = edits.iter().map(|(file, _)| *file).collect();
    for id in changed {
        let file = files.get_mut(id.index()).filter(|file| may_change(file))?;
        let own: Vec<Edit> = edits.iter().filter(|(file, _)| *file == id).map(|(_, edit)| edit.clone()).collect();
        file.source = file.source.with_text(apply_edits(file.source.text(), &own).ok()?);
    }
    Some(files)
}

/// Whether there is no error that there was not before.
fn has_no_more(before: &[Vec<(&'static str, String)>], after: &[Vec<(&'static str, String)>]) -> bool {
    before.iter().zip(after).all(|(before, after)| {
        let mut left = before.clone();
        after.iter().all(|one| {
            let at = left.iter().position(|known| known == one);
            at.is_some_and(|at| {
                left.swap_remove(at);
                true
            })
        })
    })
}
