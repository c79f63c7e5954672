//! Nothing that people read is wider than their terminal, whatever stands in manifests and arguments.
//!
//! What stays whole, because it would be of no use cut: a path (one word, on a line with nothing but its place and what
//! frames it), lines of examples and tables and addresses on a rule's page, the values that `read` shows, and the usage
//! line of a command, which the library for arguments never wraps. Formats for programs have no width.

#![expect(clippy::disallowed_methods, reason = "tests make the files that they check")]

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use textwrap::core::display_width;

const WIDTHS: [usize; 4] = [40, 60, 80, 200];
const LONG: &str = "a-path-of-one-word-that-is-longer-than-any-terminal-is-wide-and-that-nobody-would-want-to-be-cut-because-\
                    it-could-not-be-copied-from-there-into-another-command-any-more-which-is-what-paths-are-for.yaml";

#[test]
fn findings_and_what_was_not_checked_fit() {
    let folder = Folder::new("check");
    for width in WIDTHS {
        let run = folder.run(&["check", "-v", ".", "missing.yaml"], width);
        assert!(run.out.contains("error[") && run.out.contains("Checked "), "{}", run.out);
        run.fits(|_| false);
        folder.run(&["check", "--color=always"], width).fits(|_| false);
        let run = folder.run(&["check", "--format=concise", "-v", ".", "no such file of this very long name"], width);
        assert!(run.err.contains("Checked "), "{}", run.err);
        Run { out: String::new(), ..run }.fits(|_| false);
    }
}

#[test]
fn runs_fit() {
    let folder = Folder::new("runs");
    for width in WIDTHS {
        for by in ["time", "cronjob"] {
            for (zone, length) in
                [("UTC", "36h"), ("America/Argentina/ComodRivadavia", "52w"), ("Asia/Kathmandu", "90m")]
            {
                let from = ["--from", "2026-11-21", "--zone", zone, "--for", length, "--by", by];
                let run = folder.run(&[&["runs", "-n", "30"], &from[..]].concat(), width);
                assert!(run.out.contains("each column is"), "{}", run.out);
                run.fits(|_| false);
            }
        }
    }
}

#[test]
fn schedules_fit() {
    let folder = Folder::new("schedule");
    let minutes: Vec<String> = (0..60).map(|minute| minute.to_string()).collect();
    let lists = [format!("{} 2 * * 0", minutes.join(",")), "1,3,5,7,9,12 */5 1-3,7,9-11 JAN,MAR,JUN 1,3".to_owned()];
    let unknown =
        [format!("{} * * * *", "1,".repeat(5_000)), "語".repeat(3_000), format!("0 24 * * {}", "0 ".repeat(900))];
    let known =
        ["30 2 * * 0", "0 0 31 2 *", "@every 90m", "TZ=Europe/Berlin 30 2 * * *", "*/7 * 13 * 5", "\u{1b}[1m 0"];
    let zones = ["Europe/Berlin", "America/Argentina/ComodRivadavia", "Australia/Lord_Howe", "Nowhere/At_All", "UTC"];
    for width in WIDTHS {
        for schedule in lists.iter().chain(&unknown).map(String::as_str).chain(known) {
            for zone in zones {
                let args = ["schedule", schedule, "-z", zone, "--from", "2027-03-01 02:30", "-n", "8"];
                let run = folder.run(&args, width);
                assert!(run.out.lines().count() < 100, "{schedule} is repeated at length");
                run.fits(|_| false);
            }
        }
    }
}

#[test]
fn what_is_read_has_notes_that_fit() {
    let folder = Folder::new("read");
    let key = "key".repeat(300);
    let text = format!("{key}: 0644\n{key}: 1\non: {}\n---\n{}: [\n", "0".repeat(2_000), "語".repeat(300));
    for width in WIDTHS {
        let run = folder.run_with(&["read", "-"], width, &text);
        assert!(run.out.contains("comes twice") && run.out.contains("# written"), "{}", run.out);
        run.fits(|line| !line.starts_with('#'));
        let noted = run.out.lines().filter_map(|line| line.split_once("  # written ")).map(|(_, note)| note);
        assert!(noted.into_iter().all(|note| display_width(note) <= 40), "{}", run.out);
    }
}

#[test]
fn rules_and_their_pages_fit() {
    let folder = Folder::new("rules");
    let is_kept = |line: &str| {
        let text = line.trim_start().trim_start_matches("- ");
        line.starts_with("    ") || line.starts_with('|') || !text.contains(' ') || text.contains("://")
    };
    for width in WIDTHS {
        folder.run(&["rules"], width).fits(|_| false);
        for rule in batchlint::rules::all() {
            folder.run(&["explain", rule.name], width).fits(is_kept);
        }
    }
}

#[test]
fn help_fits() {
    let folder = Folder::new("help");
    for width in WIDTHS {
        for command in
            [None, Some("check"), Some("schedule"), Some("runs"), Some("read"), Some("explain"), Some("rules")]
        {
            for help in ["--help", "-h"] {
                let args: Vec<&str> = command.into_iter().chain([help]).collect();
                let run = folder.run(&args, width);
                assert!(run.out.contains("Usage:"), "{args:?}");
                run.fits(|line| line.starts_with("Usage:"));
            }
        }
    }
}

#[test]
fn what_is_wrong_with_arguments_fits() {
    let folder = Folder::new("usage");
    let long = "語x".repeat(5_000);
    let blank = "word ".repeat(90);
    for width in WIDTHS {
        for value in [long.as_str(), &blank, "2027-03-28 02:30:99", "1.x", "99999999999999999999d"] {
            for args in [
                &["runs", "--from", value][..],
                &["runs", "--for", value],
                &["runs", "--count", value],
                &["runs", "--zone", value],
                &["check", "--kubernetes-version", value],
                &["check", "--select", value],
                &["check", "--format", value],
                &["check", "--fail-on", value],
                &["explain", value],
                &[value],
            ] {
                let run = folder.run(args, width);
                assert_eq!(run.status, 2, "{args:?}");
                assert!(run.err.len() < 4_000, "{}", run.err);
                run.fits(|line| line.starts_with("Usage:"));
            }
        }
        // A sentence about an instant that the clock shows twice.
        let twice = ["schedule", "@daily", "-z", "America/New_York", "--from", "2027-11-07 01:30"];
        let run = folder.run(&twice, width);
        assert!(run.err.contains("comes twice"), "{}", run.err);
        run.fits(|_| false);
    }
}

/// A folder of hostile manifests.
struct Folder {
    path: PathBuf,
}

impl Folder {
    fn new(name: &str) -> Self {
        let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("widths-{name}"));
        let _ = std::fs::remove_dir_all(&path);
        std::fs::create_dir_all(path.join("日本語")).expect("the target folder can be written to");
        let files = [
            ("names.yaml", names()),
            ("schedules.yaml", schedules()),
            ("fields.yaml", fields()),
            ("日本語/twice.yaml", names()),
            (LONG, fields()),
        ];
        for (file, text) in files {
            std::fs::write(path.join(file), text).expect("a file can be written");
        }
        Self { path }
    }

    fn run(&self, args: &[&str], width: usize) -> Run {
        self.run_with(args, width, "")
    }

    fn run_with(&self, args: &[&str], width: usize, input: &str) -> Run {
        let mut command = Command::new(env!("CARGO_BIN_EXE_batchlint"));
        command.args(args).current_dir(&self.path).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        command.env("COLUMNS", width.to_string()).env("LC_ALL", "C.UTF-8").env("TZ", "Pacific/Chatham");
        let mut child = command.spawn().expect("the program starts");
        let _ = child.stdin.take().expect("it was piped").write_all(input.as_bytes());
        let output = child.wait_with_output().expect("the program ends");
        let [out, err] = [output.stdout, output.stderr].map(|bytes| String::from_utf8(bytes).expect("text"));
        let args = args.iter().map(|arg| arg.chars().take(40).collect()).collect();
        Run { args, width, status: output.status.code().unwrap_or(-1), out, err }
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.path);
    }
}

struct Run {
    args: Vec<String>,
    width: usize,
    status: i32,
    out: String,
    err: String,
}

impl Run {
    /// Whether no line is too wide but those that are kept whole, and those of the long path.
    fn fits(&self, is_kept: impl Fn(&str) -> bool) {
        assert!((0..=2).contains(&self.status), "{:?}: {}", self.args, self.err);
        for line in self.out.lines().chain(self.err.lines()) {
            let columns = display_width(line.trim_end());
            let is_path = line.contains(LONG) && columns < display_width(LONG) + 30;
            let fits = columns <= self.width || is_path || is_kept(line);
            assert!(fits, "{:?} at {} columns has a line of {columns}:\n{line}\n", self.args, self.width);
        }
    }
}

/// CronJobs with names of all kinds, each twice.
fn names() -> String {
    let long = "x".repeat(10_000);
    let names = [
        "short",
        &long,
        "日本語の名前の非常に長いものであるから切られるはずの名前",
        "👩‍👩‍👧‍👦👩‍👩‍👧‍👦 family",
        "with blanks in a long name that goes on",
    ];
    let schedules = ["*/20 * * * *", "30 2 * * *", "@every 100m", "0 0 1 1 *", "0 0 31 2 *"];
    let cron_jobs = names.iter().zip(schedules).map(|(name, schedule)| {
        format!(
            "---\napiVersion: batch/v1\nkind: CronJob\nmetadata: {{name: \"{name}\", namespace: ns}}\nspec:\n  schedule: \
             \"{schedule}\"\n  jobTemplate: {{spec: {{template: {{spec: {{restartPolicy: Never, containers: [{{name: a, image: \
             a:1}}]}}}}}}}}\n"
        )
    });
    cron_jobs.collect::<String>().repeat(2)
}

/// Schedules that Kubernetes refuses, and documents that are no Jobs.
fn schedules() -> String {
    let long = format!("{} 25 * * *", "1,".repeat(5_000));
    let schedules =
        ["0 24 * * *", &long, "日本語 の 予定 表 で", "a b c d e f g h i j k l m n o p q r s t u v w x y z", "@daily "];
    let refused = schedules.iter().enumerate().map(|(number, schedule)| {
        format!("---\napiVersion: batch/v1\nkind: CronJob\nmetadata: {{name: s{number}}}\nspec: {{schedule: \"{schedule}\", timeZone: \"{}\"}}\n", "Zone".repeat(number * 20))
    });
    let long = "K".repeat(300);
    let others = format!(
        "---\nkind: {long}\napiVersion: v1\nmetadata: {{name: {long}}}\n---\nkind: 語語語語語語語語語語語語語語語語語語語語語語語語語\n---\n- 1\n---\nname: x\n"
    );
    refused.collect::<String>() + &others
}

/// Fields that are out of place, far to the right, or long.
fn fields() -> String {
    let blanks = " ".repeat(70);
    let words = "many words ".repeat(60);
    // The longest key that YAML reads before a colon.
    let long = "y".repeat(900);
    format!(
        "apiVersion: batch/v1\nkind: Job\nmetadata: {{name: {long}, labels: {{{long}: {long}}}}}\nspec:\n  backofLimit: 3\n  \
         {long}: 1\n  語語語語語語: 1\n  template:\n    spec:\n      restartPolicy: Always\n      backoffLimit: 4\n      containers:\n        \
         - {{name: a, image: a, {blanks} restartPolicy: Sometimes, {blanks} backoffLimit: 5, env: [{{name: \"\", value: \"{words}\"}}]}}\n        \
         - name: a\n          image: \"{long}:latest\"\n          args: [\"{{{{ .ScheduledTime }}}}\", \"${{VARIABLE_OF_NO_SHELL}}\", \"{words}\"]\n"
    )
}
