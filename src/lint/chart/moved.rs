//! Findings in what a template printed, moved to what is written.

use super::files::Files;
use crate::diagnostic::{Basis, Finding, Label, Place, Rendering, Templated};
use crate::lint::Report;
use crate::rules;
use crate::sort;
use crate::template::{Assumed, FileId, FilePlace, Output, Rendered, Role, Variant, Way};
use crate::text::{Location, Span};

/// Moves what was found in one output.
#[derive(Clone, Copy)]
pub(super) struct Mover<'m, 'f> {
    pub(super) files: &'m Files<'f>,
    pub(super) rendered: &'m Rendered,
    pub(super) output: Output<'m>,
    /// The other values that it was printed with, if it was.
    pub(super) variant: Option<&'m Variant>,
    /// What those are.
    pub(super) assumed: &'m [Assumed],
}

impl Mover<'_, '_> {
    /// Whether it holds of the chart, and not only of what it is called here, or of values that nobody need give.
    pub(super) fn is_certain(self, finding: &Finding) -> bool {
        let is_long = finding.rule == "name-too-long" && self.is_long_by_release(finding.span);
        let is_of_branch = self.variant.is_none_or(|variant| {
            let is_own = !finding.rule.starts_with("suppression-");
            is_own
                && (variant.way == Way::On
                    || rests_on_place(finding) && self.rendered.is_of_branch(variant, finding.span))
        });
        !is_long && is_of_branch
    }

    /// Whether all of the output is known.
    pub(super) fn is_known(self) -> bool {
        self.output.unknown.is_empty()
    }

    /// Where the first byte of a document of the output is written, by which others know the document.
    pub(super) fn start_of(self, document: Span) -> Option<FilePlace> {
        let start = Span::new(document.start, document.start + 1);
        self.rendered.at(self.output, start)
    }

    /// Where a place of the output is written.
    pub(super) fn written(self, at: &Location) -> Location {
        let written = self.rendered.at(self.output, at.span());
        written.and_then(|written| self.files.location(written)).unwrap_or_else(|| at.clone())
    }

    /// Whether a name is too long with the release's name that stands for all others, and need not be with a shorter one.
    fn is_long_by_release(self, span: Span) -> bool {
        let name = self.output.text.get(span.range()).unwrap_or_default();
        name.contains(RELEASE) && name.len() - RELEASE.len() < LONGEST_NAME
    }

    /// A finding at its place, and the file of that. What would mend the output mends no template.
    pub(super) fn moved(self, mut finding: Finding) -> (FileId, Finding) {
        let Some(placed) = self.rendered.place(self.output, finding.span) else {
            return (self.output.file, Finding { span: Span::empty(0), ..finding });
        };
        let (mut at, mut related) = (placed.at, placed.related);
        // Of a value that the action put between quotes, what it is does not come from where it is written.
        let is_quoted = self.output.text.get(finding.span.range()).is_some_and(|text| text.starts_with(['"', '\'']));
        if finding.rule == "wrong-type" && is_quoted && related.first().is_some_and(|(_, role)| *role == Role::Prints) {
            let value = std::mem::replace(&mut at, related[0].0);
            related[0] = (value, Role::Value);
        }
        let (file, span) = at;
        finding.span = span;
        finding.fixes.clear();
        finding.labels = finding.labels.drain(..).filter_map(|label| self.label(file, label)).collect();
        for (place, role) in &related {
            finding.labels.extend(self.files.label(file, *place, words(role)));
        }
        finding.labels.extend(self.note(file));
        let assumed = self.assumed.iter();
        let assuming = assumed.filter_map(|one| Some((one.path.clone(), self.files.location(one.at)?))).collect();
        finding.template = Some(Box::new(Templated {
            chart: self.rendered.chart().to_owned(),
            file: self.files.all[self.output.file.index()].source.shared_name(),
            rendering: self.rendering(),
            assuming,
            via: placed.via.iter().filter_map(|place| self.files.location(*place)).collect(),
        }));
        (file, finding)
    }

    fn rendering(self) -> Rendering {
        match self.variant.map(|variant| variant.way) {
            None => Rendering::Given,
            Some(Way::On) => Rendering::On,
            Some(Way::Assumed) => Rendering::Assumed,
        }
    }

    /// Which values it holds for, where they are not given.
    fn note(self, file: FileId) -> Option<Label> {
        self.variant?;
        let first = self.assumed.first();
        let taken = self.assumed.iter().take(MOST_TOLD).map(|one| {
            let verb = if one.taken == "given" || one.taken == "true" || one.taken == "false" { "were" } else { "was" };
            format!("`{}` {verb} {}", one.path, one.taken)
        });
        let taken: Vec<String> = taken.collect();
        match first {
            Some(first) => {
                let message = format!("left out by the default values: checked as if {}", taken.join(" and "));
                self.files.label(file, first.at, message)
            }
            None => self.files.label(
                file,
                (self.output.file, Span::empty(0)),
                "helm stops in this template: checked as if what is missing were given",
            ),
        }
    }

    /// What is counted stays with the output's own template.
    pub(super) fn counted(self, report: &mut Report) {
        let here = |span: Span| match self.rendered.at(self.output, span) {
            Some((file, span)) if file == self.output.file => span,
            _ => Span::empty(0),
        };
        for rest in &mut report.rests {
            let (file, mut first) = self.moved(rest.first.clone());
            if file != self.output.file {
                first = Finding { span: Span::empty(0), labels: Vec::new(), ..first };
            }
            rest.first = first;
        }
        report.habits.iter_mut().for_each(|habit| habit.span = here(habit.span));
        sort::ascending(&mut report.habits);
        report.documents.iter_mut().for_each(|document| document.span = here(document.span));
    }

    fn label(self, file: FileId, label: Label) -> Option<Label> {
        let Place::Here(span) = label.place else { return Some(label) };
        self.files.label(file, self.rendered.at(self.output, span)?, label.message)
    }
}

/// Values that a note names at the most.
const MOST_TOLD: usize = 3;

/// Whether a rule speaks of one place, whatever is around it.
fn rests_on_place(finding: &Finding) -> bool {
    rules::find(finding.rule).is_some_and(|entry| entry.rule.page.rests_on == Basis::Place)
}

/// What helm calls a release that is only rendered.
const RELEASE: &str = "release-name";
/// The longest name of a Job.
const LONGEST_NAME: usize = 63;

fn words(role: &Role) -> String {
    match role {
        Role::Prints => "printed here".to_owned(),
        Role::Value => "the value is written here".to_owned(),
        Role::Includes => "included here".to_owned(),
        Role::Reads(path) => format!("`{path}` goes into it"),
    }
}
