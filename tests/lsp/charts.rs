//! A chart in the editor: its templates are looked at as they print, with all of its files as they are there.

use serde_json::{Value, json};

use crate::editor::{Editor, at, in_folder, modern};
use crate::program::Folder;

const TEMPLATE: &str = "\
apiVersion: batch/v1
kind: CronJob
metadata:
  name: report
spec:
  schedule: {{ .Values.schedule | quote }}
  startingDeadlineSeconds: {{ .Values.deadline }}
  jobTemplate:
    spec:
      template:
        spec:
          restartPolicy: Never
          containers:
            - name: report
              image: registry.example.com/report:1.4.2
";
const VALUES: &str = "schedule: \"0 24 * * *\"\ndeadline: 500\n";

fn chart() -> Folder {
    Folder::new("charts")
        .file("chart/Chart.yaml", "apiVersion: v2\nname: chart\nversion: 1.0.0\n")
        .file("chart/values.yaml", "schedule: \"0 4 * * *\"\n")
        .file("chart/ci/late-values.yaml", "schedule: \"0 5 * * *\"\n")
        .file("chart/templates/job.yaml", TEMPLATE)
}

fn codes(found: &[Value]) -> Vec<&str> {
    let errors = found.iter().filter(|one| one["severity"] == 1);
    errors.filter_map(|one| one["code"].as_str()).collect()
}

#[test]
fn what_a_chart_prints_is_told_of_where_it_is_written_as_it_is_in_the_editor() {
    let mut editor = in_folder(chart(), &modern());
    let template = editor.open("chart/templates/job.yaml", TEMPLATE);
    let values = editor.open("chart/values.yaml", VALUES);
    let found = editor.diagnostics(&values);
    assert_eq!(codes(&found), ["schedule-syntax"], "{found:?}");
    assert_eq!(found[0]["range"]["start"], json!({"line": 0, "character": 13}));
    assert_eq!(codes(&editor.diagnostics(&template)), Vec::<&str>::new());
    editor.change(&values, 2, json!([{"text": "schedule: \"0 4 * * *\"\ndeadline: soon\n"}]));
    assert_eq!(codes(&editor.diagnostics(&values)), ["wrong-type"]);
    editor.change(&values, 3, json!([{"text": "schedule: \"0 4 * * *\"\ndeadline: 500\n"}]));
    assert_eq!(codes(&editor.diagnostics(&values)), Vec::<&str>::new());
    let lenses = editor.ask("textDocument/codeLens", json!({"textDocument": {"uri": values}}));
    assert!(lenses["result"][0]["command"]["title"].as_str().is_some_and(|title| title.contains("04:00")), "{lenses}");
    let hover =
        editor.ask("textDocument/hover", json!({"textDocument": {"uri": values}, "position": at(0, 14)})).to_string();
    assert!(hover.contains("at 04:00 every day"), "{hover}");
    // What the chart is tested with is known with it.
    let tested = editor.open("chart/ci/late-values.yaml", "schedule: \"0 25 * * *\"\n");
    assert_eq!(codes(&editor.diagnostics(&template)), Vec::<&str>::new());
    assert_eq!(codes(&editor.diagnostics(&tested)), ["schedule-syntax"]);
    assert_eq!(editor.end(), Some(0));
}

#[test]
fn who_is_sent_what_is_found_is_sent_that_of_the_other_files_too() {
    let mut editor = Editor::start(chart(), &json!({}));
    let template = editor.open("chart/templates/job.yaml", &TEMPLATE.replace("report:1.4.2", "{{ .Values.image }}"));
    let first = editor.next("textDocument/publishDiagnostics");
    assert_eq!(first["uri"], template);
    let values = editor.open("chart/values.yaml", &format!("{VALUES}image: a b\n"));
    let mut told: Vec<Value> = Vec::new();
    while !told.iter().any(|one| one["uri"] == *template) {
        told.push(editor.next("textDocument/publishDiagnostics"));
    }
    editor.change(&values, 2, json!([{"text": "schedule: \"0 4 * * *\"\ndeadline: 500\nimage: b:1\n"}]));
    let mut told: Vec<Value> = Vec::new();
    while !told.iter().any(|one| one["uri"] == *template) {
        told.push(editor.next("textDocument/publishDiagnostics"));
    }
    assert!(told.iter().any(|one| one["uri"] == *values && one["diagnostics"] == json!([])), "{told:?}");
    assert_eq!(editor.end(), Some(0));
}
