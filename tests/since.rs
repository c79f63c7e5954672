//! `check --since`: what changed in a git repository, and nothing else.

#![cfg(unix)]
#![expect(clippy::disallowed_methods, reason = "tests make the files that they check")]

mod git;
mod program;

use std::ffi::{OsStr, OsString};
use std::fs;
use std::os::unix::ffi::OsStringExt as _;

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
        git::git(&self.0.path, arguments);
    }

    /// The status, and the places of the findings.
    fn check(&self, arguments: &[&str]) -> (i32, Vec<String>) {
        places(self.0.run([&["check", "--format=concise", "--isolated", "-q", "--ignore=change"], arguments].concat()))
    }

    /// What is found in the changes themselves.
    fn changes(&self, arguments: &[&str]) -> Vec<String> {
        let asked = ["check", "--format=concise", "--isolated", "-q", "--select=change", "--since=main"];
        let run = self.0.run([&asked, arguments].concat());
        assert_eq!(run.err, "");
        run.out.lines().map(str::to_owned).collect()
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

fn job(image: &str) -> String {
    let pod = format!("{{restartPolicy: Never, containers: [{{name: a, image: '{image}'}}]}}");
    format!(
        "apiVersion: batch/v1\nkind: Job\nmetadata:\n  name: migrate\nspec:\n  completions: 1\n  template:\n    spec: {pod}\n"
    )
}

#[test]
fn a_change_that_the_server_refuses_is_an_error_with_its_answer() {
    let repository = Repository::with(&[("a.yaml", &job("a:1")), ("b.yaml", &job("b:1").replace("migrate", "other"))]);
    assert_eq!(repository.changes(&[]), [""; 0]);
    repository.write("a.yaml", &job("a:2"));
    repository.write("b.yaml", &job("b:1").replace("migrate", "other").replace("completions: 1", "completions: 2"));
    let found = repository.changes(&[]);
    assert!(
        found[0].starts_with("a.yaml:8:64: error[job-template-changed] the server refuses this change"),
        "{found:?}"
    );
    assert!(found[1].starts_with("b.yaml:6:16: error[update-refused]"), "{found:?}");
    let run = repository.0.run(["check", "--isolated", "--format=json", "--select=change", "--since=main", "a.yaml"]);
    let json: serde_json::Value = serde_json::from_str(&run.out).expect("one object");
    let server = &json["findings"][0]["server"];
    assert_eq!((&server["reason"], &server["field"]), (&"FieldValueInvalid".into(), &"spec.template".into()));
    assert_eq!((json["findings"].as_array().map(Vec::len), run.status), (Some(1), 1));
    // `batchlint diff` tells of the same.
    let diff = repository.0.run(["diff", "--isolated", "--format=json", "--since=main", "a.yaml"]);
    let diff: serde_json::Value = serde_json::from_str(&diff.out).expect("one object");
    let cause = &diff["changes"][0]["causes"][0];
    assert_eq!((&cause["field"], &cause["range"]), (&server["field"], &json["findings"][0]["range"]));
}

#[test]
fn what_is_made_anew_or_may_be_gone_is_not_refused() {
    let annotated =
        |key: &str| job("a:1").replace("  name: migrate\n", &format!("  name: migrate\n  annotations: {{{key}}}\n"));
    let silent = [
        annotated("helm.sh/hook: pre-upgrade"),
        annotated("argocd.argoproj.io/hook: Sync"),
        annotated("argocd.argoproj.io/sync-options: 'Force=true,Replace=true'"),
        annotated("kustomize.toolkit.fluxcd.io/force: enabled"),
        annotated("kustomize.toolkit.fluxcd.io/ssa: IfNotPresent"),
        job("a:1").replace("  completions", "  ttlSecondsAfterFinished: 60\n  completions"),
        job("a:1").replace("  name: migrate", "  generateName: migrate-"),
        job("a:1").replace("metadata:", "$patch: merge\nmetadata:"),
        job("a:1").replace("kind: Job", "kind: Other"),
    ];
    for before in silent {
        let repository = Repository::with(&[("a.yaml", &before)]);
        repository.write("a.yaml", &before.replace("a:1", "a:2"));
        assert_eq!(repository.changes(&[]), [""; 0], "{before}");
    }
    // It may be gone, too, where the time to live is taken out with the same change.
    let (before, now) =
        (job("a:1").replace("  completions", "  ttlSecondsAfterFinished: 60\n  completions"), job("a:2"));
    let repository = Repository::with(&[("a.yaml", &before)]);
    repository.write("a.yaml", &now);
    assert_eq!(repository.changes(&[]), [""; 0]);
    // What a new Job would be refused for, other rules tell; what comes to the same is no change; another name is another Job.
    let repository = Repository::with(&[("a.yaml", &job("a:1"))]);
    for now in [
        job("a:1").replace("completions: 1", "completions: -1"),
        job("a:1").replace("completions: 1", "completions: 1\n  completionMode: NonIndexed"),
        job("a:1").replace("restartPolicy: Never", "restartPolicy: Never, dnsPolicy: ClusterFirst"),
        job("a:2").replace("migrate", "migrate-2"),
        job("a:1").replace("completions: 1", "completions: 1\n  suspend: true"),
    ] {
        repository.write("a.yaml", &now);
        let refused: Vec<_> = repository.changes(&[]).into_iter().filter(|one| one.contains("error")).collect();
        let is_known = now.contains("-1") && refused.iter().all(|one| one.contains("job-template"));
        assert!(refused.is_empty() || is_known, "{now}{refused:?}");
    }
}

#[test]
fn a_cron_job_that_is_gone_is_told_at_its_old_place_even_of_a_file_that_is_gone() {
    let named = |name: &str| FOUND.replace("name: report\nspec", &format!("name: {name}\nspec"));
    let both = format!("{}---\n{}", named("one"), named("two").replace("30 4", "31 4"));
    let repository =
        Repository::with(&[("jobs/a.yaml", &both), ("jobs/b.yaml", &named("three").replace("30 4", "32 4"))]);
    repository.write("jobs/a.yaml", &named("one"));
    fs::remove_file(repository.0.path.join("jobs/b.yaml")).expect("it was there");
    let found = repository.changes(&[]);
    assert!(found[0].starts_with("jobs/a.yaml:20:9: advice[jobs-go-with-cron-job] CronJob `two`"), "{found:?}");
    assert!(found[1].starts_with("jobs/b.yaml:4:9: advice[jobs-go-with-cron-job] CronJob `three`"), "{found:?}");
    assert_eq!((found.len(), repository.changes(&["jobs"]).len()), (2, 2));
    let diff = repository.0.run(["diff", "--isolated", "--since=main"]).out;
    assert!(diff.contains("CronJob/two: gone") && diff.contains("CronJob/three: gone  main:jobs/b.yaml:1"), "{diff}");
    // What has moved is not gone, wherever it went; with a new name alone it is told there.
    repository.write("jobs/c.yaml", &named("three").replace("30 4", "32 4"));
    repository.write("other/d.yaml", &named("four").replace("30 4", "31 4"));
    assert_eq!(repository.changes(&["jobs"]), [""; 0]);
    let found = repository.changes(&[]);
    assert!(found[0].starts_with("other/d.yaml:4:9: advice[jobs-go-with-cron-job]"), "{found:?}");
    assert_eq!(found.len(), 1, "{found:?}");
}

#[test]
fn a_comment_that_was_of_the_old_schedule_is_told_and_can_be_suppressed() {
    let with = |comment: &str, schedule: &str| {
        FOUND.replace("  schedule: \"30 4 * * *\"\n", &format!("  # {comment}\n  schedule: \"{schedule}\"\n"))
    };
    let found = |before: String, after: &str| {
        let repository = Repository::with(&[("a.yaml", &before)]);
        repository.write("a.yaml", after);
        repository.changes(&[])
    };
    for (comment, old, new) in [
        ("at 4:30", "30 4 * * *", "30 5 * * *"),
        ("30 4 * * * by https://crontab.guru", "30 4 * * *", "30 5 * * 1"),
        ("https://crontab.guru/#30_4_*_*_*", "30 4 * * *", "30 4 * * 1"),
    ] {
        let told = found(with(comment, old), &with(comment, new));
        assert!(
            told.len() == 1 && told[0].starts_with("a.yaml:7:13: warning[comment-left-behind]"),
            "{comment}: {told:?}"
        );
    }
    for (comment, old, new, now) in [
        ("at 4:30", "30 4 * * *", "at 5:30", "30 5 * * *"),
        ("at 4:30", "30 4 * * *", "at 4:30", "30 04 * * *"),
        ("at 4:30", "30 4 * * *", "at 4:30", "30 4 * * 1-5"),
        ("the report of the night", "30 4 * * *", "the report of the night", "30 5 * * *"),
        ("30 4 * * * is now 30 5 * * *", "30 4 * * *", "30 4 * * * is now 30 5 * * *", "30 5 * * *"),
        ("130 4 * * *", "30 4 * * *", "130 4 * * *", "30 5 * * *"),
        ("at 7:00", "30 4 * * *", "at 7:00", "30 5 * * *"),
        ("every 5 minutes", "*/5 * * * *", "every 5 minutes", "*/7 * * * *"),
        ("nightly", "30 4 * * *", "nightly", "30 3 * * *"),
    ] {
        assert_eq!(found(with(comment, old), &with(new, now)), [""; 0], "{comment}: {now}");
    }
    let ignored = with("batchlint: ignore[comment-left-behind] it is old\n  # at 4:30", "30 5 * * *");
    assert_eq!(found(with("at 4:30", "30 4 * * *"), &ignored), [""; 0]);
}

#[test]
fn a_run_that_is_over_and_starts_at_once_is_told() {
    let with = |more: &str| FOUND.replace("  startingDeadlineSeconds: 0\n", more).replace("30 4 * * *", "* * * * *");
    let repository = Repository::with(&[("a.yaml", &with("  suspend: true\n"))]);
    repository.write("a.yaml", &with(""));
    let found = repository.changes(&[]);
    assert!(
        found[0].starts_with("a.yaml:6:13: warning[run-starts-at-once] applied now, this starts the run of"),
        "{found:?}"
    );
    assert_eq!(found.len(), 1);
    repository.write("a.yaml", &with("  suspend: true\n  startingDeadlineSeconds: 10\n"));
    assert_eq!(repository.changes(&[]), [""; 0]);
}

#[test]
fn objects_of_one_name_in_several_files_are_compared_each_with_its_own() {
    let (dev, prod) = (job("a:1"), job("b:1"));
    let repository = Repository::with(&[("dev/a.yaml", &dev), ("prod/a.yaml", &prod)]);
    repository
        .write("dev/a.yaml", &format!("# a comment\n{}", dev.replace("spec:\n  c", "spec:\n  parallelism: 2\n  c")));
    repository.write("prod/a.yaml", &prod.replace("spec:\n  c", "spec:\n  parallelism: 3\n  c"));
    repository.write("test/a.yaml", &job("c:1"));
    assert_eq!(repository.changes(&[]), [""; 0]);
}
