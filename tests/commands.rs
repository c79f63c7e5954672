//! `schedule`, `runs` and `read` as people and programs run them.

#![expect(clippy::disallowed_methods, reason = "tests read recorded answers from disk")]

mod shared;

use std::io::Write as _;
use std::process::{Command, Stdio};

use serde_json::Value;

const FROM: &str = "2026-11-21T00:00:00Z";

#[test]
fn a_schedule_is_explained_with_its_runs_and_clock_changes() {
    let run = run(["schedule", "30 2 * * 0", "-z", "Europe/Berlin", "-n", "3", "--from", FROM], b"");
    assert_eq!((run.status, run.err.as_str()), (0, ""));
    insta::assert_snapshot!(run.out);
}

#[test]
fn programs_are_told_of_every_clock_change_and_of_what_it_does() {
    let changes = |schedule| {
        let run = run(["schedule", schedule, "-z", "Europe/Berlin", "--from", FROM, "--format", "json"], b"");
        let answer: Value = serde_json::from_str(&run.out).expect("one object");
        let told = |change: &Value| {
            format!("{} {} {}", change["at"]["local"], change["after"], change["words"]).replace('"', "")
        };
        answer["clockChanges"].as_array().expect("a list").iter().map(told).collect::<Vec<_>>()
    };
    let (spring, autumn) = ("2027-03-28T03:00:00+02:00 7200", "2027-10-31T02:00:00+01:00 3600");
    let told = [format!("{spring} [02:30 does not exist: no run]"), format!("{autumn} [02:30 comes twice: two runs]")];
    assert_eq!(changes("30 2 * * *"), told);
    assert_eq!(changes("0 12 * * *"), [format!("{spring} []"), format!("{autumn} []")]);
}

#[test]
fn a_schedule_that_is_refused_is_shown_with_the_place() {
    let run = run(["schedule", "0 24 * * *", "--from", FROM], b"");
    assert_eq!(run.status, 1);
    insta::assert_snapshot!(run.out);
}

#[test]
fn a_refused_schedule_is_an_answer_in_json_too() {
    let run = run(["schedule", "TZ=UTC 0 0 * * *", "--time-zone", "local", "--format", "json"], b"");
    assert_eq!(run.status, 1);
    let answer: Value = serde_json::from_str(&run.out).expect("one object");
    assert_eq!(answer["valid"], false);
    assert_eq!(answer["server"][0], "cannot use TZ or CRON_TZ in schedule, use timeZone field instead");
    assert_eq!(answer["timeZone"]["server"].as_array().map(Vec::len), Some(2));
}

#[test]
fn recorded_schedules_get_the_servers_texts() {
    let Some(recorded) = recorded("schedules.jsonl") else { return };
    let fits = |case: &Value| !case["schedule"].as_str().is_some_and(|schedule| schedule.contains(['\n', '\r']));
    let cases: Vec<Value> = recorded.into_iter().filter(fits).collect();
    let lines: String =
        cases.iter().map(|case| format!("{}\n", case["schedule"].as_str().unwrap_or_default())).collect();
    let run = run(["schedule", "-", "--count", "0", "--format", "json"], lines.as_bytes());
    assert_eq!(run.out.lines().count(), cases.len());
    for (case, answer) in cases.iter().zip(run.out.lines()) {
        let answer: Value = serde_json::from_str(answer).expect("an object a line");
        assert_eq!(answer["schedule"], case["schedule"]);
        assert_eq!(answer["valid"], case["ok"], "{}", case["schedule"]);
        let expected = case.get("errors").cloned().unwrap_or_else(|| Value::Array(Vec::new()));
        assert_eq!(answer["server"], expected, "{}", case["schedule"]);
    }
}

#[test]
fn recorded_runs_are_listed() {
    let Some(cases) = recorded("next-runs.jsonl") else { return };
    let stuck = |case: &&Value| case["tz"] == "Pacific/Chatham" && case["schedule"] == "45 3 * * *";
    // Of the runs in one minute, only the first starts a Job, and only that one is listed.
    let shares_minutes = |case: &&Value| {
        let minute = |run: &Value| run.as_i64().map(|at| at / 60);
        let runs: Vec<_> = case["next"].as_array().expect("a list").iter().map(minute).collect();
        case["schedule"].as_str().is_some_and(|schedule| schedule.starts_with("@every"))
            && runs.windows(2).any(|pair| pair[0] == pair[1])
    };
    let sample = cases.iter().step_by(97).filter(|case| !shares_minutes(case));
    for case in sample.chain(cases.iter().find(stuck)) {
        let text = |key: &str| case[key].as_str().unwrap_or_default().to_owned();
        let (schedule, zone, from) = (text("schedule"), text("tz"), text("start"));
        let args = ["schedule", &schedule, "--from", &from, "-n", "20", "--format=json"];
        let zone = if zone.is_empty() { vec![] } else { vec!["-z", zone.as_str()] };
        let run = run(args.into_iter().chain(zone), b"");
        let answer: Value = serde_json::from_str(&run.out).expect("one object");
        let runs: Vec<&Value> = answer["runs"].as_array().expect("a list").iter().map(|run| &run["at"]).collect();
        let expected: Vec<&Value> = case["next"].as_array().expect("a list").iter().collect();
        assert_eq!(runs, expected, "{case}");
        assert_eq!(answer["exhausted"], case["exhausted"], "{case}");
    }
}

#[test]
fn runs_are_drawn_and_listed() {
    let run = run(["runs", "fixtures/clean", "--from", FROM, "--for", "2d", "--zone", "UTC", "-n", "12"], b"");
    assert_eq!((run.status, run.err.as_str()), (0, ""));
    assert!(run.out.lines().take(12).all(|line| line.chars().count() <= 80), "{}", run.out);
    insta::assert_snapshot!(run.out);
}

#[test]
fn runs_of_each_cron_job_can_stand_together() {
    let run =
        run(["runs", "fixtures/clean/time-zone.yaml", "--from", FROM, "--for=1w", "--zone=UTC", "--by=cronjob"], b"");
    insta::assert_snapshot!(run.out);
}

#[test]
fn runs_say_of_a_schedule_what_check_says() {
    for (schedule, words) in [
        ("H 3 * * *", "has no schedule: `H` is a value that Jenkins chooses; Kubernetes wants the value itself"),
        ("{{ .Values.schedule }}", "has no schedule yet: something fills in `{{ .Values.schedule }}`"),
        ("${SCHEDULE}", "has no schedule yet: something fills in `${SCHEDULE}`"),
    ] {
        let job = runs_of(schedule);
        assert_eq!((&job["never"], &job["total"]), (&words.into(), &0.into()), "{schedule}");
    }
}

/// Recorded of the controller: created 23 seconds after the minute, `@every 10s` starts Jobs at 33, 63, 123 and 183.
#[test]
fn of_the_runs_in_one_minute_the_first_starts_a_job() {
    for (schedule, starts) in [
        ("@every 10s", ["00:00:33", "00:01:03", "00:02:03", "00:03:03"]),
        ("@every 45s", ["00:01:08", "00:02:38", "00:03:23", "00:04:08"]),
        ("@every -5s", ["00:00:24", "00:01", "00:02", "00:03"]),
        ("@every 90s", ["00:01:53", "00:03:23", "00:04:53", "00:06:23"]),
    ] {
        let job = runs_of(schedule);
        let runs = job["runs"].as_array().expect("a list").iter().take(starts.len());
        let clocks: Vec<&str> = runs.filter_map(|run| run["utc"].as_str()).collect();
        assert!(clocks.iter().zip(starts).all(|(clock, start)| clock.contains(start)), "{schedule}: {clocks:?}");
        assert!(job["total"].as_u64().is_some_and(|total| total <= 10), "{schedule}");
    }
}

/// What `runs` tells in ten minutes of a CronJob that is created at their start.
fn runs_of(schedule: &str) -> Value {
    let quoted = Value::from(schedule);
    let manifest = format!("apiVersion: batch/v1\nkind: CronJob\nmetadata:\n  name: a\nspec:\n  schedule: {quoted}\n");
    let args = ["runs", "-", "--from", "2026-11-21T00:00:23Z", "--for", "10m", "--zone", "UTC", "--format", "json"];
    let answer: Value = serde_json::from_str(&run(args, manifest.as_bytes()).out).expect("one object");
    answer["cronJobs"][0].clone()
}

#[test]
fn runs_in_json_and_in_a_calendar_agree() {
    let paths = ["runs", "fixtures/clean", "--from", FROM, "--for", "1d", "--format"];
    let json = run(paths.into_iter().chain(["json"]), b"").out;
    let json: Value = serde_json::from_str(&json).expect("one object");
    let listed: usize =
        json["cronJobs"].as_array().expect("a list").iter().map(|job| job["runs"].as_array().map_or(0, Vec::len)).sum();
    let calendar = run(paths.into_iter().chain(["ics"]), b"").out;
    assert!(listed > 100, "{listed}");
    assert_eq!(calendar.matches("BEGIN:VEVENT").count(), listed);
    assert!(calendar.lines().all(|line| line.len() <= 75), "lines are folded");
    assert_eq!(calendar, run(paths.into_iter().chain(["ics"]), b"").out, "the same input gives the same bytes");
}

#[test]
fn programs_are_given_a_bounded_number_of_runs_and_told_of_the_rest() {
    let cron_job = |number: usize| {
        let schedule = if number == 0 { "0 5 * * *" } else { "* * * * *" };
        format!(
            "apiVersion: batch/v1\nkind: CronJob\nmetadata: {{name: c{number}}}\nspec:\n  schedule: \"{schedule}\"\n  \
             jobTemplate: {{spec: {{template: {{spec: {{restartPolicy: Never, containers: [{{name: a, image: b}}]}}}}}}}}\n---\n"
        )
    };
    let text: String = (0..80).map(cron_job).collect();
    let run = run(["runs", "-", "--format", "json", "--from", FROM], text.as_bytes());
    let answer: Value = serde_json::from_str(&run.out).expect("one object");
    let cron_jobs = answer["cronJobs"].as_array().expect("a list");
    let listed: Vec<usize> = cron_jobs.iter().filter_map(|one| one["runs"].as_array()).map(Vec::len).collect();
    let total: u64 = cron_jobs.iter().filter_map(|one| one["total"].as_u64()).sum();
    assert_eq!((listed[0], listed[1], total), (1, 99_999 / 79, 1 + 79 * 1_439));
    assert!(run.err.contains("more runs are not listed"), "{}", run.err);
}

#[test]
fn a_document_of_any_depth_is_shown_in_lines_of_bounded_length() {
    let text = format!("{}1{}", "{a: ".repeat(2_000), "}".repeat(2_000));
    let shown = run(["read", "-"], text.as_bytes());
    assert!(shown.out.len() < 60_000, "{}", shown.out.len());
    let json = |text: &[u8]| run(["read", "-", "--format", "json"], text).out;
    assert_eq!(json(shown.out.as_bytes()), json(text.as_bytes()));
}

#[test]
fn what_kubernetes_reads_is_shown_beside_what_is_written() {
    let yaml = b"on: yes\nmode: 0644\nlist: [1e3, 0x1F, ~, {}]\ntext: \"a\\u2028b\"\nscript: |\n  one\n    two\n- x\n";
    let run = run(["read", "-"], &yaml[..yaml.len() - 4]);
    assert_eq!((run.status, run.err.as_str()), (0, ""));
    insta::assert_snapshot!(run.out);
}

#[test]
fn what_is_shown_reads_as_the_same_again() {
    for file in ["fixtures/clean/schedules.yaml", "fixtures/clean/work-queue.yaml", "fixtures/found/jobs.yaml"] {
        let shown = run(["read", file], b"").out;
        let first = run(["read", file, "--format", "json"], b"").out;
        let again = run(["read", "-", "--format", "json"], shown.as_bytes()).out;
        assert_eq!(first, again.replace("<stdin>", file), "{file}");
        assert!(!first.is_empty(), "{file} holds documents");
    }
}

#[test]
fn a_text_that_cannot_be_read_is_named_with_its_place() {
    let broken = run(["read", "-", "--format=json"], b"a: 1\n---\nb: [1\n---\nc: 1\n");
    assert_eq!(broken.status, 1);
    let lines: Vec<Value> = broken.out.lines().map(|line| serde_json::from_str(line).expect("an object")).collect();
    assert_eq!(lines[0], serde_json::json!({"file": "<stdin>", "document": 0, "value": {"a": 1}}));
    assert_eq!(lines[1]["document"], 1);
    assert!(lines[1]["range"]["start"]["line"].is_u64() && lines[1]["error"].is_string(), "{}", lines[1]);

    let repeated = run(["read", "-", "--format=json", "--as=server", "--strict"], b"a: 1\na: 2\n");
    assert!(repeated.out.contains("second time"), "{}", repeated.out);
    assert_eq!(
        run(["read", "-", "--format=json", "--as=server"], b"a: 1\na: 2\n").out,
        "{\"file\":\"<stdin>\",\"document\":0,\"value\":{\"a\":2}}\n"
    );
    let strict = run(["read", "-", "--strict"], b"a: 1\na: 2\n");
    assert!(
        strict.out.ends_with("# <stdin>:2:1: the key `a` stands in this mapping a second time\n"),
        "{}",
        strict.out
    );
    assert_eq!((run(["read", "-"], b"a: 1\na: 2\n").status, strict.status), (0, 1));
}

#[test]
fn of_many_notes_the_first_are_shown_and_the_others_counted() {
    let shown = |text: &str| run(["read", "-"], text.as_bytes()).out;
    // Each line but the last ends in a character that is noted, and each but the first repeats the key.
    let both = shown(&"a: 1\r".repeat(1200));
    for (word, count) in [("ends the line", 1000), ("comes twice", 1000), ("\n# and 199 more like these\n", 2)] {
        assert_eq!(both.matches(word).count(), count, "{word}");
    }
    let faults = |count: usize| shown(&"- .inf\n".repeat(count));
    let last = |text: &str| text.lines().last().map(str::to_owned).unwrap_or_default();
    assert_eq!(last(&faults(1002)), "# and 2 more like these");
    assert_eq!(last(&faults(1001)), "# and one more like these");
    assert!(last(&faults(1000)).contains("is no number to JSON"), "{}", last(&faults(1000)));
}

#[test]
fn bytes_of_any_encoding_are_read() {
    let utf16 = |text: &str, unit: fn(u16) -> [u8; 2]| -> Vec<u8> {
        "\u{feff}".encode_utf16().chain(text.encode_utf16()).flat_map(unit).collect()
    };
    for bytes in [
        "\u{feff}a: caf\u{e9}\n".into(),
        utf16("a: caf\u{e9}\n", u16::to_le_bytes),
        utf16("a: caf\u{e9}\n", u16::to_be_bytes),
    ] {
        let run = run(["read", "-", "--as=server", "--format=json"], &bytes);
        assert_eq!(
            (run.status, run.out.as_str()),
            (0, "{\"file\":\"<stdin>\",\"document\":0,\"value\":{\"a\":\"caf\u{e9}\"}}\n")
        );
    }
    // Latin-1 is named as what it is, not as a quote that is never closed.
    let latin = run(["read", "-"], b"a: \"caf\xe9\"\n");
    assert_eq!(latin.status, 1);
    assert!(latin.out.ends_with("\n# <stdin>:1:8: a byte stands here that is no text in UTF-8\n"), "{}", latin.out);
}

struct Run {
    status: i32,
    out: String,
    err: String,
}

fn run<'a>(args: impl IntoIterator<Item = &'a str>, input: &[u8]) -> Run {
    let mut child = Command::new(env!("CARGO_BIN_EXE_batchlint"))
        .args(args)
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .env("LC_ALL", "C.UTF-8")
        .env("TZ", "UTC")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the command starts");
    let mut stdin = child.stdin.take().expect("a pipe");
    let input = input.to_owned();
    // Written beside reading: neither side waits for the other.
    let writer = std::thread::spawn(move || drop(stdin.write_all(&input)));
    let output = child.wait_with_output().expect("the command ends");
    writer.join().expect("the writer ends");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("the output is UTF-8");
    Run { status: output.status.code().unwrap_or(-1), out: text(output.stdout), err: text(output.stderr) }
}

/// Recorded answers, a case a line.
fn recorded(name: &str) -> Option<Vec<Value>> {
    let path = shared::find(&format!("conformance/{name}"))?;
    let text = std::fs::read_to_string(path).expect("the recording can be read");
    Some(text.lines().map(|line| serde_json::from_str(line).expect("a case a line")).collect())
}
