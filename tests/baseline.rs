//! `check --baseline`: what was there before does not count, wherever it went; what is new does.

#![expect(clippy::disallowed_methods, reason = "tests make the files that they check")]

mod git;
mod program;

use std::fs;

use program::{FOUND, Folder, Run};

const ALL: [&str; 3] = ["check", "--format=concise", "--isolated"];

/// Files with one error each, and a baseline that knows them.
fn known(files: &[(&str, &str)]) -> Folder {
    let folder = files.iter().fold(Folder::new("baseline"), |folder, (name, text)| folder.file(name, text));
    let run = check(&folder, &["--write-baseline=known.json"]);
    assert_eq!((run.status, run.out.as_str()), (0, ""), "{}", run.err);
    folder
}

fn check(folder: &Folder, arguments: &[&str]) -> Run {
    folder.run([&ALL[..], arguments].concat())
}

/// The status, and the places of the findings that count.
fn new(folder: &Folder, arguments: &[&str]) -> (i32, Vec<String>) {
    let run = check(folder, &[&["--baseline=known.json"], arguments].concat());
    let place = |line: &str| line.split(": ").next().unwrap_or_default().to_owned();
    (run.status, run.out.lines().map(place).collect())
}

fn read(folder: &Folder, name: &str) -> String {
    fs::read_to_string(folder.path.join(name)).expect("it is there")
}

fn write(folder: &Folder, name: &str, text: &str) {
    fs::create_dir_all(folder.path.join(name).parent().expect("a folder")).expect("a folder can be made");
    fs::write(folder.path.join(name), text).expect("it can be written");
}

fn moved(folder: &Folder, from: &str, to: &str) {
    fs::create_dir_all(folder.path.join(to).parent().expect("a folder")).expect("a folder can be made");
    fs::rename(folder.path.join(from), folder.path.join(to)).expect("it can be moved");
}

fn named(name: &str) -> String {
    FOUND.replace("report", name)
}

#[test]
fn a_baseline_has_a_line_for_each_finding_and_says_so() {
    let folder = Folder::new("baseline").file("jobs/a.yaml", FOUND).file("b.yaml", &named("b"));
    let run = check(&folder, &["--write-baseline=known.json"]);
    let said = "batchlint: 2 findings written into known.json; --baseline known.json leaves them out\n";
    assert!(run.err.starts_with(said) && run.err.contains("no findings, 2 suppressed"), "{}", run.err);
    insta::assert_snapshot!(read(&folder, "known.json"));
    let first = read(&folder, "known.json");
    assert_eq!(check(&folder, &["--write-baseline=known.json"]).status, 0);
    assert_eq!(read(&folder, "known.json"), first);
    let shown = check(&folder, &["--baseline=known.json", "--show-suppressed"]);
    assert!(shown.out.contains("(suppressed: in known.json)") && shown.status == 0, "{}", shown.out);
}

#[test]
fn only_what_is_new_counts() {
    let folder = known(&[("a.yaml", FOUND), ("b.yaml", &named("b"))]);
    assert_eq!(new(&folder, &[]), (0, vec![]));
    write(&folder, "a.yaml", &format!("# moved\n\n{}", FOUND.replace("restartPolicy: Never", "restartPolicy: Always")));
    write(&folder, "c.yaml", &named("c"));
    let (status, places) = new(&folder, &[]);
    assert_eq!((status, places), (1, vec!["a.yaml:14:26".to_owned(), "c.yaml:7:28".to_owned()]));
}

#[test]
fn a_file_that_moved_and_an_object_that_did_are_known() {
    let folder = known(&[("a.yaml", &format!("{FOUND}---\n{}", named("b"))), ("c.yaml", &named("c"))]);
    moved(&folder, "c.yaml", "deep/er/d.yaml");
    assert_eq!(new(&folder, &[]), (0, vec![]));
    assert_eq!(new(&folder, &["deep"]), (0, vec![]));
    write(&folder, "a.yaml", FOUND);
    write(&folder, "0.yaml", &named("b"));
    write(&folder, "z.yaml", "kind: Service\n");
    assert_eq!(new(&folder, &[]), (0, vec![]));
}

#[test]
fn a_copy_is_new_where_the_first_is_still_there() {
    let folder = known(&[("b.yaml", FOUND)]);
    write(&folder, "a.yaml", FOUND);
    assert_eq!(new(&folder, &[]), (1, vec!["a.yaml:7:28".to_owned()]));
    assert_eq!(new(&folder, &["a.yaml"]), (1, vec!["a.yaml:7:28".to_owned()]));
}

#[test]
fn names_of_files_start_from_the_baseline() {
    let folder = Folder::new("baseline").file("jobs/a.yaml", FOUND).file("b.yaml", &named("b")).file("ci/x", "");
    assert_eq!(check(&folder, &["--write-baseline=ci/known.json"]).status, 0);
    assert!(read(&folder, "ci/known.json").contains(r#""file":"../jobs/a.yaml""#));
    let mut below = folder.command(&["check", "--isolated", "--baseline=../ci/known.json", "a.yaml"]);
    let run = Run::of(below.current_dir(folder.path.join("jobs")).output());
    assert_eq!((run.status, run.err.as_str()), (0, ""), "{}", run.out);
}

#[test]
fn what_is_mended_is_said_and_taken_out_where_it_was_looked_for() {
    let folder = known(&[("a.yaml", FOUND), ("jobs/b.yaml", &named("b")), ("jobs/c.yaml", &named("c"))]);
    let before = read(&folder, "known.json");
    let clean = FOUND.replace("  startingDeadlineSeconds: 0\n", "");
    write(&folder, "a.yaml", &clean);
    fs::remove_file(folder.path.join("jobs/b.yaml")).expect("it is there");
    let said = |arguments: &[&str]| check(&folder, &[&["--baseline=known.json"], arguments].concat()).err;
    assert!(said(&[]).contains("2 findings of known.json are mended; --prune-baseline takes them out\n"));
    assert!(said(&["jobs"]).contains("1 finding of known.json is mended; --prune-baseline takes it out\n"));
    assert!(!said(&["jobs/c.yaml"]).contains("mended") && !said(&["--ignore=run"]).contains("mended"));
    assert_eq!(read(&folder, "known.json"), before);
    assert!(said(&["jobs", "--prune-baseline"]).contains("1 finding taken out of known.json: mended\n"));
    let left: String = before.split_inclusive('\n').filter(|line| !line.contains("jobs/b.yaml")).collect();
    assert_eq!(read(&folder, "known.json"), left);
    assert!(said(&["--prune-baseline"]).contains("1 finding taken out of known.json"));
    assert_eq!(read(&folder, "known.json").lines().count(), 2);
}

#[test]
fn in_what_cannot_be_read_nothing_is_mended() {
    let folder = known(&[("a.yaml", FOUND), ("b.yaml", &named("b"))]);
    let before = read(&folder, "known.json");
    write(&folder, "a.yaml", &FOUND.replace("spec:\n  schedule", "spec: {\n  schedule"));
    let run = check(&folder, &["--baseline=known.json", "--prune-baseline"]);
    assert!(run.status == 1 && !run.err.contains("known.json"), "{}", run.err);
    assert_eq!(read(&folder, "known.json"), before);
}

#[test]
fn a_baseline_is_no_manifest_and_no_manifest_becomes_one() {
    let folder = known(&[("a.yaml", FOUND)]);
    let run = check(&folder, &["--baseline=known.json"]);
    assert!(run.err.starts_with("Checked 1 document in 1 file: no findings, 1 suppressed.\n"), "{}", run.err);
    let run = check(&folder, &["--write-baseline=a.yaml"]);
    assert!(
        run.status == 2 && run.err.contains("batchlint: a.yaml: not changed: it holds something else\n"),
        "{}",
        run.err
    );
    assert_eq!(read(&folder, "a.yaml"), FOUND);
    let text = read(&folder, "known.json");
    for old in ["", "\r\n", &text.replace(":1}", ":9}"), &format!("<<<<<<< ours\n{text}")] {
        write(&folder, "known.json", old);
        assert_eq!(check(&folder, &["--write-baseline=known.json"]).status, 0, "{old}");
        assert_eq!(read(&folder, "known.json"), text);
    }
}

#[cfg(unix)]
#[test]
fn a_pipe_is_no_place_for_a_baseline() {
    let folder = Folder::new("baseline").file("a.yaml", FOUND);
    let mut check = folder.command(&["check", "--isolated", "-q", "--write-baseline=/dev/stdout"]);
    let run = Run::of(check.stdout(std::process::Stdio::piped()).output());
    assert_eq!((run.status, run.out.as_str()), (2, ""), "{}", run.err);
}

#[test]
fn pruning_keeps_the_order_and_every_other_byte() {
    let folder = known(&[("a.yaml", FOUND), ("b.yaml", &named("b")), ("c.yaml", &named("c"))]);
    let text = read(&folder, "known.json");
    let mut lines: Vec<&str> = text.lines().collect();
    lines[1..].reverse();
    let unsorted = lines.join("\r\n\r\n");
    write(&folder, "known.json", &unsorted);
    fs::remove_file(folder.path.join("b.yaml")).expect("it is there");
    assert_eq!(check(&folder, &["--baseline=known.json", "--prune-baseline"]).status, 0);
    let kept: String = unsorted.split_inclusive('\n').filter(|line| !line.contains("b.yaml")).collect();
    assert_eq!(read(&folder, "known.json"), kept);
}

#[test]
fn the_configuration_names_one() {
    let folder = known(&[("jobs/a.yaml", FOUND), ("batchlint.toml", "")]);
    let plain = |arguments: &[&str]| folder.run([&["check", "-q"], arguments].concat()).status;
    assert_eq!(plain(&[]), 1);
    write(&folder, "batchlint.toml", "baseline = \"known.json\"\n");
    assert_eq!((plain(&[]), plain(&["jobs"]), plain(&["--isolated"])), (0, 0, 1));
    assert_eq!(plain(&["--write-baseline=other.json"]), 0);
    assert_eq!(read(&folder, "other.json"), read(&folder, "known.json"));
    write(&folder, "batchlint.toml", "baseline = \"missing.json\"\n");
    let run = folder.run(["check"]);
    let said =
        "batchlint: batchlint.toml:1:12: missing.json: no such file or folder; --write-baseline writes a baseline\n";
    assert_eq!((run.status, run.err.as_str()), (2, said));
}

#[test]
fn a_baseline_that_is_wrong_stops_the_run_at_its_place() {
    let folder = known(&[("a.yaml", FOUND)]);
    let text = read(&folder, "known.json");
    let fails = |text: &str| {
        write(&folder, "known.json", text);
        let run = check(&folder, &["--baseline=known.json"]);
        assert_eq!((run.status, run.out.as_str()), (2, ""));
        run.err
    };
    let other = fails("kind: Job\nspec:\n");
    assert!(other.starts_with("batchlint: known.json:1:1: no baseline of batchlint") && other.lines().count() == 1);
    assert!(fails(&text.replace(":1}", ":9}")).contains("known.json:1:1: a baseline of version 9"));
    assert!(fails(&format!("{text}<<<<<<< HEAD\n")).contains("known.json:3:1: a conflict that git left"));
    let run = check(&folder, &["--prune-baseline"]);
    assert_eq!(run.status, 2);
    assert!(run.err.contains("--prune-baseline: there is none"), "{}", run.err);
    for standard in ["--baseline=-", "--write-baseline=-"] {
        let run = check(&folder, &[standard]);
        assert_eq!(
            (run.status, run.err.as_str()),
            (2, "batchlint: a baseline is a file: standard input and output are none\n")
        );
    }
    assert!(check(&folder, &["--baseline=."]).err.contains("batchlint: .: a folder, not a file"));
    assert!(check(&folder, &["--write-baseline=."]).err.contains("batchlint: .: not changed: no file"));
    for other in ["--baseline=a", "--since=main", "--diff", "--prune-baseline"] {
        assert_eq!(check(&folder, &["--write-baseline=b", other]).status, 2, "{other}");
    }
}

#[test]
fn findings_over_all_files_are_known() {
    let text =
        |at: usize| named(&format!("r{at}")).replace("  startingDeadlineSeconds: 0\n", "").replace("30 4", "0 4");
    let folder = (0..12).fold(Folder::new("baseline"), |folder, at| folder.file(&format!("{at:02}.yaml"), &text(at)));
    let rule = ["--select=runs-start-together", "--fail-on=advice"];
    assert_eq!(check(&folder, &rule).status, 1);
    assert_eq!(check(&folder, &[&rule[..], &["--write-baseline=known.json"]].concat()).status, 0);
    assert_eq!(read(&folder, "known.json").lines().count(), 2);
    assert_eq!(new(&folder, &rule), (0, vec![]));
}

#[test]
fn what_a_comment_suppresses_is_no_part_of_it() {
    let ignored =
        FOUND.replace("Seconds: 0\n", "Seconds: 0  # batchlint: ignore[starting-deadline-never-met] it is off\n");
    let folder = known(&[("a.yaml", &ignored), ("b.yaml", FOUND)]);
    assert_eq!(read(&folder, "known.json").lines().count(), 2, "{}", read(&folder, "known.json"));
}

#[test]
fn what_two_branches_add_merges() {
    let files: Vec<(String, String)> = (0..20).map(|at| (format!("{at}.yaml"), named(&format!("r{at}")))).collect();
    let files: Vec<(&str, &str)> = files.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    let folder = known(&files);
    let git = |arguments: &[&str]| git::git(&folder.path, arguments);
    git(&["init", "--quiet", "--initial-branch=main"]);
    git(&["add", "--all"]);
    git(&["commit", "--quiet", "--message=one"]);
    for name in ["left", "right"] {
        git(&["checkout", "--quiet", "-b", name, "main"]);
        write(&folder, &format!("{name}.yaml"), &named(name));
        fs::remove_file(folder.path.join(if name == "left" { "3.yaml" } else { "5.yaml" })).expect("it is there");
        assert_eq!(check(&folder, &["--write-baseline=known.json"]).status, 0);
        git(&["add", "--all"]);
        git(&["commit", "--quiet", "--message", name]);
    }
    git(&["merge", "--quiet", "--no-edit", "left"]);
    let merged = read(&folder, "known.json");
    assert_eq!(merged.lines().count(), 21, "{merged}");
    assert_eq!(check(&folder, &["--write-baseline=known.json"]).status, 0);
    assert_eq!(read(&folder, "known.json"), merged);
}

#[test]
fn with_since_what_did_not_change_is_not_mended() {
    let folder = known(&[("a.yaml", &format!("{FOUND}---\n{}", named("b")))]);
    let git = |arguments: &[&str]| git::git(&folder.path, arguments);
    git(&["init", "--quiet", "--initial-branch=main"]);
    git(&["add", "--all"]);
    git(&["commit", "--quiet", "--message=one"]);
    write(&folder, "a.yaml", &format!("{FOUND}---\n{}", named("b").replace("1.4.2", "1.4.3")));
    let run = check(&folder, &["--baseline=known.json", "--since=main"]);
    assert_eq!((run.status, run.err.contains("mended")), (0, false), "{}", run.err);
}
