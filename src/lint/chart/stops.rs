//! What is told of a chart where helm stops in it, or where no more of it is tried.

use super::ChartReport;
use super::files::Files;
use crate::k8s::Mentions;
use crate::rule::Obstacle;
use crate::rules::Selection;
use crate::template::{ChartFile, Stop, Why};
use crate::text::Span;

impl ChartReport {
    /// Tells where helm stops, and in which words.
    pub(super) fn stop(&mut self, files: &Files<'_>, stop: &Stop, rules: &Selection) {
        let (rule, words, help) = match stop.why {
            // What the chart's author wants to be given is nobody's fault here.
            Why::Meant | Why::Unsure => return,
            Why::TooMuch => (rules.of_filled_in(), "what it makes was not checked", None),
            Why::Unreadable => (rules.of_obstacle(Obstacle::Unreadable), "helm cannot read this template", None),
            Why::Wrong => (rules.of_obstacle(Obstacle::Stops), "helm stops here", help(&stop.message)),
        };
        // What makes no Job is nobody's matter here; but a template that cannot be read is in the way of all.
        let Some(rule) = rule.filter(|_| stop.why == Why::Unreadable || stops_jobs(files.all, stop)) else { return };
        let (file, span) = stop.at;
        let mut finding = rule.finding(span, format!("{words}: {}", stop.message));
        finding.help = help.map(Into::into);
        finding.labels.extend(stop.from.and_then(|from| files.label(file, from, "included here")));
        self.files.entry(file).or_default().findings.push(finding);
    }

    /// Tells of templates that have more branches than are tried.
    pub(super) fn tell_of_rest(&mut self, rules: &Selection) {
        let Some(rule) = rules.of_filled_in() else { return };
        for tried in self.tried.iter().filter(|tried| tried.is_cut) {
            let count = tried.on + tried.assumed;
            let message =
                format!("it has more branches than are tried: what it makes was checked with {count} other values");
            let mut finding = rule.finding(Span::empty(0), message);
            finding.help =
                Some("give the values that matter in files that `--values` names, or in ci/*-values.yaml".into());
            self.files.entry(tried.file).or_default().findings.push(finding);
        }
    }
}

/// What mends what helm stops at, where its words tell.
fn help(message: &str) -> Option<&'static str> {
    let is_of_nothing = message.contains("nil pointer evaluating");
    is_of_nothing
        .then_some("write what is missing into values.yaml, or ask for it only where it is given: `{{ with … }}`")
}

/// Whether the template that helm stops in may make a Job, by what it or the file around it speaks of.
#[must_use]
pub fn stops_jobs(files: &[ChartFile], stop: &Stop) -> bool {
    let outermost = stop.from.map_or(stop.at.0, |(file, _)| file);
    [outermost, stop.at.0].into_iter().any(|file| {
        let text = files.get(file.index()).map_or("", |file| file.source.text());
        Mentions::of(text).are_in(Span::new(0, u32::try_from(text.len()).unwrap_or(u32::MAX)))
    })
}
