//! How fast YAML is read, beside saphyr-parser: `cargo bench --bench yaml`. The throughput stands in the table.

#[path = "yaml/corpus.rs"]
mod corpus;

use divan::counter::BytesCount;
use divan::{Bencher, black_box};

fn main() {
    divan::main();
}

/// The corpora, by name.
const CORPORA: [&str; 3] = ["2000-small-files", "5-mb-file", "flow-style"];

fn texts(corpus: &str) -> Vec<String> {
    match corpus {
        "2000-small-files" => corpus::small_files(2_000),
        "5-mb-file" => vec![corpus::large_file(5_000_000)],
        _ => vec![corpus::flow_style(5_000_000)],
    }
}

fn total(texts: &[String]) -> BytesCount {
    BytesCount::new(texts.iter().map(String::len).sum::<usize>())
}

/// Everything: documents, repeated keys, comments, errors.
#[divan::bench(args = CORPORA)]
fn batchlint(bencher: Bencher<'_, '_>, corpus: &str) {
    let texts = texts(corpus);
    bencher
        .counter(total(&texts))
        .bench(|| texts.iter().map(|text| batchlint::yaml::parse(black_box(text)).documents.len()).sum::<usize>());
}

/// The scanner alone, which is what saphyr-parser does.
#[divan::bench(args = CORPORA)]
fn batchlint_events(bencher: Bencher<'_, '_>, corpus: &str) {
    let texts = texts(corpus);
    bencher
        .counter(total(&texts))
        .bench(|| texts.iter().map(|text| batchlint::yaml::count_events(black_box(text))).sum::<usize>());
}

/// Reading, and looking at every value once.
#[divan::bench(args = CORPORA)]
fn batchlint_and_walk(bencher: Bencher<'_, '_>, corpus: &str) {
    let texts = texts(corpus);
    bencher.counter(total(&texts)).bench(|| {
        let mut values = 0;
        for text in &texts {
            let file = batchlint::yaml::parse(black_box(text));
            values += file.documents.iter().filter_map(|document| document.root()).map(count).sum::<usize>();
        }
        values
    });
}

fn count(value: batchlint::yaml::Value<'_>) -> usize {
    black_box(value.kind());
    1 + value.entries().map(|entry| count(entry.value)).sum::<usize>() + value.items().map(count).sum::<usize>()
}

#[divan::bench(args = CORPORA)]
fn saphyr_parser(bencher: Bencher<'_, '_>, corpus: &str) {
    let texts = texts(corpus);
    bencher.counter(total(&texts)).bench(|| {
        texts
            .iter()
            .map(|text| saphyr_parser::Parser::new_from_str(black_box(text)).map_while(Result::ok).count())
            .sum::<usize>()
    });
}
