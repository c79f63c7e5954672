//! How much is said: the least severity, statistics instead of findings, and how far a long run is.

#![expect(
    clippy::disallowed_methods,
    clippy::print_stderr,
    reason = "asks where a program is, and says when it is not"
)]

mod program;

use program::{FOUND, Folder};
use serde_json::{Value, json};

/// An error, a warning and a piece of advice, and a habit or two.
const ALL: &str = "\
apiVersion: batch/v1
kind: CronJob
metadata:
  name: report
spec:
  schedule: \"*-5 * * * *\"
  concurrencyPolicy: Replace
  jobTemplate:
    spec:
      backoffLimit: -1
      template:
        spec:
          restartPolicy: OnFailure
          containers:
            - name: report
              image: registry.example.com/report:1.4.2
";

fn severities(folder: &Folder, more: &[&str]) -> Vec<String> {
    let run = folder.run([&["check", "--format=concise", "-q"][..], more].concat());
    let severity = |line: &str| line.split(' ').nth(1).and_then(|word| word.split('[').next()).map(str::to_owned);
    let mut found: Vec<String> = run.out.lines().filter_map(severity).collect();
    found.sort_unstable();
    found.dedup();
    found
}

fn json_of(folder: &Folder, args: &[&str]) -> Value {
    let run = folder.run([&["check", "--format=json"][..], args].concat());
    serde_json::from_str(&run.out).unwrap_or_else(|error| panic!("{error}: {}{}", run.out, run.err))
}

#[test]
fn what_is_less_severe_is_counted_and_neither_shown_nor_fixed_nor_a_failure() {
    let folder = Folder::new("least").file("a.yaml", ALL);
    assert_eq!(severities(&folder, &[]), ["advice", "error", "warning"]);
    assert_eq!(severities(&folder, &["--min-severity=warning"]), ["error", "warning"]);
    assert_eq!(severities(&folder, &["--min-severity=error"]), ["error"]);
    let all = json_of(&folder, &["--pedantic"]);
    let some = json_of(&folder, &["--min-severity=warning"]);
    let below = some["summary"]["notShown"]["belowSeverity"].as_object().expect("by rule");
    let below: u64 = below.values().filter_map(Value::as_u64).sum();
    // Habits are advice, too: with --pedantic they would not be shown either.
    assert_eq!(Some(below), all["summary"]["advice"].as_u64());
    assert_eq!(some["summary"]["notShown"]["habits"], json!({}));
    assert_eq!((&some["summary"]["advice"], &some["summary"]["errors"]), (&json!(0), &all["summary"]["errors"]));
    let summary = folder.run(["check", "--min-severity=error"]).out;
    assert!(summary.contains("less severe findings; --min-severity advice leaves out none."), "{summary}");
    assert!(!summary.contains("remark"), "{summary}");
}

#[test]
fn what_is_suppressed_over_all_files_is_counted_as_that_however_severe() {
    let job = |name: &str| FOUND.replace("name: report\nspec", &format!("name: {name}\nspec"));
    let many = ["a", "b", "c", "d", "e"].map(job).join("---\n");
    let many = many.replace("30 4 * * *", "0 4 * * *").replace("  startingDeadlineSeconds: 0\n", "");
    let folder = Folder::new("late").file("a.yaml", &format!("# batchlint: ignore-file[fleet] as is meant\n{many}"));
    for least in ["advice", "warning"] {
        let json = json_of(&folder, &["--select=runs-start-together", &format!("--min-severity={least}")]);
        let (suppressed, below) = (&json["summary"]["suppressed"], &json["summary"]["notShown"]["belowSeverity"]);
        assert_eq!((suppressed, below), (&json!(1), &json!({})), "{least}");
    }
}

#[test]
fn the_least_severity_is_that_which_a_finding_has_here() {
    let folder = Folder::new("least-weighed")
        .file("batchlint.toml", "min-severity = 'warning'\n[severity]\nnumber-out-of-range = 'advice'\n")
        .file("a.yaml", ALL);
    assert_eq!(severities(&folder, &[]), ["warning"]);
    assert_eq!(severities(&folder, &["--min-severity=advice"]), ["advice", "warning"]);
    let error = folder.run(["check", "--isolated", "--min-severity=high"]);
    assert_eq!(error.status, 2, "{}", error.err);
}

#[test]
fn what_is_not_shown_is_not_fixed() {
    let odd = FOUND.replace("30 4 * * *", "30 4 *-15 * *").replace("  startingDeadlineSeconds: 0\n", "");
    let folder = Folder::new("least-fixed").file("a.yaml", &odd);
    let text = || std::fs::read_to_string(folder.path.join("a.yaml")).expect("it is there");
    folder.run(["check", "--fix", "--min-severity=warning"]);
    assert_eq!(text(), odd);
    folder.run(["check", "--fix"]);
    assert_ne!(text(), odd);
}

#[test]
fn to_fail_on_what_is_left_out_is_a_contradiction() {
    let folder = Folder::new("contradiction").file("a.yaml", ALL);
    let run = folder.run(["check", "--fail-on=advice", "--min-severity=warning"]);
    assert_eq!((run.status, run.out.as_str()), (2, ""));
    assert!(run.err.contains("--fail-on advice asks for what --min-severity warning leaves out"), "{}", run.err);
    let run = folder.run(["check", "--fail-on=warning", "--min-severity=error"]);
    assert!(run.err.contains("--fail-on warning asks for what --min-severity error leaves out"), "{}", run.err);
    assert_eq!(folder.run(["check", "-q", "--fail-on=warning", "--min-severity=warning"]).status, 1);
    let folder = folder.file("batchlint.toml", "min-severity = 'warning'\n");
    let run = folder.run(["check", "--fail-on=advice"]);
    assert_eq!((run.status, run.out.as_str()), (2, ""));
    assert!(run.err.contains("--fail-on advice asks for what `min-severity = \"warning\"` leaves out"), "{}", run.err);
    assert_eq!(folder.run(["check", "-q", "--fail-on=advice", "--min-severity=advice"]).status, 1);
    // Without a word, what is left fails as ever.
    let status =
        |text: &str| Folder::new("left").file("a.yaml", text).run(["check", "-q", "--min-severity=error"]).status;
    assert_eq!((status(ALL), status(&ALL.replace("backoffLimit: -1", "backoffLimit: 3"))), (1, 0));
}

#[test]
fn statistics_count_all_findings_whatever_the_limit() {
    let many = [ALL; 30].join("---\n");
    let folder = Folder::new("statistics").file("a.yaml", &many).file("b.yaml", ALL);
    let counted = json_of(&folder, &["--statistics", "--max-findings=2"]);
    let found = json_of(&folder, &["--max-findings=0"]);
    let rules: Vec<&str> =
        found["findings"].as_array().expect("a list").iter().filter_map(|one| one["rule"].as_str()).collect();
    let rows = counted["statistics"].as_array().expect("a list");
    for row in rows {
        let count = rules.iter().filter(|rule| row["rule"] == **rule).count();
        assert_eq!(row["count"], json!(count), "{row}");
        let fixable = found["findings"].as_array().into_iter().flatten().filter(|one| one["rule"] == row["rule"]);
        let safe =
            fixable.filter(|one| one["fixes"].as_array().into_iter().flatten().any(|fix| fix["safety"] == "safe"));
        assert_eq!(row["fixable"]["safe"], json!(safe.count()), "{row}");
    }
    assert_eq!(rows.iter().filter_map(|row| row["count"].as_u64()).sum::<u64>(), rules.len() as u64);
    let counts: Vec<u64> = rows.iter().filter_map(|row| row["count"].as_u64()).collect();
    assert!(counts.is_sorted_by(|left, right| left >= right), "{counts:?}");
    assert_eq!(counted["summary"], found["summary"]);
}

#[test]
fn statistics_for_people_are_a_table_and_the_last_line() {
    let folder = Folder::new("statistics-text").file("a.yaml", ALL).file("b.yaml", FOUND);
    let run = folder.run(["check", "--statistics"]);
    insta::assert_snapshot!(run.out);
    assert_eq!(run.status, 1);
    assert_eq!(folder.run(["check", "--statistics", "--format=concise"]).out, run.out);
    let quiet = folder.run(["check", "--statistics", "-q"]).out;
    assert!(run.out.starts_with(&quiet) && !quiet.contains("Checked"), "{quiet}");
    let habits = |more: &[&str]| json_of(&folder, &[&["--statistics"], more].concat())["statistics"].to_string();
    assert!(!habits(&[]).contains("schedule-too-often") && habits(&["--pedantic"]).contains("schedule-too-often"));
    assert_eq!(folder.run(["check", "--statistics", "--format=lsp"]).status, 2);
    assert_eq!(folder.run(["check", "--statistics", "--diff"]).status, 2);
}

#[test]
fn no_log_and_no_pipe_hears_how_far_it_is() {
    let folder = Folder::new("no-progress").file("a.yaml", FOUND);
    let run = folder.run(["check", "--format=concise"]);
    assert!(!run.err.contains("Checking") && !run.err.contains('\u{1b}'), "{}", run.err);
}

/// The terminal, and the file that keeps the run waiting, are a script's.
#[cfg(unix)]
#[test]
fn how_far_it_is_goes_without_a_trace() {
    let is_there = |program: &str| {
        let found = std::process::Command::new(program).arg("--version").output();
        found.is_ok_and(|output| output.status.success())
    };
    if !is_there("python3") || !is_there("mkfifo") {
        eprintln!("SKIPPED: python3 and mkfifo are needed for a terminal");
        return;
    }
    let other = FOUND.replace("name: report", "name: other");
    for arguments in [&["check", "--format=concise"][..], &["check", "--format=full"]] {
        let folder =
            Folder::new("progress").file("a.yaml", FOUND).file("b.yaml", &other).file("bad.yaml", "\u{1}\u{0}");
        let made = std::process::Command::new("mkfifo").arg(folder.path.join("late.yaml")).status();
        assert!(made.expect("it was there").success());
        let files = ["late.yaml", "a.yaml", "bad.yaml", "b.yaml", "missing.yaml"];
        // Where a line is to come, it is waited for.
        let on_terminal = |(wait, more): (&str, &[&str])| {
            let mut command = std::process::Command::new("python3");
            command.arg(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/terminal/progress.py"));
            command.arg(env!("CARGO_BIN_EXE_batchlint")).arg(&folder.path).arg("late.yaml").arg(wait);
            program::Run::of(command.args(arguments).args(more).args(files).output())
        };
        let [with, without] = [("60", &[][..]), ("2", &["-q"])].map(on_terminal);
        assert_eq!(with.status, 0, "no line came: {}{}", with.out, with.err);
        assert!(with.out.contains("Checked") && !with.out.contains("Checking"), "{}", with.out);
        assert_eq!(without.status, 1, "a line came in spite of -q: {}", without.out);
        let findings = without.out.trim_end();
        assert!(findings.lines().all(|line| with.out.contains(line)), "{}\n{}", with.out, without.out);
    }
}
