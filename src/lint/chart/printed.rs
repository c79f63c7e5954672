//! What is found in what a chart prints, before it is moved to what is written: what fixes are made from.

use super::files::Files;
use super::moved::Mover;
use crate::analysis::Suppressions;
use crate::config::Config;
use crate::diagnostic::{Finding, Resolved, Severity};
use crate::lint::lint;
use crate::rules;
use crate::template::{self, ChartFile, FilePlace, Given, Readings, Release, Rendered};

/// A chart that was rendered, and what is found in its outputs.
pub struct PrintedChart {
    /// What its templates print.
    pub rendered: Rendered,
    /// What is found in that and offers a fix, in the order of the outputs.
    pub fixable: Vec<Fixable>,
    /// The errors in each output, by its number: rules and messages.
    pub errors: Vec<Vec<(&'static str, String)>>,
}

/// A finding in an output that offers something.
#[derive(Debug)]
pub struct Fixable {
    /// The number of the output.
    pub output: usize,
    /// The finding, at its place there.
    pub finding: Finding,
    /// Where it is written.
    pub at: FilePlace,
    /// What mends it there.
    pub fixes: Vec<Resolved>,
}

/// Renders a chart and looks for what can be mended; nothing, where helm does not load it.
#[must_use]
pub fn printed_chart(
    files: &[ChartFile],
    given: &Given,
    config: &Config,
    readings: &mut Readings,
) -> Option<PrintedChart> {
    let release = Release::of(u32::from(config.settings().kubernetes.minor()));
    let rendered = template::render_again(files, given, &release, readings).ok()?;
    let (mut fixable, mut errors_found) = (Vec::new(), Vec::new());
    let written = &Files::of(files);
    for (number, output) in rendered.outputs().enumerate() {
        let mover = Mover { files: written, rendered: &rendered, output, variant: None, assumed: &[] };
        let report = lint(&output.source(output.name), config);
        let errors = report.findings.iter().filter(|one| one.severity == Severity::Error);
        errors_found.push(errors.map(|one| (one.rule, one.message.to_string())).collect());
        for (finding, fixes) in report.findings.iter().zip(report.fixes()) {
            if fixes.is_empty() || !mover.is_certain(finding) {
                continue;
            }
            let (file, moved) = mover.moved(finding.clone());
            let at = (file, moved.span);
            if !is_suppressed(files, at, finding) {
                fixable.push(Fixable { output: number, finding: finding.clone(), at, fixes });
            }
        }
    }
    Some(PrintedChart { rendered, fixable, errors: errors_found })
}

/// Whether the text suppresses a finding at which it is written.
fn is_suppressed(files: &[ChartFile], (file, span): FilePlace, finding: &Finding) -> bool {
    let Some(written) = files.get(file.index()) else { return true };
    let of_text = if written.is_template() { Suppressions::in_template } else { Suppressions::in_values };
    let names = rules::find(finding.rule).map(|entry| entry.names());
    names.is_some_and(|names| of_text(written.source.text()).take(names, span).is_some())
}
