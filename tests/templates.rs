//! Charts: what they print is what helm prints, byte for byte; each byte has its place; and what is wrong is found there.

#![expect(clippy::disallowed_methods, reason = "tests read charts from the disk")]

#[path = "templates/again.rs"]
mod again;
mod shared;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Command;

use batchlint::diagnostic::{Finding, Place};
use batchlint::lint::{self, Report};
use batchlint::schedule::Instant;
use batchlint::template::{self, ChartFile, FileId, Release, Rendered, Role};
use batchlint::text::{Source, Span};
use batchlint::{Config, yaml};
use serde_json::Value;
use walkdir::WalkDir;

/// What the charts were rendered for.
const KUBERNETES_MINOR: u32 = 35;

#[test]
fn charts_print_what_helm_prints() {
    let mut wrong = Vec::new();
    for case in cases() {
        let map = case.json("map.json");
        let rendered = template::render(&case.files, &Release::of(KUBERNETES_MINOR));
        let outputs: Vec<_> = rendered.iter().flat_map(Rendered::outputs).collect();
        let stops = rendered.as_ref().map_or_else(|stop| vec![stop.clone()], Rendered::stops);
        for (name, file) in map["files"].as_object().into_iter().flatten() {
            let ours = outputs.iter().find(|output| output.name == name);
            let whole = |text: &str| Span::new(0, u32::try_from(text.len()).expect("small"));
            // What is random differs from run to run of helm, too.
            let is_random =
                |output| rendered.as_ref().is_ok_and(|rendered| rendered.is_unknown(output, whole(output.text)));
            if !ours.is_some_and(|ours| file["text"] == ours.text || is_random(*ours)) {
                wrong.push(format!("{}: {name}: {stops:?}", case.name));
            }
        }
        for (name, error) in map["errors"].as_object().into_iter().flatten() {
            if !stops.iter().any(|stop| error.as_str().is_some_and(|error| error.ends_with(&stop.message))) {
                wrong.push(format!("{}: {name}: {error}, not {stops:?}", case.name));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Of blanks between two lines that a template has, it is as true that its own text prints them as that an action does.
#[test]
fn every_byte_has_its_place() {
    let mut wrong = Vec::new();
    for case in cases() {
        let Ok(rendered) = template::render(&case.files, &Release::of(KUBERNETES_MINOR)) else { continue };
        let map = case.json("map.json");
        let whole = |text: &str| Span::new(0, u32::try_from(text.len()).expect("small"));
        for output in rendered.outputs().filter(|output| !rendered.is_unknown(*output, whole(output.text))) {
            for run in map["files"][output.name]["segs"].as_array().into_iter().flatten() {
                let number = |at: usize| u32::try_from(run[at].as_u64().expect("a number")).expect("small");
                let (from, to, place) = (number(0), number(1), Span::new(number(3), number(4)));
                let file = run[2].as_str().expect("a file");
                let words = &output.text[from as usize..to as usize];
                if file.starts_with("tpl:") || words.trim().is_empty() {
                    continue;
                }
                for (at, char) in words.char_indices() {
                    let at = from + u32::try_from(at).expect("small");
                    let end = at + u32::try_from(char.len_utf8()).expect("small");
                    let placed = rendered.place(output, Span::new(at, end)).expect("a place");
                    let is_file = |file_id: FileId| file.ends_with(&case.files[file_id.index()].path);
                    let is_there = if run[5] == "text" {
                        is_file(placed.at.0)
                            && placed.at.1 == Span::new(place.start + at - from, place.start + end - from)
                    } else {
                        let prints = placed.related.iter().filter(|(_, role)| *role == Role::Prints).map(|(at, _)| *at);
                        prints.chain([placed.at]).any(|at| is_file(at.0) && at.1 == place)
                    };
                    if !is_there && !words[(at - from) as usize..].starts_with([' ', '\n']) {
                        wrong.push(format!("{}: {words:?} at {at}: {placed:?}, not {run}", case.name));
                        break;
                    }
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{} are wrong\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn what_is_wrong_is_found_where_it_is_written() {
    let config =
        Config::at(Instant::from_unix(1_795_219_200)).with_rules(&["all"], &["lifecycle"]).expect("these exist");
    let (mut all, mut missing) = (0, Vec::new());
    for case in cases() {
        let (found, printed) = (case.findings(&config), case.printed(&config));
        let expected = case.json("expected.json");
        for wanted in expected["findings"].as_array().into_iter().flatten().filter(|wanted| wanted["when"] == "given") {
            if !printed.iter().any(|finding| is_said(wanted, finding)) {
                continue;
            }
            all += 1;
            if !found.iter().any(|(file, finding)| is_wanted(wanted, file, finding)) {
                let here = found.iter().filter(|(_, finding)| names(finding).any(|name| wanted["rule"] == name));
                let here: Vec<String> = here.map(|(file, finding)| format!("{file} {:?}", finding.span)).collect();
                missing.push(format!("{}: {} at {}: {here:?}", case.name, wanted["rule"], wanted["place"]));
            }
        }
    }
    // One in a hundred at the most.
    assert!(missing.len() * 100 <= all, "{} of {all} are missing\n{}", missing.len(), missing.join("\n"));
}

#[test]
fn what_is_left_out_is_found_and_what_nobody_knows_is_not_spoken_of() {
    let config =
        Config::at(Instant::from_unix(1_795_219_200)).with_rules(&["all"], &["lifecycle"]).expect("these exist");
    let (mut all, mut missing, mut broken) = (0, Vec::new(), Vec::new());
    for case in cases() {
        let expected = case.json("expected.json");
        let list = |name: &str| expected[name].as_array().cloned().unwrap_or_default();
        let left_out: Vec<Value> = list("findings").into_iter().filter(|wanted| wanted["when"] == "assumed").collect();
        if left_out.is_empty() && list("silent").is_empty() {
            continue;
        }
        let (found, printed) = (case.findings(&config), case.printed(&config));
        for wanted in &left_out {
            if !printed.iter().any(|finding| is_said(wanted, finding)) {
                let rule = wanted["rule"].as_str().expect("a rule");
                assert!(SILENT_SINCE.contains(&rule), "{}: {wanted}", case.name);
                continue;
            }
            all += 1;
            if !found.iter().any(|(file, finding)| is_wanted(wanted, file, finding)) {
                let here = found.iter().filter(|(_, finding)| names(finding).any(|name| wanted["rule"] == name));
                let here: Vec<String> = here.map(|(file, finding)| format!("{file} {:?}", finding.span)).collect();
                missing.push(format!("{}: {} at {}: {here:?}", case.name, wanted["rule"], wanted["place"]));
            }
        }
        for rule in list("silent") {
            let spoken = found.iter().filter(|(_, finding)| names(finding).any(|name| rule == name));
            broken.extend(spoken.map(|(file, finding)| format!("{}: {rule}: {file}: {}", case.name, finding.message)));
        }
    }
    assert!(broken.is_empty(), "{}", broken.join("\n"));
    assert!(missing.len() * 20 <= all, "{} of {all} are missing\n{}", missing.len(), missing.join("\n"));
}

/// The rules that were expected where they have learned since when to be silent, whatever prints the text: a field that is
/// misspelt is not lacking, what only prints has nothing to retry, what never runs needs no zone and no policy, `*/24` is once
/// a day as it says.
const SILENT_SINCE: [&str; 6] = [
    "backoff-limit-unset",
    "concurrency-policy-unset",
    "image-not-pinned",
    "step-above-range",
    "time-zone-unset",
    "ttl-unset",
];

#[test]
fn whatever_becomes_of_a_template_is_survived() {
    let mut number: u64 = 7;
    let mut random = |below: usize| {
        number = number.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(number >> 33).expect("small") % below.max(1)
    };
    for case in cases().into_iter().filter(|case| case.path.parent().is_some_and(|folder| folder.ends_with("hand"))) {
        for _ in 0..20 {
            let mut files = case.files.clone();
            let at = random(files.len());
            let text = files[at].source.text().to_owned();
            let chars: Vec<char> = text.chars().collect();
            let (from, length) = (random(chars.len()), random(12));
            let to = (from + length).min(chars.len());
            let mut changed: String = chars[..from].iter().collect();
            changed.push_str(["", "{{", "}}", "{{- end }}", "\"", "(", "| include", ": {a", "\t", "$"][random(10)]);
            changed.extend(&chars[to..]);
            files[at].source = Source::new(files[at].path.as_str(), changed);
            if let Ok(rendered) = template::render(&files, &Release::of(KUBERNETES_MINOR)) {
                for output in rendered.outputs() {
                    let end = u32::try_from(output.text.len()).expect("small");
                    assert!(output.text.is_empty() || rendered.place(output, Span::new(0, end)).is_some());
                }
                drop(rendered.stops());
            }
        }
    }
}

#[test]
fn a_chart_that_makes_too_much_is_left_in_time() {
    let chart = |template: &str| {
        let file = |path: &str, text: &str| ChartFile { path: path.to_owned(), source: Source::new(path, text) };
        vec![file("Chart.yaml", "name: a\nversion: 1.0.0\napiVersion: v2\n"), file("templates/a.yaml", template)]
    };
    let counted = "{{ range until 90000 }}{{ range until 90000 }}x{{ end }}{{ end }}";
    let doubled = "{{ $x := \"0123456789\" }}{{ range until 90 }}{{ $x = print $x $x }}{{ end }}{{ $x }}";
    let recursive = "{{ define \"a\" }}{{ include \"a\" . }}{{ end }}{{ include \"a\" . }}";
    let parsing = "{{ define \"a\" }}{{ tpl \"{{ include `a` . }}\" . }}{{ end }}{{ include \"a\" . }}";
    let nested = "{{ if true }}".repeat(10_000);
    let deep = format!("{{{{ {}1{} }}}}", "(".repeat(10_000), ")".repeat(10_000));
    for template in [counted, doubled, recursive, parsing, &nested, &deep] {
        let rendered = template::render(&chart(template), &Release::of(KUBERNETES_MINOR)).expect("a chart");
        assert_eq!((rendered.outputs().count(), rendered.stops().len()), (0, 1), "{}", &template[..30]);
    }
}

#[test]
fn a_chart_is_told_of_as_its_author_reads_it() {
    insta::assert_snapshot!(check(&["fixtures/templates/backup", "--format", "full"]));
}

#[test]
fn a_part_of_a_chart_is_told_of_alone() {
    insta::assert_snapshot!(check(&["fixtures/templates/backup/charts", "--format", "concise"]));
}

#[test]
fn programs_learn_which_template_printed_it() {
    let found: Value = serde_json::from_str(&check(&["fixtures/templates/backup", "--format", "json"])).expect("JSON");
    let findings = found["findings"].as_array().expect("a list");
    let of = |rule: &str| findings.iter().find(|finding| finding["rule"] == rule).expect("it is found");
    let schedule = of("schedule-syntax");
    assert_eq!(
        (&schedule["file"], &schedule["range"]["start"]["byte"]),
        (&"fixtures/templates/backup/values.yaml".into(), &13.into())
    );
    let template = &schedule["template"];
    assert_eq!((&template["chart"], &template["rendering"]), (&"backup".into(), &"given".into()));
    let policy = of("job-restart-policy");
    assert_eq!(policy["file"], "fixtures/templates/backup/templates/_helpers.tpl");
    let via = policy["template"]["via"].as_array().expect("a list");
    assert_eq!(
        via.iter().map(|via| &via["file"]).collect::<Vec<_>>(),
        ["fixtures/templates/backup/templates/cronjob.yaml"]
    );
}

/// What the command says.
fn check(arguments: &[&str]) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_batchlint"))
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .args(["check", "--controller-time-zone", "UTC"])
        .args(arguments)
        .env("COLUMNS", "100")
        .output()
        .expect("it runs");
    String::from_utf8(output.stdout).expect("UTF-8")
}

/// A recorded case.
struct Case {
    name: String,
    path: PathBuf,
    files: Vec<ChartFile>,
}

impl Case {
    fn json(&self, name: &str) -> Value {
        let text = std::fs::read_to_string(self.path.join(name)).expect("it is there");
        serde_json::from_str(&text).expect("JSON")
    }

    /// What is found in what the templates print, as if it were no chart.
    fn printed(&self, config: &Config) -> Vec<Finding> {
        let Ok(mut rendered) = template::render(&self.files, &Release::of(KUBERNETES_MINOR)) else { return Vec::new() };
        rendered.look_further();
        let texts = rendered.outputs().chain(rendered.variants().map(|(output, _)| output)).map(|output| output.text);
        texts.flat_map(|text| lint::lint(&Source::new("a.yaml", text), config).findings).collect()
    }

    /// What is found, with the path of each one's file.
    fn findings(&self, config: &Config) -> Vec<(String, Finding)> {
        let chart = lint::chart(&self.files, config);
        let mut found = Vec::new();
        for (at, file) in self.files.iter().enumerate() {
            let mut report = Report::new(yaml::parse("").into(), Vec::new(), Vec::new());
            chart.add_to(&mut report, FileId::at(at));
            found.extend(report.findings.into_iter().map(|finding| (file.path.clone(), finding)));
        }
        found
    }
}

fn cases() -> Vec<Case> {
    let Some(folder) = shared::find("conformance/templates") else { return Vec::new() };
    let mut cases = Vec::new();
    for kind in ["hand", "random"] {
        let folders = WalkDir::new(folder.join(kind)).min_depth(1).max_depth(1).sort_by_file_name();
        for entry in folders {
            let path = entry.expect("it can be read").into_path();
            let name = path.file_name().expect("a name").to_string_lossy().into_owned();
            cases.push(Case { name, files: files(&path.join("chart")), path });
        }
    }
    cases
}

fn files(root: &Path) -> Vec<ChartFile> {
    let entries = WalkDir::new(root).sort_by_file_name().into_iter().map(|entry| entry.expect("it can be read"));
    let files = entries.filter(|entry| entry.file_type().is_file()).map(|entry| {
        let path = entry.path().strip_prefix(root).expect("inside").to_string_lossy().into_owned();
        let text = std::fs::read_to_string(entry.path()).expect("a text");
        ChartFile { source: Source::new(path.as_str(), text), path }
    });
    files.collect()
}

/// The name of a finding's rule, and its former ones.
fn names(finding: &Finding) -> impl Iterator<Item = &'static str> {
    let rule = batchlint::rules::find(finding.rule).expect("a rule").rule;
    rule.page.formerly.split(',').map(str::trim).chain([finding.rule])
}

/// Whether a finding is one that was expected, wherever it is. Rules have changed since: what is not said of the text that
/// was printed has no place.
fn is_said(wanted: &Value, finding: &Finding) -> bool {
    let is_field = wanted["field"].as_str().is_none_or(|field| finding.field.as_deref() == Some(field));
    names(finding).any(|name| wanted["rule"] == name) && is_field
}

fn is_wanted(wanted: &Value, file: &str, finding: &Finding) -> bool {
    if !names(finding).any(|name| wanted["rule"] == name) {
        return false;
    }
    let parts = wanted["place"]["parts"].as_array().expect("parts");
    let span = |part: &Value| {
        let number = |name: &str| u32::try_from(part[name].as_u64().expect("a number")).expect("small");
        Span::new(number("start"), number("end"))
    };
    let first = &parts[0];
    // What `tpl` is given is written in a values file, which the recording does not know.
    if first["file"].as_str().is_some_and(|first| first.starts_with("tpl:")) {
        return file == "values.yaml";
    }
    let others = finding.labels.iter().filter_map(|label| match &label.place {
        Place::Here(span) => Some((file.to_owned(), *span)),
        Place::Elsewhere(location) => Some((location.file.to_string(), location.span())),
        _ => None,
    });
    let places: BTreeSet<(String, Span)> = others.chain([(file.to_owned(), finding.span)]).collect();
    match wanted["place"]["kind"].as_str() {
        // Of an action that chooses by `.Values.on`, the recording names that. What an action put between quotes is told of
        // the action first.
        Some("value") => places.iter().any(|(file, place)| {
            let value = &first["value"];
            value["file"] == **file && (value["path"] == "on" || span(value).contains(*place))
        }),
        Some("text") => {
            let whole = parts.iter().map(span).reduce(Span::cover).expect("parts");
            first["file"] == file && whole == finding.span
        }
        _ => {
            // A literal in an action is nearer than the action.
            parts
                .iter()
                .any(|part| places.iter().any(|(file, place)| part["file"] == **file && (span(part).meets(*place))))
        }
    }
}
