//! Templates that stand without their chart: what is certain whatever is around them is told.

use crate::program::Folder;
use crate::{check, places};

/// A template that runs by values that nobody has here, and by helpers of others; `#` are lines of its spec.
fn template(spec: &str, of_pod: &str) -> Folder {
    let text = format!(
        "\
{{{{- if .Values.report.enabled }}}}
apiVersion: {{{{ include \"common.apiVersion\" . }}}}
kind: CronJob
metadata:
  name: {{{{ include \"common.name\" . }}}}
  labels: {{{{- include \"common.labels\" . | nindent 4 }}}}
spec:
{spec}  jobTemplate:
    spec:
      template:
        spec:
{of_pod}          containers:
            - name: report
              image: \"{{{{ .Values.image.name }}}}:{{{{ .Values.image.tag }}}}\"
              resources: {{{{- toYaml .Values.resources | nindent 16 }}}}
{{{{- end }}}}
"
    );
    Folder::new("charts").file("job.yaml", &text)
}

const SCHEDULE: &str = "  schedule: {{ .Values.schedule | quote }}\n";
const NEVER: &str = "          restartPolicy: Never\n";

fn found(folder: &Folder) -> Vec<String> {
    places(&check(folder, &["job.yaml"]))
}

#[test]
fn what_stands_in_any_branch_is_told() {
    assert!(found(&template(SCHEDULE, NEVER)).is_empty());
    let branches = "  {{- if .Values.suspended }}
  schedule: \"0 24 * * *\"
  {{- else if eq .Values.mode \"nightly\" }}
  schedule: \"0 2 32 * *\"
  {{- else }}
  schedule: {{ .Values.schedule }}
  startDeadline: 5
  {{- end }}
";
    let expected = ["10:16: error[schedule-syntax]", "14:3: error[unknown-field]", "9:14: error[schedule-syntax]"];
    let lines: Vec<String> = found(&template(branches, NEVER)).iter().map(|one| one.replace("job.yaml:", "")).collect();
    assert_eq!(lines.len(), 3, "{lines:?}");
    assert!(lines.iter().any(|one| one.ends_with(expected[1])), "{lines:?}");
}

#[test]
fn what_is_lacking_in_every_branch_is_told_and_what_another_writes_is_not() {
    let lacking = found(&template(SCHEDULE, ""));
    assert_eq!(lacking.len(), 1, "{lacking:?}");
    assert!(lacking[0].ends_with("error[job-restart-policy]"), "{lacking:?}");
    for pod in [
        "          {{- with .Values.policy }}\n          restartPolicy: {{ . }}\n          {{- end }}\n",
        "          {{- include \"common.pod\" . | nindent 10 }}\n",
        "          {{- toYaml .Values.pod | nindent 10 }}\n",
        "          {{- if .Values.once }}\n          restartPolicy: Never\n          {{- end }}\n",
        "          restartPolicy: {{ .Values.policy | default \"Always\" }}\n",
    ] {
        assert!(found(&template(SCHEDULE, pod)).is_empty(), "{pod}");
    }
}

#[test]
fn it_is_said_that_only_a_part_of_it_was_checked() {
    let run = template(SCHEDULE, NEVER).run(["check", "--format=concise", "--isolated", "job.yaml"]);
    assert!(run.out.contains("without its chart: what holds whatever its values are was checked"), "{}", run.out);
    // What helm would not read is another program's.
    let jinja = "kind: Job\napiVersion: batch/v1\nspec:\n  {{ spec | to_nice_yaml }}\n";
    let run =
        Folder::new("charts").file("job.yaml", jinja).run(["check", "--format=concise", "--isolated", "job.yaml"]);
    assert!(run.out.contains("not YAML yet: what it makes was not checked"), "{}", run.out);
}

#[test]
fn comments_in_it_suppress() {
    let spec = "  {{- /* batchlint: ignore[schedule-syntax] on purpose */}}\n  schedule: \"0 24 * * *\"\n";
    assert!(found(&template(spec, NEVER)).is_empty());
}
