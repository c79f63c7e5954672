//! Fixes of what is found over all files.

use super::program::{FOUND, Folder, Run};
use super::read;

const SETTINGS: &str = "\
apiVersion: v1
kind: ConfigMap
metadata:
  name: report-settings
data:
  DATABASE_URL: postgres://db
";

/// A Job that refers to a ConfigMap.
fn job(name: &str, config_map: &str) -> String {
    format!(
        "\
apiVersion: batch/v1
kind: Job
metadata:
  name: {name}
spec:
  backoffLimit: 0
  template:
    spec:
      restartPolicy: Never
      containers:
        - name: report
          image: registry.example.com/report:1.4.2
          envFrom:
            - configMapRef: {{name: {config_map}}} # all of it
"
    )
}

fn folder(name: &str) -> Folder {
    let [one, two] = ["one", "two"].map(|name| job(name, "\"report-setings\""));
    Folder::new(name).file("settings.yaml", SETTINGS).file("one.yaml", &one).file("two.yaml", &two)
}

#[test]
fn what_other_files_show_is_fixed_in_each_file() {
    let folder = folder("together");
    let safe = folder.run(["check", "--fix"]);
    assert_eq!((safe.status, read(&folder, "one.yaml")), (1, job("one", "\"report-setings\"")), "{}", safe.err);
    assert!(safe.err.contains("2 findings more can be fixed by changing what runs"), "{}", safe.err);
    let Run { status, out, err } = folder.run(["check", "--fix", "--unsafe-fixes"]);
    assert_eq!((status, err.as_str()), (0, FIXED), "{out}");
    for name in ["one", "two"] {
        assert_eq!(read(&folder, &format!("{name}.yaml")), job(name, "\"report-settings\""));
    }
}

const FIXED: &str = "batchlint: fixed 2 findings in 2 files: 2 reference-misspelled\n";

#[test]
fn a_diff_has_what_other_files_show_together_with_the_file_s_own() {
    let one = job("one", "report-setings").replace("backoffLimit", "BackoffLimit");
    let folder = folder("together-diff").file("one.yaml", &one);
    let run = folder.run(["check", "--diff", "--unsafe-fixes"]);
    let lines: Vec<&str> = run.out.lines().filter(|line| line.starts_with(['+', '-'])).collect();
    let expected = [
        "--- one.yaml",
        "+++ one.yaml",
        "-  BackoffLimit: 0",
        "+  backoffLimit: 0",
        "-            - configMapRef: {name: report-setings} # all of it",
        "+            - configMapRef: {name: report-settings} # all of it",
        "--- two.yaml",
        "+++ two.yaml",
        "-            - configMapRef: {name: \"report-setings\"} # all of it",
        "+            - configMapRef: {name: \"report-settings\"} # all of it",
    ];
    assert_eq!(lines, expected);
    assert!(run.err.contains("--fix would fix 3 findings in 2 files"), "{}", run.err);
}

#[test]
fn where_one_of_several_files_cannot_be_written_none_is() {
    let folder = folder("together-refused");
    let path = folder.path.join("two.yaml");
    let mut permissions = std::fs::metadata(&path).expect("it is there").permissions();
    permissions.set_readonly(true);
    std::fs::set_permissions(&path, permissions).expect("it can be set");
    let run = folder.run(["check", "--fix", "--unsafe-fixes"]);
    assert_eq!((run.status, read(&folder, "one.yaml")), (2, job("one", "\"report-setings\"")), "{}", run.err);
    assert!(run.err.contains("two.yaml: not changed: the file is read-only"), "{}", run.err);
    assert!(!run.err.contains("fixed"), "{}", run.err);
}

#[test]
fn documents_of_one_text_are_several_files_in_one() {
    let folder = Folder::new("together-stream");
    let text = |config_map| format!("{SETTINGS}---\n{}", job("one", config_map));
    let run = folder.run_with(["check", "--fix", "--unsafe-fixes", "-"], text("report-setings").as_bytes());
    assert_eq!((run.status, run.out), (0, text("report-settings")), "{}", run.err);
}

#[test]
fn what_is_a_template_in_one_file_is_left_alone() {
    let template = job("one", "report-setings").replace("registry.example.com/report:1.4.2", "{{ .Values.image }}");
    let folder = Folder::new("together-template").file("settings.yaml", SETTINGS).file("one.yaml", &template);
    let run = folder.run(["check", "--fix", "--unsafe-fixes"]);
    assert_eq!(read(&folder, "one.yaml"), template, "{}", run.err);
}

#[test]
fn one_fix_goes_over_several_files() {
    let files = [("a", "0 * * * *"), ("b", "'0 */2 * * *'"), ("c", "\"0 0 * * *\""), ("d", "'@hourly'")];
    let cron_job = |name: &str, schedule: &str| {
        FOUND.replace("name: report", &format!("name: {name}")).replace("\"30 4 * * *\"", schedule)
    };
    let mut folder = Folder::new("together-spread");
    for (name, schedule) in files {
        let text = cron_job(name, schedule).replace("startingDeadlineSeconds: 0", "startingDeadlineSeconds: 600");
        folder = folder.file(&format!("{name}.yaml"), &text);
    }
    let run = folder.run(["check", "--fix", "--unsafe-fixes", "--select=runs-start-together", "."]);
    assert_eq!((run.status, run.out.contains("no findings")), (0, true), "{}{}", run.out, run.err);
    assert!(run.err.contains("fixed 1 finding in 3 files: 1 runs-start-together"), "{}", run.err);
    let schedules = ["0 * * * *", "'2 */2 * * *'", "\"3 0 * * *\"", "'1 * * * *'"];
    for ((name, _), schedule) in files.iter().zip(schedules) {
        let text = read(&folder, &format!("{name}.yaml"));
        assert!(text.contains(&format!("  schedule: {schedule}\n")), "{text}");
    }
}
