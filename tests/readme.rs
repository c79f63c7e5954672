//! The README keeps its word: its commands run, and what it shows is what they print.

#![cfg(unix)]

use std::path::Path;
use std::process::{Command, Stdio};

const README: &str = include_str!("../README.md");
const GUIDES: [&str; 5] = [
    include_str!("../site/guides/start.md"),
    include_str!("../site/guides/pipelines.md"),
    include_str!("../site/guides/foreseeing.md"),
    include_str!("../site/guides/fixing.md"),
    include_str!("../site/guides/configuring.md"),
];

#[test]
fn what_the_readme_shows_is_what_is_printed() {
    let mut shown = 0;
    for block in all_blocks("text").filter(|block| block.starts_with("$ ")) {
        let (command, expected) = block.split_once('\n').expect("output follows the command");
        let run = sh(&command[2..]);
        assert_eq!(run.out, expected, "{command}\n{}", run.err);
        shown += 1;
    }
    assert_eq!(shown, 5);
}

#[test]
fn every_command_of_the_readme_runs() {
    let mut tried = 0;
    for line in all_blocks("sh").flat_map(str::lines).filter(|line| line.contains("batchlint ")) {
        // The names stand for files of the reader; what other programs print stands in a file.
        let here = line.replace("job.yaml", "fixtures/clean/job.yaml").replace("jobs/", "fixtures/clean/cronjob.yaml");
        let here = here.replace("charts/report", "fixtures/charts/report");
        let here = here.replace("/tmp/", concat!(env!("CARGO_TARGET_TMPDIR"), "/readme-"));
        let printing = ["kustomize build .", "helm template fixtures/charts/report"];
        let run = sh(&printing.iter().fold(here, |here, one| here.replace(one, "cat fixtures/clean/job.yaml")));
        // Here, below `batchlint check` alone, lie examples with findings.
        let expected = i32::from(line.starts_with("batchlint check  "));
        assert_eq!((run.status, run.err.as_str()), (expected, run.summary()), "{line}");
        tried += 1;
    }
    assert!(tried >= 9, "{tried} commands were tried");
}

#[test]
fn nothing_is_promised_that_is_not_there() {
    let help = ["check", "merge", "schedule", "runs", "simulate", "diff", "read", "config show"]
        .map(|command| sh(&format!("batchlint {command} --help")).out)
        .concat();
    let options = README.split(|char: char| !char.is_ascii_alphanumeric() && char != '-');
    for option in options.filter(|word| word.starts_with("--") && !word.ends_with('-')) {
        let is_cargos = ["--path", "--locked", "--release"].contains(&option);
        assert!(is_cargos || help.contains(option), "no command takes {option}");
    }
}

/// The fenced blocks of a language, in the README and the guides.
fn all_blocks(language: &str) -> impl Iterator<Item = &'static str> {
    std::iter::once(README).chain(GUIDES).flat_map(move |text| blocks(text, language))
}

fn blocks(text: &'static str, language: &str) -> Vec<&'static str> {
    let fence = format!("```{language}\n");
    let starts = text.match_indices(&fence).map(|(at, _)| at + fence.len());
    starts.map(|at| text[at..].split("```").next().expect("a part comes first")).collect()
}

struct Run {
    status: i32,
    out: String,
    err: String,
}

impl Run {
    /// What may stand on standard error: the last lines of a check whose output is for programs.
    fn summary(&self) -> &str {
        if self.err.starts_with("Checked ") || self.err.starts_with("batchlint: part ") { &self.err } else { "" }
    }
}

fn sh(command: &str) -> Run {
    let programs = Path::new(env!("CARGO_BIN_EXE_batchlint")).parent().expect("it lies in a folder");
    let path = std::env::join_paths([programs, Path::new("/usr/bin"), Path::new("/bin")]).expect("no colons in it");
    let mut shell = Command::new("/bin/sh");
    shell.args(["-c", command]).current_dir(env!("CARGO_MANIFEST_DIR")).stdin(Stdio::null());
    shell.env_clear().env("PATH", path).env("LC_ALL", "C.UTF-8").env("TZ", "UTC").env("COLUMNS", "80");
    let output = shell.output().expect("there is a shell");
    let text = |bytes| String::from_utf8(bytes).expect("text");
    Run { status: output.status.code().unwrap_or(-1), out: text(output.stdout), err: text(output.stderr) }
}
