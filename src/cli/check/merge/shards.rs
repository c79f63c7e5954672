//! The parts of a run, read side by side in the order of all files.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::cli::check::part::{AT, Entry, Head};
use crate::cli::check::plan::Plan;
use crate::cli::check::share::Seen;
use crate::cli::configuration::Named;
use crate::config::Config;
use crate::files::{self, Lines};

/// What the files are called that hold a line of JSON each for something.
const KIND: &str = "jsonl";

/// The parts of a run.
pub(in crate::cli::check) struct Shards {
    parts: Vec<Part>,
    paths: Vec<PathBuf>,
    max_findings: usize,
    /// How many files all parts have together.
    all: usize,
    /// The next line of each part, by its place among all.
    next: BinaryHeap<Reverse<(usize, usize)>>,
}

/// A part, of which some lines were read.
struct Part {
    head: Head,
    known: Arc<Known>,
    lines: Lines,
    /// How many files it still has.
    left: usize,
    next: Option<Line>,
}

/// What is known of a part while its lines are read.
struct Known {
    name: String,
    configs: Vec<Arc<Config>>,
}

/// A line of a part: a file that was checked.
pub(in crate::cli::check) struct Line {
    of: Arc<Known>,
    /// What it says, or why it cannot be read.
    text: Result<String, String>,
}

impl Line {
    /// What was seen.
    pub(in crate::cli::check) fn seen(self) -> Seen {
        let Known { name, configs } = &*self.of;
        let entry = self.text.and_then(|text| {
            let entry: Entry =
                serde_json::from_str(&text).map_err(|error| format!("a line cannot be read: {error}"))?;
            let config = configs.get(entry.config).ok_or("a line names no configuration")?;
            Ok(entry.file.seen(Arc::clone(config)))
        });
        entry.unwrap_or_else(|why| Seen::unread(name.clone(), why.into(), Arc::clone(&configs[0])))
    }
}

impl Shards {
    /// Opens all parts of a run, which have to be there; and what was planned, without the files.
    pub(in crate::cli::check) fn open(paths: &[PathBuf]) -> Result<(Self, Plan), String> {
        let mut parts = Vec::new();
        for path in paths {
            for file in files::of_kind(path, KIND).map_err(|error| error.to_string())? {
                parts.push(Part::open(&file)?);
            }
        }
        check_together(&parts)?;
        // The clock of one run; its parts may have been started days apart.
        let now = parts.iter().map(|part| part.head.now).min().ok_or("there is no part: no file is named *.jsonl")?;
        for part in &mut parts {
            let again = |config: Config| Arc::new(config.at_another_time(now));
            let configs = std::mem::take(&mut part.head.configs).into_iter().map(again).collect();
            part.known = Arc::new(Known { name: part.known.name.clone(), configs });
            part.advance();
        }
        let Head { paths, scope, excluded, baseline, max_findings, all, .. } = &mut parts[0].head;
        let baseline = baseline.take().map(|(path, place)| Named { path: path.into(), place });
        let (scope, excluded, max_findings, all) = (*scope, *excluded, *max_findings, *all);
        let paths = std::mem::take(paths).into_iter().map(PathBuf::from).collect();
        let whole = Arc::clone(&parts[0].known.configs[0]);
        let next = parts.iter().enumerate().filter_map(|(number, part)| part.place(number)).collect();
        let plan = Plan { inputs: Vec::new(), beside: Vec::new(), excluded, whole, scope, baseline, changing: None };
        Ok((Self { parts, paths, max_findings, all, next }, plan))
    }

    pub(in crate::cli::check) fn paths(&self) -> Vec<PathBuf> {
        self.paths.clone()
    }

    pub(in crate::cli::check) const fn max_findings(&self) -> usize {
        self.max_findings
    }

    /// How many files there are.
    pub(in crate::cli::check) const fn all(&self) -> usize {
        self.all
    }

    /// The next so many files.
    pub(in crate::cli::check) fn take(&mut self, count: usize) -> Vec<Line> {
        let mut lines = Vec::new();
        while lines.len() < count
            && let Some(Reverse((_, number))) = self.next.pop()
        {
            let part = &mut self.parts[number];
            lines.extend(part.next.take());
            part.advance();
            self.next.extend(part.place(number));
        }
        lines
    }
}

impl Part {
    fn open(path: &Path) -> Result<Self, String> {
        let name = path.display().to_string();
        let mut lines = files::lines(path).map_err(|error| error.to_string())?;
        let first = lines.next().transpose().map_err(|error| error.to_string())?.unwrap_or_default();
        let is_of =
            |version: &str| format!("{name}: batchlint {version} wrote it, and this is {}", env!("CARGO_PKG_VERSION"));
        let version = serde_json::from_str::<Written>(&first).map(|written| written.batchlint).ok();
        if let Some(other) = version.filter(|version| version != env!("CARGO_PKG_VERSION")) {
            return Err(is_of(&other));
        }
        let head: Head = serde_json::from_str(&first)
            .map_err(|_| format!("{name}: not a part of a run, as `batchlint check --shard` writes it"))?;
        let left = head.files;
        let known = Arc::new(Known { name, configs: Vec::new() });
        Ok(Self { head, known, lines, left, next: None })
    }

    /// Reads the next line.
    fn advance(&mut self) {
        let Some(left) = self.left.checked_sub(1) else { return };
        self.left = left;
        let text = match self.lines.next() {
            Some(Ok(text)) => Ok(text),
            Some(Err(error)) => Err(error.to_string()),
            None => Err(format!("it ends early: {} of {} files are missing", left + 1, self.head.files)),
        };
        if text.is_err() {
            self.left = 0;
        }
        self.next = Some(Line { of: Arc::clone(&self.known), text });
    }

    /// Where its next line stands among all; what cannot be read, at once.
    fn place(&self, number: usize) -> Option<Reverse<(usize, usize)>> {
        let line = self.next.as_ref()?;
        let place = line.text.as_ref().ok().and_then(|text| text.strip_prefix(AT)?.split(',').next()?.parse().ok());
        Some(Reverse((place.unwrap_or(0), number)))
    }
}

/// The one thing that every version writes.
#[derive(serde::Deserialize)]
struct Written {
    batchlint: String,
}

/// Whether they are all the parts of one run, each once.
fn check_together(parts: &[Part]) -> Result<(), String> {
    let Some(first) = parts.first() else { return Ok(()) };
    let mut numbers: BTreeMap<u32, &str> = BTreeMap::new();
    for Part { head, known, .. } in parts {
        if (&head.run, head.of) != (&first.head.run, first.head.of) {
            let (name, first) = (&known.name, &first.known.name);
            return Err(format!("{name} and {first} are parts of two runs: other files, or other settings"));
        }
        if let Some(other) = numbers.insert(head.shard.get(), &known.name) {
            return Err(format!("{} and {other} are the same part, {} of {}", known.name, head.shard, head.of));
        }
    }
    let of = first.head.of.get();
    match (1..=of).find(|number| !numbers.contains_key(number)) {
        Some(missing) => Err(format!("part {missing} of {of} is missing: {} of them are here", parts.len())),
        None => Ok(()),
    }
}
