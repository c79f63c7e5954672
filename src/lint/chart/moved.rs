//! Findings in what a template printed, moved to what is written.

use crate::diagnostic::{Finding, Label, Place, Templated};
use crate::lint::Report;
use crate::template::{ChartFile, FileId, FilePlace, Output, Rendered, Role};
use crate::text::{Lines, Location, Message, Span};

/// Moves what was found in one output.
#[derive(Clone, Copy)]
pub(super) struct Mover<'m> {
    pub(super) files: &'m [ChartFile],
    pub(super) rendered: &'m Rendered,
    pub(super) output: Output<'m>,
}

impl Mover<'_> {
    /// Whether a finding says nothing of what nobody knows: of a value that only a cluster has, of lines that a chart
    /// makes that is not there.
    pub(super) fn is_certain(self, finding: &Finding) -> bool {
        let is_unknown = |span: Span| self.rendered.is_unknown(self.output, span);
        let whole = Span::new(0, u32::try_from(self.output.text.len()).unwrap_or(u32::MAX));
        let reads_all = finding.rule == "yaml-syntax" && (self.output.has_gaps || is_unknown(whole));
        let labels = finding.labels.iter().filter_map(|label| match &label.place {
            Place::Here(span) => Some(*span),
            Place::Elsewhere(_) => None,
        });
        let may_be_there = self.output.has_gaps && speaks_of_absence(finding.rule);
        !(reads_all || may_be_there || labels.chain([finding.span]).any(is_unknown))
    }

    /// A finding at its place, and the file of that. What would mend the output mends no template.
    pub(super) fn moved(self, mut finding: Finding) -> (FileId, Finding) {
        let Some(placed) = self.rendered.place(self.output, finding.span) else {
            return (self.output.file, Finding { span: Span::empty(0), ..finding });
        };
        let (file, span) = placed.at;
        finding.span = span;
        finding.fixes.clear();
        finding.labels = finding.labels.drain(..).filter_map(|label| self.label(file, label)).collect();
        for (place, role) in &placed.related {
            finding.labels.extend(label(self.files, file, *place, words(role)));
        }
        finding.template = Some(Box::new(Templated {
            chart: self.rendered.chart().to_owned(),
            file: self.files[self.output.file.0 as usize].source.shared_name(),
            via: placed.via.iter().filter_map(|place| self.location(*place)).collect(),
        }));
        (file, finding)
    }

    /// What is counted stays with the output's own template.
    pub(super) fn counted(self, report: &mut Report) {
        let here = |span: Span| match self.rendered.place(self.output, span) {
            Some(placed) if placed.at.0 == self.output.file => placed.at.1,
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
        report.habits.sort_unstable();
        report.documents.iter_mut().for_each(|document| document.span = here(document.span));
    }

    fn label(self, file: FileId, label: Label) -> Option<Label> {
        let Place::Here(span) = label.place else { return Some(label) };
        let placed = self.rendered.place(self.output, span)?;
        self::label(self.files, file, placed.at, label.message)
    }

    fn location(self, (file, span): FilePlace) -> Option<Location> {
        let source = &self.files.get(file.0 as usize)?.source;
        Some(Location::new(source.shared_name(), &Lines::new(source.text()), span))
    }
}

/// Whether a rule speaks of what is not there, or of two things that belong together.
fn speaks_of_absence(rule: &str) -> bool {
    let known = ["missing-field", "job-restart-policy", "reference-not-found", "forbidden-field", "fields-contradict"];
    known.contains(&rule) || rule.ends_with("-unset") || rule.contains("-without-")
}

/// A place that explains a finding in `file`.
pub(super) fn label(
    files: &[ChartFile],
    file: FileId,
    (other, span): FilePlace,
    message: impl Into<Message>,
) -> Option<Label> {
    if other == file {
        return Some(Label::new(span, message));
    }
    let source = &files.get(other.0 as usize)?.source;
    Some(Label::new(Location::new(source.shared_name(), &Lines::new(source.text()), span), message))
}

fn words(role: &Role) -> String {
    match role {
        Role::Prints => "printed here".to_owned(),
        Role::Includes => "included here".to_owned(),
        Role::Reads(path) => format!("`{path}` goes into it"),
    }
}
