//! `ttl-unset`

use crate::analysis::Managed;
use crate::diagnostic::{Circumstance, Fix};
use crate::k8s::Resource;
use crate::k8s::objects::JobSpec;
use crate::rule::{Check, Findings, Rule, Within};
use crate::yaml::New;

pub(crate) static RULE: Rule = Rule::new(include_str!("../../../rules/run/ttl-unset.md"), Check::Job(check));

fn check(spec: Within<'_, JobSpec<'_>>, findings: &mut Findings<'_>) {
    let ttl = spec.slots().ttl_seconds_after_finished();
    let is_suspended = spec.suspend().is_some_and(|suspend| suspend.value);
    if !spec.object.is(Resource::Job) || ttl.is_set() || is_suspended {
        return;
    }
    // An owner takes it along, a hook has a clean-up of its own, and what is applied again would run again.
    if Managed::of(spec.object.manifest).is_some() {
        return;
    }

    let change = ttl.insert_first(New::Plain("86400"));
    findings
        .report(spec.key, "no `ttlSecondsAfterFinished`: the finished Job and its pods stay until they are deleted")
        .lacks(ttl)
        .unless(Circumstance::AppliedByFlux, true)
        .help("give it a time to live, long enough to read the logs: 86400 is a day")
        .fix(change.map(|change| Fix::unsafe_("delete the Job a day after it has finished", change)));
}
