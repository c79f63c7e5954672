//! The rules, run over what a chart's templates print; what they find, at the places that its author edits.

mod absences;
mod files;
mod moved;
mod printed;
mod several;
mod stops;
mod stray;
mod stream;

pub use printed::{Fixable, PrintedChart, printed_chart};
pub use stops::stops_jobs;
pub(super) use stray::in_stray_template;
pub use stream::of_stream;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;

use super::settle::settle;
use super::{Report, alone, no_file};
use crate::analysis::{Facts, Suppressions, analyse};
use crate::config::Config;
use crate::diagnostic::{Finding, Label};
use crate::hash::HashSet;
use crate::rules::{self, UNRENDERED};
use crate::template::{self, ChartFile, FileId, FilePlace, Given, Readings, Release, Trace, Tried, Way};
use crate::text::{Role, Source};
use absences::Absences;
use files::Files;
use moved::Mover;
use several::Several;

/// What was found in a chart, file by file.
#[derive(Debug, Default)]
pub struct ChartReport {
    /// By the files' places in the chart.
    files: BTreeMap<FileId, OfFile>,
    /// Where the objects are written that were checked.
    objects: BTreeSet<FilePlace>,
    /// What was looked at of what was printed, where there are several sets of values.
    seen: Option<HashSet<(FileId, Option<Trace>)>>,
    /// Whether a first set has shown what there is: what others give is only tried beside it.
    is_tried: bool,
    /// How often templates were run.
    tried: Vec<Tried>,
    several: Several,
    absences: Absences,
}

/// What was found in a file of a chart.
#[derive(Debug, Default)]
struct OfFile {
    /// What the file's template printed, with what was found in it, at its place; of other files, what is in them.
    report: Option<Report>,
    /// Whether it is a template: its own text is no manifest, whatever is read of it.
    is_template: bool,
    /// What other templates show of it.
    findings: Vec<Finding>,
    suppressed: Vec<Finding>,
    /// What is known of what it printed to checks over all files.
    facts: Option<Facts>,
}

/// Checks what a chart's templates print with the values that it comes with.
#[must_use]
pub fn chart(files: &[ChartFile], config: &Config) -> ChartReport {
    chart_given(files, &[Given::default()], config)
}

/// The same with values that it is given, one set after the other: what an earlier one shows is not said again.
#[must_use]
pub fn chart_given(files: &[ChartFile], sets: &[Given], config: &Config) -> ChartReport {
    let mut chart = ChartReport::default();
    for (at, file) in files.iter().enumerate() {
        if file.is_template() {
            chart.files.entry(FileId::at(at)).or_default().is_template = true;
        }
    }
    let are_several = sets.len() > 1;
    let files = Files::of(files);
    let mut readings = if are_several { Readings::of_several_sets() } else { Readings::of_one_chart() };
    chart.seen = are_several.then(HashSet::default);
    for given in sets {
        chart.add_set(&files, (given, &mut readings), config);
        chart.is_tried = true;
    }
    let notes = std::mem::take(&mut chart.several).notes();
    notes.for_each(|note| chart.explain(note));
    chart.seen = None;
    chart
}

impl ChartReport {
    /// What there is to say of a template that printed something: its own text is no manifest. Of a file that is no
    /// manifest by its name, what others show of it.
    #[must_use]
    pub fn of_template(&self, file: FileId, is_manifest: bool) -> Option<Report> {
        let report = self.files.get(&file).and_then(|of_file| of_file.report.clone());
        let mut report = match report {
            None if is_manifest => return None,
            report => report.unwrap_or_else(|| Report::new(no_file(), Vec::new(), Vec::new())),
        };
        self.add_to(&mut report, file);
        Some(report)
    }

    /// Adds what the chart shows of a file to what is found in its own text.
    pub fn add_to(&self, report: &mut Report, file: FileId) {
        let Some(of_file) = self.files.get(&file) else { return };
        if of_file.is_template && of_file.report.is_none() {
            report.findings.retain(|finding| finding.rule == UNRENDERED);
            report.suppressed.clear();
            report.rests.clear();
            report.habits.clear();
        }
        // Where helm stops is where the template cannot be filled in.
        let stops = of_file.findings.iter().any(|finding| finding.template.is_none());
        report.findings.retain(|finding| !(stops && finding.rule == UNRENDERED));
        report.findings.extend(of_file.findings.iter().cloned());
        report.suppressed.extend(of_file.suppressed.iter().cloned());
        settle(&mut report.findings);
        settle(&mut report.suppressed);
    }

    /// How often the templates were run that make Jobs, with the values of the first set and others.
    #[must_use]
    pub fn tried(&self) -> &[Tried] {
        &self.tried
    }

    /// What checks over all files need of what a template printed.
    #[must_use]
    pub fn facts(&self, file: FileId) -> Option<&Facts> {
        self.files.get(&file)?.facts.as_ref()
    }

    /// What is shown of a file, as far as it is meant.
    #[must_use]
    pub fn shown(&self, file: FileId, is_meant: impl Fn(&Finding) -> bool) -> Report {
        let mut report = Report::new(no_file(), Vec::new(), Vec::new());
        if let Some(OfFile { findings, suppressed, .. }) = self.files.get(&file) {
            report.findings.extend(findings.iter().filter(|finding| is_meant(finding)).cloned());
            report.suppressed.extend(suppressed.iter().filter(|finding| is_meant(finding)).cloned());
            settle(&mut report.findings);
            settle(&mut report.suppressed);
        }
        report
    }

    fn add_set(&mut self, files: &Files<'_>, (given, readings): (&Given, &mut Readings), config: &Config) {
        let release = Release::of(u32::from(config.settings().kubernetes.minor()));
        let rules = config.selection();
        let mut rendered = match template::render_again(files.all, given, &release, readings) {
            Ok(rendered) => rendered,
            Err(stop) => return self.stop(files, &stop, rules),
        };
        for stop in rendered.stops() {
            self.stop(files, &stop, rules);
        }
        // What is left out is looked for once, beside what the first set shows.
        if config.assumes_values() && !self.is_tried {
            rendered.look_further();
            self.tried = rendered.tried().collect();
            self.tell_of_rest(rules);
        }
        let mut tracer = rendered.tracer();
        for output in rendered.outputs().filter(|output| !output.text.trim().is_empty()) {
            // What shows the same at the same places as an earlier set does need not be looked at again.
            let mut is_new = |seen: &mut HashSet<_>| seen.insert((output.file, tracer.trace(output)));
            if self.seen.as_mut().is_some_and(|seen| !is_new(seen)) && self.is_tried {
                continue;
            }
            self.take(Mover { files, rendered: &rendered, output, variant: None, assumed: &[] }, config);
        }
        for (output, variant) in rendered.variants() {
            let assumed = &rendered.assumed(variant);
            self.take(Mover { files, rendered: &rendered, output, variant: Some(variant), assumed }, config);
        }
        if !config.assumes_values() || self.is_tried {
            return;
        }
        if let Some(rendered) = rendered.switched_on(files.all, given, readings) {
            for (output, variant) in rendered.switched_on_outputs() {
                let assumed = &rendered.assumed(&variant);
                self.take(Mover { files, rendered: &rendered, output, variant: Some(&variant), assumed }, config);
            }
        }
    }

    /// Adds to a finding, by its number, what there is to say of it.
    fn explain(&mut self, (file, number, label): (FileId, usize, Label)) {
        if let Some(finding) = self.files.get_mut(&file).and_then(|of_file| of_file.findings.get_mut(number)) {
            finding.labels.push(label);
        }
    }

    fn take(&mut self, mover: Mover<'_, '_>, config: &Config) {
        let Mover { files, output, variant, .. } = mover;
        let Some(file) = files.get(output.file) else { return };
        let source = output.source(file.source.shared_name());
        let is_assumed = variant.is_some_and(|variant| variant.way == Way::Assumed);
        // In a branch that somebody may enter, what stands there is certain, and not what is around it.
        let role = if is_assumed { Role::Patch { kinds: Arc::default() } } else { Role::Manifest };
        let analysis = analyse(source.with_role(role), config.settings());
        if !self.is_tried && variant.is_none() && mover.is_known() {
            let facts = Facts::of(&analysis).moved(|at| mover.written(at), |_| None);
            self.files.entry(output.file).or_default().facts.get_or_insert(facts);
        }
        let mut report = alone(&analysis, config);
        if variant.is_some() {
            report.rests.clear();
            report.habits.clear();
        }
        if is_assumed {
            let written = self.absences.written(mover, &analysis);
            written.into_iter().for_each(|label| self.explain(label));
        }
        let new = self.new_objects(mover, &report);
        let is_meant = |finding: &Finding| {
            let is_new = finding.document.is_none_or(|document| new.contains(&document));
            mover.is_certain(finding) && (is_assumed || variant.is_none() || is_new)
        };
        for finding in report.findings.drain(..).filter(is_meant) {
            let document = finding.document;
            let (file, finding) = mover.moved(finding);
            let findings = &mut self.files.entry(file).or_default().findings;
            if !self.is_tried && variant.is_none() {
                self.several.note(file, &finding, findings.len(), (output, document));
            }
            if !self.is_tried && !is_assumed {
                self.absences.note((file, findings.len()), &finding, (mover, &analysis));
            }
            findings.push(finding);
        }
        for finding in report.suppressed.drain(..).filter(is_meant) {
            let (file, finding) = mover.moved(finding);
            self.files.entry(file).or_default().suppressed.push(finding);
        }
        if is_assumed {
            return;
        }
        if variant.is_some() || self.is_tried {
            report.documents.retain(|document| new.contains(&document.document));
        }
        mover.counted(&mut report);
        match &mut self.files.entry(output.file).or_default().report {
            // A subchart under two names is one file with two outputs.
            Some(first) => first.documents.extend(report.documents),
            none => *none = Some(Report { file: no_file(), ..report }),
        }
    }

    /// The documents of which nothing was checked before.
    fn new_objects(&mut self, mover: Mover<'_, '_>, report: &Report) -> BTreeSet<usize> {
        let mut new = BTreeSet::new();
        for document in &report.documents {
            if mover.start_of(document.span).is_none_or(|at| self.objects.insert(at)) {
                new.insert(document.document);
            }
        }
        new
    }
}

/// Takes findings out of the count that a file of a chart suppresses where they are.
pub fn suppress_in_chart(report: &mut Report, source: &Source) {
    // What is no template of a chart has values.
    let is_template = Path::new(source.name()).iter().any(|part| part == "templates");
    let of_text = if is_template { Suppressions::in_template } else { Suppressions::in_values };
    let mut suppressions = of_text(source.text());
    report.suppress(|finding| {
        finding.template.as_ref()?;
        suppressions.take(rules::find(finding.rule)?.names(), finding.span)
    });
}
