//! `--shard`: the part of a run that one of several machines does. What it finds is written down, line by line, and
//! `batchlint merge` prints that of all parts as one run would have.

use std::io::{self, Write};
use std::num::NonZeroU32;
use std::path::Path;
use std::str::FromStr;
use std::sync::Arc;

use super::part::{Entry, Head};
use super::plan::Plan;
use super::share::Seen;
use super::workers::Workers;
use super::{Args, refused};
use crate::cli::configuration::Named;
use crate::cli::{Status, complain, surroundings};
use crate::config::Config;
use crate::diagnostic::Fingerprint;
use crate::files::Output;
use crate::render::Look;
use crate::schedule::Instant;

/// Files that are checked before the first of them is written.
const BATCH: usize = 512;

/// One of several parts of a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Shard {
    /// Counted from 1; `None` for the one that this pod of an Indexed Job is to do.
    number: Option<NonZeroU32>,
    of: NonZeroU32,
}

impl FromStr for Shard {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        const WRONG: &str = "write 3/10 for the third of ten parts, or auto/10 in an Indexed Job";
        let (number, of) = text.split_once('/').ok_or(WRONG)?;
        let of = of.parse().map_err(|_| WRONG)?;
        let number = if number == "auto" { None } else { Some(number.parse().map_err(|_| WRONG)?) };
        if number.is_some_and(|number| number > of) {
            Err("there are not so many parts")
        } else {
            Ok(Self { number, of })
        }
    }
}

impl Shard {
    /// Its number, counted from 1.
    fn number(self) -> Result<NonZeroU32, String> {
        if let Some(number) = self.number {
            return Ok(number);
        }
        let index = surroundings::completion_index()
            .ok_or("--shard auto takes JOB_COMPLETION_INDEX, which only pods of an Indexed Job have")?;
        let number = index.parse().ok().and_then(|index: u32| NonZeroU32::new(index.checked_add(1)?));
        number.filter(|number| *number <= self.of).ok_or_else(|| {
            format!(
                "JOB_COMPLETION_INDEX is `{index}`, and of {} parts the last has index {}",
                self.of,
                self.of.get() - 1
            )
        })
    }
}

/// Which part a file belongs to, counted from 1: its name alone decides, so that it stays there when others come and go.
fn part_of(path: &Path, of: NonZeroU32) -> u32 {
    // FNV-1a, which is the same in every release and on every machine.
    let add = |hash: u64, byte: &u8| (hash ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3);
    let hash = path.as_os_str().as_encoded_bytes().iter().fold(0xcbf2_9ce4_8422_2325, add);
    u32::try_from(hash % u64::from(of.get())).expect("it is less than the parts") + 1
}

/// Checks one part of what is planned, and writes down what there is to say.
pub(super) fn run(
    (args, shard): (&Args, Shard),
    mut plan: Plan,
    look: Look,
    out: &mut dyn Write,
) -> io::Result<Status> {
    let number = match shard.number() {
        Ok(number) => number,
        Err(why) => return Ok(refused(&[why])),
    };
    let mut head = head(args, &plan, (number, shard.of));
    let (known_by, configs) = keep(&mut plan, (number, shard.of));
    (head.files, head.configs) = (plan.inputs.len(), configs);
    let mut file = match args.telling.output.as_deref().map(Output::create).transpose() {
        Ok(file) => file,
        Err(error) => return Ok(refused(&[error.to_string()])),
    };
    let to: &mut dyn Write = file.as_mut().map_or(out, |file| file);
    let printers = args.printers(&args.targets(), look, plan.whole.settings().kubernetes);
    let workers = Workers::start(args, &plan, &printers);
    write_line(&serde_json::to_string(&head)?, to)?;
    let worst = write_files(&workers, &plan, &known_by, to)?;
    to.flush()?;
    file.map(Output::finish).transpose()?;
    if !args.telling.quiet {
        complain(&format!("part {number} of {}: {} of {} files", shard.of, head.files, head.all));
    }
    Ok(worst)
}

/// Leaves a part of the files in the plan: of each its place among all and the number of its configuration; and the
/// configurations, that of all files together before others.
fn keep(plan: &mut Plan, (number, of): (NonZeroU32, NonZeroU32)) -> (Vec<(usize, usize)>, Vec<Config>) {
    let mut configs = vec![Arc::clone(&plan.whole)];
    let inputs = std::mem::take(&mut plan.inputs).into_iter().enumerate();
    let own = inputs.filter(|(_, planned)| part_of(planned.path(), of) == number.get());
    let (known_by, inputs) = own.map(|(at, one)| ((at, number_of(&one.config, &mut configs)), one)).unzip();
    plan.inputs = inputs;
    (known_by, configs.iter().map(|config| timeless(config)).collect())
}

/// Checks the files of the plan and writes down what was seen of each; the worst that happened beside findings.
fn write_files(
    workers: &Workers<'_>,
    plan: &Plan,
    known_by: &[(usize, usize)],
    to: &mut dyn Write,
) -> io::Result<Status> {
    let mut worst = Status::Clean;
    for (batch, known_by) in plan.inputs.chunks(BATCH).zip(known_by.chunks(BATCH)) {
        for (file, &(at, config)) in workers.hand_on(batch, Seen::record).into_iter().zip(known_by) {
            worst = worst.max(file.status());
            file.complaint().iter().for_each(|what| complain(what));
            write_line(&serde_json::to_string(&Entry { at, config, file })?, to)?;
        }
    }
    Ok(worst)
}

/// A configuration as all parts of a run have it, whenever each was started.
fn timeless(config: &Config) -> Config {
    config.clone().at_another_time(Instant::from_unix(0))
}

fn write_line(line: &str, to: &mut dyn Write) -> io::Result<()> {
    to.write_all(line.as_bytes())?;
    to.write_all(b"\n")
}

/// The number of a configuration among those that are known.
fn number_of(config: &Arc<Config>, known: &mut Vec<Arc<Config>>) -> usize {
    known.iter().position(|other| Arc::ptr_eq(config, other)).unwrap_or_else(|| {
        known.push(Arc::clone(config));
        known.len() - 1
    })
}

/// The first line, but for what only this part has.
fn head(args: &Args, plan: &Plan, (shard, of): (NonZeroU32, NonZeroU32)) -> Head {
    let said = serde_json::to_string(&timeless(&plan.whole)).unwrap_or_default();
    let names = plan.inputs.iter().map(|planned| planned.path().to_string_lossy().into_owned());
    let mut parts: Vec<String> = names.collect();
    parts.extend([of.to_string(), said, format!("{:?}", plan.scope), args.max_findings.to_string()]);
    let of_named = |Named { path, place }: &Named| (path.clone().into_os_string(), place.clone());
    Head {
        batchlint: env!("CARGO_PKG_VERSION").to_owned(),
        shard,
        of,
        files: 0,
        all: plan.inputs.len(),
        run: Fingerprint::of(parts.iter().map(String::as_str)).to_string(),
        now: plan.whole.settings().now,
        paths: args.paths.iter().map(|path| path.clone().into_os_string()).collect(),
        scope: plan.scope,
        excluded: plan.excluded,
        baseline: plan.baseline.as_ref().map(of_named),
        max_findings: args.max_findings,
        configs: Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_is_one_of_so_many() {
        let read = |text: &str| text.parse::<Shard>().map(|shard| (shard.number.map(NonZeroU32::get), shard.of.get()));
        assert_eq!(read("3/10"), Ok((Some(3), 10)));
        assert_eq!(read("auto/4"), Ok((None, 4)));
        for wrong in ["", "3", "0/10", "11/10", "3/0", "-1/2", "auto", "a/b"] {
            assert!(read(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn the_parts_are_about_as_large_and_a_file_is_in_one() {
        let of = NonZeroU32::new(10).expect("it is above 0");
        let mut sizes = [0; 11];
        for number in 0..10_000 {
            sizes[part_of(Path::new(&format!("jobs/job-{number}.yaml")), of) as usize] += 1;
        }
        assert_eq!(sizes[0], 0);
        assert!(sizes[1..].iter().all(|size| (800..1200).contains(size)), "{sizes:?}");
        // For ever: who caches by part relies on it.
        assert_eq!(part_of(Path::new("jobs/backup.yaml"), of), 8);
    }
}
