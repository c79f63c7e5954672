//! `batchlint runs --format json`: one object with every CronJob and its runs.

use std::io;

use serde::Serialize;

use super::never;
use crate::agenda::{Row, Window};
use crate::render::json::{self, VERSION};
use crate::render::when::When;
use crate::schedule::{Ending, IANA_VERSION, Schedule};

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Object<'a> {
    version: u32,
    iana: &'static str,
    from: When,
    until: When,
    cron_jobs: Vec<CronJob<'a>>,
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
    /// The schedule in words; null where it never runs.
    words: Option<String>,
    /// Why it never runs; null where it runs.
    never: Option<String>,
    /// How many runs there are in all; `runs` may list fewer.
    total: usize,
    runs: Vec<When>,
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

/// Writes the object and a line break.
///
/// # Errors
/// When `out` cannot be written to.
pub fn write(rows: &[Row<'_>], window: Window, out: &mut dyn io::Write) -> io::Result<()> {
    let object = Object {
        version: VERSION,
        iana: IANA_VERSION,
        from: When::utc(window.from),
        until: When::utc(window.until),
        cron_jobs: rows.iter().map(|row| cron_job(row, rows)).collect(),
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
        words: row.words(),
        never: cron_job.never.as_ref().map(|never| never::words(never).into()),
        total: row.total,
        runs: row.runs.iter().filter_map(|&at| Some(When::in_zone(at, zone?))).collect(),
        exhausted: row.ending == Some(Ending::Exhausted),
        same: row.same.map(|same| {
            let (file, line) = rows[same.last].place();
            Same { count: same.count, last: Place { file, line } }
        }),
    }
}
