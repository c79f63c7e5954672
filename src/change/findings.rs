//! What the rules of group `change` say of changes.

use super::Change;
use crate::config::Config;
use crate::diagnostic::{Late, ServerCause};
use crate::k8s::{Resource, Stage};
use crate::rule::{Consequence, FleetFindings, Reported};
use crate::schedule::Zone;
use crate::text::{Location, Message};

/// What there is to find in changes, at places of the new files; of what is no more, where it was.
#[must_use]
pub fn findings(changes: &[Change], config: &Config) -> Vec<Late> {
    let mut told = Told { config, found: Vec::new() };
    for change in changes.iter().filter(|change| change.is_plain) {
        told.refused(change);
        told.at_once(change);
        told.stale(change);
        told.gone(change);
    }
    told.found
}

struct Told<'c> {
    config: &'c Config,
    found: Vec<Late>,
}

impl Told<'_> {
    /// What the server takes of a new object, and not of one that is there.
    fn refused(&mut self, change: &Change) {
        for cause in change.causes.iter().filter(|cause| cause.is_of_change) {
            let is_template = cause.field.starts_with("spec.template");
            let consequence = if is_template { Consequence::TemplateRefused } else { Consequence::Refused };
            let message = format!("the server refuses this change: {}", cause.message);
            let server = ServerCause::new(Stage::Validation.name(), cause.reason, cause.field.as_str());
            self.report(consequence, (change, &cause.at), message, |finding| {
                let finding = finding.field(cause.field.as_str()).server(server);
                if !change.way_out.is_empty() {
                    finding.help(change.way_out.join(", "));
                }
            });
        }
    }

    fn at_once(&mut self, change: &Change) {
        let Some((scheduled, run)) = change.at_once.iter().find_map(|one| Some((one.run()?, one))) else { return };
        let Some((field, at)) = &change.decides else { return };
        let zone = change.runs.as_ref().and_then(|runs| runs.zone).unwrap_or_else(Zone::utc);
        let when = if run.waits { format!("on {}", zone.told(run.at)) } else { "at once".to_owned() };
        let message = format!("applied now, this starts the run of {} {when}, {}", zone.told(scheduled), run.message);
        self.report(Consequence::StartsAtOnce, (change, at), message, |finding| {
            finding.field(format!("spec.{field}")).help(
                "with a `startingDeadlineSeconds` that is over by then it is left out; right after a run none is missed",
            );
        });
    }

    fn stale(&mut self, change: &Change) {
        let Some(stale) = &change.stale else { return };
        self.report(Consequence::CommentLeft, (change, &stale.schedule), stale.message.clone(), |finding| {
            finding.field("spec.schedule").label(stale.at.clone(), "this is said").help("say what it does now");
        });
    }

    fn gone(&mut self, change: &Change) {
        let is_cron_job = change.object.kind.as_deref() == Some(Resource::CronJob.kind());
        let name = change.object.name.as_deref().filter(|_| is_cron_job);
        let Some(name) = name.filter(|_| change.new.is_none() || change.renamed_from.is_some()) else { return };
        let gone = change.renamed_from.as_deref().unwrap_or(name);
        let message = match &change.renamed_from {
            None => {
                format!("CronJob `{gone}` is taken out: who deletes it deletes its Jobs, too, and stops those that run")
            }
            Some(_) => {
                format!("with another name, `{name}` runs beside `{gone}` until that is deleted, and its Jobs with it")
            }
        };
        self.report(Consequence::JobsGo, (change, &change.name), message, |finding| {
            finding.field("metadata.name").help(format!("`kubectl delete cronjob {gone} --cascade=orphan` keeps them"));
        });
    }

    fn report(
        &mut self,
        consequence: Consequence,
        (change, at): (&Change, &Location),
        message: impl Into<Message>,
        more: impl FnOnce(Reported<'_>),
    ) {
        let rules = self.config.selection();
        let Some(rule) = rules.of_consequence(consequence) else { return };
        let mut findings = FleetFindings::new(rule, rules.limits());
        more(findings.report_on(at, (change.document, &change.object), message));
        self.found.extend(findings.into_late());
    }
}
