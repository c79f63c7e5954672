//! What rules over all files look at, and where they report.

use std::collections::HashSet;

use super::{Entry, Reported};
use crate::analysis::{CronJobFacts, Facts, ObjectFacts, Settings};
use crate::diagnostic::{Finding, Late};
use crate::text::Location;

/// All files of a run together.
#[derive(Debug, Clone, Copy)]
pub struct Fleet<'a> {
    /// What rules may know of the world.
    pub settings: &'a Settings,
    /// What is known of each file, in order of their names.
    pub files: &'a [&'a Facts],
}

impl<'a> Fleet<'a> {
    /// The CronJobs, in order of place. Two of one namespace and name are one object, told by its first place.
    #[must_use]
    pub fn cron_jobs(&self) -> Vec<(&'a ObjectFacts, &'a CronJobFacts)> {
        let mut seen = HashSet::new();
        let all = self.files.iter().flat_map(|facts| facts.cron_jobs());
        let is_new = |(object, _): &(&'a ObjectFacts, &'a CronJobFacts)| {
            let identity = &object.identity;
            identity.name.is_none() || seen.insert((identity.namespace.as_deref(), identity.name.as_deref()))
        };
        all.filter(is_new).collect()
    }
}

/// Where a rule over all files reports.
#[derive(Debug)]
pub struct FleetFindings {
    rule: &'static Entry,
    found: Vec<(Location, Finding)>,
}

impl FleetFindings {
    /// Nothing yet, for a rule.
    pub(crate) fn new(rule: &'static Entry) -> Self {
        Self { rule, found: Vec::new() }
    }

    /// Reports a finding at a place of one of the files. `message` is one lower-case sentence without a full stop.
    pub fn report(&mut self, at: &Location, object: &ObjectFacts, message: impl Into<String>) -> Reported<'_> {
        let (rule, severity) = (self.rule, self.rule.rule.page.severity);
        let finding = Finding {
            document: Some(object.document),
            object: Some(object.identity.clone()),
            ..Finding::new(rule.name, rule.group, severity, at.span(), message)
        };
        self.found.push((at.clone(), finding));
        Reported::of(&mut self.found.last_mut().expect("one was pushed").1)
    }

    /// What was reported.
    pub(crate) fn into_late(self) -> impl Iterator<Item = Late> {
        self.found.into_iter().map(|(at, finding)| Late::new(at, finding, Vec::new()))
    }
}
