//! What rules over all files look at, and where they report.

use std::sync::Arc;

use super::parameter::Asked;
use super::{Entry, Limits, Parameter, Reported};
use crate::analysis::{CronJobFacts, Facts, ObjectFacts, Settings};
use crate::diagnostic::{Finding, Late, Object, Replacement, Resolved, Safety};
use crate::hash::HashMap;
use crate::text::{Location, Message};

/// All files of a run together.
#[derive(Debug, Clone, Copy)]
pub struct Fleet<'a> {
    /// What rules may know of the world.
    pub settings: &'a Settings,
    /// What is known of each file, in order of their names.
    pub files: &'a [&'a Facts],
}

impl<'a> Fleet<'a> {
    /// The CronJobs that run, in order of place. Of two of one namespace and name in one file the last counts: that is
    /// what applying the file leaves. Those of two files may be meant for two clusters.
    #[must_use]
    pub fn running(&self) -> Vec<(&'a ObjectFacts, &'a CronJobFacts)> {
        let mut all = Vec::new();
        for facts in self.files {
            let mut last = HashMap::default();
            for (number, (object, _)) in facts.cron_jobs().enumerate() {
                if let Some(name) = object.known_by() {
                    last.insert(name, number);
                }
            }
            let is_left = |number: usize, object: &ObjectFacts| {
                object.known_by().is_none_or(|name| last.get(&name) == Some(&number))
            };
            let left = facts.cron_jobs().enumerate().filter(|(number, (object, _))| is_left(*number, object));
            all.extend(left.map(|(_, one)| one).filter(|(_, cron_job)| cron_job.never.is_none()));
        }
        all
    }
}

/// Where a rule over all files reports.
#[derive(Debug)]
pub struct FleetFindings<'a> {
    rule: &'static Entry,
    asked: Asked<'a>,
    found: Vec<(Location, Finding, Vec<Resolved>)>,
}

impl<'a> FleetFindings<'a> {
    /// Nothing yet, for a rule; `limits` are those that were set.
    pub(crate) fn new(rule: &'static Entry, limits: &'a Limits) -> Self {
        Self { rule, asked: Asked::new(limits, rule.name), found: Vec::new() }
    }

    /// The limit in force; where it was set, what is reported afterwards says so.
    pub(crate) fn limit(&mut self, parameter: &Parameter) -> i64 {
        self.asked.limit(parameter)
    }

    /// Reports a finding at a place of one of the files. `message` is one lower-case sentence without a full stop.
    pub fn report(&mut self, at: &Location, object: &ObjectFacts, message: impl Into<Message>) -> Reported<'_> {
        self.report_on(at, (object.document, &object.identity), message)
    }

    /// The same for who knows no more of the object than its document and its identity.
    pub fn report_on(
        &mut self,
        at: &Location,
        (document, object): (usize, &Object),
        message: impl Into<Message>,
    ) -> Reported<'_> {
        let finding = Finding {
            document: Some(document),
            object: Some(Arc::new(object.clone())),
            ..self.rule.finding(at.span(), self.asked.said_behind(message.into()))
        };
        self.found.push((at.clone(), finding, Vec::new()));
        Reported::of(&mut self.found.last_mut().expect("one was pushed").1)
    }

    /// Offers a change of one file or several that mends what was reported last; a person should look at it.
    pub fn offer(&mut self, title: impl Into<Message>, changes: Vec<Replacement>) {
        let Some((at, _, fixes)) = self.found.last_mut() else { return };
        let is_here = |change: &Replacement| change.at.file == at.file && at.knows(change.at.span());
        let (here, elsewhere): (Vec<_>, Vec<_>) = changes.into_iter().partition(is_here);
        let edits = here.iter().map(Replacement::edit).collect();
        fixes.push(Resolved { title: title.into(), safety: Safety::Unsafe, edits, elsewhere });
    }

    /// What was reported.
    pub(crate) fn into_late(self) -> impl Iterator<Item = Late> {
        self.found.into_iter().map(|(at, finding, fixes)| Late::new(at, finding, fixes))
    }
}
