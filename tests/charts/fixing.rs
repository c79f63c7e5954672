//! Fixes of what charts print, where it is written.

use std::fs;

use crate::program::Folder;
use crate::{TEMPLATE, check};

const VALUES: &str = "# when\nschedule: \"0 4 * * *\"\n# and how\nrestart: never\n";

fn template() -> String {
    let old = TEMPLATE
        .replace("batch/v1", "batch/v1beta1")
        .replace("restartPolicy: Never", "restartPolicy: {{ .Values.restart }}");
    old.replace("  {{- include \"chart.policy\" . | nindent 2 }}\n", "  concurencyPolicy: Forbid\n")
        .replace("Seconds: 0", "Seconds: 500")
}

fn chart(template: &str) -> Folder {
    Folder::new("fixing")
        .file("chart/Chart.yaml", "apiVersion: v2\nname: chart\nversion: 1.0.0\n")
        .file("chart/values.yaml", VALUES)
        .file("chart/templates/job.yaml", template)
}

fn text(folder: &Folder, name: &str) -> String {
    fs::read_to_string(folder.path.join(name)).expect("a file")
}

#[test]
fn what_a_template_and_its_values_say_is_mended_there() {
    let folder = chart(&template());
    let shown = check(&folder, &["chart", "--diff"]);
    assert_eq!(shown.status, 1);
    for line in [
        "-apiVersion: batch/v1beta1",
        "+apiVersion: batch/v1",
        "+  concurrencyPolicy: Forbid",
        "-restart: never",
        "+restart: Never",
    ] {
        assert!(shown.out.lines().any(|one| one == line), "{line}: {}\n{}", shown.out, shown.err);
    }
    assert_eq!(
        (text(&folder, "chart/values.yaml").as_str(), text(&folder, "chart/templates/job.yaml")),
        (VALUES, template())
    );
    let fixed = check(&folder, &["chart", "--fix"]);
    assert_eq!((fixed.status, fixed.out.as_str()), (0, ""), "{}", fixed.err);
    assert_eq!(text(&folder, "chart/values.yaml"), VALUES.replace("never", "Never"));
    let expected = template().replace("batch/v1beta1", "batch/v1").replace("concurency", "concurrency");
    assert_eq!(text(&folder, "chart/templates/job.yaml"), expected);
}

#[test]
fn what_other_templates_print_is_left_alone() {
    let folder =
        chart(&template()).file("chart/templates/other.yaml", &template().replace("{{ .Values.restart }}", "Never"));
    check(&folder, &["chart/templates/job.yaml", "--fix"]);
    assert!(text(&folder, "chart/templates/job.yaml").starts_with("apiVersion: batch/v1\n"));
    assert!(text(&folder, "chart/templates/other.yaml").starts_with("apiVersion: batch/v1beta1\n"));
    assert_eq!(text(&folder, "chart/values.yaml"), VALUES.replace("never", "Never"));
}

#[test]
fn what_is_printed_elsewhere_too_or_computed_or_suppressed_is_left_alone() {
    let restart = |text: &str| template().replace("{{ .Values.restart }}", text);
    let twice = template().replace("report:1.4.2", "report:1.4.2-{{ .Values.restart }}");
    let commented = VALUES.replace("never", "never # batchlint: ignore[api] so it is");
    for (template, values) in
        [(twice, VALUES), (restart("{{ lower .Values.restart }}"), VALUES), (template(), &*commented)]
    {
        let folder = chart(&template).file("chart/values.yaml", values);
        check(&folder, &["chart", "--fix"]);
        assert_eq!(text(&folder, "chart/values.yaml"), values, "{template}");
        assert!(text(&folder, "chart/templates/job.yaml").starts_with("apiVersion: batch/v1\n"), "{template}");
    }
}
