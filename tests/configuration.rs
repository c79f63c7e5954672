//! Configuration files: which one holds for what, and what is said of those that are wrong.

mod program;

use std::fmt::Write as _;

use program::{FOUND, Folder};
use serde_json::{Value, json};

/// What checks here are asked for: the files and lines of findings alone.
const CHECK: [&str; 4] = ["check", "--format=concise", "-q", "."];

/// One finding: the rule `starting-deadline-never-met`.
fn lines(folder: &Folder, more: &[&str]) -> Vec<String> {
    let run = folder.run([&CHECK[..], more].concat());
    assert_eq!(run.err, "", "{}", run.out);
    run.out.lines().map(|line| line.split(" with").next().unwrap_or(line).to_owned()).collect()
}

#[test]
fn the_nearest_file_above_holds_up_to_the_root_of_the_repository() {
    let folder = Folder::new("nearest")
        .file("batchlint.toml", "ignore = ['run']\n")
        .file("a.yaml", FOUND)
        .file("sub/.batchlint.toml", "[severity]\nstarting-deadline-never-met = 'advice'\n")
        .file("sub/deep/b.yaml", FOUND)
        .file("repository/.git/HEAD", "")
        .file("repository/c.yaml", FOUND);
    let expected = [
        "repository/c.yaml:7:28: error[starting-deadline-never-met]",
        "sub/deep/b.yaml:7:28: advice[starting-deadline-never-met]",
    ];
    assert_eq!(lines(&folder, &[]), expected);
    assert_eq!(lines(&folder, &["--isolated"]).len(), 3);
    assert_eq!(lines(&folder, &["--config=sub/.batchlint.toml"]).len(), 3);
}

#[test]
fn a_base_lies_below_what_extends_it_and_the_command_line_above() {
    let folder = Folder::new("extended")
        .file("base.toml", "select = ['run']\n[severity]\nrun = 'advice'\n")
        .file("batchlint.toml", "extend = 'base.toml'\npedantic = true\n[severity]\nrun = 'warning'\n")
        .file("a.yaml", FOUND);
    let found = lines(&folder, &[]);
    assert!(found.iter().any(|line| line.contains("warning[starting-deadline-never-met]")), "{found:?}");
    assert!(found.len() > 1 && found.iter().all(|line| line.contains("warning[")), "{found:?}");
    assert_eq!(lines(&folder, &["--select=starting-deadline-never-met"]).len(), 1);
    assert_eq!(lines(&folder, &["--ignore=run"]), [""; 0]);
}

#[test]
fn some_files_may_be_of_another_cluster_and_others_are_left_out() {
    let new =
        FOUND.replace("    spec:\n      template", "    spec:\n      podReplacementPolicy: Failed\n      template");
    let folder = Folder::new("paths")
        .file(
            "batchlint.toml",
            "exclude = ['vendor/']\n[[overrides]]\npaths = ['old/**']\nkubernetes-version = '1.25'\n",
        )
        .file("old/a.yaml", &new)
        .file("new/a.yaml", &new)
        .file("vendor/a.yaml", FOUND);
    let unknown = lines(&folder, &["--select=unknown-field"]);
    assert_eq!(unknown.len(), 1, "{unknown:?}");
    assert!(unknown[0].starts_with("old/a.yaml:10:7: error[unknown-field]"), "{unknown:?}");
    // Who names a file wants it checked, whatever else was named before.
    assert_eq!(folder.run(["check", "-q", "--select=run", "--ignore=pod", ".", "vendor/a.yaml"]).status, 1);
    let named = |more: &[&str]| folder.run([&["check", "-q", "vendor/a.yaml"][..], more].concat()).status;
    assert_eq!((named(&[]), named(&["--force-exclude"])), (1, 0));
    assert_eq!(lines(&folder, &["--select=run", "--exclude=old", "--exclude=new"]), [""; 0]);
}

#[test]
fn standard_input_obeys_the_file_beside_its_name() {
    let folder = Folder::new("stream").file("sub/batchlint.toml", "ignore = ['run']\n");
    let run = |name: &str| folder.run_with(["check", "-q", "-", name], FOUND.as_bytes()).status;
    assert_eq!((run("--stdin-filename=sub/a.yaml"), run("--stdin-filename=a.yaml")), (0, 1));
}

#[test]
fn what_holds_for_a_file_is_shown_with_its_origin() {
    let folder = Folder::new("shown")
        .file("base.toml", "ignore = ['ttl-unset']\n")
        .file(
            "batchlint.toml",
            "extend = 'base.toml'\npedantic = true\n\n[[overrides]]\npaths = ['old/']\nkubernetes-version = '1.28'\n",
        )
        .file("old/a.yaml", FOUND);
    insta::assert_snapshot!(folder.run(["config", "show", "old/a.yaml"]).out);
}

/// A wrong file, and no word of what it might have meant: the run stops.
#[test]
fn a_wrong_configuration_stops_the_run_at_its_place() {
    let wrong = [
        "selct = ['run']",
        "select = 'run'",
        "select = [1]",
        "select = ['runs']",
        "select = [",
        "ignore = ['ttl-unse', 'schedule-sintax']",
        "ignore = { run = true }",
        "pedantic = 'yes'",
        "pedantic = 1",
        "kubernetes-version = 1.31",
        "kubernetes-version = '31'",
        "kubernetes-version = '1.2'",
        "kubernetes-version = '1.99'",
        "[severity]\nrun = 'fatal'",
        "[severity]\nrunn = 'error'",
        "severity = 'error'",
        "[severity]\nrun = true",
        "exclude = 'vendor'",
        "exclude = ['[z-a]']",
        "exclude = ['{a']",
        "exclude = ['/']",
        "exclude = ['./sub']",
        "[[overrides]]\npaths = ['../other/a.yaml']",
        "extend = 'nowhere.toml'",
        "extend = 'batchlint.toml'",
        "extend = ['a.toml']",
        "overrides = 'a'",
        "[overrides]\npaths = ['a']",
        "[[overrides]]\nselect = ['run']",
        "[[overrides]]\npaths = ['a']\nexclude = ['b']",
        "[[overrides]]\npaths = 'a'",
        "[[overrides]]\npaths = ['a']\nextend = 'b'",
        "select = ['run']\nselect = ['pod']",
        "a b",
        "\u{feff}select = ['run'] x",
    ];
    let mut told = String::new();
    for text in wrong {
        let folder = Folder::new("wrong").file("batchlint.toml", &format!("{text}\n")).file("a.yaml", FOUND);
        let run = folder.run(["check"]);
        assert_eq!((run.status, run.out.as_str()), (2, ""), "{text}");
        let _ = writeln!(told, "{text}\n    {}", run.err.trim_end().replace('\n', "\n    "));
    }
    insta::assert_snapshot!(told);
}

#[test]
fn two_files_in_one_folder_and_a_base_that_is_wrong_stop_it_too() {
    let folder = Folder::new("both").file("batchlint.toml", "").file(".batchlint.toml", "").file("a.yaml", FOUND);
    let run = folder.run(["check"]);
    assert_eq!(run.status, 2);
    assert!(run.err.contains("batchlint.toml: stands beside a .batchlint.toml; keep one of them"), "{}", run.err);
    let folder = Folder::new("base").file("base.toml", "selct = []\n").file("batchlint.toml", "extend = 'base.toml'\n");
    let run = folder.run(["check"]);
    assert_eq!(run.status, 2);
    assert!(run.err.contains("base.toml:1:1: no key is named `selct`"), "{}", run.err);
    assert_eq!(folder.run(["check", "--config=nowhere.toml"]).status, 2);
    let folder = Folder::new("no-file").file("batchlint.toml/a", "").file("a.yaml", FOUND);
    let run = folder.run(["check"]);
    assert_eq!((run.status, run.err.as_str()), (2, "batchlint: batchlint.toml: no file\n"));
}

#[test]
fn the_schema_takes_what_the_program_takes() {
    let schema: Value = serde_json::from_str(&Folder::new("schema").run(["config", "schema"]).out).expect("it is JSON");
    let validator = jsonschema::validator_for(&schema).expect("it is a schema");
    let right = json!({
        "extend": "../batchlint.toml", "select": ["run", "unknown-field"], "ignore": ["ttl-unset"], "pedantic": true,
        "kubernetes-version": "1.31", "exclude": ["vendor/"], "severity": {"runs-pile-up": "error", "all": "warning"},
        "overrides": [{"paths": ["old/"], "kubernetes-version": "1.28", "select": ["all"]}],
    });
    assert!(validator.is_valid(&right));
    for wrong in [
        json!({"selct": []}),
        json!({"select": ["runs"]}),
        json!({"pedantic": "yes"}),
        json!({"kubernetes-version": "31"}),
        json!({"severity": {"run": "fatal"}}),
        json!({"overrides": [{"select": ["run"]}]}),
        json!({"overrides": [{"paths": ["a"], "exclude": ["b"]}]}),
    ] {
        assert!(!validator.is_valid(&wrong), "{wrong}");
    }
}

#[test]
fn the_readmes_example_is_right() {
    let readme = include_str!("../README.md");
    let blocks = readme.split("```toml\n").skip(1).filter_map(|block| block.split("```").next());
    let example = blocks.into_iter().find(|block| block.contains("[[overrides]]")).expect("README shows one");
    let folder = Folder::new("readme").file("batchlint.toml", "").file("sub/batchlint.toml", example);
    let run = folder.file("sub/a.yaml", FOUND).run(["check", "-q", "--format=concise"]);
    assert_eq!((run.status, run.err.as_str()), (1, ""));
}
