//! A CronJob's schedule and time zone.
//!
//! pkg/apis/batch/validation/validation.go, validateCronJobSpec, validateScheduleFormat, validateTimeZone, as of v1.37.

mod zone_prefix;

use super::Context;
use super::checks::point_at_key;
use crate::diagnostic::{Fix, Safety};
use crate::k8s::format::quote;
use crate::k8s::objects::{CronJobSpec, Field};
use crate::k8s::{Path, Reason, Topic};
use crate::schedule::{Expression, ExpressionError, advise, is_plainly_right, nearest_zone, zone_server_errors};
use crate::text::Span;

pub(super) fn validate(spec: CronJobSpec<'_>, path: &Path<'_>, owner: Span, context: &mut Context) {
    let field = path.field("schedule");
    match spec.schedule().filter(|schedule| !schedule.value.is_empty()) {
        Some(schedule) => validate_schedule(schedule, spec, &field, context),
        None => {
            let span = spec.schedule().map_or(owner, |schedule| schedule.span);
            let problem = context
                .report(Reason::Required, &field, span, "a CronJob needs a schedule")
                .help("add `schedule`, such as \"0 3 * * *\" for three o'clock every night");
            point_at_key(spec.slots().schedule(), problem);
        }
    }
    // One that stays is not looked at again.
    let is_kept = context.existing().is_some_and(|existing| existing.keeps_zone);
    if let Some(zone) = spec.time_zone().filter(|_| !is_kept) {
        validate_time_zone(zone, &path.field("timeZone"), context);
    }
}

fn validate_schedule(schedule: Field<'_, &str>, spec: CronJobSpec<'_>, path: &Path<'_>, context: &mut Context) {
    if is_plainly_right(schedule.value) {
        return;
    }
    let parsed = Expression::parse(schedule.value);
    if let Err(error) = &parsed {
        report_syntax(error, (schedule, spec.time_zone()), path, context);
    }
    let location = parsed.as_ref().ok().and_then(Expression::location);
    zone_prefix::validate(schedule, location, spec, path, context);
}

fn report_syntax(
    error: &ExpressionError,
    (schedule, zone): (Field<'_, &str>, Option<Field<'_, &str>>),
    path: &Path<'_>,
    context: &mut Context,
) {
    let advice = advise(schedule.value, error, zone.map(|zone| zone.value));
    let span = place(schedule, advice.span);
    let problem = context.report(Reason::Invalid, path, span, advice.message).about(Topic::Schedule);
    if let Some((span, words)) = advice.also {
        problem.label(place(schedule, span), words);
    }
    if let Some(help) = advice.help {
        problem.help(help);
    }
    if let Some(mend) = advice.mend {
        let title = format!("write {}", mend.text);
        let safety = if mend.certain { Safety::Safe } else { Safety::Unsafe };
        let change = schedule.raw.splice(mend.span.range(), mend.text);
        problem.fix(Fix { title: title.into(), safety, change });
    }
}

/// The bytes of a part of the schedule; of the whole, where nothing is there.
fn place(schedule: Field<'_, &str>, part: Span) -> Span {
    if part.is_empty() { schedule.span } else { schedule.raw.span_within(part.range()) }
}

fn validate_time_zone(zone: Field<'_, &str>, path: &Path<'_>, context: &mut Context) {
    let errors = zone_server_errors(zone.value);
    let Some((_, more)) = errors.split_first() else { return };
    let message = if zone.value.is_empty() {
        "an empty text is no time zone".to_owned()
    } else if zone.value.eq_ignore_ascii_case("Local") {
        "`Local` is the time zone of one machine, and a cluster has many".to_owned()
    } else {
        format!("there is no time zone {}", quote(zone.value))
    };
    let problem = context.report(Reason::Invalid, path, zone.span, message).about(Topic::TimeZone);
    match nearest_zone(zone.value) {
        Some(near) => {
            let same = near.eq_ignore_ascii_case(zone.value.trim());
            problem.did_you_mean(zone.raw, near, if same { Safety::Safe } else { Safety::Unsafe });
        }
        None => {
            problem.help("name a zone of the IANA data, such as `Europe/Berlin`, or leave it out");
        }
    }
    // `local` is refused twice: for what it says, and because no zone is spelled so.
    for error in more {
        let message = format_args!("there is no time zone {}", quote(zone.value));
        let problem = context.report(Reason::Invalid, path, zone.span, message).about(Topic::TimeZone);
        problem.once_for(error).echoes(zone.span);
    }
}
