//! The search for what takes longer than its text: whatever can be found is made to come about many times, in every way
//! that its place allows, and the instructions of a check are counted at several sizes.

#![expect(clippy::print_stdout, clippy::print_stderr, reason = "a program of its own")]
#![expect(clippy::disallowed_methods, reason = "reads fixtures, writes the texts to be counted")]

mod count;
mod fit;
mod grow;
mod more;
#[path = "../oracle/search/random.rs"]
#[expect(dead_code, reason = "the search for differences has further choices")]
mod random;
mod seeds;
mod splice;

use std::collections::{HashMap, HashSet};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io::{self, Write as _};
use std::process::ExitCode;
use std::sync::Mutex;
use std::thread;

use batchlint::render::Format;
use count::{Count, Job};
use grow::Growing;
use seeds::Kind;

const USAGE: &str = "\
usage: growth [OPTIONS]
  --sample N       so many of the documents
  --each N         so many documents of each kind
  --seed N         which ones                                    [1]
  --fields N       at most so many documents of one kind, each in another field   [2]
  --only WORDS     only documents with these words in their names
  --stages N       stop at larger texts: 1 at 64 kB, 2 at 400 kB, 3 at 4 MB   [3]
  --format FORMAT  what is written of the findings               [concise]
  --show SIZE      the documents themselves, of so many bytes, instead of what they cost";

/// Three sizes at a time. What would grow faster than its text at the size of a megabyte is looked at again, larger.
const STAGES: [[usize; 3]; 3] =
    [[16_000, 32_000, 64_000], [100_000, 200_000, 400_000], [1_000_000, 2_000_000, 4_000_000]];
/// A doubling that may be a linear one, where it is projected, and where it is counted.
const LIKELY: f64 = 2.2;
const CERTAIN: f64 = 2.3;
/// Documents that are counted in one run of valgrind.
const SHARD: usize = 40;

struct Options {
    sample: usize,
    each: usize,
    seed: u64,
    fields: usize,
    only: String,
    stages: usize,
    format: Format,
    show: Option<usize>,
}

/// A document, and how its cost grows.
struct Suspect {
    kind: Kind,
    name: String,
    document: Growing,
    doubling: f64,
    blame: String,
    /// Whether the doubling is counted, and not projected.
    is_counted: bool,
}

fn main() -> ExitCode {
    if std::env::args().nth(1).as_deref() == Some(count::CHILD) {
        count::run_child().expect("the texts can be read");
        return ExitCode::SUCCESS;
    }
    match options(std::env::args().skip(1)) {
        Ok(options) => run(&options).unwrap_or_else(|error| {
            eprintln!("{error}");
            ExitCode::from(2)
        }),
        Err(error) => {
            eprintln!("{error}");
            ExitCode::from(2)
        }
    }
}

fn options(mut arguments: impl Iterator<Item = String>) -> Result<Options, String> {
    let mut options = Options {
        sample: usize::MAX,
        each: usize::MAX,
        seed: 1,
        fields: 2,
        only: String::new(),
        stages: STAGES.len(),
        format: Format::Concise,
        show: None,
    };
    while let Some(name) = arguments.next() {
        let value = arguments.next().ok_or(USAGE)?;
        let number = || value.parse::<usize>().map_err(|_| format!("{name}: `{value}` is not a number"));
        match name.as_str() {
            "--sample" => options.sample = number()?,
            "--each" => options.each = number()?,
            "--seed" => options.seed = number()? as u64,
            "--fields" => options.fields = number()?,
            "--only" => options.only = value,
            "--stages" => options.stages = number()?.clamp(1, STAGES.len()),
            "--format" => {
                let named = Format::ALL.iter().find(|format| format.name() == value);
                options.format = *named.ok_or_else(|| format!("no format is named `{value}`"))?;
            }
            "--show" => options.show = Some(number()?),
            _ => return Err(USAGE.to_owned()),
        }
    }
    Ok(options)
}

fn run(options: &Options) -> io::Result<ExitCode> {
    let mut suspects = documents(options);
    if let Some(size) = options.show {
        for suspect in &suspects {
            println!("# {}\n{}", suspect.name, suspect.document.of_size(size, 1));
        }
        return Ok(ExitCode::SUCCESS);
    }
    if !count::is_possible() {
        println!("SKIPPED: valgrind is not installed, and nothing was counted");
        return Ok(ExitCode::SUCCESS);
    }
    let mut cleared = 0;
    for (number, sizes) in STAGES.iter().enumerate().take(options.stages) {
        let (is_full, is_last) = (number + 1 == STAGES.len(), number + 1 == options.stages);
        eprintln!("{} documents at {} to {} bytes", suspects.len(), sizes[0], sizes[2]);
        let looked = measure(suspects, sizes, options.format, is_full);
        let (guilty, others): (Vec<_>, Vec<_>) =
            looked.into_iter().partition(|one| one.doubling > if is_last { CERTAIN } else { LIKELY });
        suspects = guilty;
        cleared += others.len();
    }
    suspects.sort_by(|left, right| right.doubling.total_cmp(&left.doubling));
    for Suspect { name, doubling, blame, is_counted, .. } in &suspects {
        let how = if *is_counted { "counted" } else { "projected" };
        println!("{doubling:.2} {how}: {name}\n     {blame}");
    }
    println!("{} of {} documents grow faster than their texts", suspects.len(), suspects.len() + cleared);
    Ok(if suspects.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// The documents that are wanted, each text once.
fn documents(options: &Options) -> Vec<Suspect> {
    let mut known = HashSet::new();
    let mut suspects = Vec::new();
    for found in seeds::collect(options.fields) {
        for document in grow::ways(&found) {
            let name = format!("{:?} in {:?}: {}", found.kind, found.field, document.what);
            if name.contains(&options.only) && known.insert(hash(&document.times(2))) {
                let (kind, blame) = (found.kind.clone(), String::new());
                suspects.push(Suspect { kind, name, document, doubling: 0.0, blame, is_counted: false });
            }
        }
    }
    if options.sample < suspects.len() || options.each < suspects.len() {
        random::Random::new(options.seed, 0).shuffle(&mut suspects);
        let mut of_kind = HashMap::new();
        suspects.retain(|one| {
            let count = of_kind.entry(one.kind.clone()).or_insert(0);
            *count += 1;
            *count <= options.each
        });
        suspects.truncate(options.sample);
    }
    suspects
}

fn hash(text: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    text.hash(&mut hasher);
    hasher.finish()
}

/// Counts every suspect at three sizes, on every core.
fn measure(mut suspects: Vec<Suspect>, sizes: &[usize; 3], format: Format, is_full: bool) -> Vec<Suspect> {
    let cores = thread::available_parallelism().map_or(1, usize::from);
    let shard = if is_full { 1 } else { suspects.len().div_ceil(cores).clamp(1, SHARD) };
    let mut shards = Vec::new();
    while !suspects.is_empty() {
        shards.push(suspects.split_off(suspects.len().saturating_sub(shard)));
    }
    let (waiting, done) = (Mutex::new(shards), Mutex::new(Vec::new()));
    let work = || {
        while let Some(shard) = { waiting.lock().expect("no thread panics").pop() } {
            let looked = look(shard, sizes, format, is_full);
            done.lock().expect("no thread panics").extend(looked);
            eprint!(".");
            let _ = io::stderr().flush();
        }
    };
    thread::scope(|scope| {
        for _ in 0..cores {
            scope.spawn(work);
        }
    });
    eprintln!();
    done.into_inner().expect("no thread panics")
}

fn look(mut shard: Vec<Suspect>, sizes: &[usize; 3], format: Format, is_full: bool) -> Vec<Suspect> {
    let job = |one: &Suspect, at: usize| Job {
        text: one.document.of_size(sizes[at], 1 << at),
        version: one.document.version,
        format,
    };
    let jobs: Vec<Job> = shard.iter().flat_map(|one| [0, 1, 2].map(|at| job(one, at))).collect();
    let counts = if is_full && !count::ends_in_time(&jobs) { None } else { count::count(&jobs).ok() };
    let Some(counts) = counts else {
        return uncounted(shard, sizes, format, is_full);
    };
    for ((suspect, counts), jobs) in shard.iter_mut().zip(counts.chunks(3)).zip(jobs.chunks(3)) {
        let counts: &[Count; 3] = counts.try_into().expect("three at a time");
        let sizes = [0, 1, 2].map(|at| jobs[at].text.len() as f64);
        let points = [0, 1, 2].map(|at| (sizes[at], counts[at].total as f64));
        suspect.is_counted = is_full;
        suspect.doubling = if is_full { fit::last_doubling(points) } else { fit::doubling(points) };
        suspect.blame = fit::to_blame(counts, sizes);
    }
    shard
}

/// What a run of valgrind came to no end with: one of many is looked for, one alone is found.
fn uncounted(mut shard: Vec<Suspect>, sizes: &[usize; 3], format: Format, is_full: bool) -> Vec<Suspect> {
    if let [suspect] = &mut shard[..] {
        (suspect.doubling, suspect.blame) = (f64::INFINITY, "the check did not come to its end".to_owned());
        return shard;
    }
    shard.into_iter().flat_map(|suspect| look(vec![suspect], sizes, format, is_full)).collect()
}
