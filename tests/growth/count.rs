//! How many instructions a check takes, counted by valgrind: the same on every machine and every day.

use std::collections::HashMap;
use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use batchlint::k8s::schema::Version;
use batchlint::lint::lint;
use batchlint::render::{Format, Look, Printer};
use batchlint::text::Source;

use crate::seeds;

/// The word on the command line that makes this program the one that is counted.
pub(crate) const CHILD: &str = "check-these";

/// After so many tenths of a second a check has not ended.
const LONGEST_TENTHS: usize = 300;

/// What to check.
#[derive(Debug, Clone)]
pub(crate) struct Job {
    pub(crate) text: String,
    pub(crate) version: Version,
    pub(crate) format: Format,
}

/// The instructions of one check.
#[derive(Debug, Clone, Default)]
pub(crate) struct Count {
    pub(crate) total: u64,
    pub(crate) by_function: HashMap<String, u64>,
}

/// Whether valgrind is at hand.
pub(crate) fn is_possible() -> bool {
    Command::new("valgrind").arg("--version").stdout(Stdio::null()).stderr(Stdio::null()).status().is_ok()
}

/// Counts each of the jobs, in one run of valgrind: it writes down what was counted whenever a check is done.
pub(crate) fn count(jobs: &[Job]) -> io::Result<Vec<Count>> {
    let folder = tempfolder()?;
    let done = count_in(&folder, jobs);
    fs::remove_dir_all(&folder)?;
    done
}

fn count_in(folder: &Path, jobs: &[Job]) -> io::Result<Vec<Count>> {
    let mut child = Command::new("valgrind")
        .args(["--tool=callgrind", "--dump-line=no", "--dump-after=*checked_once*", "--toggle-collect=*checked_once*"])
        .arg(format!("--callgrind-out-file={}", folder.join("count").display()))
        .arg(std::env::current_exe()?)
        .arg(CHILD)
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()?;
    let mut list = child.stdin.take().expect("it was asked for");
    for (number, job) in jobs.iter().enumerate() {
        let path = folder.join(format!("{number}.yaml"));
        fs::write(&path, &job.text)?;
        writeln!(list, "{} {} {}", job.version, job.format.name(), path.display())?;
    }
    drop(list);
    if !child.wait()?.success() {
        return Err(io::Error::other("a check did not come to its end"));
    }
    (1..=jobs.len()).map(|number| Ok(read(&fs::read_to_string(folder.join(format!("count.{number}")))?))).collect()
}

fn tempfolder() -> io::Result<PathBuf> {
    static NEXT: std::sync::atomic::AtomicUsize = std::sync::atomic::AtomicUsize::new(0);
    let number = NEXT.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
    let folder = std::env::temp_dir().join(format!("growth-{}-{number}", std::process::id()));
    fs::create_dir_all(&folder)?;
    Ok(folder)
}

/// Reads callgrind's format: lines of a function's own cost, and behind `calls=` a line of what others cost.
fn read(profile: &str) -> Count {
    let mut count = Count::default();
    let mut names: HashMap<&str, &str> = HashMap::new();
    let (mut function, mut is_call) = ("", false);
    for line in profile.lines() {
        if let Some(named) = line.strip_prefix("fn=").or_else(|| line.strip_prefix("cfn=")) {
            let (id, name) = named.split_once(' ').unwrap_or((named, ""));
            if !name.is_empty() {
                names.insert(id, name);
            }
            if line.starts_with("fn=") {
                function = names.get(id).copied().unwrap_or_default();
            }
        } else if line.starts_with("calls=") {
            is_call = true;
        } else if line.starts_with(|first: char| first.is_ascii_digit() || "+-*".contains(first)) {
            let cost = line.split_whitespace().nth(1).and_then(|cost| cost.parse::<u64>().ok()).unwrap_or_default();
            if !std::mem::take(&mut is_call) {
                *count.by_function.entry(function.to_owned()).or_default() += cost;
                count.total += cost;
            }
        }
    }
    count
}

/// Checks the texts that standard input names; this is what valgrind looks at.
pub(crate) fn run_child() -> io::Result<()> {
    for line in io::stdin().lines() {
        let line = line?;
        let [version, format, path] = line.splitn(3, ' ').collect::<Vec<_>>()[..] else { continue };
        let format = Format::ALL.iter().find(|known| known.name() == format).expect("a format's name");
        let text = fs::read_to_string(path)?;
        std::hint::black_box(checked_once(text, version.parse().expect("a version"), *format));
    }
    Ok(())
}

/// Checks a text as the command line does, and renders what was found.
#[inline(never)]
pub(crate) fn checked_once(text: String, version: Version, format: Format) -> usize {
    let source = Source::new("manifest.yaml", text);
    let report = lint(&source, &seeds::config(version));
    let printer = Printer::new(format, Look { width: 80, color: false, unicode: true });
    let (mut out, mut writer) = (Vec::new(), printer.writer());
    let share = printer.share(&source, report, Path::new("manifest.yaml"));
    writer.add(share, &mut out).and_then(|()| writer.finish(&mut out, &mut io::sink())).expect("memory takes it");
    out.len()
}

/// Whether the jobs end at all: what takes minutes by itself takes days to count.
pub(crate) fn ends_in_time(jobs: &[Job]) -> bool {
    let Ok(folder) = tempfolder() else { return false };
    let ended = jobs.iter().all(|job| ends(&folder, job).unwrap_or(false));
    let _ = fs::remove_dir_all(&folder);
    ended
}

fn ends(folder: &Path, job: &Job) -> io::Result<bool> {
    let path = folder.join("job.yaml");
    fs::write(&path, &job.text)?;
    let mut child =
        Command::new(std::env::current_exe()?).arg(CHILD).stdin(Stdio::piped()).stdout(Stdio::null()).spawn()?;
    let mut list = child.stdin.take().expect("it was asked for");
    writeln!(list, "{} {} {}", job.version, job.format.name(), path.display())?;
    drop(list);
    for _ in 0..LONGEST_TENTHS {
        if let Some(status) = child.try_wait()? {
            return Ok(status.success());
        }
        std::thread::sleep(std::time::Duration::from_millis(100));
    }
    child.kill()?;
    child.wait()?;
    Ok(false)
}
