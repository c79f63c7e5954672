//! `batchlint runs --format json`: one object with every CronJob and its runs.

use std::io;

use serde::Serialize;

use super::{Row, Window};
use crate::render::json::VERSION;
use crate::render::when::When;
use crate::schedule::{Ending, IANA_VERSION};
use crate::upcoming::Outlook;

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
    words: Option<&'a str>,
    /// Why it never runs; null where it runs.
    never: Option<&'a str>,
    /// How many runs there are in all; `runs` may list fewer.
    total: usize,
    runs: Vec<When>,
    exhausted: bool,
}

/// Writes the object and a line break.
///
/// # Errors
/// When `out` cannot be written to.
pub fn write(rows: &[Row], window: Window, out: &mut dyn io::Write) -> io::Result<()> {
    let object = Object {
        version: VERSION,
        iana: IANA_VERSION,
        from: When::utc(window.from),
        until: When::utc(window.until),
        cron_jobs: rows.iter().map(cron_job).collect(),
    };
    serde_json::to_writer(&mut *out, &object)?;
    out.write_all(b"\n")
}

fn cron_job(row: &Row) -> CronJob<'_> {
    let cron_job = &row.cron_job;
    let (words, never, runs) = match &cron_job.outlook {
        Outlook::Never(why) => (None, Some(why.as_str()), Vec::new()),
        Outlook::Runs { schedule, words, .. } => {
            let run = |&at| When::in_zone(at, schedule.zone());
            (Some(words.as_str()), None, row.runs.iter().map(run).collect())
        }
    };
    CronJob {
        file: &row.file,
        line: row.line,
        document: cron_job.document,
        namespace: cron_job.namespace.as_deref(),
        name: Some(cron_job.name.as_str()).filter(|name| !name.is_empty()),
        schedule: &cron_job.expression,
        time_zone: cron_job.time_zone.as_deref(),
        words,
        never,
        total: row.total,
        runs,
        exhausted: row.ending == Some(Ending::Exhausted),
    }
}
