//! CronJobs of strange schedules, and many CronJobs.

use crate::parts::cron_job;
use crate::shapes::{Shape, numbered, repeat};

pub(crate) const SCHEDULES: &[(&str, Shape)] = &[
    ("a schedule of many fields", |size| cron_job("c", &format!("\"{}\"", repeat("* ", size)))),
    ("a schedule of many items", |size| cron_job("c", &format!("\"{}1 * * * *\"", repeat("1,", size)))),
    ("a schedule of many ranges", |size| cron_job("c", &format!("\"0-59/7{} * * * *\"", repeat(",1-30/3", size)))),
    ("a schedule of bad items", |size| cron_job("c", &format!("\"{}1 * * * *\"", repeat("x,", size)))),
    ("a schedule of digits", |size| cron_job("c", &format!("\"{} * * * *\"", repeat("1", size)))),
    ("a schedule of blanks", |size| cron_job("c", &format!("\"* * * *{}*\"", repeat(" ", size)))),
    ("a schedule of escapes", |size| cron_job("c", &format!("\"* * * * 8{}\"", repeat("\\u0020", size)))),
    ("a schedule of a long duration", |size| cron_job("c", &format!("\"@every {}\"", repeat("1h", size)))),
    ("a schedule in a long zone", |size| cron_job("c", &format!("\"CRON_TZ={} * * * * *\"", repeat("x", size)))),
    ("a long time zone", |size| format!("{}  timeZone: {}\n", cron_job("c", "1 2 3 4 5"), repeat("Europe/", size))),
    ("dense CronJobs", |size| numbered(size, |n| format!("{}---\n", cron_job(&format!("c{n}"), "\"* * * * *\"")))),
    ("CronJobs every hour", |size| numbered(size, |n| format!("{}---\n", cron_job(&format!("c{n}"), "0 * * * *")))),
    ("CronJobs without a run", |size| numbered(size, |n| format!("{}---\n", cron_job(&format!("c{n}"), "0 0 30 2 *")))),
    ("CronJobs of many zones", |size| {
        numbered(size, |n| format!("{}  timeZone: Europe/X{n}\n---\n", cron_job(&format!("c{n}"), "\"0 */3 * * *\"")))
    }),
    ("CronJobs with comments", |size| {
        numbered(size, |n| format!("{}---\n", cron_job(&format!("c{n}"), "\"0 5 * * *\" # every day at 4 am")))
    }),
    ("CronJobs with suppressions", |size| {
        let comment = "\"0 5 * * *\" # batchlint: ignore[schedule, x] why";
        numbered(size, |n| format!("{}---\n", cron_job(&format!("c{n}"), comment)))
    }),
    ("comments about a schedule", |size| {
        cron_job("c", "0 5 * * *")
            .replace("  schedule", &format!("{}  schedule", repeat("  # every day at 4 am\n", size)))
    }),
    ("a long comment about a schedule", |size| {
        cron_job("c", &format!("0 5 * * * # {}", repeat("every day at 4 am, ", size)))
    }),
    ("one name, many CronJobs", |size| repeat(&format!("{}---\n", cron_job("c", "\"*/7 * * * *\"")), size)),
];
