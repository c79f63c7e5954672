//! `batchlint schedule --format json`: one object a schedule, on one line.

use std::io;

use serde::Serialize;

use super::changes::{self, Change};
use crate::agenda::Explained;
use crate::render::json::{self, VERSION};
use crate::render::when::When;
use crate::schedule::{Ending, IANA_VERSION, describe};
use crate::text::Message;

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Object<'a> {
    version: u32,
    schedule: &'a str,
    valid: bool,
    server: &'a [String],
    /// What the schedule says, or what is wrong with it.
    words: String,
    time_zone: Option<TimeZone<'a>>,
    /// The controller's, where it was told and the schedule runs by it.
    controller_time_zone: Option<&'static str>,
    iana: &'static str,
    from: When,
    runs: Vec<When>,
    exhausted: bool,
    /// Where Kubernetes finds the same run again and again, and the CronJob stands still.
    #[serde(skip_serializing_if = "Option::is_none")]
    stuck: Option<When>,
    clock_changes: Vec<Change>,
    findings: Vec<Finding<'a>>,
}

#[derive(Serialize)]
struct TimeZone<'a> {
    name: &'a str,
    valid: bool,
    server: &'a [String],
}

#[derive(Serialize)]
struct Finding<'a> {
    rule: &'static str,
    severity: &'static str,
    message: &'a str,
    help: Option<&'a str>,
}

/// Writes the object and a line break.
///
/// # Errors
/// When `out` cannot be written to.
pub fn write(explained: &Explained<'_>, out: &mut dyn io::Write) -> io::Result<()> {
    let zone = explained.zone();
    let instant = |at| When::in_zone(at, zone);
    let stuck = match explained.ending {
        Some(Ending::Stuck { at }) => Some(at),
        _ => None,
    };
    // Kubernetes' search gives the same answers for ever; a reader who counts on `--count` answers gets them.
    let schedule = explained.compiled();
    let again = std::iter::successors(stuck, |at| schedule.as_ref()?.next_after(*at));
    let repeated = again.take(explained.count.saturating_sub(explained.runs.len()));
    let zone_name = explained.zone_name();
    let described =
        || explained.expression.as_ref().map_or_else(|_| String::new(), |schedule| describe(schedule, zone_name));
    let words = explained.advice().map_or_else(|| described().into(), |advice| Message::from(advice.message));
    let object = Object {
        version: VERSION,
        schedule: explained.schedule,
        valid: explained.server.is_empty(),
        server: &explained.server,
        words: words.into(),
        time_zone: explained.time_zone.as_ref().map(|zone| TimeZone {
            name: zone.name,
            valid: zone.server.is_empty(),
            server: &zone.server,
        }),
        controller_time_zone: explained.controller_zone.map(|zone| zone.name()),
        iana: IANA_VERSION,
        from: instant(explained.from),
        runs: explained.runs.iter().copied().chain(repeated).map(instant).collect(),
        exhausted: explained.ending == Some(Ending::Exhausted),
        stuck: stuck.map(instant),
        clock_changes: changes::list(explained),
        findings: explained
            .findings
            .iter()
            .map(|finding| Finding {
                rule: finding.rule,
                severity: finding.severity.name(),
                message: &finding.message,
                help: finding.help.as_deref(),
            })
            .collect(),
    };
    writeln!(out, "{}", json::text(&object))
}
