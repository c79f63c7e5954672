//! The command as people and programs run it: arguments, files, standard input, exit statuses.

#![expect(clippy::disallowed_methods, clippy::print_stderr, reason = "tests make the files that they check")]

mod program;

use std::io::Read as _;
use std::process::Stdio;

use program::{FOUND, Folder, Run};

const OTHER: &str = "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\n";

/// What every check here selects, so that new rules change nothing.
const RULE: &str = "--select=starting-deadline-never-met";

#[test]
fn findings_are_printed_and_counted() {
    let folder = Folder::new("findings").file("jobs/a.yaml", FOUND).file("jobs/b.yml", OTHER);
    let run = folder.run(["check", RULE]);
    assert_eq!(run.status, 1);
    insta::assert_snapshot!(run.out);
    assert_eq!(run.err, "");
}

#[test]
fn exit_status_follows_fail_on() {
    let folder = Folder::new("fail-on").file("a.yaml", FOUND);
    for (fail_on, status) in [("error", 1), ("warning", 1), ("advice", 1), ("never", 0)] {
        assert_eq!(folder.run(["check", RULE, "--fail-on", fail_on]).status, status, "{fail_on}");
    }
    assert_eq!(folder.run(["check", RULE, "--ignore", "run"]).status, 0);
}

#[test]
fn concise_keeps_standard_output_to_findings() {
    let folder = Folder::new("concise").file("a.yaml", FOUND).file("b.yaml", OTHER);
    let run = folder.run(["check", RULE, "--format=concise", "-v"]);
    let line = "a.yaml:7:28: error[starting-deadline-never-met] with a deadline of 0 seconds no run ever starts\n";
    assert_eq!(run.out, line);
    assert!(
        run.err.starts_with("b.yaml:1: not checked: Deployment web (not a Job or CronJob)\nChecked 1 of 2 "),
        "{}",
        run.err
    );
    assert_eq!(folder.run(["check", RULE, "--format=concise", "-q"]).err, "");
}

#[test]
fn what_was_not_checked_is_counted_and_listed() {
    let list = "apiVersion: v1\nkind: List\nitems:\n  - kind: Service\n    apiVersion: v1\n    metadata: {name: web}\n";
    let text = format!("{FOUND}---\n{list}---\n[1, 2]\n---\nname: x\n");
    let folder = Folder::new("not-checked").file("a.yaml", &text);
    let run = folder.run(["check", RULE, "-v"]);
    let (_, after) = run.out.split_once("\n\n").expect("an empty line stands behind the finding");
    assert_eq!(
        after.lines().take(5).collect::<Vec<_>>(),
        [
            "a.yaml:20: not checked: Service web (not a Job or CronJob)",
            "a.yaml:24: not checked: (not an object)",
            "a.yaml:26: not checked: (has no kind)",
            "Checked 1 of 4 documents in 1 file: 1 error. Not checked: 3 (1 Service, 1",
            "without a kind, 1 not an object).",
        ]
    );
}

#[test]
fn json_and_lsp_are_whole_and_name_the_file() {
    let folder = Folder::new("machine").file("a b.yaml", FOUND).file("ok.yaml", OTHER);
    let json: serde_json::Value =
        serde_json::from_str(&folder.run(["check", RULE, "--format=json"]).out).expect("JSON");
    assert_eq!(json["findings"][0]["file"], "a b.yaml");
    assert_eq!(json["summary"]["documents"], 2);
    let lsp: serde_json::Value = serde_json::from_str(&folder.run(["check", RULE, "--format=lsp"]).out).expect("JSON");
    let uri = lsp[0]["uri"].as_str().expect("a URI");
    assert!(uri.starts_with("file:///") && uri.ends_with("/a%20b.yaml"), "{uri}");
    assert_eq!(lsp[1]["diagnostics"], serde_json::json!([]));
}

#[test]
fn standard_input_is_read_and_named() {
    let folder = Folder::new("stdin");
    let run = folder.run_with(["check", RULE, "--format=concise", "-"], FOUND.as_bytes());
    assert!(run.out.starts_with("<stdin>:7:28: error"), "{}", run.out);
    let run = folder.run_with(["check", RULE, "--format=concise", "-", "--stdin-filename=x/y.yaml"], FOUND.as_bytes());
    assert!(run.out.starts_with("x/y.yaml:7:28: error"), "{}", run.out);
    let run = folder.run_with(["check", RULE, "--format=json", "-"], b"");
    assert_eq!((run.status, json_of(&run)["summary"]["documents"].as_u64()), (0, Some(0)));
}

#[test]
fn folders_are_walked_as_git_sees_them() {
    let folder = Folder::new("walk")
        .file(".gitignore", "build/\n*.local.yaml\n")
        .file("a.yaml", FOUND)
        .file("b.json", "{}")
        .file("C.YML", FOUND)
        .file("readme.md", "x")
        .file("build/x.yaml", FOUND)
        .file("x.local.yaml", FOUND)
        .file(".hidden/x.yaml", FOUND)
        .file(".x.yaml", FOUND)
        .file("deep/er/d.yaml", FOUND)
        .file("deep/node_modules/x.yaml", FOUND);
    assert_eq!(checked(&folder.run(["check", RULE, "--format=json"])), ["C.YML", "a.yaml", "b.json", "deep/er/d.yaml"]);
    let named =
        folder.run(["check", RULE, "--format=json", "x.local.yaml", "readme.md", ".hidden", "./a.yaml", "a.yaml"]);
    assert_eq!(checked(&named), ["x.local.yaml", "readme.md", ".hidden/x.yaml", "a.yaml"]);
}

/// Wherever the settings of git say so.
#[cfg(unix)]
#[test]
fn what_somebody_ignores_everywhere_is_left_out_of_folders() {
    let folder = Folder::new("everywhere")
        .file("jobs/a.yaml", FOUND)
        .file("jobs/mine.yaml", FOUND)
        .file("ignored", "mine.yaml\n")
        .file("none/.config/x", "")
        .file("default/.config/git/ignore", "mine.yaml\n")
        .file("home/.gitconfig", "[core]\n\tExcludesFile = \"~/../ignored\"\n")
        .file("xdg/.config/git/config", "[core]\n  excludesfile=~/../ignored\n");
    let checked = |home: &str, settings: &[(&str, &str)]| {
        let mut command = folder.command(&["check", RULE, "--format=json", "jobs"]);
        for variable in ["XDG_CONFIG_HOME", "GIT_CONFIG_GLOBAL", "GIT_CONFIG_SYSTEM"] {
            command.env_remove(variable);
        }
        command.env("HOME", folder.path.join(home));
        for (variable, file) in settings {
            command.env(variable, folder.path.join(file));
        }
        checked(&Run::of(command.output())).len()
    };
    assert_eq!(checked("none", &[]), 2);
    for home in ["default", "home", "xdg"] {
        assert_eq!(checked(home, &[]), 1, "{home}");
    }
    assert_eq!(checked("none", &[("XDG_CONFIG_HOME", "default/.config")]), 1);
    let of_home = "home/own";
    std::fs::write(
        folder.path.join(of_home),
        format!("[core]\nexcludesfile = {}\n", folder.path.join("ignored").display()),
    )
    .expect("a file can be written");
    for variable in ["GIT_CONFIG_GLOBAL", "GIT_CONFIG_SYSTEM"] {
        assert_eq!(checked("none", &[(variable, of_home)]), 1, "{variable}");
    }
}

#[cfg(unix)]
#[test]
fn links_to_files_are_followed() {
    let folder = Folder::new("links").file("..data/a.yaml", FOUND);
    std::os::unix::fs::symlink("..data/a.yaml", folder.path.join("a.yaml")).expect("a link can be made");
    assert_eq!(checked(&folder.run(["check", RULE, "--format=json"])), ["a.yaml"]);
}

#[test]
fn what_cannot_be_read_is_named_and_the_rest_is_checked() {
    let folder = Folder::new("unreadable")
        .file("a.yaml", FOUND)
        .bytes("binary.yaml", b"a: \0\x01\xff")
        .bytes("latin-1.yaml", b"a: 1\nname: caf\xe9\n");
    let run = folder.run(["check", RULE, "--format=json", "missing.yaml", "."]);
    assert_eq!(run.status, 2);
    assert_eq!(
        run.err.lines().collect::<Vec<_>>(),
        [
            "batchlint: missing.yaml: no such file or folder",
            "batchlint: binary.yaml: a binary file",
            "batchlint: latin-1.yaml: not UTF-8: line 2 holds a byte that is no text (byte 14 of the file)",
        ]
    );
    assert_eq!(json_of(&run)["findings"].as_array().map(Vec::len), Some(1));
    assert_eq!(json_of(&run)["errors"].as_array().map(Vec::len), Some(3));
    assert!(folder.run(["check", RULE]).out.contains("1 error. Not read: 2 files."));
    assert_eq!(folder.run(["check", RULE, "--fail-on=never", "binary.yaml"]).status, 2);
}

#[cfg(unix)]
#[test]
fn a_file_without_permission_is_named() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = Folder::new("permission").file("a.yaml", FOUND).file("locked/x.yaml", FOUND);
    let lock = |mode| {
        for name in ["a.yaml", "locked"] {
            let permissions = std::fs::Permissions::from_mode(mode);
            std::fs::set_permissions(folder.path.join(name), permissions).expect("the file is ours");
        }
    };
    lock(0o000);
    if std::fs::read(folder.path.join("a.yaml")).is_ok() {
        eprintln!("skipped: this user may read everything");
        return lock(0o755);
    }
    let run = folder.run(["check", RULE]);
    lock(0o755);
    assert_eq!(run.status, 2);
    let expected = "batchlint: a.yaml: no permission to read it\nbatchlint: locked: no permission to read it\n";
    assert_eq!(run.err, expected);
}

#[test]
fn odd_files_are_checked_like_any_other() {
    let mark = format!("\u{feff}{FOUND}");
    let crlf = FOUND.replace('\n', "\r\n");
    let long = format!("{FOUND}# {}\n", "x".repeat(1 << 20));
    let utf16: Vec<u8> = [0xfe, 0xff].into_iter().chain(FOUND.encode_utf16().flat_map(u16::to_be_bytes)).collect();
    let folder = Folder::new("odd")
        .file("mark.yaml", &mark)
        .file("crlf.yaml", &crlf)
        .file("long.yaml", &long)
        .bytes("utf16.yaml", &utf16)
        .file("empty.yaml", "");
    let run = folder.run(["check", RULE, "--format=concise"]);
    let places: Vec<&str> = run.out.lines().filter_map(|line| line.split(": error").next()).collect();
    assert_eq!(places, ["crlf.yaml:7:28", "long.yaml:7:28", "mark.yaml:7:28", "utf16.yaml:7:28"]);
    assert!(folder.run(["check", RULE]).out.len() < 4000, "a long line is cut");
}

#[test]
fn the_order_is_the_same_every_time() {
    let mut folder = Folder::new("order");
    for number in 0..700 {
        folder = folder.file(&format!("{}/{number}.yaml", number % 7), FOUND);
    }
    let first = folder.run(["check", RULE, "--format=concise"]).out;
    assert_eq!(first.lines().count(), 700);
    let mut files: Vec<&str> = first.lines().filter_map(|line| line.split(':').next()).collect();
    let given = files.clone();
    files.sort_unstable();
    assert_eq!(given, files);
    for _ in 0..3 {
        assert_eq!(folder.run(["check", RULE, "--format=concise"]).out, first);
    }
}

#[test]
fn a_reader_that_goes_away_is_no_reason_to_complain() {
    let mut folder = Folder::new("pipe");
    for number in 0..2000 {
        folder = folder.file(&format!("{number}.yaml"), FOUND);
    }
    for args in
        [&["check", RULE][..], &["check", RULE, "--format=json"], &["rules"], &["completions", "zsh"], &["--help"]]
    {
        let mut child = folder.command(args).stdin(Stdio::null()).spawn().expect("the program starts");
        let mut out = child.stdout.take().expect("it was piped");
        out.read_exact(&mut [0]).expect("something is printed");
        drop(out);
        let run = child.wait_with_output().expect("the program ends");
        assert_eq!(String::from_utf8_lossy(&run.stderr), "", "{args:?}");
        assert!(matches!(run.status.code(), Some(0 | 1)), "{args:?}: {:?}", run.status);
    }
}

#[test]
fn nothing_in_a_file_reaches_the_terminal_raw() {
    let text =
        FOUND.replace("# ", "").replace("startingDeadlineSeconds: 0", "startingDeadlineSeconds: 0 # \u{1b}]0;x\u{7}");
    let other = "apiVersion: v1\nkind: \"\\e[31m\"\nmetadata: {name: \"\\e[2J\\n\"}\n";
    let folder = Folder::new("escapes").file("a\u{1b}[1m.yaml", &text).file("b.yaml", other);
    for format in ["full", "concise", "json", "lsp"] {
        let run = folder.run(["check", RULE, "-v", "--format", format]);
        assert!(!(run.out + &run.err).contains(['\u{1b}', '\u{7}']), "{format}");
    }
}

#[test]
fn colour_is_for_terminals_and_those_who_ask() {
    let folder = Folder::new("colour").file("a.yaml", FOUND);
    let colored = |args: &[&str], variable: Option<(&str, &str)>| {
        let mut command = folder.command(args);
        command.envs(variable);
        String::from_utf8(command.output().expect("the program runs").stdout).expect("text").contains('\u{1b}')
    };
    assert!(!colored(&["check", RULE], None));
    assert!(colored(&["check", RULE, "--color=always"], None));
    assert!(colored(&["check", RULE], Some(("CLICOLOR_FORCE", "1"))));
    assert!(!colored(&["check", RULE, "--color=never"], Some(("CLICOLOR_FORCE", "1"))));
    assert!(!colored(&["check", RULE, "--format=concise", "--color=always"], None));
}

#[test]
fn wrong_use_is_status_2_and_says_what_would_be_right() {
    let folder = Folder::new("use").file("a.yaml", FOUND);
    for (args, words) in [
        (&["check", "--select", "starting-deadline-nevermet"][..], "did you mean `starting-deadline-never-met`?"),
        (&["check", "--ignore", "run,rnu"], "no rule or group is named `rnu`; did you mean `run`?"),
        (&["check", "--kubernetes-version", "1.24"], "1.24 is older than 1.25"),
        (&["check", "--kubernetes-version", "1.x"], "is not a Kubernetes version such as 1."),
        (&["check", "--format", "xml"], "concise"),
        (&["runs", "--count", "abc"], "write a whole number, such as 20"),
        (&["runs", "--count", "18446744073709551615"], "1000000 is the most"),
        (&["runs", "--for", "x"], "write a number with a unit: 90m, 2h30m, 7d, 2w"),
        (&["runs", "--for", "99999999999d"], "a hundred years is the most"),
        (&["runs", "--from", "9999-12-31", "--for", "2d"], "--for leads beyond the year 9999"),
        (&["runs", "--zone", "Europe/Berln"], "did you mean Europe/Berlin?"),
        (&["runs", "--zone", "X"], "write one such as Europe/Berlin"),
        (&["runs", "--from", "tomorow"], "did you mean `tomorrow`?"),
        (&["schedule", "@daily", "--from", "@99999999999999999"], "within the years 1 to 9999"),
        (&["schedule", "@daily", "--from", "-9999-01-01"], "within the years 1 to 9999"),
        (&["schedule", "@daily", "-n", "-1"], "write a whole number, such as 20"),
        (&["explain", "starting-deadline-never-mett"], "did you mean `starting-deadline-never-met`?"),
        (&["explain", "x"], "`batchlint rules` lists them"),
        (&["explain", "run"], "`run` is a group of rules"),
        (&["explain", "TTL"], "`ttl-unset` and `failed-job-gone-soon` speak of it"),
        (&["explain", "leap day"], "did you mean `schedule-only-on-leap-day`?"),
        (&["chek"], "check"),
        (&[], "Usage: batchlint"),
    ] {
        let run = folder.run(args);
        assert_eq!((run.status, run.out.as_str()), (2, ""), "{args:?}");
        assert!(run.err.contains(words), "{args:?}: {}", run.err);
    }
}

#[test]
fn a_name_that_a_rule_had_is_taken_and_the_new_one_is_said() {
    let folder = Folder::new("formerly").file("a.yaml", &FOUND.replace("name: report\nspec", "name: re_port\nspec"));
    let said =
        "batchlint: `name-too-long` means `name-not-allowed`, too: what `name-not-allowed` finds was a part of it\n";
    let run = folder.run(["check", "--select=name-too-long", "--format=concise", "-q"]);
    assert_eq!((run.status, run.err.as_str()), (1, said));
    assert!(run.out.starts_with("a.yaml:4:9: error[name-not-allowed]"), "{}", run.out);
    let run = folder.run(["check", "--ignore=name-too-long,run", "--ignore=name-too-long", "--format=concise", "-q"]);
    assert_eq!((run.status, run.out.as_str(), run.err.as_str()), (0, "", said));
    let run = folder.run(["check", "--select=name-too-long,name-not-allowed", "--format=concise", "-q"]);
    assert_eq!(run.err, "");
}

#[test]
fn a_folder_without_manifests_is_said_to_be_one() {
    let folder = Folder::new("nothing").file("readme.md", "x");
    let run = folder.run(["check"]);
    assert_eq!((run.status, run.err.as_str()), (0, "batchlint: no *.yaml, *.yml or *.json file below .\n"));
    assert_eq!(run.out, "Checked 0 documents in 0 files: no findings.\n");
}

#[test]
fn explain_prints_the_page() {
    let folder = Folder::new("explain");
    let run = folder.run(["explain", "starting-deadline-never-met"]);
    assert_eq!(run.status, 0);
    insta::assert_snapshot!(run.out);
    let run = folder.run(["explain", "starting-deadline-never-met", "--format=json"]);
    assert_eq!(json_of(&run)["name"], "starting-deadline-never-met");
    assert!(json_of(&run)["page"].as_str().is_some_and(|page| page.contains("## Why it matters")));
}

#[test]
fn rules_lists_every_rule_within_the_width() {
    let folder = Folder::new("rules");
    let table = folder.run(["rules"]).out;
    let list = json_of(&folder.run(["rules", "--format=json"]));
    let names: Vec<&str> =
        list["rules"].as_array().expect("a list").iter().filter_map(|rule| rule["name"].as_str()).collect();
    assert_eq!(names.len(), batchlint::rules::all().count());
    for name in names {
        assert!(table.lines().any(|line| line.starts_with(&format!("{name} "))), "{name}");
    }
    assert!(table.lines().all(|line| line.chars().count() <= 80), "{table}");
}

#[test]
fn every_shell_gets_completions_with_the_rules() {
    let folder = Folder::new("completions");
    for shell in ["bash", "zsh", "fish", "powershell", "elvish", "nushell"] {
        let run = folder.run(["completions", shell]);
        assert_eq!(run.status, 0);
        assert!(run.out.contains("batchlint") && run.out.contains("fail-on"), "{shell}");
    }
    assert!(folder.run(["completions", "bash"]).out.contains("starting-deadline-never-met"));
    // fish would run what a `$(…)` in a summary says.
    let fish = folder.run(["completions", "fish"]).out;
    let values: Vec<&str> = fish.split(" -a \"").skip(1).filter_map(|part| part.split('"').next()).collect();
    assert!(values.iter().any(|values| values.contains("\\$")));
    assert!(values.iter().all(|values| values.replace("\\$", "").find('$').is_none()));
}

#[test]
fn help_and_version_are_answers_not_errors() {
    let folder = Folder::new("help");
    let version = folder.run(["--version"]);
    assert_eq!(
        (version.status, version.out.lines().next()),
        (0, Some(concat!("batchlint ", env!("CARGO_PKG_VERSION"))))
    );
    let help = folder.run(["--help"]);
    assert_eq!((help.status, help.err.as_str()), (0, ""));
    for line in help.out.lines().filter_map(|line| line.trim().strip_prefix("batchlint explain ")) {
        let rule = line.split(' ').next().expect("a word");
        assert_eq!(folder.run(["explain", rule]).status, 0, "the example in --help works: {rule}");
    }
    assert!(folder.run(["check", "--help"]).out.contains("Exit status:"));
}

fn json_of(run: &Run) -> serde_json::Value {
    serde_json::from_str(&run.out).expect("one JSON value")
}

/// The files whose documents the JSON output names.
fn checked(run: &Run) -> Vec<String> {
    let documents = json_of(run)["documents"].as_array().expect("a list").clone();
    documents.iter().filter_map(|document| document["file"].as_str().map(str::to_owned)).collect()
}
