//! The language server as an editor talks to it: over the standard input and output of the program.

#![cfg(feature = "lsp")]

#[path = "lsp/charts.rs"]
mod charts;
#[path = "lsp/editor.rs"]
mod editor;
#[path = "lsp/edits.rs"]
mod edits;
#[path = "lsp/fields.rs"]
mod fields;
#[path = "yaml/mutate.rs"]
mod mutate;
#[path = "lsp/names.rs"]
mod names;
mod program;
#[path = "lsp/session.rs"]
mod session;
#[path = "lsp/workspace.rs"]
mod workspace;

use editor::{Editor, at, between, modern};
use program::{FOUND, Folder};
use serde_json::{Value, json};

#[test]
fn what_is_found_is_asked_for_or_sent_and_never_both() {
    let mut editor = Editor::start(Folder::new("lsp"), &modern());
    assert_eq!(editor.capabilities["positionEncoding"], "utf-8");
    assert_eq!(editor.capabilities["diagnosticProvider"]["workspaceDiagnostics"], false);
    let uri = editor.open("report.yaml", FOUND);
    let found = editor.diagnostics(&uri);
    insta::assert_snapshot!(serde_json::to_string_pretty(&found).expect("it was JSON"));
    assert!(editor.heard.iter().all(|message| message["method"] != "textDocument/publishDiagnostics"));
    assert_eq!(editor.end(), Some(0));

    let mut editor = Editor::start(Folder::new("lsp"), &json!({}));
    assert_eq!(
        (&editor.capabilities["positionEncoding"], &editor.capabilities["diagnosticProvider"]),
        (&json!("utf-16"), &Value::Null)
    );
    let uri = editor.open("report.yaml", FOUND);
    let sent = editor.next("textDocument/publishDiagnostics");
    assert_eq!((&sent["uri"], &sent["version"]), (&json!(uri), &json!(1)));
    assert_eq!(sent["diagnostics"][0]["code"], "starting-deadline-never-met");
    editor.tell("textDocument/didClose", json!({"textDocument": {"uri": uri}}));
    assert_eq!(editor.next("textDocument/publishDiagnostics")["diagnostics"], json!([]));
    assert_eq!(editor.end(), Some(0));
}

#[test]
fn ranges_are_told_to_who_does_not_see_them_and_wants_to() {
    let editor = Editor::start(Folder::new("ranges"), &modern());
    assert!(editor.capabilities.get("foldingRangeProvider").is_none());
    assert_eq!(editor.end(), Some(0));
    let mut editor = Editor::silent(Folder::new("ranges"));
    editor.greet(json!({"capabilities": modern(), "initializationOptions": {"ranges": true}}));
    assert_eq!(editor.capabilities["selectionRangeProvider"], true);
    editor.tell("initialized", json!({}));
    let text = format!("# one\n# two\n{FOUND}---\na: |\n  b\n  c\n\nd: [1, 2]\n");
    let uri = editor.open("a.yaml", &text);
    let folds = editor.ask("textDocument/foldingRange", json!({"textDocument": {"uri": uri}}));
    let lines = |fold: &Value| [fold["startLine"].as_u64(), fold["endLine"].as_u64()].map(Option::unwrap_or_default);
    let folds: Vec<[u64; 2]> = folds["result"].as_array().expect("a list").iter().map(lines).collect();
    let expected = [[0, 1], [2, 16], [4, 5], [6, 16], [9, 16], [10, 16], [11, 16], [12, 16], [14, 16], [15, 16]];
    assert_eq!(folds, [&expected[..], &[[18, 22], [18, 20]]].concat(), "{text}");
    let params = json!({"textDocument": {"uri": uri}, "positions": [at(7, 14), at(17, 1)]});
    let chosen = editor.ask("textDocument/selectionRange", params);
    let mut around = Vec::new();
    let mut at_range = &chosen["result"][0];
    while at_range.is_object() {
        around.push(at_range["range"].clone());
        at_range = &at_range["parent"];
    }
    let expected = [((7, 12), (7, 24)), ((7, 2), (7, 24)), ((7, 2), (16, 54)), ((6, 0), (16, 54)), ((2, 0), (16, 54))];
    assert_eq!(around[..5], expected.map(|(start, end)| between(start, end)), "{text}");
    assert_eq!(around.last(), Some(&between((0, 0), (23, 0))));
    assert_eq!(editor.end(), Some(0));
}

#[test]
fn each_editor_is_offered_what_it_can_use() {
    let offers = |capabilities: Value| Editor::start(Folder::new("offers"), &capabilities).capabilities.clone();
    let with_folder = editor::in_folder(Folder::new("offers"), &modern()).capabilities.clone();
    let offers = [("modern", offers(modern())), ("with a folder", with_folder), ("plain", offers(json!({})))];
    let offers: Vec<String> = offers.iter().map(|(who, all)| format!("{who}: {all:#}\n")).collect();
    insta::assert_snapshot!(offers.concat());
}

#[test]
fn what_is_typed_is_taken_in_in_every_encoding() {
    let text = "# é😀 日本\n".to_owned() + FOUND;
    for (encoding, columns) in [("utf-8", [6, 13]), ("utf-16", [5, 8]), ("utf-32", [4, 7])] {
        let mut capabilities = modern();
        capabilities["general"]["positionEncodings"] = json!([encoding]);
        let mut editor = Editor::start(Folder::new("typing"), &capabilities);
        assert_eq!(editor.capabilities["positionEncoding"], encoding);
        let uri = editor.open("report.yaml", &text);
        assert_eq!(editor.diagnostics(&uri).len(), 1);
        // Within the comment nothing changes but the comment; the deadline goes with the line.
        let comment = json!({"range": between((0, columns[0]), (0, columns[1])), "text": "x\ny"});
        editor.change(&uri, 2, json!([comment]));
        let broken = editor.diagnostics(&uri);
        assert!(
            broken.iter().any(|found| found["code"] == "yaml-syntax" || found["range"]["start"]["line"] == 1),
            "{broken:?}"
        );
        let mend = json!({"range": between((0, columns[0]), (2, 0)), "text": "\n"});
        let deadline = json!({"range": between((7, 0), (8, 0)), "text": ""});
        editor.change(&uri, 3, json!([mend, deadline]));
        assert_eq!(editor.diagnostics(&uri), Vec::<Value>::new());
        editor.change(&uri, 4, json!([{"text": text}]));
        assert_eq!(editor.diagnostics(&uri).len(), 1);
        assert_eq!(editor.end(), Some(0));
    }
}

#[test]
fn a_finding_can_be_mended_or_ignored_from_where_it_stands() {
    let mut editor = Editor::start(Folder::new("actions"), &modern());
    let text = FOUND.replace("batch/v1", "batch/v1beta1");
    let uri = editor.open("report.yaml", &text);
    let actions = editor.actions(&uri, &between((0, 13), (0, 13)), None);
    let titles: Vec<&str> = actions.iter().filter_map(|action| action["title"].as_str()).collect();
    assert_eq!(titles, ["Write batch/v1", "Ignore api-version-removed here, because …"]);
    assert_eq!((&actions[0]["isPreferred"], &actions[1]["isPreferred"]), (&json!(true), &Value::Null));
    let edit = &actions[0]["edit"]["documentChanges"][0];
    assert_eq!(edit["textDocument"], json!({"uri": uri, "version": 1}));
    assert_eq!(edit["edits"], json!([{"range": between((0, 12), (0, 25)), "newText": "batch/v1"}]));

    // What the action of ignoring writes is taken at its word.
    let ignore = &actions[1]["edit"]["documentChanges"][0]["edits"];
    let changes: Vec<Value> = ignore
        .as_array()
        .expect("edits")
        .iter()
        .map(|edit| json!({"range": edit["range"], "text": edit["newText"]}))
        .collect();
    editor.change(&uri, 2, json!(changes));
    assert!(editor.diagnostics(&uri).iter().all(|found| found["code"] != "api-version-removed"));

    editor.change(&uri, 3, json!([{"text": text}]));
    assert!(
        editor
            .actions(&uri, &between((0, 0), (15, 0)), Some("source"))
            .iter()
            .all(|action| action["kind"] == "source.fixAll.batchlint")
    );
    let all = editor.actions(&uri, &between((0, 0), (0, 0)), Some("source.fixAll"));
    let edits = &all[0]["edit"]["documentChanges"][0]["edits"];
    assert_eq!(edits, &json!([{"range": between((0, 20), (0, 25)), "newText": ""}]));
    // There is nothing to do where nothing is wrong.
    assert!(editor.actions(&uri, &between((10, 0), (10, 0)), None).is_empty());
    assert_eq!(editor.end(), Some(0));
}

#[test]
fn a_schedule_is_explained_and_its_next_run_stands_beside_it() {
    let mut editor = Editor::start(Folder::new("hover"), &modern());
    let uri =
        editor.open("report.yaml", &FOUND.replace("  startingDeadlineSeconds: 0\n", "  timeZone: Europe/Berlin\n"));
    for position in [at(5, 15), at(6, 14)] {
        let hover = editor.ask("textDocument/hover", json!({"textDocument": {"uri": uri}, "position": position}));
        let text = hover["result"]["contents"]["value"].as_str().expect("Markdown");
        assert!(text.contains("at 04:30") && text.contains("Europe/Berlin") && text.contains("next runs"), "{text}");
    }
    let nothing = editor.ask("textDocument/hover", json!({"textDocument": {"uri": uri}, "position": at(3, 12)}));
    assert_eq!(nothing["result"], Value::Null);
    let range = between((0, 0), (20, 0));
    let hints = editor.ask("textDocument/inlayHint", json!({"textDocument": {"uri": uri}, "range": range}));
    let hint = &hints["result"][0];
    assert_eq!(hint["position"], at(5, 24));
    let label = hint["label"].as_str().expect("words");
    assert!(label.starts_with("next: ") && label.contains(" 04:30 CE"), "{label}");
    let symbols = editor.ask("textDocument/documentSymbol", json!({"textDocument": {"uri": uri}}));
    assert_eq!((&symbols["result"][0]["name"], &symbols["result"][0]["detail"]), (&json!("report"), &json!("CronJob")));
    assert_eq!(editor.end(), Some(0));
}

#[test]
fn values_are_offered_however_little_is_written() {
    let mut editor = Editor::start(Folder::new("completion"), &modern());
    let uri = editor.open("report.yaml", "spec:\n  timeZone: Europe/Be\n  schedule: \n  concurrencyPolicy: \"F\n");
    let mut offered = |position: Value| {
        let params = json!({"textDocument": {"uri": uri}, "position": position});
        editor.ask("textDocument/completion", params)["result"].as_array().expect("a list").clone()
    };
    let zones = offered(at(1, 21));
    let berlin = zones.iter().find(|zone| zone["label"] == "Europe/Berlin").expect("the zone is there");
    assert_eq!(berlin["textEdit"], json!({"range": between((1, 12), (1, 21)), "newText": "Europe/Berlin"}));
    let schedules = offered(at(2, 12));
    assert!(
        schedules.iter().any(|one| one["textEdit"]["newText"] == "\"0 9 * * 1-5\"" && one["detail"] != Value::Null)
    );
    let policies = offered(at(3, 23));
    assert_eq!(policies[0]["textEdit"]["newText"], "\"Forbid");
    assert!(offered(at(0, 5)).is_empty());
    assert_eq!(editor.end(), Some(0));
}

#[test]
fn configuration_is_obeyed_followed_and_complained_of() {
    let folder = Folder::new("configured").file("batchlint.toml", "ignore = [\"starting-deadline-never-met\"]\n");
    let mut able = modern();
    able["workspace"]["codeLens"] = json!({"refreshSupport": true});
    able["workspace"]["inlayHint"] = json!({"refreshSupport": true});
    let mut editor = Editor::start(folder, &able);
    assert_eq!(
        editor.next("client/registerCapability")["registrations"][0]["method"],
        "workspace/didChangeWatchedFiles"
    );
    let uri = editor.open("report.yaml", FOUND);
    assert!(editor.diagnostics(&uri).is_empty());
    let write = |editor: &Editor, text: &str| {
        let path = editor.folder.path.join("batchlint.toml");
        write_file(&path, text);
    };
    write(&editor, "");
    editor.tell("workspace/didChangeWatchedFiles", json!({"changes": []}));
    for shown in ["diagnostic", "codeLens", "inlayHint"] {
        editor.next(&format!("workspace/{shown}/refresh"));
    }
    assert_eq!(editor.diagnostics(&uri).len(), 1);
    write(&editor, "ignore = [\"starting-deadline-never-meet\"]\n");
    editor.tell("workspace/didChangeWatchedFiles", json!({"changes": []}));
    editor.diagnostics(&uri);
    let said = editor.next("window/showMessage");
    assert!(said["message"].as_str().expect("words").contains("batchlint.toml:1:"), "{said}");
    assert_eq!(editor.end(), Some(0));
}

#[expect(clippy::disallowed_methods, reason = "the test changes a file under the server's eyes")]
fn write_file(path: &std::path::Path, text: &str) {
    std::fs::write(path, text).expect("it can be written");
}

#[test]
fn whatever_comes_the_server_answers_and_goes_on() {
    let mut editor = Editor::start(Folder::new("odd"), &modern());
    let uri = editor.open("report.yaml", FOUND);
    assert_eq!(editor.ask("textDocument/formatting", json!({}))["error"]["code"], -32601);
    assert_eq!(editor.ask("textDocument/hover", json!({"position": "here"}))["error"]["code"], -32602);
    assert_eq!(
        editor.ask("textDocument/hover", json!({"textDocument": {"uri": "file:///none"}, "position": at(0, 0)}))["result"],
        Value::Null
    );
    editor.tell("textDocument/didChange", json!(1));
    editor.tell("none/such", json!({}));
    // Places that are nowhere are the nearest there are.
    editor.change(&uri, 2, json!([{"range": between((900, 9), (901, 0)), "text": "# the end\n"}]));
    assert_eq!(editor.diagnostics(&uri).len(), 1);
    // A question that is taken back before its turn is answered as that, or as asked if it came too late.
    let params = json!({"textDocument": {"uri": uri}});
    let [first, second] = [0; 2].map(|_| editor.pose("textDocument/diagnostic", params.clone()));
    editor.tell("$/cancelRequest", json!({"id": second}));
    assert!(editor.answer(first)["result"].is_object());
    let answer = editor.answer(second);
    assert!(answer["error"]["code"] == -32800 || answer["result"].is_object(), "{answer}");
    assert_eq!(editor.end(), Some(0));
}

#[test]
fn what_is_no_kubernetes_is_left_in_peace() {
    let mut editor = Editor::start(Folder::new("peace"), &modern());
    for (name, text) in
        [("a.yaml", "on: [push]\njobs:\n  x: 1\n"), ("b.json", "{\"name\": \"package\"}"), ("c.yaml", "")]
    {
        let uri = editor.open(name, text);
        assert!(editor.diagnostics(&uri).is_empty(), "{name}");
    }
    assert_eq!(editor.end(), Some(0));
}

#[test]
fn the_end_is_announced_or_the_status_says_that_it_was_not() {
    // Some do not wait for the answer.
    let mut editor = Editor::start(Folder::new("end"), &modern());
    let id = editor.pose("shutdown", Value::Null);
    let late = editor.pose("textDocument/hover", Value::Null);
    editor.tell("exit", Value::Null);
    assert_eq!((&editor.answer(id)["result"], &editor.answer(late)["error"]["code"]), (&Value::Null, &json!(-32600)));
    assert_eq!(editor.leave(), Some(0));
    let mut editor = Editor::start(Folder::new("end"), &modern());
    editor.tell("exit", Value::Null);
    assert_eq!(editor.leave(), Some(1));
    assert_eq!(Editor::start(Folder::new("end"), &modern()).leave(), Some(1));
    assert_eq!(Editor::silent(Folder::new("end")).leave(), Some(1));
}

#[test]
fn who_is_not_understood_is_offered_the_least() {
    for params in [Value::Null, json!(1), json!({"processId": "x", "capabilities": 5}), json!({"rootUri": {}})] {
        let mut editor = Editor::silent(Folder::new("hello"));
        assert_eq!(editor.ask("textDocument/hover", json!({}))["error"]["code"], -32002);
        editor.greet(params);
        assert_eq!(editor.capabilities["positionEncoding"], "utf-16");
        editor.tell("$/setTrace", json!({"value": "off"}));
        editor.tell("initialized", json!({}));
        editor.open("report.yaml", FOUND);
        assert_eq!(editor.next("textDocument/publishDiagnostics")["diagnostics"].as_array().map(Vec::len), Some(1));
        assert_eq!(editor.end(), Some(0));
    }
}

#[test]
fn what_is_typed_fast_is_sent_in_order_and_in_the_end_as_it_is() {
    let mut editor = Editor::start(Folder::new("fast"), &json!({}));
    let uri = editor.open("report.yaml", FOUND);
    for version in 2..=200 {
        let line = format!("# {version}\n");
        editor.change(&uri, version, json!([{"range": between((0, 0), (0, 0)), "text": line}]));
    }
    let mut versions = vec![0];
    while versions.last() != Some(&200) {
        let sent = editor.next("textDocument/publishDiagnostics");
        let version = sent["version"].as_i64().expect("a version");
        let line = &sent["diagnostics"][0]["range"]["start"]["line"];
        assert_eq!(line, &json!(version + 5));
        assert!(Some(&version) > versions.last(), "{versions:?} {version}");
        versions.push(version);
    }
    assert_eq!(editor.end(), Some(0));
}

#[test]
fn what_configuration_leaves_out_is_not_shown() {
    let known = Folder::new("configured").file("report.yaml", FOUND).file(".git/HEAD", "");
    let run = known.run(["check", "--write-baseline", "known.json", "."]);
    assert_eq!(run.status, 0, "{}{}", run.out, run.err);
    for (line, left) in [
        ("baseline = \"known.json\"", vec![]),
        ("exclude = [\"*.yaml\"]", vec![]),
        ("[severity]\nstarting-deadline-never-met = \"advice\"", vec![3]),
        ("min-severity = \"warning\"\n[severity]\nrun = \"advice\"", vec![]),
        ("", vec![1]),
    ] {
        write_file(&known.path.join("batchlint.toml"), line);
        let folder = Folder::new("shown").file(".git/HEAD", "").file("report.yaml", FOUND);
        for name in ["batchlint.toml", "known.json"] {
            copy(&known, &folder, name);
        }
        let mut editor = Editor::start(folder, &modern());
        let uri = editor.open("report.yaml", FOUND);
        let severities: Vec<i64> =
            editor.diagnostics(&uri).iter().filter_map(|found| found["severity"].as_i64()).collect();
        assert_eq!(severities, left, "{line}");
        assert_eq!(editor.end(), Some(0));
    }
}

#[test]
fn a_patch_is_shown_and_mended_as_one() {
    let folder = Folder::new("patch").file("kustomization.yaml", "patches: [{path: p.yaml}]\n");
    let mut editor = Editor::start(folder, &modern());
    let patch = "apiVersion: batch/v1\nkind: CronJob\nmetadata: {name: report}\nspec: {suspend: \"true\"}\n";
    let uri = editor.open("p.yaml", patch);
    let codes: Vec<_> = editor.diagnostics(&uri).iter().map(|found| found["code"].clone()).collect();
    assert_eq!(codes, ["wrong-type"]);
    let all = editor.actions(&uri, &between((0, 0), (0, 0)), Some("source.fixAll"));
    assert_eq!(all.len(), 1);
    let inline = patch.replace('\n', "\n    ");
    let uri = editor.open("kustomization.yaml", &format!("patches:\n- patch: |\n    {inline}"));
    let actions = editor.actions(&uri, &between((5, 20), (5, 20)), None);
    let edits = &actions[0]["edit"]["documentChanges"][0]["edits"];
    assert_eq!(edits, &json!([{"range": between((5, 20), (5, 26)), "newText": "true"}]));
    assert_eq!(editor.end(), Some(0));
}

fn copy(from: &Folder, to: &Folder, name: &str) {
    std::fs::copy(from.path.join(name), to.path.join(name)).expect("it can be copied");
}

#[test]
fn a_baseline_that_is_not_there_is_complained_of_again_after_a_change() {
    let folder = Folder::new("missing").file(".git/HEAD", "").file("batchlint.toml", "baseline = \"none.json\"\n");
    let mut editor = Editor::start(folder, &modern());
    let uri = editor.open("report.yaml", FOUND);
    for _ in 0..2 {
        assert!(editor.diagnostics(&uri).is_empty());
        let said = editor.next("window/showMessage");
        assert!(said["message"].as_str().expect("words").starts_with("batchlint.toml:1:12: "), "{said}");
        editor.tell("workspace/didChangeConfiguration", json!({"settings": null}));
    }
    assert_eq!(editor.end(), Some(0));
}

#[test]
fn texts_without_a_file_are_texts() {
    let mut editor = Editor::start(Folder::new("untitled"), &modern());
    for uri in ["untitled:Untitled-1", "file:///c%3A/jobs/report.yaml", "vscode-notebook-cell:/a.yaml#1"] {
        let item = json!({"uri": uri, "languageId": "yaml", "version": 1, "text": FOUND});
        editor.tell("textDocument/didOpen", json!({"textDocument": item}));
        assert_eq!(editor.diagnostics(uri).len(), 1, "{uri}");
        editor.tell("textDocument/didClose", json!({"textDocument": {"uri": uri}}));
        assert!(editor.diagnostics(uri).is_empty(), "{uri} is closed");
    }
    assert_eq!(editor.end(), Some(0));
}

#[test]
fn no_values_are_offered_in_comments_and_texts() {
    let mut editor = Editor::start(Folder::new("prose"), &modern());
    let text = "spec: # timeZone: \n  timeZone: UTC # or \n  text: |\n    timeZone: E\n  folded: >-\n    a\n      timeZone: E\n  timeZone: E\n";
    let uri = editor.open("report.yaml", text);
    let mut count = |position: Value| {
        let params = json!({"textDocument": {"uri": uri}, "position": position});
        editor.ask("textDocument/completion", params)["result"].as_array().expect("a list").len()
    };
    for (line, column) in [(0, 18), (1, 21), (3, 15), (6, 17)] {
        assert_eq!(count(at(line, column)), 0, "{line}:{column}");
    }
    for (line, column) in [(1, 15), (7, 13)] {
        assert!(count(at(line, column)) > 400, "{line}:{column}");
    }
    assert_eq!(editor.end(), Some(0));
}

#[test]
fn hints_say_what_becomes_of_every_schedule() {
    let mut editor = Editor::start(Folder::new("hints"), &modern());
    let good = FOUND.replace("  startingDeadlineSeconds: 0\n", "");
    let texts = [
        good.replace("30 4 * * *", "@every 90m"),
        good.replace("  jobTemplate", "  suspend: true\n  jobTemplate"),
        good.replace("30 4 * * *", "0 0 30 2 *"),
        good.replace("30 4 * * *", "0 0 * *"),
    ];
    let uri = editor.open("report.yaml", &texts.join("---\n"));
    let params = json!({"textDocument": {"uri": uri}, "range": between((0, 0), (99, 0))});
    let hints = editor.ask("textDocument/inlayHint", params);
    let labels: Vec<&str> =
        hints["result"].as_array().expect("a list").iter().filter_map(|hint| hint["label"].as_str()).collect();
    assert_eq!(labels.len(), 3, "{labels:?}");
    assert!(labels[0].starts_with("next: ") || labels[0].starts_with("every"), "{labels:?}");
    assert_eq!(labels[1..], ["suspended", "never runs"]);
    assert_eq!(editor.end(), Some(0));
}

#[test]
fn lists_and_json_are_explained_like_any_other() {
    let mut editor = Editor::start(Folder::new("list"), &modern());
    let item = FOUND.replace('\n', "\n    ");
    let list = format!("apiVersion: v1\nkind: List\nitems:\n  - {}", item.trim_end());
    let json_text = "{\n\"apiVersion\": \"batch/v1\",\n\"kind\": \"CronJob\",\n\"metadata\": {\"name\": \"\"},\n\"spec\": {\"schedule\": \"30 4 * * *\"}}\n";
    for (name, text, position) in [("list.yaml", list.as_str(), at(8, 20)), ("job.json", json_text, at(4, 25))] {
        let uri = editor.open(name, text);
        let hover = editor.ask("textDocument/hover", json!({"textDocument": {"uri": uri}, "position": position}));
        assert!(hover["result"]["contents"]["value"].to_string().contains("at 04:30"), "{name}: {hover}");
        let symbols = editor.ask("textDocument/documentSymbol", json!({"textDocument": {"uri": uri}}));
        assert_ne!(symbols["result"][0]["name"], "", "{symbols}");
    }
    assert_eq!(editor.end(), Some(0));
}

#[test]
fn a_range_over_several_findings_offers_what_helps_each() {
    let mut editor = Editor::start(Folder::new("several"), &modern());
    let uri = editor.open("report.yaml", &FOUND.replace("batch/v1", "batch/v1beta1").replace("image:", "imag:"));
    let actions = editor.actions(&uri, &between((0, 0), (20, 0)), Some("quickfix"));
    let mut rules: Vec<&str> = actions.iter().filter_map(|action| action["diagnostics"][0]["code"].as_str()).collect();
    rules.dedup();
    let found = editor.diagnostics(&uri);
    assert!(rules.len() >= 3 && rules.len() <= found.len(), "{rules:?}");
    assert_eq!(editor.end(), Some(0));
}
