//! Charts as people check parts of them: what their templates print is told of, wherever it is written.

#![expect(clippy::disallowed_methods, reason = "tests look at the files that were not to change")]

#[path = "charts/alone.rs"]
mod alone;
#[path = "charts/fixing.rs"]
mod fixing;
#[path = "charts/given.rs"]
mod given;
mod program;
#[path = "charts/stream.rs"]
mod stream;
#[path = "charts/tried.rs"]
mod tried;

use std::fs;

use program::{FOUND, Folder, Run};
use serde_json::Value;

const TEMPLATE: &str = "\
apiVersion: batch/v1
kind: CronJob
metadata:
  name: {{ .Release.Name }}
spec:
  schedule: {{ .Values.schedule | quote }}
  startingDeadlineSeconds: 0
  {{- include \"chart.policy\" . | nindent 2 }}
  jobTemplate:
    spec:
      template:
        spec:
          restartPolicy: Never
          containers:
            - name: report
              image: registry.example.com/report:1.4.2
";
const HELPERS: &str = "{{- define \"chart.policy\" -}}\nconcurrencyPolicy: never\n{{- end -}}\n";
const SCHEDULE: &str = "values.yaml:1:14: error[schedule-syntax]";
const DEADLINE: &str = "templates/job.yaml:7:28: error[starting-deadline-never-met]";
const POLICY: &str = "templates/_helpers.tpl:2:20: error[value-not-supported]";

fn chart() -> Folder {
    Folder::new("charts")
        .file("chart/Chart.yaml", "apiVersion: v2\nname: chart\nversion: 1.0.0\n")
        .file("chart/values.yaml", "schedule: \"0 24 * * *\"\n")
        .file("chart/templates/job.yaml", TEMPLATE)
        .file("chart/templates/_helpers.tpl", HELPERS)
        .file("chart/templates/other.yaml", &TEMPLATE.replace("Deadline", "Dead"))
}

const CONCISE: [&str; 5] = ["check", "--format=concise", "--isolated", "-q", "--min-severity=error"];

fn check(folder: &Folder, arguments: &[&str]) -> Run {
    folder.run([&CONCISE[..], arguments].concat())
}

/// What is found, up to the rule, in order of the names.
fn places(run: &Run) -> Vec<String> {
    let place = |line: &str| line.split_inclusive(']').next().unwrap_or_default().to_owned();
    let mut places: Vec<String> = run.out.lines().map(place).collect();
    places.sort();
    places
}

fn below(folder: &str, all: &[&str]) -> Vec<String> {
    all.iter().map(|one| format!("{folder}{one}")).collect()
}

#[test]
fn what_a_template_prints_is_told_of_wherever_it_is_written() {
    let folder = chart();
    let expected = below("chart/", &[POLICY, DEADLINE, SCHEDULE]);
    let run = check(&folder, &["chart/templates/job.yaml"]);
    assert_eq!((places(&run), run.status, &*run.err), (expected.clone(), 1, ""));
    let whole = folder.path.join("chart/templates/job.yaml");
    assert_eq!(places(&check(&folder, &[whole.to_str().expect("a name")])).len(), 3);
    // The mistake of the other template is its own.
    let all = places(&check(&folder, &["chart"]));
    assert_eq!((all.len(), expected.iter().all(|one| all.contains(one))), (4, true), "{all:?}");
    let values = places(&check(&folder, &["chart/values.yaml"]));
    assert_eq!(values, below("chart/", &[SCHEDULE]));
    let excluded = places(&check(&folder, &["chart/templates/job.yaml", "--exclude=values.yaml"]));
    assert_eq!(excluded, below("chart/", &[POLICY, DEADLINE]));
}

#[test]
fn what_explains_a_finding_is_told_where_it_is_written_too() {
    let twice = TEMPLATE.replace("  startingDeadlineSeconds: 0\n", "  suspend: true\n  suspend: false\n");
    let literal = TEMPLATE.replace(".Values.schedule", "\"0 2 24 13 *\"").replace("Seconds: 0", "Seconds: 500");
    let folder = chart().file("chart/templates/job.yaml", &twice).file("chart/templates/other.yaml", &literal);
    let run =
        folder.run(["check", "--format=json", "--isolated", "-q", "--select=repeated-key,schedule-syntax", "chart"]);
    let found: Value = serde_json::from_str(&run.out).expect("JSON");
    let place = |of: &Value| {
        let bytes = ["start", "end"].map(|end| of["range"][end]["byte"].as_u64().expect("a place"));
        let file = of["file"].as_str().expect("a file").trim_start_matches("chart/templates/").to_owned();
        let text = if file == "job.yaml" { &twice } else { &literal };
        (file.clone(), text.get(bytes[0] as usize..bytes[1] as usize).unwrap_or_default().to_owned(), bytes[0])
    };
    let of = |rule: &str, file: &str| {
        let is_it = |one: &&Value| one["rule"] == rule && one["file"].as_str().is_some_and(|name| name.ends_with(file));
        found["findings"].as_array().expect("a list").iter().find(is_it).expect("it is found")
    };
    let repeated = of("repeated-key", "job.yaml");
    let (at, first) = (place(repeated), place(&repeated["related"][0]));
    let key = |nth: usize| twice.match_indices("suspend").nth(nth).map(|(at, _)| at as u64).expect("it is there");
    assert_eq!(at, ("job.yaml".to_owned(), "suspend".to_owned(), key(1)), "{repeated}");
    assert_eq!(first, ("job.yaml".to_owned(), "suspend".to_owned(), key(0)), "{repeated}");
    // Within what an action spells, to the byte.
    assert_eq!(place(of("schedule-syntax", "other.yaml")).1, "13");
}

#[test]
fn a_chart_is_looked_for_above() {
    let folder = chart();
    let within = |name: &str, arguments: &[&str]| {
        let mut command = folder.command(&[&CONCISE[..], arguments].concat());
        places(&Run::of(command.current_dir(folder.path.join(name)).output()))
    };
    let mut expected = vec![format!("../{SCHEDULE}"), POLICY[10..].to_owned(), DEADLINE[10..].to_owned()];
    expected.sort();
    assert_eq!(within("chart/templates", &["job.yaml"]), expected);
    let all = within("chart/templates", &["."]);
    assert!(expected.iter().all(|one| all.contains(one)), "{all:?}");
    assert_eq!(within("chart", &["templates/job.yaml"]), below("", &[POLICY, DEADLINE, SCHEDULE]));
}

#[test]
fn standard_input_stands_in_for_a_template() {
    let folder = chart();
    let typed = TEMPLATE.replace("Seconds: 0", "Seconds: 500");
    let arguments = ["-", "--stdin-filename=chart/templates/job.yaml"];
    let run = folder.run_with([&CONCISE[..], &arguments].concat(), typed.as_bytes());
    assert_eq!(places(&run), below("chart/", &[POLICY, SCHEDULE]));
    let new =
        folder.run_with([&CONCISE[..], &["-", "--stdin-filename=chart/templates/new.yaml"]].concat(), typed.as_bytes());
    assert_eq!(places(&new), below("chart/", &[POLICY, SCHEDULE]));
    let mended = folder.run_with([&CONCISE[..], &arguments, &["--fix"]].concat(), TEMPLATE.as_bytes());
    assert_eq!(mended.out, TEMPLATE);
}

#[test]
fn templates_and_values_are_left_alone_and_that_is_said() {
    let folder = chart();
    let before = TEMPLATE;
    for how in ["--fix", "--diff", "--add-ignores"] {
        let run = check(&folder, &["chart", how]);
        for name in ["templates/job.yaml", "templates/_helpers.tpl", "values.yaml"] {
            let said = run.err.lines().any(|line| line.contains(&format!("chart/{name}: 1 finding not ")));
            assert!(said, "{how} {name}: {}", run.err);
        }
        let text = |name: &str| fs::read_to_string(folder.path.join(name)).expect("a file");
        assert_eq!(text("chart/templates/job.yaml"), before, "{how}");
        assert_eq!(text("chart/templates/_helpers.tpl"), HELPERS, "{how}");
        assert_eq!(text("chart/values.yaml"), "schedule: \"0 24 * * *\"\n", "{how}");
    }
}

#[test]
fn no_comment_is_written_where_a_template_may_join_it_to_another_line() {
    let text = FOUND.replace("spec:\n  schedule", "spec:\n  # {{- if .Values.daily -}}\n  schedule");
    for (name, text, said) in [
        ("job.yaml", &*text, "job.yaml: nothing suppressed: a template, as line 6 shows"),
        ("job.json", FOUND, "job.json: 1 finding not suppressed: JSON holds no comments"),
    ] {
        let folder = Folder::new("charts").file(name, text);
        let run = check(&folder, &["--add-ignores", "."]);
        assert!(run.err.contains(said), "{}", run.err);
        assert_eq!(fs::read_to_string(folder.path.join(name)).expect("a file"), text);
    }
}

#[test]
fn values_are_no_manifest_whatever_keys_they_have() {
    let values = "kind: CronJob\nschedule: \"* * * *\"\ncronJobApiVersion: batch/v1\n";
    let chart = "apiVersion: v2\nname: chart\nversion: 1.0.0\nkind: Job\n";
    let folder = Folder::new("charts")
        .file("chart/Chart.yaml", chart)
        .file("chart/values.yaml", values)
        .file("chart/values-production.yaml", values)
        .file("chart/ci/test-values.yaml", values)
        .file("chart/values.schema.json", "{\"kind\": \"Job\"}\n");
    let run = check(&folder, &["."]);
    assert_eq!((run.out.as_str(), run.status), ("", 0));
    assert!(check(&Folder::new("charts").file("values.yaml", values), &["."]).status == 1);
}

#[test]
fn an_object_counts_once_however_many_values_it_is_tried_with() {
    let folder = Folder::new("charts")
        .file("chart/Chart.yaml", "apiVersion: v2\nname: chart\nversion: 1.0.0\n")
        .file("chart/values.yaml", "schedule: \"0 2 * * *\"\n")
        .file("chart/ci/early-values.yaml", "schedule: \"0 24 * * *\"\n")
        .file("chart/ci/late-values.yaml", "schedule: \"0 25 * * *\"\n")
        .file("chart/templates/_helpers.tpl", HELPERS)
        .file("chart/templates/job.yaml", TEMPLATE);
    let run = folder.run(["check", "--format=json", "--isolated", "chart"]);
    let said: Value = serde_json::from_str(&run.out).expect("JSON");
    assert_eq!(said["summary"]["checked"], 1, "{}", run.out);
    let files = said["findings"].as_array().into_iter().flatten();
    let wrong: Vec<&Value> =
        files.filter(|finding| finding["rule"] == "schedule-syntax").map(|one| &one["file"]).collect();
    assert_eq!(wrong, ["chart/ci/early-values.yaml", "chart/ci/late-values.yaml"]);
}

#[test]
fn what_nobody_knows_stands_for_nothing_in_lists_of_runs() {
    let template = TEMPLATE.replace("  startingDeadlineSeconds: 0", "  timeZone: {{ include \"library.zone\" . }}");
    let depends = "dependencies:\n  - {name: library, version: 1.0.0, repository: https://charts.example.com}\n";
    let folder = Folder::new("charts")
        .file("chart/Chart.yaml", &format!("apiVersion: v2\nname: chart\nversion: 1.0.0\n{depends}"))
        .file("chart/values.yaml", "schedule: \"0 2 * * *\"\n")
        .file("chart/templates/_helpers.tpl", HELPERS)
        .file("chart/templates/job.yaml", &template);
    let run = folder.run(["runs", "--isolated", "chart"]);
    assert!(!format!("{}{}", run.out, run.err).contains("no time zone"), "{}{}", run.out, run.err);
}

#[test]
fn what_decides_when_a_cron_job_runs_is_named() {
    let depends = "dependencies:\n  - {name: library, version: 1.0.0, repository: https://charts.example.com}\n";
    let template = |spec: &str| TEMPLATE.replace("  schedule: {{ .Values.schedule | quote }}\n", spec);
    for (spec, words) in [
        (
            "  schedule: \"{{ .Values.minute }} {{ randInt 0 23 }} * * *\"\n",
            "schedule that is not known: `{{ randInt 0 23 }}` decides it",
        ),
        ("  schedule: {{ .Values.nightly }}\n", "schedule that is not known: `{{ .Values.nightly }}` decides it"),
        (
            "  schedule: {{ .Values.nightly | quote }}\n",
            "schedule that is not known: `{{ .Values.nightly | quote }}` decides it",
        ),
        (
            "  {{- include \"library.times\"\n     . | nindent 2 }}\n",
            "schedule that is not known: `{{- include \"library.times\" . | nindent 2 }}` decides it",
        ),
        (
            "  schedule: \"0 2 * * *\"\n  timeZone: {{ include \"library.zone\" . }}\n",
            "time zone that is not known: `{{ include \"library.zone\" . }}` decides it",
        ),
    ] {
        let folder = Folder::new("charts")
            .file("chart/Chart.yaml", &format!("apiVersion: v2\nname: chart\nversion: 1.0.0\n{depends}"))
            .file("chart/values.yaml", "minute: 5\n")
            .file(
                "chart/templates/job.yaml",
                &template(spec)
                    .replace("  startingDeadlineSeconds: 0\n", "")
                    .replace("  {{- include \"chart.policy\" . | nindent 2 }}\n", ""),
            );
        let words_of = |run: Run| format!("{}{}", run.out, run.err).split_whitespace().collect::<Vec<_>>().join(" ");
        let runs = words_of(folder.run(["runs", "--isolated", "chart"]));
        assert!(runs.contains(&format!("chart has a {words}")), "{runs}");
        let simulated = words_of(folder.run(["simulate", "--isolated", "chart"]));
        assert!(simulated.contains(&format!("is not simulated: it has a {words}")), "{simulated}");
    }
}

#[test]
fn comments_suppress_in_values_and_in_templates() {
    let template = TEMPLATE.replace(
        "  startingDeadlineSeconds",
        "  {{- /* batchlint: ignore[starting-deadline-never-met] never at night */}}\n  startingDeadlineSeconds",
    );
    let helpers = HELPERS.replace("never\n", "never {{/* batchlint: ignore[api] as it is */}}\n");
    let values = "schedule: \"0 24 * * *\" # batchlint: ignore[schedule-syntax] why not\n";
    let folder = Folder::new("charts")
        .file("chart/Chart.yaml", "apiVersion: v2\nname: chart\nversion: 1.0.0\n")
        .file("chart/values.yaml", values)
        .file("chart/templates/job.yaml", &template)
        .file("chart/templates/_helpers.tpl", &helpers);
    for path in ["chart", "chart/templates/job.yaml", "chart/values.yaml"] {
        let run = folder.run(["check", "--format=concise", "--isolated", "-q", "--min-severity=warning", path]);
        assert_eq!((run.out.as_str(), run.status), ("", 0), "{path}");
    }
    let shown = check(&folder, &["chart", "--show-suppressed"]);
    assert_eq!(shown.out.lines().count(), 3, "{}", shown.out);
    let fixed = check(&folder, &["chart", "--fix"]);
    assert_eq!(
        (fixed.status, fs::read_to_string(folder.path.join("chart/values.yaml")).expect("a file").as_str()),
        (0, values)
    );
}

const SWITCHED: &str = "\
{{- if .Values.report.enabled }}
apiVersion: batch/v1
kind: CronJob
metadata:
  name: report
spec:
  schedule: {{ .Values.report.schedule | quote }}
  startingDeadlineSeconds: 0
  {{- if .Values.report.keep }}
  historyLimit: {{ .Values.report.keep }}
  {{- else }}
  failedHistoryLimit: 1
  {{- end }}
  jobTemplate:
    spec:
      {{- with .Values.report.job }}
      {{- toYaml . | nindent 6 }}
      {{- end }}
      template:
        spec:
          restartPolicy: Never
          containers:
            - name: report
              image: {{ required \"an image\" .Values.report.image }}
{{- end }}
";

fn switched() -> Folder {
    Folder::new("charts")
        .file("chart/Chart.yaml", "apiVersion: v2\nname: chart\nversion: 1.0.0\n")
        .file("chart/values.yaml", "report:\n  enabled: false\n  schedule: \"0 24 * * *\"\n")
        .file("chart/templates/job.yaml", SWITCHED)
}

#[test]
fn what_the_default_values_leave_out_is_checked_as_if_they_were_others() {
    let folder = switched();
    let expected = below(
        "chart/",
        &[
            "templates/job.yaml:10:3: error[unknown-field]",
            "templates/job.yaml:12:3: error[unknown-field]",
            "templates/job.yaml:8:28: error[starting-deadline-never-met]",
            "values.yaml:3:16: error[schedule-syntax]",
        ],
    );
    assert_eq!(places(&check(&folder, &["chart"])), expected);
    assert_eq!(places(&check(&folder, &["chart", "--no-assumptions"])), Vec::<String>::new());
}

#[test]
fn programs_learn_what_was_assumed() {
    let folder = switched();
    let run = folder.run(["check", "--format=json", "--isolated", "-q", "--min-severity=error", "chart"]);
    let found: serde_json::Value = serde_json::from_str(&run.out).expect("JSON");
    let told = |rule: &str| {
        let all = found["findings"].as_array().expect("a list").iter();
        let of_rule = all.filter(|finding| finding["rule"] == rule).map(|finding| {
            let paths = finding["template"]["assuming"].as_array().expect("a list").iter();
            let paths: Vec<&str> = paths.filter_map(|one| one["path"].as_str()).collect();
            (finding["template"]["rendering"].as_str().unwrap_or_default().to_owned(), paths.join(" "))
        });
        of_rule.collect::<Vec<_>>()
    };
    let (on, kept) = (".Values.report.enabled", ".Values.report.enabled .Values.report.keep");
    let pair = |rendering: &str, paths: &str| (rendering.to_owned(), paths.to_owned());
    assert_eq!(told("schedule-syntax"), [pair("on", on)]);
    assert_eq!(told("unknown-field"), [pair("assumed", kept), pair("on", on)]);
    let enabled = &found["findings"][0]["template"]["assuming"][0];
    let line = &enabled["range"]["start"]["line"];
    assert_eq!(enabled["file"].as_str().map(|file| file.ends_with("chart/values.yaml")), Some(true));
    assert_eq!(line, &serde_json::json!(2));
}

#[test]
fn what_nobody_knows_is_not_spoken_of() {
    let template = TEMPLATE.replace("startingDeadlineSeconds: 0", "startingDeadlineSeconds: {{ randInt 0 9 }}");
    let template =
        template.replace("restartPolicy: Never", "{{- lookup \"v1\" \"Pod\" \"a\" \"b\" | toYaml | nindent 10 }}");
    let template =
        template.replace("  {{- include \"chart.policy\" . | nindent 2 }}\n", "  timeZone: {{ .Values.zone }}\n");
    let folder = chart().file("chart/templates/job.yaml", &template).file("chart/templates/other.yaml", "");
    let run = check(&folder, &["chart"]);
    assert_eq!((places(&run), &*run.err), (below("chart/", &[SCHEDULE]), ""));
}
