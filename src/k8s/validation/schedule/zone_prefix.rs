//! A time zone before the schedule, `TZ=` or `CRON_TZ=`.
//!
//! pkg/apis/batch/validation/validation.go, validateScheduleFormat, as of v1.37.

use super::place;
use crate::diagnostic::{Fix, Safety};
use crate::k8s::objects::{CronJobSpec, Field};
use crate::k8s::validation::Context;
use crate::k8s::{Path, Reason, Topic};
use crate::schedule::{Location, zone_server_errors};
use crate::yaml::{Change, New};

/// Reports one that the server refuses: older servers took it, if it was the only one.
pub(super) fn validate(
    schedule: Field<'_, &str>,
    location: Option<&Location>,
    spec: CronJobSpec<'_>,
    path: &Path<'_>,
    context: &mut Context,
) {
    let is_taken = !context.since(29) || context.existing().is_some_and(|existing| existing.has_zone_prefix);
    if !schedule.value.contains("TZ") || is_taken && spec.time_zone().is_none() {
        return;
    }
    let span = location.map_or(schedule.span, |zone| place(schedule, zone.prefix));
    let message = "the time zone belongs in `timeZone`, not in the schedule";
    let problem = context.report(Reason::Invalid, path, span, message).about(Topic::Schedule);
    if let Some(zone) = spec.time_zone() {
        problem.label(zone.key, "a time zone is set here");
    }
    let Some(location) = location else {
        problem.help("write five fields, and set `timeZone` beside the schedule");
        return;
    };
    let rest = schedule.value.get(location.prefix.end as usize..).unwrap_or_default().trim_start();
    let alone = schedule.raw.set(New::String(rest));
    match spec.time_zone() {
        Some(zone) => {
            problem.help("leave it out here, and let `timeZone` say it");
            let safety = if zone.value == location.name { Safety::Safe } else { Safety::Unsafe };
            problem.fix(Fix { title: "leave it out".into(), safety, change: alone });
        }
        None if zone_server_errors(&location.name).is_empty() => {
            problem.help(format_args!("leave it out here, and set `timeZone: {}` beside the schedule", location.name));
            if let Some(entry) = spec.raw().get("schedule") {
                let zone = spec.raw().insert_after(entry, "timeZone", New::String(&location.name));
                problem.fix(Fix::safe("set `timeZone` instead", Change::all([alone, zone])));
            }
        }
        None => {
            problem.help("leave it out here, and name a zone of the IANA data, such as `Europe/Berlin`, in `timeZone`");
        }
    }
}
