//! Damaged documents, read by this library and by Kubernetes' own Go code (`tests/oracle/yaml`).
//!
//! Run by hand: `YAML_ORACLE=…/oracle cargo test --release --test yaml_differential -- --ignored --nocapture`, with
//! `YAML_MUTATIONS` (documents) and `YAML_SEED` where others than 20,000 and 1 are wanted.
#![expect(clippy::disallowed_methods, clippy::print_stdout, reason = "a test that reads recorded files and reports")]

#[path = "yaml/describe.rs"]
mod describe;
#[path = "yaml/generate.rs"]
mod generate;
#[path = "yaml/mutate.rs"]
mod mutate;
mod shared;

use std::io::{BufRead, BufReader, Write};
use std::process::{Command, Stdio};

use batchlint::yaml::{self, SyntaxError, read};
use describe::describe;
use mutate::{Random, excerpt, mutate};
use serde_json::{Value, json};

/// What the documents are made of: recorded texts, real files, and made-up ones.
fn seeds() -> Vec<String> {
    let find = |name| shared::find(name).expect("it is needed here");
    let mut seeds = Vec::new();
    let recording = std::fs::read_to_string(find("conformance/yaml.json")).expect("the recorded texts");
    for part in recording.split("\"input\":").skip(1) {
        let mut texts = serde_json::Deserializer::from_str(part).into_iter::<String>();
        seeds.extend(texts.next().and_then(Result::ok).filter(|text| text.len() < 4_000));
    }
    let manifests = std::fs::read_to_string(find("conformance/text.jsonl")).expect("the recorded manifests");
    for line in manifests.lines().step_by(9) {
        let case: Value = serde_json::from_str(line).expect("a case");
        seeds.push(case["yaml"].as_str().expect("a text").to_owned());
    }
    let wild = std::fs::read_dir(find("wild/plain")).expect("real files");
    let mut paths: Vec<_> = wild.map(|entry| entry.expect("an entry").path()).collect();
    paths.sort();
    for path in paths {
        seeds.extend(std::fs::read_to_string(path).ok().filter(|text| text.len() < 20_000));
    }
    let mut random = Random::new(1);
    for _ in 0..seeds.len() / 8 {
        seeds.push(generate::document(&mut random));
        seeds.push(generate::json(&mut random));
    }
    seeds
}

#[test]
#[ignore = "needs the Go program"]
fn damaged_documents_are_read_as_kubernetes_reads_them() {
    let oracle = std::env::var("YAML_ORACLE").expect("YAML_ORACLE names the built program of tests/oracle/yaml");
    let number =
        |name: &str, default: u64| std::env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(default);
    let count = number("YAML_MUTATIONS", 20_000);
    let mut random = Random::new(number("YAML_SEED", 1));
    let seeds = seeds();
    let documents: Vec<String> = (0..count)
        .map(|_| {
            let (one, other) = (&seeds[random.below(seeds.len())], &seeds[random.below(seeds.len())]);
            let cut = random.below(4) > 0;
            let document = if cut { excerpt(one, &mut random) } else { one.clone() };
            mutate(&document, other, &mut random)
        })
        .collect();
    let answers = ask(&oracle, &documents);

    let (mut differing, mut chance, mut refused) = (0, 0, 0);
    for (document, answer) in documents.iter().zip(&answers) {
        refused += usize::from(answer["lax"].get("error").is_some());
        assert_same(document);
        if answer["random"] == true {
            chance += 1;
            continue;
        }
        if let Some(difference) = difference(document, answer) {
            differing += 1;
            if differing <= 40 {
                println!("{difference}\n  {document:?}");
            }
        }
    }
    println!("{count} documents, {refused} of them refused, {chance} read by chance, {differing} read differently");
    assert!(differing as u64 * 10_000 <= count, "more than 1 in 10,000 differ");
}

/// The fast path leaves everything as the slow one does.
fn assert_same(document: &str) {
    let (quick, slow) = (describe(&yaml::parse(document)), describe(&yaml::parse_slowly(document)));
    let same = quick.bytes().zip(slow.bytes()).take_while(|(quick, slow)| quick == slow).count();
    let part =
        |text: &str| text.get(same.saturating_sub(200)..text.len().min(same + 200)).unwrap_or_default().to_owned();
    assert!(quick == slow, "fast: …{}…\nslow: …{}…\n{document:?}", part(&quick), part(&slow));
}

fn ask(oracle: &str, documents: &[String]) -> Vec<Value> {
    let mut child =
        Command::new(oracle).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("the program runs");
    let mut input = child.stdin.take().expect("its input");
    let lines: Vec<String> = documents.iter().map(|document| json!({"yaml": document}).to_string()).collect();
    let writer = std::thread::spawn(move || {
        for line in lines {
            writeln!(input, "{line}").expect("the program reads");
        }
    });
    let output = BufReader::new(child.stdout.take().expect("its output"));
    let answers = output.lines().map(|line| serde_json::from_str(&line.expect("a line")).expect("an answer")).collect();
    writer.join().expect("all is written");
    child.wait().expect("the program ends");
    answers
}

fn difference(document: &str, answer: &Value) -> Option<String> {
    let bytes = document.as_bytes();
    one("lax", &read::server(bytes, false), &answer["lax"])
        .or_else(|| one("strict", &read::server(bytes, true), &answer["strict"]))
        .or_else(|| kubectl(&read::kubectl(bytes), &answer["kubectl"]))
}

fn one(reader: &str, mine: &Result<String, SyntaxError>, theirs: &Value) -> Option<String> {
    let same = match (mine, theirs["json"].as_str()) {
        (Err(_), None) => true,
        (Ok(mine), Some(theirs)) => mine == theirs || same_json(mine, theirs),
        _ => false,
    };
    (!same).then(|| format!("{reader}: {mine:?}\n  Kubernetes: {theirs}"))
}

/// Raw JSON documents keep their order and blanks; numbers and repeated keys as a reader takes them.
fn same_json(left: &str, right: &str) -> bool {
    // Half a character, and a number that no reader can hold.
    let read = |text: &str| {
        let mut text = without_endless(text).replace('\u{FFFD}', "").replace("\\ufffd", "");
        while let (true, Some(at)) = (serde_json::from_str::<Value>(&text).is_err(), text.find("\\ud")) {
            text.replace_range(at..text.len().min(at + 6), "");
        }
        serde_json::from_str::<Value>(&text).ok()
    };
    let packed = |text: &str| {
        let text = text.replace([' ', '\n', '\r', '\t'], "");
        text.replace("\\u003c", "<").replace("\\u003e", ">").replace("\\u0026", "&")
    };
    match (read(left), read(right)) {
        (Some(left), Some(right)) => left == right,
        // A number that no reader can hold: as text, blanks aside.
        _ => packed(left) == packed(right),
    }
}

/// A JSON text with a zero for every number beyond 64 bits of floating point.
fn without_endless(text: &str) -> String {
    let is_endless =
        |part: &str| part.parse::<f64>().is_ok_and(|number| number.is_infinite() && part.contains(['e', 'E']));
    let mut out = String::new();
    let mut rest = text;
    while let Some(start) = rest.find(|char: char| char.is_ascii_digit()) {
        let length = rest[start..].find(|char: char| !char.is_ascii_digit() && !".eE+-".contains(char));
        let end = length.map_or(rest.len(), |length| start + length);
        out.push_str(&rest[..start]);
        out.push_str(if is_endless(&rest[start..end]) { "0" } else { &rest[start..end] });
        rest = &rest[end..];
    }
    out + rest
}

fn kubectl(mine: &[Result<String, SyntaxError>], theirs: &Value) -> Option<String> {
    let documents = theirs["docs"].as_array().expect("documents");
    let failed = theirs.get("error").is_some();
    let mut same =
        mine.len() == documents.len() + usize::from(failed) && failed == mine.last().is_some_and(Result::is_err);
    for (mine, theirs) in mine.iter().zip(documents) {
        let theirs = theirs.as_str().expect("JSON");
        same &= mine.as_ref().is_ok_and(|mine| mine == theirs || same_json(mine, theirs));
    }
    (!same).then(|| format!("kubectl: {mine:?}\n  Kubernetes: {theirs}"))
}
