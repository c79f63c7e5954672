//! Hostile texts: time stays linear in their size, and nothing panics.
//!
//! The table: `cargo test --release --test yaml_hostile -- --ignored --nocapture`.
#![expect(clippy::disallowed_methods, clippy::print_stdout, reason = "a test that measures and reports")]

#[path = "yaml/shapes.rs"]
mod shapes;

use std::time::{Duration, Instant};

use batchlint::yaml::{parse, parse_as_server, read};
use shapes::SHAPES;

/// Everything that a caller may do with a text.
fn read_wholly(text: &str) -> usize {
    let file = parse(text);
    let server = parse_as_server(text);
    let json: usize = read::kubectl(text.as_bytes()).into_iter().flatten().map(|json| json.len()).sum();
    file.documents.len() + server.documents.len() + json
}

#[test]
fn small_hostile_texts_are_survived() {
    for (name, shape) in SHAPES {
        for size in [0, 1, 100, 5_000, 60_000] {
            let text = shape(size);
            assert!(text.len() <= size + 200_000, "{name}");
            read_wholly(&text);
        }
    }
    assert!(SHAPES.len() >= 60);
}

fn fastest(text: &str) -> Duration {
    (0..3)
        .map(|_| {
            let start = Instant::now();
            std::hint::black_box(parse(text).documents.len());
            start.elapsed()
        })
        .min()
        .unwrap_or_default()
}

#[test]
#[ignore = "measures for a minute"]
fn time_is_linear_in_the_size_of_hostile_texts() {
    const SIZES: [usize; 4] = [500_000, 1_000_000, 2_000_000, 8_000_000];
    let mut bent = Vec::new();
    println!("{:32} {:>9} {:>9} {:>9} {:>9}   MB/s", "shape", "0.5 MB", "1 MB", "2 MB", "8 MB");
    for (name, shape) in SHAPES {
        let times = SIZES.map(|size| (shape(size).len(), fastest(&shape(size))));
        let [(_, half), (one_size, one), (_, two), (eight_size, eight)] = times;
        let rate = eight_size as f64 / 1e6 / eight.as_secs_f64();
        println!("{name:32} {half:>9.2?} {one:>9.2?} {two:>9.2?} {eight:>9.2?}   {rate:.0}");
        // Where the size is bounded by the shape, or the machine is busy, allow for it, or look again.
        let factor = eight_size as f64 / one_size as f64;
        let allowed = one.as_secs_f64() * factor * 4.0 + 0.25;
        if eight.as_secs_f64() > allowed && fastest(&shape(SIZES[3])).as_secs_f64() > allowed {
            bent.push(name);
        }
    }
    assert!(bent.is_empty(), "not linear: {bent:?}");
}
