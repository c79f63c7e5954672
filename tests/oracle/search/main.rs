//! The differential search: makes manifests by the schema and by the text, asks Kubernetes' own code and batchlint what
//! they say, and lists where the two disagree. `tests/oracle/README.md` says how to make the oracle.

#![expect(clippy::print_stdout, clippy::print_stderr, reason = "a program of its own")]
#![expect(clippy::disallowed_methods, reason = "writes examples to the file it is given")]

mod bases;
mod cases;
mod emit;
mod explained;
mod grow;
mod mutate;
mod oracle;
mod random;
mod record;
mod report;
mod shrink;
mod text;
mod tree;
mod values;
mod verdict;

use std::io::{self, BufRead};
use std::process::ExitCode;

use batchlint::k8s::schema::Version;
use serde_json::Value as Json;

use cases::{Maker, Plan};
use record::Record;
use report::Report;
use verdict::Verdict;

const USAGE: &str = "\
usage: search generate [OPTIONS]
           write cases as JSON lines
       search run --oracle PROGRAM [OPTIONS]
           ask the oracle and batchlint about cases, list where they differ
       search compare [OPTIONS]
           the same for answers on standard input (JSON lines with `yaml` and `server`)
       search record --oracle PROGRAM [--known FILE]
           from answers on standard input, a short manifest for each kind of thing the server says

  --plan random|values|pairs|bases   any changes from a seed; each field with each value; each pair of fields;
                                     the manifests that changes start from                    [random]
  --cases N                          how many, at most                                        [10000]
  --seed N                                                                                    [1]
  --kubernetes-version 1.N           the oracle's version                                     [the newest]
  --only ID                          the case with this id, in full
  --most N                           how many kinds of difference to show                     [40]
  --shrink yes                       shorten and show the manifests of these (with --oracle)
  --examples FILE                    where to write the smallest example of each kind, as JSON lines
  --known FILE                       answers as on standard input, of whose kinds there are examples already";

struct Options {
    oracle: Option<String>,
    plan: Plan,
    cases: usize,
    seed: u64,
    version: Version,
    only: Option<String>,
    most: usize,
    shrink: bool,
    examples: Option<String>,
    known: Option<String>,
}

fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1);
    let command = arguments.next().unwrap_or_default();
    let done = options(arguments).and_then(|options| {
        let run = match command.as_str() {
            "generate" => generate(&options),
            "run" => run(&options),
            "compare" => compare(&options),
            "record" => record(&options),
            _ => return Err(USAGE.to_owned()),
        };
        run.map_err(|error| error.to_string())
    });
    match done {
        Ok(code) => code,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::from(2)
        }
    }
}

fn options(mut arguments: impl Iterator<Item = String>) -> Result<Options, String> {
    let mut options = Options {
        oracle: None,
        plan: Plan::Random,
        cases: 10_000,
        seed: 1,
        version: Version::NEWEST,
        only: None,
        most: 40,
        shrink: false,
        examples: None,
        known: None,
    };
    while let Some(name) = arguments.next() {
        let value = arguments.next().ok_or_else(|| USAGE.to_owned())?;
        let number = || value.parse::<u64>().map_err(|_| format!("{name}: `{value}` is not a number"));
        let count = || number().map(|number| usize::try_from(number).unwrap_or(usize::MAX));
        match name.as_str() {
            "--oracle" => options.oracle = Some(value),
            "--plan" => options.plan = value.parse()?,
            "--cases" => options.cases = count()?,
            "--seed" => options.seed = number()?,
            "--kubernetes-version" => options.version = value.parse().map_err(|error| format!("{error}"))?,
            "--only" => options.only = Some(value),
            "--most" => options.most = count()?,
            "--shrink" => options.shrink = value == "yes",
            "--examples" => options.examples = Some(value),
            "--known" => options.known = Some(value),
            _ => return Err(USAGE.to_owned()),
        }
    }
    Ok(options)
}

fn generate(options: &Options) -> io::Result<ExitCode> {
    let maker = Maker::new(options.version, options.seed);
    oracle::write(wanted(options, &maker), &mut io::stdout().lock())?;
    Ok(ExitCode::SUCCESS)
}

fn run(options: &Options) -> io::Result<ExitCode> {
    let maker = Maker::new(options.version, options.seed);
    let mut report = Report::default();
    oracle::ask(program(options)?, wanted(options, &maker), |answer| take_in(&mut report, answer, options))?;
    conclude(report, options)
}

fn program(options: &Options) -> io::Result<&str> {
    options.oracle.as_deref().ok_or_else(|| io::Error::other(USAGE))
}

fn compare(options: &Options) -> io::Result<ExitCode> {
    let mut report = Report::default();
    for line in io::stdin().lock().lines().take(options.cases) {
        let answer = serde_json::from_str(&line?)?;
        take_in(&mut report, &answer, options);
    }
    conclude(report, options)
}

fn record(options: &Options) -> io::Result<ExitCode> {
    let mut record = Record::default();
    let known = options.known.as_ref().map_or(Ok(String::new()), std::fs::read_to_string)?;
    for line in known.lines() {
        record.leave_out(&serde_json::from_str(line)?);
    }
    for line in io::stdin().lock().lines() {
        record.add(&serde_json::from_str(&line?)?);
    }
    let names_of = |answer: &Json| record::kinds(&answer["server"]);
    let examples = shrink::shrink(program(options)?, record.into_examples(), names_of)?;
    record::write(&examples, &mut io::stdout().lock())?;
    Ok(ExitCode::SUCCESS)
}

fn wanted<'m>(options: &'m Options, maker: &'m Maker) -> impl Iterator<Item = cases::Case> + Send + 'm {
    let is_wanted = |case: &cases::Case| options.only.as_ref().is_none_or(|id| case.id == *id);
    maker.cases(options.plan).take(options.cases).filter(is_wanted)
}

fn take_in(report: &mut Report, answer: &Json, options: &Options) {
    let (server, ours) = verdicts(answer, options);
    let differ = report.add(answer, server.as_ref(), ours.as_ref());
    if differ && options.only.is_some() {
        println!("{}\nserver: {server:#?}\nbatchlint: {ours:#?}", answer["yaml"].as_str().unwrap_or_default());
    }
}

fn verdicts(answer: &Json, options: &Options) -> (Option<Verdict>, Option<Verdict>) {
    let ours = verdict::of_batchlint(answer["yaml"].as_str().unwrap_or_default(), options.version);
    (verdict::of_server(&answer["server"]), ours)
}

fn conclude(mut report: Report, options: &Options) -> io::Result<ExitCode> {
    if options.shrink {
        let names_of = |answer: &Json| match verdicts(answer, options) {
            (Some(server), Some(ours)) => {
                let differences = verdict::differences(&server, &ours);
                differences.into_iter().chain(record::kinds(&answer["server"])).collect()
            }
            _ => Vec::new(),
        };
        let examples = shrink::shrink(program(options)?, report.examples(options.most), names_of)?;
        report.put_back(examples);
    }
    report.write(options.most, &mut io::stdout().lock())?;
    if let Some(path) = &options.examples {
        let mut examples = Vec::new();
        report.write_examples(&mut examples)?;
        std::fs::write(path, examples)?;
    }
    Ok(if report.is_quiet() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
