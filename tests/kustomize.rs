//! Patches of kustomize: what is said of them is certain, whatever they are merged into.

#![expect(clippy::disallowed_methods, reason = "tests read recorded cases")]

#[path = "yaml/plain.rs"]
mod plain;
mod program;
mod shared;

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use batchlint::config::Config;
use batchlint::diagnostic::{Finding, Severity};
use batchlint::lint::lint;
use batchlint::rule::Check;
use batchlint::rules;
use batchlint::schedule::Instant;
use batchlint::text::{Role, Source};
use batchlint::yaml::{self, Document};
use plain::json_of;
use program::{FOUND, Folder};
use serde_json::{Map, Value, json};

/// 2026-11-21 00:00:00 UTC.
const NOW: Instant = Instant::from_unix(1_795_219_200);

#[test]
fn rules_of_the_api_rest_on_what_their_topics_do() {
    for entry in rules::all() {
        if let Check::Api(topic) = entry.rule.check {
            assert_eq!(topic.rests_on(), entry.rule.page.rests_on, "{}", entry.name);
        }
    }
}

#[test]
fn a_part_of_an_object_is_blamed_for_nothing_that_the_whole_is_not() {
    let (mut wrong, mut parts) = (BTreeSet::new(), 0);
    for object in recorded_objects() {
        let whole = lint(&Source::new("whole.yaml", object.to_string()), &everything());
        if whole.findings.iter().any(|finding| finding.severity == Severity::Error) {
            // Beside an error, other things go unsaid.
            continue;
        }
        for part in parts_of(&object) {
            let merged = with_head(&part, &object).to_string();
            let found = found_in_patch(&merged, &object);
            let operation = json!([operation_of(part)]).to_string();
            assert_eq!(found_in_patch(&operation, &object).len(), found.len(), "{merged}\n{operation}");
            let says = |rule: &str| whole.findings.iter().any(|known| known.rule == rule);
            // What nodes keep is said of the whole instead.
            let is_said = |rule: &str| says(rule) || rule == "image-not-pinned" && says("moving-image-kept");
            let news = found.into_iter().filter(|finding| !is_said(finding.rule));
            wrong.extend(news.map(|finding| (finding.rule, finding.message.as_str().to_owned(), merged.clone())));
            parts += 1;
        }
    }
    assert!(wrong.is_empty(), "{} of {parts}: {:#?}", wrong.len(), wrong.iter().take(20).collect::<Vec<_>>());
}

fn found_in_patch(text: &str, object: &Value) -> Vec<Finding> {
    let kind = object["kind"].as_str().expect("it has one");
    let source = Source::new("patch.yaml", text).with_role(Role::Patch { kinds: [Box::from(kind)].into() });
    lint(&source, &everything()).findings
}

/// The JSON patch that adds a part's only leaf.
fn operation_of(part: Value) -> Value {
    let (mut path, mut at) = (String::new(), part);
    loop {
        at = match at {
            Value::Object(fields) if fields.len() == 1 => {
                let (key, value) = fields.into_iter().next().expect("there is one");
                path.push_str(&format!("/{}", key.replace('~', "~0").replace('/', "~1")));
                value
            }
            leaf => return json!({"op": "add", "path": path, "value": leaf}),
        };
    }
}

fn everything() -> Config {
    Config::at(NOW).with_pedantic(true)
}

/// A sample of the Jobs and CronJobs that Kubernetes was asked about, and of real ones; `OBJECTS=1` takes all.
fn recorded_objects() -> Vec<Value> {
    let every = std::env::var("OBJECTS").ok().and_then(|every| every.parse().ok()).unwrap_or(37);
    let mut texts = Vec::new();
    if let Some(path) = shared::find("conformance/manifests.jsonl") {
        let cases = fs::read_to_string(path).expect("recorded cases");
        let cases = cases.lines().step_by(every).map(|case| serde_json::from_str::<Value>(case).expect("a case"));
        texts.extend(cases.map(|case| case["yaml"].as_str().expect("a case has a manifest").to_owned()));
    }
    if let Some(folder) = shared::find("wild/plain") {
        let mut paths: Vec<_> =
            fs::read_dir(folder).expect("files").map(|entry| entry.expect("a file").path()).collect();
        paths.sort();
        texts.extend(paths.iter().step_by(every).map(|path| fs::read_to_string(path).expect("a text")));
    }
    let files: Vec<_> = texts.iter().map(|text| yaml::parse(text)).collect();
    let documents = files.iter().flat_map(|file| &file.documents).filter(|document| document.complete);
    let objects = documents.filter_map(Document::root).map(json_of);
    objects.filter(|object| matches!(object["kind"].as_str(), Some("Job" | "CronJob"))).collect()
}

/// The part of an object around each of its leaves. What has no names in it is merged as a whole.
fn parts_of(value: &Value) -> Vec<Value> {
    match value {
        Value::Object(fields) => fields
            .iter()
            .flat_map(|(key, value)| parts_of(value).into_iter().map(move |part| json!({key.as_str(): part})))
            .collect(),
        Value::Array(items) if items.iter().all(Value::is_object) => {
            let named = |item: &Value, part: Value| match (item.get("name"), part) {
                (Some(name), Value::Object(mut part)) => {
                    part.insert("name".to_owned(), name.clone());
                    json!([part])
                }
                (_, part) => json!([part]),
            };
            items.iter().flat_map(|item| parts_of(item).into_iter().map(|part| named(item, part))).collect()
        }
        leaf => vec![leaf.clone()],
    }
}

fn with_head(part: &Value, object: &Value) -> Value {
    let mut fields = Map::new();
    for key in ["apiVersion", "kind"] {
        fields.insert(key.to_owned(), object[key].clone());
    }
    if let Value::Object(part) = part {
        fields.extend(part.clone());
    }
    Value::Object(fields)
}

/// A base and an overlay; what is in the overlay is given.
fn overlay(files: &[(&str, &str)]) -> Folder {
    let folder = Folder::new("kustomize")
        .file("base/cronjob.yaml", FOUND)
        .file("base/kustomization.yaml", "resources: [cronjob.yaml]\n");
    files.iter().fold(folder, |folder, (name, text)| folder.file(&format!("overlay/{name}"), text))
}

/// What is found in the overlay, a line each.
fn concise(folder: &Folder, paths: &[&str]) -> Vec<String> {
    let run = folder.run([&["check", "--format=concise", "--isolated", "-q"], paths].concat());
    assert!(run.err.is_empty() && run.status < 2, "{}", run.err);
    run.out.lines().filter(|line| line.starts_with("overlay")).map(str::to_owned).collect()
}

const SUSPENDED: &str = "apiVersion: batch/v1\nkind: CronJob\nmetadata:\n  name: report\nspec:\n  suspend: \"no\"\n";

#[test]
fn every_recorded_overlay_has_the_findings_of_its_files_and_no_others() {
    // What nobody builds: a field that takes what is known nowhere.
    each_recorded_overlay("validators: [none.yaml]\n", |expected| expected["without_building"].as_array().cloned());
}

#[test]
fn every_recorded_overlay_has_the_findings_of_what_it_builds_and_no_others() {
    each_recorded_overlay("", |expected| {
        let [files, built] = ["without_building", "when_built"].map(|key| expected[key].as_array().cloned());
        Some([files?, built?].concat())
    });
}

/// Checks each, with something added to the kustomization, and compares what is found with what is expected.
fn each_recorded_overlay(added: &str, expects: impl Fn(&Value) -> Option<Vec<Value>>) {
    let Some(root) = shared::find("conformance/templates/kustomize") else { return };
    let mut cases = 0;
    for case in fs::read_dir(root).expect("cases").map(|case| case.expect("a case").path()) {
        let text = |path: &Path| fs::read_to_string(path).expect("a text");
        let expected: Value = serde_json::from_str(&text(&case.join("expected.json"))).expect("JSON");
        let mut folder = Folder::new("kustomize");
        for name in ["base", "comp", "overlay"] {
            for file in fs::read_dir(case.join(name)).into_iter().flatten() {
                let path = file.expect("a file").path();
                let file = path.file_name().and_then(|name| name.to_str()).expect("UTF-8");
                let end = if name == "overlay" && file == "kustomization.yaml" { added } else { "" };
                folder = folder.file(&format!("{name}/{file}"), &(text(&path) + end));
            }
        }
        // Images that move are habits, and whether somebody pins them shows in what is built.
        let more: &[&str] = if added.is_empty() { &["--pedantic"] } else { &[] };
        let run = folder.run([&["check", "--format=json", "--isolated"], more].concat());
        let report: Value = serde_json::from_str(&run.out).expect("JSON");
        let mut open = expects(&expected).expect("lists");
        for finding in report["findings"].as_array().expect("a list") {
            let byte = |end: &str| finding["range"][end]["byte"].as_u64().expect("a byte");
            let is_it = |one: &Value| {
                let mut bytes = [&one["start"], &one["end"]].map(|byte| byte.as_u64().expect("a byte"));
                // It points at the value now, and not at its key.
                bytes[1] += if one["rule"] == "ttl-beside-history-limits" { 4 } else { 0 };
                one["rule"] == finding["rule"]
                    && one["file"] == finding["file"]
                    && bytes[0] <= byte("start")
                    && byte("end") <= bytes[1]
            };
            match open.iter().position(is_it) {
                Some(known) => drop(open.remove(known)),
                // Which advice there is changes with the rules.
                None => assert_eq!(finding["severity"], "advice", "{}: {finding}", case.display()),
            }
        }
        assert!(open.is_empty(), "{}: {open:?}", case.display());
        cases += 1;
    }
    assert!(cases > 20, "{cases}");
}

/// What is found, a line each, for the file of that name and its other places.
fn told(folder: &Folder, paths: &[&str]) -> Vec<String> {
    let run = folder.run([&["check", "--format=json", "--isolated", "--min-severity=error"], paths].concat());
    let report: Value = serde_json::from_str(&run.out).expect("JSON");
    let place = |one: &Value| format!("{}:{}", one["file"].as_str().unwrap_or_default(), one["range"]["start"]["line"]);
    let related = |finding: &Value| {
        let related = finding["related"].as_array().into_iter().flatten();
        related.map(|one| format!(" ({} {})", place(one), one["message"])).collect::<String>()
    };
    let findings = report["findings"].as_array().expect("a list").iter();
    findings.map(|one| format!("{} {}{}", place(one), one["rule"].as_str().expect("a rule"), related(one))).collect()
}

/// An overlay that gives the deadline this value.
fn with_deadline(folder: Folder, name: &str, deadline: u32) -> Folder {
    let kustomization = format!(
        "resources: [../base]\npatches:\n- target: {{kind: CronJob}}\n  patch: '[{{\"op\": \"replace\", \"path\": \"/spec/startingDeadlineSeconds\", \"value\": {deadline}}}]'\n"
    );
    folder.file(&format!("{name}/kustomization.yaml"), &kustomization)
}

#[test]
fn what_no_overlay_builds_is_not_said_of_a_base() {
    let folder = with_deadline(with_deadline(overlay(&[]), "a", 200), "b", 300);
    assert_eq!(told(&folder, &["."]), [""; 0]);
    assert_eq!(told(&folder, &["a"]), [""; 0]);
    // Nobody has said that overlays count.
    assert_eq!(told(&folder, &["base"]), ["base/cronjob.yaml:7 starting-deadline-never-met"]);
    let folder = folder.file("c/kustomization.yaml", "resources: [../base]\n");
    let through = "c/kustomization.yaml:1 \"it is built through this, of 3 kustomizations that take it\"";
    assert_eq!(told(&folder, &["."]), [format!("base/cronjob.yaml:7 starting-deadline-never-met ({through})")]);
    assert_eq!(told(&folder, &["a", "b"]), [""; 0]);
}

#[test]
fn what_a_folder_builds_is_told_where_it_stands_outside_of_it() {
    let folder = overlay(&[("kustomization.yaml", "resources: [../base]\nnamePrefix: a-\n")]);
    let through = "overlay/kustomization.yaml:1 \"it is built through this\"";
    assert_eq!(told(&folder, &["overlay"]), [format!("base/cronjob.yaml:7 starting-deadline-never-met ({through})")]);
}

#[test]
fn what_cannot_be_built_is_checked_file_by_file_and_named_on_demand() {
    let folder = overlay(&[("kustomization.yaml", "resources: [../base, 'https://example.com/x.yaml']\n")]);
    assert_eq!(told(&folder, &["."]), ["base/cronjob.yaml:7 starting-deadline-never-met"]);
    let run = folder.run(["check", "-v", "--isolated"]);
    let said = "overlay: its kustomization is not built, and its files are checked one by one: `https://example.com/x.yaml` is elsewhere";
    assert!(run.err.contains(said), "{}", run.err);
}

#[test]
fn a_suppression_in_a_base_is_for_what_is_built_of_it() {
    let base = FOUND.replace("Seconds: 0\n", "Seconds: 0 # batchlint: ignore[starting-deadline-never-met] as it is\n");
    let folder = overlay(&[("kustomization.yaml", "resources: [../base]\nnameSuffix: -a\n")]);
    let folder = folder.file("base/cronjob.yaml", &base);
    assert_eq!(told(&folder, &["."]), [""; 0]);
    assert_eq!(told(&folder, &["overlay"]), [""; 0]);
    // What is only built is suppressed where its name is.
    let base = FOUND.replace("name: report\nspec", "name: report # batchlint: ignore[name-too-long] it is known\nspec");
    let prefix = format!("resources: [../base]\nnamePrefix: {}-\n", "a".repeat(60));
    let folder = folder.file("base/cronjob.yaml", &base).file("overlay/kustomization.yaml", &prefix);
    let run = folder.run(["check", "--format=concise", "--isolated", "-q"]);
    assert!(run.out.contains("starting-deadline-never-met"), "{}", run.out);
    assert!(!run.out.contains("name-too-long") && !run.out.contains("without-effect"), "{}", run.out);
}

#[test]
fn real_patches_have_no_errors() {
    let (Some(index), Some(wild)) = (shared::find("wild/kustomize-index.jsonl"), shared::find("wild/kustomize")) else {
        return;
    };
    let text = |name: &Value| fs::read_to_string(wild.join(name.as_str().expect("a name"))).expect("a file");
    let mut checked = 0;
    for line in fs::read_to_string(index).expect("an index").lines() {
        let known: Value = serde_json::from_str(line).expect("a line is a file");
        let mut folder = Folder::new("kustomize").file(known["path"].as_str().expect("a path"), &text(&known["file"]));
        if let Some(kustomization) = known["kustomization"].as_str() {
            folder = folder.file(kustomization, &text(&known["kustomization_file"]));
        }
        let run = folder.run(["check", "--format=json", "--isolated", "--fail-on=error"]);
        let report: Value = serde_json::from_str(&run.out).expect("JSON");
        assert_eq!(run.status, 0, "{line}: {report:#}");
        checked += report["summary"]["checked"].as_u64().expect("a number");
    }
    assert!(checked >= 8, "{checked}");
}

#[test]
fn whatever_patches_hold_places_are_those_of_their_texts() {
    let inline = "patches:\n- target: {kind: CronJob}\n  patch: \"- op: add\\n  path: /spec/é~1\\n  value: \\\"0 é\\\"\\n\"\n- patch: >-\n    kind: CronJob\n\n    apiVersion: batch/v1\n\n    spec: {schedule: 0 é, suspend: é}\n";
    let operations = "- op: add\n  path: /spec/jobTemplate/spec/template/spec/containers/2\n  value:\n    - é: |\n       x\n      images: é # é\n- {op: replace, path: '/spec/schedule', value: '0 ''é'}\n";
    let role = Role::Patch { kinds: [Box::from("CronJob")].into() };
    for (name, text, role) in [("kustomization.yaml", inline, Role::Manifest), ("a.yaml", operations, role)] {
        let mut found = 0;
        // Each with every character left out, and every other one there.
        for (at, char) in text.char_indices().chain([(text.len(), ' ')]) {
            let rest = text.get(at + char.len_utf8()..).unwrap_or_default();
            let source = Source::new(name, [&text[..at], rest].concat()).with_role(role.clone());
            let report = lint(&source, &everything());
            for finding in &report.findings {
                let is_place = source.text().get(finding.span.range()).is_some();
                assert!(is_place, "{finding:?} in {:?}", source.text());
                found += 1;
            }
            let edits = report.fixes().into_iter().flatten().flat_map(|fix| fix.edits);
            assert!(edits.into_iter().all(|edit| source.text().get(edit.span.range()).is_some()));
        }
        assert!(found > 100, "{name}: {found}");
    }
}

#[test]
fn a_file_is_a_patch_where_a_kustomization_around_it_says_so() {
    let found = ["overlay/patches/p.yaml:6:12: error[wrong-type] `suspend` takes `true` or `false`, not the text `no`"];
    for (name, kustomization) in [
        ("kustomization.yaml", "resources: [../base]\npatches: [{path: patches/p.yaml}]\n"),
        ("kustomization.yml", "patchesStrategicMerge: [patches/p.yaml]\n"),
        ("Kustomization", "patchesJson6902: [{path: ./patches/../patches/p.yaml}]\n"),
    ] {
        let folder = overlay(&[(name, kustomization), ("patches/p.yaml", SUSPENDED)]);
        assert_eq!(concise(&folder, &["."]), found, "{name}");
        assert_eq!(concise(&folder, &["overlay/patches/p.yaml"]), found, "{name}");
    }
    let both = "resources: [p.yaml]\npatches: [{path: p.yaml}]\n";
    assert!(concise(&overlay(&[("kustomization.yaml", both), ("p.yaml", SUSPENDED)]), &["."]).len() > 1);
    assert!(concise(&overlay(&[("p.yaml", SUSPENDED)]), &["."]).len() > 1);
}

#[test]
fn a_patch_without_a_kind_has_that_of_its_target() {
    let kustomization =
        "patches:\n- path: p.yaml\n  target: {kind: CronJob}\n- path: q.json\n  target: {kind: Job|CronJob}\n";
    let files =
        [("kustomization.yaml", kustomization), ("p.yaml", "spec: {suspend: x}\n"), ("q.json", "{\"spec\": {}}\n")];
    assert_eq!(
        concise(&overlay(&files), &["."]),
        ["overlay/p.yaml:1:17: error[wrong-type] `suspend` takes `true` or `false`, not the text `x`"]
    );
}

#[test]
fn patches_are_mended_where_they_stand() {
    let inline = |suspend: &str| {
        format!(
            "patches:\n- patch: |-\n    apiVersion: batch/v1\n    kind: CronJob\n    metadata: {{name: a}}\n    spec:\n      suspend: {suspend}\n- target: {{kind: CronJob}}\n  patch: |\n    - op: add\n      path: /spec/suspend\n      value: {suspend}\n"
        )
    };
    let operation =
        |suspend: &str| format!("[{{\"op\": \"add\", \"path\": \"/spec/suspend\", \"value\": {suspend}}}]\n");
    let patch = |suspend: &str| SUSPENDED.replace("\"no\"", suspend);
    let files = |suspend: &str| [inline(suspend), operation(suspend), patch(suspend)];
    let [kustomization, json, merged] = files("\"true\"");
    let named = format!("{kustomization}- path: p.yaml\n- path: q.json\n  target: {{kind: CronJob}}\n");
    let folder = overlay(&[("kustomization.yaml", &named), ("q.json", &json), ("p.yaml", &merged)]);
    assert_eq!(concise(&folder, &["."]).len(), 4);
    assert_eq!(concise(&folder, &["overlay", "--fix"]), [""; 0]);
    let [kustomization, json, merged] = files("true");
    let text = |name: &str| fs::read_to_string(folder.path.join("overlay").join(name)).expect("a file");
    assert!(text("kustomization.yaml").starts_with(&kustomization), "{}", text("kustomization.yaml"));
    assert_eq!([text("q.json"), text("p.yaml")], [json, merged]);
}

#[test]
fn a_suppression_is_for_what_is_found_in_a_patch_too() {
    let kustomization = "patches:\n- patch: |-\n    kind: CronJob\n    apiVersion: batch/v1\n    spec:\n      suspend: x # batchlint: ignore[wrong-type] as it is\n# batchlint: ignore[wrong-type] as well\n- target: {kind: CronJob}\n  patch: |\n    - op: add\n      path: /spec/suspend\n      value: x\n";
    assert_eq!(concise(&overlay(&[("kustomization.yaml", kustomization)]), &["."]), [""; 0]);
}

#[test]
fn a_name_is_looked_at_where_it_is_what_changes() {
    let found = |name: &str| {
        let files = [("kustomization.yaml", "patches: [{path: p.yaml, target: {kind: Job}}]\n"), ("p.yaml", name)];
        concise(&overlay(&files), &["."])
    };
    let said = "error[name-not-allowed]";
    assert!(found("- {op: replace, path: /metadata/name, value: A_b}\n")[0].contains(said));
    assert_eq!(found("kind: Job\napiVersion: batch/v1\nmetadata: {name: A_b}\nspec: {suspend: true}\n"), [""; 0]);
}

#[test]
fn runs_are_those_of_objects_and_not_of_patches() {
    let patch = "apiVersion: batch/v1\nkind: CronJob\nmetadata: {name: report}\nspec: {schedule: 1 1 * * *}\n";
    let folder = overlay(&[("kustomization.yaml", "patches: [{path: p.yaml}]\n"), ("p.yaml", patch)]);
    let run = folder.run(["runs", ".", "--from=2027-01-01", "--for=1d", "--format=json", "--isolated"]);
    assert_eq!(run.out.matches("\"report\"").count(), 1, "{}", run.out);
}

#[test]
fn a_document_that_says_itself_that_it_is_a_patch_is_one() {
    let delete = "$patch: delete\napiVersion: batch/v1\nkind: CronJob\nmetadata: {name: report}\n";
    assert_eq!(concise(&overlay(&[("delete.yaml", delete)]), &["."]), [""; 0]);
    let said = concise(&overlay(&[("delete.yaml", &format!("{delete}spec: {{suspend: x}}\n"))]), &["."]);
    assert_eq!(said.len(), 1, "{said:?}");
}

#[test]
fn of_two_kinds_what_neither_has_is_unknown() {
    let kustomization = "patches:\n- target: {kind: \"(Cron)?Job\"}\n  patch: |\n    spec:\n      backoffLimit: 3\n      nope: 1\n- target: {kind: \"(Cron)?Job\"}\n  patch: |\n    - {op: add, path: /spec/backoffLimit, value: 3}\n    - {op: add, path: /spec/jobTemplate/spec/backoffLimit, value: 3}\n    - {op: add, path: /spec/nope, value: 3}\n";
    let said = concise(&overlay(&[("kustomization.yaml", kustomization)]), &["."]);
    let places: Vec<_> = said.iter().filter_map(|line| line.split(" `").next()).collect();
    let unknown = |place: &str| format!("overlay/kustomization.yaml:{place}: error[unknown-field]");
    assert_eq!(places, [unknown("6:7"), unknown("11:29")], "{said:?}");
}

#[test]
fn an_operation_that_no_json_patch_has_is_told_of() {
    let patch = "- {op: replce, path: /spec/suspend, value: true}\n- {op: test, path: /spec/suspend, value: true}\n";
    let files = [("kustomization.yaml", "patches: [{path: p.yaml, target: {kind: Job}}]\n"), ("p.yaml", patch)];
    let message =
        "`replce` is no operation of a JSON patch: it is `add`, `remove`, `replace`, `move`, `copy` or `test`";
    assert_eq!(
        concise(&overlay(&files), &["."]),
        [format!("overlay/p.yaml:1:8: error[value-not-supported] {message}")]
    );
}
