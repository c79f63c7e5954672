//! What helm printed of a chart, beside the chart: what is found in it, at the places that the chart's author edits.
//!
//! Helm names the template above each document. Where the chart prints the very same text, each of its bytes has a place.

use std::collections::BTreeSet;

use super::ChartReport;
use super::files::Files;
use super::moved::Mover;
use crate::config::Config;
use crate::diagnostic::{Finding, Place};
use crate::lint::Report;
use crate::template::{self, ChartFile, Given, Output, Release, Rendered};
use crate::text::{Source, Span};

/// What helm writes above each document.
const SEPARATOR: &str = "---\n# Source: ";
/// The label by which charts tell of their release.
const INSTANCE: &str = "app.kubernetes.io/instance:";
/// Names of releases that are tried.
const MOST_RELEASES: usize = 8;

/// Takes out of a report what is found in documents that a chart prints just so, and tells it of the chart's files. Beside
/// that, the templates of the chart that print something else.
#[must_use]
pub fn of_stream(
    report: &mut Report,
    source: &Source,
    (files, given): (&[ChartFile], &Given),
    config: &Config,
) -> (ChartReport, Vec<String>) {
    let (text, mut chart) = (source.text(), ChartReport::default());
    let sections: Vec<Section<'_>> = sections(text).collect();
    let name = template::name_of_chart(files).unwrap_or_default();
    let is_own =
        |section: &&Section<'_>| section.template.strip_prefix(&*name).is_some_and(|rest| rest.starts_with('/'));
    if !sections.iter().any(|section| is_own(&section)) {
        return (chart, Vec::new());
    }
    let releases = releases(text, u32::from(config.settings().kubernetes.minor()));
    let rendered = releases.iter().filter_map(|release| template::render_given(files, given, release).ok());
    let mut others = BTreeSet::new();
    for rendered in rendered {
        let printed: Vec<Option<Printed<'_>>> =
            sections.iter().map(|section| Printed::of(section, &rendered)).collect();
        others = sections
            .iter()
            .zip(&printed)
            .filter(|(section, printed)| is_own(section) && printed.is_none())
            .map(name_of)
            .collect();
        let printed: Vec<Printed<'_>> = printed.into_iter().flatten().collect();
        if !printed.is_empty() {
            chart.take_printed(report, &printed, (&Files::of(files), &rendered));
            break;
        }
    }
    (chart, others.into_iter().collect())
}

fn name_of((section, _): (&Section<'_>, &Option<Printed<'_>>)) -> String {
    section.template.to_owned()
}

/// A document of the stream.
struct Section<'s> {
    /// The template that it is of, as helm names it.
    template: &'s str,
    /// The text, without blanks around it, and where it starts.
    text: &'s str,
    start: usize,
}

/// The documents of which helm says where they come from.
fn sections(text: &str) -> impl Iterator<Item = Section<'_>> {
    let heads = text.match_indices(SEPARATOR).filter(|(at, _)| *at == 0 || text[..*at].ends_with('\n'));
    let starts: Vec<usize> = heads.map(|(at, _)| at).collect();
    let ends: Vec<usize> = starts.iter().skip(1).copied().chain([text.len()]).collect();
    starts.into_iter().zip(ends).filter_map(|(start, end)| {
        let (template, rest) = text[start + SEPARATOR.len()..end].split_once('\n')?;
        let start = end - rest.trim_start().len();
        Some(Section { template: template.trim(), text: rest.trim(), start })
    })
}

/// The releases that the stream may be of: helm's own name for one that is only rendered, and those that labels name. One
/// that prints the same text is it.
fn releases(text: &str, kubernetes_minor: u32) -> Vec<Release> {
    let value =
        |line: &'_ str| line.trim().strip_prefix(INSTANCE).map(|name| name.trim().trim_matches(['"', '\'']).to_owned());
    let named: BTreeSet<String> = text.lines().filter_map(value).collect();
    let own = Release::of(kubernetes_minor);
    let others = named.into_iter().take(MOST_RELEASES).map(|name| Release { name, ..own.clone() });
    [own.clone()].into_iter().chain(others).collect()
}

/// A document of the stream and of a template's output.
struct Printed<'p> {
    output: Output<'p>,
    /// Where it stands in the stream.
    span: Span,
    /// Where it starts in the output.
    start: u32,
}

impl<'p> Printed<'p> {
    /// The same document in what the chart prints.
    fn of(section: &Section<'_>, rendered: &'p Rendered) -> Option<Self> {
        let output = rendered.outputs().find(|output| output.name == section.template)?;
        let start = documents(output.text).find(|(_, text)| *text == section.text)?.0;
        let end = section.start + section.text.len();
        let span = Span::new(u32::try_from(section.start).ok()?, u32::try_from(end).ok()?);
        Some(Self { output, span, start: u32::try_from(start).ok()? })
    }

    fn shifted(&self, span: Span) -> Span {
        Span::new(span.start - self.span.start + self.start, span.end - self.span.start + self.start)
    }
}

/// The documents of an output, as helm parts them, with where they start.
fn documents(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let lines = text.match_indices("---").map(|(at, _)| at);
    let marks: Vec<usize> = lines.filter(|at| *at == 0 || text[..*at].ends_with('\n')).collect();
    let starts: Vec<usize> = [0].into_iter().chain(marks.iter().map(|at| at + 3)).collect();
    let ends: Vec<usize> = marks.into_iter().chain([text.len()]).collect();
    starts.into_iter().zip(ends).map(|(start, end)| {
        let whole = &text[start..end];
        (end - whole.trim_start().len(), whole.trim())
    })
}

impl ChartReport {
    fn take_printed(&mut self, report: &mut Report, printed: &[Printed<'_>], chart: (&Files<'_>, &Rendered)) {
        let home = |finding: &Finding| printed.iter().find(|printed| printed.span.contains(finding.span));
        let (files, rendered) = chart;
        for mut finding in report.findings.extract_if(.., |finding| home(finding).is_some()) {
            let Some(printed) = home(&finding) else { continue };
            finding.span = printed.shifted(finding.span);
            finding.labels.retain_mut(|label| match &mut label.place {
                Place::Here(span) if printed.span.contains(*span) => {
                    *span = printed.shifted(*span);
                    true
                }
                Place::Here(_) => false,
                Place::Elsewhere(_) => true,
            });
            let (file, finding) =
                Mover { files, rendered, output: printed.output, variant: None, assumed: &[] }.moved(finding);
            self.files.entry(file).or_default().findings.push(finding);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{documents, sections};

    #[test]
    fn documents_are_parted_as_helm_parts_them() {
        let stream = "---\n# Source: a/templates/b.yaml\n\nkind: A\n---\n# Source: a/templates/c.yaml\nkind: B\n";
        let found: Vec<_> = sections(stream).map(|section| (section.template, section.text, section.start)).collect();
        assert_eq!(found, [("a/templates/b.yaml", "kind: A", 34), ("a/templates/c.yaml", "kind: B", 75)]);
        let found: Vec<_> = documents("\nkind: A\n---\nkind: B\n--- # it\nkind: C").collect();
        assert_eq!(found, [(1, "kind: A"), (13, "kind: B"), (25, "# it\nkind: C")]);
    }
}
