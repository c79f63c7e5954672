//! What helm printed of a chart, beside the chart.

use crate::program::{Folder, Run};
use crate::{HELPERS, TEMPLATE, places};

fn chart() -> Folder {
    Folder::new("charts")
        .file("chart/Chart.yaml", "apiVersion: v2\nname: app\nversion: 1.0.0\n")
        .file("chart/values.yaml", "schedule: \"0 24 * * *\"\n")
        .file("chart/templates/job.yaml", TEMPLATE)
        .file("chart/templates/_helpers.tpl", HELPERS)
}

/// As helm prints it of a release.
fn printed(release: &str) -> String {
    let text = TEMPLATE
        .replace("{{ .Release.Name }}", release)
        .replace("{{ .Values.schedule | quote }}", "\"0 24 * * *\"")
        .replace("\n  {{- include \"chart.policy\" . | nindent 2 }}", "\n  concurrencyPolicy: never");
    format!("---\n# Source: app/templates/job.yaml\n{text}")
}

fn check(folder: &Folder, text: &str, arguments: &[&str]) -> Run {
    let all = [&["check", "--format=concise", "--isolated", "-q", "--min-severity=error", "-"], arguments].concat();
    folder.run_with(all, text.as_bytes())
}

const PLACES: [&str; 3] = [
    "chart/templates/_helpers.tpl:2:20: error[value-not-supported]",
    "chart/templates/job.yaml:7:28: error[starting-deadline-never-met]",
    "chart/values.yaml:1:14: error[schedule-syntax]",
];

#[test]
fn what_helm_printed_is_told_of_where_the_chart_has_it() {
    let folder = chart();
    assert_eq!(places(&check(&folder, &printed("release-name"), &["--chart", "chart"])), PLACES);
    let alone = places(&check(&folder, &printed("release-name"), &[]));
    assert!(alone.iter().all(|one| one.starts_with("<stdin>")) && alone.len() == 3, "{alone:?}");
    // In the chart's own folder nobody has to name it.
    let all = ["check", "--format=concise", "--isolated", "-q", "--min-severity=error", "-"];
    let mut command = folder.command(&all);
    let run = Run::given(command.current_dir(folder.path.join("chart")), printed("release-name").as_bytes());
    assert_eq!(places(&run), PLACES.map(|place| place.replace("chart/", "")));
}

#[test]
fn a_release_is_known_by_its_label() {
    let labelled = TEMPLATE.replace(
        "spec:\n  schedule",
        "  labels:\n    app.kubernetes.io/instance: {{ .Release.Name }}\nspec:\n  schedule",
    );
    let folder = chart().file("chart/templates/job.yaml", &labelled);
    let text = printed("nightly")
        .replace("spec:\n  schedule", "  labels:\n    app.kubernetes.io/instance: nightly\nspec:\n  schedule");
    let found = places(&check(&folder, &text, &["--chart", "chart"]));
    assert!(found.iter().all(|one| one.starts_with("chart/")) && found.len() == 3, "{found:?}");
}

#[test]
fn what_the_chart_does_not_print_stays_in_the_stream_and_that_is_said() {
    let folder = chart();
    let run = check(&folder, &printed("release-name"), &["--chart", "chart", "--set", "schedule=0 25 * * *"]);
    assert!(places(&run).iter().all(|one| one.starts_with("<stdin>")), "{}", run.out);
    assert!(
        run.err.contains("app/templates/job.yaml: the chart prints something else with the values given"),
        "{}",
        run.err
    );
    // Of another chart nothing is said.
    let other = printed("release-name").replace("app/", "other/");
    let run = check(&folder, &other, &["--chart", "chart"]);
    assert_eq!((places(&run).len(), &*run.err), (3, ""));
}
