//! `job-refused-when-made`

use crate::analysis::Subject;
use crate::k8s::{Problem, Resource, validation};
use crate::rule::{Check, Findings, Rule, page};
use crate::yaml::placeholder_in;

pub(crate) static RULE: Rule = Rule::new(page!("run/job-refused-when-made"), Check::Manifest(check));

fn check(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    if !subject.is(Resource::CronJob) {
        return;
    }
    let (manifest, version) = (subject.manifest, subject.settings.kubernetes);
    let made = validation::check_made_job(manifest, version).into_problems();
    if made.is_empty() {
        return;
    }
    // What it is refused for itself is said already, at that place.
    let own = validation::check(manifest, version);
    let is_said = |one: &Problem| own.problems().iter().any(|other| other.rejects() && other.span == one.span);
    let is_filled_in = |one: &Problem| placeholder_in(manifest.document.slice(one.span)).is_some();
    let new = made.into_iter().filter(|one| one.rejects() && !is_said(one) && !is_filled_in(one));
    for Problem { span, message, help, .. } in new {
        let reported = findings.report(span, format!("no run is ever made, since its Job is refused: {message}"));
        match help {
            Some(help) => reported.help(help),
            None => reported.help("the CronJob itself is accepted: this is looked at when a Job is made of it"),
        };
    }
}
