//! What people say of schedules: what is certainly wrong is found, and nothing else.
#![expect(clippy::disallowed_methods, clippy::print_stderr, reason = "tests read recorded comments from disk")]

use std::fmt::Write as _;
use std::path::Path;

use batchlint::schedule::{Claims, Expression, Instant, Zone, claims, name_claims};
use batchlint::{Config, Source, lint};
use serde_json::{Value as Json, json};

const RULE: &str = "comment-contradicts-schedule";

fn expression(schedule: &str) -> Expression {
    Expression::parse(schedule).expect("accepted")
}

#[test]
fn what_is_wrong_in_a_sentence_is_found_and_nothing_else() {
    compare(include_str!("../fixtures/schedules/claims.tsv"), claims);
}

#[test]
fn a_name_is_evidence_where_it_plainly_says_how_often_the_job_runs() {
    compare(include_str!("../fixtures/schedules/names.tsv"), name_claims);
}

/// Reads each line's text, and compares what is wrong in it with the words at the line's end.
fn compare(table: &str, read: fn(&str) -> Claims) {
    let mut differences = Vec::new();
    for line in table.lines().filter(|line| !line.starts_with('#')) {
        let cells: Vec<&str> = line.split('\t').collect();
        let [schedule, zone, text, words] = cells[..] else { panic!("{line}: four cells") };
        let zone = Zone::load(zone).ok();
        let found = read(text).contradicted(&expression(schedule), zone);
        let found = found.map(|words| &text[words]).unwrap_or_default();
        if found != words {
            differences.push(format!("{line}\n  found: {found}"));
        }
    }
    assert!(differences.is_empty(), "{}", differences.join("\n"));
}

/// What texts are compared with, each unlike the others in what can be said of it.
const SCHEDULES: [&str; 40] = [
    "* * * * *",
    "*/5 * * * *",
    "*/10 * * * *",
    "*/15 * * * *",
    "*/30 * * * *",
    "10,40 * * * *",
    "0 * * * *",
    "20 * * * *",
    "*/7 * * * *",
    "0 */2 * * *",
    "0 */5 * * *",
    "0 */6 * * *",
    "0 */12 * * *",
    "0 9-17 * * 1-5",
    "*/5 9-16 * * 1-5",
    "0 22-23,0-6 * * *",
    "0 0 * * *",
    "30 2 * * *",
    "0 3 * * *",
    "0 8 * * *",
    "0 9 * * *",
    "0 18 * * *",
    "0 20 * * *",
    "0 8 * * 1-5",
    "0 8 * * 1",
    "0 2 * * 0",
    "0 8 * * 6,0",
    "0 8 * * 1,3,5",
    "0 8 1 * *",
    "0 8 15 * *",
    "0 8 1,15 * *",
    "0 8 28-31 * *",
    "0 8 1-7 * 1",
    "0 4 8-14 * *",
    "0 0 1 1 *",
    "0 8 1 */3 *",
    "0 2 */2 * *",
    "0 9 */14 * *",
    "@every 5m",
    "@every 24h",
];

/// All that is understood of each sentence: what it says, word by word, and which schedules do that.
#[test]
fn what_is_said_is_read_as_it_was() {
    let sentences = include_str!("../fixtures/schedules/claims.tsv").lines().filter(|line| !line.starts_with('#'));
    let schedules = SCHEDULES.map(|schedule| (schedule, expression(schedule)));
    let mut readings = String::new();
    for line in sentences {
        let [own, zone, text, _] = line.split('\t').collect::<Vec<_>>()[..] else { panic!("{line}: four cells") };
        let (said, zone) = (claims(text), Zone::load(zone).ok());
        let read = format!("{said:?}");
        let own = (!SCHEDULES.contains(&own)).then(|| (own, expression(own)));
        let fits = |(_, schedule): &&(&str, Expression)| said.contradicted(schedule, zone).is_none();
        let asked = || schedules.iter().chain(&own);
        let done: Vec<&str> = asked().filter(fits).map(|(schedule, _)| *schedule).collect();
        let done = if done.len() == asked().count() { "all".to_owned() } else { done.join(" | ") };
        writeln!(readings, "{text}\n  {}\n  {done}", shortened(&read)).expect("it is written to memory");
    }
    insta::assert_snapshot!(readings);
}

/// What is read, without what is the same everywhere.
fn shortened(read: &str) -> String {
    let short = [
        ("Claims { said: Said { claims: ", ""),
        ("Claim { kind: ", "{"),
        ("Clock { minute: ", "{"),
        ("is_half_day: ", "half: "),
        ("Offsets { offsets: ", "{"),
        (", zone: None", ""),
        (", name: None", ""),
        (", says_when: false", ""),
        (", readings: []", ""),
        (", zones: []", ""),
        (" } }", ""),
    ];
    short.into_iter().fold(read.to_owned(), |read, (long, short)| read.replace(long, short))
}

#[test]
fn a_name_says_how_often_and_no_more() {
    let found = |name: &'static str, schedule: &str| {
        name_claims(name).contradicted(&expression(schedule), None).map(|words| &name[words])
    };
    assert_eq!(found("users-sync-hourly", "0 3 * * *"), Some("hourly"));
    assert_eq!(found("poll-every-5-minutes", "*/10 * * * *"), Some("every-5-minutes"));
    assert_eq!(found("daily-cleanup", "0 3 * * 0"), Some("daily"));
    assert_eq!(found("daily-cleanup", "0 3 * * 1-5"), None);
    assert_eq!(found("weekly-report", "0 3 * * *"), None);
    assert_eq!(found("send-weekly-report", "0 3 * * *"), None);
    assert_eq!(found("monday-reminder", "0 3 * * 0"), None);
    assert_eq!(found("backup-2am", "0 3 * * *"), None);
}

#[test]
fn a_day_that_no_month_has_is_no_day() {
    for day in ["32", "33", "64", "99"] {
        let text = format!("on January {day}");
        assert_eq!(claims(&text).contradicted(&expression("0 3 1 6 *"), None), None, "{text}");
    }
}

#[test]
fn no_text_is_too_strange() {
    let sentences = include_str!("../fixtures/schedules/claims.tsv");
    let chars: Vec<(usize, char)> = sentences.char_indices().collect();
    for (index, (start, _)) in chars.iter().enumerate().step_by(7) {
        let end = chars.get(index + 40).map_or(sentences.len(), |(end, _)| *end);
        let _ = claims(&sentences[*start..end]).contradicted(&expression("7 3 1-7 * 1"), None);
    }
}

/// A manifest with the recorded text where it was found.
fn manifest(record: &Json) -> String {
    let text = |key: &str| record[key].as_str().unwrap_or_default();
    let (comment, schedule) = (text("comment"), text("schedule"));
    let quoted = Json::from(comment).to_string();
    let at = |place: &str, line: String| if text("where") == place { line } else { String::new() };
    let zone = record["timeZone"].as_str().map(|zone| format!("  timeZone: {zone}\n")).unwrap_or_default();
    let name = if text("where") == "name" { quoted.as_str() } else { "recorded" };
    let annotation = at("description", format!("  annotations:\n    description: {quoted}\n"));
    let above = at("line above", format!("  # {comment}\n"));
    let beside = at("same line", format!(" # {comment}"));
    let head = format!("apiVersion: batch/v1\nkind: CronJob\nmetadata:\n  name: {name}\n{annotation}spec:\n{above}");
    format!("{head}  schedule: '{schedule}'{beside}\n{zone}  jobTemplate: {{}}\n")
}

fn is_found(record: &Json) -> bool {
    rules(record).contains(&RULE)
}

/// The rules that find something in a record's manifest.
fn rules(record: &Json) -> Vec<&'static str> {
    let source = Source::new("cron-job.yaml", manifest(record));
    let report = lint(&source, &Config::at(Instant::from_unix(1_795_219_200)).with_pedantic(true));
    report.findings.iter().map(|finding| finding.rule).collect()
}

#[test]
fn the_zone_of_a_comment_matters_where_its_clock_drifts_from_utc() {
    let zones = |schedule: &str, comment: &str| {
        let record = json!({"where": "same line", "schedule": schedule, "comment": comment});
        let rules = rules(&record).into_iter();
        rules.filter(|rule| rule.starts_with("time-zone") || *rule == RULE).collect::<Vec<_>>()
    };
    assert_eq!(zones("0 2 * * *", "3:00 in Berlin"), ["time-zone-in-comment"]);
    assert_eq!(zones("0 1 * * 1-5", "3am Europe/Berlin on weekdays"), ["time-zone-in-comment"]);
    assert_eq!(zones("0 14 * * *", "6 a.m. Pacific time"), ["time-zone-in-comment"]);
    assert_eq!(zones("0 3 * * *", "3:00 in Berlin"), [RULE, "time-zone-unset"]);
    assert_eq!(zones("0 18 * * *", "3:00 in Tokyo"), ["time-zone-unset"]);
    assert_eq!(zones("0 2 * * *", "03:00 in Berlin in winter"), ["time-zone-unset"]);
    assert_eq!(zones("0 16 * * *", "8 AM PST"), ["time-zone-unset"]);
    assert_eq!(zones("0 2 * * *", "TEST: 3:00 in Berlin"), ["time-zone-in-comment"]);
    assert_eq!(zones("0 2 * * *", "02:00 UTC, 03:00 in Berlin"), [""; 0]);
    assert_eq!(zones("@daily", "midnight"), [""; 0]);
    assert_eq!(zones("0 */6 * * *", "every 6 hours"), [""; 0]);
}

#[test]
fn most_recorded_contradictions_are_found_and_no_more_than_one_that_is_none() {
    let path = Path::new("../shared/conformance/comments.jsonl");
    let Ok(records) = std::fs::read_to_string(path) else {
        eprintln!("SKIPPED: {} is absent", path.display());
        return;
    };
    let records: Vec<Json> = records.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    let is_certain = |record: &&Json| record["contradicts"] == true && record["certain"] == true;
    let (wrong, right): (Vec<&Json>, Vec<&Json>) = records.iter().partition(is_certain);
    let ids = |records: Vec<&Json>| records.iter().map(|record| record["id"].to_string()).collect::<Vec<_>>();
    let wanted = wrong.len();
    let missed = ids(wrong.into_iter().filter(|record| !is_found(record)).collect());
    let alarms = ids(right.into_iter().filter(|record| is_found(record)).collect());
    eprintln!("{} of {wanted} found, {} false alarms", wanted - missed.len(), alarms.len());
    assert!(missed.len() * 10 <= wanted, "missed: {missed:?}");
    assert!(alarms.len() <= 1, "false alarms: {alarms:?}");
}
