//! `check --since`, answered by a repository's own files: as git would answer, or not at all.

#![cfg(target_os = "linux")]
#![expect(clippy::disallowed_methods, reason = "tests make the files that they check")]

mod git;
#[expect(dead_code, reason = "it has more than this test asks")]
mod program;

use std::fs::{self, File};
use std::os::unix::fs::{PermissionsExt as _, symlink};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant, SystemTime};

use program::{FOUND, Folder, Run};

/// A repository whose files are older than its index, as they are in all but the moment after a change.
struct Repository(Folder);

impl Repository {
    fn with(files: &[(&str, &str)]) -> Self {
        Self::made(files, &["init", "--quiet", "--initial-branch=main"])
    }

    fn made(files: &[(&str, &str)], made: &[&str]) -> Self {
        let repository = Self(Folder::new("since-without-git"));
        repository.git(made);
        files.iter().for_each(|(name, text)| repository.write(name, text));
        repository.commit();
        repository
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path.join(name)
    }

    fn write(&self, name: &str, text: &str) {
        fs::create_dir_all(self.path(name).parent().expect("it stands in the folder")).expect("a folder can be made");
        fs::write(self.path(name), text).expect("a file can be written");
    }

    fn commit(&self) {
        age(&self.0.path);
        self.git(&["add", "--all"]);
        self.git(&["commit", "--quiet", "--allow-empty", "--message=more"]);
        // Writes down what the files are like now.
        self.git(&["update-index", "--refresh"]);
    }

    fn git(&self, arguments: &[&str]) {
        git::git(&self.0.path, arguments);
    }

    /// What is found since a revision where there is no git, if that can be told.
    fn alone(&self, revision: &str) -> Option<Vec<String>> {
        let run = self.run(revision, |command| {
            command.env("PATH", "/nowhere");
        });
        let is_told = !run.err.contains("there is no git here");
        assert!(run.err.is_empty() || !is_told, "{}", run.err);
        is_told.then(|| run.out.lines().map(str::to_owned).collect())
    }

    /// The same as git tells it: next to grafts, which it heeds, nobody else is sure.
    fn told(&self, revision: &str) -> Vec<String> {
        self.write(".git/info/grafts", "");
        let run = self.run(revision, |_| {});
        fs::remove_file(self.path(".git/info/grafts")).expect("it is there");
        assert_eq!(run.err, "");
        run.out.lines().map(str::to_owned).collect()
    }

    fn run(&self, revision: &str, with: impl FnOnce(&mut Command)) -> Run {
        let since = format!("--since={revision}");
        let mut command = self.0.command(&["check", "--format=concise", "--isolated", "-q", &since]);
        with(&mut command);
        Run::of(command.output())
    }

    /// That both say the same, and how much.
    fn agrees(&self, revision: &str) -> usize {
        let told = self.told(revision);
        assert_eq!(self.alone(revision).as_ref(), Some(&told), "{revision}");
        told.len()
    }

    /// That nothing is said without git.
    fn asks(&self, revision: &str, why: &str) {
        assert_eq!(self.alone(revision), None, "{why}");
    }
}

/// Lets the files below a folder that are new be of some time ago, but for those of git: of another second each time, as there
/// are gits that count no fractions.
fn age(folder: &Path) {
    static NEXT: AtomicU64 = AtomicU64::new(0);
    age_to(folder, ago(1_000_000) + Duration::from_secs(10 * NEXT.fetch_add(1, Ordering::Relaxed)));
}

fn age_to(folder: &Path, at: SystemTime) {
    for entry in fs::read_dir(folder).expect("it can be read").map(|entry| entry.expect("it can be read")) {
        let metadata = entry.metadata().expect("it is there");
        if metadata.is_dir() && entry.file_name() != ".git" {
            age_to(&entry.path(), at);
        } else if metadata.is_file() && metadata.modified().is_ok_and(|modified| modified > ago(1_000)) {
            touch(&entry.path(), at);
        }
    }
}

fn touch(file: &Path, at: SystemTime) {
    File::open(file).and_then(|file| file.set_modified(at)).expect("it is one's own");
}

fn ago(seconds: u64) -> SystemTime {
    SystemTime::now() - Duration::from_secs(seconds)
}

fn at(minute: usize) -> String {
    FOUND.replace("30 4", &format!("{minute} 4"))
}

#[test]
fn what_a_repository_says_by_its_own_files_git_says_too() {
    let repository = Repository::with(&[("a.yaml", FOUND), ("jobs/b.yaml", FOUND), ("jobs/deep/c.yaml", FOUND)]);
    repository.write("jobs/b.yaml", &at(1));
    repository.commit();
    repository.git(&["branch", "topic"]);
    repository.git(&["tag", "v1"]);
    repository.git(&["tag", "--annotate", "--message=m", "v2"]);
    repository.write("jobs/deep/c.yaml", &at(2));
    repository.write("jobs.yaml", &at(3));
    repository.write("jobs-more/d.yaml", &at(4));
    repository.commit();
    assert_eq!(repository.agrees("HEAD"), 0);
    for revision in ["HEAD~1", "HEAD^", "@~1", "topic", "v1", "heads/topic"] {
        match revision.contains('/') {
            true => repository.asks(revision, "a part of a name"),
            false => assert_eq!(repository.agrees(revision), 3, "{revision}"),
        }
    }
    assert_eq!(repository.agrees("HEAD~2"), 4);
    for revision in ["v2", "HEAD~3", "HEAD~1^0", "nothing", "topic@{0}", ":/more", "", "--"] {
        repository.asks(revision, revision);
    }
    let commit = fs::read_to_string(repository.path(".git/refs/heads/topic")).expect("it is there");
    assert_eq!(repository.agrees(commit.trim_end()), 3);
    repository.asks(&commit[..10], "the beginning of a name");
    repository.git(&["checkout", "--quiet", "--detach"]);
    assert_eq!(repository.agrees("topic"), 3);
}

#[test]
fn packs_and_every_version_of_the_index_are_read() {
    let text = |from: usize| (from..from + 40).map(at).collect::<Vec<_>>().join("---\n");
    let repository = Repository::with(&[("a.yaml", &text(0)), ("jobs/b.yaml", &text(3)), ("jobs/b/c.yaml", FOUND)]);
    for round in 1..6 {
        repository.write("a.yaml", &text(round));
        repository.write("jobs/b.yaml", &text(3).replacen("4 * * *", &format!("{round} * * *"), round));
        repository.commit();
    }
    repository.git(&["branch", "old", "HEAD~4"]);
    repository.git(&["gc", "--quiet", "--aggressive"]);
    assert!(!repository.path(".git/refs/heads/main").exists() && repository.path(".git/packed-refs").exists());
    for version in ["2", "3", "4"] {
        repository.git(&["update-index", "--index-version", version]);
        for revision in ["HEAD~1", "HEAD~5", "old"] {
            assert!(repository.agrees(revision) > 0);
        }
    }
    // With differences to objects by their names, and places of more than four bytes.
    repository.git(&[
        "-c",
        "pack.depth=20",
        "-c",
        "repack.useDeltaBaseOffset=false",
        "repack",
        "-a",
        "-d",
        "-f",
        "--quiet",
    ]);
    assert!(repository.agrees("old") > 0);
    repository.git(&["-c", "pack.indexVersion=1", "repack", "-a", "-d", "-f", "--quiet"]);
    repository.asks("old", "an older table of a pack");
}

#[test]
fn what_is_gone_new_or_of_another_kind_is_told() {
    let repository = Repository::with(&[("a.yaml", FOUND), ("jobs/b.yaml", &at(1)), ("jobs/c/d.yaml", &at(2))]);
    fs::remove_dir_all(repository.path("jobs/c")).expect("it is there");
    repository.commit();
    assert!(repository.agrees("HEAD~1") > 0);
    // One that is new may be one that is gone.
    repository.write("other/e.yaml", &at(2));
    repository.commit();
    repository.asks("HEAD~2", "it moved");
    assert_eq!(repository.agrees("HEAD~1"), 1);
    fs::set_permissions(repository.path("a.yaml"), fs::Permissions::from_mode(0o755)).expect("it is one's own");
    repository.commit();
    assert_eq!(repository.agrees("HEAD~1"), 0);
    fs::remove_file(repository.path("a.yaml")).expect("it is there");
    symlink("jobs/b.yaml", repository.path("a.yaml")).expect("it can be made");
    repository.commit();
    repository.agrees("HEAD~1");
    repository.write("jobs/b.yaml", &at(5));
    repository.commit();
    assert_eq!(repository.agrees("HEAD~1"), 1);
}

#[test]
fn what_is_not_sure_is_left_to_git() {
    let two = || {
        let repository = Repository::with(&[("a.yaml", FOUND), ("jobs/b.yaml", FOUND)]);
        repository.write("a.yaml", &at(1));
        repository.commit();
        assert_eq!(repository.agrees("HEAD~1"), 1);
        repository
    };
    let with = |why: &str, changed: &dyn Fn(&Repository)| {
        let repository = two();
        changed(&repository);
        repository.asks("HEAD~1", why);
    };
    with("a change that is not added", &|it| it.write("a.yaml", &at(2)));
    with("a file that is gone", &|it| fs::remove_file(it.path("jobs/b.yaml")).expect("it is there"));
    with("a new file", &|it| it.write("c.yaml", FOUND));
    with("a new file in a folder of its own", &|it| it.write("more/c.yaml", FOUND));
    with("an ignored file", &|it| {
        it.write(".gitignore", "*.log\n");
        it.commit();
        it.write("a.log", "");
    });
    with("a file that is as old as the index", &|it| touch(&it.path(".git/index"), ago(2_000_000)));
    with("a file that was touched", &|it| touch(&it.path("a.yaml"), ago(200)));
    with("a file that is not to be looked at", &|it| it.git(&["update-index", "--assume-unchanged", "a.yaml"]));
    with("a file left out of the work tree", &|it| it.git(&["update-index", "--skip-worktree", "a.yaml"]));
    with("a sparse work tree", &|it| it.git(&["sparse-checkout", "set", "jobs"]));
    with("a split index", &|it| it.git(&["update-index", "--split-index"]));
    with("a replaced object", &|it| it.git(&["replace", "--graft", "HEAD"]));
    with("an object that was replaced long ago", &|it| {
        it.git(&["replace", "--graft", "HEAD"]);
        it.git(&["pack-refs", "--all"]);
        drop(fs::remove_dir(it.path(".git/refs/replace")));
    });
    with("configuration of its own for a work tree", &|it| it.git(&["config", "extensions.worktreeConfig", "true"]));
    with("a merge", &|it| {
        it.git(&["checkout", "--quiet", "-b", "topic", "HEAD~1"]);
        it.write("a.yaml", &at(3));
        it.commit();
        let mut merge = Command::new("git");
        let merge = merge.args(["-c", "user.name=a", "-c", "user.email=a@example.com", "merge", "--quiet", "main"]);
        assert!(!merge.current_dir(&it.0.path).output().expect("git is there").status.success());
    });
    with("a repository in it", &|it| {
        it.git(&["init", "--quiet", "more"]);
        it.write("more/c.yaml", FOUND);
    });
    let repository = two();
    repository.write("c.yaml", FOUND);
    repository.git(&["add", "--intent-to-add", "c.yaml"]);
    repository.asks("HEAD~1", "a file that is to be added");
    repository.git(&["worktree", "add", "--quiet", "tree"]);
    let mut command = repository.0.command(&["check", "--isolated", "--since=HEAD", "tree"]);
    assert!(Run::of(command.env("PATH", "/nowhere").output()).err.contains("there is no git here"));
    let repository = Repository::made(&[("a.yaml", FOUND)], &["init", "--quiet", "--object-format=sha256"]);
    repository.asks("HEAD", "other names of objects");
}

#[test]
fn submodules_and_objects_that_stand_elsewhere_are_left_to_git() {
    let origin = Repository::with(&[("a.yaml", FOUND), ("b.yaml", FOUND)]);
    origin.write("a.yaml", &at(1));
    origin.commit();
    let (path, url) = (origin.0.path.display().to_string(), format!("file://{}", origin.0.path.display()));
    let clone = |arguments: &[&str]| {
        let clone = Repository(Folder::new("since-without-git"));
        clone.git(&[&["clone", "--quiet"], arguments, &["."]].concat());
        age(&clone.0.path);
        clone.git(&["update-index", "--refresh"]);
        clone
    };
    assert_eq!(clone(&[&url]).agrees("HEAD~1"), 1);
    assert_eq!(clone(&["--depth=2", &url]).agrees("HEAD~1"), 1);
    clone(&["--depth=1", &url]).asks("HEAD~1", "history that is not there");
    clone(&["--shared", &path]).asks("HEAD~1", "objects of another repository");
    // Of what is tracked beside a submodule, all is known; of the submodule itself, git decides.
    let outer = Repository::with(&[("c.yaml", FOUND)]);
    outer.git(&["submodule", "--quiet", "add", &url, "inner"]);
    outer.commit();
    outer.asks("HEAD~1", "a new submodule");
    outer.write("c.yaml", &at(2));
    outer.commit();
    assert_eq!(outer.agrees("HEAD~1"), 1);
    outer.write("inner/a.yaml", &at(9));
    assert_eq!(outer.agrees("HEAD~1"), 1);
}

#[test]
fn the_two_agree_after_many_changes() {
    let repository = Repository::with(&[("a.yaml", FOUND)]);
    let mut state = 7_u64;
    let mut next = |below: u64| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from((state >> 33) % below).expect("it is small")
    };
    let names = ["a", "a.b", "a/b", "a/b.c", "a/b/c", "a-b/c", "a0/b/c", "b", "b/a"].map(|name| format!("{name}.yaml"));
    let folders = ["a", "a.b", "a0", "a/b", "b", "c"];
    let (mut told, mut asked) = (0, 0);
    for round in 0..40 {
        for _ in 0..=next(3) {
            let name = match next(2) {
                0 => names[next(9)].clone(),
                _ => format!("{}/{}", folders[next(6)], names[next(9)]),
            };
            if round % 5 == 4 {
                drop(fs::remove_file(repository.path(&name)));
            } else {
                repository.write(&name, &at(next(60)));
            }
        }
        repository.commit();
        if round % 13 == 12 {
            repository.git(&["gc", "--quiet"]);
        }
        for generations in [1, 1 + next(8)] {
            let revision = format!("HEAD~{}", generations.min(round + 1));
            match repository.alone(&revision) {
                Some(alone) => {
                    told += 1;
                    assert_eq!(alone, repository.told(&revision), "{round}: {revision}");
                }
                None => asked += 1,
            }
        }
    }
    assert!(told > 2 * 10 && asked > 0, "{told} told, {asked} asked");
}

#[test]
fn of_many_files_each_is_looked_at() {
    // More than one thread looks at.
    let names: Vec<String> = (0..1_200).map(|file| format!("apps/team{}/m{file}.yaml", file % 8)).collect();
    let files: Vec<(&str, &str)> = names.iter().map(|name| (&**name, FOUND)).collect();
    let repository = Repository::with(&files);
    assert_eq!(repository.agrees("HEAD"), 0);
    for at in [0, 3, 1_196, 1_199] {
        repository.write(&names[at], &self::at(7));
        repository.asks("HEAD", &names[at]);
        repository.commit();
        assert_eq!(repository.agrees("HEAD~1"), 1, "{}", names[at]);
        fs::remove_file(repository.path(&names[at])).expect("it is there");
        repository.asks("HEAD", &format!("{} is gone", names[at]));
        repository.commit();
    }
    for team in [0, 7] {
        let new = format!("apps/team{team}/new.yaml");
        repository.write(&new, FOUND);
        repository.asks("HEAD", &new);
        fs::remove_file(repository.path(&new)).expect("it is there");
    }
}

/// `cargo test --release --test since_without_git time -- --ignored --nocapture`
#[test]
#[ignore = "it measures"]
#[expect(clippy::print_stdout, reason = "a test that measures and reports")]
fn time_of_a_check_beside_that_of_git() {
    let named = |at: usize| format!("team{}/m{at:03}.yaml", at % 15);
    let repository = Repository(Folder::new("since-without-git"));
    repository.git(&["init", "--quiet", "--initial-branch=main"]);
    (0..300)
        .for_each(|file| repository.write(&named(file), &at(file % 60).replace("report", &format!("report-{file}"))));
    repository.commit();
    [3, 5, 8]
        .iter()
        .for_each(|file| repository.write(&named(*file), &at(7).replace("report", &format!("report-{file}"))));
    repository.commit();
    let time = |command: &mut Command| {
        let start = Instant::now();
        command.output().expect("it runs");
        start.elapsed()
    };
    let (mut git, mut check) = (Vec::new(), Vec::new());
    for _ in 0..200 {
        let mut diff = Command::new("git");
        git.push(time(diff.args(["diff", "--name-only", "HEAD~1"]).current_dir(&repository.0.path)));
        check.push(time(&mut repository.0.command(&["check", "--since=HEAD~1"])));
    }
    git.sort();
    check.sort();
    let ratio = |at: usize| check[at].as_secs_f64() / git[at].as_secs_f64();
    println!(
        "git {:?}, check {:?}: {:.2} times; the fastest {:?}, {:?}: {:.2} times",
        git[100],
        check[100],
        ratio(100),
        git[0],
        check[0],
        ratio(0)
    );
}
