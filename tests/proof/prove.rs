//! The proof of the fixes at large: manifests are changed at random, whatever findings offer is followed, alone and by
//! `mend`, and each result is held to what a fix promises. It also counts, rule by rule, what is mended and what is not.

#![expect(clippy::print_stdout, clippy::print_stderr, reason = "a program of its own")]

mod faults;
mod flaws;
mod places;
#[path = "../oracle/search/random.rs"]
#[expect(dead_code, reason = "the search for differences has further choices")]
mod random;
mod seeds;
mod shapes;
mod table;
#[path = "../oracle/search/text.rs"]
mod text;

#[path = "../shared/mod.rs"]
mod shared;

use std::collections::BTreeMap;
use std::process::ExitCode;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use flaws::Followed;
use random::Random;
use seeds::Seeds;
use table::Table;

const USAGE: &str = "\
usage: proof [OPTIONS]
  --count N    so many texts                        [100000]
  --seed N     which ones                           [1]
  --show N     the text of that number, and what is wrong with its fixes
  --table      what is fixed and what is not, as Markdown";

struct Options {
    count: usize,
    seed: u64,
    show: Option<usize>,
    table: bool,
}

/// What came of all texts.
#[derive(Default)]
struct Sum {
    texts: usize,
    /// Fixes that were followed alone, and by `mend`.
    fixes: usize,
    mended: usize,
    table: Table,
    /// By what is wrong: how often, and the number of the shortest text that shows it.
    wrong: BTreeMap<String, (usize, usize, usize)>,
}

fn main() -> ExitCode {
    let options = match options(std::env::args().skip(1)) {
        Ok(options) => options,
        Err(error) => {
            eprintln!("{error}");
            return ExitCode::from(2);
        }
    };
    let seeds = Seeds::collect();
    if let Some(number) = options.show {
        let (name, text) = case(&seeds, options.seed, number);
        println!("# {name}\n{text}");
        flaws::follow(&text).flaws.iter().for_each(|flaw| println!("# {flaw}"));
        return ExitCode::SUCCESS;
    }
    let sum = prove(&seeds, &options);
    report(&sum, &options)
}

fn options(mut arguments: impl Iterator<Item = String>) -> Result<Options, String> {
    let mut options = Options { count: 100_000, seed: 1, show: None, table: false };
    while let Some(name) = arguments.next() {
        if name == "--table" {
            options.table = true;
            continue;
        }
        let value = arguments.next().ok_or(USAGE)?;
        let number: usize = value.parse().map_err(|_| format!("{name}: `{value}` is not a number"))?;
        match name.as_str() {
            "--count" => options.count = number,
            "--seed" => options.seed = number as u64,
            "--show" => options.show = Some(number),
            _ => return Err(USAGE.to_owned()),
        }
    }
    Ok(options)
}

/// The text of a number, and what it was made of.
fn case(seeds: &Seeds, seed: u64, number: usize) -> (String, String) {
    let mut random = Random::new(seed, number as u64);
    let (name, mut text) = seeds.pick(&mut random);
    for _ in 0..random.below(4) {
        text = if random.chance(60) { faults::plant(&text, &mut random) } else { text::change(&text, &mut random).0 };
        if text.is_empty() {
            break;
        }
    }
    (format!("{number}, {name}"), shapes::change(text, &mut random))
}

/// Follows the fixes of every text, on every core.
fn prove(seeds: &Seeds, options: &Options) -> Sum {
    let (next, sum) = (AtomicUsize::new(0), Mutex::new(Sum::default()));
    let work = || {
        loop {
            let number = next.fetch_add(1, Ordering::Relaxed);
            if number >= options.count {
                return;
            }
            let (name, text) = case(seeds, options.seed, number);
            let followed = std::panic::catch_unwind(|| flaws::follow(&text)).unwrap_or_else(|_| Followed::of_panic());
            let mut sum = sum.lock().expect("no thread panics here");
            sum.add(number, &name, &text, followed);
            if sum.texts % 10_000 == 0 {
                eprintln!("{} texts, {} fixes, {} kinds of flaws", sum.texts, sum.fixes, sum.wrong.len());
            }
        }
    };
    thread::scope(|scope| {
        for _ in 0..thread::available_parallelism().map_or(1, usize::from) {
            scope.spawn(work);
        }
    });
    sum.into_inner().expect("no thread panics here")
}

impl Sum {
    fn add(&mut self, number: usize, name: &str, text: &str, followed: Followed) {
        self.texts += 1;
        self.fixes += followed.fixes;
        self.mended += usize::from(followed.is_mended);
        self.table.add(seeds::is_wild(name), &followed.fates);
        for flaw in followed.flaws {
            let (count, shortest, length) = self.wrong.entry(flaw).or_insert((0, number, usize::MAX));
            *count += 1;
            if (text.len(), number) < (*length, *shortest) {
                (*shortest, *length) = (number, text.len());
            }
        }
    }
}

fn report(sum: &Sum, options: &Options) -> ExitCode {
    if options.table {
        print!("{}", sum.table);
    }
    eprintln!("{} texts, of which {} were mended; {} fixes were followed alone", sum.texts, sum.mended, sum.fixes);
    for (flaw, (count, shortest, length)) in &sum.wrong {
        eprintln!("{count} times: {flaw} (shortest: --seed {} --show {shortest}, {length} bytes)", options.seed);
    }
    if sum.wrong.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_fixes_promise_holds_in_a_sample() {
        let seeds = Seeds::collect();
        let sum = prove(&seeds, &Options { count: 400, seed: 7, show: None, table: false });
        assert!(sum.fixes > 100, "{} fixes were followed", sum.fixes);
        assert!(sum.wrong.is_empty(), "{:#?}", sum.wrong);
    }
}
