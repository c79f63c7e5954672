//! `time-zone-in-environment`

use super::clock_change;
use crate::controller::Timetable;
use crate::diagnostic::Fix;
use crate::k8s::objects::{EnvVar, Field, PodSpec};
use crate::rule::{Check, Findings, Rule, Within, controller_clock, page};
use crate::schedule::Zone;
use crate::yaml::New;

pub(crate) static RULE: Rule = Rule::new(page!("schedule/time-zone-in-environment"), Check::Schedule(check));

fn check(timetable: Within<'_, Timetable<'_>>, findings: &mut Findings<'_>) {
    if timetable.expression.named_hours().is_none() || !timetable.lacks_zone() {
        return;
    }
    let Some(zone) = timetable.object.pod.and_then(|pod| zone(pod.value)) else { return };
    if is_utc(zone.value) || !zone.value.chars().all(|char| char.is_ascii_alphanumeric() || "/_+-".contains(char)) {
        return;
    }

    let (name, told) = (zone.value, timetable.told_zone());
    // A controller that is known to go by the same clock needs no word.
    if told.is_some_and(|told| told.name() == name) {
        return;
    }
    // Without a slash it may be a clock's rule, such as `CET-1CEST`, and no name of a zone.
    let slots = timetable.spec.slots();
    let change = slots.time_zone().insert_before(slots.schedule(), New::String(name)).filter(|_| name.contains('/'));
    let effects = Zone::load(name).map_or_else(
        |_| Vec::new(),
        |zone| clock_change::effects(&timetable.expression, zone, timetable.object.settings.now),
    );
    let mut help = format!("if they are meant to be, set `timeZone: {name}` beside the schedule");
    if !effects.is_empty() {
        help.push_str(&format!(
            ", and an hour that no clock change touches: with this one there is {}",
            effects.join("; ")
        ));
    }
    // By the clock of the zone it would be another schedule that wants a mend.
    let change = change.filter(|_| effects.is_empty());
    findings
        .report(zone.span, format!("`TZ` sets the container's clock; the schedule goes by {}", controller_clock(told)))
        .label(timetable.written.span, format!("these hours are not those of {name}"))
        .help(help)
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

fn is_utc(zone: &str) -> bool {
    matches!(zone, "UTC" | "Etc/UTC" | "GMT" | "Etc/GMT" | "Zulu" | "UCT" | "Etc/UCT" | "UTC0")
}
