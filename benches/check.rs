//! How fast manifests are read, checked and reported: `cargo bench --bench check`. Each figure is per second of one
//! core over the same files: the fixtures, many times, or the small files of the bench of YAML.

#![expect(clippy::disallowed_methods, reason = "a bench reads its input from disk")]

#[path = "yaml/corpus.rs"]
#[expect(dead_code, reason = "the bench of YAML has larger texts, too")]
mod corpus;

use std::path::Path;

use batchlint::analysis::{Settings, analyse};
use batchlint::config::Config;
use batchlint::lint::{Report, lint};
use batchlint::render::{Format, Look, Printer};
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
    let settings = Settings::at(NOW);
    let problems = |source: &Source| -> usize {
        let analysis = analyse(source.clone(), &settings);
        analysis.manifests().map(|manifest| analysis.verdict(manifest).problems().len()).sum()
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
    let config = Config::at(NOW).with_rules(&["api"], &[]).expect("there is such a group");
    let sources = sources(texts);
    checks(bencher, &sources, &config);
}

/// The rules without the API's validation, beside reading alone.
#[divan::bench(args = ["clean", "found"])]
fn rules(bencher: Bencher<'_, '_>, folder: &str) {
    let config = Config::at(NOW).with_rules(&[], &["api"]).expect("there is such a group");
    let sources = sources(folder);
    checks(bencher, &sources, &config);
}

/// Findings to text; the bytes are those of the manifests.
#[divan::bench(args = Format::ALL.iter().map(|format| format.name()))]
fn rendering(bencher: Bencher<'_, '_>, format: &str) {
    let (sources, config) = (sources("found"), Config::at(NOW));
    let reports: Vec<Report> = sources.iter().map(|source| lint(source, &config)).collect();
    let format = Format::ALL.iter().find(|known| known.name() == format).expect("a format's name");
    let printer = Printer::new(*format, LOOK);
    let bencher = bencher.counter(bytes(&sources)).with_inputs(|| (Vec::new(), printer.writer(), reports.clone()));
    bencher.bench_local_values(|(mut out, mut writer, reports)| {
        for (source, report) in sources.iter().zip(reports) {
            let share = printer.share(source, report, Path::new(source.name()));
            writer.add(share, &mut out).expect("memory takes it");
        }
        writer.finish(&mut out, &mut std::io::sink()).expect("memory takes it");
        out
    });
}
