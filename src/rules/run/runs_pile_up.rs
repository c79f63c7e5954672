//! `runs-pile-up`

use super::sidecar_never_ends::never_ending;
use crate::analysis::{Argv, Process, Subject, image};
use crate::k8s::objects::{ConcurrencyPolicy, CronJobSpec, Each as _, Field, JobSpec};
use crate::rule::{Check, Findings, Parameter, Rule, Within, duration, page};
use crate::schedule::{Expression, FieldName, Seconds};
use crate::text::grouped;

pub(crate) static RULE: Rule = Rule::new(page!("run/runs-pile-up"), Check::CronJob(check)).with(&[MANY]);

/// Fewer runs a day than these take days to pile up.
const MANY: Parameter = Parameter::count("runs-a-day", "how many runs a day are enough to pile up", 8, (1, 10_000));

fn check(spec: Within<'_, CronJobSpec<'_>>, findings: &mut Findings<'_>) {
    let (policy, object) = (spec.concurrency_policy(), spec.object);
    let (Some(job), Some(outlook)) = (object.job, &object.outlook) else { return };
    if policy.is_some_and(|policy| policy.value != ConcurrencyPolicy::Allow)
        || object.is_suspended()
        || is_bounded(job, object)
    {
        return;
    }
    let Some(timetable) = &outlook.timetable else { return };
    let Some(gap) = timetable.shortest_gap().filter(|gap| *gap <= Seconds::HOUR) else { return };
    // What plainly ends does not hang, and what stands for another image in an example runs nowhere.
    if object.takes().is_some() || object.containers.iter().any(|container| image::is_made_up(**container)) {
        return;
    }
    let runs = runs_in_a_day(&timetable.expression);
    let pods = runs * job.value.parallelism().map_or(1, |count| i64::from(count.value)).max(0);
    let many = findings.limit(&MANY);
    if runs < many || pods == 0 {
        return;
    }

    let (every, pods) = (duration::in_words(gap), grouped(pods));
    let both =
        "write `concurrencyPolicy: Forbid`, and give the Job an `activeDeadlineSeconds` that no good run reaches";
    let deadline = "give the Job an `activeDeadlineSeconds` that no good run reaches";
    let (why, help) = match (server(object), sidecar(object)) {
        (Some(server), _) => (
            format!("`{server}` serves until something stops it, so that no run ends"),
            "let a Deployment serve, and give the container a `command` that ends",
        ),
        // A deadline alone would make a failure of each run.
        (None, Some(sidecar)) => (format!("{sidecar} never ends, and no run does"), STOPPED),
        (None, None) => ("a run that hangs is never ended".to_owned(), if policy.is_some() { deadline } else { both }),
    };
    findings
        .report(timetable.written.span, format!("{why}, and the next starts {every} later: up to {pods} pods a day"))
        .label(job.key, "no `activeDeadlineSeconds` ends it")
        .help(help);
}

/// What runs beside the work of each run, until something stops it.
fn sidecar(object: &Subject<'_>) -> Option<String> {
    never_ending(&object.pod?.value).into_iter().next().map(|(_, what)| what)
}

/// What to do about that.
const STOPPED: &str = "see to it that it is stopped when the work is done (`restartPolicy: Always` among `initContainers`), then \
                       write `concurrencyPolicy: Forbid` and an `activeDeadlineSeconds` that no good run reaches";

/// The server that a container runs by itself. A native sidecar is stopped when the others end, and of another one beside
/// the work `sidecar-never-ends` tells. Where runs share the node's ports, a second one ends at once, and most images of
/// servers do not start without root.
fn server<'a>(object: &Subject<'a>) -> Option<&'a str> {
    let pod = object.pod?.value;
    let needs_no_root = pod.security_context().and_then(|security| security.value.run_as_non_root());
    let is_beside_work = pod.containers().each().any(|(_, one)| image::server(one.value).is_none());
    if is_beside_work || [pod.host_network(), needs_no_root].into_iter().flatten().any(|field| field.value) {
        return None;
    }
    let may_serve = |container: &&Process<'_>| {
        let security = container.security_context();
        container.restart_policy().is_none()
            && !security.and_then(|security| security.value.run_as_non_root()).is_some_and(|field| field.value)
    };
    object.containers.iter().filter(may_serve).find_map(|container| image::server(**container))
}

/// Whether something ends a run: a deadline of the Job or its pods, or a command that does.
pub(super) fn is_bounded(job: Field<'_, JobSpec<'_>>, object: &Subject<'_>) -> bool {
    job.value.slots().active_deadline_seconds().is_set()
        || object.pod.is_some_and(|pod| pod.value.slots().active_deadline_seconds().is_set())
        || object.containers.iter().any(|container| has_time_limit(&container.argv))
}

/// Whether the command limits its own time, itself or in its script.
fn has_time_limit(argv: &Argv<'_>) -> bool {
    let limits = |word: &str| word.contains("timeout") || word.contains("max-time");
    argv.words().iter().filter_map(|word| word.as_str()).any(limits)
}

/// How many runs there are on a day that has any.
fn runs_in_a_day(expression: &Expression) -> i64 {
    let times = |name: FieldName| expression.field(name).map_or(0, |field| field.iter().count() as i64);
    match expression.every() {
        // The controller starts one Job a minute at the most.
        Some(every) => Seconds::DAY.get() / every.distance.get().max(60),
        None => times(FieldName::Minute) * times(FieldName::Hour),
    }
}
