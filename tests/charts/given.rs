//! What charts are given, and the charts that they depend on.

use crate::program::Folder;
use crate::{HELPERS, POLICY, TEMPLATE, below, check, places};

/// A chart that runs by what it is given.
fn given() -> Folder {
    Folder::new("charts")
        .file("chart/Chart.yaml", "apiVersion: v2\nname: chart\nversion: 1.0.0\n")
        .file("chart/values.yaml", "schedule: \"0 4 * * *\"\n")
        .file("chart/templates/job.yaml", &TEMPLATE.replace("Seconds: 0", "Seconds: 500"))
        .file("chart/templates/_helpers.tpl", &HELPERS.replace("never", "Forbid"))
        .file("prod.yaml", "# of production\nschedule: \"0 25 * * *\"\n")
}

#[test]
fn what_a_chart_is_given_is_checked_where_it_is_written() {
    let folder = given();
    let found = |arguments: &[&str]| places(&check(&folder, arguments));
    assert!(found(&["chart"]).is_empty());
    let in_file = ["prod.yaml:2:14: error[schedule-syntax]"];
    assert_eq!(found(&["chart", "--values", "prod.yaml"]), in_file);
    assert_eq!(found(&["chart/templates/job.yaml", "--values", "prod.yaml"]), in_file);
    let action = ["chart/templates/job.yaml:6:13: error[schedule-syntax]"];
    assert_eq!(found(&["chart", "--values", "prod.yaml", "--set", "schedule=0 26 * * *"]), action);
    assert!(found(&["chart", "--values", "prod.yaml", "--set", "schedule=0 4 * * *"]).is_empty());
    let folder = given().file("batchlint.toml", "values = [\"prod.yaml\"]\n");
    let run = folder.run(["check", "--format=concise", "-q", "--min-severity=error", "chart"]);
    assert_eq!(places(&run), in_file);
    let folder = folder.file("batchlint.toml", "values = [\"prod.yaml\"]\nset = [\"schedule=@daily\"]\n");
    let run = folder.run(["check", "--format=concise", "-q", "--min-severity=error", "chart"]);
    assert_eq!((places(&run).len(), run.status), (0, 0), "{}", run.err);
}

#[test]
fn the_values_that_a_chart_is_tested_with_are_tried() {
    let folder = given().file("chart/ci/late-values.yaml", "schedule: \"0 27 * * *\"\n");
    assert_eq!(places(&check(&folder, &["chart"])), ["chart/ci/late-values.yaml:1:14: error[schedule-syntax]"]);
    // What prints the same is looked at again where it is written elsewhere.
    let other = "# again\nschedule: \"0 27 * * *\"\n";
    let folder = folder.file("chart/ci/later-values.yaml", other).file("chart/ci/plain-values.yaml", "unread: 1\n");
    let both = ["late-values.yaml:1:14", "later-values.yaml:2:14"];
    let both = both.map(|at| format!("chart/ci/{at}: error[schedule-syntax]"));
    assert_eq!(places(&check(&folder, &["chart"])), both);
}

#[test]
fn what_cannot_be_given_is_refused() {
    let folder = given().file("list.yaml", "- a\n");
    for (arguments, said) in [
        (["--set", "schedule[x]=1"], "at column 10: an index is a whole number, counted from 0"),
        (["--set-json", "schedule=x"], "at column 10: this is not JSON"),
        (["--values", "none.yaml"], "none.yaml"),
        (["--values", "list.yaml"], "list.yaml: helm takes a YAML mapping for values, and this is none"),
    ] {
        let run = check(&folder, &["chart", arguments[0], arguments[1]]);
        assert!(run.status == 2 && run.err.contains(said), "{arguments:?}: {}", run.err);
    }
    let folder = given().file("batchlint.toml", "set = [\"a\", \"b=1\"]\n");
    let run = folder.run(["check", "chart"]);
    assert!(run.err.contains("batchlint.toml:1:10: `a` has no value"), "{}", run.err);
}

#[test]
fn charts_in_folders_of_their_own_are_read_with_those_that_depend_on_them() {
    let chart = "apiVersion: v2\nname: app\nversion: 1.0.0\ndependencies:\n- name: chart\n  repository: file://../chart\n  version: \">= 0\"\n";
    let library = "apiVersion: v2\nname: chart\nversion: 1.0.0\ntype: library\n";
    let folder = chart_of_helpers(library)
        .file("app/Chart.yaml", chart)
        .file("app/values.yaml", "schedule: \"0 4 * * *\"\n")
        .file("app/templates/job.yaml", &TEMPLATE.replace("Seconds: 0", "Seconds: 500"));
    let expected = below("chart/", &[POLICY]);
    assert_eq!(places(&check(&folder, &["app"])), expected);
    assert_eq!(places(&check(&folder, &["."])), expected);
}

fn chart_of_helpers(description: &str) -> Folder {
    Folder::new("charts").file("chart/Chart.yaml", description).file("chart/templates/_helpers.tpl", HELPERS)
}

#[test]
fn runs_and_simulate_read_charts() {
    let folder = given();
    let arguments = ["--from=2026-11-01T00:00Z", "--for=2d", "--zone=UTC", "--isolated"];
    let run = folder.run([&["runs", "chart"], &arguments[..]].concat());
    assert!(run.out.contains("chart/values.yaml:1") && run.out.contains("04:00"), "{}", run.out);
    let run = folder.run([&["runs", "chart", "--set=schedule=0 5 * * *"], &arguments[..]].concat());
    assert!(run.out.contains("chart/templates/job.yaml:6") && run.out.contains("05:00"), "{}", run.out);
    let run = folder.run([&["simulate", "chart/templates/job.yaml", "--format=json"], &arguments[..]].concat());
    let json: serde_json::Value = serde_json::from_str(&run.out).expect("JSON");
    assert_eq!(json["simulations"][0]["file"], "chart/templates/job.yaml", "{}", run.out);
}

#[test]
fn schedules_of_a_chart_are_explained_by_name_and_place() {
    let folder = given();
    let run = folder.run(["schedule", "chart", "--from=2026-11-01T00:00Z", "--set", "schedule=0 5 * * 1"]);
    assert!(run.out.starts_with("chart (chart/templates/job.yaml:6)\nat 05:00 on Monday"), "{}{}", run.out, run.err);
    let run = folder.run(["schedule", "chart/Chart.yaml"]);
    assert_eq!((run.out.as_str(), run.err.as_str()), ("", "batchlint: no CronJob was found in chart/Chart.yaml\n"));
}

#[test]
fn templates_of_a_chart_are_looked_over_together() {
    let wants = TEMPLATE.replace(
        "              image:",
        "              envFrom:\n                - configMapRef:\n                    name: {{ .Release.Name }}-setings\n              image:",
    );
    let map = "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: {{ .Release.Name }}-settings\ndata:\n  A: b\n";
    let folder = given()
        .file("chart/templates/map.yaml", map)
        .file("chart/templates/job.yaml", &wants.replace("Seconds: 0", "Seconds: 500"));
    let run = folder.run(["check", "chart", "--isolated", "--format=concise", "--select=reference-misspelled", "-q"]);
    assert!(run.out.starts_with("chart/templates/job.yaml:18:27: warning"), "{}{}", run.out, run.err);
}
