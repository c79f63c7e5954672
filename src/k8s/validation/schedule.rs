//! A CronJob's schedule and time zone.

use super::Context;
use crate::k8s::format::quote;
use crate::k8s::objects::{CronJobSpec, Field};
use crate::k8s::{Path, Reason, Topic};
use crate::text::Span;

pub(super) fn validate(spec: CronJobSpec<'_>, path: &Path<'_>, owner: Span, context: &mut Context) {
    let field = path.field("schedule");
    match spec.schedule().filter(|schedule| !schedule.value.is_empty()) {
        Some(schedule) => validate_schedule(schedule, spec, &field, context),
        None => {
            let span = spec.schedule().map_or(owner, |schedule| schedule.span);
            context
                .report(Reason::Required, &field, span, "a CronJob needs a schedule")
                .about(Topic::Schedule)
                .help("add `schedule`, such as \"0 3 * * *\" for three o'clock every night");
        }
    }
    if let Some(zone) = spec.time_zone() {
        validate_time_zone(zone, &path.field("timeZone"), context);
    }
}

fn validate_schedule(schedule: Field<'_, &str>, spec: CronJobSpec<'_>, path: &Path<'_>, context: &mut Context) {
    if !schedule.value.contains("TZ") {
        return;
    }
    let zone = spec.time_zone();
    if context.since(29) || zone.is_some() {
        let problem = context
            .report(Reason::Invalid, path, schedule.span, "the time zone is set in `timeZone`, not in the schedule")
            .about(Topic::Schedule);
        if let Some(zone) = zone {
            problem.label(zone.key, "the time zone is set here");
        }
    }
}

fn validate_time_zone(zone: Field<'_, &str>, path: &Path<'_>, context: &mut Context) {
    if zone.value.is_empty() {
        let message = "an empty text is no time zone";
        context.report(Reason::Invalid, path, zone.span, message).about(Topic::TimeZone).help("leave it out for UTC");
        return;
    }
    if context.since(27) && !zone.value.split('/').all(is_part_of_zone) {
        let message = format!("{} is not the name of a time zone", quote(zone.value));
        context.report(Reason::Invalid, path, zone.span, message).about(Topic::TimeZone);
        return;
    }
    if zone.value.eq_ignore_ascii_case("Local") {
        let message = "`Local` is the time zone of a machine, and a cluster has many";
        context.report(Reason::Invalid, path, zone.span, message).about(Topic::TimeZone);
    }
}

fn is_part_of_zone(part: &str) -> bool {
    let fits = |byte: u8| byte.is_ascii_alphanumeric() || b".-_+".contains(&byte);
    (1..=14).contains(&part.len()) && part != "." && part != ".." && !part.starts_with('-') && part.bytes().all(fits)
}
