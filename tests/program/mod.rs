//! The program as people and other programs run it, in a folder of its own.

#![expect(clippy::disallowed_methods, reason = "tests make the files that they check")]

use std::ffi::OsStr;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};

/// One error of one rule, on line 7.
pub(crate) const FOUND: &str = "\
apiVersion: batch/v1
kind: CronJob
metadata:
  name: report
spec:
  schedule: \"30 4 * * *\"
  startingDeadlineSeconds: 0
  jobTemplate:
    spec:
      template:
        spec:
          restartPolicy: Never
          containers:
            - name: report
              image: registry.example.com/report:1.4.2
";

/// What time it is for the program: 2026-11-21 00:00:00 UTC.
pub(crate) const NOW: i64 = 1_795_219_200;

/// What the program asks of its surroundings, and a test does not want to depend on.
const SURROUNDINGS: [&str; 11] = [
    "NO_COLOR",
    "CLICOLOR",
    "CLICOLOR_FORCE",
    "LC_ALL",
    "LC_CTYPE",
    "COLUMNS",
    "GITHUB_ACTIONS",
    "TF_BUILD",
    "TEAMCITY_VERSION",
    "PRE_COMMIT",
    "JOB_COMPLETION_INDEX",
];

/// A folder of its own for a test; it goes when the test ends.
pub(crate) struct Folder {
    pub(crate) path: PathBuf,
}

/// How a run ended, and what it printed.
pub(crate) struct Run {
    pub(crate) status: i32,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Folder {
    pub(crate) fn new(name: &str) -> Self {
        static NEXT: AtomicUsize = AtomicUsize::new(0);
        let own = format!("{name}-{}-{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed));
        let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(own);
        let _ = std::fs::remove_dir_all(&path);
        std::fs::create_dir_all(&path).expect("the target folder can be written to");
        Self { path }
    }

    pub(crate) fn file(self, name: &str, text: &str) -> Self {
        self.bytes(name, text.as_bytes())
    }

    pub(crate) fn bytes(self, name: impl AsRef<OsStr>, bytes: &[u8]) -> Self {
        let path = self.path.join(name.as_ref());
        std::fs::create_dir_all(path.parent().expect("it stands in the folder")).expect("a folder can be made");
        std::fs::write(path, bytes).expect("a file can be written");
        self
    }

    pub(crate) fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_batchlint"));
        command.args(args).current_dir(&self.path);
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        for variable in SURROUNDINGS {
            command.env_remove(variable);
        }
        command.env("LANG", "C.UTF-8").env("BATCHLINT_NOW", NOW.to_string()).env("TZ", "UTC");
        command
    }

    pub(crate) fn run<'a>(&self, args: impl AsRef<[&'a str]>) -> Run {
        self.run_with(args, b"")
    }

    pub(crate) fn run_with<'a>(&self, args: impl AsRef<[&'a str]>, input: &[u8]) -> Run {
        Run::given(&mut self.command(args.as_ref()), input)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.path);
    }
}

impl Run {
    /// Of a program that is given this on standard input.
    pub(crate) fn given(command: &mut Command, input: &[u8]) -> Self {
        let mut child = command.stdin(Stdio::piped()).spawn().expect("the program starts");
        let mut stdin = child.stdin.take().expect("it was piped");
        let input = input.to_owned();
        // Written beside reading: neither side waits for the other, and nobody has to read all.
        let writer = std::thread::spawn(move || drop(stdin.write_all(&input)));
        let run = Self::of(child.wait_with_output());
        writer.join().expect("the writer ends");
        run
    }

    pub(crate) fn of(output: std::io::Result<Output>) -> Self {
        let Output { status, stdout, stderr } = output.expect("the program runs");
        let text = |bytes| String::from_utf8(bytes).expect("output is UTF-8");
        Self { status: status.code().expect("it was not killed"), out: text(stdout), err: text(stderr) }
    }
}
