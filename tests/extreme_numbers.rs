//! Numbers at the ends of their types, wherever a user's number can reach: nothing overflows in any format. Tests are
//! built with overflow checks.

#![expect(clippy::disallowed_methods, reason = "tests read fixtures from disk")]

use std::io;
use std::path::Path;

use batchlint::agenda::{Window, explain, rows};
use batchlint::analysis::{Settings, analyse};
use batchlint::config::Config;
use batchlint::lint::{over_all, report};
use batchlint::project::{Project, Scope};
use batchlint::render::{Format, Look, Printer, runs, schedule};
use batchlint::schedule::{Date, Expression, Instant, LocalSecond, NextRun, Schedule, Seconds, Zone};
use batchlint::text::Source;

const LOOK: Look = Look { width: 80, color: false, unicode: true };
/// 2026-11-21 00:00:00 UTC.
const NOW: Instant = Instant::from_unix(1_795_219_200);

const NUMBERS: [&str; 24] = [
    "0",
    "-1",
    "2147483647",
    "-2147483648",
    "9223372036854775807",
    "-9223372036854775808",
    "9223372036854775808",
    "18446744073709551615",
    "18446744073709551616",
    "99999999999999999999999999999999999999999999",
    "0x7fffffffffffffff",
    "0o777777777777777777777",
    "1e308",
    "-1e999",
    "5e-324",
    ".inf",
    "1e9223372036854775807",
    "1.0e-9223372036854775808",
    "1e99999999999999999999999999",
    "9223372036854775807Ei",
    "-9223372036854775808m",
    "190:20:30:5999999999999999999999",
    "9999-12-31T23:59:60.999999999999999999+23:59",
    "2562047h47m16.854775807s",
];

const SCHEDULES: [&str; 15] = [
    "* * * * *",
    "0 0 * * *",
    "59 23 31 12 *",
    "0 0 29 2 *",
    "0 0 30 2 *",
    "30 2 * * 0",
    "TZ=Pacific/Apia 0 0 * * *",
    "@every 2562047h47m16.854775807s",
    "@every -2562047h47m16.854775808s",
    "@every 2562047h47m16.854775808s",
    "@every 1ns",
    "@yearly",
    "*/9223372036854775807 * * * *",
    "0-59/18446744073709551615 0 * * *",
    "9223372036854775807 * * * 18446744073709551616",
];

#[test]
fn every_number_of_a_manifest_may_be_any_number() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/server/bases");
    let mut tried = 0;
    for entry in std::fs::read_dir(folder).expect("the folder is there") {
        let text = std::fs::read_to_string(entry.expect("a file").path()).expect("text");
        for place in numbers(&text) {
            // Every other number at each place, and the others at the next one: all together would take long.
            for number in NUMBERS.iter().skip(tried % 2).step_by(2) {
                let (before, behind) = (&text[..place.start], &text[place.end..]);
                check(&format!("{before}{number}{behind}"), NOW);
            }
            tried += 1;
        }
    }
    assert!(tried > 200, "numbers were tried at {tried} places");
}

#[test]
fn every_field_of_a_cron_job_and_its_job_may_be_any_number() {
    let fields = [
        ("", "startingDeadlineSeconds"),
        ("", "successfulJobsHistoryLimit"),
        ("", "failedJobsHistoryLimit"),
        ("    ", "parallelism"),
        ("    ", "completions"),
        ("    ", "backoffLimit"),
        ("    ", "backoffLimitPerIndex"),
        ("    ", "maxFailedIndexes"),
        ("    ", "activeDeadlineSeconds"),
        ("    ", "ttlSecondsAfterFinished"),
        ("        ", "activeDeadlineSeconds"),
        ("        ", "terminationGracePeriodSeconds"),
        ("        ", "priority"),
    ];
    for schedule in ["@every 2562047h47m16.854775807s", "@every 1m", "*/5 * * * *"] {
        for number in NUMBERS {
            check(&cron_job(schedule, &|indent| of_indent(&fields, indent, number)), NOW);
            for (indent, field) in fields {
                check(&cron_job(schedule, &|at| of_indent(&[(indent, field)], at, number)), NOW);
            }
        }
    }
}

#[test]
fn schedules_run_up_to_the_ends_of_time_and_no_further() {
    for at in instants() {
        for text in SCHEDULES {
            check(&cron_job(text, &|_| String::new()), at);
            for zone in ["UTC", "Europe/Berlin", "Pacific/Kiritimati", "America/New_York", "Africa/Monrovia"] {
                let explained = explain(text, (Some(zone), None), |_| at, 12);
                let _ = printed(|out| {
                    schedule::text::write(&explained, Zone::load("Asia/Kathmandu").ok(), LOOK, out)?;
                    schedule::json::write(&explained, out)
                });
                for run in &explained.runs {
                    let year = Zone::utc().local(*run).date.year;
                    assert!((1..=9999).contains(&year), "{text} {zone} {at:?}: {year}");
                }
            }
        }
    }
}

#[test]
fn no_instant_is_too_far_to_be_told() {
    for unix in [i64::MIN, i64::MIN + 1, i64::MAX - 1, i64::MAX] {
        let instant = Instant::from_unix(unix);
        assert!((Instant::MIN..=Instant::MAX).contains(&instant));
        assert_eq!(instant.checked_add(Seconds::new(i64::MAX)), None);
        assert!((Instant::MIN..=Instant::MAX).contains(&instant.saturating_add(Seconds::new(unix))));
        let year = Zone::utc().local(instant).date.year;
        assert_eq!(year < 0, unix < 0, "{year} is not wrapped");
    }
}

#[test]
fn sums_of_instants_and_lengths_end_where_instants_end() {
    let longest = [i64::MIN, i64::MIN + 1, -1, 1, i64::MAX - 1, i64::MAX].map(Seconds::new);
    for at in [Instant::MIN, Instant::from_unix(0), Instant::MAX] {
        for length in longest {
            let (later, earlier) = (at + length, at - length);
            assert_eq!(later, at.saturating_add(length));
            let ordered = if length > Seconds::new(0) { [earlier, at, later] } else { [later, at, earlier] };
            assert!(
                ordered.is_sorted() && Instant::MIN <= ordered[0] && ordered[2] <= Instant::MAX,
                "{at:?} {length:?}"
            );
        }
    }
    let long = Seconds::new(i64::MAX);
    assert_eq!(
        (long + long, long * 2, -Seconds::new(i64::MIN), -long - long),
        (long, long, long, Seconds::new(i64::MIN))
    );
}

#[test]
fn every_search_of_a_schedule_ends_with_the_year_9999() {
    let new_year = LocalSecond::from(Date { year: 10_000, month: 1, day: 1 }).instant(0);
    for (text, zone) in
        [("0 0 * * *", "UTC"), ("30 22 * * *", "America/New_York"), ("0 1 1 1 *", "Asia/Tokyo"), ("@every 7h", "UTC")]
    {
        let schedule = Schedule::new(&Expression::parse(text).expect("accepted"), Zone::load(zone).expect("a zone"));
        let start = new_year - Seconds::DAY * 400;
        let mut singly = schedule.runs_after(start);
        let chain: Vec<Instant> = singly.by_ref().collect();
        let mut bulk = Vec::new();
        let ending = schedule.runs_between(start, new_year + Seconds::DAY * 400, &mut bulk);
        assert_eq!((&bulk, ending), (&chain, singly.ending()), "{text}");
        let last = *chain.last().expect("there are some");
        assert!(last < new_year && new_year - last <= Seconds::DAY * 366, "{text} {last:?}");
        assert_eq!(schedule.next_run(last), NextRun::Never, "{text}");
        assert_eq!(schedule.count_between(start, Instant::MAX), chain.len() as u64, "{text}");
    }
}

/// The ends of what can be told, of the years 1 to 9999, and of what is known of zones.
fn instants() -> Vec<Instant> {
    let new_year = |year| LocalSecond::from(Date { year, month: 1, day: 1 }).instant(0);
    let ends = [1, 1969, 2100, 2201, 9995, 9999, 10_000, 10_300].map(new_year);
    let around = |at: Instant| [-86_400, -1, 0, 1, 86_400].map(|seconds| at.saturating_add(Seconds::new(seconds)));
    [Instant::MIN, Instant::MAX].into_iter().chain(ends).flat_map(around).collect()
}

/// The places of all numbers, in texts too: of ports and limits, of versions, dates and ranges.
fn numbers(text: &str) -> Vec<std::ops::Range<usize>> {
    let is_part = |char: char| char.is_ascii_alphanumeric() || char == '_';
    let mut places = Vec::new();
    let mut at = 0;
    for word in text.split_inclusive(|char| !is_part(char)) {
        let digits = word.trim_end_matches(|char| !is_part(char));
        if !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit()) {
            places.push(at..at + digits.len());
        }
        at += word.len();
    }
    places
}

fn of_indent(fields: &[(&str, &str)], indent: &str, number: &str) -> String {
    let lines = fields.iter().filter(|(of, _)| *of == indent);
    lines.map(|(_, field)| format!("  {indent}{field}: {number}\n")).collect()
}

/// A CronJob with further lines in its own spec, its Job's and its pod's.
fn cron_job(schedule: &str, lines: &dyn Fn(&str) -> String) -> String {
    format!(
        "apiVersion: batch/v1\nkind: CronJob\nmetadata: {{name: a}}\nspec:\n  schedule: \"{schedule}\"\n{}  jobTemplate:\n    \
         spec:\n{}      template:\n        spec:\n{}          restartPolicy: OnFailure\n          containers: [{{name: a, \
         image: a:1}}]\n",
        lines(""),
        lines("    "),
        lines("        ")
    )
}

/// Checks a manifest and looks at what lies ahead of it, in every format.
fn check(text: &str, now: Instant) {
    let config = Config::new(Settings::at(now));
    let analysis = analyse(Source::new("a.yaml", text), config.settings());
    let (report, facts) = report(&analysis, &config);
    for format in Format::ALL {
        let printer = Printer::new(*format, LOOK);
        let _ = printer.share(analysis.source(), report.clone(), Path::new("a.yaml"));
    }
    let mut project = Project::new();
    project.add(facts);
    let _ = over_all(&project, &config, Scope::Whole);
    let window = Window { from: now, until: now.saturating_add(Seconds::HOUR * 2) };
    let rows = rows(&project, window, 40);
    let _ = printed(|out| {
        runs::json::write(&rows, window, out)?;
        runs::ics::write(&rows, window, out)?;
        runs::timeline::write(&rows, window, Zone::utc(), LOOK, out)?;
        runs::list::write_merged(&rows, 40, Zone::utc(), LOOK, out)?;
        runs::list::write_grouped(&rows, 40, Zone::utc(), LOOK, out)?;
        runs::list::write_notes(&rows, window, LOOK, out)
    });
}

fn printed(write: impl FnOnce(&mut dyn io::Write) -> io::Result<()>) -> String {
    let mut out = Vec::new();
    write(&mut out).expect("a vector takes all");
    String::from_utf8(out).expect("text")
}
