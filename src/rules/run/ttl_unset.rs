//! `ttl-unset`

use crate::analysis::Managed;
use crate::diagnostic::{Circumstance, Fix};
use crate::k8s::Resource;
use crate::k8s::objects::JobSpec;
use crate::rule::{Check, Findings, Parameter, Rule, Within, duration, page};
use crate::schedule::Seconds;
use crate::yaml::New;

pub(crate) static RULE: Rule = Rule::new(page!("run/ttl-unset"), Check::Job(check)).with(&[KEPT]);

/// Long enough to read the logs.
const KEPT: Parameter = Parameter::length("kept", "how long the fix keeps a finished Job", 86_400, (60, 365 * 86_400));

fn check(spec: Within<'_, JobSpec<'_>>, findings: &mut Findings<'_>) {
    let ttl = spec.slots().ttl_seconds_after_finished();
    let is_suspended = spec.suspend().is_some_and(|suspend| suspend.value);
    let is_there = ttl.is_set() || spec.object.has_elsewhere(ttl.name());
    if !spec.object.is(Resource::Job) || is_there || is_suspended {
        return;
    }
    // An owner takes it along, a hook has a clean-up of its own, and what is applied again would run again.
    if Managed::of(spec.object.manifest).is_some() {
        return;
    }

    let kept = findings.limit(&KEPT);
    let time = duration::in_words(Seconds::new(kept));
    let change = ttl.insert_first(New::Plain(&kept.to_string()));
    findings
        .report(spec.key, "no `ttlSecondsAfterFinished`: the finished Job and its pods stay until they are deleted")
        .lacks(ttl)
        .unless(Circumstance::AppliedByFlux, true)
        .help(format!("give it a time to live, long enough to read the logs: {kept} is {time}"))
        .fix(change.map(|change| Fix::unsafe_(format!("delete the Job {time} after it has finished"), change)));
}
