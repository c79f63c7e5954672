//! Charts: what they print is what helm prints, byte for byte; each byte has its place; and what is wrong is found there.

#![expect(clippy::disallowed_methods, reason = "tests read charts from the disk")]

mod shared;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

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
        let (printed, stops) = match template::render(&case.files, &Release::of(KUBERNETES_MINOR)) {
            Ok(rendered) => (texts(&rendered), rendered.stops()),
            Err(stop) => (Vec::new(), vec![stop]),
        };
        for (name, file) in map["files"].as_object().into_iter().flatten() {
            let ours = printed.iter().find(|(ours, _)| ours == name).map(|(_, text)| text.as_str());
            let error = file["error"].as_str();
            let is_same = match (ours, error) {
                (Some(ours), None) => file["text"].as_str() == Some(ours),
                (None, Some(error)) => stops.iter().any(|stop| error.ends_with(&stop.message)),
                _ => false,
            };
            if !is_same {
                wrong.push(format!("{}: {name}: {:?}", case.name, stops));
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
        for output in rendered.outputs() {
            for run in map["files"][output.name]["segs"].as_array().into_iter().flatten() {
                let number = |at: usize| u32::try_from(run[at].as_u64().expect("a number")).expect("small");
                let (from, to, place) = (number(0), number(1), Span::new(number(3), number(4)));
                let file = run[2].as_str().expect("a file");
                let words = &output.text[from as usize..to as usize];
                if file.starts_with("tpl:") || words.trim().is_empty() {
                    continue;
                }
                for at in from..to {
                    let placed = rendered.place(output, Span::new(at, at + 1)).expect("a place");
                    let is_file = |file_id: FileId| file.ends_with(&case.files[file_id.0 as usize].path);
                    let is_there = if run[5] == "text" {
                        is_file(placed.at.0)
                            && placed.at.1 == Span::new(place.start + at - from, place.start + at - from + 1)
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
        let found = case.findings(&config);
        let expected = case.json("expected.json");
        for wanted in expected["findings"].as_array().into_iter().flatten().filter(|wanted| wanted["when"] == "given") {
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

    /// What is found, with the path of each one's file.
    fn findings(&self, config: &Config) -> Vec<(String, Finding)> {
        let chart = lint::chart(&self.files, config);
        let mut found = Vec::new();
        for (at, file) in self.files.iter().enumerate() {
            let mut report = Report::new(yaml::parse("").into(), Vec::new(), Vec::new());
            chart.add_to(&mut report, FileId(u32::try_from(at).expect("small")));
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

fn texts(rendered: &Rendered) -> Vec<(String, String)> {
    rendered.outputs().map(|output| (output.name.to_owned(), output.text.to_owned())).collect()
}

/// The name of a finding's rule, and its former ones.
fn names(finding: &Finding) -> impl Iterator<Item = &'static str> {
    let rule = batchlint::rules::find(finding.rule).expect("a rule").rule;
    rule.page.formerly.split(',').map(str::trim).chain([finding.rule])
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
    match wanted["place"]["kind"].as_str() {
        Some("value") => {
            let value = &first["value"];
            value["file"] == file && span(value).contains(finding.span)
        }
        Some("text") => {
            let whole = parts.iter().map(span).reduce(Span::cover).expect("parts");
            first["file"] == file && whole == finding.span
        }
        _ => {
            let others = finding.labels.iter().filter_map(|label| match &label.place {
                Place::Here(span) => Some((file.to_owned(), *span)),
                Place::Elsewhere(location) => Some((location.file.to_string(), location.span())),
                _ => None,
            });
            let places: BTreeSet<(String, Span)> = others.chain([(file.to_owned(), finding.span)]).collect();
            // A literal in an action is nearer than the action.
            parts
                .iter()
                .any(|part| places.iter().any(|(file, place)| part["file"] == **file && (span(part).meets(*place))))
        }
    }
}
