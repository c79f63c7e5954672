//! How fast manifests are read, checked and reported: `cargo bench --bench check`. Each figure is per second of one
//! core over the same files: the fixtures, many times, or the small files of the bench of YAML.

#![expect(clippy::disallowed_methods, reason = "a bench reads its input from disk")]

#[path = "yaml/corpus.rs"]
#[expect(dead_code, reason = "the bench of YAML has larger texts, too")]
mod corpus;

use std::path::Path;

use batchlint::config::Config;
use batchlint::k8s::{self, Classified, Version, validation};
use batchlint::lint::{Report, lint};
use batchlint::render::{Checked, Look, concise, full, json};
use batchlint::schedule::Instant;
use batchlint::text::Source;
use batchlint::yaml;
use divan::Bencher;
use divan::counter::BytesCount;

/// 2026-11-21 00:00:00 UTC
const NOW: Instant = Instant::from_unix(1_795_219_200);
const COPIES: usize = 50;
const LOOK: Look = Look { width: 80, color: false, unicode: true };

fn main() {
    divan::main();
}

/// Manifests without findings, manifests with findings, and small files of Jobs and other objects.
const TEXTS: [&str; 3] = ["clean", "found", "2000-small-files"];

fn sources(texts: &str) -> Vec<Source> {
    let named = |(number, text): (usize, String)| Source::new(format!("{number}.yaml"), text);
    match texts {
        "2000-small-files" => corpus::small_files(2_000).into_iter().enumerate().map(named).collect(),
        folder => fixtures(folder).into_iter().enumerate().map(named).collect(),
    }
}

fn fixtures(folder: &str) -> Vec<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures").join(folder);
    let files: Vec<_> = walkdir::WalkDir::new(folder)
        .sort_by_file_name()
        .into_iter()
        .filter_map(Result::ok)
        .filter(|file| file.file_type().is_file())
        .map(|file| std::fs::read_to_string(file.path()).expect("fixtures are text"))
        .collect();
    vec![files; COPIES].concat()
}

fn bytes(sources: &[Source]) -> BytesCount {
    BytesCount::new(sources.iter().map(|source| source.text().len()).sum::<usize>())
}

/// Text to documents.
#[divan::bench(args = TEXTS)]
fn reading(bencher: Bencher<'_, '_>, texts: &str) {
    let sources = sources(texts);
    bencher
        .counter(bytes(&sources))
        .bench_local(|| sources.iter().map(|source| yaml::parse(source.text()).documents.len()).sum::<usize>());
}

/// Text to the server's verdicts: less than twice the time of reading where validation costs less than reading.
#[divan::bench(args = TEXTS)]
fn reading_and_validating(bencher: Bencher<'_, '_>, texts: &str) {
    let sources = sources(texts);
    let verdict = |object: Classified<'_>| match object {
        Classified::Checked(manifest) => validation::check(manifest.root, Version::NEWEST).problems().len(),
        Classified::NotChecked { .. } => 0,
    };
    let problems = |source: &Source| -> usize {
        let file = yaml::parse(source.text());
        file.documents.iter().flat_map(k8s::classify).map(verdict).sum()
    };
    bencher.counter(bytes(&sources)).bench_local(|| sources.iter().map(problems).sum::<usize>());
}

/// Benches all that `lint` does with these settings.
fn checks(bencher: Bencher<'_, '_>, sources: &[Source], config: &Config) {
    bencher
        .counter(bytes(sources))
        .bench_local(|| sources.iter().map(|source| lint(source, config).findings.len()).sum::<usize>());
}

/// Text to findings: reading, the API's validation, all rules.
#[divan::bench(args = TEXTS)]
fn checking(bencher: Bencher<'_, '_>, texts: &str) {
    let (sources, config) = (sources(texts), Config::at(NOW));
    checks(bencher, &sources, &config);
}

/// The API's validation alone, beside reading alone.
#[divan::bench(args = TEXTS)]
fn checking_without_rules(bencher: Bencher<'_, '_>, texts: &str) {
    let (sources, mut config) = (sources(texts), Config::at(NOW));
    config.select = vec!["api".to_owned()];
    checks(bencher, &sources, &config);
}

/// The rules without the API's validation, beside reading alone.
#[divan::bench(args = ["clean", "found"])]
fn rules(bencher: Bencher<'_, '_>, folder: &str) {
    let (sources, mut config) = (sources(folder), Config::at(NOW));
    config.ignore = vec!["api".to_owned()];
    checks(bencher, &sources, &config);
}

/// Findings to text; the bytes are those of the manifests.
#[divan::bench(args = ["full", "concise", "json"])]
fn rendering(bencher: Bencher<'_, '_>, format: &str) {
    let (sources, config) = (sources("found"), Config::at(NOW));
    let reports: Vec<Report> = sources.iter().map(|source| lint(source, &config)).collect();
    let checked = || sources.iter().zip(&reports).map(|(source, report)| Checked { source, report });
    bencher.counter(bytes(&sources)).bench_local(|| {
        let mut out = Vec::new();
        for checked in checked() {
            match format {
                "full" => full::write(checked, LOOK, &mut out).expect("memory takes it"),
                "concise" => concise::write(checked, &mut out).expect("memory takes it"),
                _ => drop(json::Share::of(checked)),
            }
        }
        out.len()
    });
}
