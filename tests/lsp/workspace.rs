//! The folder that is open in the editor: what is found in all of its files, what is found over them, and settings.

use serde_json::{Value, json};

use crate::editor::{Editor, between, in_folder, modern};
use crate::program::{FOUND, Folder};

const JOB: &str = "\
apiVersion: batch/v1
kind: Job
metadata:
  name: report
spec:
  backoffLimit: 2
  template:
    spec:
      restartPolicy: Never
      containers:
        - name: report
          image: registry.example.com/report:1.4.2
          envFrom:
            - configMapRef:
                name: report-setings
";
const MAP: &str = "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: report-settings\ndata:\n  A: b\n";
/// What is found in the Job for what the ConfigMap is called.
const MISSPELLED: &str = "reference-misspelled";

fn folder() -> Folder {
    let folder = Folder::new("workspace").file(".git/HEAD", "").file("job.yaml", JOB).file("map.yaml", MAP);
    let folder = folder.file(".gitignore", "ignored\n").file(".hidden/b.txt", "").file("ignored/b.txt", "");
    folder.file("sub/report.yaml", FOUND).file("report.txt", FOUND)
}

/// What the editor is told of the whole folder, by the ends of the files' names; `known` is what it was told before.
fn poll(editor: &mut Editor, known: &Value) -> Vec<Value> {
    let answer = editor.ask("workspace/diagnostic", json!({"previousResultIds": known}));
    answer["result"]["items"].as_array().expect("a list").clone()
}

fn ids(items: &[Value]) -> Value {
    items.iter().map(|item| json!({"uri": item["uri"], "value": item["resultId"]})).collect()
}

fn codes(item: &Value) -> Vec<&str> {
    item["items"].as_array().into_iter().flatten().filter_map(|one| one["code"].as_str()).collect()
}

#[test]
fn all_files_are_told_of_and_the_question_waits_until_there_is_something_new() {
    let mut editor = in_folder(folder(), &modern());
    assert_eq!(editor.capabilities["diagnosticProvider"]["workspaceDiagnostics"], true);
    let items = poll(&mut editor, &json!([]));
    let told: Vec<Vec<&str>> = items.iter().map(codes).collect();
    assert_eq!(told, [[MISSPELLED], ["starting-deadline-never-met"]], "{items:?}");
    let mut known = ids(&items);
    let waiting = editor.pose("workspace/diagnostic", json!({"previousResultIds": known}));
    // Something else is answered meanwhile.
    assert_eq!(editor.ask("textDocument/hover", json!({}))["error"]["code"], -32602);
    let (map, job) = (editor.uri("map.yaml"), editor.uri("job.yaml"));
    editor.write("map.yaml", &MAP.replace("report-settings", "report-setings"));
    editor.tell("workspace/didChangeWatchedFiles", json!({"changes": [{"uri": map, "type": 2}]}));
    let answer = editor.answer(waiting);
    let items = answer["result"]["items"].as_array().expect("a list");
    assert_eq!((items.len(), &items[0]["uri"], &items[0]["items"]), (1, &json!(job), &json!([])), "{answer}");
    known[0] = ids(items)[0].clone();
    // What is hidden or ignored is none of its files, whoever tells of it.
    let hidden = [".hidden/a.yaml", "ignored/a.yaml"].map(|name| {
        editor.write(name, FOUND);
        json!({"uri": editor.uri(name), "type": 1})
    });
    editor.tell("workspace/didChangeWatchedFiles", json!({"changes": hidden}));
    // A file that is gone has nothing any more.
    let waiting = editor.pose("workspace/diagnostic", json!({"previousResultIds": known}));
    let report = editor.uri("sub/report.yaml");
    editor.remove("sub/report.yaml");
    editor.tell("workspace/didChangeWatchedFiles", json!({"changes": [{"uri": report, "type": 3}]}));
    let answer = editor.answer(waiting);
    let items = &answer["result"]["items"];
    assert_eq!((&items[0]["uri"], &items[0]["items"]), (&json!(report), &json!([])));
    known[1] = ids(items.as_array().expect("a list"))[0].clone();
    // Who waits when the end is announced is answered, and who takes his question back is told so.
    let first = editor.pose("workspace/diagnostic", json!({"previousResultIds": known}));
    let second = editor.pose("workspace/diagnostic", json!({"previousResultIds": known}));
    assert_eq!(editor.answer(first)["result"]["items"], json!([]));
    editor.tell("$/cancelRequest", json!({"id": second}));
    assert_eq!(editor.answer(second)["error"]["code"], -32800);
    let last = editor.pose("workspace/diagnostic", json!({"previousResultIds": known}));
    let end = editor.pose("shutdown", Value::Null);
    assert_eq!(editor.answer(last)["result"]["items"], json!([]));
    editor.answer(end);
    editor.tell("exit", Value::Null);
    assert_eq!(editor.leave(), Some(0));
}

#[test]
fn what_is_open_counts_in_place_of_its_file() {
    let mut editor = in_folder(folder(), &modern());
    let items = poll(&mut editor, &json!([]));
    let map = editor.open("map.yaml", MAP);
    let waiting = editor.pose("workspace/diagnostic", json!({"previousResultIds": ids(&items)}));
    assert!(editor.diagnostics(&map).is_empty());
    editor.change(&map, 2, json!([{"text": MAP.replace("report-settings", "report-setings")}]));
    assert!(editor.diagnostics(&map).is_empty());
    let answer = editor.answer(waiting);
    let told = &answer["result"]["items"][0];
    assert_eq!((&told["uri"], &told["items"]), (&json!(editor.uri("job.yaml")), &json!([])), "{answer}");
    // Once it is closed, its file counts again.
    let waiting =
        editor.pose("workspace/diagnostic", json!({"previousResultIds": ids(&[told.clone(), items[1].clone()])}));
    editor.tell("textDocument/didClose", json!({"textDocument": {"uri": map}}));
    assert_eq!(codes(&editor.answer(waiting)["result"]["items"][0]), [MISSPELLED]);
    // Both are open: the one that did not change is to be asked for again.
    let (map, job) = (editor.open("map.yaml", MAP), editor.open("job.yaml", JOB));
    assert_eq!(editor.diagnostics(&job)[0]["code"], MISSPELLED);
    editor.change(&map, 2, json!([{"text": MAP.replace("report-settings", "report-setings")}]));
    editor.diagnostics(&map);
    editor.next("workspace/diagnostic/refresh");
    assert!(editor.diagnostics(&job).is_empty());
    // The same text, asked for again, has the same mark.
    let first = editor.ask("textDocument/diagnostic", json!({"textDocument": {"uri": job}}));
    let params = json!({"textDocument": {"uri": job}, "previousResultId": first["result"]["resultId"]});
    assert_eq!(editor.ask("textDocument/diagnostic", params)["result"]["kind"], "unchanged");
    assert_eq!(editor.end(), Some(0));
}

#[test]
fn what_is_found_over_all_files_stays_where_it_belongs_while_something_is_typed() {
    let mut editor = in_folder(folder(), &modern());
    poll(&mut editor, &json!([]));
    let job = editor.open("job.yaml", JOB);
    let shown = |editor: &mut Editor| {
        let found = editor.diagnostics(&job);
        found.iter().map(|one| (one["code"].clone(), one["range"]["start"]["line"].clone())).collect::<Vec<_>>()
    };
    assert_eq!(shown(&mut editor), [(json!(MISSPELLED), json!(14))]);
    for lines in 1..=20 {
        let edit = json!([{"range": between((2, 0), (2, 0)), "text": "# one more\n"}]);
        editor.change(&job, 1 + lines, edit);
        assert_eq!(shown(&mut editor), [(json!(MISSPELLED), json!(14 + lines))]);
    }
    // Once somebody has looked again, what mends it is offered.
    let range = between((34, 25), (34, 25));
    let mends = |editor: &mut Editor| {
        editor.diagnostics(&job);
        let actions = editor.actions(&job, &range, None);
        actions.iter().any(|action| action["title"].as_str().is_some_and(|title| title.contains("report-settings")))
    };
    for _ in 0..400 {
        if mends(&mut editor) {
            assert_eq!(editor.end(), Some(0));
            return;
        }
        std::thread::sleep(std::time::Duration::from_millis(20));
    }
    panic!("nobody looks again");
}

#[test]
fn parts_are_told_where_they_are_taken() {
    let mut editor = in_folder(folder(), &modern());
    let params = json!({"previousResultIds": [], "partialResultToken": "parts"});
    let answer = editor.ask("workspace/diagnostic", params);
    assert_eq!(answer["result"]["items"], json!([]));
    let told = editor.next("$/progress");
    assert_eq!((&told["token"], told["value"]["items"].as_array().map(Vec::len)), (&json!("parts"), Some(2)));
    assert_eq!(editor.end(), Some(0));
}

#[test]
fn who_is_sent_findings_is_sent_those_over_all_files_too() {
    let mut editor = in_folder(folder(), &json!({}));
    editor.open("job.yaml", JOB);
    let sent = |editor: &mut Editor| loop {
        let sent = editor.next("textDocument/publishDiagnostics");
        if sent["uri"] == editor.uri("job.yaml") {
            return sent["diagnostics"][0]["code"].clone();
        }
    };
    while sent(&mut editor) != MISSPELLED {}
    let map = editor.open("map.yaml", MAP);
    editor.change(&map, 2, json!([{"text": MAP.replace("report-settings", "report-setings")}]));
    while sent(&mut editor) != Value::Null {}
    assert_eq!(editor.end(), Some(0));
}

#[test]
fn settings_of_the_editor_are_asked_for_obeyed_and_followed() {
    let mut capabilities = modern();
    capabilities["workspace"]["configuration"] = json!(true);
    capabilities["workspace"]["didChangeConfiguration"] = json!({"dynamicRegistration": true});
    let mut editor = Editor::start(Folder::new("settings").file(".git/HEAD", ""), &capabilities);
    let registered = editor.next("client/registerCapability")["registrations"].as_array().map(Vec::len);
    assert_eq!(registered, Some(2));
    editor.give("workspace/configuration", json!([{"ignore": ["starting-deadline-never-met"]}]));
    let uri = editor.open("a.yaml", FOUND);
    assert!(editor.diagnostics(&uri).is_empty());
    editor.tell("workspace/didChangeConfiguration", json!({"settings": null}));
    editor.give("workspace/configuration", json!([{"severity": {"run": "advice"}, "inlayHints": {"defaults": true}}]));
    editor.next("workspace/diagnostic/refresh");
    let found = editor.diagnostics(&uri);
    assert_eq!(found[0]["severity"], 3);
    let range = between((0, 0), (99, 0));
    let hints = editor.ask("textDocument/inlayHint", json!({"textDocument": {"uri": uri}, "range": range}));
    let labels: Vec<&str> =
        hints["result"].as_array().into_iter().flatten().filter_map(|hint| hint["label"].as_str()).collect();
    assert!(labels.iter().any(|label| label.contains("concurrencyPolicy: Allow")), "{labels:?}");
    assert!(labels.iter().any(|label| label.contains("backoffLimit: 6")), "{labels:?}");
    editor.tell("workspace/didChangeConfiguration", json!({"settings": null}));
    editor.give("workspace/configuration", json!([{"kubernetesVersion": "99"}]));
    let said = editor.next("window/showMessage");
    assert!(said["message"].as_str().expect("words").starts_with("the editor's settings: "), "{said}");
    assert_eq!(editor.end(), Some(0));
}

#[test]
fn lenses_tell_of_runs_and_lead_to_pages() {
    let mut editor = Editor::silent(Folder::new("lenses"));
    editor.greet(json!({"capabilities": modern(), "initializationOptions": {"panels": true}}));
    editor.tell("initialized", json!({}));
    let uri = editor.open("a.yaml", &FOUND.replace("  startingDeadlineSeconds: 0\n", ""));
    let lenses = editor.ask("textDocument/codeLens", json!({"textDocument": {"uri": uri}}));
    let lenses = lenses["result"].as_array().expect("a list");
    // The runs are looked for when somebody sees the lens.
    assert_eq!((lenses.len(), &lenses[0]["command"]), (2, &Value::Null));
    assert_eq!(editor.capabilities["codeLensProvider"]["resolveProvider"], true);
    let runs = editor.ask("codeLens/resolve", lenses[0].clone());
    let commands = [runs["result"]["command"].clone(), lenses[1]["command"].clone()];
    assert!(commands[0]["title"].as_str().expect("words").contains(" 04:30 "), "{commands:?}");
    assert_eq!(commands[1]["title"], "what if …");
    for command in commands {
        let params = json!({"command": command["command"], "arguments": command["arguments"]});
        let page = editor.ask("workspace/executeCommand", params);
        assert!(page["result"]["html"].as_str().is_some_and(|html| html.starts_with("<!")), "{page}");
        assert!(page["result"]["text"].as_str().is_some_and(|text| !text.is_empty()), "{page}");
    }
    let explained = json!({"command": "batchlint.explain", "arguments": ["schedule-syntax"]});
    assert!(editor.ask("workspace/executeCommand", explained)["result"]["text"].is_string());
    // Of an object that is not there any more, nothing is told but where to ask.
    editor.change(&uri, 2, json!([{"text": format!("# a comment\n{FOUND}")}]));
    assert_eq!(editor.ask("codeLens/resolve", lenses[0].clone())["result"]["command"]["title"], "next runs");
    let nothing = json!({"command": "batchlint.explain", "arguments": ["no-such-rule"]});
    assert_eq!(editor.ask("workspace/executeCommand", nothing)["error"]["code"], -32602);
    assert_eq!(editor.end(), Some(0));
    // Who has no place for pages is told in words.
    let mut editor = Editor::start(Folder::new("lenses"), &modern());
    let explain = json!({"command": "batchlint.explain", "arguments": ["schedule-syntax"]});
    editor.ask("workspace/executeCommand", explain);
    assert_eq!(editor.next("window/showMessage")["type"], 3);
    assert_eq!(editor.end(), Some(0));
}
