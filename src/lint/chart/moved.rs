//! Findings in what a template printed, moved to what is written.

use crate::diagnostic::{Finding, Label, Place, Templated};
use crate::lint::Report;
use crate::sort;
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
        let last = finding.field.as_deref().and_then(|field| field.rsplit('.').next());
        let is_not_given =
            |hole: u32| finding.span.touches(hole) || last.is_some() && last == key_at(self.output.text, hole);
        if self.rendered.empty(self.output).iter().any(|hole| is_not_given(*hole)) {
            return false;
        }
        if finding.rule == "name-too-long" && self.is_long_by_release(finding.span) {
            return false;
        }
        let may_be_there = self.output.has_gaps && speaks_of_absence(finding.rule);
        !(reads_all || may_be_there || labels.chain([finding.span]).any(is_unknown))
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
        sort::ascending(&mut report.habits);
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

/// What helm calls a release that is only rendered.
const RELEASE: &str = "release-name";
/// The longest name of a Job.
const LONGEST_NAME: usize = 63;

/// The key on a line whose value would start there.
fn key_at(text: &str, at: u32) -> Option<&str> {
    let line = text.get(..at as usize)?.rsplit('\n').next()?;
    let (key, rest) = line.split_once(':')?;
    rest.chars().all(|char| matches!(char, ' ' | '"' | '\'')).then(|| key.trim_start_matches([' ', '-']))
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
        Role::Value => "the value is written here".to_owned(),
        Role::Includes => "included here".to_owned(),
        Role::Reads(path) => format!("`{path}` goes into it"),
    }
}
