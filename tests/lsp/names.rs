//! Names in manifests: where they are given and used, across files, and other names for them.

use serde_json::{Value, json};

use crate::editor::{Editor, at, between, in_folder, modern};
use crate::program::Folder;

const JOB: &str = "\
apiVersion: batch/v1
kind: Job
metadata:
  name: report
  namespace: n
spec:
  template:
    spec:
      restartPolicy: Never
      volumes:
        - name: settings
          configMap: {name: report-settings}
      containers:
        - name: report
          image: report:1
          volumeMounts:
            - {name: \"settings\", mountPath: /s}
          envFrom:
            - configMapRef:
                name: report-settings
";
const MAP: &str =
    "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: report-settings\n  namespace: n\ndata:\n  A: b\n";

fn start() -> Editor {
    let folder = Folder::new("names").file(".git/HEAD", "").file("map.yaml", MAP).file("other.yaml", MAP);
    let other = MAP.replace("namespace: n", "namespace: other");
    let folder = folder.file("other.yaml", &other);
    in_folder(folder, &modern())
}

fn asked(editor: &mut Editor, method: &str, uri: &str, position: Value, more: Value) -> Value {
    let mut params = json!({"textDocument": {"uri": uri}, "position": position});
    for (key, value) in more.as_object().into_iter().flatten() {
        params[key] = value.clone();
    }
    editor.ask(method, params)
}

/// Waits until the server has read its folder: a name of another file is known then.
fn wait(editor: &mut Editor, uri: &str) {
    for _ in 0..400 {
        let found = asked(editor, "textDocument/definition", uri, at(19, 25), Value::Null);
        if found["result"][0]["uri"].as_str().is_some_and(|uri| uri.ends_with("/map.yaml")) {
            return;
        }
        std::thread::sleep(std::time::Duration::from_millis(20));
    }
    panic!("the folder is not read");
}

#[test]
fn a_name_leads_to_what_is_called_so_and_to_all_who_use_it() {
    let mut editor = start();
    let uri = editor.open("job.yaml", JOB);
    wait(&mut editor, &uri);
    let volume = asked(&mut editor, "textDocument/definition", &uri, at(16, 22), Value::Null);
    assert_eq!(volume["result"], json!([{"uri": uri, "range": between((10, 16), (10, 24))}]));
    let map = asked(&mut editor, "textDocument/definition", &uri, at(19, 25), Value::Null);
    assert_eq!(map["result"], json!([{"uri": editor.uri("map.yaml"), "range": between((3, 8), (3, 23))}]));
    for (with_given, count) in [(true, 3), (false, 2)] {
        let context = json!({"context": {"includeDeclaration": with_given}});
        let uses = asked(&mut editor, "textDocument/references", &uri, at(11, 28), context);
        assert_eq!(uses["result"].as_array().map(Vec::len), Some(count), "{uses}");
    }
    let nothing = asked(&mut editor, "textDocument/definition", &uri, at(14, 20), Value::Null);
    assert_eq!(nothing["result"], json!([]));
    assert_eq!(editor.end(), Some(0));
}

#[test]
fn another_name_is_given_everywhere_or_refused() {
    let mut editor = start();
    let uri = editor.open("job.yaml", JOB);
    wait(&mut editor, &uri);
    let range = asked(&mut editor, "textDocument/prepareRename", &uri, at(16, 22), Value::Null);
    assert_eq!(range["result"], between((16, 22), (16, 30)));
    let renamed = |editor: &mut Editor, position: Value, name: &str| {
        asked(editor, "textDocument/rename", &uri, position, json!({"newName": name}))
    };
    let volume = renamed(&mut editor, at(10, 18), "123");
    let edits = &volume["result"]["documentChanges"][0]["edits"];
    let expected = json!([
        {"range": between((10, 16), (10, 24)), "newText": "\"123\""},
        {"range": between((16, 22), (16, 30)), "newText": "123"},
    ]);
    assert_eq!(edits, &expected);
    let map = renamed(&mut editor, at(11, 30), "report-config");
    let changes = map["result"]["documentChanges"].as_array().expect("a list");
    let told: Vec<(bool, &Value, usize)> = changes
        .iter()
        .map(|change| {
            let document = &change["textDocument"];
            let is_map = document["uri"].as_str().is_some_and(|uri| uri.ends_with("/map.yaml"));
            (is_map, &document["version"], change["edits"].as_array().map_or(0, Vec::len))
        })
        .collect();
    assert_eq!(told, [(false, &json!(1), 2), (true, &Value::Null, 1)]);
    let refused = renamed(&mut editor, at(10, 18), "No Name");
    assert!(refused["error"]["message"].as_str().expect("words").contains("lower-case"), "{refused}");
    assert_eq!(renamed(&mut editor, at(14, 20), "a")["error"]["code"], -32600);
    // A use that is typed in the meantime is renamed, too.
    editor.change(&uri, 2, json!([{"range": between((16, 0), (17, 0)), "text": ""}]));
    let fewer = renamed(&mut editor, at(10, 18), "v");
    assert_eq!(fewer["result"]["documentChanges"][0]["edits"].as_array().map(Vec::len), Some(1));
    assert_eq!(editor.end(), Some(0));
}

#[test]
fn names_that_there_are_are_offered() {
    let mut editor = start();
    let uri = editor.open("job.yaml", JOB);
    wait(&mut editor, &uri);
    let mut offered = |line: u32, column: u32, text: &str, version: i64| {
        let start = json!({"range": between((line, column), (line, 999)), "text": text});
        editor.change(&uri, version, json!([{"text": JOB}, start]));
        let position = at(line, column + text.len() as u32);
        let answer = asked(&mut editor, "textDocument/completion", &uri, position, Value::Null);
        let items = answer["result"].as_array().expect("a list");
        items.iter().filter_map(|item| item["label"].as_str().map(str::to_owned)).collect::<Vec<_>>()
    };
    assert_eq!(offered(19, 16, "name: rep", 2), ["report-settings"]);
    assert_eq!(offered(16, 14, "name: ", 3), ["settings"]);
    // The keys of what is named beside them, or around them.
    let selector = |of: &str| format!("env: [{{name: B, valueFrom: {{{of}: {{name: report-settings, key: ");
    assert_eq!(offered(17, 10, &selector("configMapKeyRef"), 4), ["A"]);
    assert_eq!(offered(17, 10, &selector("secretKeyRef"), 5), [""; 0]);
    let items = |of: &str| format!("{of}: {{name: report-settings, items: [{{path: a, key: ");
    assert_eq!(offered(11, 10, &items("configMap"), 6), ["A"]);
    assert_eq!(offered(11, 10, &items("secret"), 7), [""; 0]);
    assert_eq!(editor.end(), Some(0));
}
