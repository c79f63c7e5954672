//! What was found in a patch that stands in another text, told of the place where it stands there.

use std::sync::Arc;

use super::limit::Rest;
use super::{Habit, Report};
use crate::analysis::Embedded;
use crate::diagnostic::{Finding, Fix, Object, Place, Resolved};
use crate::fix;
use crate::rules;
use crate::text::Span;
use crate::yaml::Change;

/// The text around a patch.
pub(super) struct Outside<'p> {
    patch: &'p Embedded,
}

impl<'p> Outside<'p> {
    pub(super) fn of(patch: &'p Embedded) -> Self {
        Self { patch }
    }

    /// All that was found, whether it counts or not, and what was not kept of it.
    pub(super) fn report(&self, report: Report) -> (Vec<Finding>, Vec<Rest<Finding>>) {
        let Report { mut findings, suppressed, habits, mut rests, .. } = report;
        findings.extend(suppressed);
        let habit = |habit: &Habit| rules::find(habit.rule).map(|entry| habit.finding(entry.group));
        findings.extend(habits.iter().filter_map(habit));
        self.findings(&mut findings);
        for rest in &mut rests {
            self.findings(std::slice::from_mut(&mut rest.first));
        }
        (findings, rests)
    }

    pub(super) fn findings(&self, findings: &mut [Finding]) {
        let fixes = fix::resolve(self.patch.analysis.file(), findings);
        for (finding, fixes) in findings.iter_mut().zip(fixes) {
            finding.fixes = fixes.into_iter().filter_map(|fix| self.fix(fix)).collect();
            finding.span = self.span(finding.span);
            finding.document = finding.document.map(|_| self.patch.document);
            finding.object = finding.object.as_deref().map(|object| self.object(object));
            let concerned = finding.concerns.as_deref().map(|(_, object)| (self.patch.document, self.object(object)));
            finding.concerns = concerned.map(Box::new);
            for label in &mut finding.labels {
                if let Place::Here(span) = &mut label.place {
                    *span = self.span(*span);
                }
            }
        }
    }

    fn span(&self, span: Span) -> Span {
        self.patch.origins.span(span)
    }

    fn object(&self, object: &Object) -> Arc<Object> {
        let start = self.span(Span::empty(object.start)).start;
        Arc::new(Object { start, ..object.clone() })
    }

    /// The fix, if all of its edits are of bytes that stand out there as they do here.
    fn fix(&self, fix: Resolved) -> Option<Fix> {
        let edits: Option<Vec<_>> = fix.edits.iter().map(|edit| self.patch.origins.edit(edit)).collect();
        Some(Fix { title: fix.title, safety: fix.safety, change: Change::text(edits?) })
    }
}
