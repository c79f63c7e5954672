//! Hostile shapes through every command: nothing panics, every place lies in the text, and neither time nor memory
//! grows faster than the text.
//!
//! The table: `cargo test --release --test hostile -- --ignored --nocapture`; `HOSTILE=words` measures the shapes whose
//! names hold the words.
#![expect(clippy::disallowed_methods, clippy::print_stdout, reason = "a test that measures and reports")]

#[path = "hostile/broken.rs"]
mod broken;
#[path = "hostile/lists.rs"]
mod lists;
#[path = "hostile/objects.rs"]
mod objects;
#[path = "hostile/outputs.rs"]
mod outputs;
#[path = "hostile/parts.rs"]
mod parts;
#[path = "hostile/pods.rs"]
mod pods;
#[path = "hostile/process.rs"]
mod process;
#[path = "hostile/scenarios.rs"]
mod scenarios;
#[path = "hostile/schedules.rs"]
mod schedules;
#[path = "hostile/scripts.rs"]
mod scripts;
#[path = "yaml/shapes.rs"]
mod shapes;

use std::path::Path;

use batchlint::analysis::Settings;
use batchlint::controller::Event;
use batchlint::foresight::Script;
use batchlint::schedule::Instant;

use process::{Cost, measure};
use shapes::Shape;

const GROUPS: [&[(&str, Shape)]; 7] = [
    shapes::SHAPES,
    pods::PODS,
    objects::OBJECTS,
    schedules::SCHEDULES,
    scripts::SCRIPTS,
    lists::LISTS,
    broken::BROKEN,
];

fn survive(shapes: &[(&str, Shape)]) {
    for (name, shape) in shapes {
        for size in [0, 500, 5_000] {
            outputs::write_all(name, &shape(size));
        }
    }
}

#[test]
fn texts_are_survived_by_every_command() {
    survive(shapes::SHAPES);
}

#[test]
fn pods_are_survived_by_every_command() {
    survive(pods::PODS);
}

#[test]
fn scripts_are_survived_by_every_command() {
    survive(scripts::SCRIPTS);
}

#[test]
fn objects_are_survived_by_every_command() {
    survive(objects::OBJECTS);
    survive(schedules::SCHEDULES);
}

#[test]
fn files_of_many_objects_are_survived_by_every_command() {
    survive(lists::LISTS);
    survive(broken::BROKEN);
}

#[test]
fn scenarios_are_survived() {
    let settings = Settings::at(Instant::from_unix(0));
    for (name, shape) in scenarios::SCENARIOS {
        for size in [1_000, 20_000] {
            let script = Script::read(&shape(size), &settings).unwrap_or_else(|fault| panic!("{name}: {fault}"));
            let mut told = 0;
            script.watch(&mut |_: Event| told += 1);
            assert!(told > 0, "{name}");
        }
    }
}

/// What is measured, with the name of its column.
type Columns = &'static [(&'static str, &'static [&'static str])];

const COLUMNS: Columns = &[
    ("concise", &["check", "--format", "concise"]),
    ("full", &["check", "--format", "full"]),
    ("json", &["check", "--format", "json"]),
    ("lsp", &["check", "--format", "lsp"]),
    ("read", &["read"]),
    ("r. json", &["read", "--format", "json"]),
    ("runs", &["runs", "--from", "2027-01-01"]),
    ("r. json", &["runs", "--from", "2027-01-01", "--format", "json"]),
    ("r. ics", &["runs", "--from", "2027-01-01", "--format", "ics"]),
    ("r. html", &["runs", "--from", "2027-01-01", "--format", "html"]),
];
const OF_SCENARIOS: Columns = &[("simul.", &["simulate", "--scenario"])];
const SIZES: [usize; 4] = [500_000, 1_000_000, 2_000_000, 8_000_000];
/// What 8 MB of anything may take.
const MOST: Cost = Cost { seconds: 3.0, megabytes: 1_000.0 };

#[test]
#[ignore = "measures for half an hour"]
fn time_and_memory_are_bounded_and_linear_in_every_command() {
    let tables = [(&GROUPS[..], COLUMNS), (&[scenarios::SCENARIOS], OF_SCENARIOS)];
    let faults: Vec<String> = tables.into_iter().flat_map(|(groups, columns)| table(groups, columns)).collect();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// Measures shapes, and says what is wrong with them.
fn table(groups: &[&[(&str, Shape)]], columns: Columns) -> Vec<String> {
    let words = std::env::var("HOSTILE").unwrap_or_default();
    let folder = std::env::temp_dir();
    let file = folder.join(format!("hostile-{}.yaml", std::process::id()));
    let mut faults = Vec::new();
    print!("{:40} {:>7}", "seconds", "MB");
    columns.iter().for_each(|(column, _)| print!(" {column:>7}"));
    println!("   peak MB");
    for (name, shape) in groups.iter().copied().flatten().filter(|(name, _)| name.contains(&words)) {
        let mut sizes = Vec::new();
        for size in SIZES {
            let text = shape(size);
            std::fs::write(&file, &text).expect("the folder for temporary files can be written to");
            // What a scenario asks for grows, not its text.
            sizes.push((text.len().max(size), row(name, &text, columns, &file)));
        }
        faults.extend(faults_of(name, columns, &sizes));
    }
    std::fs::remove_file(&file).unwrap_or_default();
    faults
}

/// Measures every column of one size, and prints them.
fn row(name: &str, text: &str, columns: Columns, file: &Path) -> Vec<Cost> {
    let costs: Vec<Cost> = columns.iter().map(|(_, arguments)| measure(arguments, file)).collect();
    print!("{name:40} {:7.2}", text.len() as f64 / 1e6);
    costs.iter().for_each(|cost| print!(" {:7.2}", cost.seconds));
    println!("   {:7.0}", costs.iter().map(|cost| cost.megabytes).fold(0.0, f64::max));
    costs
}

/// What is too much of the largest size, and what grows faster than the text.
fn faults_of(name: &str, columns: Columns, sizes: &[(usize, Vec<Cost>)]) -> Vec<String> {
    let [_, (small, before), .., (large, after)] = sizes else { return Vec::new() };
    let factor = *large as f64 / (*small).max(1) as f64;
    let mut faults = Vec::new();
    for ((column, _), (before, after)) in columns.iter().zip(before.iter().zip(after)) {
        let Cost { seconds, megabytes } = *after;
        if seconds > MOST.seconds || megabytes > MOST.megabytes {
            faults.push(format!("{name}, {column}: {seconds:.2} s, {megabytes:.0} MB"));
        }
        // A hundredth of a second is all that is known of short times.
        if seconds > before.seconds * factor * 2.0 + 0.25 {
            faults.push(format!("{name}, {column}: {:.2} s became {seconds:.2} s", before.seconds));
        }
    }
    faults
}
