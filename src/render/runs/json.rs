//! `batchlint runs --format json`: one object with every CronJob and its runs.

use std::io;

use serde::{Serialize, Serializer};

use super::never;
use crate::agenda::{Row, Window, together};
use crate::render::json::{self, HotMinute, VERSION};
use crate::render::when::When;
use crate::schedule::{Ending, IANA_VERSION, Instant, Schedule, Zone};

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Object<'a> {
    version: u32,
    iana: &'static str,
    from: When,
    until: When,
    cron_jobs: CronJobs<'a>,
    fleet: Fleet,
}

/// All of them together.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Fleet {
    hot_minutes: Vec<HotMinute>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct CronJob<'a> {
    file: &'a str,
    line: u32,
    document: usize,
    namespace: Option<&'a str>,
    name: Option<&'a str>,
    schedule: &'a str,
    time_zone: Option<&'a str>,
    /// The controller's, where it was told and the schedule is read in it.
    controller_time_zone: Option<&'static str>,
    /// The schedule in words; null where it never runs.
    words: Option<String>,
    /// Why it never runs; null where it runs.
    never: Option<String>,
    /// How many runs there are in all; `runs` may list fewer.
    total: usize,
    runs: Runs<'a>,
    exhausted: bool,
    /// Where a CronJob of this namespace and name stands last, if there are several: in one cluster they are one object.
    same: Option<Same<'a>>,
}

#[derive(Serialize)]
struct Same<'a> {
    count: usize,
    last: Place<'a>,
}

#[derive(Serialize)]
struct Place<'a> {
    file: &'a str,
    line: u32,
}

/// One after the other: all together may be more than fit into memory.
struct CronJobs<'a>(&'a [Row<'a>]);

impl Serialize for CronJobs<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.0.iter().map(|row| cron_job(row, self.0)))
    }
}

struct Runs<'a> {
    instants: &'a [Instant],
    zone: Option<Zone>,
}

impl Serialize for Runs<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let runs = self.instants.iter().filter_map(|&at| Some(When::in_zone(at, self.zone?)));
        serializer.collect_seq(runs)
    }
}

/// Writes the object and a line break.
///
/// # Errors
/// When `out` cannot be written to.
pub fn write(rows: &[Row<'_>], window: Window, out: &mut dyn io::Write) -> io::Result<()> {
    let (_, hot) = together(rows, window);
    let object = Object {
        version: VERSION,
        iana: IANA_VERSION,
        from: When::utc(window.from),
        until: When::utc(window.until),
        cron_jobs: CronJobs(rows),
        fleet: Fleet { hot_minutes: hot.iter().map(|hot| HotMinute::of(hot, |number| rows[number].label())).collect() },
    };
    writeln!(out, "{}", json::text(&object))
}

fn cron_job<'r>(row: &'r Row<'_>, rows: &'r [Row<'_>]) -> CronJob<'r> {
    let (file, line) = row.place();
    let (identity, cron_job) = (&row.object.identity, row.cron_job);
    let zone = row.schedule.as_ref().map(Schedule::zone);
    CronJob {
        file,
        line,
        document: row.object.document,
        namespace: identity.namespace.as_deref(),
        name: identity.name.as_deref(),
        schedule: &cron_job.schedule,
        time_zone: cron_job.time_zone.as_deref(),
        controller_time_zone: cron_job.controller_zone.map(|zone| zone.name()),
        words: row.words(),
        never: never::words(cron_job).map(Into::into),
        total: row.total,
        runs: Runs { instants: &row.runs, zone },
        exhausted: row.ending == Some(Ending::Exhausted),
        same: row.same.map(|same| {
            let (file, line) = rows[same.last].place();
            Same { count: same.count, last: Place { file, line } }
        }),
    }
}
