//! `time-zone-in-environment`

use crate::diagnostic::Fix;
use crate::k8s::objects::{CronJobSpec, EnvVar, Field, PodSpec};
use crate::rule::{Check, Findings, Rule, Within};
use crate::yaml::New;

pub(crate) static RULE: Rule =
    Rule::new(include_str!("../../../rules/schedule/time-zone-in-environment.md"), Check::CronJob(check));

fn check(spec: Within<'_, CronJobSpec<'_>>, findings: &mut Findings<'_>) {
    let slot = spec.slots().time_zone();
    if slot.is_set() {
        return;
    }
    let Some(schedule) = spec.schedule().filter(|schedule| names_an_hour(schedule.value)) else { return };
    let Some(zone) = spec.object.pod.and_then(|pod| zone(pod.value)) else { return };
    if is_utc(zone.value) || !zone.value.chars().all(|char| char.is_ascii_alphanumeric() || "/_+-".contains(char)) {
        return;
    }

    let name = zone.value;
    // Without a slash it may be a clock's rule, such as `CET-1CEST`, and no name of a zone.
    let change = slot.insert_before(spec.slots().schedule(), New::String(name)).filter(|_| name.contains('/'));
    findings
        .report(zone.span, "`TZ` sets the container's clock; the schedule goes by the controller's, mostly UTC")
        .label(schedule.span, format!("these hours are not those of {name}"))
        .help(format!("if they are meant to be, set `timeZone: {name}` beside the schedule"))
        .fix(change.map(|change| Fix::unsafe_(format!("run the schedule in {name}"), change)));
}

/// The first `TZ` of the pod's containers.
pub(super) fn zone(pod: PodSpec<'_>) -> Option<Field<'_, &str>> {
    let containers = pod.containers()?.value.iter();
    let mut variables = containers.filter_map(|(_, container)| container.value.env()).flat_map(|env| env.value.iter());
    variables.find_map(|(_, variable)| value_of(variable.value, "TZ"))
}

fn value_of<'a>(variable: EnvVar<'a>, name: &str) -> Option<Field<'a, &'a str>> {
    variable.name().filter(|own| own.value == name)?;
    variable.value().filter(|value| !value.value.is_empty())
}

/// Whether the schedule's times depend on the zone: it names an hour or a day.
fn names_an_hour(schedule: &str) -> bool {
    let hour = schedule.split_whitespace().nth(1);
    match hour {
        Some(hour) => hour != "*" && hour != "?" && !schedule.starts_with('@'),
        None => matches!(schedule, "@daily" | "@midnight" | "@weekly" | "@monthly" | "@yearly" | "@annually"),
    }
}

fn is_utc(zone: &str) -> bool {
    matches!(zone, "UTC" | "Etc/UTC" | "GMT" | "Etc/GMT" | "Zulu" | "UCT" | "Etc/UCT" | "UTC0")
}
