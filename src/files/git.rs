//! What git knows of a repository: asked by its own command, whatever hook or configuration is around.

mod objects;
#[cfg_attr(not(unix), path = "git/no_own.rs")]
mod own;

use std::ffi::{OsStr, OsString};
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::{Mutex, OnceLock, PoisonError};

use objects::Objects;
use own::Own;

/// What tells git of another repository than that of its folder, as hooks are told, or what to make of its arguments and
/// output. What brings configuration (`GIT_CONFIG_COUNT`) stays: it may say that a folder is to be trusted.
const AROUND: [&str; 19] = [
    "GIT_DIR",
    "GIT_WORK_TREE",
    "GIT_IMPLICIT_WORK_TREE",
    "GIT_COMMON_DIR",
    "GIT_INDEX_FILE",
    "GIT_OBJECT_DIRECTORY",
    "GIT_ALTERNATE_OBJECT_DIRECTORIES",
    "GIT_SHALLOW_FILE",
    "GIT_GRAFT_FILE",
    "GIT_REPLACE_REF_BASE",
    "GIT_NAMESPACE",
    "GIT_PREFIX",
    "GIT_CONFIG",
    "GIT_EXTERNAL_DIFF",
    "GIT_DIFF_OPTS",
    "GIT_LITERAL_PATHSPECS",
    "GIT_GLOB_PATHSPECS",
    "GIT_NOGLOB_PATHSPECS",
    "GIT_ICASE_PATHSPECS",
];

/// The files that differ, as a program reads them, and nothing of how somebody likes to see them.
const DIFF: [&str; 8] = [
    "diff",
    "--raw",
    "-z",
    "--no-abbrev",
    "--find-renames",
    "--no-ext-diff",
    "--no-relative",
    "--ignore-submodules=all",
];

/// The work tree of a repository.
#[derive(Debug)]
pub(super) struct Repository {
    /// Where it begins.
    pub(super) root: PathBuf,
    /// What its own files say, once that was asked, where it is sure.
    own: OnceLock<Option<Own>>,
    /// Who knows what its objects hold, once that was asked.
    objects: Mutex<Option<Objects>>,
}

impl Repository {
    /// The nearest one around a folder.
    pub(super) fn around(folder: &Path) -> Option<Self> {
        let root = folder.ancestors().find(|folder| folder.join(".git").exists())?;
        Some(Self { root: root.to_owned(), own: OnceLock::new(), objects: Mutex::default() })
    }

    /// The files of the work tree that are not as in the newest commit that it and a revision have in common, each with what it
    /// held then, and those that are no more. Files that git neither tracks nor ignores are new.
    pub(super) fn changes(&self, revision: &str) -> Result<Vec<Change>, String> {
        let own = self.own();
        let known = own.and_then(|own| own.changes(revision));
        // Each looks at the whole work tree, or takes its time to start: at once, that which takes longest first.
        let tracked = if known.is_some() { None } else { self.start_tracked(revision) };
        let others = words(&["ls-files", "--others", "--exclude-standard", "-z"]);
        let others = if own.is_some_and(Own::has_no_others) { None } else { Some(self.start(&others)?) };
        if own.is_none() {
            *self.objects.lock().unwrap_or_else(PoisonError::into_inner) = Objects::start(self.git(&[])).ok();
        }
        let changed = known.map_or_else(
            || {
                let tracked = tracked.and_then(|tracked| answer(tracked).ok());
                let tracked = tracked.map_or_else(|| self.tracked(revision), Ok)?;
                records(&tracked).ok_or_else(|| UNREADABLE.to_owned())
            },
            Ok,
        );
        let others = others.map_or_else(|| Ok(Vec::new()), answer)?;
        let others = others.split(|byte| *byte == 0).filter(|name| !name.is_empty());
        let others = others.map(|name| Differs { name: name.to_owned(), before: None, is_there: true });
        let change = |Differs { name, before, is_there }| Change { file: self.root.join(path(name)), before, is_there };
        Ok(changed?.into_iter().chain(others).map(change).collect())
    }

    /// Whether links may stand in its work tree.
    pub(super) fn may_have_links(&self) -> bool {
        self.own().is_none_or(|own| !own.has_no_others() || !own.has_no_links())
    }

    fn own(&self) -> Option<&Own> {
        self.own.get_or_init(|| Own::of(&self.root)).as_ref()
    }

    /// Asks what differs of the files that git tracks. Git finds the commit to compare with itself, since 2.30 and where there
    /// is one.
    fn start_tracked(&self, revision: &str) -> Option<Child> {
        let commit = format!("{revision}^{{commit}}");
        let is_one = !revision.contains("..") && !revision.starts_with(['^', '-']);
        is_one.then(|| self.start(&words(&[&DIFF[..], &["--merge-base", &commit, "--"]].concat())).ok()).flatten()
    }

    /// The same, step by step, until something says why not.
    fn tracked(&self, revision: &str) -> Result<Vec<u8>, String> {
        self.output(&words(&[&DIFF[..], &[&self.base(revision)?, "--"]].concat()))
    }

    /// The commit that changes since a revision start from: the newest one that it and HEAD have in common.
    fn base(&self, revision: &str) -> Result<String, String> {
        let named = format!("{revision}^{{commit}}");
        let verify = ["rev-parse", "--verify", "--quiet", "--end-of-options", &named].map(OsStr::new);
        let commit = self.one_line(&verify).map_err(|said| said.unwrap_or_else(|| self.unknown(revision)))?;
        let common = ["merge-base", &commit, "HEAD"].map(OsStr::new);
        self.one_line(&common).map_err(|said| said.unwrap_or_else(|| self.unrelated(revision)))
    }

    /// What objects of the repository hold, by their names.
    pub(super) fn contents(&self, objects: &[&str]) -> Result<Vec<Vec<u8>>, String> {
        let own: Vec<_> = objects.iter().map(|object| self.own()?.content(object)).collect();
        let asked = objects.iter().zip(&own).filter(|(_, own)| own.is_none()).map(|(object, _)| *object);
        let mut told = self.told(&asked.collect::<Vec<_>>())?.into_iter();
        Ok(own.into_iter().filter_map(|own| own.or_else(|| told.next())).collect())
    }

    /// What git tells that they hold.
    fn told(&self, objects: &[&str]) -> Result<Vec<Vec<u8>>, String> {
        if objects.is_empty() {
            return Ok(Vec::new());
        }
        let mut known = self.objects.lock().unwrap_or_else(PoisonError::into_inner);
        let known = match &mut *known {
            Some(known) => known,
            none => none.insert(Objects::start(self.git(&[]))?),
        };
        known.contents(objects)
    }

    fn unknown(&self, revision: &str) -> String {
        match self.is_shallow() {
            true => format!("no commit is named `{revision}` in this shallow clone: {DEEPEN}"),
            false => format!("no commit is named `{revision}`: `git fetch` brings what a remote has"),
        }
    }

    fn unrelated(&self, revision: &str) -> String {
        match self.is_shallow() {
            true => format!("how far HEAD is from `{revision}` is not known in this shallow clone: {DEEPEN}"),
            false => format!("HEAD and `{revision}` have no commit in common"),
        }
    }

    fn is_shallow(&self) -> bool {
        self.one_line(&["rev-parse", "--is-shallow-repository"].map(OsStr::new)).is_ok_and(|answer| answer == "true")
    }

    /// The first line of an answer; where there is none, what git says of it, if it says something.
    fn one_line(&self, arguments: &[&OsStr]) -> Result<String, Option<String>> {
        let arguments: Vec<OsString> = arguments.iter().map(OsString::from).collect();
        let answer = self.output(&arguments).map_err(|said| Some(said).filter(|said| !said.is_empty()))?;
        let answer = String::from_utf8_lossy(&answer);
        answer.lines().next().map(str::to_owned).ok_or(None)
    }

    /// What git prints; where it fails, what it says.
    fn output(&self, arguments: &[OsString]) -> Result<Vec<u8>, String> {
        self.start(arguments).and_then(answer)
    }

    fn start(&self, arguments: &[OsString]) -> Result<Child, String> {
        let mut git = self.git(arguments);
        git.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().map_err(no_git)
    }

    fn git(&self, arguments: &[OsString]) -> Command {
        let mut git = Command::new("git");
        for variable in AROUND {
            git.env_remove(variable);
        }
        // Nothing is written meanwhile, and what is said is not translated.
        git.env("GIT_OPTIONAL_LOCKS", "0").env("LC_ALL", "C").arg("-C").arg(&self.root).args(arguments);
        git
    }
}

fn words(words: &[&str]) -> Vec<OsString> {
    words.iter().map(OsString::from).collect()
}

/// What git prints in the end; where it fails, what it says.
fn answer(git: Child) -> Result<Vec<u8>, String> {
    let output = git.wait_with_output().map_err(no_git)?;
    if output.status.success() { Ok(output.stdout) } else { Err(said(&output.stderr)) }
}

/// A file of the work tree that is not as it was.
pub(super) struct Change {
    pub(super) file: PathBuf,
    /// The object that has what it held, under whatever name; `None` for one that is new.
    pub(super) before: Option<String>,
    /// Whether there still is such a file.
    pub(super) is_there: bool,
}

/// The same, by the name that git has for it.
struct Differs {
    name: Vec<u8>,
    before: Option<String>,
    is_there: bool,
}

/// The files that differ: of `:100644 100644 <before> <now> M`, a name and where it has another one now that
/// one, each before a NUL.
fn records(raw: &[u8]) -> Option<Vec<Differs>> {
    let mut fields = raw.split(|byte| *byte == 0);
    let mut records = Vec::new();
    while let Some(head) = fields.next().filter(|head| !head.is_empty()) {
        let [_, mode, before, _, status] = str::from_utf8(head).ok()?.split(' ').collect::<Vec<_>>()[..] else {
            return None;
        };
        let mut name = fields.next()?;
        if status.starts_with(['R', 'C']) {
            name = fields.next()?;
        }
        let is_there = mode != "000000" || status == "U";
        let before = Some(before).filter(|object| object.bytes().any(|byte| byte != b'0')).map(str::to_owned);
        records.push(Differs { name: name.to_owned(), before, is_there });
    }
    Some(records)
}

const UNREADABLE: &str = "git's answer could not be read; please report it as a bug";

fn no_git(error: io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "git is asked what changed, and there is no git here".to_owned(),
        _ => format!("git cannot be run: {}", super::error::words(&error)),
    }
}

/// What to do where a clone does not have its history.
const DEEPEN: &str = "fetch its history (`git fetch --unshallow`; in GitHub Actions, `fetch-depth: 0` of \
                      actions/checkout)";

/// The first thing that git says, without its word for it.
fn said(errors: &[u8]) -> String {
    let errors = String::from_utf8_lossy(errors);
    let lines = || errors.lines().map(str::trim);
    let fatal = lines().find_map(|line| line.strip_prefix("fatal: ").or_else(|| line.strip_prefix("error: ")));
    fatal.or_else(|| lines().next()).map(|line| format!("git says: {line}")).unwrap_or_default()
}

#[cfg(unix)]
fn path(bytes: Vec<u8>) -> PathBuf {
    use std::os::unix::ffi::OsStringExt as _;
    OsString::from_vec(bytes).into()
}

#[cfg(not(unix))]
fn path(bytes: Vec<u8>) -> PathBuf {
    String::from_utf8_lossy(&bytes).into_owned().into()
}
