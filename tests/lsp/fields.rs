//! The fields of the API, as an editor offers and explains them.

use serde_json::{Value, json};

use crate::editor::{Editor, at, modern};
use crate::program::Folder;

const JOB: &str = "apiVersion: batch/v1\nkind: CronJob\nmetadata:\n  name: a\nspec:\n  schedule: \"*/5 * * * *\"\n  concurrencyPolicy: Forbid\n  jobTemplate:\n    spec:\n      backoffLimit: 2\n      template:\n        spec:\n          restartPolicy: Never\n          containers:\n            - name: a\n              image: a:1\n";

/// Offers at the first `|` of a text, which is taken out of it.
fn offered(editor: &mut Editor, name: &str, text: &str) -> Vec<Value> {
    let byte = text.find('|').expect("a place is marked");
    let before = &text[..byte];
    let (line, column) = (before.matches('\n').count(), byte - before.rfind('\n').map_or(0, |at| at + 1));
    let uri = editor.open(name, &text.replacen('|', "", 1));
    let params = json!({"textDocument": {"uri": uri}, "position": at(line as u32, column as u32)});
    editor.ask("textDocument/completion", params)["result"].as_array().expect("a list").clone()
}

fn labels(offers: &[Value]) -> Vec<&str> {
    offers.iter().filter_map(|offer| offer["label"].as_str()).collect()
}

fn start() -> Editor {
    let mut capabilities = modern();
    capabilities["textDocument"]["completion"] =
        json!({"completionItem": {"insertTextModeSupport": {"valueSet": [1, 2]}, "documentationFormat": ["markdown"]}});
    capabilities["textDocument"]["hover"] = json!({"contentFormat": ["plaintext", "markdown"]});
    Editor::start(Folder::new("fields"), &capabilities)
}

#[test]
fn fields_are_offered_where_they_belong_and_required_ones_first() {
    let mut editor = start();
    for (written, first, there, absent) in [
        ("  concurrencyPolicy: Forbid\n", "startingDeadlineSeconds", "suspend", "schedule"),
        ("      backoffLimit: 2\n", "activeDeadlineSeconds", "completions", "backoffLimit"),
        ("              image: a:1\n", "args", "volumeMounts", "name"),
        ("  name: a\n", "annotations", "namespace", "name"),
    ] {
        let indent = written.len() - written.trim_start().len();
        for typed in ["|", "s|", "su|sp"] {
            let text = JOB.replacen(written, &format!("{written}{}{typed}\n", " ".repeat(indent)), 1);
            let offers = offered(&mut editor, "job.yaml", &text);
            let labels = labels(&offers);
            assert!(labels.contains(&there) && labels.contains(&first), "{typed} {written}: {labels:?}");
            assert!(!labels.contains(&absent), "{typed} {written}: {labels:?}");
        }
    }
    let empty = offered(&mut editor, "job.yaml", &JOB.replace("  schedule: \"*/5 * * * *\"\n", "  |\n"));
    assert_eq!((&empty[0]["label"], &empty[0]["detail"]), (&json!("schedule"), &json!("a string, required")));
    assert!(empty[0]["documentation"]["value"].as_str().expect("Markdown").contains("Cron format"), "{}", empty[0]);
    assert_eq!(editor.end(), Some(0));
}

#[test]
fn what_is_chosen_leads_on_to_what_it_takes() {
    let mut editor = start();
    let new = |offers: &[Value], label: &str| {
        let offer = offers.iter().find(|offer| offer["label"] == label).unwrap_or_else(|| panic!("no {label}"));
        offer["textEdit"]["newText"].as_str().expect("a text").to_owned()
    };
    let text = JOB.replace("              image: a:1\n", "              image: a:1\n              vol|\n");
    let offers = offered(&mut editor, "job.yaml", &text);
    assert_eq!(new(&offers, "volumeMounts"), "volumeMounts:\n                - ");
    assert_eq!(new(&offers, "resources"), "resources:\n                ");
    assert_eq!(new(&offers, "tty"), "tty: ");
    // A key that is there gives way to another one, and keeps its colon.
    let offers = offered(&mut editor, "job.yaml", &JOB.replace("concurrencyPolicy", "concu|rrencyPolicy"));
    assert_eq!(new(&offers, "suspend"), "suspend");
    // The first of an item.
    let offers = offered(&mut editor, "job.yaml", &JOB.replace("            - name: a\n", "            - |\n"));
    assert_eq!((new(&offers, "name"), &offers[0]["label"]), ("name: ".to_owned(), &json!("name")));
    assert_eq!(editor.end(), Some(0));
}

#[test]
fn json_and_braces_are_completed_too() {
    let mut editor = start();
    for text in [
        "{\"apiVersion\": \"batch/v1\", \"kind\": \"Job\", \"spec\": {\"|\n}}",
        "{\"apiVersion\": \"batch/v1\", \"kind\": \"Job\", \"spec\": {\n  \"completions\": 1,\n  \"par|\"\n}}",
        "{\"apiVersion\": \"batch/v1\", \"kind\": \"Job\", \"spec\": {\n  \"|\"\n  \"completions\": 1\n}}",
    ] {
        let offers = offered(&mut editor, "job.json", text);
        let parallelism = offers.iter().find(|offer| offer["label"] == "parallelism").expect(text);
        assert_eq!(parallelism["textEdit"]["newText"], "\"parallelism\": ", "{text}");
    }
    let offers = offered(&mut editor, "job.yaml", "apiVersion: batch/v1\nkind: Job\nspec: {completions: 1, par|}\n");
    assert!(labels(&offers).contains(&"parallelism") && !labels(&offers).contains(&"completions"));
    let policies = offered(
        &mut editor,
        "job.json",
        "{\"apiVersion\": \"batch/v1\", \"kind\": \"CronJob\", \"spec\": {\"concurrencyPolicy\": |}}",
    );
    assert_eq!(policies[0]["textEdit"]["newText"], "\"Forbid\"");
    assert_eq!(editor.end(), Some(0));
}

#[test]
fn values_are_those_of_the_field_that_is_meant() {
    let mut editor = start();
    let never = JOB.replace("restartPolicy: Never", "restartPolicy: |");
    assert_eq!(labels(&offered(&mut editor, "job.yaml", &never)), ["Never", "OnFailure"]);
    let spec = JOB.replace("              image: a:1\n", "              image: a:1\n              tty: |\n");
    assert_eq!(labels(&offered(&mut editor, "job.yaml", &spec)), ["true", "false"]);
    // Others have fields of the same names, and other values.
    let other = "apiVersion: v1\nkind: Service\nspec:\n  schedule: |\n";
    assert!(offered(&mut editor, "service.yaml", other).is_empty());
    let top = offered(&mut editor, "empty.yaml", "|");
    assert!(["apiVersion", "kind", "metadata", "spec"].iter().all(|key| labels(&top).contains(key)), "{top:?}");
    assert_eq!(labels(&offered(&mut editor, "empty.yaml", "kind: |")), ["CronJob", "Job"]);
    assert_eq!(editor.end(), Some(0));
}

#[test]
fn a_field_is_explained_and_a_policy_shows_what_comes_of_it() {
    let mut editor = start();
    let uri = editor.open("job.yaml", JOB);
    let mut hover = |line: u32, column: u32| {
        let answer =
            editor.ask("textDocument/hover", json!({"textDocument": {"uri": uri}, "position": at(line, column)}));
        answer["result"]["contents"]["value"].as_str().unwrap_or_default().to_owned()
    };
    let image = hover(15, 16);
    assert!(image.starts_with("**image**: a string\n\nContainer image name."), "{image}");
    assert!(hover(14, 15).contains("required"), "{}", hover(14, 15));
    for (line, column) in [(6, 5), (6, 24)] {
        let policy = hover(line, column);
        assert!(policy.contains("Specifies how to treat concurrent executions"), "{policy}");
        assert!(policy.contains("if each run") && policy.contains("192 are left out"), "{policy}");
    }
    let limit = hover(9, 10);
    assert!(limit.contains("fails at once"), "{limit}");
    assert_eq!(hover(15, 24), "");
    assert_eq!(editor.end(), Some(0));
    // Who does not read Markdown is told the same in plain words.
    let mut editor = Editor::start(Folder::new("fields"), &modern());
    let uri = editor.open("job.yaml", JOB);
    let answer = editor.ask("textDocument/hover", json!({"textDocument": {"uri": uri}, "position": at(6, 5)}));
    let contents = &answer["result"]["contents"];
    let text = contents["value"].as_str().expect("words");
    assert_eq!(contents["kind"], "plaintext");
    assert!(text.starts_with("concurrencyPolicy: a string\n") && !text.contains("```"), "{text}");
    assert_eq!(editor.end(), Some(0));
}
