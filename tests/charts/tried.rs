//! What charts are tried with, and what is told beside a finding.

use serde_json::Value;

use crate::program::{Folder, Run};
use crate::{check, places};

const CHART: &str = "apiVersion: v2\nname: chart\nversion: 1.0.0\n";

/// A chart with one template, in which `#` stands for a CronJob's name, and `?` for more of its spec.
fn chart(values: &str, template: &str) -> Folder {
    Folder::new("charts")
        .file("chart/Chart.yaml", CHART)
        .file("chart/values.yaml", values)
        .file("chart/templates/job.yaml", template)
}

fn cron_job(name: &str, more: &str) -> String {
    let head = format!("apiVersion: batch/v1\nkind: CronJob\nmetadata:\n  name: {name}\nspec:\n{more}");
    let pod = "          restartPolicy: Never\n          containers:\n            - name: report\n              image: registry.example.com/report:1.4.2\n";
    format!("{head}  jobTemplate:\n    spec:\n      template:\n        spec:\n{pod}")
}

fn findings(run: &Run) -> Vec<Value> {
    let said: Value = serde_json::from_str(&run.out).expect("JSON");
    said["findings"].as_array().expect("a list").clone()
}

fn beside(finding: &Value) -> Vec<String> {
    let related = finding["related"].as_array().into_iter().flatten();
    related
        .map(|label| format!("{}: {}", label["range"]["start"]["line"], label["message"].as_str().unwrap_or_default()))
        .collect()
}

#[test]
fn one_place_in_several_documents_is_told_of_once() {
    let one = cron_job("{{ . }}", "  schedule: \"0 24 * * *\"\n");
    let folder = chart("names: [a, b, c]\n", &format!("{{{{- range .Values.names }}}}\n---\n{one}{{{{- end }}}}\n"));
    let found = findings(&folder.run(["check", "--format=json", "--isolated", "--select=schedule-syntax", "chart"]));
    assert_eq!(found.len(), 1);
    assert_eq!(beside(&found[0]), ["8: here, and for 2 more documents"]);
    let folder = chart("names: [a]\n", &format!("{{{{- range .Values.names }}}}\n---\n{one}{{{{- end }}}}\n"));
    let found = findings(&folder.run(["check", "--format=json", "--isolated", "--select=schedule-syntax", "chart"]));
    assert_eq!((found.len(), beside(&found[0]).len()), (1, 0));
}

#[test]
fn what_is_lacking_is_told_with_the_branch_that_writes_it() {
    let when = "  schedule: \"0 2 * * *\"\n";
    let more = format!("{when}  {{{{- if .Values.policy }}}}\n  concurrencyPolicy: Forbid\n  {{{{- end }}}}\n");
    let found = |template: &str| {
        let folder = chart("image: a\n", template);
        let run = folder.run(["check", "--format=json", "--isolated", "--select=concurrency-policy-unset", "chart"]);
        findings(&run).iter().map(beside).collect::<Vec<_>>()
    };
    assert_eq!(found(&cron_job("report", &more)), [["8: written here when `.Values.policy` is given"]]);
    assert_eq!(found(&cron_job("report", when)), [[""; 0]]);
}

#[test]
fn how_often_a_template_is_rendered_is_told_on_demand() {
    let more = "  schedule: \"0 2 * * *\"\n  {{- if .Values.zone }}\n  timeZone: {{ .Values.zone }}\n  {{- end }}\n  {{- if lt 1 0 }}\n  suspend: true\n  {{- end }}\n";
    let folder = chart("{}\n", &cron_job("report", more));
    let run = folder.run(["check", "-v", "--isolated", "chart"]);
    let said =
        "chart/templates/job.yaml: rendered with the values that are given, once for branches; not entered: line 10";
    assert!(run.err.contains(said), "{}", run.err);
    assert!(!folder.run(["check", "--isolated", "chart"]).err.contains("rendered"));
}

#[test]
fn a_template_with_more_branches_than_are_tried_says_so() {
    let branches: String =
        (0..80).map(|at| format!("  {{{{- if .Values.on{at} }}}}\n  x{at}: 1\n  {{{{- end }}}}\n")).collect();
    let folder = chart("{}\n", &cron_job("report", &format!("  schedule: \"0 2 * * *\"\n{branches}")));
    let found = findings(&folder.run(["check", "--format=json", "--isolated", "--select=yaml", "chart"]));
    let words: Vec<&str> = found.iter().filter_map(|one| one["message"].as_str()).collect();
    assert_eq!(words, ["it has more branches than are tried: what it makes was checked with 63 other values"]);
}

#[test]
fn a_chart_that_is_switched_off_is_checked_as_if_it_were_not() {
    let folder = Folder::new("charts")
        .file(
            "chart/Chart.yaml",
            &format!("{CHART}dependencies:\n  - name: worker\n    version: 1.0.0\n    condition: worker.enabled\n"),
        )
        .file("chart/values.yaml", "worker:\n  enabled: false\n")
        .file("chart/charts/worker/Chart.yaml", &CHART.replace("name: chart", "name: worker"))
        .file("chart/charts/worker/values.yaml", "hour: 24\n")
        .file(
            "chart/charts/worker/templates/job.yaml",
            &cron_job("worker", "  schedule: \"0 {{ .Values.hour }} * * *\"\n"),
        );
    assert_eq!(places(&check(&folder, &["chart"])), ["chart/charts/worker/values.yaml:1:7: error[schedule-syntax]"]);
    let found = findings(&folder.run(["check", "--format=json", "--isolated", "--min-severity=error", "chart"]));
    let template = &found[0]["template"];
    assert_eq!(
        (&template["rendering"], &template["assuming"][0]["path"]),
        (&"on".into(), &".Values.worker.enabled".into())
    );
    assert_eq!(template["assuming"][0]["range"]["start"]["line"], 2);
    assert!(places(&check(&folder, &["chart", "--no-assumptions"])).is_empty());
}
