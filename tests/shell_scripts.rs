//! Scripts of real containers: what is read of them, and what is said.

#![expect(
    clippy::disallowed_methods,
    clippy::print_stderr,
    reason = "reads recorded commands from disk, and says what it skips"
)]

mod shared;

use std::collections::BTreeSet;
use std::fs;
use std::io::Write as _;
use std::process::{Command, Stdio};

use batchlint::analysis::{Settings, Subject, analyse};
use batchlint::command::{Operand, Place, Script, Text, seconds, shell};
use batchlint::config::Config;
use batchlint::diagnostic;
use batchlint::lint::lint;
use batchlint::rules;
use batchlint::schedule::Instant;
use batchlint::text::{Lines, Source};
use serde_json::{Value, json};

/// 2026-11-21 00:00:00 UTC.
const NOW: Instant = Instant::from_unix(1_795_219_200);

/// What an expert calls a fault, and the rules that say it.
const RULES: &[(&str, &[&str])] = &[
    ("arguments-after-script", &["arguments-after-script"]),
    ("curl-cannot-fail", &["curl-without-fail"]),
    ("inner-timeout-beyond-deadline", &["timeout-beyond-deadline"]),
    ("never-ends", &["never-ends", "sleep-as-schedule"]),
    ("one-string-command", &["command-in-one-string"]),
    ("pipe-failure-lost", &["pipe-failure-lost"]),
    ("status-read-late", &["status-read-late"]),
    ("unguarded-failure", &["failure-masked", "failure-discarded"]),
    ("wait-without-end", &["wait-without-end"]),
];

#[test]
fn faults_are_named_on_their_line_and_clean_commands_are_left_alone() {
    let Some(file) = shared::find("conformance/commands.jsonl") else { return };
    let text = fs::read_to_string(file).expect("the recorded commands");
    let (mut named, mut missed, mut accused) = (0, Vec::new(), Vec::new());
    for line in text.lines() {
        let case: Value = serde_json::from_str(line).expect("a case");
        let found = findings(&case);
        for label in case["labels"].as_array().into_iter().flatten() {
            // Where nothing hides it for certain, it is a habit, which is told on request.
            if label["rule"] == "unguarded-failure" && label["masked_by_last"] != true {
                continue;
            }
            let (_, rules) = RULES.iter().find(|(name, _)| label["rule"] == *name).expect("a known label");
            let at = |found: &Found| match label["arg"].as_u64() {
                Some(arg) => found.arg as u64 == arg,
                None => Some(found.line as u64) == label["line"].as_u64(),
            };
            if found.iter().any(|found| rules.contains(&&*found.rule) && at(found)) {
                named += 1;
            } else {
                missed.push(format!("{}: {label}", case["id"]));
            }
        }
        if case["clean"] == true {
            accused.extend(found.iter().map(|found| format!("{}:{}: {}", case["id"], found.line, found.rule)));
        }
    }
    let all = named + missed.len();
    eprintln!("{named} of {all} labels are named on their line; {} clean commands are accused", accused.len());
    assert!(named * 10 >= all * 9, "{named} of {all} are named; not:\n{}", missed.join("\n"));
    assert!(accused.len() <= 1, "{}", accused.join("\n"));
}

struct Found {
    rule: String,
    /// The item of the command line.
    arg: usize,
    /// The line in that item.
    line: usize,
}

/// What is said of the commands of a case, by rules that everybody sees.
fn findings(case: &Value) -> Vec<Found> {
    let text = serde_json::to_string_pretty(&manifest(case)).expect("a manifest");
    let source = Source::new("case.json", text.clone());
    let lines = Lines::new(&text);
    let items = items(&text);
    let report = lint(&source, &Config::at(NOW));
    let told =
        report.findings.iter().filter(|finding| finding.group == "command" || finding.rule == "sleep-as-schedule");
    // What is lost in a script is one finding, which points at each of the places.
    let places = told.flat_map(|finding| {
        let others = finding.labels.iter().filter(|label| label.message.contains("failure"));
        let others = others.filter_map(|label| match label.place {
            diagnostic::Place::Here(span) => Some(span),
            _ => None,
        });
        let spans = std::iter::once(finding.span).chain(others);
        spans.map(|span| (finding.rule, span)).collect::<Vec<_>>()
    });
    places
        .filter_map(|(rule, span)| {
            let position = lines.position(span.start);
            let arg = items.iter().position(|line| *line == position.line)?;
            let start = text[..span.start as usize].rfind('\n').map_or(0, |at| at + 1);
            let before = &text[start..span.start as usize];
            Some(Found { rule: rule.to_owned(), arg, line: 1 + before.replace("\\\\", "").matches("\\n").count() })
        })
        .collect()
}

/// The lines of a manifest on which the items of its first command line stand.
fn items(text: &str) -> Vec<u32> {
    let mut items = Vec::new();
    let mut within = false;
    for (number, line) in (1..).zip(text.lines()) {
        let line = line.trim();
        if line.starts_with("\"command\": [") || line.starts_with("\"args\": [") {
            within = !line.ends_with("],");
        } else if line.starts_with(']') {
            within = false;
        } else if within {
            items.push(number);
        }
    }
    items
}

fn manifest(case: &Value) -> Value {
    let mut container =
        json!({ "name": "work", "image": case["container"]["image"].as_str().unwrap_or("registry.example.com/a:1") });
    for name in ["command", "args"] {
        if let Some(list) = case["container"].get(name) {
            container[name] = list.clone();
        }
    }
    let env = case["container"]["env"].as_array().into_iter().flatten();
    container["env"] = env.map(|name| json!({ "name": name, "value": "x" })).collect();
    let mut pod = json!({ "restartPolicy": "Never", "containers": [container] });
    if case["container"]["init"] == true {
        pod["initContainers"] = pod["containers"].take();
        pod["containers"] = json!([{ "name": "main", "image": "registry.example.com/a:1" }]);
    }
    let mut job = json!({ "template": { "spec": pod } });
    for (place, name) in [("job", "/activeDeadlineSeconds"), ("pod", "/template/spec/activeDeadlineSeconds")] {
        if let Some(seconds) = case["deadline"][place].as_i64() {
            let (object, name) = name.rsplit_once('/').expect("a path");
            job.pointer_mut(object).expect("an object")[name] = seconds.into();
        }
    }
    let spec = match case["kind"].as_str() {
        Some("CronJob") => json!({ "schedule": "@daily", "jobTemplate": { "spec": job } }),
        _ => job,
    };
    json!({ "apiVersion": "batch/v1", "kind": case["kind"], "metadata": { "name": "case" }, "spec": spec })
}

#[test]
fn what_bash_reads_is_read_and_nothing_else() {
    let scripts = recorded();
    if scripts.is_empty() {
        return;
    }
    let Some(()) = bash_reads(":").map(|_| ()) else {
        eprintln!("SKIPPED: there is no bash to compare with");
        return;
    };
    let mut unlike = Vec::new();
    for script in &scripts {
        // And one that ends in its middle.
        let middle = (script.len() / 2..=script.len()).find(|at| script.is_char_boundary(*at)).unwrap_or(0);
        for text in [script, &script[..middle]] {
            let (bash, own) = (bash_reads(text), Some(reads(text)));
            if bash != own {
                unlike.push(format!("bash {bash:?}, here {own:?}:\n{text}\n"));
            }
        }
    }
    assert!(unlike.is_empty(), "{} of {}:\n{}", unlike.len(), scripts.len(), unlike.join("\n"));
}

#[test]
fn a_shell_is_found_behind_what_starts_it() {
    let script = |words: &[&str]| {
        let words: Vec<_> = words.iter().map(|word| Some((*word).into())).collect();
        let start = shell(&words)?;
        match start.operand {
            Operand::Script(at) => words[at].as_deref().map(str::to_owned),
            _ => None,
        }
    };
    for words in [
        &["sh", "-c", "a b"][..],
        &["/bin/bash", "-lc", "a b"],
        &["bash", "-euo", "pipefail", "-c", "a b"],
        &["bash", "-ceuo", "pipefail", "a b"],
        &["bash", "-o", "errexit", "-c", "a b", "c"],
        &["bash", "-c", "--", "a b"],
        &["bash", "--norc", "+x", "-c", "a b"],
        &["busybox", "sh", "-c", "a b"],
        &["/usr/bin/env", "-i", "A=b", "bash", "-c", "a b"],
        &["timeout", "-k", "5", "60", "sh", "-c", "a b"],
        &["exec", "nice", "-n", "5", "sh", "-c", "a b"],
        &["/sbin/tini", "-g", "--", "su-exec", "user", "sh", "-c", "a b"],
        &["dumb-init", "--", "gosu", "user", "sh", "-c", "a b"],
        &["kubectl", "exec", "pod", "--", "sh", "-c", "a b"],
        &["python3", "launch.py", "--", "/bin/bash", "-c", "a b"],
    ] {
        assert_eq!(script(words).as_deref(), Some("a b"), "{words:?}");
    }
    for words in [
        &["sh", "a b"][..],
        &["sh"],
        &["python", "-c", "a b"],
        &["bash", "/a", "-c", "b"],
        &["bash", "--rcfile", "-c", "a b"],
        &["pwsh", "-c", "a b"],
        &["echo", "sh", "-c", "a b"],
        &["timeout", "60"],
        &["env"],
    ] {
        assert_eq!(script(words), None, "{words:?}");
    }
}

#[test]
fn options_and_limits_are_those_in_force() {
    let start =
        |words: &str| shell(&words.split(' ').map(|word| Some(word.into())).collect::<Vec<_>>()).expect("a shell");
    let options = |words: &str| (start(words).options.errexit, start(words).options.pipefail);
    assert_eq!(options("sh -c a"), (false, false));
    assert_eq!(options("bash -exc a"), (true, false));
    assert_eq!(options("bash -euo pipefail -c a"), (true, true));
    assert_eq!(options("bash -o errexit -o pipefail +e -c a"), (false, true));
    assert_eq!(start("timeout 90 sh -c a").limit, Some(90));
    assert_eq!(start("timeout -s KILL 1.5h nice sh -c a").limit, Some(5_400));
    assert_eq!(start("sh -c a").limit, None);
    assert_eq!(["1h30m", "90", "0.5m", "2d"].map(seconds), [Some(5_400), Some(90), Some(30), Some(172_800)]);
    assert_eq!(["", "infinity", "5x", "-1", "1e9", "99999999999999999999d"].map(seconds), [None; 6]);
}

#[test]
fn what_kubernetes_fills_in_is_known_and_places_lead_back() {
    for (written, expanded) in [
        ("a $(A) b", "a $(A) b"),
        ("$$(A) $$$(A) $$", "$(A) $$(A) $"),
        ("$(B) $(date +%F) $(", "$(B) $(date +%F) $("),
        ("é$$ü", "é$ü"),
        ("$(echo $(A)) $$", "$(echo $(A)) $"),
    ] {
        let text = Text::expanded(written, |name| name == "A");
        assert_eq!(text.as_str(), expanded);
        for (at, char) in expanded.char_indices() {
            let place = text.written_at(Place::new(at..at + char.len_utf8()));
            assert_eq!(&written[place], &expanded[at..at + char.len_utf8()], "{written} at {at}");
        }
    }
}

#[test]
fn a_script_in_a_script_is_read_where_it_is_written() {
    let written = "echo $$A; timeout 5m bash -c 'while [ \"$(curl ''a b'')\" != 200 ]; do sleep 1; done'";
    let start = shell(&["sh", "-c", written].map(|word| Some(word.into()))).expect("a shell");
    let script = Script::read(Text::expanded(written, |_| true), &start).expect("a script");
    let [inner] = &script.inner()[..] else { panic!("one script is in there") };
    assert_eq!(inner.text.as_str(), "while [ \"$(curl a b)\" != 200 ]; do sleep 1; done");
    assert_eq!((inner.limit, inner.depth), (Some(300), 1));
    let mut commands = Vec::new();
    inner.list.walk(&mut |command| commands.push(&written[inner.text.written_at(command.place)]));
    assert!(commands.contains(&"sleep 1"), "{commands:?}");
    assert!(commands.contains(&"curl ''a b"), "{commands:?}");
}

#[test]
fn a_function_is_read_with_and_without_its_keyword() {
    for text in ["f() { a; }", "f() ( a )", "function f { a; }", "function f() { a; }", "function f {\n a\n}\nf"] {
        assert!(reads(text), "{text}");
    }
    for text in ["function f { a; ", "function f", "function f { a; } }"] {
        assert!(!reads(text), "{text}");
    }
}

#[test]
fn a_number_or_a_name_in_braces_before_a_redirection_is_no_word() {
    for (written, count) in [("a 2>b", 1), ("a {b}>c", 1), ("a {}>b", 2), ("a {b >c", 2), ("a 2b>c", 2), ("a b2>c", 2)]
    {
        let start = shell(&["bash", "-c", written].map(|word| Some(word.into()))).expect("a shell");
        let script = Script::read(Text::written(written), &start).expect("a script");
        let mut words = Vec::new();
        script.list.walk(&mut |command| words.extend(script.called(command).map(|call| call.words.len())));
        assert_eq!(words, [count], "{written}");
    }
}

#[test]
fn a_name_stands_before_an_assignment() {
    // How many words each command has, without what it assigns.
    for (written, count) in [
        ("a=b", 0),
        ("a+=b", 0),
        ("a[1]=b", 0),
        ("a[1]+=b c", 1),
        ("_1=b c d", 2),
        ("a=b =c", 1),
        ("=b", 1),
        ("+=b", 1),
        ("[1]=b", 1),
        ("1a=b", 1),
        ("a-=b", 1),
        ("a[1=b", 1),
        ("a=(b c) d", 1),
        ("export a=b =c d", 4),
    ] {
        let start = shell(&["bash", "-c", written].map(|word| Some(word.into()))).expect("a shell");
        let script = Script::read(Text::written(written), &start).expect("a script");
        let mut words = 0;
        script.list.walk(&mut |command| words += script.called(command).map_or(0, |call| call.words.len()));
        assert_eq!(words, count, "{written}");
    }
}

#[test]
fn groups_of_patterns_are_read_to_their_end() {
    for written in ["rm !(a|b) c; d", "rm *(a|@(b|c)) c; d", "rm +('('|\\)|\")\") c; d"] {
        let start = shell(&["bash", "-c", written].map(|word| Some(word.into()))).expect("a shell");
        let script = Script::read(Text::written(written), &start).expect("a script");
        let mut commands = Vec::new();
        script.list.walk(&mut |command| commands.push(&written[script.text.written_at(command.place)]));
        assert_eq!(commands, written.split("; ").collect::<Vec<_>>());
    }
}

fn reads(text: &str) -> bool {
    let start = shell(&["bash", "-c", text].map(|word| Some(word.into()))).expect("a shell");
    Script::read(Text::written(text), &start).is_some()
}

fn bash_reads(text: &str) -> Option<bool> {
    let mut bash = Command::new("bash")
        .arg("-n")
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .ok()?;
    // It may have seen enough before the end.
    let _ = bash.stdin.take()?.write_all(text.as_bytes());
    Some(bash.wait().ok()?.success())
}

/// The scripts of recorded containers, each once.
fn recorded() -> BTreeSet<String> {
    let mut scripts = BTreeSet::new();
    let mut texts: Vec<String> = Vec::new();
    if let Some(file) = shared::find("conformance/commands.jsonl") {
        let lines = fs::read_to_string(file).expect("the recorded commands");
        let cases = lines.lines().map(|line| serde_json::from_str(line).expect("a case"));
        texts.extend(cases.map(|case: Value| manifest(&case).to_string()));
    }
    if let Some(folder) = shared::find("wild/plain") {
        let files =
            fs::read_dir(folder).expect("a folder").filter_map(|entry| fs::read_to_string(entry.ok()?.path()).ok());
        texts.extend(files.filter(|text| text.contains("sh")));
    }
    let settings = Settings::at(NOW);
    for text in texts {
        let analysis = analyse(Source::new("a.yaml", text), &settings);
        for manifest in analysis.manifests() {
            let subject = Subject::new(manifest, &settings);
            let found = subject.containers.iter().filter_map(|container| container.argv.script()?.as_str());
            scripts.extend(found.map(str::to_owned));
        }
    }
    scripts
}

#[test]
fn whatever_stands_in_itself_for_a_hundred_thousand_bytes_is_survived() {
    let openings = [
        "(",
        "((",
        "$(",
        "${a:-",
        "\"${a:-",
        "`",
        "\"$(",
        "{ ",
        "if ",
        "while ",
        "for a in $(",
        "case a in a) ",
        "f() ",
        "[[ (",
        "<(",
        "a=(",
        "$((",
        "\\",
        "'",
        "<<A\n",
        "! ",
        "a && ",
        "a | ",
        "a; ",
        "a\n",
        "@(",
        "[[ a =~ (",
        "${",
        "$[",
        "x[",
        "a=b ",
        "# \n",
        "time ",
        ">a ",
        "2>&1 ",
        "&",
        "esac ",
        "a[1]=",
        "x[;",
        "export a[ ",
    ];
    for opening in openings {
        let text = opening.repeat(100_000 / opening.len());
        let _ = reads(&text);
        let _ = reads(&format!("{text}a{}", " ) fi } done \" ` }".repeat(10)));
    }
}

#[test]
fn every_rule_on_commands_says_when_it_is_silent() {
    let group: Vec<_> = rules::all().filter(|entry| entry.group == "command").collect();
    assert!(group.len() >= 14, "{} rules", group.len());
    for entry in group {
        assert!(entry.rule.page.body().contains("## Silent when"), "{}", entry.name);
    }
}
