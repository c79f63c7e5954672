//! What is read and what is not: links, pipes and devices, sizes, names, encodings, what renderers
//! print, and who is at fault.

#![cfg(unix)]
#![expect(clippy::disallowed_methods, reason = "tests make the files that they check")]

mod program;

use std::ffi::OsStr;
use std::fs::File;
use std::os::unix::ffi::OsStrExt as _;
use std::os::unix::fs::symlink;
use std::os::unix::net::UnixListener;
use std::process::{Command, Stdio};

use program::{FOUND, Folder, Run};

/// What the checks here select, so that new rules change nothing.
const CHECK: [&str; 4] = ["check", "--select=starting-deadline-never-met", "--format=concise", "-v"];

#[test]
fn what_aliases_stand_for_is_not_written_out_where_nobody_has_room_for_it() {
    let text = format!("a: &a {}\nb: [{}]\n", "x".repeat(100_000), "*a, ".repeat(1_000));
    let folder = Folder::new("aliases").file("a.yaml", &text);
    for format in ["yaml", "json"] {
        let run = folder.run(["read", "--format", format, "a.yaml"]);
        let said = format!("{}{}", run.out, run.err);
        assert!(said.contains("its aliases stand for more than 64 MB"), "{said:.300}");
        assert!(said.len() < 10_000 && run.status == 1, "{}: {}", run.status, said.len());
    }
}

#[test]
fn in_folders_nothing_but_files_is_read_and_the_rest_is_named() {
    let folder = Folder::new("kinds").file("a.yaml", FOUND).file("sub/b.yaml", FOUND);
    pipe(&folder, "pipe.yaml");
    let _socket = UnixListener::bind(folder.path.join("socket.json")).expect("a socket can be made");
    for (end, name) in [
        ("/dev/zero", "device.yaml"),
        ("pipe.yaml", "to-pipe.yaml"),
        ("nowhere.yaml", "broken.yml"),
        ("cycle.yaml", "cycle.yaml"),
        ("sub", "folder.yaml"),
        ("/dev/zero", "device.txt"),
    ] {
        link(&folder, end, name);
    }
    let run = folder.run(CHECK);
    assert_eq!((run.status, run.out.lines().count()), (1, 2), "{}", run.err);
    let (listed, counted): (Vec<&str>, Vec<&str>) = run.err.lines().partition(|line| line.contains(": not checked: "));
    assert_eq!(
        listed,
        [
            "broken.yml: not checked: (a link that leads nowhere)",
            "cycle.yaml: not checked: (a link that leads back to itself)",
            "device.yaml: not checked: (a link to a device)",
            "folder.yaml: not checked: (a link to a folder)",
            "pipe.yaml: not checked: (a pipe)",
            "socket.json: not checked: (a socket)",
            "to-pipe.yaml: not checked: (a link to a pipe)",
        ]
    );
    let line = "Checked 2 of 9 documents in 2 files: 2 errors. Not checked: 7 (7 that are no files).";
    assert!(counted.join(" ").starts_with(line), "{counted:?}");
    let json: serde_json::Value =
        serde_json::from_str(&folder.run(["check", "--format=json"]).out).expect("one object");
    assert_eq!(json["errors"], serde_json::json!([]));
    let reasons = json["documents"].as_array().expect("a list").iter().filter_map(|one| one["reason"].as_str());
    assert_eq!(reasons.filter(|reason| *reason == "a link to a device").count(), 1);
    for command in ["read", "runs"] {
        let run = folder.run([command]);
        assert_eq!((run.status, run.err.lines().count()), (0, 7), "{}", run.err);
        assert!(run.err.contains("batchlint: device.yaml: not read: a link to a device\n"), "{}", run.err);
    }
}

#[test]
fn a_link_to_a_folder_is_named_where_the_folder_is_not_walked() {
    let other = Folder::new("linked").file("b.yaml", FOUND);
    let folder = Folder::new("linking").file("a.yaml", FOUND).file("sub/c.yaml", FOUND);
    link(&folder, other.path.to_str().expect("text"), "base");
    link(&folder, "sub", "again");
    let run = folder.run(CHECK);
    assert!(run.err.contains("base: not checked: (a link to a folder)"), "{}", run.err);
    assert!(!run.err.contains("again"), "{}", run.err);
    assert!(folder.run(["read"]).err.contains("batchlint: base: not read: a link to a folder\n"));
    // Who names it wants it.
    assert!(folder.run(["check", "--format=concise", "base"]).out.starts_with("base/b.yaml:"));
}

#[test]
fn a_link_is_another_name_of_what_is_excluded_by_its_own() {
    let folder = Folder::new("link-to-excluded").file("data/a.yaml", FOUND).file("data/b.yaml", FOUND);
    let folder = folder.file("jobs/c.yaml", FOUND);
    link(&folder, "../data/a.yaml", "jobs/a.yaml");
    link(&folder, "../data/b.yaml", "jobs/b.yaml");
    let files = |exclude: &str| -> Vec<String> {
        let run = folder.run([&CHECK[..], &[&format!("--exclude={exclude}")]].concat());
        run.out.lines().filter_map(|line| Some(line.split_once(':')?.0.to_owned())).collect()
    };
    assert_eq!(files("none/"), ["data/a.yaml", "data/b.yaml", "jobs/c.yaml"]);
    assert_eq!(files("data/"), ["jobs/a.yaml", "jobs/b.yaml", "jobs/c.yaml"]);
    assert_eq!(files("a.yaml"), ["data/b.yaml", "jobs/c.yaml"]);
}

#[test]
fn what_git_ignores_is_not_asked_of_what_never_ends() {
    for (name, end) in [(".gitignore", "/dev/zero"), ("sub/.gitignore", "/dev/zero"), ("sub/.gitignore", "pipe")] {
        let folder = Folder::new("trap").file("a.yaml", FOUND).file("sub/b.yaml", FOUND);
        pipe(&folder, "sub/pipe");
        link(&folder, end, name);
        let run = folder.run(["check", "sub"]);
        assert_eq!(run.status, 2);
        assert!(run.err.contains(".gitignore: a "), "{}", run.err);
        assert_eq!(folder.run(CHECK).out.lines().count(), usize::from(name != ".gitignore"));
    }
}

#[test]
fn a_file_is_checked_once_whatever_names_lead_to_it() {
    let folder = Folder::new("once").file("z.yaml", FOUND).file("sub/b.yaml", FOUND);
    link(&folder, "z.yaml", "a-link.yaml");
    link(&folder, "sub/b.yaml", "b.yaml");
    let files = |args: &[&str]| -> Vec<String> {
        let run = folder.run(CHECK.iter().chain(args).copied().collect::<Vec<_>>());
        run.out.lines().filter_map(|line| line.split(':').next()).map(str::to_owned).collect()
    };
    // A name of its own is better than a link's.
    assert_eq!(files(&[]), ["sub/b.yaml", "z.yaml"]);
    let absolute = folder.path.join("z.yaml");
    let absolute = absolute.to_str().expect("text");
    assert_eq!(files(&["./z.yaml", "z.yaml", "sub/../z.yaml", absolute, ".", "./sub"]), ["z.yaml", "sub/b.yaml"]);
    assert_eq!(files(&["a-link.yaml"]), ["a-link.yaml"]);
    let run = folder.run_with([&CHECK[..], &["-", "--stdin-filename=./z.yaml", "."]].concat(), b"a: 1\n");
    assert_eq!(run.out.lines().count(), 1, "standard input stands in for the file: {}", run.out);
}

#[test]
fn what_is_named_may_be_a_pipe_or_a_device() {
    let folder = Folder::new("named").file("a.yaml", FOUND);
    pipe(&folder, "pipe");
    let pipe = folder.path.join("pipe");
    let writer = std::thread::spawn(move || std::fs::write(pipe, FOUND));
    let run = folder.run([&CHECK[..], &["pipe"]].concat());
    writer.join().expect("the writer ends").expect("the pipe takes it");
    assert!(run.out.starts_with("pipe:7:28: error"), "{}", run.err);
    let run = folder.run_with([&CHECK[..], &["/dev/stdin"]].concat(), FOUND.as_bytes());
    assert!(run.out.starts_with("/dev/stdin:7:28: error"), "{}", run.err);
    for command in ["check", "read", "runs"] {
        let run = folder.run([command, "--max-file-size=1MB", "/dev/zero"]);
        let told = "batchlint: /dev/zero: larger than 1MB; --max-file-size raises the limit";
        assert_eq!((run.status, run.err.lines().next()), (2, Some(told)));
    }
}

#[test]
fn a_size_is_looked_at_before_anything_is_read() {
    let folder = Folder::new("size").file("a.yaml", FOUND);
    for (name, length) in [("sparse.yaml", 5 << 30), ("large.yaml", 64_000_001)] {
        let file = File::create(folder.path.join(name)).expect("a file can be made");
        file.set_len(length).expect("a file can have a hole");
    }
    let run = folder.run(CHECK);
    let told = |err: &str| err.lines().filter(|line| line.starts_with("batchlint: ")).map(str::to_owned).collect();
    let told: fn(&str) -> Vec<String> = told;
    assert_eq!(
        told(&run.err),
        [
            "batchlint: large.yaml: larger than 64MB; --max-file-size raises the limit",
            "batchlint: sparse.yaml: larger than 64MB; --max-file-size raises the limit",
        ]
    );
    assert_eq!((run.status, run.out.lines().count()), (2, 1), "the rest was checked");
    let run = folder.run(["check", "--max-file-size=100GB", "sparse.yaml"]);
    assert_eq!(told(&run.err), ["batchlint: sparse.yaml: larger than 4 GiB, the most that can be checked"]);
    let bytes = FOUND.len().to_string();
    assert_eq!(folder.run(["check", "--max-file-size", &bytes, "a.yaml"]).status, 1);
    let less = (FOUND.len() - 1).to_string();
    for (args, input) in
        [(["check", "--max-file-size", &less, "a.yaml"], ""), (["read", "--max-file-size", &less, "-"], FOUND)]
    {
        assert_eq!(folder.run_with(args, input.as_bytes()).status, 2, "{args:?}");
    }
    let run = folder.run(["check", "--max-file-size=64XB"]);
    assert!(run.status == 2 && run.err.contains("write 64MB, 64MiB, 500M, or a number of bytes"), "{}", run.err);
}

#[test]
fn an_input_that_fails_is_no_fault_of_the_output() {
    let folder = Folder::new("side").file("a.yaml", FOUND);
    for args in [&["check", "-"][..], &["read", "-"], &["runs", "-"], &["schedule", "-"]] {
        let input = File::open(&folder.path).expect("a folder can be opened");
        let run = Run::of(folder.command(args).stdin(input).output());
        assert_eq!(run.status, 2, "{args:?}");
        assert!(run.err.contains("batchlint: <stdin>: a folder, not a file\n"), "{args:?}: {}", run.err);
    }
    let run = folder.run_with(["schedule", "-", "--count=1"], b"@daily\n\xff\r\n@hourly\r\n");
    assert_eq!((run.status, run.err.as_str()), (2, "batchlint: <stdin>: line 2 is not UTF-8\n"));
    assert!(run.out.contains("hour"), "the other lines are explained: {}", run.out);
    let run = folder.run_with(["schedule", "-"], &[b'*'; 1 << 21]);
    assert_eq!((run.status, run.err.as_str()), (2, "batchlint: <stdin>: line 1 is longer than 1MiB\n"));
}

#[test]
fn an_output_that_fails_is_said_to_fail() {
    let Ok(full) = File::options().write(true).open("/dev/full") else { return };
    let folder = Folder::new("full").file("a.yaml", FOUND);
    for args in [
        &["--help"][..],
        &["--version"],
        &["check", "--help"],
        &["check"],
        &["check", "--format=concise"],
        &["check", "--format=json"],
        &["check", "--format=lsp"],
        &["read"],
        &["read", "--format=json"],
        &["runs"],
        &["runs", "--format=ics"],
        &["runs", "--format=html"],
        &["schedule", "@daily"],
        &["rules"],
        &["explain", "schedule-syntax"],
        &["completions", "bash"],
    ] {
        let full = full.try_clone().expect("it can be opened twice");
        let run = Run::of(folder.command(args).stdin(Stdio::null()).stdout(full).output());
        assert_eq!(run.status, 2, "{args:?}");
        assert!(run.err.contains("batchlint: the output cannot be written: "), "{args:?}: {}", run.err);
    }
}

#[test]
fn where_no_thread_starts_one_does_all_the_work() {
    let mut folder = Folder::new("threads");
    for number in 0..8 {
        folder = folder.file(&format!("{number}.yaml"), FOUND);
    }
    // More stack for a thread than there is address space.
    let mut command = folder.command(&CHECK);
    command.env("RUST_MIN_STACK", (1_u64 << 60).to_string());
    let run = Run::of(command.output());
    assert_eq!((run.status, run.out.lines().count()), (1, 8), "{}", run.err);
}

#[test]
fn an_encoding_that_kubernetes_does_not_read_is_named() {
    let units = |text: &str, unit: fn(u16) -> [u8; 2]| text.encode_utf16().flat_map(unit).collect::<Vec<u8>>();
    let wide = |text: &str| text.chars().flat_map(|char| u32::from(char).to_le_bytes()).collect::<Vec<u8>>();
    for (bytes, name) in [
        (units(FOUND, u16::to_le_bytes), "UTF-16 without a byte order mark"),
        (units(FOUND, u16::to_be_bytes), "UTF-16 without a byte order mark"),
        (wide(FOUND), "UTF-32 without a byte order mark"),
        (wide(&format!("\u{feff}{FOUND}")), "UTF-32"),
    ] {
        let folder = Folder::new("encoding").bytes("a.yaml", &bytes);
        let run = folder.run(CHECK);
        let told = format!("batchlint: a.yaml: {name}, which Kubernetes does not read: save it as UTF-8");
        assert_eq!((run.status, run.err.lines().next()), (2, Some(told.as_str())));
        let run = folder.run(["read"]);
        assert!(run.status == 1 && run.out.contains("write UTF-8"), "{}", run.out);
    }
    let run = Folder::new("first").run_with(["read", "-"], b"\xe9\n");
    assert_eq!((run.status, run.out.as_str()), (1, "# <stdin>:1:1: a byte stands here that is no text in UTF-8\n"));
}

#[test]
fn lines_that_end_in_carriage_returns_are_one_finding() {
    let folder = Folder::new("returns").file("a.yaml", &FOUND.replace('\n', "\r"));
    let run = folder.run(["check", "--select=hidden-line-break", "--format=concise"]);
    let line = "a.yaml:1:21: warning[hidden-line-break] 14 lines of this file end in a carriage return alone, which few \
                programs show\n";
    assert_eq!(run.out, line);
}

#[test]
fn names_that_are_no_text_stay_apart() {
    let names = [&b"a\xfe.yaml"[..], b"a\xff.yaml"].map(OsStr::from_bytes);
    let folder = Folder::new("names").bytes(names[0], FOUND.as_bytes()).bytes(names[1], FOUND.as_bytes());
    let run = folder.run(CHECK);
    let files: Vec<&str> = run.out.lines().filter_map(|line| line.split(':').next()).collect();
    assert_eq!(files, ["a\\xfe.yaml", "a\\xff.yaml"]);
    let run = folder.run(["runs", "--format=json", "--from=2026-11-21", "--zone=UTC"]);
    let json: serde_json::Value = serde_json::from_str(&run.out).expect("one object");
    assert_eq!(json["cronJobs"].as_array().map(Vec::len), Some(2), "none takes the place of the other");
}

#[test]
fn a_heading_and_json_name_the_source() {
    let stream = format!("---\n# Source: app/templates/daily.yaml\n{FOUND}");
    let shown = told(&stream, "full");
    assert!(shown.contains("[<stdin>:9:28, from app/templates/daily.yaml]"), "{shown}");
    assert!(!shown.contains("comment-contradicts-schedule"), "{shown}");
    assert_eq!(sources(&stream), [Some("app/templates/daily.yaml".to_owned())]);
    let annotated = FOUND.replace(
        "  name: report\nspec",
        "  name: report\n  annotations:\n    config.kubernetes.io/origin: |\n      path: ../base/cronjob.yaml\nspec",
    );
    assert_eq!(sources(&annotated), [Some("../base/cronjob.yaml".to_owned())]);
    assert_eq!(sources(FOUND), [None]);
}

#[test]
fn the_manifests_of_a_dry_run_are_read_and_what_is_around_them_is_named_once() {
    let stream = format!(
        "NAME: app\nLAST DEPLOYED: Fri Nov 27 16:41:05 2026\nNAMESPACE: default\nSTATUS: pending-install\nREVISION: 1\nTEST SUITE: None\nHOOKS:\n---\n# Source: app/templates/hook.yaml\n{FOUND}MANIFEST:\n---\n# Source: app/templates/report.yaml\n{FOUND}\nNOTES:\n1. Get the application URL: {{it}}\n\tkubectl get pods: [\n"
    );
    assert_eq!(
        sources(&stream),
        ["hook", "report"].map(|name| Some(format!("app/templates/{name}.yaml"))),
        "{}",
        told(&stream, "concise")
    );
    let told = told(&stream, "concise");
    assert!(told.contains("Checked 2 of 3 documents") && told.matches("has no kind").count() == 1, "{told}");
}

fn told(input: &str, format: &str) -> String {
    let format = format!("--format={format}");
    let arguments = ["check", "-", "--select=all", "--ignore=yaml", "--isolated", "--fail-on=never", "-v", &format];
    let run = Folder::new("rendered").run_with(arguments, input.as_bytes());
    assert_eq!(run.status, 0, "{}", run.err);
    run.out + &run.err
}

fn sources(input: &str) -> Vec<Option<String>> {
    let run = Folder::new("rendered").run_with(["check", "-", "--isolated", "--format=json"], input.as_bytes());
    let report: serde_json::Value = serde_json::from_str(&run.out).expect("JSON");
    let errors = report["findings"].as_array().expect("a list").iter().filter(|one| one["severity"] == "error");
    errors.map(|finding| finding["source"].as_str().map(str::to_owned)).collect()
}

fn link(folder: &Folder, end: &str, name: &str) {
    symlink(end, folder.path.join(name)).expect("a link can be made");
}

fn pipe(folder: &Folder, name: &str) {
    let made = Command::new("mkfifo").arg(folder.path.join(name)).status().expect("mkfifo runs");
    assert!(made.success(), "a pipe can be made");
}
