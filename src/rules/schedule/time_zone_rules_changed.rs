//! `time-zone-rules-changed`

use crate::controller::{TimeZone, Timetable};
use crate::rule::{Check, Findings, Rule, Within, page};
use crate::schedule::{Instant, NEWER_IANA_VERSION, Schedule, Seconds, Zone};

pub(crate) static RULE: Rule = Rule::new(page!("schedule/time-zone-rules-changed"), Check::Schedule(check));

const YEAR: Seconds = Seconds::new(366 * 86_400);

fn check(timetable: Within<'_, Timetable<'_>>, findings: &mut Findings<'_>) {
    let Some(TimeZone { written, zone }) = timetable.time_zone else { return };
    // A schedule of every hour runs at the same minutes, whatever the hour is called.
    let by_the_hour = timetable.expression.fields().is_some_and(|fields| !fields[1].is_full());
    if !by_the_hour {
        return;
    }
    let now = timetable.object.settings.now;
    let Some((run, offset)) = first_run_off(timetable.schedule(), zone, now) else { return };

    let local = zone.local(run);
    let minutes = (offset - local.offset) / 60;
    let off = if minutes.abs() == 60 { "an hour".to_owned() } else { format!("{} minutes", minutes.abs()) };
    let span = written.raw.span_within(0..written.value.len());
    findings
        .report(span, format!("the run on {} at {} is {off} off by the clocks there", local.date.with_weekday(), local.clock()))
        .help(format!(
            "{} has new rules (IANA {NEWER_IANA_VERSION}) that clusters with 2025c or older do not know: update their time \
             zone data, or check with the cluster's operators",
            zone.name()
        ));
}

/// The first run of the coming year at which the newer data have another offset, and that offset.
fn first_run_off(schedule: &Schedule, zone: Zone, now: Instant) -> Option<(Instant, i32)> {
    zone.newer_offsets().filter(|stretch| stretch.until > now && stretch.from < now + YEAR).find_map(|stretch| {
        let run = schedule.next_after(now.max(stretch.from - Seconds::new(1)))?;
        (run < stretch.until).then_some((run, stretch.offset))
    })
}
