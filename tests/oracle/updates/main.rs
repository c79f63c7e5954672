//! Changes by `kubectl apply`, answered by Kubernetes' own code and by batchlint, and where the two differ.
//! `tests/oracle/README.md` says how to make the oracle.

#![expect(clippy::print_stdout, clippy::print_stderr, reason = "a program of its own")]

mod answer;
#[path = "../search/bases.rs"]
mod bases;
#[path = "../search/emit.rs"]
mod emit;
#[path = "../search/grow.rs"]
mod grow;
#[path = "../search/mutate.rs"]
mod mutate;
mod pairs;
#[path = "../search/random.rs"]
mod random;
#[path = "../search/tree.rs"]
mod tree;
#[path = "../search/values.rs"]
mod values;

use std::collections::BTreeMap;
use std::io::{self, BufRead, BufReader, BufWriter, Write};
use std::process::{Command, ExitCode, Stdio};

use answer::{Answer, of_batchlint, of_server};
use batchlint::k8s::schema::Version;
use batchlint::yaml::{self, Document, Kind};
use pairs::Maker;
use serde_json::Value as Json;

const USAGE: &str = "usage: updates ORACLE KUBERNETES-VERSION [PAIRS [SEED [ID]]]";
/// Kinds of differences that are shown.
const SHOWN: usize = 40;

fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1);
    let (Some(program), Some(Ok(version))) = (arguments.next(), arguments.next().map(|version| version.parse())) else {
        eprintln!("{USAGE}");
        return ExitCode::from(2);
    };
    let mut number = |by_default| arguments.next().map_or(Ok(by_default), |number| number.parse::<u64>());
    let (Ok(count), Ok(seed)) = (number(1_000), number(1)) else {
        eprintln!("{USAGE}");
        return ExitCode::from(2);
    };
    let only = arguments.next();
    let maker = Maker::new(version, seed);
    let pairs = (0..).filter_map(|index| maker.pair(index)).take(usize::try_from(count).unwrap_or(usize::MAX));
    let pairs = pairs.filter(|pair| only.as_ref().is_none_or(|only| pair["id"] == **only));
    let mut count = Count { shows_all: only.is_some(), ..Count::default() };
    if let Err(error) = ask(&program, pairs, |case| count.add(case, version)) {
        eprintln!("updates: {error}");
        return ExitCode::from(2);
    }
    count.finish()
}

#[derive(Debug, Default)]
struct Count {
    compared: usize,
    refused: usize,
    unchanged: usize,
    /// By what differs, how often, and the shortest pair.
    differing: BTreeMap<String, (usize, Json)>,
    shows_all: bool,
}

impl Count {
    fn add(&mut self, case: Json, version: Version) {
        // The oracle reads numbers as JavaScript does, kubectl as Go does.
        let message = case["server"]["message"].as_str().unwrap_or_default();
        if case["server"]["reason"] == "Panic" || message.contains("9223372036854776000") {
            return;
        }
        // What comes of the two the oracle reads as YAML, where a server has it as it is.
        if message == "yaml: control characters are not allowed" {
            return;
        }
        // What stands in their place the oracle overwrites with its note; kubectl cannot read it.
        if ["old", "yaml"].iter().any(|name| has_other_annotations(case[name].as_str().unwrap_or_default())) {
            return;
        }
        let (server, ours) = (of_server(&case["server"]), of_batchlint(&case, version));
        if self.shows_all {
            println!("{}---\n{}", case["old"].as_str().unwrap_or_default(), case["yaml"].as_str().unwrap_or_default());
            println!("{}\nserver: {server:#?}\nbatchlint: {ours:#?}", case["server"]["message"]);
        }
        self.compared += 1;
        self.refused += usize::from(!server.accepted);
        self.unchanged += usize::from(server.accepted && !server.changed);
        if ours.as_ref() == Some(&server) {
            return;
        }
        let what = difference(&server, ours.as_ref());
        let (count, example) = self.differing.entry(what).or_insert_with(|| (0, case.clone()));
        *count += 1;
        if case.to_string().len() < example.to_string().len() {
            *example = case;
        }
    }

    fn finish(self) -> ExitCode {
        let mut kinds: Vec<_> = self.differing.iter().collect();
        kinds.sort_by_key(|(_, (count, _))| std::cmp::Reverse(*count));
        for (what, (count, example)) in kinds.iter().take(SHOWN) {
            println!("{count} {what}\n  {} {} state {}", example["id"], example["change"], example["state"]);
            println!("  {}", example["server"]["message"]);
        }
        let differing: usize = self.differing.values().map(|(count, _)| count).sum();
        let Self { compared, refused, unchanged, .. } = self;
        println!("{compared} compared, of which {refused} refused and {unchanged} no change: {differing} differ");
        ExitCode::from(u8::from(differing > 0))
    }
}

/// Whether the annotations of an object are no mapping.
fn has_other_annotations(text: &str) -> bool {
    let file = yaml::parse(text);
    let root = file.documents.first().and_then(Document::root);
    let annotations = root.and_then(|root| root.get("metadata")?.value.get("annotations"));
    annotations.is_some_and(|annotations| !matches!(annotations.value.kind(), Kind::Mapping | Kind::Null))
}

/// What differs, in words that are the same for all pairs of its kind.
fn difference(server: &Answer, ours: Option<&Answer>) -> String {
    let Some(ours) = ours else { return "batchlint sees no change".to_owned() };
    if server.accepted && ours.accepted {
        return format!("changed: {}, batchlint says {}", server.changed, ours.changed);
    }
    let only = |one: &Answer, other: &Answer| {
        let causes = one.causes.difference(&other.causes).map(|(reason, field)| format!("{reason} {}", bare(field)));
        causes.collect::<Vec<_>>().join(", ")
    };
    let (missing, surplus) = (only(server, ours), only(ours, server));
    format!("accepted: {}, batchlint says {}; missing: {missing}; too many: {surplus}", server.accepted, ours.accepted)
}

/// A path without its numbers and keys.
fn bare(field: &str) -> String {
    let parts = field.split('[').map(|part| part.split_once(']').map_or(part, |(_, rest)| rest));
    parts.collect::<Vec<_>>().join("[]").replace("spec.jobTemplate.spec.", "spec.")
}

/// Asks the program about each pair, and hands each answer on as it comes. Of a pair whose first manifest is refused there
/// is none.
fn ask(program: &str, pairs: impl Iterator<Item = Json> + Send, mut answered: impl FnMut(Json)) -> io::Result<()> {
    let mut child = Command::new(program).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn()?;
    let (Some(input), Some(output)) = (child.stdin.take(), child.stdout.take()) else {
        return Err(io::Error::other("the oracle has no pipes"));
    };
    std::thread::scope(|scope| {
        let asking = scope.spawn(move || {
            let mut input = BufWriter::new(input);
            for pair in pairs {
                writeln!(input, "{pair}")?;
            }
            input.flush()
        });
        for line in BufReader::new(output).lines() {
            answered(serde_json::from_str(&line?)?);
        }
        asking.join().unwrap_or_else(|_| Err(io::Error::other("making pairs panicked")))
    })?;
    if child.wait()?.success() { Ok(()) } else { Err(io::Error::other("the oracle failed")) }
}
