//! `check --since`: what changed in a git repository, and nothing else.

#![cfg(unix)]
#![expect(clippy::disallowed_methods, reason = "tests make the files that they check")]

mod program;

use std::ffi::{OsStr, OsString};
use std::fs;
use std::os::unix::ffi::OsStringExt as _;
use std::process::Command;

use program::{FOUND, Folder, Run};

/// A repository with a commit of what was put there.
struct Repository(Folder);

impl Repository {
    fn with(files: &[(&str, &str)]) -> Self {
        let folder = files.iter().fold(Folder::new("since"), |folder, (name, text)| folder.file(name, text));
        let repository = Self(folder);
        repository.git(&["init", "--quiet", "--initial-branch=main"]);
        repository.commit();
        repository
    }

    fn write(&self, name: impl AsRef<OsStr>, text: &str) {
        let path = self.0.path.join(name.as_ref());
        fs::create_dir_all(path.parent().expect("it stands in the folder")).expect("a folder can be made");
        fs::write(path, text).expect("a file can be written");
    }

    fn commit(&self) {
        self.git(&["add", "--all"]);
        self.git(&["commit", "--quiet", "--allow-empty", "--message=more"]);
    }

    fn git(&self, arguments: &[&str]) {
        let mut git = Command::new("git");
        let about = ["user.name=a", "user.email=a@example.com", "commit.gpgsign=false", "protocol.file.allow=always"];
        git.args(about.iter().flat_map(|setting| ["-c", setting]));
        let output = git.args(arguments).current_dir(&self.0.path).output().expect("git is there");
        assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    }

    /// The status, and the places of the findings.
    fn check(&self, arguments: &[&str]) -> (i32, Vec<String>) {
        places(self.0.run([&["check", "--format=concise", "--isolated", "-q"], arguments].concat()))
    }

    fn fails(&self, arguments: &[&str]) -> String {
        let run = self.0.run([&["check"], arguments].concat());
        assert_eq!((run.status, run.out.as_str()), (2, ""), "{}", run.err);
        run.err
    }
}

fn places(run: Run) -> (i32, Vec<String>) {
    assert_eq!(run.err, "");
    let place = |line: &str| line.split(": ").next().unwrap_or_default().to_owned();
    (run.status, run.out.lines().map(place).collect())
}

fn two() -> String {
    format!("{FOUND}---\n{}", FOUND.replace("report", "other"))
}

#[test]
fn only_objects_that_changed_have_findings() {
    let repository = Repository::with(&[("a.yaml", &two()), ("b.yaml", FOUND), ("c.yaml", FOUND)]);
    assert_eq!(repository.check(&["--since=main"]), (0, vec![]));
    assert_eq!(repository.check(&[]).1.len(), 4);
    repository.write("a.yaml", &two().replace("other:1.4.2", "other:1.4.3"));
    repository.write("new.yaml", FOUND);
    assert_eq!(repository.check(&["--since=main"]), (1, vec!["a.yaml:23:28".to_owned(), "new.yaml:7:28".to_owned()]));
    let run = repository.0.run(["check", "--isolated", "--since=main", "a.yaml"]);
    assert!(
        run.out.contains("Checked 1 of 2 documents in 1 file: 1 error. Not checked: 1 (1 not changed)."),
        "{}",
        run.out
    );
}

#[test]
fn a_line_that_is_gone_changed_its_object_and_a_document_that_is_gone_no_other() {
    let repository = Repository::with(&[("a.yaml", &two())]);
    repository.write("a.yaml", &two().replacen("metadata:\n  name: report\n", "", 1));
    assert_eq!(repository.check(&["--since=main", "--select=starting-deadline-never-met"]).1, ["a.yaml:5:28"]);
    repository.write("a.yaml", FOUND);
    assert_eq!(repository.check(&["--since=main"]), (0, vec![]));
    repository.write("a.yaml", &FOUND.replace("report", "other"));
    assert_eq!(repository.check(&["--since=main"]), (0, vec![]));
}

#[test]
fn what_is_found_over_all_files_is_fixed_where_it_changed() {
    let settings = "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: report-settings\ndata: {}\n";
    let job = |name: &str, image: &str| {
        let job = FOUND.replace("report", name).replace("1.4.2", image).replace("  startingDeadlineSeconds: 0\n", "");
        format!("{job}              envFrom:\n                - configMapRef: {{name: report-setings}}\n")
    };
    let text = |image: &str| [settings.to_owned(), job("one", "1.4.2"), job("two", image)].join("---\n");
    let repository = Repository::with(&[("a.yaml", &text("1.4.2"))]);
    repository.write("a.yaml", &text("1.4.3"));
    let run = repository.0.run(["check", "--fix", "--unsafe-fixes", "--since=main", "a.yaml"]);
    assert!(run.err.contains("fixed 1 finding in 1 file: 1 reference-misspelled\n"), "{}{}", run.out, run.err);
    let now = fs::read_to_string(repository.0.path.join("a.yaml")).expect("it can be read");
    let (one, two) = now.split_at(now.rfind("---\n").expect("there are three documents"));
    assert!(one.contains("name: report-setings") && two.contains("name: report-settings"), "{now}");
}

#[test]
fn the_last_and_the_first_line_of_an_object_are_its_own() {
    let repository = Repository::with(&[("a.yaml", &two())]);
    repository.write("a.yaml", &two().replacen("              image: registry.example.com/report:1.4.2\n", "", 1));
    let rule = "--select=starting-deadline-never-met";
    assert_eq!(repository.check(&["--since=main", rule]).1, ["a.yaml:7:28"]);
    repository.write("a.yaml", &two().replace("---\napiVersion: batch/v1\n", "---\n"));
    let (_, places) = repository.check(&["--since=main"]);
    assert!(!places.is_empty() && !places.contains(&"a.yaml:7:28".to_owned()), "{places:?}");
}

#[test]
fn items_of_a_list_are_objects() {
    let item = |name: &str| {
        let lines = FOUND.replace("report", name);
        let lines: Vec<String> = lines.lines().map(|line| format!("    {line}")).collect();
        lines.join("\n").replacen("    api", "  - api", 1)
    };
    let list = |items: &[String]| format!("apiVersion: v1\nkind: List\nitems:\n{}\n", items.join("\n"));
    let repository = Repository::with(&[("a.yaml", &list(&[item("a"), item("b"), item("c")]))]);
    repository.write("a.yaml", &list(&[item("a"), item("b").replace("30 4", "30 5"), item("c")]));
    assert_eq!(repository.check(&["--since=main"]).1, ["a.yaml:25:32"]);
}

#[test]
fn changes_count_from_the_commit_that_both_have() {
    let repository = Repository::with(&[("a.yaml", FOUND), ("b.yaml", FOUND)]);
    repository.git(&["checkout", "--quiet", "-b", "topic"]);
    repository.write("a.yaml", &FOUND.replace("30 4", "30 5"));
    repository.commit();
    repository.git(&["checkout", "--quiet", "main"]);
    repository.write("b.yaml", &FOUND.replace("30 4", "30 6"));
    repository.commit();
    repository.git(&["checkout", "--quiet", "topic"]);
    assert_eq!(repository.check(&["--since=main"]).1, ["a.yaml:7:28"]);
    assert_eq!(repository.check(&["--since=HEAD"]), (0, vec![]));
    assert_eq!(repository.check(&["--since=HEAD~1"]).1, ["a.yaml:7:28"]);
}

#[test]
fn a_file_that_moved_did_not_change_with_it() {
    let repository = Repository::with(&[("a.yaml", &two())]);
    repository.git(&["mv", "a.yaml", "b.yaml"]);
    assert_eq!(repository.check(&["--since=main"]), (0, vec![]));
    repository.write("b.yaml", &two().replace("other:1.4.2", "other:1.4.3"));
    assert_eq!(repository.check(&["--since=main"]).1, ["b.yaml:23:28"]);
}

#[test]
fn names_may_hold_any_byte() {
    let names =
        ["with space.yaml", "new\nline.yaml", "quo\"te\\.yaml", "ä.yaml", ":(glob)*.yaml", "-p.yaml", "d e/f g.YML"];
    let repository = Repository::with(&names.map(|name| (name, FOUND)));
    let bytes = OsString::from_vec(b"latin-\xe4.yaml".to_vec());
    repository.write(&bytes, FOUND);
    repository.commit();
    assert_eq!(repository.check(&["--since=main"]), (0, vec![]));
    let changed = FOUND.replace("30 4", "30 5");
    names.iter().for_each(|name| repository.write(name, &changed));
    repository.write(&bytes, &changed);
    repository.write("neu ü\n.yaml", FOUND);
    assert_eq!(repository.check(&["--since=main"]).1.len(), names.len() + 2);
}

#[test]
fn paths_restrict_it_and_what_is_excluded_or_ignored_stays_so() {
    let repository = Repository::with(&[("jobs/a.yaml", FOUND), ("b.yaml", FOUND), (".gitignore", "/out\n")]);
    let changed = FOUND.replace("30 4", "30 5");
    for name in ["jobs/a.yaml", "b.yaml", "out/c.yaml", ".hidden/d.yaml", "job.txt", "node_modules/e.yaml"] {
        repository.write(name, &changed);
    }
    repository.git(&["add", "--force", "out/c.yaml"]);
    assert_eq!(repository.check(&["--since=main"]).1, ["b.yaml:7:28", "jobs/a.yaml:7:28"]);
    assert_eq!(repository.check(&["--since=main", "jobs"]).1, ["jobs/a.yaml:7:28"]);
    assert_eq!(repository.check(&["--since=main", "--exclude=jobs/"]).1, ["b.yaml:7:28"]);
    assert_eq!(repository.check(&["--since=main", "job.txt", "b.yaml"]).1, ["job.txt:7:28", "b.yaml:7:28"]);
    let mut below = repository.0.command(&["check", "--format=concise", "--isolated", "-q", "--since=main"]);
    let run = Run::of(below.current_dir(repository.0.path.join("jobs")).output());
    assert_eq!(places(run).1, ["a.yaml:7:28"]);
}

#[test]
fn of_what_changed_elsewhere_nothing_is_asked() {
    let repository = Repository::with(&[("jobs/a.yaml", FOUND), ("jobs/b.tmpl", FOUND), ("other/c.txt", "1")]);
    repository.write("jobs/batchlint.toml", "include = ['*.tmpl']\n");
    repository.write("jobs/b.tmpl", &FOUND.replace("30 4", "30 5"));
    repository.write("other/batchlint.toml", "selct = []\n");
    repository.write("other/c.txt", "2");
    let mut check = repository.0.command(&["check", "--format=concise", "-q", "--since=main", "jobs"]);
    assert_eq!(places(Run::of(check.output())), (1, vec!["jobs/b.tmpl:7:28".to_owned()]));
}

#[test]
fn files_that_did_not_change_are_not_read() {
    use std::os::unix::fs::PermissionsExt as _;
    let repository = Repository::with(&[("a.yaml", FOUND), ("old/b.yaml", "\u{0}\u{ff}"), ("old/c.yaml", "a: [")]);
    repository.write("a.yaml", &FOUND.replace("30 4", "30 5"));
    fs::set_permissions(repository.0.path.join("old/c.yaml"), fs::Permissions::from_mode(0o600))
        .expect("it can be set");
    let run = repository.0.run(["check", "--isolated", "--since=main"]);
    assert!(run.out.contains("Checked 1 document in 1 file: 1 error."), "{}", run.out);
}

#[test]
fn what_is_no_longer_suppressed_in_several_objects_counts_in_all_of_them() {
    let ignored = format!("# batchlint: ignore-file[run] why\n{}", two());
    let repository = Repository::with(&[("a.yaml", &ignored)]);
    assert_eq!(repository.check(&[]), (0, vec![]));
    repository.write("a.yaml", &two());
    assert_eq!(repository.check(&["--since=main"]).1, ["a.yaml:7:28", "a.yaml:23:28"]);
    repository.write("a.yaml", &ignored.replace("[run]", "[pod]"));
    let starts = "--select=starting-deadline-never-met";
    assert_eq!(repository.check(&["--since=main", starts]).1, ["a.yaml:8:28", "a.yaml:24:28"]);
    // What is suppressed besides changes nothing elsewhere.
    repository.write("a.yaml", &ignored.replace("[run]", "[run, pod]"));
    assert_eq!(repository.check(&["--since=main", starts]), (0, vec![]));
    repository.commit();
    let list = |comment: &str| {
        let item =
            FOUND.lines().map(|line| format!("    {line}\n")).collect::<String>().replacen("    api", "  - api", 1);
        format!("kind: List\napiVersion: v1\n{comment}items:\n{item}{}", item.replace("report", "other"))
    };
    repository.write("b.yaml", &list("# batchlint: ignore[run] why\n"));
    repository.commit();
    repository.write("b.yaml", &list(""));
    assert_eq!(repository.check(&["--since=main", starts]).1, ["b.yaml:10:32", "b.yaml:25:32"]);
}

#[test]
fn a_link_to_what_changed_is_one_wherever_it_stands() {
    use std::os::unix::fs::symlink;
    let repository = Repository::with(&[("base/a.yaml", FOUND), (".hidden/b.yaml", FOUND), ("jobs/sub/c.yaml", FOUND)]);
    symlink("../../base/a.yaml", repository.0.path.join("jobs/sub/a.yaml")).expect("it can be made");
    symlink("../.hidden/b.yaml", repository.0.path.join("jobs/b.yaml")).expect("it can be made");
    repository.commit();
    assert_eq!(repository.check(&["--since=main", "jobs"]), (0, vec![]));
    repository.write("base/a.yaml", &FOUND.replace("30 4", "30 5"));
    repository.write(".hidden/b.yaml", &FOUND.replace("30 4", "30 5"));
    assert_eq!(repository.check(&["--since=main", "jobs"]).1, ["jobs/b.yaml:7:28", "jobs/sub/a.yaml:7:28"]);
    assert_eq!(repository.check(&["--since=main"]).1, ["base/a.yaml:7:28", "jobs/b.yaml:7:28"]);
}

#[test]
fn what_a_hook_or_somebody_likes_changes_nothing() {
    let repository = Repository::with(&[("a.yaml", &two()), ("b.yaml", FOUND), (".gitattributes", "*.yaml -diff\n")]);
    repository.write("a.yaml", &two().replace("other:1.4.2", "other:1.4.3").replacen("30 4", "30 5", 1));
    for setting in [
        ["diff.noprefix", "true"],
        ["diff.mnemonicPrefix", "true"],
        ["diff.interHunkContext", "99"],
        ["diff.context", "9"],
        ["diff.external", "false"],
        ["diff.relative", "true"],
        ["color.ui", "always"],
        ["core.quotePath", "false"],
    ] {
        repository.git(&["config", setting[0], setting[1]]);
    }
    let mut command = repository.0.command(&["check", "--format=concise", "--isolated", "-q", "--since=main"]);
    command.env("GIT_DIR", "/nowhere").env("GIT_INDEX_FILE", "/nowhere/index").env("GIT_WORK_TREE", "/");
    command.env("GIT_EXTERNAL_DIFF", "false").env("GIT_DIFF_OPTS", "--unified=99").env("GIT_LITERAL_PATHSPECS", "1");
    assert_eq!(places(Run::of(command.output())).1, ["a.yaml:7:28", "a.yaml:23:28"]);
}

#[test]
fn another_work_tree_is_one_and_so_is_each_repository() {
    let repository = Repository::with(&[("a.yaml", FOUND)]);
    repository.git(&["worktree", "add", "--quiet", "tree"]);
    repository.write("tree/a.yaml", &FOUND.replace("30 4", "30 5"));
    assert_eq!(repository.check(&["--since=main", "tree"]).1, ["tree/a.yaml:7:28"]);
    let other = Repository::with(&[("b.yaml", FOUND)]);
    other.write("b.yaml", &FOUND.replace("30 4", "30 5"));
    let there = other.0.path.join("b.yaml");
    let there = there.to_str().expect("text");
    assert_eq!(repository.check(&["--since=main", "tree/a.yaml", there]).1.len(), 2);
}

#[test]
fn why_it_cannot_be_told_is_said() {
    let repository = Repository::with(&[("a.yaml", FOUND)]);
    let unknown = repository.fails(&["--since=v1"]);
    assert!(unknown.contains("--since v1: no commit is named `v1`: `git fetch` brings"), "{unknown}");
    assert!(repository.fails(&["--since=main", "-"]).contains("git knows nothing of standard input"));
    for revision in ["--output=pwned", "-h", "--", ""] {
        let argument = format!("--since={revision}");
        assert!(repository.fails(&[&argument]).contains("no commit is named"), "{revision}");
    }
    assert!(!repository.0.path.join("pwned").exists());
    repository.git(&["checkout", "--quiet", "--orphan", "alone"]);
    repository.write("b.yaml", FOUND);
    repository.commit();
    assert!(repository.fails(&["--since=main"]).contains("have no commit in common"));
    assert!(repository.fails(&["--since=main", "/"]).contains("/: in no git repository"));
}

#[test]
fn a_shallow_clone_is_told_what_it_lacks() {
    let origin = Repository::with(&[("a.yaml", FOUND)]);
    origin.git(&["branch", "old"]);
    origin.write("b.yaml", FOUND);
    origin.commit();
    let url = format!("file://{}", origin.0.path.display());
    let clone = Repository(Folder::new("since"));
    clone.git(&["clone", "--quiet", "--depth=1", &url, "."]);
    assert!(clone.fails(&["--since=origin/old"]).contains("no commit is named `origin/old` in this shallow clone"));
    clone.git(&["fetch", "--quiet", "--depth=1", "origin", "old:old"]);
    let said = clone.fails(&["--since=old"]);
    assert!(said.contains("is not known in this shallow clone") && said.contains("fetch-depth: 0"), "{said}");
}

#[test]
fn nothing_changed_is_said_and_no_failure() {
    let repository = Repository::with(&[("a.yaml", FOUND)]);
    let run = repository.0.run(["check", "--isolated", "--since=main"]);
    assert_eq!(run.status, 0);
    assert_eq!(run.err, "batchlint: nothing is checked: no manifest below . changed since main\n");
    assert_eq!(run.out, "Checked 0 documents in 0 files: no findings.\n");
}

#[test]
fn a_fix_leaves_what_did_not_change() {
    let old = FOUND.replace("  startingDeadlineSeconds: 0\n", "").replace("\"30 4 * * *\"", "\"@every 1h \"");
    let text = format!("{old}---\n{}", old.replace("report", "other"));
    let repository = Repository::with(&[("a.yaml", &text)]);
    repository.write("a.yaml", &text.replace("other:1.4.2", "other:1.4.3"));
    let run = repository.0.run(["check", "--isolated", "--since=main", "--fix"]);
    let now = fs::read_to_string(repository.0.path.join("a.yaml")).expect("it is there");
    let (first, second) = now.split_once("---\n").expect("there are two");
    assert!(first == old && second != old.replace("report", "other").replace("1.4.2", "1.4.3"), "{now}\n{}", run.err);
}

#[test]
fn findings_over_all_files_are_of_what_changed() {
    let text = FOUND.replace("  startingDeadlineSeconds: 0\n", "").replace("30 4", "0 4");
    let named = |at: usize| (format!("{at:02}.yaml"), text.replace("name: report", &format!("name: r{at}")));
    let files: Vec<(String, String)> = (0..12).map(named).collect();
    let files: Vec<(&str, &str)> = files.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    let repository = Repository::with(&files);
    let rule = "--select=runs-start-together";
    assert_eq!(repository.check(&[rule, "--fail-on=never"]).1.len(), 1);
    assert_eq!(repository.check(&[rule, "--since=main", "--fail-on=never"]).1.len(), 0);
    for (name, text) in &files {
        repository.write(name, &text.replace("1.4.2", "1.4.3"));
    }
    assert_eq!(repository.check(&[rule, "--since=main", "--fail-on=never"]).1.len(), 1);
}
